//! Sealing: the small files that batches left are merged into one sorted file a bucket, rows are [linked](crate::Bundle)
//! with what other documents say of them, and certificates of units that the register has learnt of are placed.
//! Of each record only the version that stands is kept. Readers see sealed tables only.
//!
//! All tables change together: the new files are written, one promise names them, then each table commits. A run that
//! dies in between is carried through by the next.
//!
//! Cost: each bucket that got rows is read once and its changed tables are written once; of the others only what waits
//! for something is read (columns `linked` and `unit_known`). Memory: the rows of a bucket a thread.

mod strays;

use std::collections::{BTreeMap, HashMap};

use arrow::{
    array::{ArrayRef, AsArray, RecordBatch, StringArray, UInt32Array},
    compute::{cast, take_record_batch},
    datatypes::DataType,
    row::{RowConverter, SortField},
};
use frisk_engine::{Change, DataFile};
use frisk_ingest::UnitRegister;
use rayon::prelude::*;

use crate::{
    Bundle, Error, intake,
    link::{self, Strays},
    records::{self, Standing},
    tables::{Table, Tables},
};
use strays::Waiting;

/// Prefix of files that a batch wrote and no sealing has taken up.
pub(crate) const OPEN: &str = "b";
pub(crate) const SEALED: &str = "s";
const APPLICATION: &str = "frisk-seal";
const PROMISE: &str = "_frisk/seal.json";

/// The changes of one sealing, by table.
type Changes = BTreeMap<String, Change>;
/// The files of a bucket, by table.
type Files<'f> = HashMap<&'static str, Vec<&'f DataFile>>;

/// Merges what batches left open and links it. Returns the number of files that were written.
///
/// # Errors
/// When a file cannot be read or written, or a table refuses the commit. Sealing can be repeated at any time.
pub fn seal(tables: &Tables, now_ms: i64) -> Result<usize, Error> {
    seal_with(tables, &UnitRegister::default(), now_ms)
}

/// [`seal`], and what waits for its unit is placed where the register has it on the day of signing.
///
/// # Errors
/// As [`seal`].
pub fn seal_with(tables: &Tables, register: &UnitRegister, now_ms: i64) -> Result<usize, Error> {
    finish_sealing(tables, now_ms)?;
    let changes = changes(tables, register)?;
    let written: usize = changes.values().map(|change| change.add.len()).sum();
    if written > 0 {
        promise(tables, changes)?;
        finish_sealing(tables, now_ms)?;
    }
    Ok(written + records::propose(tables, now_ms)?)
}

/// Carries a sealing through that was promised and not finished. Whoever removes rows must do this first.
///
/// # Errors
/// When a table refuses; the promise stands, and the call can be repeated.
pub fn finish_sealing(tables: &Tables, now_ms: i64) -> Result<(), Error> {
    let Some(bytes) = tables.runtime.wait(tables.lake.get(PROMISE))? else {
        return Ok(());
    };
    let changes: Changes = serde_json::from_slice(&bytes)?;
    for (table, change) in changes {
        tables
            .runtime
            .wait(tables.lake.commit(&table, change, now_ms))?;
    }
    Ok(tables.runtime.wait(tables.lake.delete(PROMISE))?)
}

/// Numbers the sealing and promises it: from here on it will be in the tables.
fn promise(tables: &Tables, mut changes: Changes) -> Result<(), Error> {
    let mut number = 0;
    for table in changes.keys() {
        let last = tables.lake.transaction(table, APPLICATION);
        number = number.max(tables.runtime.wait(last)?.unwrap_or(0));
    }
    for change in changes.values_mut() {
        change.transaction = Some((APPLICATION.to_owned(), number + 1));
    }
    let bytes = serde_json::to_vec(&changes)?;
    Ok(tables.runtime.wait(tables.lake.put(PROMISE, bytes))?)
}

/// Writes the files of a sealing; no table knows them yet.
fn changes(tables: &Tables, register: &UnitRegister) -> Result<Changes, Error> {
    let mut states = Vec::new();
    for &table in Table::ALL.iter().filter(|table| !table.order.is_empty()) {
        states.push((table, tables.state(table, None)?));
    }
    let versions: HashMap<&str, i64> = states.iter().map(|(t, s)| (t.name, s.version)).collect();
    let mut buckets: BTreeMap<u32, Files<'_>> = BTreeMap::new();
    for (table, state) in &states {
        for (bucket, files) in Tables::buckets(state) {
            buckets.entry(bucket).or_default().insert(table.name, files);
        }
    }
    let waiting = Waiting::of(tables, &buckets, register)?;
    let done: Result<Vec<Vec<Rewritten>>, Error> = buckets
        .par_iter()
        .map(|(&bucket, files)| {
            let one = Sealing {
                tables,
                register,
                strays: &waiting.strays,
                versions: &versions,
                bucket,
            };
            let mut done = one.others(files)?;
            if waiting.buckets.contains(&bucket) {
                done.extend(one.bundle(files)?);
            }
            Ok(done)
        })
        .collect();
    let mut changes = Changes::new();
    for rewritten in done?.into_iter().flatten() {
        let change = changes.entry(rewritten.table.name.to_owned()).or_default();
        change.remove.extend(rewritten.remove);
        change.add.push(rewritten.add);
    }
    Ok(changes)
}

