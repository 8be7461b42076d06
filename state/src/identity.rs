/// One sealed identity in the vault: what stands behind a person key. The number itself never comes here.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    /// The person key: first 8 bytes (big endian) of the MAC.
    pub person_key: i64,
    /// HMAC-SHA-256(secret, 12-digit number), whole: tells a key collision from the same person.
    pub mac: [u8; 32],
    /// Nonce of the sealed value.
    pub nonce: Vec<u8>,
    /// The number, sealed (AEAD) with a key that the store does not have.
    pub sealed: Vec<u8>,
}

impl std::fmt::Debug for Identity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Identity({}, …)", self.person_key)
    }
}
