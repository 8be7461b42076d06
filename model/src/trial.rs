//! A learner tried on any table: out-of-fold or external probabilities of a yes-or-no outcome.

use arrow::array::RecordBatch;
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_xoshiro::Xoshiro256PlusPlus;

use crate::boosted::{Binner, BoostedParams, RawColumn};
use crate::error::{Error, Result};
use crate::evaluate::log_loss;
use crate::logistic::{LogisticModel, Solver};
use crate::matrix::{CodedMatrix, Encoder};
use crate::spec::{Encoding, FeaturePlan, FeatureSpec, Kind};

/// What learns.
#[derive(Debug, Clone, PartialEq)]
pub enum TrialLearner {
    /// Logistic regression on coded columns; the penalty is chosen inside the training rows.
    Logistic(Solver),
    /// Boosted trees.
    Boosted(BoostedParams),
}

/// Columns and learner.
#[derive(Debug, Clone, PartialEq)]
pub struct Trial {
    /// The features.
    pub features: Vec<FeaturePlan>,
    /// The learner.
    pub learner: TrialLearner,
    /// Seed of every division of rows.
    pub seed: u64,
}

/// Factors on the penalties that are tried.
const FACTORS: [f64; 5] = [0.25, 1.0, 4.0, 16.0, 64.0];
/// One row in so many chooses the penalty.
const ASIDE: usize = 5;
/// Bins of numbers for trees.
const TREE_BINS: usize = 250;

impl Trial {
    /// Probability of each row by a model that has not seen its fold.
    ///
    /// # Errors
    /// Faults of columns, fewer rows than folds, or the learner's own.
    pub fn out_of_fold(
        &self,
        batch: &RecordBatch,
        outcome: &[bool],
        folds: usize,
    ) -> Result<Vec<f64>> {
        if folds < 2 || outcome.len() < folds {
            return Err(Error::TooFew {
                what: "rows (and two folds)",
                found: outcome.len().min(folds),
                needed: folds.max(2),
            });
        }
        let order = shuffled(outcome.len(), self.seed);
        let mut found = vec![0.0; outcome.len()];
        for fold in 0..folds {
            let pick = |test: bool| -> Vec<usize> {
                let chosen = order.iter().enumerate();
                let chosen = chosen.filter(|(at, _)| (at % folds == fold) == test);
                chosen.map(|(_, &row)| row).collect()
            };
            let test = pick(true);
            let (spec, matrix) = self.code(batch, &pick(false))?;
            let p = self.learn(&spec, &matrix, outcome, &pick(false), &matrix.take(&test))?;
            test.iter().zip(p).for_each(|(&row, p)| found[row] = p);
        }
        Ok(found)
    }

    /// Probability of each row of another table.
    ///
    /// # Errors
    /// Faults of columns, or the learner's own.
    pub fn external(
        &self,
        batch: &RecordBatch,
        outcome: &[bool],
        other: &RecordBatch,
    ) -> Result<Vec<f64>> {
        let rows: Vec<usize> = (0..outcome.len()).collect();
        let (spec, matrix) = self.code(batch, &rows)?;
        self.learn(
            &spec,
            &matrix,
            outcome,
            &rows,
            &Encoder::new(&spec).encode(other)?,
        )
    }

    fn code(&self, batch: &RecordBatch, rows: &[usize]) -> Result<(FeatureSpec, CodedMatrix)> {
        let finer = |plan: &FeaturePlan| match (&self.learner, &plan.kind) {
            (TrialLearner::Boosted(_), Kind::Quantiles { .. }) => FeaturePlan {
                kind: Kind::Quantiles { bins: TREE_BINS },
                ..plan.clone()
            },
            _ => plan.clone(),
        };
        let plans: Vec<FeaturePlan> = self.features.iter().map(finer).collect();
        let spec = FeatureSpec::learn(batch, &plans, rows)?;
        let matrix = Encoder::new(&spec).encode(batch)?;
        Ok((spec, matrix))
    }

    fn learn(
        &self,
        spec: &FeatureSpec,
        matrix: &CodedMatrix,
        outcome: &[bool],
        rows: &[usize],
        test: &CodedMatrix,
    ) -> Result<Vec<f64>> {
        let known: Vec<bool> = rows.iter().map(|&row| outcome[row]).collect();
        let matrix = matrix.take(rows);
        match &self.learner {
            TrialLearner::Logistic(solver) => {
                let factor = self.factor(spec, &matrix, &known)?;
                let model = LogisticModel::fit(&scaled(spec, factor), &matrix, &known, *solver)?;
                Ok(model.probabilities(test))
            }
            TrialLearner::Boosted(params) => {
                let columns = raw(spec, &matrix);
                let binner = Binner::learn(&columns, 255)?;
                let model = params.boost(&binner.bin(&columns)?, &known, &[])?;
                Ok(model.probabilities(&binner.bin(&raw(spec, test))?))
            }
        }
    }

