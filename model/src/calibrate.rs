//! Logistic recalibration of the hazard on a slice of time after the training cases.

use serde::{Deserialize, Serialize};

use crate::cohort::Episode;
use crate::dense_logit::DenseLogit;
use crate::error::{Error, Result};
use crate::intervals::Intervals;

/// logit h′_k = `shifts[k]` + `slope` · logit h_k.
///
/// On the hazard, not on each horizon, so that the curve stays a curve: it never rises, and the
/// conditional risk from a later day is calibrated with it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// One shift an interval, equal within a coarse band.
    pub shifts: Vec<f64>,
    /// Slope shared by all intervals.
    pub slope: f64,
    /// Cases of the slice.
    pub cases: usize,
    /// Ends of cases in the slice.
    pub events: usize,
}

/// How to recalibrate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CalibrationOptions {
    /// Width of the slice before the split, days of case start.
    pub slice_days: i32,
    /// Last days of the bands with a shift of their own.
    pub bands: Vec<i32>,
    /// L2 penalty on shift and slope − 1: the calibration is drawn towards "no change"
    /// (25 is a prior standard deviation of 0.2).
    pub penalty: f64,
    /// Ends needed in the slice; with fewer the model stays as it is.
    pub least_events: usize,
}

impl Default for CalibrationOptions {
    fn default() -> Self {
        Self { slice_days: 120, bands: vec![30, 90, 180], penalty: 25.0, least_events: 300 }
    }
}

impl Calibration {
    /// Fits shifts and slope to the slice's episodes, given the model's logits for each case
    /// (row-major, one number an interval). `None` when the slice has too few ends.
    ///
    /// # Errors
    /// [`Error::Shape`] when logits and episodes do not match, or the solver's own.
    pub fn fit(
        intervals: &Intervals,
        logits: &[f64],
        episodes: &[Episode],
        options: &CalibrationOptions,
    ) -> Result<Option<Self>> {
        let count = intervals.count();
        if logits.len() != episodes.len() * count {
            let (found, expected) = (logits.len(), episodes.len() * count);
            return Err(Error::Shape { what: "logits of the calibration slice", found, expected });
        }
        let events = episodes.iter().filter(|episode| episode.count > 0 && episode.event).count();
        if events < options.least_events {
            return Ok(None);
        }
        let band_of = |k: usize| options.bands.iter().filter(|&&day| day <= intervals.after(k)).count();
        let bands: Vec<usize> = (0..count).map(band_of).collect();
        let columns = bands.iter().max().map_or(1, |band| band + 1) + 1;
        let mut regression = DenseLogit::new(columns, options.penalty);
        let mut x = vec![0.0; columns];
        for (episode, logits) in episodes.iter().zip(logits.chunks_exact(count)) {
            let (first, at_risk) = (usize::from(episode.first), usize::from(episode.count));
            for k in first..first + at_risk {
                x.fill(0.0);
                x[bands[k]] = 1.0;
                x[columns - 1] = logits[k];
                let ends = episode.event && k + 1 == first + at_risk;
                regression.push(&x, ends, 1.0, logits[k]);
            }
        }
        let fit = regression.fit()?.coefficients;
        let shifts = bands.iter().map(|&band| fit[band]).collect();
        Ok(Some(Self { shifts, slope: 1.0 + fit[columns - 1], cases: episodes.len(), events }))
    }

    /// Recalibrates the logits of one case in place.
    pub fn apply(&self, logits: &mut [f64]) {
        for (logit, shift) in logits.iter_mut().zip(&self.shifts) {
            *logit = shift + self.slope * *logit;
        }
    }
}
