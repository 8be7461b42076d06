use std::collections::HashSet;

use chrono::{Datelike, NaiveDate};

use super::{
    scan::{Scan, days, distinct_days, new_year, year_end},
    spread::{mean, median},
};
use crate::{Month, Warehouse};

/// A case that began last year, by its first certificate.
///
/// Source: conformance kit §14, `forsakringskassan`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InsurerCase {
    /// The last code, or its category where the code is not known.
    pub diagnosis: String,
    /// ISO/IEC 5218: 0 unknown, 1 man, 2 woman.
    pub sex: u8,
    /// Region code as a number.
    pub region: u8,
    /// Distinct days of the first certificate.
    pub days: i32,
}

/// Number and lengths of such cases.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct InsurerFigures {
    /// Number of cases.
    pub cases: usize,
    /// Mean length in days, two decimals; 0 of no case.
    pub mean_days: f64,
    /// Median length in days; 0 of no case.
    pub median_days: f64,
}

impl Warehouse {
    /// The cases that began in the year before `today`, with the length of their first certificate; each first
    /// certificate once.
    #[must_use]
    pub fn insurer_cases(&self, today: NaiveDate) -> Vec<InsurerCase> {
        let year = today.year() - 1;
        let last = days(new_year(year), year_end(year));
        let scan = Scan {
            period: crate::Days {
                first: last.first,
                last: Month::of(today).last_day(),
            },
            ..Scan::all(self, today, today)
        };
        let (mut seen, mut cases) = (HashSet::new(), Vec::new());
        scan.cases(
            |_| true,
            |case, patient| {
                let first = case.facts[0].arrival;
                let certificate = || patient.iter().filter(move |fact| fact.arrival == first);
                let began = (last.first..=last.last).contains(&case.start);
                if !began || !certificate().any(|fact| last.overlaps(fact)) || !seen.insert(first) {
                    return;
                }
                cases.push(InsurerCase {
                    diagnosis: scan.code_or_category(case.last()).to_owned(),
                    sex: case.last().sex,
                    region: case.last().region,
                    days: distinct_days(certificate()),
                });
            },
        );
        cases
    }
}

/// Figures of the cases with a diagnosis (`Alla`, `F32` = exactly that, `F32+` = all that begin so), of one sex or both
/// and of one region.
#[must_use]
pub fn insurer_figures(
    cases: &[InsurerCase],
    diagnosis: &str,
    sex: Option<u8>,
    region: u8,
) -> InsurerFigures {
    let chosen = |case: &&InsurerCase| {
        let diagnosed = match (diagnosis, diagnosis.strip_suffix('+')) {
            ("Alla", _) => true,
            (_, Some(beginning)) => case.diagnosis.starts_with(beginning),
            (exactly, None) => case.diagnosis == exactly,
        };
        diagnosed && sex.is_none_or(|sex| case.sex == sex) && case.region == region
    };
    let days: Vec<i32> = cases.iter().filter(chosen).map(|case| case.days).collect();
    let mean = mean(&days).unwrap_or_default();
    InsurerFigures {
        cases: days.len(),
        mean_days: (mean * 100.0).round_ties_even() / 100.0,
        median_days: median(&days).unwrap_or_default(),
    }
}
