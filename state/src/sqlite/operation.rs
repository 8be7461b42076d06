use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use super::audit;
use crate::{AuditEntry, AuditKey, Error, Operation, audit::check};

/// Stores a record and its audit row together, once. The audit row's subject becomes the record's hash.
pub(super) fn conclude(
    connection: &mut Connection,
    key: Option<&AuditKey>,
    operation: &Operation,
    entry: &AuditEntry,
) -> Result<bool, Error> {
    // Before the hash is the subject: hexadecimal digits can look like a number.
    check(entry)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let hash = operation.hash();
    let stored: Option<String> = transaction
        .query_row(
            "SELECT hash FROM operation WHERE number = ?1",
            [operation.number],
            |row| row.get(0),
        )
        .optional()?;
    if let Some(stored) = stored {
        return if stored == hash {
            Ok(false)
        } else {
            Err(Error::OperationDiffers {
                number: operation.number,
            })
        };
    }
    transaction.execute(
        "INSERT INTO operation (number, record, hash) VALUES (?1, ?2, ?3)",
        params![operation.number, operation.record, hash],
    )?;
    let entry = AuditEntry {
        subject: hash,
        action: format!("operation_{}", entry.action),
        ..entry.clone()
    };
    let (row, hash) = audit::append_in(&transaction, key, &entry)?;
    transaction.commit()?;
    audit::keep(key, row, &hash)?;
    Ok(true)
}

/// All records, by number.
pub(super) fn list(connection: &Connection) -> Result<Vec<Operation>, Error> {
    let mut statement =
        connection.prepare("SELECT number, record FROM operation ORDER BY number")?;
    let rows = statement.query_map([], |row| {
        Ok(Operation {
            number: row.get(0)?,
            record: row.get(1)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Every record is the one that an audit row names: a changed or lost record is found.
pub(super) fn verify(connection: &Connection) -> Result<(), Error> {
    let mut named = connection
        .prepare("SELECT 1 FROM audit WHERE subject = ?1 AND action LIKE 'operation_%'")?;
    for operation in list(connection)? {
        if !named.exists([operation.hash()])? {
            return Err(Error::OperationDiffers {
                number: operation.number,
            });
        }
    }
    let mut lost = connection.prepare(
        "SELECT a.row FROM audit a LEFT JOIN operation o ON o.hash = a.subject \
         WHERE a.action LIKE 'operation_%' AND o.hash IS NULL ORDER BY a.row LIMIT 1",
    )?;
    match lost.query_row([], |row| row.get(0)).optional()? {
        Some(row) => Err(Error::AuditBroken {
            row,
            problem: "names a record of an operation that is missing",
        }),
        None => Ok(()),
    }
}
