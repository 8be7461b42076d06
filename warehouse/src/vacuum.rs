//! Files that no kept snapshot needs are deleted, and the versions that needed them are made unreadable.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    Error, Snapshot, rekey,
    tables::{Table, Tables},
};

const WITHDRAWN: &str = "_frisk/withdrawn";

/// Why a snapshot cannot be asked any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// When, as RFC 3339 without zone.
    pub at: String,
    /// Why, such as `erased since (erasure 3)`.
    pub because: String,
}

/// What a vacuum did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vacuumed {
    /// Data files deleted, by table.
    pub files: BTreeMap<String, u64>,
    /// Log entries of tables deleted.
    pub log_entries: u64,
    /// Snapshots that cannot be asked any more, by this vacuum.
    pub withdrawn: Vec<String>,
}

/// What a vacuum leaves and says.
#[derive(Debug)]
pub struct Vacuum<'a> {
    /// Snapshots to keep; the newest is always kept.
    pub keep: &'a BTreeSet<String>,
    /// What those that go are told to be gone for.
    pub withdrawal: &'a Withdrawal,
}

impl Vacuum<'_> {
    /// Withdraws the other snapshots, then deletes every file in the tables' folders that no kept snapshot names, also
    /// files that a dead run left, then the log entries of older versions. It can be repeated.
    ///
    /// # Errors
    /// When a table cannot be read or an object cannot be deleted.
    pub fn run(&self, tables: &Tables) -> Result<Vacuumed, Error> {
        let mut done = Vacuumed {
            withdrawn: self.goes(tables)?,
            ..Vacuumed::default()
        };
        let reason = serde_json::to_vec(self.withdrawal)?;
        for name in &done.withdrawn {
            let path = format!("{WITHDRAWN}/{name}.json");
            tables
                .runtime
                .wait(tables.lake.put(&path, reason.clone()))?;
        }
        let kept = kept(tables)?;
        for &table in Table::ALL {
            let (oldest, files) = needed(tables, table, &kept)?;
            let mut deleted = 0;
            for path in superseded(tables, table, &files)? {
                tables.runtime.wait(tables.lake.delete(&path))?;
                deleted += 1;
            }
            done.files.insert(table.name.to_owned(), deleted);
            let entries = tables
                .runtime
                .wait(tables.lake.forget_history(table.name, oldest))?;
            done.log_entries += entries as u64;
        }
        rekey::remove_pieces(tables)?;
        Ok(done)
    }

    /// What [`Self::run`] would do; log entries are not counted.
    ///
    /// # Errors
    /// When a table cannot be read.
    pub fn plan(&self, tables: &Tables) -> Result<Vacuumed, Error> {
        let withdrawn = self.goes(tables)?;
        let mut kept = kept(tables)?;
        kept.retain(|snapshot| !withdrawn.contains(&snapshot.name));
        let mut files = BTreeMap::new();
        for &table in Table::ALL {
            let (_, needed) = needed(tables, table, &kept)?;
            let goes = superseded(tables, table, &needed)?.len();
            files.insert(table.name.to_owned(), goes as u64);
        }
        Ok(Vacuumed {
            files,
            log_entries: 0,
            withdrawn,
        })
    }

    /// Snapshots that go now.
    fn goes(&self, tables: &Tables) -> Result<Vec<String>, Error> {
        let mut names = Snapshot::names(tables)?;
        let newest = names.pop();
        let gone = gone(tables)?;
        names.retain(|name| {
            !self.keep.contains(name) && !gone.contains(name) && Some(name) != newest.as_ref()
        });
        Ok(names)
    }
}

/// Why a snapshot cannot be asked any more; `None` when it can.
///
/// # Errors
/// When the reason cannot be read.
pub fn withdrawal(tables: &Tables, snapshot: &str) -> Result<Option<Withdrawal>, Error> {
    let path = format!("{WITHDRAWN}/{snapshot}.json");
    let bytes = tables.runtime.wait(tables.lake.get(&path))?;
    Ok(bytes.map(|b| serde_json::from_slice(&b)).transpose()?)
}

/// When each snapshot was published (milliseconds since 1970-01-01), oldest first.
///
/// # Errors
/// When the folder cannot be listed.
pub fn published(tables: &Tables) -> Result<Vec<(String, i64)>, Error> {
    let found = tables
        .runtime
        .wait(tables.lake.list_with_times(Snapshot::FOLDER))?;
    Ok(found
        .iter()
        .filter_map(|(path, at)| Some((name_of(path)?, *at)))
        .collect())
}

fn name_of(path: &str) -> Option<String> {
    Some(path.rsplit('/').next()?.strip_suffix(".json")?.to_owned())
}

/// Names of withdrawn snapshots.
fn gone(tables: &Tables) -> Result<BTreeSet<String>, Error> {
    let paths = tables.runtime.wait(tables.lake.list(WITHDRAWN))?;
    Ok(paths.iter().filter_map(|path| name_of(path)).collect())
}

/// Snapshots that can be asked.
fn kept(tables: &Tables) -> Result<Vec<Snapshot>, Error> {
    let gone = gone(tables)?;
    Snapshot::names(tables)?
        .iter()
        .filter(|name| !gone.contains(*name))
        .map(|name| Snapshot::named(tables, name))
        .collect()
}

/// The oldest version of a table that is needed, and the files of all that are: of snapshots and of the newest state.
fn needed(
    tables: &Tables,
    table: Table,
    kept: &[Snapshot],
) -> Result<(i64, BTreeSet<String>), Error> {
    let newest = tables.state(table, None)?;
    let mut oldest = newest.version;
    let mut files: BTreeSet<String> = newest.files.into_iter().map(|f| f.path).collect();
    for snapshot in kept {
        let state = tables.state_in(table, snapshot)?;
        if state.version >= 0 {
            oldest = oldest.min(state.version);
        }
        files.extend(state.files.into_iter().map(|f| f.path));
    }
    Ok((oldest, files))
}

/// Paths of a table's data files that are not among the needed ones.
fn superseded(
    tables: &Tables,
    table: Table,
    needed: &BTreeSet<String>,
) -> Result<Vec<String>, Error> {
    let folder = format!("{}/", table.name);
    let found = tables.runtime.wait(tables.lake.list(table.name))?;
    Ok(found
        .into_iter()
        .filter(|path| {
            path.strip_prefix(&folder)
                .is_some_and(|file| !file.starts_with("_delta_log/") && !needed.contains(file))
        })
        .collect())
}