    /// The penalty that predicts rows set aside best.
    fn factor(&self, spec: &FeatureSpec, matrix: &CodedMatrix, outcome: &[bool]) -> Result<f64> {
        let order = shuffled(outcome.len(), self.seed + 1);
        let (aside, kept) = order.split_at(outcome.len() / ASIDE);
        let pick = |rows: &[usize]| rows.iter().map(|&row| outcome[row]).collect::<Vec<_>>();
        let (kept_matrix, aside_matrix) = (matrix.take(kept), matrix.take(aside));
        let mut best = (f64::INFINITY, 1.0);
        for factor in FACTORS {
            let spec = scaled(spec, factor);
            let model = LogisticModel::fit(&spec, &kept_matrix, &pick(kept), Solver::Newton)?;
            let p = model.probabilities(&aside_matrix);
            let loss = log_loss(&p, &pick(aside), &vec![1.0; aside.len()]);
            if loss < best.0 {
                best = (loss, factor);
            }
        }
        Ok(best.1)
    }
}

fn shuffled(rows: usize, seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..rows).collect();
    order.shuffle(&mut Xoshiro256PlusPlus::seed_from_u64(seed));
    order
}

fn scaled(spec: &FeatureSpec, factor: f64) -> FeatureSpec {
    let mut spec = spec.clone();
    spec.features
        .iter_mut()
        .for_each(|feature| feature.penalty *= factor);
    spec
}

/// Codes as columns for trees: numbers keep their order, levels do not.
fn raw(spec: &FeatureSpec, matrix: &CodedMatrix) -> Vec<RawColumn> {
    let columns = spec.features.iter().zip(matrix.columns());
    let columns = columns.map(|(feature, codes)| match feature.encoding {
        Encoding::Category { .. } => RawColumn::Levels(codes.clone()),
        Encoding::Numeric { .. } => RawColumn::Numbers(codes.iter().map(number).collect()),
    });
    columns.collect()
}

fn number(code: &u16) -> f64 {
    if *code == Encoding::MISSING {
        f64::NAN
    } else {
        f64::from(*code)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow::array::{ArrayRef, Float64Array, StringArray};

    use super::*;
    use crate::evaluate::auc;

    /// In one group the small have the outcome, in the other the larger: an interaction.
    fn table(rows: usize) -> (RecordBatch, Vec<bool>) {
        let first = |row: usize| row.is_multiple_of(2);
        let group = |row: usize| if first(row) { "a" } else { "b" };
        let size = |row: usize| ((row * 7919) % 1000) as f64;
        let groups: StringArray = (0..rows).map(|row| Some(group(row))).collect();
        let sizes: Float64Array = (0..rows).map(|row| Some(size(row))).collect();
        let columns = [
            ("group", Arc::new(groups) as ArrayRef),
            ("size", Arc::new(sizes)),
        ];
        let has = |row: usize| {
            if first(row) {
                size(row) < 500.0
            } else {
                size(row) >= 300.0
            }
        };
        let batch = RecordBatch::try_from_iter(columns).unwrap();
        (batch, (0..rows).map(has).collect())
    }

    fn trial(learner: TrialLearner) -> Trial {
        Trial {
            features: vec![FeaturePlan::category("group"), FeaturePlan::number("size")],
            learner,
            seed: 1,
        }
    }

    #[test]
    fn trees_see_what_a_sum_cannot() {
        let (batch, outcome) = table(2_000);
        let ones = vec![1.0; outcome.len()];
        let score = |learner| {
            let p = trial(learner).out_of_fold(&batch, &outcome, 5).unwrap();
            auc(&p, &outcome, &ones)
        };
        assert!(score(TrialLearner::Boosted(BoostedParams::default().trees(20))) > 0.99);
        assert!(score(TrialLearner::Logistic(Solver::Newton)) < 0.75);
    }

    #[test]
    fn another_table_is_scored_by_the_first() {
        let (batch, outcome) = table(1_000);
        let trial = trial(TrialLearner::Boosted(BoostedParams::default().trees(20)));
        let p = trial
            .external(&batch, &outcome, &batch.slice(0, 100))
            .unwrap();
        let right = p.iter().zip(&outcome).filter(|&(&p, &y)| (p > 0.5) == y);
        let right = right.count();
        assert!(p.len() == 100 && right > 95, "{right}");
        assert!(trial.out_of_fold(&batch, &outcome, 1).is_err());
    }
}
