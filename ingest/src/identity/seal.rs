use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{ChaCha20Poly1305, KeyInit};

use super::{PersonKey, Secret};
use crate::Error;

/// A personal number sealed for the vault: person key ↔ number, readable only with the secret.
///
/// ChaCha20-Poly1305 with a nonce derived from the number (as SIV does), so that the same number gives the same bytes
/// and a rerun writes what the first run wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedIdentity {
    /// The person key in the warehouse.
    pub person_key: i64,
    /// The full keyed hash that the person key was cut from: tells collisions of the short key.
    pub mac: [u8; 32],
    /// Nonce.
    pub nonce: [u8; 12],
    /// The sealed number, with its tag.
    pub ciphertext: Vec<u8>,
}

impl SealedIdentity {
    /// Seals a 12-digit number.
    ///
    /// # Errors
    /// [`Error::Seal`] if the cipher refuses, which it does only for texts of many gigabytes.
    pub fn seal(secret: &Secret, number: &str) -> Result<Self, Error> {
        let mac = secret.mac(number);
        let [a, b, c, d, e, f, g, h, i, j, k, l, ..] = secret.nonce_key.mac(number.as_bytes());
        let nonce = [a, b, c, d, e, f, g, h, i, j, k, l];
        let payload = Payload {
            msg: number.as_bytes(),
            aad: &mac,
        };
        let sealed = cipher(secret).encrypt(&nonce.into(), payload);
        Ok(Self {
            person_key: PersonKey::of(&mac).0,
            mac,
            nonce,
            ciphertext: sealed.map_err(|_| Error::Seal)?,
        })
    }

    /// The 12-digit number.
    ///
    /// # Errors
    /// [`Error::Seal`] if it was sealed with another secret or is damaged.
    pub fn open(&self, secret: &Secret) -> Result<String, Error> {
        let payload = Payload {
            msg: &self.ciphertext,
            aad: &self.mac,
        };
        let opened = cipher(secret).decrypt(&self.nonce.into(), payload);
        String::from_utf8(opened.map_err(|_| Error::Seal)?).map_err(|_| Error::Seal)
    }
}

fn cipher(secret: &Secret) -> ChaCha20Poly1305 {
    ChaCha20Poly1305::new(&secret.seal_key.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opens_with_its_secret_only_and_is_reproducible() {
        let (secret, other) = (Secret::new([7; 32]), Secret::new([8; 32]));
        let sealed = SealedIdentity::seal(&secret, "191212121212").unwrap();
        assert_eq!(
            sealed,
            SealedIdentity::seal(&secret, "191212121212").unwrap()
        );
        assert_eq!(sealed.open(&secret).unwrap(), "191212121212");
        assert!(sealed.open(&other).is_err());
        // 12 bytes of text and a tag of 16.
        assert_eq!(sealed.ciphertext.len(), 28);
        let digits = b"191212121212";
        assert!(!sealed.ciphertext.windows(12).any(|w| w == digits));
        let mut moved = sealed.clone();
        moved.mac[0] ^= 1;
        assert!(moved.open(&secret).is_err());
    }

    #[test]
    fn different_numbers_have_different_nonces() {
        let secret = Secret::new([7; 32]);
        let a = SealedIdentity::seal(&secret, "191212121212").unwrap();
        let b = SealedIdentity::seal(&secret, "191212121213").unwrap();
        assert_ne!(a.nonce, b.nonce);
        assert_ne!(a.person_key, b.person_key);
    }
}