/// The file of a bucket that takes the place of others.
struct Rewritten {
    table: Table,
    remove: Vec<DataFile>,
    add: DataFile,
}

/// The sealing of one bucket.
struct Sealing<'a> {
    tables: &'a Tables,
    register: &'a UnitRegister,
    strays: &'a Strays,
    versions: &'a HashMap<&'a str, i64>,
    bucket: u32,
}

impl Sealing<'_> {
    /// The tables that tell about each other: linked, and written where that changed something.
    fn bundle(&self, files: &Files<'_>) -> Result<Vec<Rewritten>, Error> {
        let before = link::read(self.tables, files)?;
        let after = link::place(before.clone(), self.register)?.linked_with(self.strays)?;
        let mut done = Vec::new();
        for table in Bundle::TABLES {
            let Some(files) = files.get(table.name) else {
                continue;
            };
            let rows = after.rows(table);
            if files.iter().any(|f| is_open(f)) || rows != before.rows(table) {
                done.push(self.write(table, files, rows)?);
            }
        }
        Ok(done)
    }

    /// The tables that stand alone: merged where files are open.
    fn others(&self, files: &Files<'_>) -> Result<Vec<Rewritten>, Error> {
        let mut done = Vec::new();
        let records = files.get(Table::RECORD.name).map_or(&[][..], Vec::as_slice);
        let standing = Standing::read(self.tables, records)?;
        for &table in Table::ALL {
            let in_bundle = Bundle::TABLES.iter().any(|t| t.name == table.name);
            let Some(files) = files.get(table.name).filter(|_| !in_bundle) else {
                continue;
            };
            let changed = records::keeps(table) && standing.open;
            if !changed && !files.iter().any(|f| is_open(f)) {
                continue;
            }
            let mut batches = Vec::new();
            for file in files {
                batches.extend(self.tables.rows(table, file)?);
            }
            let rows = intake::together(table, &batches)?;
            done.push(self.write(table, files, &standing.keep(table, &rows)?)?);
        }
        Ok(done)
    }

    fn write(
        &self,
        table: Table,
        files: &[&DataFile],
        rows: &RecordBatch,
    ) -> Result<Rewritten, Error> {
        let version = self.versions.get(table.name).copied().unwrap_or(0);
        let prefix = format!("{SEALED}{:08}", version + 1);
        let rows = sort(table, rows)?;
        Ok(Rewritten {
            table,
            remove: files.iter().map(|&f| f.clone()).collect(),
            add: self
                .tables
                .write(table, Some(self.bucket), &prefix, &rows)?,
        })
    }
}

pub(crate) fn is_open(file: &DataFile) -> bool {
    file.path
        .rsplit('/')
        .next()
        .is_some_and(|name| name.starts_with(OPEN))
}

pub(crate) fn column<'a>(rows: &'a RecordBatch, name: &str) -> Result<&'a ArrayRef, Error> {
    rows.column_by_name(name).ok_or_else(|| Error::Table {
        table: "batch".to_owned(),
        problem: format!("no column {name}"),
    })
}

/// A column of texts, also where the file keeps it as a dictionary.
pub(crate) fn texts(rows: &RecordBatch, name: &str) -> Result<StringArray, Error> {
    let texts = cast(column(rows, name)?, &DataType::Utf8)?;
    Ok(texts.as_string::<i32>().clone())
}

/// The rows of a bucket in the order of its table; rows that are equal there stay in order of arrival.
pub(crate) fn sort(table: Table, rows: &RecordBatch) -> Result<RecordBatch, Error> {
    if table.order.is_empty() {
        return Ok(rows.clone());
    }
    let columns: Result<Vec<ArrayRef>, Error> = table
        .order
        .iter()
        .map(|name| {
            rows.column_by_name(name)
                .cloned()
                .ok_or_else(|| Error::Table {
                    table: table.name.to_owned(),
                    problem: format!("no column {name}"),
                })
        })
        .collect();
    let columns = columns?;
    let fields = columns
        .iter()
        .map(|column| SortField::new(column.data_type().clone()))
        .collect();
    let keys = RowConverter::new(fields)?.convert_columns(&columns)?;
    let mut order: Vec<u32> = (0..u32::try_from(rows.num_rows()).unwrap_or(u32::MAX)).collect();
    order.sort_by(|&a, &b| keys.row(a as usize).cmp(&keys.row(b as usize)));
    debug_assert_eq!(order.len(), rows.num_rows());
    Ok(take_record_batch(rows, &UInt32Array::from(order))?)
}

#[cfg(test)]
pub(crate) mod tests;
