use chrono::{Datelike, Months, NaiveDate};
use serde::Serialize;

use crate::Error;
use crate::hazards::Hazards;

/// Interventions (åtgärder) of the simulated world and what they truly do.
#[derive(Debug, Clone, Serialize, PartialEq)]
pub struct InterventionPlan {
    /// Share of long cases in F and M diagnoses that are offered one, from 0 to 0.5.
    pub share: f64,
    /// True effect: log hazard ratio of return from the day of the intervention on. 0 = no effect, > 0 = faster return.
    pub effect: f64,
    /// Confounding by indication: the offer is this many times as likely after earlier sick leave (≥ 0.5, ≤ 3).
    pub after_earlier_leave: f64,
}

impl Default for InterventionPlan {
    fn default() -> Self {
        Self {
            share: 0.15,
            effect: 0.2,
            after_earlier_leave: 2.0,
        }
    }
}

/// Everything that decides a synthetic Sweden: the same plan gives the same bytes.
#[derive(Debug, Clone, Serialize)]
pub struct Plan {
    /// Residents of all ages, 100 – 20,000,000.
    pub people: u64,
    /// Whole years of certificates, 1 – 20.
    pub years: u32,
    /// Seed.
    pub seed: u64,
    /// Last day of the world: nothing is signed or sent after it.
    pub end: NaiveDate,
    /// Share of certificates that are first sent with a fault (and sent again without).
    pub fault_rate: f64,
    /// Share of certificates with a mistaken double that is then revoked.
    pub revoke_rate: f64,
    /// Share of certificates that arrive days after signing.
    pub late_rate: f64,
    /// Share of certificates signed from 2018-07-01 that still come as FK 7263 (before that day all do).
    pub fk7263_share: f64,
    /// People with a new case of more than 14 days in a year, as a share of all residents, about.
    pub long_rate: f64,
    /// Short cases (≤ 14 days) for each long one. Assumption: no public source (`PREDICTION.md` §E2).
    pub short_per_long: f64,
    /// Share of long cases outside the 23 diagnoses of §E2. Assumption.
    pub other_share: f64,
    /// No case starts in the last `quiet_days` days, so that every case can be followed.
    pub quiet_days: u32,
    /// Draw lengths by systematic sampling within diagnosis: each case keeps exactly its own probabilities, the counts of
    /// a diagnosis lose nearly all Monte-Carlo noise. A variance reduction for [`Plan::for_check`]; off otherwise, since
    /// it makes cases of a diagnosis dependent.
    pub systematic: bool,
    /// Interventions.
    pub intervention: InterventionPlan,
    /// Where the hazards of return come from.
    pub hazards: Hazards,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            people: 100_000,
            years: 3,
            seed: 1,
            end: date(2025, 12, 31),
            fault_rate: 0.01,
            revoke_rate: 0.005,
            late_rate: 0.03,
            fk7263_share: 0.05,
            long_rate: 0.055,
            short_per_long: 0.7,
            other_share: 0.4,
            quiet_days: 0,
            systematic: false,
            intervention: InterventionPlan::default(),
            hazards: Hazards::default(),
        }
    }
}

/// Latest start before the world's end for a case whose first 365 covered days are surely documented:
/// 365 days, at most 10 days of gaps and at most 10 days from need to signature, and some room.
pub const FOLLOW_UP_DAYS: i32 = 396;

impl Plan {
    /// The plan behind `frisk simulate --check`: only what §E2 publishes (few other diagnoses, few short cases),
    /// lengths drawn systematically, and no new case that could not be followed for a year.
    ///
    /// The size makes the rarest figure, S62 ≥ 365 days (.005 of about 3,800 cases), rest on about 19 cases. What is
    /// left of its error is half a case of rounding and the cases' mix of covariates (about 3 % of the share each);
    /// with independent draws, a standard error of 4 % of p = .005 would take (1 − p) / (.04² p) = 124,000 cases of S62.
    #[must_use]
    pub fn for_check() -> Self {
        Self {
            people: 750_000,
            years: 3,
            long_rate: 0.11,
            short_per_long: 0.02,
            other_share: 0.02,
            quiet_days: FOLLOW_UP_DAYS.unsigned_abs(),
            systematic: true,
            ..Self::default()
        }
    }

