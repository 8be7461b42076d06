use chrono::{DateTime, Utc};
use rusqlite::{Connection, Row, Transaction, TransactionBehavior, params};

use crate::{
    AuditEntry, AuditRow, Error,
    audit::{GENESIS, chain, check, stored_time},
};

const COLUMNS: &str = "row, at, actor, role, action, subject, unit, purpose, allowed, hash";

/// Appends one entry and moves the head, in one transaction.
pub(super) fn append(connection: &mut Connection, entry: &AuditEntry) -> Result<i64, Error> {
    check(entry)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let (last, previous) = head(&transaction)?;
    let row = last + 1;
    let at = stored_time(entry.at);
    let hash = chain(&previous, row, &at, entry);
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
    transaction.commit()?;
    Ok(row)
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

/// Walks the chain from the first row to the head.
pub(super) fn verify(connection: &mut Connection) -> Result<u64, Error> {
    // One read transaction: what others append meanwhile is not seen.
    let transaction = connection.transaction()?;
    let (last, head_hash) = head(&transaction)?;
    let mut previous = GENESIS;
    let mut expected = 0;
    {
        let mut statement =
            transaction.prepare(&format!("SELECT {COLUMNS} FROM audit ORDER BY row"))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            expected += 1;
            previous = link(row, expected, &previous)?;
        }
    }
    if expected < last {
        return Err(broken(expected + 1, "is missing at the end"));
    }
    if expected > last || previous != head_hash {
        return Err(broken(
            expected,
            "is not the row that the head of the log names",
        ));
    }
    Ok(u64::try_from(expected).unwrap_or_default())
}

/// Checks one row against its place and the hash before it; gives its hash.
fn link(row: &Row<'_>, expected: i64, previous: &[u8; 32]) -> Result<[u8; 32], Error> {
    let (found, at) = read(row)?;
    if found.row != expected {
        return Err(broken(expected, "is missing"));
    }
    if chain(previous, found.row, &at, &found.entry) != found.hash {
        return Err(broken(expected, "was changed: its hash does not hold"));
    }
    Ok(found.hash)
}

fn broken(row: i64, problem: &'static str) -> Error {
    Error::AuditBroken { row, problem }
}

fn head(transaction: &Transaction<'_>) -> Result<(i64, [u8; 32]), Error> {
    let head = transaction.query_row("SELECT row, hash FROM audit_head", [], |row| {
        Ok((row.get(0)?, row.get(1)?))
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
