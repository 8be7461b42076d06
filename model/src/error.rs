//! Errors of the crate: what failed, where, and what was expected.

use thiserror::Error;

/// What can go wrong between a feature batch and a risk.
///
/// Messages name columns, rows and parameters, never a person or a value of a document.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// The batch lacks a column which the feature spec or the cohort needs.
    #[error("column `{column}` is missing from the feature batch")]
    MissingColumn {
        /// Name of the column.
        column: String,
    },
    /// A column has another Arrow type than expected.
    #[error("column `{column}` has type {found}, expected {expected}")]
    ColumnType {
        /// Name of the column.
        column: String,
        /// Arrow type found.
        found: String,
        /// Type or family of types expected.
        expected: &'static str,
    },
    /// A required value is null.
    #[error("column `{column}`, row {row}: null where a value is required")]
    Null {
        /// Name of the column.
        column: String,
        /// 0-based row of the batch.
        row: usize,
    },
    /// A value lies outside what the column may hold.
    #[error("column `{column}`, row {row}: {found}, expected {expected}")]
    Value {
        /// Name of the column.
        column: String,
        /// 0-based row of the batch.
        row: usize,
        /// Value found (a number of days, never text of a document).
        found: i64,
        /// What is allowed.
        expected: String,
    },
    /// A column has more levels than a 16-bit code can hold.
    #[error(
        "column `{column}` has {levels} levels, at most 65,000 are supported: raise `min_count`"
    )]
    TooManyLevels {
        /// Name of the column.
        column: String,
        /// Number of levels kept.
        levels: usize,
    },
    /// A parameter is outside its allowed range.
    #[error("parameter `{name}` is {found}, expected {expected}")]
    Parameter {
        /// Name of the parameter.
        name: &'static str,
        /// Value found.
        found: String,
        /// What is allowed.
        expected: &'static str,
    },
    /// Too little data for the step.
    #[error("{what}: {found} found, at least {needed} needed")]
    TooFew {
        /// What was counted.
        what: &'static str,
        /// How many there are.
        found: usize,
        /// How many are needed.
        needed: usize,
    },
    /// Matrix, outcome and model do not belong together.
    #[error("{what}: {found} found, {expected} expected")]
    Shape {
        /// What was compared.
        what: &'static str,
        /// Size found.
        found: usize,
        /// Size expected.
        expected: usize,
    },
    /// No ongoing case among the newest: only closed cases were handed in.
    #[error(
        "none of the {cases} cases begun in the last {days} days before the end of data is ongoing: training on closed cases only understates risk"
    )]
    ClosedCasesOnly {
        /// Cases looked at.
        cases: usize,
        /// Width of the window in days.
        days: i32,
    },
    /// The solver did not reach its tolerance.
    #[error(
        "not converged after {iterations} iterations: largest gradient per case {gradient:e}, expected below {tolerance:e}"
    )]
    NotConverged {
        /// Newton steps taken.
        iterations: usize,
        /// Inf-norm of the gradient divided by the number of cases.
        gradient: f64,
        /// The tolerance asked for.
        tolerance: f64,
    },
    /// The information matrix is not positive definite.
    #[error(
        "information matrix is singular at parameter {parameter}: raise the penalty or drop a level"
    )]
    Singular {
        /// 0-based parameter at which the factorisation broke down.
        parameter: usize,
    },
    /// The artefact's bytes are not what its name says.
    #[error("artefact hash is {found}, its name says {expected}")]
    HashMismatch {
        /// SHA-256 of the bytes, hex.
        found: String,
        /// SHA-256 in the file name, hex.
        expected: String,
    },
    /// The artefact was written by another version of the format.
    #[error("artefact format {found}, this program reads format {expected}")]
    Format {
        /// Format number in the file.
        found: u32,
        /// Format number supported.
        expected: u32,
    },
    /// A cell of a table is not what its column needs.
    #[error("column `{column}`, row {row}: {expected} expected")]
    Cell {
        /// Name of the column.
        column: String,
        /// 0-based row of the table.
        row: usize,
        /// What is allowed.
        expected: &'static str,
    },
    /// A file of SRS coefficients is missing or not of its form.
    #[error("{file}: {what}")]
    SrsFile {
        /// Name of the file.
        file: &'static str,
        /// What is wrong and where.
        what: String,
    },
    /// The registry has no such model.
    #[error("no such model: {expected} expected")]
    NoModel {
        /// What would have been one.
        expected: &'static str,
    },
    /// Reading or writing failed.
    #[error("artefact file: {0}")]
    Io(#[from] std::io::Error),
    /// The artefact is not valid JSON of its form.
    #[error("artefact JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// Arrow refused a conversion.
    #[error("feature batch: {0}")]
    Arrow(#[from] arrow::error::ArrowError),
    /// linfa refused the data.
    #[error("linfa: {0}")]
    Linfa(#[from] linfa::Error),
    /// linfa-logistic refused the data or failed.
    #[error("linfa-logistic: {0}")]
    LinfaLogistic(#[from] linfa_logistic::error::Error),
}

/// Result of this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;
