use std::path::{Path, PathBuf};

/// What can go wrong while a world is made or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A field of the plan is outside what the simulator can do.
    #[error("plan field `{field}` is {found}; expected {expected}")]
    Plan {
        /// Name of the field.
        field: &'static str,
        /// The value found.
        found: String,
        /// What is accepted.
        expected: &'static str,
    },
    /// A hazard file could not be used.
    #[error("hazard file {}: {problem}; expected {expected}", path.display())]
    Hazards {
        /// The file.
        path: PathBuf,
        /// What was found.
        problem: String,
        /// What is accepted.
        expected: &'static str,
    },
    /// A file or folder could not be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The cause.
        source: std::io::Error,
    },
    /// A CSV file could not be read or written.
    #[error("{}: {source}", path.display())]
    Csv {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: csv::Error,
    },
    /// A JSON file could not be written.
    #[error("plan.json: {0}")]
    Json(#[from] serde_json::Error),
    /// A batch did not fit its schema.
    #[error("record batch: {0}")]
    Arrow(#[from] arrow::error::ArrowError),
    /// A Parquet file could not be written.
    #[error("parquet: {0}")]
    Parquet(#[from] parquet::errors::ParquetError),
}

impl Error {
    pub(crate) fn io(path: &Path) -> impl FnOnce(std::io::Error) -> Self + '_ {
        move |source| Self::Io {
            path: path.to_path_buf(),
            source,
        }
    }

    pub(crate) fn csv(path: &Path) -> impl FnOnce(csv::Error) -> Self + '_ {
        move |source| Self::Csv {
            path: path.to_path_buf(),
            source,
        }
    }
}
