use std::{
    fs,
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
};

use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

use crate::Error;

/// The key that chains the audit log, and where the head of the chain is kept outside the store.
///
/// Without the key nobody can make a chain that verifies; without the head file nobody can cut rows off the end of the
/// log, or put an older copy of the store in its place, and stay unseen.
#[derive(Clone)]
pub struct AuditKey {
    key: [u8; 32],
    head: Option<PathBuf>,
}

impl std::fmt::Debug for AuditKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "AuditKey(…, {:?})", self.head)
    }
}

impl AuditKey {
    /// A key, without a head file.
    #[must_use]
    pub fn new(key: [u8; 32]) -> Self {
        Self { key, head: None }
    }

    /// With a file that keeps the head of the log: it belongs beside the key, not beside the store.
    #[must_use]
    pub fn head_in(mut self, file: PathBuf) -> Self {
        self.head = Some(file);
        self
    }

    /// Whether a head is to be kept.
    pub(crate) fn has_head(&self) -> bool {
        self.head.is_some()
    }

    /// The kept head: running number and hash of the last row; `None` when there is no head file yet.
    pub(crate) fn kept(&self) -> Result<Option<(i64, [u8; 32])>, Error> {
        let Some(path) = &self.head else {
            return Ok(None);
        };
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(head_error(path, source)),
        };
        parse(&text).map(Some).ok_or(Error::Stored {
            what: "audit head file",
            expected: "a running number and 64 hexadecimal digits",
        })
    }

    /// Keeps the head: written aside and moved into place, so that a reader sees the old one or the new one.
    pub(crate) fn keep(&self, row: i64, hash: &[u8; 32]) -> Result<(), Error> {
        let Some(path) = &self.head else {
            return Ok(());
        };
        let aside = path.with_extension(format!("new{}", std::process::id()));
        let hex: String = hash.iter().map(|b| format!("{b:02x}")).collect();
        let write = || {
            let mut file = fs::File::create(&aside)?;
            writeln!(file, "{row} {hex}")?;
            fs::rename(&aside, path)
        };
        write().map_err(|source| head_error(path, source))
    }
}

fn head_error(path: &Path, source: std::io::Error) -> Error {
    Error::AuditHead {
        path: path.display().to_string(),
        source,
    }
}

fn parse(text: &str) -> Option<(i64, [u8; 32])> {
    let (row, hex) = text.trim().split_once(' ')?;
    let mut hash = [0; 32];
    if hex.len() != 64 {
        return None;
    }
    for (at, byte) in hash.iter_mut().enumerate() {
        *byte = u8::from_str_radix(hex.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some((row.parse().ok()?, hash))
}

/// SHA-256 of a content, keyed (HMAC) when there is a key.
pub(crate) fn digest(key: Option<&AuditKey>, content: &[u8]) -> [u8; 32] {
    let Some(key) = key else {
        return Sha256::digest(content).into();
    };
    // HMAC pads a short key with zeros to the block of 64 bytes: the same key.
    let mut block = [0; 64];
    block[..32].copy_from_slice(&key.key);
    let mut mac = <Hmac<Sha256> as hmac::digest::KeyInit>::new(&block.into());
    mac.update(content);
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::{AuditKey, digest};

    #[test]
    fn a_keyed_digest_is_hmac_sha_256() {
        // RFC 4231, test case 1, has a key of 20 bytes 0x0b; zeros after it are the padding of HMAC.
        let mut key = [0; 32];
        key[..20].fill(0x0b);
        let hex: String = digest(Some(&AuditKey::new(key)), b"Hi There")
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect();
        assert_eq!(
            hex,
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        );
    }
}
