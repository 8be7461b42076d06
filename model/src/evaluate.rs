//! How good a risk is on cases it has not seen, horizon by horizon, with censoring weighted away.

use serde::{Deserialize, Serialize};

use crate::cohort::FollowUp;
use crate::dense_logit::DenseLogit;
use crate::error::Result;
use crate::hazard::logit;
use crate::survival::{Observation, concordance};

mod benefit;
mod binned;
mod censoring;
mod isotonic;
mod precision;
mod rank;
mod score;
mod smooth;

pub use benefit::{NetBenefit, decision_curve};
pub use binned::{expected_calibration_error, integrated_brier};
pub use censoring::Censoring;
pub use isotonic::isotonic;
pub use precision::{Worklist, average_precision, worklist};
pub use rank::auc;
pub use score::{brier, log_loss};
pub use smooth::{Loess, loess};

/// Quality of one set of probabilities at one horizon. All sums are weighted (IPCW) and in f64.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scores {
    /// Area under the ROC curve, ties counted half.
    pub auc: f64,
    /// Mean squared error of the probability.
    pub brier: f64,
    /// 1 − Brier ÷ Brier of the observed share.
    pub scaled_brier: f64,
    /// Mean negative log-likelihood, natural logarithm.
    pub log_loss: f64,
    /// Mean probability.
    pub mean_predicted: f64,
}

/// Agreement of probabilities with what happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CalibrationScores {
    /// Logistic intercept with slope fixed at 1 (calibration in the large); 0 is right.
    pub intercept: f64,
    /// Logistic slope; 1 is right.
    pub slope: f64,
    /// Mean |probability − smoothed observation| (ICI, Eavg).
    pub ici: f64,
    /// Median of the same.
    pub e50: f64,
    /// 90th percentile of the same.
    pub e90: f64,
    /// Largest of the same.
    pub e_max: f64,
    /// ICI with isotonic regression as the smoother (rougher: biased upwards by noise).
    pub ici_isotonic: f64,
    /// What smoothed the observations for `ici`, `e50`, `e90`, `e_max`.
    pub smoother: String,
    /// The smoothed curve: probability → observed share.
    pub curve: Vec<(f64, f64)>,
}

/// One horizon.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HorizonEvaluation {
    /// Beyond how many days.
    pub horizon_days: i32,
    /// Cases whose outcome at the horizon is known.
    pub known: usize,
    /// Cases censored before it (weighted away).
    pub censored: usize,
    /// Share beyond the horizon, weighted.
    pub observed: f64,
    /// The model.
    pub model: Scores,
    /// Calibration of the model.
    pub calibration: CalibrationScores,
    /// Kaplan–Meier by diagnosis: the deepest code with a curve of its own.
    pub diagnosis: Scores,
    /// Kaplan–Meier by diagnosis category.
    pub category: Scores,
    /// The same probability for everybody: Kaplan–Meier of the training cases.
    pub prior: Scores,
    /// What acting on the probabilities is worth.
    #[serde(default)]
    pub usefulness: Usefulness,
}

/// What a set of probabilities is good for at one horizon.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Usefulness {
    /// Area under the precision–recall curve.
    pub average_precision: f64,
    /// Expected calibration error, ten bins of equal width.
    pub calibration_error: f64,
    /// Net benefit at thresholds .05, .10 … .80 and at SRS's cut-offs .39 and .62.
    pub decision_curve: Vec<NetBenefit>,
    /// Worklists of the highest 1, 5, 10 and 20 % of the cases.
    pub worklists: Vec<Worklist>,
}

/// Evaluation of a model on a set of cases.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Evaluation {
    /// Cases evaluated.
    pub cases: usize,
    /// Those whose end was seen.
    pub ended: usize,
    /// One entry a horizon with enough known outcomes.
    pub horizons: Vec<HorizonEvaluation>,
    /// Harrell's C of the order by P(beyond the last evaluated horizon).
    #[serde(default)]
    pub concordance: f64,
    /// Integrated Brier score over the evaluated horizons.
    #[serde(default)]
    pub integrated_brier: f64,
    /// Horizons left out, and why.
    pub left_out: Vec<(i32, String)>,
    /// What a reader must know before trusting the numbers.
    pub warnings: Vec<String>,
}

/// Probabilities of all cases at one horizon, by source.
#[derive(Debug)]
pub(crate) struct Predictions {
    pub(crate) model: Vec<f64>,
    pub(crate) diagnosis: Vec<f64>,
    pub(crate) category: Vec<f64>,
    pub(crate) prior: Vec<f64>,
}

