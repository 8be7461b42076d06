use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};

use super::scan::{Scan, new_year, year_end};
use crate::{Month, Policy, Warehouse};

/// Bins of the extract: first day of each, and label.
const BINS: [(i32, &str); 8] = [
    (0, "Under 8 dagar"),
    (8, "8-14 dagar"),
    (15, "15-30 dagar"),
    (31, "31-60 dagar"),
    (61, "61-90 dagar"),
    (91, "91-180 dagar"),
    (181, "181-365 dagar"),
    (366, "Över 365 dagar"),
];
/// Most diagnoses that are named.
const NAMED: usize = 10;

/// One row: a bin of lengths with its cases, or a remark, which has none.
///
/// Source: conformance kit §14, `special_sjukskrivningslangd`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LengthBin {
    /// The bin, or what the remark says.
    pub label: String,
    /// Cases that ended last year.
    pub cases: u64,
}

/// A case that counts.
struct Ended {
    provider: u32,
    sex: u8,
    days: i32,
    category: String,
}

impl Warehouse {
    /// Cases that ended in the year before `today` by length, and the most common diagnoses of the long ones.
    #[must_use]
    pub fn length_bins(&self, today: NaiveDate, policy: Policy) -> Vec<LengthBin> {
        let year = today.year() - 1;
        let end = year_end(year).to_epoch_days();
        // January too, so that a case is known to have ended.
        let january = Month::of(year_end(year)).plus(1);
        let scan = Scan {
            period: crate::Days {
                first: new_year(year).to_epoch_days(),
                last: january.last_day(),
            },
            ..Scan::all(self, today, today)
        };
        let mut ended = Vec::new();
        scan.cases(
            |_| true,
            |case, _| {
                if case.end <= end {
                    ended.push(Ended {
                        provider: case.last().provider,
                        sex: case.last().sex,
                        days: case.length_days,
                        category: scan.category(case.last()).to_owned(),
                    });
                }
            },
        );
        let mut rows = bins(&ended, policy);
        rows.extend(common(
            "över 180 dagar",
            ended.iter().filter(|case| case.days > 180),
        ));
        let middle = ended.iter().filter(|case| (91..=180).contains(&case.days));
        rows.extend(common("91-180 dagar", middle));
        rows
    }
}

/// Cases of each bin, each care provider's and sex's after the threshold.
fn bins(ended: &[Ended], policy: Policy) -> Vec<LengthBin> {
    let mut counts: HashMap<(usize, u32, u8), u32> = HashMap::new();
    for case in ended {
        let bin = BINS
            .iter()
            .rposition(|(from, _)| case.days >= *from)
            .unwrap_or_default();
        *counts.entry((bin, case.provider, case.sex)).or_default() += 1;
    }
    let kept = |bin: usize| {
        let counts = counts.iter().filter(move |((at, ..), _)| *at == bin);
        counts.map(|(_, count)| policy.keep(*count)).sum()
    };
    let row = |(bin, (_, label)): (usize, &(i32, &str))| LengthBin {
        label: (*label).to_owned(),
        cases: kept(bin),
    };
    BINS.iter().enumerate().map(row).collect()
}

/// The most common categories of some cases, in words.
fn common<'c>(which: &str, cases: impl Iterator<Item = &'c Ended>) -> Vec<LengthBin> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for case in cases {
        *counts.entry(&case.category).or_default() += 1;
    }
    let total: usize = counts.values().sum();
    let mut order: Vec<(&str, usize)> = counts.into_iter().collect();
    order.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let remark = |(place, (category, count)): (usize, &(&str, usize))| LengthBin {
        label: format!(
            "Vanligaste diagnos i sjukfall {which} #{} är {category} med {count} förekomster ({:?}% av {total})",
            place + 1,
            100.0 * *count as f64 / total as f64
        ),
        cases: 0,
    };
    order.iter().take(NAMED).enumerate().map(remark).collect()
}
