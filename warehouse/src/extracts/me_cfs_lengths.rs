use std::collections::{BTreeMap, HashMap};

use super::{
    me_cfs::{DIAGNOSIS, MeCfsAge},
    scan::{Scan, new_year, year_end},
};
use crate::{Policy, Warehouse};

/// The year of the extract.
const YEAR: i32 = 2017;
/// Most other diagnoses that are named.
const NAMED: usize = 10;

/// Cases that ended with the diagnosis in the year, and their lengths.
///
/// Source: conformance kit §14, `socialstyrelsen_mecfs2`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeCfsLengths {
    /// ISO/IEC 5218: 0 unknown, 1 man, 2 woman.
    pub sex: u8,
    /// Age group.
    pub age: MeCfsAge,
    /// Lengths in days.
    pub days: Vec<i32>,
}

/// What is said of those cases beside their lengths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeCfsRemarks(pub Vec<String>);

/// A case that counts.
struct Ended {
    provider: u32,
    sex: u8,
    age: MeCfsAge,
    days: i32,
    /// Categories of its certificates' periods, with repetition.
    categories: Vec<String>,
}

impl Warehouse {
    /// Lengths of the cases that ended in the year with the diagnosis, by sex and age, and remarks on them. A care
    /// provider with too few cases is left out; so is a sex and age with too few at a care provider.
    #[must_use]
    pub fn me_cfs_lengths(&self, policy: Policy) -> (Vec<MeCfsLengths>, MeCfsRemarks) {
        let scan = Scan::all(self, new_year(YEAR), year_end(YEAR));
        let (first, last) = (scan.period.first, scan.period.last);
        let mut by_provider: BTreeMap<u32, Vec<Ended>> = BTreeMap::new();
        scan.cases(
            |_| true,
            |case, _| {
                let end = case.last();
                if scan.levels(end).code != Some(DIAGNOSIS) || !(first..=last).contains(&case.end) {
                    return;
                }
                by_provider.entry(end.provider).or_default().push(Ended {
                    provider: end.provider,
                    sex: end.sex,
                    age: MeCfsAge::of(case.age().into()),
                    days: case.length_days,
                    categories: case
                        .facts
                        .iter()
                        .map(|fact| scan.category(fact).to_owned())
                        .collect(),
                });
            },
        );
        let enough = |count: usize| policy.keep(u32::try_from(count).unwrap_or(u32::MAX)) > 0;
        by_provider.retain(|_, cases| enough(cases.len()));
        let cases: Vec<Ended> = by_provider.into_values().flatten().collect();
        (lengths(&cases, enough), remarks(&cases))
    }
}

fn lengths(cases: &[Ended], enough: impl Fn(usize) -> bool) -> Vec<MeCfsLengths> {
    let mut groups: BTreeMap<(u8, MeCfsAge, u32), Vec<i32>> = BTreeMap::new();
    for case in cases {
        groups
            .entry((case.sex, case.age, case.provider))
            .or_default()
            .push(case.days);
    }
    groups.retain(|_, days| enough(days.len()));
    let mut sums: BTreeMap<(u8, MeCfsAge), Vec<i32>> = BTreeMap::new();
    for ((sex, age, _), days) in groups {
        sums.entry((sex, age)).or_default().extend(days);
    }
    let row = |((sex, age), days)| MeCfsLengths { sex, age, days };
    sums.into_iter().map(row).collect()
}

fn remarks(cases: &[Ended]) -> MeCfsRemarks {
    let several: Vec<&Ended> = cases
        .iter()
        .filter(|case| case.categories.len() > 1)
        .collect();
    let share = several.len() as f64 / cases.len().max(1) as f64;
    let mut remarks = vec![format!("Andel sjukfall med mer än 1 diagnos: {share:?}")];
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let own = DIAGNOSIS.get(..3).unwrap_or_default();
    for category in several
        .iter()
        .flat_map(|case| &case.categories)
        .filter(|category| *category != own)
    {
        *counts.entry(category).or_default() += 1;
    }
    let mut order: Vec<(&str, usize)> = counts.into_iter().collect();
    order.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    remarks.extend(
        order
            .iter()
            .take(NAMED)
            .enumerate()
            .map(|(place, (category, count))| {
                format!(
                    "Vanligaste annan diagnos #{} är {category} med {count} förekomster",
                    place + 1
                )
            }),
    );
    MeCfsRemarks(remarks)
}
