//! A published build: which version of each table belongs together. Readers see published snapshots only.

use std::collections::BTreeMap;

use arrow::{array::AsArray, compute, datatypes::Date32Type};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    Error,
    tables::{Table, Tables},
    vacuum,
};

/// A named version of all tables, and what it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Name, such as `000012-5f3a9c01`: running number and hash of the table versions.
    pub name: String,
    /// Version of each Delta table.
    pub tables: BTreeMap<String, i64>,
    /// Last day that a stored document was known: how far the data reach.
    pub data_through: NaiveDate,
}

impl Snapshot {
    /// Where snapshots are kept.
    pub(crate) const FOLDER: &'static str = "_frisk/snapshots";

    /// Publishes the newest versions of all tables; the present snapshot stays if nothing has changed.
    ///
    /// # Errors
    /// When a table or the snapshot cannot be read or written.
    pub fn publish(tables: &Tables) -> Result<Self, Error> {
        let mut versions = BTreeMap::new();
        for &table in Table::ALL {
            versions.insert(table.name.to_owned(), tables.state(table, None)?.version);
        }
        let names = Self::names(tables)?;
        if let Some(newest) = names.last() {
            let newest = Self::named(tables, newest)?;
            if newest.tables == versions {
                return Ok(newest);
            }
        }
        let hash = Sha256::digest(serde_json::to_vec(&versions)?);
        let hash: String = hash[..4].iter().map(|b| format!("{b:02x}")).collect();
        let snapshot = Self {
            name: format!("{:06}-{hash}", names.len() + 1),
            data_through: data_through(tables)?,
            tables: versions,
        };
        let path = format!("{}/{}.json", Self::FOLDER, snapshot.name);
        let bytes = serde_json::to_vec_pretty(&snapshot)?;
        tables.runtime.wait(tables.lake.put(&path, bytes))?;
        Ok(snapshot)
    }

    /// Names of all published snapshots, oldest first.
    ///
    /// # Errors
    /// When the folder cannot be listed.
    pub fn names(tables: &Tables) -> Result<Vec<String>, Error> {
        let paths = tables.runtime.wait(tables.lake.list(Self::FOLDER))?;
        Ok(paths
            .iter()
            .filter_map(|p| Some(p.rsplit('/').next()?.strip_suffix(".json")?.to_owned()))
            .collect())
    }

    /// The snapshot of a name.
    ///
    /// # Errors
    /// When there is none of that name, or its files are gone.
    pub fn named(tables: &Tables, name: &str) -> Result<Self, Error> {
        match vacuum::withdrawal(tables, name)? {
            Some(withdrawal) => Err(Error::Withdrawn {
                snapshot: name.to_owned(),
                at: withdrawal.at,
                because: withdrawal.because,
            }),
            None => Self::described(tables, name),
        }
    }

    /// What is known of the snapshot of a name, also when its files are gone.
    ///
    /// # Errors
    /// When there is none of that name.
    pub fn described(tables: &Tables, name: &str) -> Result<Self, Error> {
        let path = format!("{}/{name}.json", Self::FOLDER);
        let bytes = tables.runtime.wait(tables.lake.get(&path))?;
        let bytes = bytes.ok_or_else(|| Error::Question {
            what: "snapshot",
            found: name.to_owned(),
            expected: "a name that `frisk snapshots` lists".to_owned(),
        })?;
        Ok(serde_json::from_slice(&bytes)?)
    }

    /// The newest published snapshot.
    ///
    /// # Errors
    /// When none has been published.
    pub fn newest(tables: &Tables) -> Result<Self, Error> {
        let names = Self::names(tables)?;
        let name = names.last().ok_or_else(|| Error::Table {
            table: "snapshot".to_owned(),
            problem: "none published yet; `frisk ingest` publishes one".to_owned(),
        })?;
        Self::named(tables, name)
    }
}

fn data_through(tables: &Tables) -> Result<NaiveDate, Error> {
    let state = tables.state(Table::CERTIFICATE, None)?;
    let mut last = None;
    for file in &state.files {
        for batch in tables.read(Table::CERTIFICATE, file, Some(&["known_date"]))? {
            let days = batch.column(0).as_primitive::<Date32Type>();
            last = last.max(compute::max(days));
        }
    }
    Ok(NaiveDate::from_epoch_days(last.unwrap_or(0)).unwrap_or_default())
}