/// Outcomes and weights of the cases known at one horizon.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Position among all cases.
    pub rows: Vec<usize>,
    /// Beyond the horizon.
    pub outcome: Vec<bool>,
    /// 1 ÷ P(not censored before this was known).
    pub weight: Vec<f64>,
}

/// Fewest cases of either outcome for a horizon to be evaluated.
const LEAST: usize = 30;
/// Above this an AUC at day 15 is more likely leakage than skill (registers reach .75).
const SUSPICIOUS_AUC: f64 = 0.80;

impl Known {
    /// The cases known at a horizon, weighted by the inverse probability of not being censored.
    #[must_use]
    pub fn at(follow_ups: &[FollowUp], censoring: &Censoring, horizon: i32) -> Self {
        let mut known = Self::default();
        for (row, follow_up) in follow_ups.iter().enumerate() {
            let Some(outcome) = follow_up.beyond(horizon) else {
                continue;
            };
            let day = if outcome { horizon } else { follow_up.length };
            let uncensored = censoring.uncensored_beyond(day);
            if uncensored > 0.0 {
                known.rows.push(row);
                known.outcome.push(outcome);
                known.weight.push(1.0 / uncensored);
            }
        }
        known
    }

    fn pick(&self, all: &[f64]) -> Vec<f64> {
        self.rows.iter().map(|&row| all[row]).collect()
    }

    fn too_few(&self) -> bool {
        let beyond = self.outcome.iter().filter(|&&outcome| outcome).count();
        beyond < LEAST || self.outcome.len() - beyond < LEAST
    }
}

/// Evaluates one horizon after another.
pub(crate) fn evaluate(
    follow_ups: &[FollowUp],
    horizons: &[i32],
    predict: impl Fn(i32) -> Option<Predictions>,
) -> Evaluation {
    let censoring = Censoring::learn(follow_ups);
    let ended = follow_ups
        .iter()
        .filter(|follow_up| follow_up.ended)
        .count();
    let mut evaluation = Evaluation {
        cases: follow_ups.len(),
        ended,
        ..Evaluation::default()
    };
    for &horizon in horizons {
        let known = Known::at(follow_ups, &censoring, horizon);
        if known.too_few() {
            let why = format!("fewer than {LEAST} known cases of one outcome");
            evaluation.left_out.push((horizon, why));
            continue;
        }
        let Some(predictions) = predict(horizon) else {
            evaluation
                .left_out
                .push((horizon, "beyond the reach of the model".to_owned()));
            continue;
        };
        let scored = match at_horizon(horizon, follow_ups.len(), &known, &predictions) {
            Ok(scored) => scored,
            Err(error) => {
                evaluation.left_out.push((horizon, error.to_string()));
                continue;
            }
        };
        if scored.model.auc > SUSPICIOUS_AUC {
            let warning = format!(
                "AUC {:.3} beyond {horizon} days: look for leakage",
                scored.model.auc
            );
            evaluation.warnings.push(warning);
        }
        evaluation.concordance = ranked(follow_ups, &predictions.model);
        evaluation.horizons.push(scored);
    }
    let days = evaluation
        .horizons
        .iter()
        .map(|at| f64::from(at.horizon_days));
    let brier = evaluation.horizons.iter().map(|at| at.model.brier);
    evaluation.integrated_brier = finite(integrated_brier(
        &days.collect::<Vec<_>>(),
        &brier.collect::<Vec<_>>(),
    ));
    evaluation
}

impl Evaluation {
    /// Why the model knows more than can be known on the as-of day; `None` = it does not.
    ///
    /// Beyond 90 days the AUC may exceed that of the true probabilities (`oracle`, where known) by
    /// chance only, here .01; where no truth is known, registers reach .75 and .80 is the limit.
    #[must_use]
    pub fn leakage(&self, oracle: Option<f64>) -> Option<String> {
        let at = self.horizons.iter().find(|at| at.horizon_days == 90)?;
        let most = oracle.map_or(SUSPICIOUS_AUC, |oracle| oracle + LUCK);
        (at.model.auc > most).then(|| {
            let auc = at.model.auc;
            format!("AUC {auc:.3} beyond 90 days, at most {most:.3} possible: look for leakage")
        })
    }
}

/// By how much chance may lift an AUC above the oracle's.
const LUCK: f64 = 0.01;

/// JSON knows no NaN.
fn finite(value: f64) -> f64 {
    if value.is_finite() { value } else { 0.0 }
}

