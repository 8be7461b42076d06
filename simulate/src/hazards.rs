mod own;
mod srs;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;

use crate::Error;
pub(crate) use own::{OFFER_DAYS, Offers, Own, Pilot};
pub(crate) use srs::Srs;

/// Where the hazards of return come from.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Hazards {
    /// Frisk's own, fitted at start-up so that the published margins hold in the world of the plan.
    #[default]
    Own,
    /// Coefficients of SRS v3 read from files, so that the truth comes from outside. Diagnoses without a model
    /// there keep Frisk's own.
    Files(FileHazards),
}

/// Hazards read from a folder.
#[derive(Debug, Clone, Serialize)]
pub struct FileHazards {
    /// The folder they were read from.
    pub folder: PathBuf,
    #[serde(skip)]
    pub(crate) models: Arc<Srs>,
}

impl Hazards {
    /// Reads SRS v3's coefficients: `model_coefficients.csv` and `model_breaks.csv` in `folder`.
    ///
    /// # Errors
    /// [`Error::Hazards`] or [`Error::Csv`] names the file and what was expected.
    pub fn from_folder(folder: &Path) -> Result<Self, Error> {
        let models = Arc::new(Srs::read(folder)?);
        Ok(Self::Files(FileHazards {
            folder: folder.to_path_buf(),
            models,
        }))
    }
}
