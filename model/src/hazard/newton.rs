//! Penalised Newton steps to the maximum of the log-likelihood.

use super::cholesky::Cholesky;
use super::kernel::{Problem, Tally};
use crate::error::{Error, Result};

/// The maximum and what is known there.
#[derive(Debug)]
pub(super) struct Solution {
    pub(super) coefficients: Vec<f64>,
    pub(super) standard_errors: Vec<f64>,
    pub(super) log_likelihood: f64,
    pub(super) iterations: usize,
    pub(super) gradient: f64,
}

/// Most halvings of one step.
const HALVINGS: usize = 30;

/// Newton from the crude hazards, halving a step that lowers the penalised log-likelihood.
///
/// # Errors
/// [`Error::NotConverged`] when the gradient per case is not below the tolerance in time,
/// [`Error::Singular`] when the information cannot be factored.
pub(super) fn solve(problem: &Problem<'_>, tolerance: f64, most: usize) -> Result<Solution> {
    if problem.life_table().0.iter().all(|&at_risk| at_risk == 0.0) {
        return Err(Error::TooFew {
            what: "person-intervals",
            found: 0,
            needed: 1,
        });
    }
    let penalties = problem.layout.penalties();
    let cases = problem.cases();
    let mut coefficients = start(problem);
    let mut tally = penalised(problem, &coefficients, &penalties);
    for iterations in 0..=most {
        let factor = Cholesky::of_upper(&tally.information, problem.layout.size)?;
        let gradient = largest(&tally.gradient) / cases;
        if gradient < tolerance {
            let variances = factor.inverse_diagonal();
            let standard_errors = variances.into_iter().map(f64::sqrt).collect();
            let log_likelihood = tally.log_likelihood;
            return Ok(Solution {
                coefficients,
                standard_errors,
                log_likelihood,
                iterations,
                gradient,
            });
        }
        if iterations == most {
            return Err(Error::NotConverged {
                iterations,
                gradient,
                tolerance,
            });
        }
        let mut step = tally.gradient.clone();
        factor.solve(&mut step);
        (coefficients, tally) = advance(problem, &penalties, coefficients, tally, step);
    }
    Err(Error::NotConverged {
        iterations: most,
        gradient: f64::NAN,
        tolerance,
    })
}

fn start(problem: &Problem<'_>) -> Vec<f64> {
    let mut coefficients = vec![0.0; problem.layout.size];
    let (at_risk, ends) = problem.life_table();
    let first = problem.intercepts();
    for (k, (at_risk, ends)) in at_risk.iter().zip(&ends).enumerate() {
        if *at_risk > 0.0 {
            coefficients[first + k] = ((ends + 0.5) / (at_risk - ends + 0.5)).ln();
        }
    }
    coefficients
}

fn advance(
    problem: &Problem<'_>,
    penalties: &[f64],
    from: Vec<f64>,
    reached: Tally,
    step: Vec<f64>,
) -> (Vec<f64>, Tally) {
    let slack = reached.log_likelihood.abs() * 1e-12;
    let mut length = 1.0;
    for _ in 0..HALVINGS {
        let to: Vec<f64> = from
            .iter()
            .zip(&step)
            .map(|(x, dx)| x + length * dx)
            .collect();
        let tally = penalised(problem, &to, penalties);
        if tally.log_likelihood >= reached.log_likelihood - slack {
            return (to, tally);
        }
        length *= 0.5;
    }
    (from, reached)
}

/// A pass with the penalty in all three sums. A coefficient that neither data nor penalty
/// touches stays where it is.
fn penalised(problem: &Problem<'_>, coefficients: &[f64], penalties: &[f64]) -> Tally {
    let mut tally = problem.pass(coefficients);
    let size = problem.layout.size;
    for (index, (&coefficient, &penalty)) in coefficients.iter().zip(penalties).enumerate() {
        tally.log_likelihood -= 0.5 * penalty * coefficient * coefficient;
        tally.gradient[index] -= penalty * coefficient;
        let diagonal = &mut tally.information[index * size + index];
        *diagonal += penalty;
        if *diagonal == 0.0 {
            *diagonal = 1.0;
        }
    }
    tally
}

fn largest(gradient: &[f64]) -> f64 {
    gradient
        .iter()
        .fold(0.0, |largest: f64, slope| largest.max(slope.abs()))
}
