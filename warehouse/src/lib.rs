//! Batches to tables to sick cases to statistics and feature batches.
#![deny(missing_docs)]

mod cube;
mod error;
mod fact;
mod question;

pub use cube::{Category, Cell, Cube, Dimension, Label, PublishedTable, Role};
pub use error::Error;
pub use fact::{Fact, Facts, Names};
pub use question::{Month, Policy, Question, Scope, View};
