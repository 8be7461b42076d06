use std::{
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use rusqlite::Connection;

use crate::{AuditEntry, AuditRow, Error, Identity, Receipt, StateStore};

mod audit;
mod migrate;
mod receipt;
mod vault;

/// How long a call waits for another process that writes.
const BUSY: Duration = Duration::from_secs(10);

/// The embedded store: one SQLite file with a write-ahead log.
#[derive(Debug)]
pub struct SqliteStore {
    connection: Mutex<Connection>,
}

impl SqliteStore {
    /// Opens the store in a file, making or upgrading it as needed.
    ///
    /// **Errors**: [`Error::Newer`] if a newer Frisk made it, [`Error::Database`] if it cannot be opened.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let connection = Connection::open(path)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        // A receipt or an identity must outlive a power cut, not only a killed process.
        connection.pragma_update(None, "synchronous", "FULL")?;
        Self::prepare(connection)
    }

    /// A store that lives as long as the process: for tests and for trying out.
    ///
    /// **Errors**: [`Error::Database`] if SQLite cannot start.
    pub fn in_memory() -> Result<Self, Error> {
        Self::prepare(Connection::open_in_memory()?)
    }

    fn prepare(mut connection: Connection) -> Result<Self, Error> {
        connection.busy_timeout(BUSY)?;
        connection.pragma_update(None, "foreign_keys", true)?;
        migrate::run(&mut connection)?;
        Ok(Self {
            connection: Mutex::new(connection),
        })
    }

    /// The connection. A panic in another thread rolled its transaction back, so the connection is still good.
    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl StateStore for SqliteStore {
    fn put_identities(&self, identities: &[Identity]) -> Result<usize, Error> {
        vault::put(&mut self.lock(), identities)
    }

    fn identity(&self, person_key: i64) -> Result<Option<Identity>, Error> {
        vault::get(&self.lock(), person_key)
    }

    fn put_receipt(&self, receipt: &Receipt) -> Result<bool, Error> {
        receipt::put(&mut self.lock(), receipt)
    }

    fn receipts(&self) -> Result<Vec<Receipt>, Error> {
        receipt::list(&self.lock())
    }

    fn append_audit(&self, entry: &AuditEntry) -> Result<i64, Error> {
        audit::append(&mut self.lock(), entry)
    }

    fn audit_after(&self, after: i64, limit: u32) -> Result<Vec<AuditRow>, Error> {
        audit::after(&self.lock(), after, limit)
    }

    fn verify_audit(&self) -> Result<u64, Error> {
        audit::verify(&mut self.lock())
    }
}

#[cfg(test)]
mod tests;
