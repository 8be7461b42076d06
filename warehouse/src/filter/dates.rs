use chrono::NaiveDate;

use crate::{Month, Notice};

/// What came of the days that a reader wants to see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DateChoice {
    /// The months to show; the notice says what was cut off.
    Period {
        /// First month.
        from: Month,
        /// Last month.
        to: Month,
        /// What was cut off.
        notice: Option<Notice>,
    },
    /// The days could not be applied, and with them the whole filter.
    Refused(Notice),
}

/// The months of two days as written (`yyyy-MM-dd`), from the first month that there are statistics for to the month
/// of `today`.
///
/// Source: conformance kit §9, "Dates".
#[must_use]
pub fn choose_dates(from: &str, to: &str, today: NaiveDate) -> DateChoice {
    let month = |text: &str| NaiveDate::parse_from_str(text, "%Y-%m-%d").map(Month::of);
    let (Ok(from), Ok(to)) = (month(from), month(to)) else {
        return DateChoice::Refused(Notice::DatesWrong);
    };
    let (earliest, latest) = (Month::EARLIEST, Month::of(today));
    if from > to {
        return DateChoice::Refused(Notice::DatesWrong);
    }
    if to < earliest {
        return DateChoice::Refused(Notice::DatesBefore { earliest });
    }
    if from > latest {
        return DateChoice::Refused(Notice::DatesAfter { latest });
    }
    let notice = match (from < earliest, to > latest) {
        (true, true) => Some(Notice::BothCut { earliest, latest }),
        (true, false) => Some(Notice::StartCut { earliest }),
        (false, true) => Some(Notice::EndCut { latest }),
        (false, false) => None,
    };
    DateChoice::Period {
        from: from.max(earliest),
        to: to.min(latest),
        notice,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choose(from: &str, to: &str) -> DateChoice {
        choose_dates(from, to, NaiveDate::from_ymd_opt(2014, 12, 6).unwrap())
    }

    fn period(from: &str, to: &str, notice: Option<Notice>) -> DateChoice {
        DateChoice::Period {
            from: from.parse().unwrap(),
            to: to.parse().unwrap(),
            notice,
        }
    }

    #[test]
    fn days_become_months_between_the_first_and_the_current() {
        let (earliest, latest) = ("2013-10".parse().unwrap(), "2014-12".parse().unwrap());
        assert_eq!(
            choose("2014-06-17", "2014-09-02"),
            period("2014-06", "2014-09", None)
        );
        // The current month is whole: 31 December is no later than the limit.
        assert_eq!(
            choose("2013-10-01", "2014-12-31"),
            period("2013-10", "2014-12", None)
        );
        assert_eq!(
            choose("2013-09-30", "2014-01-01"),
            period("2013-10", "2014-01", Some(Notice::StartCut { earliest }))
        );
        assert_eq!(
            choose("2014-01-01", "2015-01-01"),
            period("2014-01", "2014-12", Some(Notice::EndCut { latest }))
        );
        assert_eq!(
            choose("2012-01-01", "2015-01-01"),
            period(
                "2013-10",
                "2014-12",
                Some(Notice::BothCut { earliest, latest })
            )
        );
    }

    #[test]
    fn days_outside_or_wrong_are_refused() {
        let refused = |from, to| match choose(from, to) {
            DateChoice::Refused(notice) => notice.code(),
            DateChoice::Period { .. } => String::new(),
        };
        assert_eq!(refused("2012-01-01", "2013-09-30"), "ST_F_FI_004");
        assert_eq!(refused("2015-01-01", "2015-02-01"), "ST_F_FI_009");
        assert_eq!(refused("2014-02-01", "2014-01-31"), "ST_F_FI_013");
        assert_eq!(refused("", "2014-01-31"), "ST_F_FI_013");
        assert_eq!(refused("2014-02-30", "2014-03-31"), "ST_F_FI_013");
    }
}
