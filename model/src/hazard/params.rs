//! Parameters of the hazard learner behind linfa's guard.

use linfa::ParamGuard;

use crate::error::{Error, Result};
use crate::intervals::Intervals;
use crate::spec::FeatureSpec;

/// Unchecked parameters: build, then `check()` (or let `Fit` do it).
#[derive(Debug, Clone, PartialEq)]
pub struct HazardParams(HazardValidParams);

/// Checked parameters of the hazard learner.
#[derive(Debug, Clone, PartialEq)]
pub struct HazardValidParams {
    spec: FeatureSpec,
    intervals: Intervals,
    coarse: Vec<i32>,
    fine: Vec<i32>,
    tolerance: f64,
    most_iterations: usize,
}

impl HazardParams {
    /// Defaults for a spec and intervals: coarse bands end on days 30, 90, 180; fine ones on
    /// 22, 30, 45, 60, 90, 180; the gradient per case must fall below 1e-8 within 50 steps.
    #[must_use]
    pub fn new(spec: FeatureSpec, intervals: Intervals) -> Self {
        Self(HazardValidParams {
            spec,
            intervals,
            coarse: vec![30, 90, 180],
            fine: vec![22, 30, 45, 60, 90, 180],
            tolerance: 1e-8,
            most_iterations: 50,
        })
    }

    /// Last days of the coarse and of the fine bands; the coarse must be among the fine.
    #[must_use]
    pub fn bands(mut self, coarse: Vec<i32>, fine: Vec<i32>) -> Self {
        self.0.coarse = coarse;
        self.0.fine = fine;
        self
    }

    /// Largest gradient per case at which the fit counts as converged.
    #[must_use]
    pub fn tolerance(mut self, tolerance: f64) -> Self {
        self.0.tolerance = tolerance;
        self
    }

    /// Most Newton steps.
    #[must_use]
    pub fn most_iterations(mut self, most: usize) -> Self {
        self.0.most_iterations = most;
        self
    }
}

impl ParamGuard for HazardParams {
    type Checked = HazardValidParams;
    type Error = Error;

    fn check_ref(&self) -> Result<&HazardValidParams> {
        let valid = &self.0;
        if !valid.tolerance.is_finite() || valid.tolerance <= 0.0 {
            let found = valid.tolerance.to_string();
            return Err(Error::Parameter {
                name: "tolerance",
                found,
                expected: "finite and above 0",
            });
        }
        if valid.most_iterations == 0 {
            let expected = "at least 1";
            return Err(Error::Parameter {
                name: "most_iterations",
                found: "0".into(),
                expected,
            });
        }
        let nested = valid.coarse.iter().all(|day| valid.fine.contains(day));
        if !nested {
            let found = format!("{:?} not within {:?}", valid.coarse, valid.fine);
            return Err(Error::Parameter {
                name: "bands",
                found,
                expected: "coarse edges among the fine",
            });
        }
        Ok(valid)
    }

    fn check(self) -> Result<HazardValidParams> {
        self.check_ref()?;
        Ok(self.0)
    }
}

impl HazardValidParams {
    /// The features.
    #[must_use]
    pub fn spec(&self) -> &FeatureSpec {
        &self.spec
    }

    /// The intervals.
    #[must_use]
    pub fn intervals(&self) -> &Intervals {
        &self.intervals
    }

    pub(super) fn coarse(&self) -> &[i32] {
        &self.coarse
    }

    pub(super) fn fine(&self) -> &[i32] {
        &self.fine
    }

    pub(super) fn tolerance(&self) -> f64 {
        self.tolerance
    }

    pub(super) fn most_iterations(&self) -> usize {
        self.most_iterations
    }
}
