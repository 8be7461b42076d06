use std::collections::HashSet;

use super::{LogKey, secret::Keyed};
use crate::document::DocumentKey;

/// Keyed hash of something that was erased: 128 bits of HMAC-SHA-256.
type Tombstone = [u8; 16];

/// What was erased and must not come back: documents by content, certificates by id. It holds keyed hashes only, so
/// that nobody without the key can ask it about anyone.
#[derive(Clone)]
pub struct ErasureList {
    key: Keyed,
    tombstones: HashSet<Tombstone>,
}

impl std::fmt::Debug for ErasureList {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ErasureList({})", self.tombstones.len())
    }
}

impl ErasureList {
    /// The list of these keyed hashes, made under the same key.
    #[must_use]
    pub fn new(key: &LogKey, tombstones: impl IntoIterator<Item = Tombstone>) -> Self {
        Self {
            key: key.erasure(),
            tombstones: tombstones.into_iter().collect(),
        }
    }

    /// The keyed hash of a document; `key` = its key as 64 hexadecimal digits.
    #[must_use]
    pub fn of_document(&self, key: &str) -> Tombstone {
        self.hash(b"document ", key)
    }

    /// The keyed hash of a certificate's id, in any case.
    #[must_use]
    pub fn of_certificate(&self, id: &str) -> Tombstone {
        self.hash(b"certificate ", &id.trim().to_lowercase())
    }

    /// Whether a document was erased.
    #[must_use]
    pub fn holds_document(&self, key: DocumentKey) -> bool {
        !self.tombstones.is_empty() && self.tombstones.contains(&self.of_document(&key.hex()))
    }

    /// Whether a certificate was erased, by its id.
    #[must_use]
    pub fn holds_certificate(&self, id: &str) -> bool {
        !self.tombstones.is_empty() && self.tombstones.contains(&self.of_certificate(id))
    }

    fn hash(&self, kind: &[u8], text: &str) -> Tombstone {
        let mac = self.key.mac(&[kind, text.as_bytes()].concat());
        std::array::from_fn(|i| mac.get(i).copied().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_what_was_put_in_under_its_own_key_only() {
        let (key, other) = (LogKey::new(&[1; 32]), LogKey::new(&[2; 32]));
        let document = DocumentKey([7; 32]);
        let empty = ErasureList::new(&key, []);
        assert!(!empty.holds_document(document) && !empty.holds_certificate("a"));
        let buried = [
            empty.of_document(&document.hex()),
            empty.of_certificate(" a "),
        ];
        let list = ErasureList::new(&key, buried);
        assert!(list.holds_document(document) && list.holds_certificate("a"));
        assert!(!list.holds_document(DocumentKey([8; 32])) && !list.holds_certificate("b"));
        // An id that is spelled as the document's key is still another thing.
        assert!(!list.holds_certificate(&document.hex()));
        let list = ErasureList::new(&other, buried);
        assert!(!list.holds_document(document) && !list.holds_certificate("a"));
    }
}
