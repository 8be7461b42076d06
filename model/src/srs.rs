//! SRS v3, the model that Swedish care uses today, as the baseline to beat.
//!
//! One piecewise-constant hazard a diagnosis: S(t) = exp(−Σ_j exp(x·β_j) · min(max(t − b_j, 0), h_j)),
//! with 20 intervals from day 15 to about day 1,600 and an own β in each. The coefficients are not
//! ours to ship: they are read at run time from `model_coefficients.csv` and `model_breaks.csv`.
//! Source of form and rules: sklintyg/srs (RAdapter, DiagnosisServiceImpl, PredictionInformationModule)
//! and R's `pch` 2.2.

use std::collections::HashMap;
use std::path::Path;

use crate::error::Result;

mod code;
mod file;
mod hazard;
mod question;
mod sheet;

pub use code::SrsStatus;
pub use hazard::SrsCurve;
pub use question::{Answer, QUESTIONS, Question};
pub use sheet::{SrsAnswers, SrsSheet};

use hazard::SrsModel;

/// The models of one version, by diagnosis code (upper case, without dot).
#[derive(Debug, Clone)]
pub struct SrsBook {
    models: HashMap<String, SrsModel>,
}

/// The answer for one row.
#[derive(Debug, Clone, PartialEq)]
pub struct SrsRisk<'b> {
    /// Code of the model used; `None` when there is none.
    pub diagnosis_used: Option<&'b str>,
    /// What SRS would say of the question.
    pub status: SrsStatus,
    /// Questions of the model without a valid answer, in SRS's own names.
    pub unanswered: Vec<&'static str>,
    /// The curve; `None` unless the status allows a prediction.
    pub curve: Option<SrsCurve>,
}

impl SrsBook {
    /// Reads the v3.0 models of a folder.
    ///
    /// # Errors
    /// A file that is missing or not of its form, by file and line.
    pub fn load(folder: &Path) -> Result<Self> {
        Ok(Self {
            models: file::read(folder)?,
        })
    }

    /// Number of models.
    #[must_use]
    pub fn len(&self) -> usize {
        self.models.len()
    }

    /// True when the folder held no v3.0 model.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.models.is_empty()
    }

    /// Predicts for one diagnosis and its answers.
    ///
    /// **Input**: a code in any case, with or without dot; 3 to 5 characters. The longest prefix
    /// with a model is used. **Output**: status, model and curve from day 15 on. As in SRS, an
    /// unanswered or unknown answer to a question of the model gives no prediction; answers that
    /// the model does not ask for are passed over.
    #[must_use]
    pub fn score(&self, diagnosis: &str, answers: &SrsAnswers) -> SrsRisk<'_> {
        let (model, status) = code::look_up(diagnosis, |code| self.models.get_key_value(code));
        let mut risk = SrsRisk {
            diagnosis_used: model.map(|(code, _)| code.as_str()),
            status,
            unanswered: Vec::new(),
            curve: None,
        };
        let Some((_, model)) = model else {
            return risk;
        };
        match model.curve(answers) {
            Ok(curve) => risk.curve = Some(curve),
            Err(unanswered) => {
                risk.status = SrsStatus::NotOk;
                risk.unanswered = unanswered;
            }
        }
        risk
    }
}

#[cfg(test)]
mod tests;
