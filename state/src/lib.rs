//! The small relational store beside the warehouse: vault, receipts and audit log.
//!
//! What must change row by row, and what must not lie in the warehouse, lies here: the sealed identities behind
//! the person keys, the receipt of each ingested batch, and the hash-chained log of who read what. One trait,
//! [`StateStore`], stands before it; [`SqliteStore`] is the embedded implementation.
#![deny(missing_docs)]

mod audit;
mod error;
mod identity;
mod receipt;
mod sqlite;
mod store;

pub use audit::{AuditEntry, AuditRow};
pub use error::Error;
pub use identity::Identity;
pub use receipt::Receipt;
pub use sqlite::SqliteStore;
pub use store::StateStore;
