//! A model as a file: canonical JSON whose SHA-256 is its name.

use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::calibrate::Calibration;
use crate::error::{Error, Result};
use crate::evaluate::Evaluation;
use crate::hazard::HazardWeights;
use crate::reference::ReferenceCurves;
use crate::spec::FeatureSpec;

/// Number of the wire format.
pub const FORMAT: u32 = 1;

/// What every answer says until a person has signed the model off.
pub const NOTICE: &str = "Statistics and research. Not for individual decisions.";

/// The fitted learner. Another learner becomes another variant; none holds a linfa type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "learner", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Model {
    /// Discrete-time logistic hazard.
    Hazard(HazardWeights),
}

/// What the fit says about itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FitSummary {
    /// Cases the weights were fitted on.
    pub cases: usize,
    /// Factor on the penalties.
    #[serde(default)]
    pub penalty_factor: f64,
    /// Person-intervals in the likelihood.
    pub person_intervals: u64,
    /// Ends of cases in the likelihood.
    pub events: u64,
    /// Newton steps.
    pub iterations: usize,
    /// Inf-norm of the gradient divided by the number of cases.
    pub gradient: f64,
    /// Penalised log-likelihood.
    pub log_likelihood: f64,
    /// Standard error of each coefficient, in the order of the coefficients.
    pub standard_errors: Vec<f64>,
}

/// Everything needed to score, to judge and to reproduce a model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Artefact {
    /// Wire format.
    pub format: u32,
    /// What an answer must say with the number.
    pub notice: String,
    /// Name of the warehouse snapshot that the training batch was read from.
    pub snapshot: String,
    /// Cases begun before this day trained the model, later ones tested it.
    pub split: NaiveDate,
    /// Last day on which the batch could know anything.
    pub data_end: NaiveDate,
    /// Days before split and data end at which follow-up was cut, so that renewals are settled.
    pub lag_days: i32,
    /// Horizons reported, days.
    pub horizons: Vec<i32>,
    /// Intervals that end by this day are averaged in the explanation.
    pub explain_until_day: i32,
    /// Features and their coding.
    pub spec: FeatureSpec,
    /// Weights.
    pub model: Model,
    /// The fit.
    pub fit: FitSummary,
    /// Recalibration of the hazard, if any.
    pub calibration: Option<Calibration>,
    /// Kaplan–Meier curves of the training cases by diagnosis.
    pub reference: ReferenceCurves,
    /// Test on the later cases, if any were old enough.
    pub evaluation: Option<Evaluation>,
}

impl Artefact {
    /// The canonical bytes: compact JSON, fields in declaration order, maps sorted, numbers in
    /// their shortest exact form.
    ///
    /// # Errors
    /// [`Error::Json`] when a number is not finite.
    pub fn bytes(&self) -> Result<Vec<u8>> {
        Ok(serde_json::to_vec(self)?)
    }

    /// SHA-256 of the canonical bytes, lower-case hex.
    ///
    /// # Errors
    /// As [`Self::bytes`].
    pub fn hash(&self) -> Result<String> {
        Ok(sha256(&self.bytes()?))
    }

    /// Writes `<hash>.json` into the directory and returns the hash.
    ///
    /// The bytes go to a temporary name first: a file of the final name is always whole.
    ///
    /// # Errors
    /// [`Error::Io`] when the directory cannot be written.
    pub fn save(&self, directory: &Path) -> Result<String> {
        let bytes = self.bytes()?;
        let hash = sha256(&bytes);
        fs::create_dir_all(directory)?;
        let unfinished = directory.join(format!(".{hash}.part"));
        fs::write(&unfinished, &bytes)?;
        fs::rename(&unfinished, directory.join(format!("{hash}.json")))?;
        Ok(hash)
    }

    /// Reads an artefact and checks its bytes against the hash in its name.
    ///
    /// # Errors
    /// [`Error::HashMismatch`], [`Error::Format`], [`Error::Shape`], [`Error::Json`] or [`Error::Io`].
    pub fn load(path: &Path) -> Result<Self> {
        let bytes = fs::read(path)?;
        let found = sha256(&bytes);
        let expected = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if found != expected {
            return Err(Error::HashMismatch { found, expected });
        }
        let artefact: Self = serde_json::from_slice(&bytes)?;
        artefact.check()?;
        Ok(artefact)
    }

    fn check(&self) -> Result<()> {
        if self.format != FORMAT {
            return Err(Error::Format {
                found: self.format,
                expected: FORMAT,
            });
        }
        let Model::Hazard(weights) = &self.model;
        weights.check()?;
        let intervals = weights.intervals().count();
        let groups = self
            .reference
            .levels
            .iter()
            .flat_map(|level| level.groups.values());
        let odd = groups
            .chain([&self.reference.overall])
            .find(|group| group.hazards.len() != intervals);
        if let Some(group) = odd {
            let found = group.hazards.len();
            return Err(Error::Shape {
                what: "hazards of a reference group",
                found,
                expected: intervals,
            });
        }
        for feature in &self.spec.features {
            let (found, expected) = (feature.reference.len(), feature.encoding.codes());
            if found != expected {
                return Err(Error::Shape {
                    what: "reference shares of a feature",
                    found,
                    expected,
                });
            }
        }
        Ok(())
    }

    /// Reads back what it writes until that changes nothing: JSON parsing may move a number by
    /// one unit in the last place, and a saved model must score as the one in memory, bit for bit.
    pub(crate) fn settled(mut self) -> Result<Self> {
        const ROUNDS: usize = 64;
        for _ in 0..ROUNDS {
            let read: Self = serde_json::from_slice(&self.bytes()?)?;
            if read == self {
                break;
            }
            self = read;
        }
        Ok(self)
    }
}

fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}