    /// Checks every field.
    ///
    /// # Errors
    /// [`Error::Plan`] names the first field that is out of range and what is expected.
    pub fn check(&self) -> Result<(), Error> {
        need(
            self.people >= 100 && self.people <= 20_000_000,
            "people",
            self.people,
            "100 to 20000000",
        )?;
        need(
            (1..=20).contains(&self.years),
            "years",
            self.years,
            "1 to 20",
        )?;
        need(
            (2012..=2100).contains(&self.end.year()),
            "end",
            self.end,
            "a day from 2012 to 2100",
        )?;
        for (field, value) in [
            ("fault_rate", self.fault_rate),
            ("revoke_rate", self.revoke_rate),
            ("late_rate", self.late_rate),
            ("fk7263_share", self.fk7263_share),
            ("other_share", self.other_share),
        ] {
            need(
                (0.0..=1.0).contains(&value),
                field,
                value,
                "a share from 0 to 1",
            )?;
        }
        need(
            self.long_rate > 0.0 && self.long_rate <= 0.2,
            "long_rate",
            self.long_rate,
            "above 0, up to 0.2",
        )?;
        need(
            (0.0..=5.0).contains(&self.short_per_long),
            "short_per_long",
            self.short_per_long,
            "0 to 5",
        )?;
        let days = (self.end - self.start()).num_days();
        need(
            i64::from(self.quiet_days) < days,
            "quiet_days",
            self.quiet_days,
            "fewer days than the world has",
        )?;
        let offer = &self.intervention;
        need(
            (0.0..=0.5).contains(&offer.share),
            "intervention.share",
            offer.share,
            "a share from 0 to 0.5",
        )?;
        need(
            (-2.0..=2.0).contains(&offer.effect),
            "intervention.effect",
            offer.effect,
            "a log hazard ratio from -2 to 2",
        )?;
        need(
            (0.5..=3.0).contains(&offer.after_earlier_leave),
            "intervention.after_earlier_leave",
            offer.after_earlier_leave,
            "a factor from 0.5 to 3",
        )
    }

    /// First day of the world: `years` years before the day after its last.
    #[must_use]
    pub fn start(&self) -> NaiveDate {
        let after = self.end.succ_opt().unwrap_or(self.end);
        after
            .checked_sub_months(Months::new(12 * self.years))
            .unwrap_or(self.end)
    }
}

fn need(
    holds: bool,
    field: &'static str,
    found: impl ToString,
    expected: &'static str,
) -> Result<(), Error> {
    if holds {
        Ok(())
    } else {
        Err(Error::Plan {
            field,
            found: found.to_string(),
            expected,
        })
    }
}

/// A date of our own tables; impossible ones fall back to the epoch.
pub(crate) fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

/// Days since 1970-01-01, as in Arrow's Date32.
pub(crate) fn day_number(day: NaiveDate) -> i32 {
    day.num_days_from_ce() - 719_163
}

/// The date of a day number.
pub(crate) fn from_day_number(day: i32) -> NaiveDate {
    NaiveDate::from_num_days_from_ce_opt(day + 719_163).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_plan_names_the_field_and_what_is_expected() {
        let plan = Plan {
            fault_rate: 1.5,
            ..Plan::default()
        };
        let message = plan.check().unwrap_err().to_string();
        assert_eq!(
            message,
            "plan field `fault_rate` is 1.5; expected a share from 0 to 1"
        );
    }

    #[test]
    fn the_world_covers_whole_years() {
        // 3 years up to 2025-12-31 begin on 2023-01-01.
        assert_eq!(Plan::default().start(), date(2023, 1, 1));
        // 1970-01-02 is day 1; 2000-03-01 is day 11017 (30 years × 365 + 7 leap days before 2000 + 31 + 29).
        assert_eq!(day_number(date(1970, 1, 2)), 1);
        assert_eq!(day_number(date(2000, 3, 1)), 30 * 365 + 7 + 31 + 29);
        assert_eq!(
            from_day_number(day_number(date(2024, 2, 29))),
            date(2024, 2, 29)
        );
    }
}
