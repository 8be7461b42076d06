//! Fitting and predicting through linfa's traits.

use linfa::ParamGuard;
use linfa::dataset::DatasetBase;
use linfa::traits::{Fit, Predict, PredictInplace};
use ndarray::Array1;
use serde::{Deserialize, Serialize};

use super::binning::BinnedMatrix;
use super::grow::Grower;
use super::loss::Gradients;
use super::params::{BoostedParams, BoostedValidParams};
use super::tree::Tree;
use crate::error::{Error, Result};
use crate::hazard::{logistic, logit};

/// A sum of trees on the log-odds scale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BoostedModel {
    /// Log-odds before any tree: those of the observed share.
    pub start: f64,
    /// The trees.
    pub trees: Vec<Tree>,
}

/// `Fit`: n binned rows and n outcomes → trees. The dataset's weights count.
impl Fit<BinnedMatrix, Vec<bool>, Error> for BoostedValidParams {
    type Object = BoostedModel;

    fn fit(&self, dataset: &DatasetBase<BinnedMatrix, Vec<bool>>) -> Result<BoostedModel> {
        let weights: Vec<f64> = dataset.weights().map_or_else(Vec::new, |weights| {
            weights.iter().map(|&w| f64::from(w)).collect()
        });
        self.boost(dataset.records(), dataset.targets(), &weights)
    }
}

impl BoostedParams {
    /// Fits without a dataset of linfa's: rows, outcomes, and weights (none = all 1).
    ///
    /// # Errors
    /// Parameters out of range, lengths that do not match, or one outcome only.
    pub fn boost(
        &self,
        matrix: &BinnedMatrix,
        outcome: &[bool],
        weight: &[f64],
    ) -> Result<BoostedModel> {
        self.check_ref()?.boost(matrix, outcome, weight)
    }
}

impl BoostedValidParams {
    fn boost(
        &self,
        matrix: &BinnedMatrix,
        outcome: &[bool],
        weight: &[f64],
    ) -> Result<BoostedModel> {
        check(matrix, outcome, weight)?;
        let of = |row: usize| weight.get(row).copied().unwrap_or(1.0);
        let total: f64 = (0..outcome.len()).map(of).sum();
        let positive: f64 = (0..outcome.len()).filter(|&row| outcome[row]).map(of).sum();
        let share = positive / total;
        if !(share > 0.0 && share < 1.0) {
            return Err(Error::TooFew {
                what: "outcomes of either kind",
                found: 0,
                needed: 1,
            });
        }
        let start = logit(share);
        let mut scores = vec![start; outcome.len()];
        let mut gradients = Gradients::new(outcome.len());
        let mut grower = Grower::new(matrix, self);
        let mut trees = Vec::with_capacity(self.trees);
        for _ in 0..self.trees {
            gradients.logistic(&scores, outcome, weight);
            let tree = grower.grow(&gradients, &mut scores);
            if tree.nodes.len() == 1 {
                break;
            }
            trees.push(tree);
        }
        Ok(BoostedModel { start, trees })
    }
}

fn check(matrix: &BinnedMatrix, outcome: &[bool], weight: &[f64]) -> Result<()> {
    let expected = matrix.rows();
    let odd = [("outcomes", outcome.len()), ("weights", weight.len())]
        .into_iter()
        .find(|&(what, found)| found != expected && !(what == "weights" && found == 0));
    match odd {
        Some((what, found)) => Err(Error::Shape {
            what,
            found,
            expected,
        }),
        None => Ok(()),
    }
}

impl BoostedModel {
    /// Log-odds of one binned row.
    #[must_use]
    pub fn log_odds(&self, bins: &[u8]) -> f64 {
        self.trees
            .iter()
            .fold(self.start, |sum, tree| sum + tree.value(bins))
    }

    /// Probability of one binned row.
    #[must_use]
    pub fn probability(&self, bins: &[u8]) -> f64 {
        logistic(self.log_odds(bins))
    }

    /// Probability of each row.
    #[must_use]
    pub fn probabilities(&self, matrix: &BinnedMatrix) -> Vec<f64> {
        (0..matrix.rows())
            .map(|row| self.probability(matrix.row(row)))
            .collect()
    }

    /// Log-odds that the average training row gets: start plus the mean of every tree.
    #[must_use]
    pub fn base(&self) -> f64 {
        self.start + self.trees.iter().map(Tree::mean).sum::<f64>()
    }

    /// What each column adds to the log-odds of a row, against the average training row: exact
    /// path-dependent Shapley values. [`Self::base`] + their sum = [`Self::log_odds`].
    #[must_use]
    pub fn contributions(&self, bins: &[u8]) -> Vec<f64> {
        let mut contributions = vec![0.0; bins.len()];
        for tree in &self.trees {
            super::shap::add(tree, bins, &mut contributions);
        }
        contributions
    }
}

impl PredictInplace<BinnedMatrix, Array1<f64>> for BoostedModel {
    fn predict_inplace(&self, matrix: &BinnedMatrix, target: &mut Array1<f64>) {
        let rows = (0..matrix.rows()).map(|row| self.probability(matrix.row(row)));
        target.iter_mut().zip(rows).for_each(|(to, p)| *to = p);
    }

    fn default_target(&self, matrix: &BinnedMatrix) -> Array1<f64> {
        Array1::zeros(matrix.rows())
    }
}

impl Predict<&BinnedMatrix, Array1<f64>> for BoostedModel {
    fn predict(&self, matrix: &BinnedMatrix) -> Array1<f64> {
        let mut target = self.default_target(matrix);
        self.predict_inplace(matrix, &mut target);
        target
    }
}
