use std::{collections::BTreeMap, fmt::Debug};

use crate::{AuditEntry, AuditRow, Error, HeldRow, Identity, Operation, Receipt};

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

    /// Sealed identities after a person key (all when `None`), in order of key, at most `limit`.
    fn identities_after(&self, after: Option<i64>, limit: u32) -> Result<Vec<Identity>, Error>;

    /// Exchanges the sealed values of identities that are there, all or none.
    fn reseal(&self, identities: &[Identity]) -> Result<(), Error>;

    /// Gives persons new keys in one step: `pairs` = (old key, new key), `identities` = the whole new vault. Repeating
    /// a step that is made does nothing.
    fn rekey(&self, pairs: &[(i64, i64)], identities: &[Identity]) -> Result<(), Error>;

    /// Removes everything about persons (by person key) and their cases (by case id), but audit rows.
    ///
    /// **Output**: rows removed by table.
    fn forget(&self, persons: &[i64], cases: &[String]) -> Result<BTreeMap<String, u64>, Error>;

    /// What is held about a person beside vault and audit log.
    fn held(&self, person: i64, cases: &[String]) -> Result<Vec<HeldRow>, Error>;

    /// Adds keyed hashes to the list of what was erased and must not come back.
    fn bury(&self, macs: &[[u8; 16]]) -> Result<(), Error>;

    /// The list of what was erased and must not come back.
    fn buried(&self) -> Result<Vec<[u8; 16]>, Error>;

    /// Stores the record of an operation and an audit row that names its hash, together and once.
    ///
    /// **Output**: whether it was new.
    ///
    /// **Errors**: [`Error::OperationDiffers`] if another record has that number.
    fn conclude(&self, operation: &Operation, entry: &AuditEntry) -> Result<bool, Error>;

    /// The records of all operations, by number.
    fn operations(&self) -> Result<Vec<Operation>, Error>;

    /// Writes the store anew without what was deleted, so that no trace of it is left in its files.
    fn compact(&self) -> Result<(), Error>;
}
