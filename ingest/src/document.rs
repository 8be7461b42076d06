use chrono::NaiveDate;
use sha2::{Digest, Sha256};

/// A document as it came in: a file, an archive member, a message.
#[derive(Clone)]
pub struct Document {
    /// Where it came from: file name or archive member. Never decides the verdict.
    pub source: String,
    /// The bytes, untouched.
    pub bytes: Vec<u8>,
    /// The day it came in. Some types' rules ask that a date is not later than that; without it, the day of signing or
    /// sending counts, the later of the two.
    pub received: Option<NaiveDate>,
    /// The system that sent it, such as the HSA id in RIV-TA's header; `None` when the way in does not tell.
    pub software: Option<String>,
}

impl Document {
    /// A document of some bytes.
    #[must_use]
    pub fn new(source: impl Into<String>, bytes: Vec<u8>) -> Self {
        Self {
            source: source.into(),
            bytes,
            received: None,
            software: None,
        }
    }

    /// The document as it came in on a day.
    #[must_use]
    pub fn received_on(self, day: NaiveDate) -> Self {
        Self {
            received: Some(day),
            ..self
        }
    }

    /// The same document, sent by this system.
    #[must_use]
    pub fn sent_by(mut self, software: impl Into<String>) -> Self {
        self.software = Some(software.into());
        self
    }

    /// The key of its bytes.
    #[must_use]
    pub fn key(&self) -> DocumentKey {
        DocumentKey::of(&self.bytes)
    }
}

impl std::fmt::Debug for Document {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Document({} bytes)", self.bytes.len())
    }
}

/// SHA-256 of a document's bytes: which document a row came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DocumentKey(pub [u8; 32]);

impl DocumentKey {
    /// The key of some bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The key as 64 lower-case hexadecimal digits.
    #[must_use]
    pub fn hex(&self) -> String {
        use std::fmt::Write;
        self.0
            .iter()
            .fold(String::with_capacity(64), |mut out, byte| {
                let _ = write!(out, "{byte:02x}");
                out
            })
    }

    /// The first eight bytes, big endian: enough to tell two documents with the same id apart.
    #[must_use]
    pub fn short(&self) -> u64 {
        self.0
            .iter()
            .take(8)
            .fold(0, |n, byte| n << 8 | u64::from(*byte))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_sha_256_of_the_bytes() {
        // FIPS 180-2, appendix B.1: SHA-256("abc").
        let key = Document::new("a.xml", b"abc".to_vec()).key();
        assert_eq!(
            key.hex(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(key.short(), 0xba78_16bf_8f01_cfea);
    }
}
