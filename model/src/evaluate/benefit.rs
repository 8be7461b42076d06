//! Net benefit: what acting on a probability is worth.

use serde::{Deserialize, Serialize};

/// Net benefit at one threshold, per case (Vickers and Elkin 2006).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct NetBenefit {
    /// Cases with at least this probability are acted on.
    pub threshold: f64,
    /// Of the model: true positives − false positives · t / (1 − t), ÷ cases.
    pub model: f64,
    /// Of acting on everybody; acting on nobody is worth 0.
    pub everybody: f64,
    /// Share of the cases beyond the horizon that are acted on.
    pub sensitivity: f64,
    /// Share of the other cases that are not acted on.
    pub specificity: f64,
}

/// Net benefit of weighted probabilities at each threshold.
#[must_use]
pub fn decision_curve(
    p: &[f64],
    y: &[bool],
    weight: &[f64],
    thresholds: &[f64],
) -> Vec<NetBenefit> {
    let sum = |counts: &dyn Fn(usize) -> bool| -> f64 {
        (0..p.len())
            .filter(|&row| counts(row))
            .map(|row| weight[row])
            .sum()
    };
    let positives = sum(&|row| y[row]);
    let negatives = sum(&|row| !y[row]);
    let all = positives + negatives;
    let at = |&threshold: &f64| {
        let right = sum(&|row| y[row] && p[row] >= threshold);
        let wrong = sum(&|row| !y[row] && p[row] >= threshold);
        let odds = threshold / (1.0 - threshold);
        NetBenefit {
            threshold,
            model: (right - wrong * odds) / all,
            everybody: (positives - negatives * odds) / all,
            sensitivity: right / positives,
            specificity: 1.0 - wrong / negatives,
        }
    };
    thresholds.iter().map(at).collect()
}
