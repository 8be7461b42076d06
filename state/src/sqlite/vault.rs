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
