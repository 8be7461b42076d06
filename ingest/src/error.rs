/// What can go wrong in `ingest` beyond faults of documents, which are rows and not errors.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder could not be read.
    #[error("cannot read {path}: {source}")]
    Source {
        /// Which file or folder.
        path: std::path::PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A secret is not 64 hexadecimal digits.
    #[error("a secret is 64 hexadecimal digits (32 bytes), not {found} characters")]
    Secret {
        /// How many characters were given.
        found: usize,
    },
    /// A sealed identity could not be opened with this secret.
    #[error("a sealed identity does not open: other secret, or damaged")]
    Seal,
    /// Rows do not fit their schema.
    #[error("rows of {table} do not fit their schema: {source}")]
    Rows {
        /// Which table.
        table: &'static str,
        /// Why.
        source: arrow::error::ArrowError,
    },
}
