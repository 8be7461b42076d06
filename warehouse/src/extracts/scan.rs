use chrono::NaiveDate;
use frisk_codes::Levels;

use crate::{
    Fact, Warehouse,
    cases::{CaseBuilder, CaseInPeriod, Days, ValidCaseRules},
};

/// Which cases an extract looks at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scan<'w> {
    pub(super) warehouse: &'w Warehouse,
    /// The reporting period.
    pub(super) period: Days,
    /// Whether what is not seen lengthens the cases.
    pub(super) extend: bool,
}

impl<'w> Scan<'w> {
    /// Every case in the period, care provider by care provider.
    pub(super) fn all(warehouse: &'w Warehouse, first: NaiveDate, last: NaiveDate) -> Self {
        Self {
            warehouse,
            period: days(first, last),
            extend: false,
        }
    }

    /// Calls `visit` with each case made of what `sees` lets through, and with all periods of its patient.
    pub(super) fn cases(
        self,
        sees: impl Fn(&Fact) -> bool,
        mut visit: impl FnMut(&CaseInPeriod<'_>, &[Fact]),
    ) {
        let builder = CaseBuilder {
            rules: ValidCaseRules::official(),
            extend: self.extend,
        };
        for bucket in &self.warehouse.buckets {
            for patient in bucket.patients() {
                builder.cases_in(patient, self.period, &sees, |case| visit(&case, patient));
            }
        }
    }

    /// The levels of a period's diagnosis.
    pub(super) fn levels(&self, fact: &Fact) -> Levels<'w> {
        let names = &self.warehouse.names.diagnoses;
        let code = names
            .get(fact.diagnosis as usize)
            .map_or("", String::as_str);
        self.warehouse.icd10.resolve(code)
    }

    /// The code of a period's diagnosis, or its category where the code is not known.
    pub(super) fn code_or_category(&self, fact: &Fact) -> &'w str {
        let levels = self.levels(fact);
        levels.code.or(levels.category).unwrap_or(INVALID)
    }

    /// The category of a period's diagnosis.
    pub(super) fn category(&self, fact: &Fact) -> &'w str {
        self.levels(fact).category.unwrap_or(INVALID)
    }
}

/// What stands for no valid diagnosis.
const INVALID: &str = "Ö00";

pub(super) fn days(first: NaiveDate, last: NaiveDate) -> Days {
    Days {
        first: first.to_epoch_days(),
        last: last.to_epoch_days(),
    }
}

/// The first day of a year.
pub(super) fn new_year(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default()
}

/// The last day of a year.
pub(super) fn year_end(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or_default()
}

/// Number of distinct days in the periods.
pub(super) fn distinct_days<'f>(facts: impl Iterator<Item = &'f Fact>) -> i32 {
    let mut spans: Vec<(i32, i32)> = facts.map(|fact| (fact.start, fact.end)).collect();
    spans.sort_unstable();
    let (mut total, mut covered) = (0, i32::MIN);
    for (start, end) in spans {
        total += (end - start.max(covered) + 1).max(0);
        covered = covered.max(end + 1);
    }
    total
}
