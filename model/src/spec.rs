//! What the features are: planned before training, learnt at fit, stored in the artefact.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

mod standard;

/// How a feature's effect on the hazard may change with the time on leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Timing {
    /// The same at all times.
    Constant,
    /// Another one in each coarse band of time (≤ 30, ≤ 90, ≤ 180 days, beyond, by default).
    Coarse,
    /// Another one in each fine band (for features that tell when the known certificate ends).
    Fine,
}

/// What a column holds and how it is to be coded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Text levels; those with fewer than `min_count` training cases collapse.
    Category {
        /// Cases a level needs for a code of its own.
        min_count: usize,
        /// Column whose effect stands in for a rare or unseen level (diagnosis → category → chapter).
        parent: Option<String>,
    },
    /// A number cut at training quantiles into about `bins` bins.
    Quantiles {
        /// Bins aimed at; ties make fewer.
        bins: usize,
    },
    /// A number cut at fixed edges: bins (−∞, e₀], (e₀, e₁], …
    Edges {
        /// Ascending edges.
        edges: Vec<f64>,
    },
}

/// One planned feature: a column of the batch and how to treat it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FeaturePlan {
    /// Column in the batch.
    pub column: String,
    /// Name under which its contribution is told; columns of one group are told as one reason.
    pub group: String,
    /// Kind and coding.
    pub kind: Kind,
    /// Time dependence of its effect.
    pub timing: Timing,
    /// L2 penalty on its effects (½ λ Σ β², on the summed log-likelihood).
    pub penalty: f64,
    /// L2 penalty on their deviations by band of time.
    pub deviation_penalty: f64,
    /// Left out of the model when the training batch lacks the column, instead of an error.
    pub optional: bool,
}

/// How a learnt feature turns a value into a code.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    /// Text: code 0 = missing, 1 = rare or unseen, 2 + i = `levels[i]` (sorted).
    Category {
        /// Levels with a code of their own.
        levels: Vec<String>,
        /// Column that stands in for code 1.
        parent: Option<String>,
    },
    /// Number: code 0 = missing, 1 + (how many cuts lie below the value).
    Numeric {
        /// Ascending cut-points.
        cuts: Vec<f64>,
        /// Smallest training value.
        lowest: f64,
        /// Largest training value.
        highest: f64,
    },
}

/// One learnt feature.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Feature {
    /// Column in the batch.
    pub column: String,
    /// Name under which its contribution is told.
    pub group: String,
    /// Value → code.
    pub encoding: Encoding,
    /// Time dependence of its effect.
    pub timing: Timing,
    /// L2 penalty on its effects.
    pub penalty: f64,
    /// L2 penalty on their deviations by band of time.
    pub deviation_penalty: f64,
    /// The reference: share of the training cases with each code.
    pub reference: Vec<f64>,
}

/// All features of a model, in coding order.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct FeatureSpec {
    /// The features.
    pub features: Vec<Feature>,
}

impl Encoding {
    /// Code of a missing value.
    pub const MISSING: u16 = 0;
    /// Code of a rare or unseen level.
    pub const OTHER: u16 = 1;

    /// Number of codes.
    #[must_use]
    pub fn codes(&self) -> usize {
        match self {
            Self::Category { levels, .. } => levels.len() + 2,
            Self::Numeric { cuts, .. } => cuts.len() + 2,
        }
    }

    /// Code of a number; NaN counts as missing.
    #[must_use]
    pub fn code_of_number(cuts: &[f64], value: f64) -> u16 {
        if value.is_nan() {
            return Self::MISSING;
        }
        (1 + cuts.partition_point(|&cut| cut < value)) as u16
    }

    /// What a code means, for people: the level, or the range of numbers in its bin.
    #[must_use]
    pub fn label(&self, code: u16) -> String {
        match self {
            Self::Category { levels, .. } => match code {
                Self::MISSING => "missing".to_owned(),
                Self::OTHER => "other".to_owned(),
                code => levels
                    .get(usize::from(code) - 2)
                    .cloned()
                    .unwrap_or_default(),
            },
            Self::Numeric { cuts, .. } => range_label(cuts, code),
        }
    }

    /// Whether a code has no effect of its own because a parent column stands in for it.
    #[must_use]
    pub fn defers(&self, code: u16) -> bool {
        matches!(
            self,
            Self::Category {
                parent: Some(_),
                ..
            }
        ) && code == Self::OTHER
    }
}

fn range_label(cuts: &[f64], code: u16) -> String {
    let bin = usize::from(code);
    match (bin, cuts.len()) {
        (0, _) => "missing".to_owned(),
        (_, 0) => "any".to_owned(),
        (1, _) => format!("≤ {}", cuts[0]),
        (bin, count) if bin > count => format!("> {}", cuts[count - 1]),
        (bin, _) => format!("> {} and ≤ {}", cuts[bin - 2], cuts[bin - 1]),
    }
}

impl FeatureSpec {
    /// Position of a column among the features.
    #[must_use]
    pub fn position(&self, column: &str) -> Option<usize> {
        self.features
            .iter()
            .position(|feature| feature.column == column)
    }
}

impl FeaturePlan {
    /// Checks penalties, bins and edges.
    ///
    /// # Errors
    /// [`Error::Parameter`] naming what is out of range.
    pub fn check(&self) -> Result<()> {
        let penalties = [self.penalty, self.deviation_penalty];
        if penalties
            .iter()
            .any(|penalty| !penalty.is_finite() || *penalty < 0.0)
        {
            return Err(self.refuse("penalty", "finite and at least 0"));
        }
        match &self.kind {
            Kind::Quantiles { bins } if !(2..=256).contains(bins) => {
                Err(self.refuse("bins", "2 to 256"))
            }
            Kind::Edges { edges } if !edges.windows(2).all(|pair| pair[0] < pair[1]) => {
                Err(self.refuse("edges", "strictly ascending numbers"))
            }
            _ => Ok(()),
        }
    }

    fn refuse(&self, name: &'static str, expected: &'static str) -> Error {
        Error::Parameter {
            name,
            found: format!("another for column `{}`", self.column),
            expected,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_on_a_cut_belongs_to_the_lower_bin() {
        let cuts = [10.0, 20.0];
        let code = |value| Encoding::code_of_number(&cuts, value);
        assert_eq!(
            [
                code(f64::NAN),
                code(-5.0),
                code(10.0),
                code(10.1),
                code(20.0),
                code(99.0)
            ],
            [0, 1, 1, 2, 2, 3]
        );
        let encoding = Encoding::Numeric {
            cuts: cuts.to_vec(),
            lowest: 0.0,
            highest: 30.0,
        };
        assert_eq!(encoding.label(2), "> 10 and ≤ 20");
        assert_eq!(encoding.label(3), "> 20");
        assert_eq!(encoding.label(0), "missing");
    }

    #[test]
    fn only_a_rare_level_with_a_parent_defers() {
        let child = Encoding::Category {
            levels: vec!["F438A".into()],
            parent: Some("category".into()),
        };
        assert!(child.defers(Encoding::OTHER));
        assert!(!child.defers(2));
        let orphan = Encoding::Category {
            levels: vec![],
            parent: None,
        };
        assert!(!orphan.defers(Encoding::OTHER));
    }

    #[test]
    fn the_standard_plan_is_within_its_own_limits() {
        for plan in FeaturePlan::standard() {
            plan.check().unwrap();
        }
    }
}
