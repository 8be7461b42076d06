//! Logistic recalibration of the hazard on a slice of time after the training cases.

use serde::{Deserialize, Serialize};

use crate::cohort::Episode;
use crate::dense_logit::DenseLogit;
use crate::error::{Error, Result};
use crate::hazard::logistic;
use crate::intervals::Intervals;

/// logit h′_k = `shifts[k]` + `slope` · logit h_k.
///
/// On the hazard, not on each horizon, so that the curve stays a curve: it never rises, and the
/// conditional risk from a later day is calibrated with it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// One shift an interval. Slope and shift meet at the slice's mean logit of the interval, so
    /// that a slope learnt in early intervals does not shift late ones that nobody has reached.
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
    /// L2 penalty on the common shift: the calibration is drawn towards "no change". 100 is a
    /// prior standard deviation of 0.1; the published drift 2015 → 2017 is −0.16 in two years.
    /// Deviations by band and the slope are held four times as firmly.
    pub penalty: f64,
    /// Ends needed in the slice; with fewer the model stays as it is.
    pub least_events: usize,
    /// Likelihood ratio below which a difference on the slice counts as chance: the model is then
    /// fitted again with the cases of the slice and not recalibrated.
    pub least_gain: f64,
}

impl Default for CalibrationOptions {
    fn default() -> Self {
        Self {
            slice_days: 120,
            bands: vec![30, 90, 180],
            penalty: 100.0,
            least_events: 300,
            // Chi-square, 2 degrees of freedom, 99.9 %.
            least_gain: 13.8,
        }
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
            return Err(Error::Shape {
                what: "logits of the calibration slice",
                found,
                expected,
            });
        }
        let events = episodes
            .iter()
            .filter(|episode| episode.count > 0 && episode.event)
            .count();
        if events < options.least_events {
            return Ok(None);
        }
        let band_of = |k: usize| {
            options
                .bands
                .iter()
                .filter(|&&day| day <= intervals.after(k))
                .count()
        };
        let bands: Vec<usize> = (0..count).map(band_of).collect();
        let centres = means(logits, count);
        let fit = regress(logits, episodes, &bands, &centres, options.penalty)?;
        let steeper = FIRM * fit[1];
        let shift = |k: usize| fit[0] + FIRM * fit[2 + bands[k]] - steeper * centres[k];
        let shifts = (0..count).map(shift).collect();
        Ok(Some(Self {
            shifts,
            slope: 1.0 + steeper,
            cases: episodes.len(),
            events,
        }))
    }

    /// Twice the log-likelihood that recalibration adds on the slice: a likelihood ratio.
    #[must_use]
    pub fn gain(&self, logits: &[f64], episodes: &[Episode]) -> f64 {
        let count = self.shifts.len();
        let mut gain = 0.0;
        for (episode, logits) in episodes.iter().zip(logits.chunks_exact(count)) {
            let (first, at_risk) = (usize::from(episode.first), usize::from(episode.count));
            let seen = logits.iter().zip(&self.shifts).skip(first).take(at_risk);
            for (step, (logit, shift)) in seen.enumerate() {
                let ends = episode.event && step + 1 == at_risk;
                let moved = shift + self.slope * logit;
                gain += log_likelihood(moved, ends) - log_likelihood(*logit, ends);
            }
        }
        2.0 * gain
    }

    /// Recalibrates the logits of one case in place.
    pub fn apply(&self, logits: &mut [f64]) {
        for (logit, shift) in logits.iter_mut().zip(&self.shifts) {
            *logit = shift + self.slope * *logit;
        }
    }
}

/// Scale of the columns that are held four times as firmly as the common shift.
const FIRM: f64 = 0.5;

/// Common shift, slope − 1, and one deviation a band, the last two in units of [`FIRM`].
fn regress(
    logits: &[f64],
    episodes: &[Episode],
    bands: &[usize],
    centres: &[f64],
    penalty: f64,
) -> Result<Vec<f64>> {
    let count = centres.len();
    let columns = bands.iter().max().map_or(1, |band| band + 1) + 2;
    let mut regression = DenseLogit::new(columns, penalty);
    let mut x = vec![0.0; columns];
    for (episode, logits) in episodes.iter().zip(logits.chunks_exact(count)) {
        let (first, at_risk) = (usize::from(episode.first), usize::from(episode.count));
        for k in first..first + at_risk {
            x.fill(0.0);
            x[0] = 1.0;
            x[1] = FIRM * (logits[k] - centres[k]);
            x[2 + bands[k]] = FIRM;
            let ends = episode.event && k + 1 == first + at_risk;
            regression.push(&x, ends, 1.0, logits[k]);
        }
    }
    Ok(regression.fit()?.coefficients)
}

/// ln P(what happened in an interval).
fn log_likelihood(logit: f64, ends: bool) -> f64 {
    let against = if ends { -logit } else { logit };
    -(against.max(0.0) + (-against.abs()).exp().ln_1p())
}

