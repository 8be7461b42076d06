//! How a batch of documents gets into the tables exactly once, whatever dies when.
//!
//! 1. [`Intake::prepare`] writes the data files; no table knows them yet.
//! 2. The caller puts the identities into the vault.
//! 3. [`Intake::promise`] writes one small file that names all changes: from here on the batch will be in the tables.
//! 4. [`Intake::commit`] commits each table; each commit carries the batch number as a Delta application transaction,
//!    so that one that was done is not done again.
//! 5. The caller stores its receipt, and [`Intake::settle`] takes the promise away.
//!
//! After a crash [`Intake::promised`] returns the batch that must be carried through first. A crash before 3 leaves
//! files that no table names (harmless) and identities without rows (harmless).

use std::collections::BTreeMap;

use arrow::{
    array::{AsArray, RecordBatch, UInt32Array},
    compute::{concat_batches, max, take_record_batch},
    datatypes::Int64Type,
};
use frisk_engine::{Change, DataFile};
use frisk_ingest::{Batch, Counts};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    Error, seal,
    tables::{Table, Tables},
};

const APPLICATION: &str = "frisk-intake";
/// The last arrival number that was given, kept like a transaction in the log of the last table.
const ARRIVALS: &str = "frisk-arrivals";
const PROMISE: &str = "_frisk/promise.json";

/// A batch whose data files are written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prepared {
    /// Number of the batch, from 1.
    pub number: i64,
    /// What the batch held.
    pub counts: Counts,
    changes: BTreeMap<String, Change>,
}

/// The door through which batches come in. One writer at a time.
#[derive(Debug)]
pub struct Intake<'a> {
    tables: &'a Tables,
}

impl<'a> Intake<'a> {
    /// The table that is committed last: its log tells which batches are in.
    const LAST: Table = Table::CERTIFICATE;

    /// The door of these tables.
    #[must_use]
    pub fn new(tables: &'a Tables) -> Self {
        Self { tables }
    }

    /// Number of the next batch.
    ///
    /// # Errors
    /// When the tables cannot be read.
    pub fn next_number(&self) -> Result<i64, Error> {
        let last = self
            .tables
            .runtime
            .wait(self.tables.lake.transaction(Self::LAST.name, APPLICATION))?;
        Ok(last.unwrap_or(0) + 1)
    }

    /// Running number that the next row of a document gets: one more than the last that was given, also to rows that
    /// are gone since.
    ///
    /// # Errors
    /// When the tables cannot be read.
    pub fn next_arrival(&self) -> Result<i64, Error> {
        let lake = &self.tables.lake;
        let counted = lake.transaction(Self::LAST.name, ARRIVALS);
        if let Some(last) = self.tables.runtime.wait(counted)? {
            return Ok(last + 1);
        }
        // A warehouse of before the count was kept.
        let mut last = 0;
        for table in [Table::CERTIFICATE, Table::REVOCATION] {
            for file in &self.tables.state(table, None)?.files {
                for rows in self.tables.read(table, file, Some(&["arrival"]))? {
                    let arrivals = rows.column(0).as_primitive::<Int64Type>();
                    last = last.max(arrow::compute::max(arrivals).unwrap_or(0));
                }
            }
        }
        Ok(last + 1)
    }

    /// The batch that was promised but not settled, if the last run died in between.
    ///
    /// # Errors
    /// When the promise cannot be read.
    pub fn promised(&self) -> Result<Option<Prepared>, Error> {
        let bytes = self.tables.runtime.wait(self.tables.lake.get(PROMISE))?;
        Ok(bytes.map(|b| serde_json::from_slice(&b)).transpose()?)
    }

