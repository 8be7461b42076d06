use std::collections::{HashMap, HashSet};

use chrono::NaiveDateTime;

use crate::record::RecordKind;

/// A version of a record: which record it is of, what it says, and when it was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Version {
    /// Kind of the record.
    pub kind: RecordKind,
    /// Hash: which record; its first bit says whether of this person only.
    pub key: [u8; 16],
    /// Hash: what it says.
    pub content: [u8; 16],
    /// Whose it is.
    pub person_key: i64,
    /// When this version was made.
    pub updated: Option<NaiveDateTime>,
    /// Whether it takes the record back.
    pub removed: bool,
}

/// The records that have come, in each of their versions.
///
/// Holds about 100 bytes a record. The warehouse fills it again from its table `record` before the next batch.
#[derive(Debug, Clone, Default)]
pub struct SeenRecords {
    newest: HashMap<([u8; 16], i64), Version>,
    versions: HashSet<([u8; 16], [u8; 16], i64)>,
    last: i64,
}

/// The key of a record that has an id, whoever it is of.
pub(super) fn by_id(mut key: [u8; 16]) -> [u8; 16] {
    key[0] &= 0x7f;
    key
}

/// The key of a record without an id: it is known by its person and what it says.
pub(super) fn by_person(mut key: [u8; 16]) -> [u8; 16] {
    key[0] |= 0x80;
    key
}

impl Version {
    /// The record among all records.
    fn record(&self) -> ([u8; 16], i64) {
        let of_person = self.key[0] & 0x80 != 0;
        (self.key, if of_person { self.person_key } else { 0 })
    }

    fn whole(&self) -> ([u8; 16], [u8; 16], i64) {
        (self.key, self.content, self.person_key)
    }
}

/// A version that is taken.
#[derive(Debug, Clone, Copy)]
pub(super) struct Arrival {
    pub(super) number: i64,
    pub(super) version: Version,
    /// The person whose record it was before.
    pub(super) moved_from: Option<i64>,
}

/// What became of a version.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place {
    /// It is the newest now.
    New(Arrival),
    /// It had come before.
    Same,
    /// A newer one, or the end of the record, had come before.
    Stale,
}

impl SeenRecords {
    /// Notes a version that is in the warehouse with its arrival number.
    pub fn insert(&mut self, version: Version, arrival: i64) {
        self.last = self.last.max(arrival);
        self.versions.insert(version.whole());
        self.newest.insert(version.record(), version);
    }

    /// How many records there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.newest.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.newest.is_empty()
    }

    /// Takes a version unless it came before, or is older than what stands.
    ///
    /// With times of both versions the later one is newer; without, the one that comes later, except that a record
    /// that was taken back stays so.
    pub(super) fn place(&mut self, version: Version) -> Place {
        if !self.versions.insert(version.whole()) {
            return Place::Same;
        }
        let before = self.newest.get(&version.record());
        let stale = before.is_some_and(|old| match (old.updated, version.updated) {
            (Some(old_time), Some(time)) => time < old_time,
            _ => old.removed && !version.removed,
        });
        if stale {
            return Place::Stale;
        }
        let moved_from = before
            .map(|old| old.person_key)
            .filter(|person| *person != version.person_key);
        self.last += 1;
        self.newest.insert(version.record(), version);
        Place::New(Arrival {
            number: self.last,
            version,
            moved_from,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(content: u8, updated: Option<&str>, removed: bool) -> Version {
        Version {
            kind: RecordKind::Intervention,
            key: [1; 16],
            content: [content; 16],
            person_key: 7,
            updated: updated.map(|time| time.parse().unwrap()),
            removed,
        }
    }

    fn taken(seen: &mut SeenRecords, version: Version) -> Option<i64> {
        match seen.place(version) {
            Place::New(arrival) => Some(arrival.number),
            Place::Same | Place::Stale => None,
        }
    }

    #[test]
    fn each_version_is_taken_once_and_the_last_to_come_stands() {
        let mut seen = SeenRecords::default();
        assert_eq!(taken(&mut seen, version(1, None, false)), Some(1));
        assert_eq!(taken(&mut seen, version(1, None, false)), None);
        assert_eq!(taken(&mut seen, version(2, None, false)), Some(2));
        // The first version again is the file of before, not a correction.
        assert_eq!(taken(&mut seen, version(1, None, false)), None);
        assert_eq!(seen.len(), 1);
    }

    #[test]
    fn with_times_the_later_version_stands_whatever_comes_first() {
        let mut seen = SeenRecords::default();
        let (early, late) = (Some("2025-03-01T08:00:00"), Some("2025-03-01T09:00:00"));
        assert_eq!(taken(&mut seen, version(2, late, false)), Some(1));
        assert_eq!(taken(&mut seen, version(1, early, false)), None);
        assert_eq!(taken(&mut seen, version(3, early, true)), None);
        assert_eq!(taken(&mut seen, version(4, late, true)), Some(2));
    }

    #[test]
    fn what_is_taken_back_stays_so_unless_a_later_time_says_otherwise() {
        let mut seen = SeenRecords::default();
        let removal = version(1, Some("2025-03-01T08:00:00"), true);
        assert_eq!(taken(&mut seen, removal), Some(1));
        assert_eq!(taken(&mut seen, version(2, None, false)), None);
        let later = version(3, Some("2025-03-02T08:00:00"), false);
        assert_eq!(taken(&mut seen, later), Some(2));
    }

    #[test]
    fn a_record_may_turn_out_to_be_another_persons() {
        let mut seen = SeenRecords::default();
        seen.insert(version(1, None, false), 5);
        let corrected = Version {
            person_key: 8,
            ..version(2, None, false)
        };
        let Place::New(arrival) = seen.place(corrected) else {
            panic!("expected a new version");
        };
        assert_eq!((arrival.number, arrival.moved_from), (6, Some(7)));
        // Without an id the same words about two persons are two records.
        let key = by_person([1; 16]);
        let [one, other] = [7, 8].map(|person_key| Version {
            key,
            person_key,
            ..version(1, None, false)
        });
        assert_eq!(taken(&mut seen, one), Some(7));
        assert_eq!(taken(&mut seen, other), Some(8));
        assert_eq!(taken(&mut seen, one), None);
    }
}
