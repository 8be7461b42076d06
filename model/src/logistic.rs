//! Binary logistic regression on the coded features, by our Newton solver or by linfa-logistic.
//!
//! The simplest model of "beyond a horizon", and the cross-check of the solver. Both solvers
//! minimise the same function: ½ Σ λ β² − log-likelihood, intercept unpenalised.

use linfa::dataset::DatasetBase;
use linfa::traits::Fit;
use linfa_logistic::LogisticRegression;
use ndarray::{Array1, Array2, ShapeBuilder};
use serde::{Deserialize, Serialize};

use crate::cohort::Episode;
use crate::error::{Error, Result};
use crate::hazard::{self, HazardParams, logistic};
use crate::intervals::Intervals;
use crate::matrix::CodedMatrix;
use crate::spec::{Feature, FeatureSpec, Timing};

/// Which solver.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Solver {
    /// Newton on category codes, as the hazard.
    #[default]
    Newton,
    /// linfa-logistic's L-BFGS on the dense one-hot matrix: slow and memory-hungry, for samples.
    Linfa,
}

/// Intercept and effects of a binary logistic regression.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LogisticModel {
    /// Log-odds without any effect.
    pub intercept: f64,
    /// For each feature, the effect of each code.
    pub effects: Vec<Vec<f64>>,
}

impl LogisticModel {
    /// Fits P(outcome) on coded cases. Every feature needs a penalty above 0.
    ///
    /// # Errors
    /// [`Error::Shape`] when cases and outcomes differ in number, [`Error::Parameter`] for a
    /// penalty of 0, or the solver's own.
    pub fn fit(
        spec: &FeatureSpec,
        matrix: &CodedMatrix,
        outcome: &[bool],
        solver: Solver,
    ) -> Result<Self> {
        if outcome.len() != matrix.rows() {
            let (found, expected) = (outcome.len(), matrix.rows());
            return Err(Error::Shape {
                what: "outcomes",
                found,
                expected,
            });
        }
        if spec.features.iter().any(|feature| feature.penalty <= 0.0) {
            let expected = "above 0: every level has an effect of its own";
            return Err(Error::Parameter {
                name: "penalty",
                found: "0".into(),
                expected,
            });
        }
        match solver {
            Solver::Newton => newton(spec, matrix, outcome),
            Solver::Linfa => linfa(spec, matrix, outcome),
        }
    }

    /// P(outcome) of one coded case.
    #[must_use]
    pub fn probability(&self, codes: &[u16]) -> f64 {
        let effects = self
            .effects
            .iter()
            .zip(codes)
            .map(|(table, &code)| table[usize::from(code)]);
        logistic(self.intercept + effects.sum::<f64>())
    }

    /// P(outcome) of each case of a matrix.
    #[must_use]
    pub fn probabilities(&self, matrix: &CodedMatrix) -> Vec<f64> {
        let mut codes = Vec::new();
        let probability = |row| {
            matrix.row_into(row, &mut codes);
            self.probability(&codes)
        };
        (0..matrix.rows()).map(probability).collect()
    }
}

/// One interval in which the outcome happens or not.
fn newton(spec: &FeatureSpec, matrix: &CodedMatrix, outcome: &[bool]) -> Result<LogisticModel> {
    let constant = |feature: &Feature| Feature {
        timing: Timing::Constant,
        ..feature.clone()
    };
    let spec = FeatureSpec {
        features: spec.features.iter().map(constant).collect(),
    };
    let params = HazardParams::new(spec.clone(), Intervals::new(vec![1, 2])?).bands(vec![], vec![]);
    let episodes = outcome
        .iter()
        .map(|&event| Episode {
            first: 0,
            count: 1,
            event,
        })
        .collect();
    let fit = hazard::fit(&params, matrix.clone(), episodes)?;
    let effects = spec.features.iter().enumerate();
    let effects = effects.map(|(index, feature)| {
        fit.weights
            .mean_effects(Some(index), feature.encoding.codes(), &[0])
    });
    Ok(LogisticModel {
        intercept: fit.weights.mean_effects(None, 1, &[0])[0],
        effects: effects.collect(),
    })
}

