use std::fmt::Debug;

use crate::{AuditEntry, AuditRow, Error, Identity, Receipt};

/// The state that is not the warehouse. Calls are short and block; from async code use a blocking task.
pub trait StateStore: Send + Sync + Debug {
    /// Puts identities into the vault, all or none; those already there are left as they are.
    ///
    /// **Output**: how many were new.
    ///
    /// **Errors**: [`Error::KeyCollision`] if a key stands for a person with another MAC; nothing is then written.
    fn put_identities(&self, identities: &[Identity]) -> Result<usize, Error>;

    /// The sealed identity behind a person key.
    fn identity(&self, person_key: i64) -> Result<Option<Identity>, Error>;

    /// Stores the receipt of a batch. The same receipt again does nothing.
    ///
    /// **Output**: whether it was new.
    ///
    /// **Errors**: [`Error::ReceiptDiffers`] if the batch already has another receipt.
    fn put_receipt(&self, receipt: &Receipt) -> Result<bool, Error>;

    /// All receipts, by batch.
    fn receipts(&self) -> Result<Vec<Receipt>, Error>;

    /// Appends an entry to the audit log.
    ///
    /// **Output**: its running number, from 1.
    ///
    /// **Errors**: [`Error::PersonalNumber`] if a text field looks like a personal number.
    fn append_audit(&self, entry: &AuditEntry) -> Result<i64, Error>;

    /// Audit rows after running number `after`, oldest first, at most `limit`.
    fn audit_after(&self, after: i64, limit: u32) -> Result<Vec<AuditRow>, Error>;

    /// Reads the whole audit log and checks its chain.
    ///
    /// **Output**: number of rows.
    ///
    /// **Errors**: [`Error::AuditBroken`] with the first row that was edited, removed or put in.
    fn verify_audit(&self) -> Result<u64, Error>;
}
