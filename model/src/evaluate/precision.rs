//! How clean a list of the highest probabilities is.

use serde::{Deserialize, Serialize};

/// Area under the precision–recall curve by steps (average precision), weighted.
///
/// Σ (recall − recall before) · precision, cases of equal probability taken together, as in
/// scikit-learn. NaN without positives.
#[must_use]
pub fn average_precision(p: &[f64], y: &[bool], weight: &[f64]) -> f64 {
    let order = falling(p);
    let (mut taken, mut right, mut sum) = (0.0, 0.0, 0.0);
    for ties in order.chunk_by(|&a, &b| p[a] == p[b]) {
        let mut gained = 0.0;
        for &row in ties {
            taken += weight[row];
            if y[row] {
                gained += weight[row];
            }
        }
        right += gained;
        if gained > 0.0 {
            sum += gained * (right / taken);
        }
    }
    sum / right
}

/// A worklist of the highest probabilities.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Worklist {
    /// Cases on the list.
    pub cases: usize,
    /// Share of them beyond the horizon.
    pub precision: f64,
    /// Share of all cases beyond the horizon that are on the list.
    pub recall: f64,
}

/// The worklist of the `cases` highest probabilities; ties at its end count by their average.
#[must_use]
pub fn worklist(p: &[f64], y: &[bool], weight: &[f64], cases: usize) -> Worklist {
    let order = falling(p);
    let positive = |row: &usize| if y[*row] { weight[*row] } else { 0.0 };
    let (mut left, mut taken, mut right) = (cases.min(p.len()), 0.0, 0.0);
    for ties in order.chunk_by(|&a, &b| p[a] == p[b]) {
        let share = (left as f64 / ties.len() as f64).min(1.0);
        taken += share * ties.iter().map(|&row| weight[row]).sum::<f64>();
        right += share * ties.iter().map(positive).sum::<f64>();
        left -= left.min(ties.len());
        if left == 0 {
            break;
        }
    }
    Worklist {
        cases: cases.min(p.len()),
        precision: right / taken,
        recall: right / order.iter().map(positive).sum::<f64>(),
    }
}

fn falling(p: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_unstable_by(|&a, &b| p[b].total_cmp(&p[a]).then(a.cmp(&b)));
    order
}
