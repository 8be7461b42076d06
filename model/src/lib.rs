//! Feature batch to estimator to artefact to risk