/// Mean logit of each interval over the cases of the slice, each weighted by its own chance of
/// still being on leave then: a slope learnt early turns around those that will be at risk.
fn means(logits: &[f64], count: usize) -> Vec<f64> {
    let (mut sums, mut weights) = (vec![0.0; count], vec![0.0; count]);
    for case in logits.chunks_exact(count) {
        let mut on_leave = 1.0;
        for (k, &logit) in case.iter().enumerate() {
            sums[k] += on_leave * logit;
            weights[k] += on_leave;
            on_leave *= 1.0 - logistic(logit);
        }
    }
    sums.iter()
        .zip(&weights)
        .map(|(sum, weight)| sum / weight.max(f64::MIN_POSITIVE))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 3,000 cases in two intervals; the model says `said`, `truth` is what happens, in shares.
    fn slice(said: [f64; 2], truth: [f64; 2]) -> (Vec<f64>, Vec<Episode>) {
        let (mut logits, mut episodes) = (Vec::new(), Vec::new());
        for group in 0..2 {
            let ends = (1500.0 * truth[group]).round() as usize;
            for case in 0..1500 {
                logits.extend([said[group].ln() - (1.0 - said[group]).ln(); 2]);
                // Nobody has been followed into the second interval.
                episodes.push(Episode {
                    first: 0,
                    count: 1,
                    event: case < ends,
                });
            }
        }
        (logits, episodes)
    }

    fn fit(said: [f64; 2], truth: [f64; 2], penalty: f64) -> Calibration {
        let (logits, episodes) = slice(said, truth);
        let intervals = Intervals::new(vec![1, 2, 4]).unwrap();
        let options = CalibrationOptions {
            penalty,
            bands: vec![2],
            ..CalibrationOptions::default()
        };
        Calibration::fit(&intervals, &logits, &episodes, &options)
            .unwrap()
            .unwrap()
    }

    #[test]
    fn a_model_that_is_right_stays_as_it_is() {
        let found = fit([0.2, 0.4], [0.2, 0.4], 100.0);
        assert!(
            (found.slope - 1.0).abs() < 1e-9 && found.shifts.iter().all(|shift| shift.abs() < 1e-9)
        );
    }

    #[test]
    fn without_penalty_two_groups_are_met_exactly() {
        // Two numbers to meet, shift and slope to meet them with (1e-6 keeps the rest at 0).
        let found = fit([0.2, 0.4], [0.15, 0.45], 1e-6);
        for (said, truth) in [(0.2_f64, 0.15), (0.4, 0.45)] {
            let mut logits = [said.ln() - (1.0 - said).ln(); 2];
            found.apply(&mut logits);
            assert!((logistic(logits[0]) - truth).abs() < 1e-6);
        }
    }

    #[test]
    fn the_gain_is_the_likelihood_ratio() {
        // Half of the cases said .2 and saw .15, half said .4 and saw .45; met exactly it gains
        // 2 · 1500 · (.15 ln(.15/.2) + .85 ln(.85/.8) + .45 ln(.45/.4) + .55 ln(.55/.6)).
        let (logits, episodes) = slice([0.2, 0.4], [0.15, 0.45]);
        let found = fit([0.2, 0.4], [0.15, 0.45], 1e-6).gain(&logits, &episodes);
        let one = |saw: f64, said: f64| {
            saw * (saw / said).ln() + (1.0 - saw) * ((1.0 - saw) / (1.0 - said)).ln()
        };
        assert!((found - 3000.0 * (one(0.15, 0.2) + one(0.45, 0.4))).abs() < 1e-4);
        let same = fit([0.2, 0.4], [0.2, 0.4], 100.0);
        let (logits, episodes) = slice([0.2, 0.4], [0.2, 0.4]);
        assert!(same.gain(&logits, &episodes).abs() < 1e-9);
    }

    #[test]
    fn a_slope_learnt_early_does_not_shift_an_interval_nobody_reached() {
        // Steeper than said, right on average: the second interval's mean logit stays.
        let found = fit([0.2, 0.4], [0.15, 0.47], 1.0);
        let (logits, _) = slice([0.2, 0.4], [0.15, 0.47]);
        let centre = means(&logits, 2)[1];
        let after = found.shifts[1] + found.slope * centre;
        assert!(found.slope > 1.05, "{}", found.slope);
        assert!((after - centre).abs() < 0.06, "{after} against {centre}");
    }

    #[test]
    fn too_few_ends_leave_the_model_alone() {
        let (logits, episodes) = slice([0.2, 0.4], [0.2, 0.4]);
        let intervals = Intervals::new(vec![1, 2, 4]).unwrap();
        let options = CalibrationOptions {
            least_events: 10_000,
            ..CalibrationOptions::default()
        };
        assert_eq!(
            Calibration::fit(&intervals, &logits, &episodes, &options).unwrap(),
            None
        );
    }
}
