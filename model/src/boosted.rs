//! Gradient-boosted trees on binned features, as a linfa estimator: the challenger.
//!
//! Trees are grown leaf by leaf (the leaf that gains most is split next) from histograms of
//! gradients. Gradients are rounded to integers first, both halves of the pair in one 64-bit word:
//! sums are exact, so the result does not depend on their order nor on the number of threads.
//! Missing values have a bin of their own and go to the better side; the levels of a category are
//! ordered by their mean gradient at each node (Fisher 1958); effects can be held monotone.
//! Methods: Friedman 2001; Ke et al. 2017 (LightGBM); Shi et al. 2022 (quantised training);
//! Lundberg et al. 2020 (TreeSHAP). Nothing is taken over from their code.

mod binning;
mod grow;
mod hazard;
mod histogram;
mod loss;
mod model;
mod params;
mod shap;
mod split;
mod tree;

pub use binning::{BinnedMatrix, Binner, Binning, RawColumn};
pub use hazard::{BoostedHazard, person_periods};
pub use model::BoostedModel;
pub use params::{BoostedParams, BoostedValidParams};
pub use tree::{Node, Tree};

#[cfg(test)]
mod tests;
