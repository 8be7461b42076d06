use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, TransactionBehavior, params};

use super::{migrate, operation};
use crate::{
    AuditEntry, AuditKey, AuditRow, Error,
    audit::{GENESIS, chain, check, stored_time},
};

const COLUMNS: &str = "row, at, actor, role, action, subject, unit, purpose, allowed, hash";

/// Appends one entry and moves the head, in one transaction; then keeps the head outside.
pub(super) fn append(
    connection: &mut Connection,
    key: Option<&AuditKey>,
    entry: &AuditEntry,
) -> Result<i64, Error> {
    check(entry)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let (row, hash) = append_in(&transaction, key, entry)?;
    transaction.commit()?;
    keep(key, row, &hash)?;
    Ok(row)
}

/// Keeps the head outside the store. A crash before this leaves a kept head that is one row short, which is no fault.
pub(super) fn keep(key: Option<&AuditKey>, row: i64, hash: &[u8; 32]) -> Result<(), Error> {
    key.map_or(Ok(()), |key| key.keep(row, hash))
}

/// Appends one checked entry within a transaction: its number and hash.
pub(super) fn append_in(
    transaction: &Transaction<'_>,
    key: Option<&AuditKey>,
    entry: &AuditEntry,
) -> Result<(i64, [u8; 32]), Error> {
    let head = head(transaction)?;
    let key = head.key(key)?;
    let row = head.row + 1;
    let at = stored_time(entry.at);
    let hash = chain(key, &head.hash, (row, &at), entry);
    transaction.execute(
        &format!("INSERT INTO audit ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"),
        params![
            row,
            at,
            entry.actor,
            entry.role,
            entry.action,
            entry.subject,
            entry.unit,
            entry.purpose,
            entry.allowed,
            hash
        ],
    )?;
    transaction.execute(
        "UPDATE audit_head SET row = ?1, hash = ?2",
        params![row, hash],
    )?;
    Ok((row, hash))
}

/// Chains a log that has no key yet anew with one, after checking it; keeps its head outside.
pub(super) fn adopt(connection: &mut Connection, key: &AuditKey) -> Result<(), Error> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if head(&transaction)?.keyed {
        return Ok(());
    }
    if key.kept()?.is_some() {
        return Err(broken(
            0,
            "the log is not keyed, but the head kept beside the key is of a keyed log",
        ));
    }
    walk(&transaction, None)?;
    let entries: Vec<(AuditRow, String)> = {
        let mut statement =
            transaction.prepare(&format!("SELECT {COLUMNS} FROM audit ORDER BY row"))?;
        let mut rows = statement.query([])?;
        let mut entries = Vec::new();
        while let Some(row) = rows.next()? {
            entries.push(read(row)?);
        }
        entries
    };
    let (mut row, mut hash) = (0, GENESIS);
    transaction.execute_batch("DROP TRIGGER audit_no_update")?;
    for (entry, at) in &entries {
        row = entry.row;
        hash = chain(Some(key), &hash, (row, at), &entry.entry);
        transaction.execute(
            "UPDATE audit SET hash = ?2 WHERE row = ?1",
            params![row, hash],
        )?;
    }
    transaction.execute_batch(migrate::NO_UPDATE)?;
    transaction.execute(
        "UPDATE audit_head SET row = ?1, hash = ?2, keyed = 1",
        params![row, hash],
    )?;
    transaction.commit()?;
    key.keep(row, &hash)
}

/// Rows after a running number.
pub(super) fn after(
    connection: &Connection,
    after: i64,
    limit: u32,
) -> Result<Vec<AuditRow>, Error> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM audit WHERE row > ?1 ORDER BY row LIMIT ?2"
    ))?;
    let mut rows = statement.query(params![after, limit])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(row)?.0);
    }
    Ok(found)
}

