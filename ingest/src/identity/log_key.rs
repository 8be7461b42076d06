use super::secret::Keyed;

/// The installation's key for what must outlast a change of person keys: the chain of the audit log, the list of what
/// was erased, and the marks by which the audit log names persons.
#[derive(Clone)]
pub struct LogKey(Keyed);

impl std::fmt::Debug for LogKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LogKey(…)")
    }
}

impl LogKey {
    /// A key of its bytes.
    #[must_use]
    pub fn new(bytes: &[u8; 32]) -> Self {
        Self(Keyed::new(bytes))
    }

    /// The key of the audit log's chain.
    #[must_use]
    pub fn audit(&self) -> [u8; 32] {
        self.0.mac(b"frisk audit chain 1")
    }

    /// The mark of a person (12-digit number) in the audit log: `p-` and 16 hexadecimal digits, in fours. Only who has
    /// this key and the number can tell whose it is.
    #[must_use]
    pub fn mark(&self, number: &str) -> String {
        let marks = Keyed::new(&self.0.mac(b"frisk person mark 1"));
        let [a, b, c, d, e, f, g, h, ..] = marks.mac(number.as_bytes());
        format!("p-{a:02x}{b:02x}-{c:02x}{d:02x}-{e:02x}{f:02x}-{g:02x}{h:02x}")
    }

    pub(super) fn erasure(&self) -> Keyed {
        Keyed::new(&self.0.mac(b"frisk erasure list 1"))
    }
}

#[cfg(test)]
mod tests {
    use super::LogKey;

    #[test]
    fn marks_depend_on_key_and_number() {
        // Python: k = bytes(range(32)); m = lambda k, t: hmac.new(k, t, "sha256").digest();
        // m(m(k, b"frisk person mark 1"), b"191212121212")[:8].hex()
        let key = LogKey::new(&std::array::from_fn(|i| i as u8));
        assert_eq!(key.mark("191212121212"), "p-e136-f049-3381-5a97");
        assert_ne!(key.mark("191212121212"), key.mark("191212121213"));
        assert_eq!(format!("{key:?}"), "LogKey(…)");
    }
}