fn linfa(spec: &FeatureSpec, matrix: &CodedMatrix, outcome: &[bool]) -> Result<LogisticModel> {
    let dataset = DatasetBase::new(one_hot(spec, matrix), Array1::from_vec(outcome.to_vec()));
    let fitted = LogisticRegression::default()
        .alpha(1.0)
        .gradient_tolerance(1e-6)
        .max_iterations(1000)
        .fit(&dataset)?;
    // linfa-logistic 0.8.1 calls the more frequent class positive.
    let sign = if fitted.labels().pos.class { 1.0 } else { -1.0 };
    let mut weights = fitted.params().iter();
    let table = |feature: &Feature| {
        let scale = sign / feature.penalty.sqrt();
        weights
            .by_ref()
            .take(feature.encoding.codes())
            .map(|weight| weight * scale)
            .collect()
    };
    Ok(LogisticModel {
        intercept: sign * fitted.intercept(),
        effects: spec.features.iter().map(table).collect(),
    })
}

/// One column a code, holding 1/√λ, so that linfa's single penalty of 1 is λ on the effect.
fn one_hot(spec: &FeatureSpec, matrix: &CodedMatrix) -> Array2<f64> {
    let width: usize = spec
        .features
        .iter()
        .map(|feature| feature.encoding.codes())
        .sum();
    let mut dense = Array2::zeros((matrix.rows(), width).f());
    let mut first = 0;
    for (feature, column) in spec.features.iter().zip(matrix.columns()) {
        for (row, &code) in column.iter().enumerate() {
            if !feature.encoding.defers(code) {
                dense[[row, first + usize::from(code)]] = 1.0 / feature.penalty.sqrt();
            }
        }
        first += feature.encoding.codes();
    }
    dense
}

#[cfg(test)]
mod tests {
    use rand::{Rng, SeedableRng};
    use rand_xoshiro::Xoshiro256PlusPlus;

    use super::*;
    use crate::spec::Encoding;

    fn feature(levels: usize, penalty: f64) -> Feature {
        let levels: Vec<String> = (0..levels).map(|level| level.to_string()).collect();
        Feature {
            column: "f".into(),
            group: "f".into(),
            reference: vec![1.0; levels.len() + 2],
            encoding: Encoding::Category {
                levels,
                parent: None,
            },
            timing: Timing::Constant,
            penalty,
            deviation_penalty: 1.0,
        }
    }

    /// n cases with four features and known log-odds, shifted so that positives are rare or common.
    fn planted(n: usize, intercept: f64) -> (FeatureSpec, CodedMatrix, Vec<bool>) {
        let sizes = [12, 5, 2, 8];
        let spec = FeatureSpec {
            features: sizes.iter().map(|&size| feature(size, 2.0)).collect(),
        };
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(7);
        let mut columns = vec![Vec::with_capacity(n); sizes.len()];
        let mut outcome = Vec::with_capacity(n);
        for _ in 0..n {
            let mut log_odds = intercept;
            for (column, &size) in columns.iter_mut().zip(&sizes) {
                let level = rng.gen_range(0..size);
                log_odds += 0.8 * (level as f64 - (size - 1) as f64 / 2.0) / size as f64;
                column.push(level as u16 + 2);
            }
            outcome.push(rng.gen_bool(logistic(log_odds)));
        }
        (spec, CodedMatrix::from_columns(columns), outcome)
    }

    fn agree(intercept: f64) {
        let (spec, matrix, outcome) = planted(20_000, intercept);
        let ours = LogisticModel::fit(&spec, &matrix, &outcome, Solver::Newton).unwrap();
        let theirs = LogisticModel::fit(&spec, &matrix, &outcome, Solver::Linfa).unwrap();
        let ours = ours.probabilities(&matrix);
        let theirs = theirs.probabilities(&matrix);
        let apart = ours
            .iter()
            .zip(&theirs)
            .map(|(a, b)| (a - b).abs())
            .fold(0.0, f64::max);
        assert!(apart < 1e-4, "largest difference {apart:e}");
        let share = outcome.iter().filter(|&&y| y).count() as f64 / outcome.len() as f64;
        let mean = theirs.iter().sum::<f64>() / theirs.len() as f64;
        // An unpenalised intercept makes the mean probability the observed share.
        assert!((mean - share).abs() < 1e-4, "mean {mean}, share {share}");
    }

    #[test]
    fn newton_and_linfa_agree_when_positives_are_rare() {
        agree(-1.0);
    }

    #[test]
    fn newton_and_linfa_agree_when_positives_are_common() {
        agree(1.0);
    }

    #[test]
    fn outcomes_must_match_the_cases() {
        let (spec, matrix, _) = planted(10, 0.0);
        assert!(LogisticModel::fit(&spec, &matrix, &[true], Solver::Newton).is_err());
    }
}
