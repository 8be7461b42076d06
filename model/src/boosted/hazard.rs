//! Discrete-time hazards by trees: a row a case and interval, the interval as one more column.

use serde::{Deserialize, Serialize};

use super::binning::{BinnedMatrix, Binner, RawColumn};
use super::model::BoostedModel;
use super::params::BoostedParams;
use crate::cohort::Episode;
use crate::curve::Curve;
use crate::error::{Error, Result};
use crate::intervals::Intervals;

/// Trees for the hazard in each interval; any effect may change with time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BoostedHazard {
    /// Intervals of time.
    pub intervals: Intervals,
    /// Values → bins, without the interval.
    pub binner: Binner,
    /// The trees; the last column is the interval.
    pub model: BoostedModel,
}

/// One row for each case and interval at risk, the interval's number + 1 as last column, and
/// whether the case ended in it. The logistic loss of these rows is the likelihood of the hazard.
#[must_use]
pub fn person_periods(
    matrix: &BinnedMatrix,
    episodes: &[Episode],
    intervals: usize,
) -> (BinnedMatrix, Vec<bool>) {
    let rows: usize = episodes
        .iter()
        .map(|episode| usize::from(episode.count))
        .sum();
    let mut bins = Vec::with_capacity(rows * (matrix.columns() + 1));
    let mut ends = Vec::with_capacity(rows);
    for (row, episode) in episodes.iter().enumerate() {
        for step in 0..episode.count {
            bins.extend_from_slice(matrix.row(row));
            bins.push(episode.first + step + 1);
            ends.push(episode.event && step + 1 == episode.count);
        }
    }
    let mut used = matrix.used.clone();
    used.push(intervals as u16 + 1);
    let mut unordered = matrix.unordered.clone();
    unordered.push(false);
    (BinnedMatrix::from_bins(bins, used, unordered), ends)
}

impl BoostedHazard {
    /// Fits hazards to cases. A monotone direction for the interval's column would come last.
    ///
    /// # Errors
    /// Columns that do not fit, another number of episodes, or the learner's own.
    pub fn fit(
        columns: &[RawColumn],
        episodes: &[Episode],
        intervals: Intervals,
        params: &BoostedParams,
    ) -> Result<Self> {
        let binner = Binner::learn(columns, 255)?;
        let matrix = binner.bin(columns)?;
        if episodes.len() != matrix.rows() {
            return Err(Error::Shape {
                what: "episodes",
                found: episodes.len(),
                expected: matrix.rows(),
            });
        }
        let (rows, ends) = person_periods(&matrix, episodes, intervals.count());
        let model = params.boost(&rows, &ends, &[])?;
        Ok(Self {
            intervals,
            binner,
            model,
        })
    }

    /// The curve of a binned case from its as-of day on.
    #[must_use]
    pub fn curve(&self, bins: &[u8], as_of_day: i32) -> Curve {
        let mut row = bins.to_vec();
        row.push(0);
        let last = row.len() - 1;
        let hazards: Vec<f64> = (1..=self.intervals.count())
            .map(|interval| {
                row[last] = interval as u8;
                self.model.probability(&row)
            })
            .collect();
        Curve::from_hazards(&self.intervals, &hazards, as_of_day)
    }
}
