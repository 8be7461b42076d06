use chrono::{Datelike, NaiveDate};

use super::scan::{Scan, days, new_year, year_end};
use crate::{Month, Warehouse};

/// Days after which a case that has not gone on has ended.
const ENDED: i32 = 5;

/// What Socialstyrelsen follows up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowUp {
    /// First year.
    pub from_year: i32,
    /// Last year.
    pub to_year: i32,
    /// Which cases.
    pub choice: FollowUpChoice,
}

/// Which cases are followed up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FollowUpChoice {
    /// Of each diagnosis the cases made of its certificates alone: code or category.
    Each(Vec<String>),
    /// Cases that began with a diagnosis, by the category that they ended with.
    BegunWith(String),
}

impl FollowUpChoice {
    /// The diagnoses that are followed up unless others are asked for.
    pub const USUAL: [&str; 9] = [
        "F32", "F33", "F410", "F411", "F430", "F432", "F438", "F438A", "F438W",
    ];
}

/// A case that has ended.
///
/// Source: conformance kit §14, `socialstyrelsen`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowUpCase {
    /// The diagnosis followed up; of cases that began with one, the category that they ended with.
    pub diagnosis: String,
    /// ISO/IEC 5218: 0 unknown, 1 man, 2 woman.
    pub sex: u8,
    /// Region code as a number.
    pub region: u8,
    /// Distinct days.
    pub days: i32,
}

impl FollowUp {
    /// The year before `today`.
    #[must_use]
    pub fn last_year(choice: FollowUpChoice, today: NaiveDate) -> Self {
        Self {
            from_year: today.year() - 1,
            to_year: today.year() - 1,
            choice,
        }
    }
}

impl Warehouse {
    /// The cases followed up that had ended by `today`.
    #[must_use]
    pub fn follow_up(&self, asked: &FollowUp, today: NaiveDate) -> Vec<FollowUpCase> {
        let years = days(new_year(asked.from_year), year_end(asked.to_year));
        let scan = Scan {
            period: crate::Days {
                first: years.first,
                last: Month::of(today).last_day(),
            },
            ..Scan::all(self, today, today)
        };
        let ended = today.to_epoch_days() - ENDED;
        let mut found = Vec::new();
        let mut add = |case: &crate::CaseInPeriod<'_>, diagnosis: &str| {
            if case.start <= years.last && case.end >= years.first && case.end < ended {
                found.push(FollowUpCase {
                    diagnosis: diagnosis.to_owned(),
                    sex: case.last().sex,
                    region: case.last().region,
                    days: case.length_days,
                });
            }
        };
        match &asked.choice {
            FollowUpChoice::Each(diagnoses) => {
                for diagnosis in diagnoses {
                    let wanted = Some(diagnosis.as_str());
                    let sees = |fact: &crate::Fact| {
                        let levels = scan.levels(fact);
                        levels.code == wanted || levels.category == wanted
                    };
                    Scan {
                        extend: true,
                        ..scan
                    }
                    .cases(sees, |case, _| add(case, diagnosis));
                }
            }
            FollowUpChoice::BegunWith(diagnosis) => {
                let wanted = Some(diagnosis.as_str());
                scan.cases(
                    |_| true,
                    |case, _| {
                        let first = scan.levels(&case.facts[0]);
                        let levels = [first.chapter, first.block, first.category, first.code];
                        if levels.contains(&wanted) {
                            add(case, scan.category(case.last()));
                        }
                    },
                );
            }
        }
        found
    }
}
