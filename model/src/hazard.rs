//! Discrete-time logistic hazard over category codes, as a linfa estimator.
//!
//! In interval k a case still on leave returns with hazard h_k, where
//! logit h_k = α_k + Σ β_f\[code_f\] + Σ γ_f\[band(k), code_f\]. Person-period rows are never
//! materialised: each case adds to gradient and information once for every distinct pair of
//! effects, weighted by sums over its intervals. Censoring is in the likelihood: a case counts
//! in the intervals through which it was observed and in no other.

use linfa::ParamGuard;
use linfa::dataset::DatasetBase;
use linfa::traits::{Fit, Predict, PredictInplace};
use ndarray::Array2;

use crate::cohort::Episode;
use crate::error::{Error, Result};
use crate::intervals::Intervals;
use crate::matrix::CodedMatrix;
use crate::spec::FeatureSpec;

mod aggregate;
mod cholesky;
mod compiled;
mod kernel;
mod layout;
mod newton;
mod params;
mod weights;

pub(crate) use cholesky::Cholesky;
pub(crate) use compiled::CompiledHazard;
pub(crate) use kernel::life_table;
pub(crate) use layout::mean;
pub use layout::{Block, Layout};
pub use params::{HazardParams, HazardValidParams};
pub use weights::HazardWeights;

/// The outcome side of a linfa dataset: one episode a case, in matrix order.
pub type Episodes = Vec<Episode>;

/// A fitted hazard: weights plus what the fit says about itself.
#[derive(Debug, Clone, PartialEq)]
pub struct FittedHazard {
    /// Intervals, layout and coefficients.
    pub weights: HazardWeights,
    /// Standard error of each coefficient, from the inverse of the penalised information.
    pub standard_errors: Vec<f64>,
    /// Penalised log-likelihood at the solution.
    pub log_likelihood: f64,
    /// Newton steps taken.
    pub iterations: usize,
    /// Inf-norm of the gradient divided by the number of cases at the solution.
    pub gradient: f64,
    /// Person-intervals in the likelihood.
    pub person_intervals: u64,
    /// Ends of cases in the likelihood.
    pub events: u64,
}

/// `Fit`: n coded cases and n episodes → hazard; the model needs no more than these.
impl Fit<CodedMatrix, Episodes, Error> for HazardValidParams {
    type Object = FittedHazard;

    fn fit(&self, dataset: &DatasetBase<CodedMatrix, Episodes>) -> Result<FittedHazard> {
        let layout = Layout::new(self.spec(), self.intervals(), self.coarse(), self.fine())?;
        fit_layout(self, layout, dataset.records(), dataset.targets())
    }
}

fn fit_layout(
    params: &HazardValidParams,
    layout: Layout,
    matrix: &CodedMatrix,
    episodes: &[Episode],
) -> Result<FittedHazard> {
    let features = matrix.columns().len();
    if features != params.spec().features.len() {
        let expected = params.spec().features.len();
        return Err(Error::Shape {
            what: "features of the matrix",
            found: features,
            expected,
        });
    }
    if episodes.len() != matrix.rows() {
        let (found, expected) = (episodes.len(), matrix.rows());
        return Err(Error::Shape {
            what: "episodes",
            found,
            expected,
        });
    }
    let aggregate = aggregate::aggregate(matrix, episodes);
    let problem = match &aggregate {
        Some(distinct) => kernel::Problem::new(
            &layout,
            &distinct.matrix,
            &distinct.episodes,
            &distinct.weights,
        )?,
        None => kernel::Problem::new(&layout, matrix, episodes, &[])?,
    };
    let solution = newton::solve(&problem, params.tolerance(), params.most_iterations())?;
    let (at_risk, ends) = problem.life_table();
    let (person_intervals, events) = (at_risk.iter().sum::<f64>(), ends.iter().sum::<f64>());
    let coefficients = layout.fill_unseen(solution.coefficients, params.spec());
    Ok(FittedHazard {
        weights: HazardWeights::new(params.intervals().clone(), layout, coefficients)?,
        standard_errors: solution.standard_errors,
        log_likelihood: solution.log_likelihood,
        iterations: solution.iterations,
        gradient: solution.gradient,
        person_intervals: person_intervals as u64,
        events: events as u64,
    })
}

/// `Predict`: n coded cases → n × K array of hazards, one column an interval.
impl PredictInplace<CodedMatrix, Array2<f64>> for FittedHazard {
    fn predict_inplace<'a>(&'a self, matrix: &'a CodedMatrix, hazards: &mut Array2<f64>) {
        let mut codes = Vec::new();
        for (row, mut out) in hazards.outer_iter_mut().enumerate().take(matrix.rows()) {
            matrix.row_into(row, &mut codes);
            let logits = self.weights.logits(&codes);
            for (hazard, logit) in out.iter_mut().zip(logits) {
                *hazard = logistic(logit);
            }
        }
    }

    fn default_target(&self, matrix: &CodedMatrix) -> Array2<f64> {
        Array2::zeros((matrix.rows(), self.weights.intervals().count()))
    }
}

impl Predict<&CodedMatrix, Array2<f64>> for FittedHazard {
    fn predict(&self, matrix: &CodedMatrix) -> Array2<f64> {
        let mut hazards = self.default_target(matrix);
        self.predict_inplace(matrix, &mut hazards);
        hazards
    }
}

/// A learner of hazards from coded cases: what the champion is and a boosted challenger must be.
pub trait HazardLearner:
    ParamGuard<Error = Error, Checked: Fit<CodedMatrix, Episodes, Error>>
{
}

impl HazardLearner for HazardParams {}

/// 1 / (1 + e⁻ˣ).
#[must_use]
pub fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// ln(p / (1 − p)).
#[must_use]
pub fn logit(p: f64) -> f64 {
    (p / (1.0 - p)).ln()
}

/// Fits with unchecked parameters, as [`Fit`] on [`HazardParams`] does.
///
/// # Errors
/// As [`HazardParams::check`] and the fit itself.
pub fn fit(params: &HazardParams, matrix: CodedMatrix, episodes: Episodes) -> Result<FittedHazard> {
    params.check_ref()?.fit(&DatasetBase::new(matrix, episodes))
}

impl FittedHazard {
    /// Name of a coefficient: feature, band of time and level.
    #[must_use]
    pub fn name_of(&self, spec: &FeatureSpec, coefficient: usize) -> String {
        self.weights.layout().name_of(spec, coefficient)
    }

    /// The intervals of the model.
    #[must_use]
    pub fn intervals(&self) -> &Intervals {
        self.weights.intervals()
    }
}

#[cfg(test)]
mod tests;
