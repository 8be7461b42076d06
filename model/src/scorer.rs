//! A loaded model, compiled for scoring.

use arrow::array::RecordBatch;

use crate::artefact::{Artefact, Model};
use crate::cohort::{as_of_days, case_ids};
use crate::curve::Curve;
use crate::error::{Error, Result};
use crate::explain::Explainer;
use crate::hazard::{CompiledHazard, logistic};
use crate::intervals::Intervals;
use crate::matrix::{CodedMatrix, Encoder};
use crate::reference::ReferenceIndex;
use crate::risk::{Risk, Unlike};
use crate::spec::FeatureSpec;

/// Scores batches; built once from an artefact, immutable, shared between threads without a lock.
#[derive(Debug, Clone)]
pub struct Scorer {
    spec: FeatureSpec,
    encoder: Encoder,
    compiled: CompiledHazard,
    explainer: Explainer,
    reference: ReferenceIndex,
}

impl Scorer {
    /// Compiles an artefact.
    #[must_use]
    pub fn new(artefact: &Artefact) -> Self {
        let Model::Hazard(weights) = &artefact.model;
        let calibration = artefact.calibration.as_ref();
        let explainer = Explainer::new(
            &artefact.spec,
            weights,
            calibration,
            artefact.explain_until_day,
        );
        Self {
            spec: artefact.spec.clone(),
            encoder: Encoder::new(&artefact.spec),
            compiled: CompiledHazard::new(weights, calibration),
            explainer,
            reference: ReferenceIndex::new(&artefact.spec, &artefact.reference),
        }
    }

    /// Codes a batch by the model's feature spec.
    ///
    /// # Errors
    /// A missing or mistyped column, by name.
    pub fn encode(&self, batch: &RecordBatch) -> Result<CodedMatrix> {
        self.encoder.encode(batch)
    }

    /// Curve, reference curve and reasons of each case of a batch.
    ///
    /// **Input**: n cases with `case_id`, `as_of_day` and the model's features. **Output**: n risks
    /// in the same order.
    ///
    /// # Errors
    /// A missing or mistyped column, a null id or day, or an as-of day before the model's first.
    pub fn score(&self, batch: &RecordBatch) -> Result<Vec<Risk>> {
        let ids = case_ids(batch)?;
        let days = self.as_of_days(batch)?;
        let matrix = self.encode(batch)?;
        let outside = self.encoder.outside(batch, &self.spec)?;
        let mut codes = Vec::with_capacity(matrix.columns().len());
        let mut risks = Vec::with_capacity(days.len());
        for (row, &as_of) in days.iter().enumerate() {
            matrix.row_into(row, &mut codes);
            let (group, reference) = self.reference_curve(&codes, as_of, self.reference.display());
            risks.push(Risk {
                case_id: ids.value(row).to_owned(),
                curve: self.curve(&codes, as_of),
                reference_group: group.to_owned(),
                reference_curve: reference,
                base: self.explainer.base(),
                reasons: self.explainer.reasons(&codes),
                unlike: Unlike::of(&self.spec, &codes, &outside, row),
            });
        }
        Ok(risks)
    }

    /// As-of days, each within the reach of the model's start.
    pub(crate) fn as_of_days(&self, batch: &RecordBatch) -> Result<Vec<i32>> {
        let days = as_of_days(batch)?;
        let first = self.intervals().first_day();
        if let Some(row) = days.iter().position(|&day| day < first) {
            return Err(Error::Value {
                column: "as_of_day".into(),
                row,
                found: i64::from(days[row]),
                expected: format!("at least {first}, the first day of the model"),
            });
        }
        Ok(days)
    }

    /// Calibrated curve of one coded case.
    #[must_use]
    pub fn curve(&self, codes: &[u16], as_of_day: i32) -> Curve {
        let mut buffer = [0.0; Intervals::MOST];
        let hazards = &mut buffer[..self.intervals().count()];
        self.hazards_into(codes, hazards);
        Curve::from_hazards(self.intervals(), hazards, as_of_day)
    }

    /// Calibrated hazards of one coded case, one number an interval.
    pub fn hazards_into(&self, codes: &[u16], hazards: &mut [f64]) {
        self.compiled.logits_into(codes, hazards);
        hazards
            .iter_mut()
            .for_each(|logit| *logit = logistic(*logit));
    }

    /// Name and curve of the reference group of a coded case, from the given level of
    /// specificity (0 = the most specific column).
    pub(crate) fn reference_curve(&self, codes: &[u16], as_of: i32, from: usize) -> (&str, Curve) {
        let (name, hazards) = self.reference.of(codes, from);
        (name, Curve::from_hazards(self.intervals(), hazards, as_of))
    }

    /// The reasons behind a curve.
    #[must_use]
    pub fn explainer(&self) -> &Explainer {
        &self.explainer
    }

    /// The intervals of the model.
    #[must_use]
    pub fn intervals(&self) -> &Intervals {
        self.compiled.intervals()
    }
}
