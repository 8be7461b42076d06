use std::fmt;

use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::PerturbationTable;

/// The secret from which record keys are made. Stable as long as a series is published: a new secret is fresh noise to
/// average away (`DISCLOSURE.md` §5.4).
#[derive(Clone)]
pub struct RecordKey {
    mac: Hmac<Sha256>,
}

impl fmt::Debug for RecordKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecordKey(…)")
    }
}

impl RecordKey {
    /// From a secret of any length and a domain, such as `case` or `person`: keys of different domains are unrelated.
    #[must_use]
    pub fn new(secret: &[u8], domain: &str) -> Self {
        // HMAC takes keys of every length, so the error cannot come; an empty key would be the fallback.
        let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(secret).unwrap_or_else(|_| {
            <Hmac<Sha256> as Mac>::new(&hmac::digest::Key::<Hmac<Sha256>>::default())
        });
        mac.update(b"frisk cell key 1\0");
        mac.update(domain.as_bytes());
        mac.update(&[0]);
        Self { mac }
    }

    /// The key of a record by what names it for good: never a row number or a time of loading.
    #[must_use]
    pub fn of(&self, identity: &[u8]) -> u64 {
        let mut mac = self.mac.clone();
        mac.update(identity);
        let bytes = mac.finalize().into_bytes();
        let mut first = [0; 8];
        first.copy_from_slice(&bytes[..8]);
        u64::from_be_bytes(first)
    }
}

/// What a cell holds while it is counted: how many records, and the sum of their keys. Order does not matter, and parts
/// can be merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CellKeys {
    /// How many records.
    pub count: u64,
    /// Sum of their keys, modulo 2^64.
    pub key: u64,
}

impl CellKeys {
    /// Takes a record in.
    pub fn add(&mut self, key: u64) {
        self.count += 1;
        self.key = self.key.wrapping_add(key);
    }

    /// The count as it is published.
    #[must_use]
    pub fn published(self, table: &PerturbationTable) -> u64 {
        let noise = i64::from(table.noise(self.count, mix(self.key)));
        self.count.saturating_add_signed(noise)
    }
}

impl std::ops::AddAssign for CellKeys {
    fn add_assign(&mut self, other: Self) {
        self.count += other.count;
        self.key = self.key.wrapping_add(other.key);
    }
}

/// Spreads a sum of keys: the noise of a set and of the set with one more record then look unrelated even to somebody
/// who knows how the keys add (finaliser of SplitMix64; a bijection, so it stays uniform).
fn mix(key: u64) -> u64 {
    let key = (key ^ (key >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let key = (key ^ (key >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    key ^ (key >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Shape;

    #[test]
    fn the_same_records_give_the_same_value_in_any_order_and_parts() {
        let table = PerturbationTable::new(Shape::DEFAULT).unwrap();
        let keys = RecordKey::new(b"secret", "case");
        let all: Vec<u64> = (0..40_u32).map(|i| keys.of(&i.to_be_bytes())).collect();
        let cell = |keys: &[u64]| {
            let mut cell = CellKeys::default();
            keys.iter().for_each(|&key| cell.add(key));
            cell
        };
        let mut turned = all.clone();
        turned.reverse();
        let mut parts = cell(&all[..13]);
        parts += cell(&all[13..]);
        assert_eq!(
            cell(&all).published(&table),
            cell(&turned).published(&table)
        );
        assert_eq!(cell(&all), parts);
        assert_eq!(CellKeys::default().published(&table), 0);
    }

    // 20,000 cells of 9 records: the noise has mean 0 and variance 3 (standard errors .012 and .03 or so: four of them).
    #[test]
    fn noise_over_many_cells_has_the_moments_of_the_table() {
        let table = PerturbationTable::new(Shape::DEFAULT).unwrap();
        let keys = RecordKey::new(b"another secret", "case");
        let cells = 20_000_u32;
        let (mut sum, mut squares) = (0.0, 0.0);
        for at in 0..cells {
            let mut cell = CellKeys::default();
            for i in 0..9_u32 {
                cell.add(keys.of(&[at.to_be_bytes(), i.to_be_bytes()].concat()));
            }
            let noise = cell.published(&table) as f64 - 9.0;
            sum += noise;
            squares += noise * noise;
        }
        let n = f64::from(cells);
        assert!((sum / n).abs() < 0.05, "{}", sum / n);
        assert!((squares / n - 3.0).abs() < 0.13, "{}", squares / n);
    }

    #[test]
    fn another_domain_or_secret_gives_other_keys() {
        let key = |secret: &[u8], domain| RecordKey::new(secret, domain).of(b"7");
        assert_ne!(key(b"a", "case"), key(b"a", "person"));
        assert_ne!(key(b"a", "case"), key(b"b", "case"));
    }
}
