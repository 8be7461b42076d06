//! How rows that are there already are written anew, in all tables or in none, whatever dies when: the erasure of
//! persons, the change of person keys.
//!
//! As in [`Intake`](crate::Intake): files first, then one promise that names all changes, then each table's commit with
//! the number of the rewriting as Delta application transaction. What the promise leads to (vault, vacuum, record) is
//! the caller's, who takes the promise away when all of it is done.

use std::collections::BTreeMap;

use frisk_engine::Change;
use serde::{Deserialize, Serialize};

use crate::{
    Error,
    tables::{Table, Tables},
};

const APPLICATION: &str = "frisk-rewrite";
const PROMISE: &str = "_frisk/rewrite.json";
/// The table that is committed last: its log tells which rewritings are in.
const LAST: Table = Table::CERTIFICATE;

/// Rows written anew, that no table knows yet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rewritten {
    /// Rows per table: those removed by an erasure, those that are there at a change of keys.
    pub rows: BTreeMap<String, u64>,
    pub(crate) changes: BTreeMap<String, Change>,
}

/// A rewriting that will be carried through; `task` is the caller's: what it is for, and what is to be done after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rewrite<T> {
    /// Its number, from 1.
    pub number: i64,
    /// What it is for.
    pub task: T,
    /// The rows written anew.
    pub rewritten: Rewritten,
}

/// Number of the next rewriting.
///
/// # Errors
/// When the tables cannot be read.
pub fn next_number(tables: &Tables) -> Result<i64, Error> {
    let last = tables
        .runtime
        .wait(tables.lake.transaction(LAST.name, APPLICATION))?;
    Ok(last.unwrap_or(0) + 1)
}

impl<T: Serialize + for<'d> Deserialize<'d>> Rewrite<T> {
    /// The rewriting that was promised and not settled.
    ///
    /// # Errors
    /// When the promise cannot be read.
    pub fn promised(tables: &Tables) -> Result<Option<Self>, Error> {
        let bytes = tables.runtime.wait(tables.lake.get(PROMISE))?;
        Ok(bytes.map(|b| serde_json::from_slice(&b)).transpose()?)
    }

    /// Promises it: a crash after this is mended by carrying it through.
    ///
    /// # Errors
    /// When the promise cannot be written.
    pub fn promise(&self, tables: &Tables) -> Result<(), Error> {
        let bytes = serde_json::to_vec(self)?;
        Ok(tables.runtime.wait(tables.lake.put(PROMISE, bytes))?)
    }

    /// Commits it to each table that changes, the certificates last. `step` is called before each commit. It can be
    /// repeated.
    ///
    /// # Errors
    /// When a table refuses; the promise stands.
    pub fn commit(
        &self,
        tables: &Tables,
        now_ms: i64,
        step: &mut dyn FnMut(&str),
    ) -> Result<(), Error> {
        let others = Table::ALL.iter().filter(|table| table.name != LAST.name);
        for table in others.chain([&LAST]) {
            let change = self.rewritten.changes.get(table.name);
            if change.is_none() && table.name != LAST.name {
                continue;
            }
            let change = Change {
                transaction: Some((APPLICATION.to_owned(), self.number)),
                ..change.cloned().unwrap_or_default()
            };
            step(table.name);
            tables
                .runtime
                .wait(tables.lake.commit(table.name, change, now_ms))?;
        }
        Ok(())
    }

    /// Takes the promise away.
    ///
    /// # Errors
    /// When it cannot be removed.
    pub fn settle(&self, tables: &Tables) -> Result<(), Error> {
        Ok(tables.runtime.wait(tables.lake.delete(PROMISE))?)
    }
}
