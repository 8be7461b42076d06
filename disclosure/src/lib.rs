//! Disclosure control of frequency tables: who may be told what about how many.
//!
//! - [`PerturbationTable`] and [`CellKeys`]: the cell key method. Each record has a secret key; a cell's keys are summed;
//!   the sum picks the noise. The same set of records gets the same noise in every table.
//! - [`Matrix`] and [`protect`]: suppression of cells, primary and complementary, over one joint model of all tables.
//! - [`attack`]: what an outsider can work out from what is published. It must break weak tables and fail on ours.
//!
//! Nothing here knows Arrow, files or the domain: cells are numbers. Source of every rule: the project's
//! `DISCLOSURE.md`, cited by section.
#![deny(missing_docs)]

pub mod attack;
mod cell_key;
mod eliminate;
mod error;
mod matrix;
mod perturbation;
mod primary;
mod simplex;

pub use cell_key::{CellKeys, RecordKey};
pub use eliminate::{Protection, Task, protect};
pub use error::Error;
pub use matrix::{Column, Matrix};
pub use perturbation::{PerturbationTable, Shape};
pub use primary::{Contributors, PrimaryRules};
