//! What the store holds about a person beside the vault: rows of any table with a column `person_key` or `case_id`.
//! Found by column name, so that a table that is added later is not forgotten.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, types::ValueRef};

use crate::{Error, HeldRow, Identity};

/// Removes persons and their cases; rows removed by table.
pub(super) fn forget(
    connection: &mut Connection,
    persons: &[i64],
    cases: &[String],
) -> Result<BTreeMap<String, u64>, Error> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut removed = BTreeMap::new();
    for (table, column) in naming(&transaction)? {
        let mut delete =
            transaction.prepare(&format!("DELETE FROM \"{table}\" WHERE \"{column}\" = ?1"))?;
        let mut rows = 0;
        if column == "person_key" {
            for person in persons {
                rows += delete.execute([person])?;
            }
        } else {
            for case in cases {
                rows += delete.execute([case])?;
            }
        }
        drop(delete);
        *removed.entry(table).or_insert(0) += rows as u64;
    }
    transaction.commit()?;
    removed.retain(|_, rows| *rows > 0);
    Ok(removed)
}

/// All rows about a person, but the vault's.
pub(super) fn held(
    connection: &Connection,
    person: i64,
    cases: &[String],
) -> Result<Vec<HeldRow>, Error> {
    let mut found = Vec::new();
    for (table, column) in naming(connection)? {
        if table == "vault" {
            continue;
        }
        let sql = format!("SELECT * FROM \"{table}\" WHERE \"{column}\" = ?1");
        let mut statement = connection.prepare(&sql)?;
        let names: Vec<String> = statement
            .column_names()
            .iter()
            .map(|&n| n.to_owned())
            .collect();
        let mut take = |rows: &mut rusqlite::Rows<'_>| -> Result<(), Error> {
            while let Some(row) = rows.next()? {
                let mut values = Vec::with_capacity(names.len());
                for (at, name) in names.iter().enumerate() {
                    values.push((name.clone(), text(row.get_ref(at)?)));
                }
                let table = table.clone();
                found.push(HeldRow { table, values });
            }
            Ok(())
        };
        if column == "person_key" {
            take(&mut statement.query([person])?)?;
        } else {
            for case in cases {
                take(&mut statement.query([case])?)?;
            }
        }
    }
    Ok(found)
}

/// New keys for all persons, in one transaction: the vault is exchanged, other tables are re-keyed.
/// Repeating a change that is made already does nothing.
pub(super) fn rekey(
    connection: &mut Connection,
    pairs: &[(i64, i64)],
    identities: &[Identity],
) -> Result<(), Error> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if already(&transaction, identities)? {
        return Ok(());
    }
    transaction.execute_batch(
        "CREATE TEMP TABLE new_key (old INTEGER PRIMARY KEY, new INTEGER NOT NULL UNIQUE);",
    )?;
    {
        let mut insert = transaction.prepare("INSERT INTO new_key (old, new) VALUES (?1, ?2)")?;
        for pair in pairs {
            insert.execute(*pair)?;
        }
    }
    for (table, column) in naming(&transaction)? {
        if table != "vault" && column == "person_key" {
            transaction.execute_batch(&format!(
                "UPDATE \"{table}\" SET person_key = (SELECT new FROM new_key WHERE old = person_key) \
                 WHERE person_key IN (SELECT old FROM new_key)"
            ))?;
        }
    }
    transaction.execute_batch("DELETE FROM vault; DROP TABLE new_key;")?;
    {
        let mut insert = transaction.prepare(
            "INSERT INTO vault (person_key, mac, nonce, sealed) VALUES (?1, ?2, ?3, ?4)",
        )?;
        for identity in identities {
            insert.execute((
                identity.person_key,
                identity.mac,
                &identity.nonce,
                &identity.sealed,
            ))?;
        }
    }
    transaction.commit()?;
    Ok(())
}

/// Whether the vault holds just these identities.
fn already(transaction: &Transaction<'_>, identities: &[Identity]) -> Result<bool, Error> {
    let rows: i64 = transaction.query_row("SELECT count(*) FROM vault", [], |row| row.get(0))?;
    if usize::try_from(rows).ok() != Some(identities.len()) {
        return Ok(false);
    }
    let mut same = transaction.prepare("SELECT 1 FROM vault WHERE person_key = ?1 AND mac = ?2")?;
    for identity in identities {
        let found: Option<i64> = same
            .query_row((identity.person_key, identity.mac), |row| row.get(0))
            .optional()?;
        if found.is_none() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Table and column of everything that names a person or a case.
fn naming(connection: &Connection) -> Result<Vec<(String, String)>, Error> {
    let mut statement = connection.prepare(
        "SELECT t.name, c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c \
         WHERE t.type = 'table' AND c.name IN ('person_key', 'case_id') ORDER BY 1, 2",
    )?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn text(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => String::new(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
        ValueRef::Blob(bytes) => bytes.iter().map(|b| format!("{b:02x}")).collect(),
    }
}
