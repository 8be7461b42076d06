use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use crate::{Error, Identity};

/// Inserts those that are new, in one transaction.
pub(super) fn put(connection: &mut Connection, identities: &[Identity]) -> Result<usize, Error> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut new = 0;
    {
        let mut insert = transaction.prepare_cached(
            "INSERT INTO vault (person_key, mac, nonce, sealed) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT (person_key) DO NOTHING",
        )?;
        let mut same =
            transaction.prepare_cached("SELECT 1 FROM vault WHERE person_key = ?1 AND mac = ?2")?;
        for identity in identities {
            let key = identity.person_key;
            let inserted =
                insert.execute(params![key, identity.mac, identity.nonce, identity.sealed])?;
            if inserted == 0 && !same.exists(params![key, identity.mac])? {
                return Err(Error::KeyCollision { person_key: key });
            }
            new += inserted;
        }
    }
    transaction.commit()?;
    Ok(new)
}

/// The identity of a key.
pub(super) fn get(connection: &Connection, person_key: i64) -> Result<Option<Identity>, Error> {
    let found = connection
        .prepare_cached("SELECT mac, nonce, sealed FROM vault WHERE person_key = ?1")?
        .query_row([person_key], |row| {
            Ok(Identity {
                person_key,
                mac: row.get(0)?,
                nonce: row.get(1)?,
                sealed: row.get(2)?,
            })
        })
        .optional()?;
    Ok(found)
}

/// Identities after a person key, in order of key, at most `limit`.
pub(super) fn after(
    connection: &Connection,
    after: Option<i64>,
    limit: u32,
) -> Result<Vec<Identity>, Error> {
    let mut statement = connection.prepare_cached(
        "SELECT person_key, mac, nonce, sealed FROM vault \
         WHERE ?1 IS NULL OR person_key > ?1 ORDER BY person_key LIMIT ?2",
    )?;
    let rows = statement.query_map(params![after, limit], |row| {
        Ok(Identity {
            person_key: row.get(0)?,
            mac: row.get(1)?,
            nonce: row.get(2)?,
            sealed: row.get(3)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Exchanges the sealed values of persons that are there, all or none.
pub(super) fn reseal(connection: &mut Connection, identities: &[Identity]) -> Result<(), Error> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    {
        let mut update = transaction.prepare_cached(
            "UPDATE vault SET nonce = ?3, sealed = ?4 WHERE person_key = ?1 AND mac = ?2",
        )?;
        for identity in identities {
            update.execute(params![
                identity.person_key,
                identity.mac,
                identity.nonce,
                identity.sealed
            ])?;
        }
    }
    transaction.commit()?;
    Ok(())
}

/// Adds to the list of what must not come back.
pub(super) fn bury(connection: &mut Connection, macs: &[[u8; 16]]) -> Result<(), Error> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    {
        let mut insert =
            transaction.prepare_cached("INSERT OR IGNORE INTO tombstone (mac) VALUES (?1)")?;
        for mac in macs {
            insert.execute([mac])?;
        }
    }
    transaction.commit()?;
    Ok(())
}

/// What must not come back.
pub(super) fn buried(connection: &Connection) -> Result<Vec<[u8; 16]>, Error> {
    let mut statement = connection.prepare_cached("SELECT mac FROM tombstone")?;
    let rows = statement.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
