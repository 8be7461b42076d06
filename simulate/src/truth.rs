use std::path::Path;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::Error;
use crate::documents::Papers;
use crate::history::{BEYOND, Case};
use crate::knowable::Reach;
use crate::plan::from_day_number;

/// What truly happened in a case and what could be known of it: one row a case in `truth.csv`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TruthRow {
    /// Id of the case's first certificate.
    pub first_certificate_id: String,
    /// Care provider: cases never cross providers.
    pub care_provider_id: String,
    /// First day of the case.
    pub start_date: NaiveDate,
    /// True length in covered days, however long the world lasts.
    pub length_days: u32,
    /// Covered days that certificates of the world document.
    pub documented_days: u32,
    /// The world ends before all certificates of the case are signed: `documented_days` is no length.
    pub censored: bool,
    /// Main diagnosis.
    pub diagnosis: String,
    /// P(> 30 days | > 14 days, observable on day 15); 0 for a case of at most 14 days, as all of these.
    pub p_beyond_30: f64,
    /// P(> 60 days …).
    pub p_beyond_60: f64,
    /// P(> 90 days …).
    pub p_beyond_90: f64,
    /// P(> 180 days …).
    pub p_beyond_180: f64,
    /// P(> 365 days …).
    pub p_beyond_365: f64,
    /// An intervention took place.
    pub treated: bool,
    /// Covered days before it took place.
    pub treated_day: Option<u32>,
    /// Length that the case would have had without an intervention; 0 for short cases.
    pub length_untreated_days: u32,
    /// Length that it would have had with one, on its day or else after 45 covered days; 0 for short cases.
    pub length_treated_days: u32,
    /// P(> 30 days | > 14 days, observable on day 15, and how far the certificates known that day reach): certificates
    /// end with the case. The same as `p_beyond_*` when none is known to cover day 15, or the world ends before; 0 for a
    /// case of at most 14 days, as all of these.
    pub p_known_30: f64,
    /// P(> 60 days …).
    pub p_known_60: f64,
    /// P(> 90 days …).
    pub p_known_90: f64,
    /// P(> 180 days …).
    pub p_known_180: f64,
    /// P(> 365 days …).
    pub p_known_365: f64,
}

impl TruthRow {
    pub(crate) fn new(case: &Case, papers: &Papers, care_provider_id: &str) -> Self {
        let documented_days = papers.documented_days;
        let [
            p_beyond_30,
            p_beyond_60,
            p_beyond_90,
            p_beyond_180,
            p_beyond_365,
        ] = case.ahead.as_ref().map_or([0.0; 5], |ahead| ahead.beyond());
        let [p_known_30, p_known_60, p_known_90, p_known_180, p_known_365] = known(case, papers);
        Self {
            first_certificate_id: papers.first_id.clone(),
            care_provider_id: care_provider_id.to_owned(),
            start_date: from_day_number(case.start),
            length_days: case.length.unsigned_abs(),
            documented_days: documented_days.unsigned_abs(),
            censored: documented_days < case.length,
            diagnosis: case.code.to_owned(),
            p_beyond_30,
            p_beyond_60,
            p_beyond_90,
            p_beyond_180,
            p_beyond_365,
            treated: case.treated().is_some(),
            treated_day: case.treated().map(i32::unsigned_abs),
            length_untreated_days: case.lengths.0.unsigned_abs(),
            length_treated_days: case.lengths.1.unsigned_abs(),
            p_known_30,
            p_known_60,
            p_known_90,
            p_known_180,
            p_known_365,
        }
    }

    /// P(> `days` days | > 14 days, observable on day 15); `None` unless 30, 60, 90, 180 or 365 is asked for.
    #[must_use]
    pub fn beyond(&self, days: u32) -> Option<f64> {
        let all = [
            self.p_beyond_30,
            self.p_beyond_60,
            self.p_beyond_90,
            self.p_beyond_180,
            self.p_beyond_365,
        ];
        at(days, all)
    }

    /// P(> `days` days | > 14 days, knowable on day 15, certificates among it); `None` for other days than
    /// [`Self::beyond`] has.
    #[must_use]
    pub fn known(&self, days: u32) -> Option<f64> {
        let all = [
            self.p_known_30,
            self.p_known_60,
            self.p_known_90,
            self.p_known_180,
            self.p_known_365,
        ];
        at(days, all)
    }
}

fn at(days: u32, all: [f64; 5]) -> Option<f64> {
    BEYOND
        .iter()
        .position(|day| *day == days)
        .map(|place| all[place])
}

/// P(> [`BEYOND`] days) by all that is knowable on day 15.
fn known(case: &Case, papers: &Papers) -> [f64; 5] {
    let Some(ahead) = &case.ahead else {
        return [0.0; 5];
    };
    papers
        .reach
        .filter(Reach::in_force)
        .and_then(|reach| reach.beyond(&ahead.lengths()))
        .unwrap_or_else(|| ahead.beyond())
}

/// Reads `truth.csv`.
///
/// # Errors
/// [`Error::Csv`] with the path when the file is missing or has other columns.
pub fn read_truth(path: &Path) -> Result<Vec<TruthRow>, Error> {
    let mut reader = csv::Reader::from_path(path).map_err(Error::csv(path))?;
    reader
        .deserialize()
        .collect::<Result<_, _>>()
        .map_err(Error::csv(path))
}
