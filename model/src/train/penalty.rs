//! The penalty, chosen by how well it predicts later cases.

use super::{TrainOptions, episodes, fit};
use crate::cohort::FollowUp;
use crate::error::Result;
use crate::hazard::FittedHazard;
use crate::intervals::Intervals;
use crate::matrix::CodedMatrix;
use crate::spec::FeatureSpec;

/// Factor when there is no slice of later cases to choose by.
const USUAL: f64 = 1.0;
/// Smallest and largest factor tried, and the step between them.
const RANGE: (f64, f64) = (0.25, 64.0);
const STEP: f64 = 4.0;
/// Cases that the choice is fitted on at most. A penalty is a prior: its best value hardly
/// depends on the number of cases.
const MOST_CASES: usize = 60_000;
/// Ends needed in the slice.
const LEAST_EVENTS: usize = 300;

/// What the choice looks at.
#[derive(Debug)]
pub(super) struct World<'w> {
    pub(super) spec: &'w FeatureSpec,
    pub(super) intervals: &'w Intervals,
    pub(super) options: &'w TrainOptions,
    pub(super) matrix: &'w CodedMatrix,
    /// Cases to fit on: rows of the matrix and their follow-up.
    pub(super) fit: (&'w [usize], &'w [FollowUp]),
    /// The later cases.
    pub(super) slice: (&'w [usize], &'w [FollowUp]),
}

impl World<'_> {
    /// The factor asked for, or the best on the slice: from the usual one, steps in the direction
    /// that lowers the loss, as long as it falls.
    pub(super) fn factor(&self) -> Result<f64> {
        if let Some(factor) = self.options.penalty_factor {
            return Ok(factor);
        }
        let later = self.slice.1.iter();
        if later.filter(|case| case.ended).count() < LEAST_EVENTS {
            return Ok(USUAL);
        }
        let (mut best, mut loss) = (USUAL, self.loss(USUAL)?);
        for step in [1.0 / STEP, STEP] {
            let from = best;
            loop {
                let next = best * step;
                if !(RANGE.0..=RANGE.1).contains(&next) {
                    break;
                }
                let then = self.loss(next)?;
                if then >= loss {
                    break;
                }
                (best, loss) = (next, then);
            }
            if best != from {
                break;
            }
        }
        Ok(best)
    }

    /// Mean negative log-likelihood of the later cases' intervals.
    fn loss(&self, factor: f64) -> Result<f64> {
        let (rows, cases) = self.fit;
        let step = rows.len().div_ceil(MOST_CASES).max(1);
        let rows: Vec<usize> = rows.iter().copied().step_by(step).collect();
        let cases: Vec<FollowUp> = cases.iter().copied().step_by(step).collect();
        let spec = scaled(self.spec, factor);
        let matrix = self.matrix.take(&rows);
        let fitted = fit(&spec, self.intervals, self.options, matrix, &cases)?;
        Ok(self.later(&fitted))
    }

    fn later(&self, fitted: &FittedHazard) -> f64 {
        let (rows, cases) = self.slice;
        let mut codes = Vec::new();
        let (mut loss, mut count) = (0.0, 0.0);
        for (&row, episode) in rows.iter().zip(episodes(cases, self.intervals)) {
            self.matrix.row_into(row, &mut codes);
            let logits = fitted.weights.logits(&codes);
            let first = usize::from(episode.first);
            for step in 0..usize::from(episode.count) {
                let logit = logits[first + step];
                let ends = episode.event && step + 1 == usize::from(episode.count);
                // −ln p of what happened: ln(1 + e^∓logit).
                let against = if ends { -logit } else { logit };
                loss += against.max(0.0) + (-against.abs()).exp().ln_1p();
                count += 1.0;
            }
        }
        loss / count
    }
}

/// The spec with all penalties scaled.
pub(super) fn scaled(spec: &FeatureSpec, factor: f64) -> FeatureSpec {
    let mut spec = spec.clone();
    for feature in &mut spec.features {
        feature.penalty *= factor;
        feature.deviation_penalty *= factor;
    }
    spec
}