/// Harrell's C: a lower probability of staying should mean an earlier end.
fn ranked(follow_ups: &[FollowUp], beyond: &[f64]) -> f64 {
    let seen = follow_ups
        .iter()
        .map(|one| Observation::new(f64::from(one.length), u8::from(one.ended)));
    let earlier: Vec<f64> = beyond.iter().map(|p| -p).collect();
    finite(concordance(&seen.collect::<Vec<_>>(), &earlier).c())
}

/// Shares of the cases on the worklists reported.
const WORKLISTS: [f64; 4] = [0.01, 0.05, 0.10, 0.20];
/// SRS's cut-offs between moderate, high and very high risk.
const CUT_OFFS: [f64; 2] = [0.39, 0.62];

/// What weighted probabilities are good for.
#[must_use]
pub fn usefulness(p: &[f64], y: &[bool], weight: &[f64]) -> Usefulness {
    let mut thresholds: Vec<f64> = (1..=16).map(|step| f64::from(step) / 20.0).collect();
    thresholds.extend(CUT_OFFS);
    thresholds.sort_by(f64::total_cmp);
    let listed = |share: &f64| ((share * p.len() as f64).round() as usize).max(1);
    Usefulness {
        average_precision: average_precision(p, y, weight),
        calibration_error: expected_calibration_error(p, y, weight, 10),
        decision_curve: decision_curve(p, y, weight, &thresholds),
        worklists: WORKLISTS
            .iter()
            .map(|share| worklist(p, y, weight, listed(share)))
            .collect(),
    }
}

fn at_horizon(
    horizon: i32,
    cases: usize,
    known: &Known,
    all: &Predictions,
) -> Result<HorizonEvaluation> {
    let scores = |p: &[f64]| scores(&known.pick(p), &known.outcome, &known.weight);
    let model = known.pick(&all.model);
    Ok(HorizonEvaluation {
        horizon_days: horizon,
        known: known.rows.len(),
        censored: cases - known.rows.len(),
        observed: score::observed(&known.outcome, &known.weight),
        model: scores(&all.model),
        calibration: calibration(&model, &known.outcome, &known.weight)?,
        diagnosis: scores(&all.diagnosis),
        category: scores(&all.category),
        prior: scores(&all.prior),
        usefulness: usefulness(&model, &known.outcome, &known.weight),
    })
}

/// Discrimination and overall accuracy of weighted probabilities.
#[must_use]
pub fn scores(p: &[f64], y: &[bool], weight: &[f64]) -> Scores {
    let observed = score::observed(y, weight);
    let brier = brier(p, y, weight);
    Scores {
        auc: auc(p, y, weight),
        brier,
        scaled_brier: 1.0 - brier / (observed * (1.0 - observed)),
        log_loss: log_loss(p, y, weight),
        mean_predicted: score::mean(p, weight),
    }
}

/// Calibration of weighted probabilities.
///
/// # Errors
/// The logistic fit fails, as when the probabilities separate the outcomes or are all equal.
pub fn calibration(p: &[f64], y: &[bool], weight: &[f64]) -> Result<CalibrationScores> {
    let clamp = |p: f64| logit(p.clamp(1e-9, 1.0 - 1e-9));
    let (mut in_the_large, mut line) = (DenseLogit::new(1, 0.0), DenseLogit::new(2, 0.0));
    for ((&p, &y), &weight) in p.iter().zip(y).zip(weight) {
        in_the_large.push(&[1.0], y, weight, clamp(p));
        line.push(&[1.0, clamp(p)], y, weight, 0.0);
    }
    let smooth = loess(p, y, weight, Loess::default());
    let errors: Vec<f64> = p.iter().map(|&p| (p - smooth.at(p)).abs()).collect();
    let stepped = isotonic(p, y, weight);
    let steps: Vec<f64> = p
        .iter()
        .zip(&stepped)
        .map(|(p, step)| (p - step).abs())
        .collect();
    Ok(CalibrationScores {
        intercept: in_the_large.fit()?.coefficients[0],
        slope: line.fit()?.coefficients[1],
        ici: score::mean(&errors, weight),
        e50: score::quantile(&errors, weight, 0.5),
        e90: score::quantile(&errors, weight, 0.9),
        e_max: errors.iter().copied().fold(0.0, f64::max),
        ici_isotonic: score::mean(&steps, weight),
        smoother: "loess, degree 1, span 0.75, tricube".to_owned(),
        curve: smooth.points(),
    })
}

#[cfg(test)]
mod tests;
