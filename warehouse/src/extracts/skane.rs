use std::collections::{BTreeMap, HashSet};

use chrono::NaiveDate;

use super::scan::{Scan, days};
use crate::{CaseInPeriod, Fact, Month, Warehouse, question::month_name};

/// First and last month of the extract.
const MONTHS: [(i32, u32); 2] = [(2016, 9), (2018, 12)];
/// The blocks that mean ages are worked out for: first and last day.
const BLOCKS: [[(i32, u32, u32); 2]; 3] = [
    [(2016, 9, 1), (2016, 12, 31)],
    [(2017, 1, 1), (2017, 12, 31)],
    [(2018, 1, 1), (2018, 12, 31)],
];
/// The day of the month on which ongoing cases are counted.
const DAY: u32 = 25;

/// One figure of one unit; only figures that are not zero.
///
/// Source: conformance kit §14, `special_skane`.
#[derive(Debug, Clone, PartialEq)]
pub struct SkaneRow {
    /// What is counted, and when.
    pub group: String,
    /// HSA id of the care unit.
    pub unit: String,
    /// The number of cases or persons, or the mean age.
    pub value: f64,
}

/// Rows while they grow: (what, unit number) → what was counted.
type Counts = BTreeMap<(String, u32), u32>;

impl Warehouse {
    /// New and ongoing cases of some care units (HSA ids, upper case), month by month, and mean ages. Needs birth dates
    /// ([`Warehouse::with_births`]).
    #[must_use]
    pub fn skane(&self, units: &[&str]) -> Vec<SkaneRow> {
        let [first, last] =
            MONTHS.map(|(year, month)| Month::new(year, month).unwrap_or(Month::EARLIEST));
        let listed: Vec<bool> = self
            .names
            .units
            .iter()
            .map(|id| units.contains(&id.as_str()))
            .collect();
        let sees = |fact: &Fact| listed.get(fact.care_unit as usize) == Some(&true);
        let mut counts = Counts::new();
        for month in first.to(last) {
            self.month(month, sees, &mut counts);
        }
        let unit = |number: u32| {
            self.names
                .units
                .get(number as usize)
                .cloned()
                .unwrap_or_default()
        };
        let row = |((group, number), count): ((String, u32), u32)| SkaneRow {
            group,
            unit: unit(number),
            value: f64::from(count),
        };
        let mut rows: Vec<SkaneRow> = counts.into_iter().map(row).collect();
        for [from, to] in BLOCKS {
            let day =
                |(year, month, day)| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
            let ages = self.ages(day(from), day(to), sees);
            rows.extend(ages.into_iter().map(|((group, number), ages)| SkaneRow {
                group: format!("{group} {} - {}", day(from), day(to)),
                unit: unit(number),
                value: ages.iter().sum::<f64>() / ages.len() as f64,
            }));
        }
        rows
    }

    fn month(&self, month: Month, sees: impl Fn(&Fact) -> bool, counts: &mut Counts) {
        let name = format!("{} {}", month_name(month).sv, month.year());
        let scan = Scan {
            warehouse: self,
            period: crate::Days {
                first: month.first_day(),
                last: month.last_day(),
            },
            extend: true,
        };
        let day = month.first_day() + DAY as i32 - 1;
        let mut persons = HashSet::new();
        scan.cases(&sees, |case, _| {
            let (last, letter) = (
                case.last(),
                scan.category(case.last()).get(..1).unwrap_or_default(),
            );
            let mut add = |what: &str| {
                for who in [Some(""), sex_name(last.sex)].into_iter().flatten() {
                    let group = format!("{what}{who} {name}");
                    *counts.entry((group, last.care_unit)).or_default() += 1;
                }
            };
            let diagnosis = match letter {
                "M" => "med M-diagnos",
                "F" => "med F-diagnos",
                _ => "med övriga diagnoser",
            };
            if case.start >= month.first_day() {
                add("Antal nya sjukfall");
                add(&format!("Antal nya sjukfall {diagnosis}"));
            }
            add("Antal pågående sjukfall");
            add(&format!("Antal pågående sjukfall {diagnosis}"));
            if persons.insert((last.care_unit, last.person)) {
                add("Antal unika individer i pågående sjukfall");
            }
            if (case.start..=case.end).contains(&day) {
                let on = "Antal pågående sjukfall per den 25e";
                add(on);
                add(&format!("{on} med sjukskrivningsgrad {}", last.degree));
                add(&format!("{on} {}", length(day - case.start)));
            }
        });
    }

    /// Ages of each group and unit in a block of months.
    fn ages(
        &self,
        from: NaiveDate,
        to: NaiveDate,
        sees: impl Fn(&Fact) -> bool,
    ) -> BTreeMap<(String, u32), Vec<f64>> {
        let scan = Scan {
            warehouse: self,
            period: days(from, to),
            extend: true,
        };
        let mut ages: BTreeMap<(String, u32), Vec<f64>> = BTreeMap::new();
        scan.cases(sees, |case, _| {
            let last = case.last();
            let mut add = |which: &str, day: i32| {
                let Some(age) = self.age_on(case, day) else {
                    return;
                };
                for who in [Some(""), sex_name(last.sex)].into_iter().flatten() {
                    let group = format!("Genomsnittlig ålder för {which} sjukfall{who}");
                    ages.entry((group, last.care_unit)).or_default().push(age);
                }
            };
            if case.start >= scan.period.first {
                add("nya", case.start);
            }
            add("pågående", case.end.min(scan.period.last));
        });
        ages
    }

    /// The patient's age in whole years on a day.
    fn age_on(&self, case: &CaseInPeriod<'_>, day: i32) -> Option<f64> {
        let born = self.births.get(&case.last().person)?;
        let day = NaiveDate::from_epoch_days(day)?;
        Some(day.years_since(*born)?.into())
    }
}

fn sex_name(sex: u8) -> Option<&'static str> {
    match sex {
        1 => Some(" män"),
        2 => Some(" kvinnor"),
        _ => None,
    }
}

fn length(days: i32) -> &'static str {
    match days {
        ..=90 => "1-90 dagar",
        91..=180 => "91-180 dagar",
        181..=365 => "180-365 dagar",
        _ => "365< dagar",
    }
}
