use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};

use crate::{Error, Receipt};

const COLUMNS: &str = "batch, documents, accepted, rejected, duplicate, revoked, snapshot";

/// Stores a receipt once.
pub(super) fn put(connection: &mut Connection, receipt: &Receipt) -> Result<bool, Error> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let stored = transaction
        .query_row(
            &format!("SELECT {COLUMNS} FROM receipt WHERE batch = ?1"),
            [receipt.batch],
            read,
        )
        .optional()?;
    match stored {
        Some(stored) if stored == *receipt => return Ok(false),
        Some(_) => {
            return Err(Error::ReceiptDiffers {
                batch: receipt.batch,
            });
        }
        None => {}
    }
    transaction.execute(
        &format!("INSERT INTO receipt ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"),
        params![
            receipt.batch,
            count(receipt.documents),
            count(receipt.accepted),
            count(receipt.rejected),
            count(receipt.duplicate),
            count(receipt.revoked),
            receipt.snapshot
        ],
    )?;
    transaction.commit()?;
    Ok(true)
}

/// All receipts, by batch.
pub(super) fn list(connection: &Connection) -> Result<Vec<Receipt>, Error> {
    let mut statement =
        connection.prepare_cached(&format!("SELECT {COLUMNS} FROM receipt ORDER BY batch"))?;
    let receipts = statement.query_map([], read)?.collect::<Result<_, _>>()?;
    Ok(receipts)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Receipt> {
    let number = |column: usize| row.get::<_, i64>(column).map(i64::unsigned_abs);
    Ok(Receipt {
        batch: row.get(0)?,
        documents: number(1)?,
        accepted: number(2)?,
        rejected: number(3)?,
        duplicate: number(4)?,
        revoked: number(5)?,
        snapshot: row.get(6)?,
    })
}

/// A count as SQLite stores it; no batch holds 2⁶³ documents.
fn count(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
