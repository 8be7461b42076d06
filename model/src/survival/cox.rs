//! Cox's proportional hazards.

use super::Observation;
use crate::error::{Error, Result};
use crate::hazard::Cholesky;

mod sums;

use sums::{Likelihood, Subjects};

/// How events at one time are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ties {
    /// Efron's average over the orders (R's default).
    #[default]
    Efron,
    /// Breslow: as if all were at risk together.
    Breslow,
}

/// Subjects with their covariates, and how to fit.
#[derive(Debug, Clone, PartialEq)]
pub struct CoxParams {
    /// What was seen of each subject; any cause counts as the event.
    pub observations: Vec<Observation>,
    /// From when on each subject was at risk (left truncation, or the start of a spell with
    /// constant covariates); empty = from the beginning.
    pub entry: Vec<f64>,
    /// Stratum of each subject (own baseline hazard); empty = one for all.
    pub strata: Vec<usize>,
    /// Covariates by row: subjects × `columns`.
    pub covariates: Vec<f64>,
    /// Number of covariates.
    pub columns: usize,
    /// Tied events.
    pub ties: Ties,
}

/// The fit.
#[derive(Debug, Clone, PartialEq)]
pub struct CoxFit {
    /// Log hazard ratios.
    pub coefficients: Vec<f64>,
    /// Standard errors from the inverse information.
    pub standard_errors: Vec<f64>,
    /// Log partial likelihood without and with covariates.
    pub log_likelihood: [f64; 2],
    /// Newton steps.
    pub iterations: usize,
    /// Means of the covariates, at which the baseline stands.
    pub means: Vec<f64>,
    /// Baseline of the first stratum at the means: time and cumulative hazard.
    pub baseline: Vec<(f64, f64)>,
}

const MOST_STEPS: usize = 50;

impl CoxParams {
    /// Subjects seen from the beginning in one stratum, ties after Efron.
    #[must_use]
    pub fn new(observations: Vec<Observation>, covariates: Vec<f64>, columns: usize) -> Self {
        Self {
            observations,
            entry: Vec::new(),
            strata: Vec::new(),
            covariates,
            columns,
            ties: Ties::Efron,
        }
    }

    /// Maximises the partial likelihood by Newton steps, halved where needed.
    ///
    /// # Errors
    /// [`Error::Shape`] for unequal lengths, [`Error::Singular`] for covariates that depend on
    /// each other, [`Error::NotConverged`] when the likelihood has no maximum.
    pub fn fit(&self) -> Result<CoxFit> {
        self.check()?;
        let subjects = Subjects::new(self);
        let mut at = vec![0.0; self.columns];
        let mut now = subjects.likelihood(&at);
        let null = now.value;
        for iterations in 0..MOST_STEPS {
            let factor = Cholesky::of_upper(&now.information, self.columns)?;
            let mut step = now.gradient.clone();
            factor.solve(&mut step);
            // Newton decrement: twice what the value could still gain.
            let gain: f64 = step.iter().zip(&now.gradient).map(|(a, b)| a * b).sum();
            if gain < 1e-14 * (1.0 + now.value.abs()) {
                let variances = factor.inverse_diagonal();
                return Ok(CoxFit {
                    standard_errors: variances.into_iter().map(f64::sqrt).collect(),
                    log_likelihood: [null, now.value],
                    iterations,
                    means: subjects.means().to_vec(),
                    baseline: subjects.baseline(&at),
                    coefficients: at,
                });
            }
            (at, now) = subjects.climb(&at, &step, now);
        }
        let gradient = now
            .gradient
            .iter()
            .fold(0.0_f64, |most, slope| most.max(slope.abs()));
        Err(Error::NotConverged {
            iterations: MOST_STEPS,
            gradient,
            tolerance: 1e-14,
        })
    }

    fn check(&self) -> Result<()> {
        let rows = self.observations.len();
        let lengths = [
            ("covariates", self.covariates.len(), rows * self.columns),
            (
                "entries",
                self.entry.len(),
                if self.entry.is_empty() { 0 } else { rows },
            ),
            (
                "strata",
                self.strata.len(),
                if self.strata.is_empty() { 0 } else { rows },
            ),
        ];
        for (what, found, expected) in lengths {
            if found != expected {
                return Err(Error::Shape {
                    what,
                    found,
                    expected,
                });
            }
        }
        Ok(())
    }
}

impl CoxFit {
    /// Log relative hazard of a subject against one with mean covariates.
    #[must_use]
    pub fn linear(&self, covariates: &[f64]) -> f64 {
        let centred = covariates.iter().zip(&self.means).map(|(x, mean)| x - mean);
        centred
            .zip(&self.coefficients)
            .map(|(x, beta)| x * beta)
            .sum()
    }

    /// P(event later than a time) of a subject, on the baseline of the first stratum.
    #[must_use]
    pub fn survival(&self, covariates: &[f64], time: f64) -> f64 {
        let passed = self.baseline.partition_point(|&(at, _)| at <= time);
        let cumulative = passed.checked_sub(1).map_or(0.0, |at| self.baseline[at].1);
        (-cumulative * self.linear(covariates).exp()).exp()
    }
}

impl Subjects<'_> {
    /// The step, halved until the likelihood does not fall.
    fn climb(&self, from: &[f64], step: &[f64], now: Likelihood) -> (Vec<f64>, Likelihood) {
        let mut length = 1.0;
        loop {
            let next: Vec<f64> = from
                .iter()
                .zip(step)
                .map(|(x, dx)| x + length * dx)
                .collect();
            let then = self.likelihood(&next);
            if then.value >= now.value || length < 1e-9 {
                return (next, then);
            }
            length *= 0.5;
        }
    }
}
