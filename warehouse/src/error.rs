/// What can go wrong in the warehouse.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A question that cannot be asked so.
    #[error("{what}: {found:?} is not possible here; expected {expected}")]
    Question {
        /// The part of the question.
        what: &'static str,
        /// What was asked.
        found: String,
        /// What would have been right.
        expected: String,
    },
    /// A snapshot whose files are gone.
    #[error(
        "snapshot {snapshot}: withdrawn {at}, {because}; its files are deleted, expected one that `frisk snapshots` lists as kept"
    )]
    Withdrawn {
        /// The snapshot.
        snapshot: String,
        /// When its files were deleted.
        at: String,
        /// Why.
        because: String,
    },
    /// All places for calculations are taken; the same question may be asked again.
    #[error("busy: all {limit} places for calculations are taken")]
    Busy {
        /// How many calculations may run at once.
        limit: usize,
    },
    /// A table that does not have the shape it should have.
    #[error("table {table}: {problem}")]
    Table {
        /// The table.
        table: String,
        /// What is wrong with it.
        problem: String,
    },
    /// A file could not be read or written.
    #[error("{path}: {source}")]
    Io {
        /// The file or folder.
        path: String,
        /// The cause.
        source: std::io::Error,
    },
    /// The tables could not be reached.
    #[error("{0}")]
    Engine(#[from] frisk_engine::Error),
    /// Arrow could not build or read a batch.
    #[error("{0}")]
    Arrow(#[from] arrow::error::ArrowError),
    /// Parquet could not be read or written.
    #[error("{0}")]
    Parquet(#[from] parquet::errors::ParquetError),
    /// A JSON file of the warehouse could not be read.
    #[error("{0}")]
    Json(#[from] serde_json::Error),
    /// A spreadsheet could not be written.
    #[error("{0}")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
}
