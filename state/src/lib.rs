//! The small relational store beside the warehouse: vault, receipts and audit log.
//!
//! What must change row by row, and what must not lie in the warehouse, lies here: the sealed identities behind
//! the person keys, the receipt of each ingested batch, and the log of who read what, chained with a keyed hash. One trait,
//! [`StateStore`], stands before it; [`SqliteStore`] is the embedded implementation.
#![deny(missing_docs)]

mod audit;
mod audit_key;
mod error;
mod identity;
mod operation;
mod receipt;
mod sqlite;
mod store;

pub use audit::{AuditEntry, AuditRow, looks_personal};
pub use audit_key::AuditKey;
pub use error::Error;
pub use identity::Identity;
pub use operation::{HeldRow, Operation};
pub use receipt::Receipt;
pub use sqlite::SqliteStore;
pub use store::StateStore;
