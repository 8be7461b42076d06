use std::{collections::BTreeSet, fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::Error;

/// A calendar month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Month {
    /// Months since January of year 0.
    index: i32,
}

impl Month {
    /// The month of a year (month 1–12).
    #[must_use]
    pub fn new(year: i32, month: u32) -> Option<Self> {
        (1..=12).contains(&month).then(|| Self {
            index: year * 12 + month.cast_signed() - 1,
        })
    }

    /// The calendar year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.index.div_euclid(12)
    }

    /// The month of the year, 1–12.
    #[must_use]
    pub fn month(self) -> u32 {
        self.index.rem_euclid(12).cast_unsigned() + 1
    }

    /// This month moved by a number of months.
    #[must_use]
    pub fn plus(self, months: i32) -> Self {
        Self {
            index: self.index + months,
        }
    }

    /// First day, in days since 1970-01-01.
    #[must_use]
    pub fn first_day(self) -> i32 {
        chrono::NaiveDate::from_ymd_opt(self.year(), self.month(), 1)
            .map_or(0, |d| d.to_epoch_days())
    }

    /// Last day, in days since 1970-01-01.
    #[must_use]
    pub fn last_day(self) -> i32 {
        self.plus(1).first_day() - 1
    }

    /// The months from this one to `last`, both included.
    pub fn to(self, last: Self) -> impl Iterator<Item = Self> {
        (self.index..=last.index).map(|index| Self { index })
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.month())
    }
}

impl FromStr for Month {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        text.split_once('-')
            .and_then(|(y, m)| Self::new(y.parse().ok()?, m.parse().ok()?))
            .ok_or_else(|| Error::Question {
                what: "month",
                found: text.to_owned(),
                expected: "YYYY-MM".to_owned(),
            })
    }
}

impl From<Month> for String {
    fn from(month: Month) -> Self {
        month.to_string()
    }
}

impl TryFrom<String> for Month {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        text.parse()
    }
}

/// Whose cases are counted, and by whom they may be seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "level", rename_all = "snake_case")]
pub enum Scope {
    /// The whole country: the sum over care providers.
    National,
    /// All care units in one region, by the region code of the period's unit.
    Region {
        /// Two-digit region code.
        region: String,
    },
    /// Some units of one care provider.
    Units {
        /// HSA id of the care provider.
        care_provider: String,
        /// HSA ids of care units or units, upper case; empty = all of the care provider.
        units: BTreeSet<String>,
    },
}

/// Time series or cross-section.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum View {
    /// One count a month (tidsserie).
    Series,
    /// One count for the whole period (tvärsnitt).
    Cross,
}

/// How small counts are protected. Chosen by audience and installation, never by the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "policy", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Policy {
    /// No protection: a unit's own figures to the unit itself.
    None,
    /// The peer's rule: a value below the threshold, per care provider, sex and cell, is zero before summing
    /// (`PEERS.md` §1.5). For open tables until the cell key method is in place.
    Compat {
        /// Smallest value that is kept.
        threshold: u32,
    },
}

/// What is asked of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Name of the report, such as `sjukfall_totalt`.
    pub report: String,
    /// Whose cases.
    pub scope: Scope,
    /// Series or cross-section.
    pub view: View,
    /// First month.
    pub from: Month,
    /// Last month.
    pub to: Month,
}
