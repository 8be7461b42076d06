#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

mod artefact;
mod assess;
pub mod boosted;
mod calibrate;
mod cohort;
mod curve;
mod dense_logit;
pub mod drift;
mod error;
pub mod evaluate;
mod explain;
pub mod hazard;
mod intervals;
mod logistic;
mod matrix;
mod reference;
pub mod registry;
mod risk;
mod scorer;
mod spec;
pub mod srs;
mod subgroup;
pub mod survival;
mod table;
mod train;
mod trial;

pub use artefact::{Artefact, FORMAT, FitSummary, Model, NOTICE};
pub use assess::EvaluateOptions;
pub use calibrate::{Calibration, CalibrationOptions};
pub use cohort::{Cohort, Episode, FollowUp};
pub use curve::Curve;
pub use error::{Error, Result};
pub use evaluate::{CalibrationScores, Evaluation, HorizonEvaluation, Scores, Usefulness};
pub use explain::{Direction, Explainer, Reason};
pub use hazard::{
    Episodes, FittedHazard, HazardLearner, HazardParams, HazardValidParams, HazardWeights,
};
pub use intervals::Intervals;
pub use logistic::{LogisticModel, Solver};
pub use matrix::{CodedMatrix, Encoder};
pub use reference::{Reference, ReferenceCurves, ReferenceLevel};
pub use risk::{Risk, Unlike, UnlikeWhy};
pub use scorer::Scorer;
pub use spec::{Encoding, Feature, FeaturePlan, FeatureSpec, Kind, Timing};
pub use subgroup::Subgroup;
pub use table::TextTable;
pub use train::{TrainOptions, train};
pub use trial::{Trial, TrialLearner};
