/// What can go wrong in the state store. No variant carries a personal number or a sealed value.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The database could not be read or written.
    #[error("state database: {0}")]
    Database(#[from] rusqlite::Error),
    /// Two different persons have the same person key.
    #[error(
        "vault: person key {person_key} already stands for another person (key collision); expected the same MAC"
    )]
    KeyCollision {
        /// The key that two persons share.
        person_key: i64,
    },
    /// A batch has a receipt that says something else.
    #[error(
        "receipt of batch {batch}: the stored receipt differs; expected the same counts and snapshot"
    )]
    ReceiptDiffers {
        /// The batch.
        batch: i64,
    },
    /// What was deleted may still stand in the write-ahead log, since someone reads the store.
    #[error("state database: another process reads it, so its log cannot be cut off; try again")]
    HeldUp,
    /// The record of an operation is not the one that was stored.
    #[error("record of operation {number}: it is not the one that the audit log names")]
    OperationDiffers {
        /// Running number of the operation.
        number: i64,
    },
    /// The audit log is not what was written.
    #[error("audit log, row {row}: {problem}")]
    AuditBroken {
        /// Running number of the first row that does not hold, from 1.
        row: i64,
        /// What does not hold.
        problem: &'static str,
    },
    /// The log is chained with a key, and the store was opened without it.
    #[error("audit log: it is chained with a key; open the store with the installation's key file")]
    AuditKeyMissing,
    /// The kept head of the audit log could not be read or written.
    #[error("head of the audit log, {path}: {source}")]
    AuditHead {
        /// The head file.
        path: String,
        /// The cause.
        source: std::io::Error,
    },
    /// An audit entry that must not be written.
    #[error("audit entry, field {field}: looks like a personal number; expected a case id")]
    PersonalNumber {
        /// The field; its content is never repeated.
        field: &'static str,
    },
    /// A stored value does not have the shape it should have.
    #[error("state database, {what}: stored value is not {expected}")]
    Stored {
        /// Table and column.
        what: &'static str,
        /// What was expected.
        expected: &'static str,
    },
    /// The database was made by a newer Frisk.
    #[error("state database: schema version {found}, this Frisk knows up to {known}")]
    Newer {
        /// Version in the file.
        found: i64,
        /// Newest version that this build knows.
        known: i64,
    },
}

impl Error {
    /// Whether the same call may succeed later: the database was busy, or is read.
    #[must_use]
    pub fn retryable(&self) -> bool {
        use rusqlite::ErrorCode::{DatabaseBusy, DatabaseLocked};
        match self {
            Self::Database(rusqlite::Error::SqliteFailure(e, _)) => {
                matches!(e.code, DatabaseBusy | DatabaseLocked)
            }
            Self::HeldUp => true,
            _ => false,
        }
    }
}
