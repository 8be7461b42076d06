//! Parameters of the trees behind linfa's guard.

use linfa::ParamGuard;

use crate::error::{Error, Result};

/// Unchecked parameters: build, then `check()` (or let `Fit` do it).
#[derive(Debug, Clone, PartialEq)]
pub struct BoostedParams(BoostedValidParams);

/// Checked parameters.
#[derive(Debug, Clone, PartialEq)]
pub struct BoostedValidParams {
    /// Trees.
    pub(super) trees: usize,
    /// Most leaves of a tree.
    pub(super) leaves: usize,
    /// Share of each tree's step that is taken.
    pub(super) rate: f64,
    /// Rows that a leaf needs, about.
    pub(super) least_rows: f64,
    /// Hessian that a leaf needs.
    pub(super) least_hessian: f64,
    /// L2 penalty on leaf values.
    pub(super) penalty: f64,
    /// By column: +1 rising, −1 falling, 0 free; empty = all free.
    pub(super) monotone: Vec<i8>,
}

impl Default for BoostedParams {
    /// 200 trees of 31 leaves at rate .1, 20 rows a leaf: LightGBM's defaults but for the trees.
    fn default() -> Self {
        Self(BoostedValidParams {
            trees: 200,
            leaves: 31,
            rate: 0.1,
            least_rows: 20.0,
            least_hessian: 1e-3,
            penalty: 0.0,
            monotone: Vec::new(),
        })
    }
}

impl BoostedParams {
    /// Number of trees.
    #[must_use]
    pub fn trees(mut self, trees: usize) -> Self {
        self.0.trees = trees;
        self
    }

    /// Most leaves of a tree.
    #[must_use]
    pub fn leaves(mut self, leaves: usize) -> Self {
        self.0.leaves = leaves;
        self
    }

    /// Share of each tree's step that is taken.
    #[must_use]
    pub fn rate(mut self, rate: f64) -> Self {
        self.0.rate = rate;
        self
    }

    /// Rows that a leaf needs, about (told from its hessian).
    #[must_use]
    pub fn least_rows(mut self, rows: f64) -> Self {
        self.0.least_rows = rows;
        self
    }

    /// L2 penalty on leaf values.
    #[must_use]
    pub fn penalty(mut self, penalty: f64) -> Self {
        self.0.penalty = penalty;
        self
    }

    /// Direction in which each column may work: +1 rising, −1 falling, 0 free.
    #[must_use]
    pub fn monotone(mut self, directions: Vec<i8>) -> Self {
        self.0.monotone = directions;
        self
    }
}

impl ParamGuard for BoostedParams {
    type Checked = BoostedValidParams;
    type Error = Error;

    fn check_ref(&self) -> Result<&BoostedValidParams> {
        let valid = &self.0;
        let refuse = |name, found: String, expected| {
            Err(Error::Parameter {
                name,
                found,
                expected,
            })
        };
        if valid.trees == 0 {
            return refuse("trees", "0".into(), "at least 1");
        }
        if !(2..=4096).contains(&valid.leaves) {
            return refuse("leaves", valid.leaves.to_string(), "2 to 4096");
        }
        if !(valid.rate > 0.0 && valid.rate <= 1.0) {
            return refuse("rate", valid.rate.to_string(), "above 0, at most 1");
        }
        if !valid.penalty.is_finite() || valid.penalty < 0.0 {
            return refuse(
                "penalty",
                valid.penalty.to_string(),
                "finite and at least 0",
            );
        }
        if let Some(odd) = valid
            .monotone
            .iter()
            .find(|direction| !(-1..=1).contains(*direction))
        {
            return refuse("monotone", odd.to_string(), "-1, 0 or 1");
        }
        Ok(valid)
    }

    fn check(self) -> Result<BoostedValidParams> {
        self.check_ref()?;
        Ok(self.0)
    }
}

impl BoostedValidParams {
    pub(super) fn direction(&self, column: usize) -> i8 {
        self.monotone.get(column).copied().unwrap_or(0)
    }
}
