//! Sealing: the small files that batches left are merged into one sorted file a bucket, and revocations are written
//! onto the rows that they revoke. Readers see sealed tables only.
//!
//! Cost: each bucket that got rows is read and written once, `O(rows in those buckets)`.

use std::collections::{BTreeMap, HashMap};

use arrow::{
    array::{ArrayRef, AsArray, Date32Array, RecordBatch, UInt32Array},
    compute::take_record_batch,
    datatypes::Date32Type,
    row::{RowConverter, SortField},
};
use frisk_engine::{Change, DataFile};
use rayon::prelude::*;
use std::sync::Arc;

use crate::{
    Error, intake,
    tables::{Table, Tables},
};

/// Prefix of files that a batch wrote and no sealing has taken up.
pub(crate) const OPEN: &str = "b";
const SEALED: &str = "s";

/// Merges what batches left open. Returns the number of buckets that were written anew.
///
/// # Errors
/// When a file cannot be read or written, or a table refuses the commit. Sealing can be repeated at any time.
pub fn seal(tables: &Tables, now_ms: i64) -> Result<usize, Error> {
    let revocations = tables.state(Table::REVOCATION, None)?;
    let revocation_files = Tables::buckets(&revocations);
    let mut written = 0;
    let mut revoked_in: BTreeMap<u32, Revoked> = BTreeMap::new();
    for (&bucket, files) in &revocation_files {
        revoked_in.insert(bucket, Revoked::read(tables, files)?);
    }
    let nothing = Revoked::default();
    for &table in Table::ALL.iter().filter(|table| !table.order.is_empty()) {
        let state = tables.state(table, None)?;
        let buckets: Vec<(u32, Vec<&DataFile>)> = Tables::buckets(&state)
            .into_iter()
            .filter(|(bucket, files)| {
                files.iter().any(|f| is_open(f))
                    || (marks(table) && revoked_in.get(bucket).is_some_and(|r| r.open))
            })
            .collect();
        let changes: Result<Vec<(Vec<DataFile>, DataFile)>, Error> = buckets
            .par_iter()
            .map(|(bucket, files)| {
                let mut batches = Vec::new();
                for file in files {
                    batches.extend(tables.rows(table, file)?);
                }
                let rows = intake::together(table, &batches)?;
                let rows = revoked_in
                    .get(bucket)
                    .unwrap_or(&nothing)
                    .mark(table, &rows)?;
                let rows = sort(table, &rows)?;
                let prefix = format!("{SEALED}{:08}", state.version + 1);
                let file = tables.write(table, Some(*bucket), &prefix, &rows)?;
                Ok((files.iter().map(|&f| f.clone()).collect(), file))
            })
            .collect();
        let mut change = Change::default();
        for (remove, add) in changes? {
            change.remove.extend(remove);
            change.add.push(add);
            written += 1;
        }
        if !change.add.is_empty() {
            tables
                .runtime
                .wait(tables.lake.commit(table.name, change, now_ms))?;
        }
    }
    Ok(written)
}

/// Whether revocations are written onto the rows of a table.
fn marks(table: Table) -> bool {
    table.name != Table::REVOCATION.name
        && table.schema().column_with_name("revoked_date").is_some()
}

fn is_open(file: &DataFile) -> bool {
    file.path
        .rsplit('/')
        .next()
        .is_some_and(|name| name.starts_with(OPEN))
}

/// First day of revocation of each certificate of a bucket.
#[derive(Default)]
struct Revoked {
    days: HashMap<String, i32>,
    /// Whether there are revocations that no sealing has taken up.
    open: bool,
}

impl Revoked {
    fn read(tables: &Tables, files: &[&DataFile]) -> Result<Self, Error> {
        let mut revoked = Self::default();
        for file in files {
            revoked.open |= is_open(file);
            for batch in tables.read(Table::REVOCATION, file, None)? {
                let ids = column(&batch, "certificate_id")?.as_string::<i32>();
                let days = column(&batch, "revoked_date")?.as_primitive::<Date32Type>();
                for row in 0..batch.num_rows() {
                    let day = days.value(row);
                    revoked
                        .days
                        .entry(ids.value(row).to_owned())
                        .and_modify(|first| *first = day.min(*first))
                        .or_insert(day);
                }
            }
        }
        Ok(revoked)
    }

    /// The same rows with `revoked_date` filled in.
    fn mark(&self, table: Table, rows: &RecordBatch) -> Result<RecordBatch, Error> {
        if self.days.is_empty() || !marks(table) {
            return Ok(rows.clone());
        }
        let at = rows.schema().index_of("revoked_date")?;
        let ids = column(rows, "certificate_id")?.as_string::<i32>();
        let days: Date32Array = (0..rows.num_rows())
            .map(|row| self.days.get(ids.value(row)).copied())
            .collect();
        let mut columns: Vec<ArrayRef> = rows.columns().to_vec();
        columns[at] = Arc::new(days);
        Ok(RecordBatch::try_new(rows.schema(), columns)?)
    }
}

fn column<'a>(rows: &'a RecordBatch, name: &str) -> Result<&'a ArrayRef, Error> {
    rows.column_by_name(name).ok_or_else(|| Error::Table {
        table: "batch".to_owned(),
        problem: format!("no column {name}"),
    })
}

/// The rows of a bucket in the order of its table; rows that are equal there stay in order of arrival.
pub(crate) fn sort(table: Table, rows: &RecordBatch) -> Result<RecordBatch, Error> {
    if table.order.is_empty() {
        return Ok(rows.clone());
    }
    let columns: Result<Vec<ArrayRef>, Error> = table
        .order
        .iter()
        .map(|name| column(rows, name).cloned())
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