    /// Writes the data files of a batch: rows of any tables, each in its table's schema.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn prepare(
        &self,
        number: i64,
        rows: &[(Table, RecordBatch)],
        counts: Counts,
    ) -> Result<Prepared, Error> {
        let mut changes = BTreeMap::new();
        // The certificates' log keeps the number of the last batch, also of one without a certificate.
        changes.insert(Self::LAST.name.to_owned(), change(number, Vec::new()));
        let mut arrival = None;
        for (table, rows) in rows {
            let add = self.write(*table, number, rows)?;
            changes.insert(table.name.to_owned(), change(number, add));
            if let Some(arrivals) = rows.column_by_name("arrival") {
                arrival = arrival.max(max(arrivals.as_primitive::<Int64Type>()));
            }
        }
        if let (Some(arrival), Some(last)) = (arrival, changes.get_mut(Self::LAST.name)) {
            last.notes.insert(ARRIVALS.to_owned(), arrival);
        }
        Ok(Prepared {
            number,
            counts,
            changes,
        })
    }

    fn write(&self, table: Table, number: i64, rows: &RecordBatch) -> Result<Vec<DataFile>, Error> {
        let prefix = format!("{}{number:08}", seal::OPEN);
        if rows.num_rows() == 0 {
            return Ok(Vec::new());
        }
        if !table.bucketed {
            return Ok(vec![self.tables.write(table, None, &prefix, rows)?]);
        }
        let parts = split(rows, self.tables.layout)?;
        parts
            .into_par_iter()
            .map(|(bucket, rows)| {
                let rows = seal::sort(table, &rows)?;
                self.tables.write(table, Some(bucket), &prefix, &rows)
            })
            .collect()
    }

    /// Promises the batch: a crash after this is mended by carrying it through.
    ///
    /// # Errors
    /// When the promise cannot be written.
    pub fn promise(&self, batch: &Prepared) -> Result<(), Error> {
        let bytes = serde_json::to_vec(batch)?;
        Ok(self
            .tables
            .runtime
            .wait(self.tables.lake.put(PROMISE, bytes))?)
    }

    /// Commits the batch to each table, the certificates last. `step` is called before each commit.
    ///
    /// # Errors
    /// When a table refuses; the promise stands, and the call can be repeated.
    pub fn commit(
        &self,
        batch: &Prepared,
        now_ms: i64,
        step: &mut dyn FnMut(&str),
    ) -> Result<(), Error> {
        let others = Table::ALL
            .iter()
            .rev()
            .filter(|t| t.name != Self::LAST.name);
        for table in others.chain([&Self::LAST]) {
            let Some(change) = batch.changes.get(table.name) else {
                continue;
            };
            if change.add.is_empty() && table.name != Self::LAST.name {
                continue;
            }
            step(table.name);
            self.tables.runtime.wait(self.tables.lake.commit(
                table.name,
                change.clone(),
                now_ms,
            ))?;
        }
        Ok(())
    }

    /// Takes the promise away: the batch is in the tables and the receipt is stored.
    ///
    /// # Errors
    /// When the promise cannot be removed.
    pub fn settle(&self) -> Result<(), Error> {
        Ok(self.tables.runtime.wait(self.tables.lake.delete(PROMISE))?)
    }
}

fn change(number: i64, add: Vec<DataFile>) -> Change {
    Change {
        add,
        remove: Vec::new(),
        transaction: Some((APPLICATION.to_owned(), number)),
        ..Change::default()
    }
}

/// The rows that a batch of documents brings, by table.
#[must_use]
pub fn rows_of(batch: &Batch) -> Vec<(Table, RecordBatch)> {
    vec![
        (Table::CERTIFICATE, batch.certificate.clone()),
        (Table::PERIOD, batch.period.clone()),
        (Table::REVOCATION, batch.revocation.clone()),
        (Table::MESSAGE, batch.message.clone()),
        (Table::EVENT, batch.event.clone()),
        (Table::REJECT, batch.reject.clone()),
        (Table::INTERVENTION, batch.intervention.clone()),
        (Table::OBSERVATION_END, batch.observation_end.clone()),
        (Table::LISTING, batch.listing.clone()),
        (Table::RECORD, batch.record.clone()),
    ]
}

/// The rows of each bucket, in row order.
pub(crate) fn split(
    rows: &RecordBatch,
    layout: crate::tables::Layout,
) -> Result<Vec<(u32, RecordBatch)>, Error> {
    let persons = rows
        .column_by_name("person_key")
        .ok_or_else(|| Error::Table {
            table: "batch".to_owned(),
            problem: "no column person_key".to_owned(),
        })?
        .as_primitive::<Int64Type>();
    let mut indexes: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    // Rows without a person lie in the first bucket.
    for (row, person) in persons.iter().enumerate() {
        let row = u32::try_from(row).unwrap_or(u32::MAX);
        let bucket = person.map_or(0, |person| layout.bucket(person));
        indexes.entry(bucket).or_default().push(row);
    }
    let mut parts = Vec::with_capacity(indexes.len());
    for (bucket, indexes) in indexes {
        let part = take_record_batch(rows, &UInt32Array::from(indexes))?;
        parts.push((bucket, part));
    }
    Ok(parts)
}

/// All batches as one.
pub(crate) fn together(table: Table, batches: &[RecordBatch]) -> Result<RecordBatch, Error> {
    Ok(concat_batches(&table.schema(), batches)?)
}
