use rusqlite::{Connection, TransactionBehavior};

use crate::Error;

/// The guard against editing; taken away only while a log gets its key.
pub(super) const NO_UPDATE: &str = "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit \
     BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;";

/// One step a schema version; step `i` leads from version `i` to `i + 1`. Never edit a step that was released.
const STEPS: &[&str] = &["
CREATE TABLE vault (
    person_key INTEGER PRIMARY KEY,
    mac        BLOB NOT NULL CHECK (length(mac) = 32),
    nonce      BLOB NOT NULL,
    sealed     BLOB NOT NULL
) STRICT;

CREATE TABLE receipt (
    batch     INTEGER PRIMARY KEY,
    documents INTEGER NOT NULL,
    accepted  INTEGER NOT NULL,
    rejected  INTEGER NOT NULL,
    duplicate INTEGER NOT NULL,
    revoked   INTEGER NOT NULL,
    snapshot  TEXT NOT NULL
) STRICT;

CREATE TABLE audit (
    row     INTEGER PRIMARY KEY,
    at      TEXT NOT NULL,
    actor   TEXT NOT NULL,
    role    TEXT NOT NULL,
    action  TEXT NOT NULL,
    subject TEXT NOT NULL,
    unit    TEXT NOT NULL,
    purpose TEXT NOT NULL,
    allowed INTEGER NOT NULL CHECK (allowed IN (0, 1)),
    hash    BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;

-- The end of the chain, so that rows cut off at the end are missed.
CREATE TABLE audit_head (
    id   INTEGER PRIMARY KEY CHECK (id = 1),
    row  INTEGER NOT NULL,
    hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
INSERT INTO audit_head (id, row, hash) VALUES (1, 0, zeroblob(32));
", "
-- Whether the rows are chained with the installation's key.
ALTER TABLE audit_head ADD COLUMN keyed INTEGER NOT NULL DEFAULT 0 CHECK (keyed IN (0, 1));

-- Keyed hashes of documents and certificates that were erased and must not come back.
CREATE TABLE tombstone (mac BLOB PRIMARY KEY CHECK (length(mac) = 16)) STRICT, WITHOUT ROWID;

-- What was done to the whole installation (erasure, rotation): a record without identity, named by an audit row.
CREATE TABLE operation (
    number INTEGER PRIMARY KEY,
    record TEXT NOT NULL,
    hash   TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;
"];

/// Brings the schema up to the version that this build knows.
pub(super) fn run(connection: &mut Connection) -> Result<(), Error> {
    // Immediate: of two processes that open a new file, one makes the tables and the other waits and sees them.
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let known = i64::try_from(STEPS.len()).unwrap_or(i64::MAX);
    let found: i64 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if found > known {
        return Err(Error::Newer { found, known });
    }
    let done = usize::try_from(found).unwrap_or_default();
    for step in STEPS.iter().skip(done) {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "user_version", known)?;
    transaction.commit()?;
    Ok(())
}
