//! Weighted logistic regression on a few dense columns, for calibration and for its checks.

use crate::error::{Error, Result};
use crate::hazard::{Cholesky, logistic};

/// Rows of a small dense regression.
#[derive(Debug, Clone, Default)]
pub(crate) struct DenseLogit {
    columns: usize,
    x: Vec<f64>,
    y: Vec<f64>,
    weight: Vec<f64>,
    offset: Vec<f64>,
    penalty: f64,
}

/// Coefficients and their standard errors.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DenseFit {
    pub(crate) coefficients: Vec<f64>,
    /// From the inverse information; with non-unit weights they are model-based, not robust.
    pub(crate) standard_errors: Vec<f64>,
}

const MOST_STEPS: usize = 60;
const TOLERANCE: f64 = 1e-11;

impl DenseLogit {
    /// An empty regression with the given number of columns and L2 penalty on all of them.
    pub(crate) fn new(columns: usize, penalty: f64) -> Self {
        Self {
            columns,
            penalty,
            ..Self::default()
        }
    }

    /// Adds a row.
    pub(crate) fn push(&mut self, x: &[f64], y: bool, weight: f64, offset: f64) {
        debug_assert_eq!(x.len(), self.columns, "one value a column");
        self.x.extend_from_slice(x);
        self.y.push(f64::from(u8::from(y)));
        self.weight.push(weight);
        self.offset.push(offset);
    }

    /// Maximum likelihood by Newton steps, halved where needed.
    ///
    /// # Errors
    /// [`Error::Singular`] for columns that depend on each other or separate the outcome,
    /// [`Error::NotConverged`] otherwise.
    pub(crate) fn fit(&self) -> Result<DenseFit> {
        let mut at = vec![0.0; self.columns];
        let (mut value, mut gradient, mut information) = self.sums(&at);
        let total = self.weight.iter().sum::<f64>().max(1.0);
        for _ in 0..MOST_STEPS {
            let factor = Cholesky::of_upper(&information, self.columns)?;
            if gradient.iter().all(|slope| slope.abs() / total < TOLERANCE) {
                let variances = factor.inverse_diagonal().into_iter();
                let standard_errors = variances.map(f64::sqrt).collect();
                return Ok(DenseFit {
                    coefficients: at,
                    standard_errors,
                });
            }
            let mut step = gradient.clone();
            factor.solve(&mut step);
            let mut length = 1.0;
            loop {
                let next: Vec<f64> = at
                    .iter()
                    .zip(&step)
                    .map(|(x, dx)| x + length * dx)
                    .collect();
                let sums = self.sums(&next);
                if sums.0 >= value - value.abs() * 1e-12 || length < 1e-9 {
                    at = next;
                    (value, gradient, information) = sums;
                    break;
                }
                length *= 0.5;
            }
        }
        let gradient = gradient
            .iter()
            .fold(0.0_f64, |most, slope| most.max(slope.abs()))
            / total;
        Err(Error::NotConverged {
            iterations: MOST_STEPS,
            gradient,
            tolerance: TOLERANCE,
        })
    }

    fn sums(&self, at: &[f64]) -> (f64, Vec<f64>, Vec<f64>) {
        let count = self.columns;
        let mut value = 0.0;
        let (mut gradient, mut information) = (vec![0.0; count], vec![0.0; count * count]);
        for (row, x) in self.x.chunks_exact(count).enumerate() {
            let (y, weight) = (self.y[row], self.weight[row]);
            let logit = self.offset[row] + x.iter().zip(at).map(|(x, b)| x * b).sum::<f64>();
            let p = logistic(logit);
            value += weight * (y * logit - logit.max(0.0) - (-logit.abs()).exp().ln_1p());
            for i in 0..count {
                gradient[i] += weight * (y - p) * x[i];
                for j in i..count {
                    information[i * count + j] += weight * p * (1.0 - p) * x[i] * x[j];
                }
            }
        }
        for i in 0..count {
            value -= 0.5 * self.penalty * at[i] * at[i];
            gradient[i] -= self.penalty * at[i];
            information[i * count + i] += self.penalty;
        }
        (value, gradient, information)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coefficients_and_standard_errors_equal_statsmodels_glm() {
        // statsmodels 0.15.0, GLM(y, X, Binomial()), tol 1e-15.
        let x = [
            [0.5, -1.2],
            [1.5, 0.3],
            [-0.3, 0.8],
            [2.2, -0.5],
            [0.1, 0.1],
            [-1.7, 1.4],
            [0.9, 0.9],
            [-0.8, -0.6],
            [1.1, -2.0],
            [-2.1, 0.2],
            [0.4, 1.9],
            [-0.2, -1.1],
        ];
        let y = [1, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 1];
        let mut regression = DenseLogit::new(3, 0.0);
        for (x, y) in x.iter().zip(y) {
            regression.push(&[1.0, x[0], x[1]], y == 1, 1.0, 0.0);
        }
        let fit = regression.fit().unwrap();
        let coefficients = [
            -0.109_752_542_674_162_01,
            0.893_899_494_291_061_2,
            -0.987_812_195_836_823_8,
        ];
        let errors = [
            0.740_621_253_172_362_2,
            0.743_399_743_660_411_8,
            0.766_431_268_129_329_4,
        ];
        for at in 0..3 {
            assert!((fit.coefficients[at] - coefficients[at]).abs() < 1e-8);
            assert!((fit.standard_errors[at] - errors[at]).abs() < 1e-6);
        }
    }

    #[test]
    fn a_column_that_repeats_another_is_refused() {
        let mut regression = DenseLogit::new(2, 0.0);
        for y in [true, false, true] {
            regression.push(&[1.0, 1.0], y, 1.0, 0.0);
        }
        assert!(matches!(
            regression.fit(),
            Err(Error::Singular { parameter: 1 })
        ));
    }
}
