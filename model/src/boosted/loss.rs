//! Gradients of the logistic loss, exact and rounded.

use super::histogram::{Pair, pack};
use crate::hazard::logistic;

/// Gradient and hessian of each row, and the same rounded to whole numbers.
#[derive(Debug)]
pub(super) struct Gradients {
    pub(super) exact: Vec<[f32; 2]>,
    pub(super) rounded: Vec<Pair>,
    pub(super) rounding: Rounding,
}

/// What one whole number is worth.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rounding {
    pub(super) gradient: f64,
    pub(super) hessian: f64,
}

/// Finest rounding: 1/65,536 of the largest gradient.
const FINEST: f64 = 65_536.0;

impl Gradients {
    pub(super) fn new(rows: usize) -> Self {
        Self {
            exact: vec![[0.0; 2]; rows],
            rounded: vec![0; rows],
            rounding: Rounding {
                gradient: 1.0,
                hessian: 1.0,
            },
        }
    }

    /// Of ½-free logistic loss at the scores: g = w (p − y), h = w p (1 − p).
    pub(super) fn logistic(&mut self, scores: &[f64], outcome: &[bool], weight: &[f64]) {
        let (mut steepest, mut most) = (0.0_f32, 0.0_f32);
        for (row, exact) in self.exact.iter_mut().enumerate() {
            let p = logistic(scores[row]);
            let weight = weight.get(row).copied().unwrap_or(1.0);
            let gradient = (weight * (p - f64::from(u8::from(outcome[row])))) as f32;
            let hessian = (weight * p * (1.0 - p)) as f32;
            *exact = [gradient, hessian];
            steepest = steepest.max(gradient.abs());
            most = most.max(hessian);
        }
        self.round(f64::from(steepest), f64::from(most));
    }

    /// Rounds so that the sums over all rows stay within 32 bits, whatever their signs.
    fn round(&mut self, steepest: f64, most: f64) {
        let levels =
            (f64::from(i32::MAX) / (self.exact.len() as f64 + 1.0) - 1.0).clamp(1.0, FINEST);
        self.rounding = Rounding {
            gradient: (steepest / levels).max(f64::MIN_POSITIVE),
            hessian: (most / levels).max(f64::MIN_POSITIVE),
        };
        let (gradients, hessians) = (1.0 / self.rounding.gradient, 1.0 / self.rounding.hessian);
        for (pair, exact) in self.rounded.iter_mut().zip(&self.exact) {
            let gradient = (f64::from(exact[0]) * gradients).round_ties_even() as i32;
            let hessian = (f64::from(exact[1]) * hessians).round_ties_even() as u32;
            *pair = pack(gradient, hessian);
        }
    }
}
