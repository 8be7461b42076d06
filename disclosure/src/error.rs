/// What can go wrong in disclosure control.
#[derive(Debug, Clone, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// A perturbation table that cannot exist.
    #[error("perturbation table: {found}; expected {expected}")]
    Shape {
        /// What was asked for.
        found: String,
        /// What is possible.
        expected: String,
    },
    /// The numbers of an elimination grew beyond 128 bits.
    #[error("suppression: coefficients grew too large at cell {cell}; split the tables")]
    Overflow {
        /// The cell that was being decided.
        cell: usize,
    },
    /// A cell that names an inner row that does not exist.
    #[error("cell {cell} names inner row {row}, of {rows}")]
    Row {
        /// The cell.
        cell: usize,
        /// The row it names.
        row: usize,
        /// How many there are.
        rows: usize,
    },
    /// A linear program without an end: more steps than its size allows.
    #[error("bounds: the linear program did not end after {steps} steps")]
    Steps {
        /// Steps taken.
        steps: usize,
    },
}