/// Walks the chain from the first row to the head, and holds it against the head that is kept outside.
pub(super) fn verify(connection: &mut Connection, key: Option<&AuditKey>) -> Result<u64, Error> {
    // Before the rows: what others append meanwhile only makes the log longer than the kept head.
    let kept = key.map_or(Ok(None), AuditKey::kept)?;
    // One read transaction: what others append meanwhile is not seen.
    let transaction = connection.transaction()?;
    let rows = walk(&transaction, key)?;
    if let Some((row, hash)) = kept {
        if row > rows {
            return Err(broken(
                rows + 1,
                "is missing at the end: the head kept beside the key is later",
            ));
        }
        let stored: Option<[u8; 32]> = transaction
            .query_row("SELECT hash FROM audit WHERE row = ?1", [row], |row| {
                row.get(0)
            })
            .optional()?;
        if row > 0 && stored != Some(hash) {
            return Err(broken(
                row,
                "is not the row that the head kept beside the key names",
            ));
        }
    } else if rows > 0 && key.is_some_and(AuditKey::has_head) {
        return Err(broken(
            rows,
            "cannot be held against the head: the file kept beside the key is gone",
        ));
    }
    operation::verify(&transaction)?;
    Ok(u64::try_from(rows).unwrap_or_default())
}

/// Checks every row and the head in the store; gives the number of rows.
fn walk(transaction: &Transaction<'_>, key: Option<&AuditKey>) -> Result<i64, Error> {
    let head = head(transaction)?;
    let key = head.key(key)?;
    let mut previous = GENESIS;
    let mut expected = 0;
    {
        let mut statement =
            transaction.prepare(&format!("SELECT {COLUMNS} FROM audit ORDER BY row"))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            expected += 1;
            previous = link(row, expected, (key, &previous))?;
        }
    }
    if expected < head.row {
        return Err(broken(expected + 1, "is missing at the end"));
    }
    if expected > head.row || previous != head.hash {
        return Err(broken(
            expected,
            "is not the row that the head of the log names",
        ));
    }
    Ok(expected)
}

/// Checks one row against its place and the hash before it; gives its hash.
fn link(
    row: &Row<'_>,
    expected: i64,
    (key, previous): (Option<&AuditKey>, &[u8; 32]),
) -> Result<[u8; 32], Error> {
    let (found, at) = read(row)?;
    if found.row != expected {
        return Err(broken(expected, "is missing"));
    }
    if chain(key, previous, (found.row, &at), &found.entry) != found.hash {
        return Err(broken(expected, "was changed: its hash does not hold"));
    }
    Ok(found.hash)
}

fn broken(row: i64, problem: &'static str) -> Error {
    Error::AuditBroken { row, problem }
}

/// The end of the chain as the store has it.
struct Head {
    row: i64,
    hash: [u8; 32],
    keyed: bool,
}

impl Head {
    /// The key that the rows are chained with: none in a log without key.
    fn key<'k>(&self, key: Option<&'k AuditKey>) -> Result<Option<&'k AuditKey>, Error> {
        match (self.keyed, key) {
            (false, Some(_)) => Err(broken(
                self.row,
                "is the end of a log without key, where a keyed one is expected",
            )),
            (true, None) => Err(Error::AuditKeyMissing),
            (_, key) => Ok(key),
        }
    }
}

fn head(transaction: &Transaction<'_>) -> Result<Head, Error> {
    let sql = "SELECT row, hash, keyed FROM audit_head";
    let head = transaction.query_row(sql, [], |row| {
        Ok(Head {
            row: row.get(0)?,
            hash: row.get(1)?,
            keyed: row.get(2)?,
        })
    })?;
    Ok(head)
}

/// A row, and its time as stored (which is what was hashed).
fn read(row: &Row<'_>) -> Result<(AuditRow, String), Error> {
    let at: String = row.get(1)?;
    let time = DateTime::parse_from_rfc3339(&at).map_err(|_| Error::Stored {
        what: "audit.at",
        expected: "an RFC 3339 time",
    })?;
    let entry = AuditEntry {
        at: time.with_timezone(&Utc),
        actor: row.get(2)?,
        role: row.get(3)?,
        action: row.get(4)?,
        subject: row.get(5)?,
        unit: row.get(6)?,
        purpose: row.get(7)?,
        allowed: row.get(8)?,
    };
    let found = AuditRow {
        row: row.get(0)?,
        entry,
        hash: row.get(9)?,
    };
    Ok((found, at))
}
