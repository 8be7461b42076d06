use std::collections::HashMap;
use std::collections::hash_map::Entry;

use sha2::{Digest, Sha256};

use super::seen_records::SeenRecords;
use crate::document::DocumentKey;
use crate::identity::ErasureList;

/// The events that have come: a certificate by type and id, a revocation by certificate id, a message by its id, an
/// event by certificate, kind, recipient and time. Ids are compared without regard to case.
///
/// Holds 24 bytes an event and no id. The warehouse fills it again from its tables before the next batch.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    events: HashMap<[u64; 2], u64>,
    erased: Option<ErasureList>,
    /// The records that have come.
    pub records: SeenRecords,
}

/// What became of an event that was inserted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Insertion {
    /// It had not come before.
    New,
    /// It had, in the same document or one unknown.
    Same,
    /// It had, in a document of other content.
    Differs,
}

impl Seen {
    /// Nothing seen.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// With what was erased: every event of such a certificate counts as one that came before.
    #[must_use]
    pub fn without(mut self, erased: ErasureList) -> Self {
        self.erased = Some(erased);
        self
    }

    fn was_erased(&self, id: &str) -> bool {
        self.erased
            .as_ref()
            .is_some_and(|erased| erased.holds_certificate(id))
    }

    /// Notes a certificate that is in the warehouse; `document` is its `document_key`. True if it is new.
    pub fn insert_certificate(
        &mut self,
        kind: &str,
        id: &str,
        document: Option<DocumentKey>,
    ) -> bool {
        self.insert(event(kind, id, "created"), document) == Insertion::New
    }

    /// Notes a revocation that is in the warehouse. True if it is new.
    pub fn insert_revocation(&mut self, id: &str, document: Option<DocumentKey>) -> bool {
        self.insert(event("", id, "revoked"), document) == Insertion::New
    }

    /// Notes a message that is in the warehouse, `source` as in its table. True if it is new.
    pub fn insert_message(
        &mut self,
        id: &str,
        source: &str,
        document: Option<DocumentKey>,
    ) -> bool {
        self.insert(event(source, id, "message"), document) == Insertion::New
    }

    /// Notes an event that is in the warehouse, by its [`event_identity`]. True if it is new.
    pub fn insert_event(&mut self, identity: &str, document: Option<DocumentKey>) -> bool {
        self.insert(event("", identity, "event"), document) == Insertion::New
    }

    /// How many events there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.events.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.events.is_empty()
    }

    pub(super) fn certificate(&mut self, kind: &str, id: &str, document: DocumentKey) -> Insertion {
        if self.was_erased(id) {
            return Insertion::Same;
        }
        self.insert(event(kind, id, "created"), Some(document))
    }

    pub(super) fn revocation(&mut self, id: &str, document: DocumentKey) -> Insertion {
        if self.was_erased(id) {
            return Insertion::Same;
        }
        self.insert(event("", id, "revoked"), Some(document))
    }

    pub(super) fn message(
        &mut self,
        certificate: &str,
        id: &str,
        source: &str,
        document: DocumentKey,
    ) -> Insertion {
        if self.was_erased(certificate) {
            return Insertion::Same;
        }
        self.insert(event(source, id, "message"), Some(document))
    }

    pub(super) fn event(
        &mut self,
        certificate: &str,
        identity: &str,
        document: DocumentKey,
    ) -> Insertion {
        if self.was_erased(certificate) {
            return Insertion::Same;
        }
        self.insert(event("", identity, "event"), Some(document))
    }

    fn insert(&mut self, event: [u64; 2], document: Option<DocumentKey>) -> Insertion {
        // 0 = document unknown.
        let document = document.map_or(0, |d| d.short().max(1));
        match self.events.entry(event) {
            Entry::Vacant(slot) => {
                slot.insert(document);
                Insertion::New
            }
            Entry::Occupied(slot) => {
                let first = *slot.get();
                if first != 0 && document != 0 && first != document {
                    Insertion::Differs
                } else {
                    Insertion::Same
                }
            }
        }
    }
}

/// What makes an event the same as another: certificate, kind, recipient, the other certificate, message and time, as
/// table `event` has them.
#[must_use]
pub fn event_identity(parts: [&str; 6]) -> String {
    parts.join("|")
}

/// 128 bits of SHA-256 over type, id and event.
fn event(kind: &str, id: &str, event: &str) -> [u64; 2] {
    let mut hash = Sha256::new();
    for part in [kind, &id.trim().to_lowercase(), event] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    let hash: [u8; 32] = hash.finalize().into();
    let word = |from: usize| {
        hash.iter()
            .skip(from)
            .take(8)
            .fold(0, |n, b| n << 8 | u64::from(*b))
    };
    [word(0), word(8)]
}

#[cfg(test)]
mod tests {
    use super::{Insertion, Seen};
    use crate::document::DocumentKey;
    use crate::identity::{ErasureList, LogKey};

    #[test]
    fn events_of_an_erased_certificate_came_before() {
        let key = LogKey::new(&[1; 32]);
        let buried = ErasureList::new(&key, []).of_certificate("gone");
        let mut seen = Seen::new().without(ErasureList::new(&key, [buried]));
        let document = DocumentKey([1; 32]);
        assert_eq!(seen.certificate("LISJP", "gone", document), Insertion::Same);
        assert_eq!(seen.revocation("gone", document), Insertion::Same);
        assert_eq!(seen.certificate("LISJP", "here", document), Insertion::New);
        assert_eq!(seen.revocation("here", document), Insertion::New);
    }
}
