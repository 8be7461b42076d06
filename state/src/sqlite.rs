use std::{
    collections::BTreeMap,
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use rusqlite::Connection;

use crate::{
    AuditEntry, AuditKey, AuditRow, Error, HeldRow, Identity, Operation, Receipt, StateStore,
};

mod audit;
mod migrate;
mod operation;
mod person;
mod receipt;
mod vault;

/// How long a call waits for another process that writes.
const BUSY: Duration = Duration::from_secs(10);

/// The embedded store: one SQLite file with a write-ahead log.
#[derive(Debug)]
pub struct SqliteStore {
    connection: Mutex<Connection>,
    audit_key: Option<AuditKey>,
}

impl SqliteStore {
    /// Opens the store in a file, making or upgrading it as needed. Without the audit key, a keyed log can be read but
    /// neither written nor verified.
    ///
    /// **Errors**: [`Error::Newer`] if a newer Frisk made it, [`Error::Database`] if it cannot be opened.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let connection = Connection::open(path)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        // A receipt or an identity must outlive a power cut, not only a killed process.
        connection.pragma_update(None, "synchronous", "FULL")?;
        // What is deleted is overwritten with zeros.
        connection.pragma_update(None, "secure_delete", true)?;
        Self::prepare(connection)
    }

    /// Opens the store with the key of its audit log. A log that was chained without a key is checked and chained anew
    /// with it.
    ///
    /// **Errors**: as [`Self::open`]; [`Error::AuditBroken`] if a log without key is not whole, or is where the kept
    /// head says that a keyed one was.
    pub fn open_keyed(path: &Path, key: AuditKey) -> Result<Self, Error> {
        let mut store = Self::open(path)?;
        audit::adopt(&mut store.lock(), &key)?;
        store.audit_key = Some(key);
        Ok(store)
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
            audit_key: None,
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
        audit::append(&mut self.lock(), self.audit_key.as_ref(), entry)
    }

    fn audit_after(&self, after: i64, limit: u32) -> Result<Vec<AuditRow>, Error> {
        audit::after(&self.lock(), after, limit)
    }

    fn verify_audit(&self) -> Result<u64, Error> {
        audit::verify(&mut self.lock(), self.audit_key.as_ref())
    }

    fn identities_after(&self, after: Option<i64>, limit: u32) -> Result<Vec<Identity>, Error> {
        vault::after(&self.lock(), after, limit)
    }

    fn reseal(&self, identities: &[Identity]) -> Result<(), Error> {
        vault::reseal(&mut self.lock(), identities)
    }

    fn rekey(&self, pairs: &[(i64, i64)], identities: &[Identity]) -> Result<(), Error> {
        person::rekey(&mut self.lock(), pairs, identities)
    }

    fn forget(&self, persons: &[i64], cases: &[String]) -> Result<BTreeMap<String, u64>, Error> {
        person::forget(&mut self.lock(), persons, cases)
    }

    fn held(&self, person: i64, cases: &[String]) -> Result<Vec<HeldRow>, Error> {
        person::held(&self.lock(), person, cases)
    }

    fn bury(&self, macs: &[[u8; 16]]) -> Result<(), Error> {
        vault::bury(&mut self.lock(), macs)
    }

    fn buried(&self) -> Result<Vec<[u8; 16]>, Error> {
        vault::buried(&self.lock())
    }

    fn conclude(&self, operation: &Operation, entry: &AuditEntry) -> Result<bool, Error> {
        operation::conclude(&mut self.lock(), self.audit_key.as_ref(), operation, entry)
    }

    fn operations(&self) -> Result<Vec<Operation>, Error> {
        operation::list(&self.lock())
    }

    fn compact(&self) -> Result<(), Error> {
        let connection = self.lock();
        connection.execute_batch("VACUUM")?;
        // The write-ahead log keeps earlier pages until it is cut off, which a reader can hold up.
        let held_up: bool =
            connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if held_up {
            return Err(Error::HeldUp);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
