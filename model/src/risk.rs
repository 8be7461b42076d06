//! The answer for one case.

use arrow::array::RecordBatch;
use serde::{Deserialize, Serialize};

use crate::artefact::Artefact;
use crate::curve::Curve;
use crate::error::Result;
use crate::explain::Reason;
use crate::scorer::Scorer;
use crate::spec::{Encoding, FeatureSpec};

/// Curve, reference and reasons of one case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Risk {
    /// The case, as named in the batch.
    pub case_id: String,
    /// P(still on leave beyond a day).
    pub curve: Curve,
    /// The group of the reference curve: a diagnosis category, a chapter, or `all`.
    pub reference_group: String,
    /// The same for the training cases of that group.
    pub reference_curve: Curve,
    /// Log-odds of staying on leave of the average training case, mean over the intervals up to
    /// the explanation horizon; base + all contributions = the same for this case.
    pub base: f64,
    /// All contributions, largest first.
    pub reasons: Vec<Reason>,
    /// In which features the case is unlike the training cases; empty = in none.
    pub unlike: Vec<Unlike>,
}

/// A feature in which a case is unlike what the model has seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unlike {
    /// Column of the feature batch.
    pub feature: String,
    /// In what way.
    pub why: UnlikeWhy,
}

/// In what way a value is unlike the training cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnlikeWhy {
    /// A level too rare for an effect of its own, or never seen.
    RareOrUnseen,
    /// Missing, as in no training case.
    NeverMissing,
    /// A number below the smallest or above the largest of the training cases.
    OutOfRange,
}

impl Unlike {
    /// What is unlike in one case; `outside` lists for each feature the rows out of range.
    pub(crate) fn of(
        spec: &FeatureSpec,
        codes: &[u16],
        outside: &[Vec<usize>],
        row: usize,
    ) -> Vec<Self> {
        let mut unlike = Vec::new();
        for ((feature, &code), outside) in spec.features.iter().zip(codes).zip(outside) {
            let text = matches!(feature.encoding, Encoding::Category { .. });
            let seen = feature.reference[usize::from(code)] > 0.0;
            let why = match code {
                Encoding::OTHER if text => UnlikeWhy::RareOrUnseen,
                Encoding::MISSING if !seen => UnlikeWhy::NeverMissing,
                _ if outside.binary_search(&row).is_ok() => UnlikeWhy::OutOfRange,
                _ => continue,
            };
            unlike.push(Self {
                feature: feature.column.clone(),
                why,
            });
        }
        unlike
    }
}

impl Artefact {
    /// Scores a batch. To score many small batches, keep a [`Scorer`] instead.
    ///
    /// # Errors
    /// As [`Scorer::score`].
    pub fn score(&self, batch: &RecordBatch) -> Result<Vec<Risk>> {
        self.scorer().score(batch)
    }

    /// The artefact compiled for scoring.
    #[must_use]
    pub fn scorer(&self) -> Scorer {
        Scorer::new(self)
    }
}
