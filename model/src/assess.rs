//! A model judged on cases: predictions at each horizon against what is known of them.

use arrow::array::RecordBatch;
use chrono::NaiveDate;
use rayon::prelude::*;

use crate::artefact::Artefact;
use crate::cohort::{Cohort, FollowUp};
use crate::curve::Curve;
use crate::error::Result;
use crate::evaluate::{self, Evaluation, Predictions};
use crate::matrix::CodedMatrix;
use crate::scorer::Scorer;
use crate::train::day_number;

/// Which cases to judge a model on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvaluateOptions {
    /// Cases begun on this day or later.
    pub from: NaiveDate,
    /// Last day on which the batch can know anything.
    pub data_end: NaiveDate,
    /// Days before the data end at which follow-up is cut.
    pub lag_days: i32,
}

impl Artefact {
    /// Judges the model on the cases of a batch begun on `options.from` or later.
    ///
    /// # Errors
    /// A missing or mistyped column, by name.
    pub fn evaluate(&self, batch: &RecordBatch, options: &EvaluateOptions) -> Result<Evaluation> {
        let scorer = self.scorer();
        let cohort = Cohort::read(batch)?;
        scorer.as_of_days(batch)?;
        let matrix = scorer.encode(batch)?;
        let from = day_number(options.from);
        let last_day = day_number(options.data_end) - options.lag_days;
        let (rows, follow_ups) = reached(&cohort, last_day, |start| start >= from);
        Ok(judge(
            &scorer,
            &matrix.take(&rows),
            &follow_ups,
            &self.horizons,
        ))
    }
}

/// The cases that had reached their as-of day by `last_day`, among those begun on chosen days.
pub(crate) fn reached(
    cohort: &Cohort,
    last_day: i32,
    chosen: impl Fn(i32) -> bool,
) -> (Vec<usize>, Vec<FollowUp>) {
    let rows = (0..cohort.len()).filter(|&row| chosen(cohort.start[row]));
    let known = rows.map(|row| (row, cohort.follow_up(row, last_day)));
    known
        .filter(|(_, follow_up)| follow_up.observable >= follow_up.as_of)
        .unzip()
}

/// Evaluates coded cases at the horizons.
pub(crate) fn judge(
    scorer: &Scorer,
    matrix: &CodedMatrix,
    follow_ups: &[FollowUp],
    horizons: &[i32],
) -> Evaluation {
    evaluate::evaluate(follow_ups, horizons, |horizon| {
        predict(scorer, matrix, follow_ups, horizon)
    })
}

fn predict(
    scorer: &Scorer,
    matrix: &CodedMatrix,
    follow_ups: &[FollowUp],
    horizon: i32,
) -> Option<Predictions> {
    if horizon > scorer.intervals().last_day() {
        return None;
    }
    let all = |curve: &(dyn Fn(&[u16], i32) -> Curve + Sync)| {
        let beyond = |row: usize| {
            let codes: Vec<u16> = matrix.columns().iter().map(|column| column[row]).collect();
            curve(&codes, follow_ups[row].as_of)
                .beyond(horizon)
                .unwrap_or(0.0)
        };
        (0..follow_ups.len())
            .into_par_iter()
            .map(beyond)
            .collect::<Vec<f64>>()
    };
    Some(Predictions {
        model: all(&|codes, as_of| scorer.curve(codes, as_of)),
        diagnosis: all(&|codes, as_of| scorer.reference_curve(codes, as_of, 0).1),
        category: all(&|codes, as_of| scorer.reference_curve(codes, as_of, 1).1),
        prior: all(&|codes, as_of| scorer.reference_curve(codes, as_of, usize::MAX).1),
    })
}
