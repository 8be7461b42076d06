use std::{collections::BTreeSet, fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{Diagnosis, Error, Filter, Label};

/// A calendar month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Month {
    /// Months since January of year 0.
    index: i32,
}

impl Month {
    /// The first month that there are statistics for, where a reader chooses the days.
    ///
    /// Source: conformance kit §9.
    pub const EARLIEST: Self = Self {
        index: 2013 * 12 + 9,
    };

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

    /// The month of a day.
    #[must_use]
    pub fn of(day: chrono::NaiveDate) -> Self {
        use chrono::Datelike;
        Self {
            index: day.year() * 12 + day.month0().cast_signed(),
        }
    }

    /// Number of months from this one to `last`, both included; 0 if `last` is earlier.
    #[must_use]
    pub fn months_to(self, last: Self) -> usize {
        usize::try_from(last.index - self.index + 1).unwrap_or_default()
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

/// A month's short name, without the year.
pub(crate) fn month_name(month: Month) -> Label {
    const SV: [&str; 12] = [
        "jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec",
    ];
    const EN: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let index = month.month() as usize - 1;
    Label {
        sv: SV[index].to_owned(),
        en: EN[index].to_owned(),
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

impl Scope {
    /// The level that the scope is on.
    #[must_use]
    pub fn level(&self) -> Level {
        match self {
            Self::National => Level::National,
            Self::Region { .. } => Level::Region,
            Self::Units { .. } => Level::Unit,
        }
    }
}

/// Level of a report: who is summed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// The whole country.
    National,
    /// The care units of one region.
    Region,
    /// Units of one care provider.
    Unit,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::National => "national",
            Self::Region => "region",
            Self::Unit => "unit",
        })
    }
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

impl fmt::Display for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Series => "series",
            Self::Cross => "cross",
        })
    }
}

/// Which units the reports by unit show.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitDepth {
    /// Care units (vårdenheter).
    #[default]
    CareUnits,
    /// The units below them (enheter).
    SubUnits,
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
    /// What it is narrowed to.
    #[serde(default)]
    pub filter: Filter,
    /// The diagnoses that a report is about: the one to look into, or those to compare.
    #[serde(default)]
    pub diagnoses: Vec<Diagnosis>,
    /// Which units a report by unit shows.
    #[serde(default)]
    pub depth: UnitDepth,
}

impl Question {
    /// A question about all that the scope has.
    #[must_use]
    pub fn new(report: &str, scope: Scope, view: View, from: Month, to: Month) -> Self {
        Self {
            report: report.to_owned(),
            scope,
            view,
            from,
            to,
            filter: Filter::default(),
            diagnoses: Vec::new(),
            depth: UnitDepth::default(),
        }
    }

    /// First and last month when none are given: 18 months as a series, 12 as a cross-section; up to the current month,
    /// for the country up to the month before.
    ///
    /// Source: conformance kit §8. `today` is the day of asking.
    #[must_use]
    pub fn default_range(level: Level, view: View, today: chrono::NaiveDate) -> (Month, Month) {
        let last = Month::of(today).plus(match level {
            Level::National => -1,
            Level::Region | Level::Unit => 0,
        });
        let months = match view {
            View::Series => 18,
            View::Cross => 12,
        };
        (last.plus(1 - months), last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(text: &str) -> Month {
        text.parse().unwrap()
    }

    #[test]
    fn months_know_their_days() {
        // 2016 is a leap year: 1 February 2016 is day 16832 (46 × 365 + 11 leap days + 31), the 29th is 28 days later.
        assert_eq!(month("2016-02").first_day(), 46 * 365 + 11 + 31);
        assert_eq!(month("2016-02").last_day(), 46 * 365 + 11 + 31 + 28);
        assert_eq!(month("2013-12").plus(1), month("2014-01"));
        assert_eq!(month("2013-11").months_to(month("2014-02")), 4);
        assert!("2013-13".parse::<Month>().is_err());
    }

    #[test]
    fn default_ranges_end_now_or_last_month() {
        let today = chrono::NaiveDate::from_ymd_opt(2013, 11, 6).unwrap();
        let range = |level, view| {
            let (from, to) = Question::default_range(level, view, today);
            (from.to_string(), to.to_string())
        };
        let text = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(range(Level::Unit, View::Series), text("2012-06", "2013-11"));
        assert_eq!(
            range(Level::Region, View::Cross),
            text("2012-12", "2013-11")
        );
        assert_eq!(
            range(Level::National, View::Series),
            text("2012-05", "2013-10")
        );
        assert_eq!(
            range(Level::National, View::Cross),
            text("2012-11", "2013-10")
        );
    }
}
