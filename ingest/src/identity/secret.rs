use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::Error;

/// The installation's secret: 32 bytes, kept outside the warehouse.
///
/// Person keys come from it, and the keys that seal identities for the vault.
#[derive(Clone)]
pub struct Secret {
    key: Keyed,
    pub(super) seal_key: [u8; 32],
    pub(super) nonce_key: Keyed,
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// The key of a person in the warehouse: first 8 bytes, big endian, of HMAC-SHA-256(secret, 12-digit number).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PersonKey(pub i64);

impl Secret {
    /// A secret of its bytes: persons are keyed and identities sealed with the same.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self::of(&bytes, &bytes)
    }

    /// A secret of two keys, so that each can be exchanged by itself: one that turns personal numbers into person keys,
    /// one that seals identities.
    #[must_use]
    pub fn of(person: &[u8; 32], seal: &[u8; 32]) -> Self {
        let seal = Keyed::new(seal);
        Self {
            seal_key: seal.mac(b"frisk vault seal 1"),
            nonce_key: Keyed::new(&seal.mac(b"frisk vault nonce 1")),
            key: Keyed::new(person),
        }
    }

    /// A secret of 64 hexadecimal digits; white space around is dropped.
    ///
    /// # Errors
    /// [`Error::Secret`] if the text is anything else; the text is not repeated.
    pub fn from_hex(text: &str) -> Result<Self, Error> {
        let text = text.trim();
        let fault = || Error::Secret {
            found: text.chars().count(),
        };
        if text.len() != 64 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(fault());
        }
        let mut bytes = [0; 32];
        for (i, byte) in bytes.iter_mut().enumerate() {
            let pair = text.get(2 * i..2 * i + 2).ok_or_else(fault)?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| fault())?;
        }
        Ok(Self::new(bytes))
    }

    /// The full keyed hash of a 12-digit number.
    #[must_use]
    pub fn mac(&self, number: &str) -> [u8; 32] {
        self.key.mac(number.as_bytes())
    }

    /// The person key of a 12-digit number.
    #[must_use]
    pub fn person_key(&self, number: &str) -> PersonKey {
        PersonKey::of(&self.mac(number))
    }
}

impl PersonKey {
    pub(super) fn of(mac: &[u8; 32]) -> Self {
        let [a, b, c, d, e, f, g, h, ..] = *mac;
        Self(i64::from_be_bytes([a, b, c, d, e, f, g, h]))
    }
}

/// HMAC-SHA-256 under a key, its inner and outer state prepared once.
#[derive(Clone)]
pub(super) struct Keyed(Hmac<Sha256>);

impl Keyed {
    pub(super) fn new(key: &[u8; 32]) -> Self {
        // HMAC takes keys of any length; a 32-byte key padded to the block is the same key.
        let mut block = [0; 64];
        block[..32].copy_from_slice(key);
        Self(<Hmac<Sha256> as hmac::digest::KeyInit>::new(&block.into()))
    }

    pub(super) fn mac(&self, message: &[u8]) -> [u8; 32] {
        let mut hmac = self.0.clone();
        hmac.update(message);
        hmac.finalize().into_bytes().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mac_is_hmac_sha_256() {
        // Python: hmac.new(bytes(range(32)), b"191212121212", "sha256").hexdigest()
        let secret = Secret::new(std::array::from_fn(|i| i as u8));
        let hex: String = secret
            .mac("191212121212")
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect();
        assert_eq!(
            hex,
            "6352af149e826f2d873dff69170fafb04f00b16e27f4e3198f181a8fce79458d"
        );
        assert_eq!(
            secret.person_key("191212121212"),
            PersonKey(7_156_975_260_938_694_445)
        );
    }

    #[test]
    fn the_two_keys_are_independent() {
        use crate::SealedIdentity;
        let seal = |person, key| {
            SealedIdentity::seal(&Secret::of(&[person; 32], &[key; 32]), "191212121212").unwrap()
        };
        assert_eq!(seal(1, 2).person_key, seal(1, 3).person_key);
        assert_ne!(seal(1, 2).ciphertext, seal(1, 3).ciphertext);
        assert_ne!(seal(1, 2).person_key, seal(4, 2).person_key);
        let one = SealedIdentity::seal(&Secret::new([1; 32]), "191212121212").unwrap();
        assert_eq!(one, seal(1, 1));
    }

    #[test]
    fn hex_is_checked_and_never_shown() {
        let hex = "000102030405060708090a0b0c0d0e0f101112131415161718191A1B1C1D1E1F";
        let a = Secret::from_hex(&format!(" {hex}\n")).unwrap();
        let b = Secret::new(std::array::from_fn(|i| i as u8));
        assert_eq!(a.mac("x"), b.mac("x"));
        assert_eq!(format!("{a:?}"), "Secret(…)");
        let error = Secret::from_hex("abc").unwrap_err().to_string();
        assert!(error.contains("64") && !error.contains("abc"));
        assert!(Secret::from_hex(&"é".repeat(32)).is_err());
    }
}
