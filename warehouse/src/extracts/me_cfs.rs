use std::collections::{HashMap, HashSet};

use chrono::Datelike;

use super::scan::{days, new_year, year_end};
use crate::{Policy, Warehouse};

/// The diagnosis: postviral fatigue syndrome.
pub(super) const DIAGNOSIS: &str = "G933";
/// Years that the extract has.
const YEARS: std::ops::RangeInclusive<i32> = 2013..=2018;

/// Age groups of the extracts on ME/CFS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MeCfsAge(usize);

/// First age of each group, and label.
const AGES: [(i32, &str); 5] = [
    (0, "<=17"),
    (18, "18-30"),
    (31, "31-40"),
    (41, "41-50"),
    (51, "51+"),
];

impl MeCfsAge {
    /// The group of an age in whole years.
    #[must_use]
    pub fn of(age: i32) -> Self {
        Self(
            AGES.iter()
                .rposition(|(from, _)| age >= *from)
                .unwrap_or_default(),
        )
    }

    /// The group of a label.
    #[must_use]
    pub fn parse(label: &str) -> Option<Self> {
        AGES.iter().position(|(_, known)| *known == label).map(Self)
    }

    /// Its label.
    #[must_use]
    pub fn label(self) -> &'static str {
        AGES.get(self.0).map_or("", |(_, label)| label)
    }
}

/// Patients with the diagnosis in a year.
///
/// Source: conformance kit §14, `socialstyrelsen_mecfs1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeCfsCount {
    /// Year.
    pub year: i32,
    /// ISO/IEC 5218: 0 unknown, 1 man, 2 woman.
    pub sex: u8,
    /// Age reached in the year.
    pub age: MeCfsAge,
    /// Patients, each once a care provider.
    pub patients: u64,
}

impl Warehouse {
    /// Patients with a certificate for exactly this diagnosis that has a day in the year, by sex and age; the groups
    /// that occur. Needs birth dates ([`Warehouse::with_births`]).
    #[must_use]
    pub fn me_cfs_patients(&self, policy: Policy) -> Vec<MeCfsCount> {
        let exact = self
            .names
            .diagnoses
            .iter()
            .position(|code| code == DIAGNOSIS);
        let Some(exact) = exact.and_then(|number| u32::try_from(number).ok()) else {
            return Vec::new();
        };
        let mut counts: HashMap<(i32, u8, MeCfsAge, u32), HashSet<i64>> = HashMap::new();
        for year in YEARS {
            let period = days(new_year(year), year_end(year));
            let facts = self.buckets.iter().flat_map(|bucket| &bucket.facts);
            for fact in facts.filter(|fact| fact.diagnosis == exact && period.overlaps(fact)) {
                let born = self.births.get(&fact.person).map(|born| born.year());
                let age = MeCfsAge::of(born.map_or(i32::from(fact.age), |born| year - born));
                counts
                    .entry((year, fact.sex, age, fact.provider))
                    .or_default()
                    .insert(fact.person);
            }
        }
        let mut sums: HashMap<(i32, u8, MeCfsAge), u64> = HashMap::new();
        for ((year, sex, age, _), persons) in counts {
            let count = u32::try_from(persons.len()).unwrap_or(u32::MAX);
            *sums.entry((year, sex, age)).or_default() += policy.keep(count);
        }
        let row = |((year, sex, age), patients)| MeCfsCount {
            year,
            sex,
            age,
            patients,
        };
        let mut rows: Vec<MeCfsCount> = sums.into_iter().map(row).collect();
        rows.sort_by_key(|row| (row.year, row.sex, row.age));
        rows
    }
}
