mod names;
mod read;

pub(crate) use names::Column;
pub use names::{Interner, Names};
pub use read::{Revoked, facts_from_batches};

/// One period of an active certificate, as the case operator sees it. 56 bytes.
///
/// Text columns are numbers into [`Names`]; days are days since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fact {
    /// Keyed hash of the person.
    pub person: i64,
    /// Running number of the certificate in order of arrival (the peer's `lakarintyg`): all periods of one
    /// certificate share it.
    pub arrival: i64,
    /// First day.
    pub start: i32,
    /// Last day, inclusive.
    pub end: i32,
    /// Care provider (vårdgivare), into [`Names::providers`].
    pub provider: u32,
    /// Care unit (vårdenhet), into [`Names::units`].
    pub care_unit: u32,
    /// Unit (enhet), into [`Names::units`].
    pub unit: u32,
    /// Doctor, into [`Names::doctors`].
    pub doctor: u32,
    /// Main diagnosis as given, into [`Names::diagnoses`]; 0 is the empty text: none given.
    pub diagnosis: u32,
    /// Age in whole years at the certificate's last day.
    pub age: i16,
    /// Region code as a number (01 → 1); 0 = unknown.
    pub region: u8,
    /// Degree in percent: 25, 50, 75 or 100.
    pub degree: u8,
    /// ISO/IEC 5218: 0 unknown, 1 man, 2 woman.
    pub sex: u8,
}

/// The periods of one bucket of persons, sorted by (provider, person, start, arrival, degree).
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// The sorted periods.
    pub facts: Vec<Fact>,
}

impl Facts {
    /// The periods of each patient at each care provider (the peer's "aisle"), in table order.
    pub fn patients(&self) -> impl Iterator<Item = &[Fact]> {
        self.facts
            .chunk_by(|a, b| a.person == b.person && a.provider == b.provider)
    }
}

impl Facts {
    /// Puts the periods in the order that everything here relies on: (provider, person, start, arrival, degree).
    pub fn sort(&mut self) {
        let key = |f: &Fact| (f.provider, f.person, f.start, f.arrival, f.degree);
        if !self.facts.is_sorted_by_key(key) {
            self.facts.sort_unstable_by_key(key);
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A period of person 1 with everything else at rest.
    pub(crate) fn fact(start: i32, end: i32) -> Fact {
        Fact {
            person: 1,
            arrival: 1,
            start,
            end,
            provider: 0,
            care_unit: 0,
            unit: 0,
            doctor: 0,
            diagnosis: 0,
            age: 40,
            region: 1,
            degree: 100,
            sex: 2,
        }
    }

    #[test]
    fn a_fact_is_small() {
        // 2 × i64 + 2 × i32 + 5 × u32 + i16 + 3 × u8 = 16 + 8 + 20 + 2 + 3 = 49, rounded up to a multiple of 8.
        assert_eq!(size_of::<Fact>(), 56);
    }
}
