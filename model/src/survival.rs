//! Classical survival analysis: Kaplan–Meier, Aalen–Johansen, log-rank, Cox, restricted means.
//!
//! Times are f64 in any unit; a time is *observed to*, and an event at a time comes before a
//! censoring at the same time. Checked against R's `survival` (scripts/shared.sh).

mod aalen_johansen;
mod chi_square;
mod concordance;
mod cox;
mod kaplan_meier;
mod log_rank;

pub use aalen_johansen::{AalenJohansen, Incidence};
pub use chi_square::chi_square_tail;
pub use concordance::{Concordance, concordance};
pub use cox::{CoxFit, CoxParams, Ties};
pub use kaplan_meier::{Interval, KaplanMeier, RestrictedMean, SurvivalAt};
pub use log_rank::{LogRank, log_rank};

/// What was seen of one subject.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Observation {
    /// Time to which the subject was seen.
    pub time: f64,
    /// What happened then: 0 = nothing (censored), 1, 2, … = an event of that cause.
    pub cause: u8,
    /// Weight, 1 unless weighted.
    pub weight: f64,
}

impl Observation {
    /// A subject of weight 1.
    #[must_use]
    pub fn new(time: f64, cause: u8) -> Self {
        Self {
            time,
            cause,
            weight: 1.0,
        }
    }
}

/// One distinct time with its weighted counts.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Moment<'o> {
    time: f64,
    at_risk: f64,
    seen: &'o [Observation],
}

/// 97.5 % point of the normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// Subjects by time, and the distinct times with how many were at risk just before.
fn sorted(observations: &[Observation]) -> Vec<Observation> {
    let mut sorted = observations.to_vec();
    sorted.sort_by(|a, b| a.time.total_cmp(&b.time));
    sorted
}

fn moments(sorted: &[Observation]) -> impl Iterator<Item = Moment<'_>> {
    let mut at_risk: f64 = sorted.iter().map(|one| one.weight).sum();
    sorted.chunk_by(|a, b| a.time == b.time).map(move |seen| {
        let moment = Moment {
            time: seen[0].time,
            at_risk,
            seen,
        };
        at_risk -= seen.iter().map(|one| one.weight).sum::<f64>();
        moment
    })
}

impl Moment<'_> {
    /// Weighted events of a cause; of any cause for `None`.
    fn events(&self, cause: Option<u8>) -> f64 {
        let counts = |one: &&Observation| cause.map_or(one.cause > 0, |cause| one.cause == cause);
        self.seen.iter().filter(counts).map(|one| one.weight).sum()
    }
}

#[cfg(test)]
mod tests;
