use std::collections::HashMap;

use arrow::{
    array::{AsArray, BooleanArray, RecordBatch},
    compute::filter_record_batch,
    datatypes::Int64Type,
};
use frisk_engine::DataFile;

use crate::{
    Error, seal,
    tables::{Table, Tables},
};

/// Whether rows of a table stand only as long as the ledger of records says so.
pub(crate) fn keeps(table: Table) -> bool {
    table.name != Table::RECORD.name && table.schema().column_with_name("record_key").is_some()
}

/// Which version of each record of each person of a bucket stands: the arrival number of its newest one, unless that took it back.
#[derive(Debug, Default)]
pub(crate) struct Standing {
    newest: HashMap<(String, i64), (i64, bool)>,
    /// Whether there are versions that no sealing has taken up.
    pub(crate) open: bool,
}

impl Standing {
    /// Reads it from a bucket's files of the table `record`.
    pub(crate) fn read(tables: &Tables, files: &[&DataFile]) -> Result<Self, Error> {
        let mut standing = Self::default();
        for file in files {
            standing.open |= seal::is_open(file);
            let columns = ["arrival", "record_key", "person_key", "removed"];
            for batch in tables.read(Table::RECORD, file, Some(&columns))? {
                standing.add(&batch)?;
            }
        }
        Ok(standing)
    }

    fn add(&mut self, batch: &RecordBatch) -> Result<(), Error> {
        let arrivals = seal::column(batch, "arrival")?.as_primitive::<Int64Type>();
        let keys = seal::texts(batch, "record_key")?;
        let persons = seal::column(batch, "person_key")?.as_primitive::<Int64Type>();
        let removed = seal::column(batch, "removed")?.as_boolean();
        for row in 0..batch.num_rows() {
            let version = (arrivals.value(row), removed.value(row));
            self.newest
                .entry((keys.value(row).to_owned(), persons.value(row)))
                .and_modify(|newest| *newest = version.max(*newest))
                .or_insert(version);
        }
        Ok(())
    }

    /// The rows that stand; those without a record key (proposals of certificates) always do.
    pub(crate) fn keep(&self, table: Table, rows: &RecordBatch) -> Result<RecordBatch, Error> {
        if !keeps(table) {
            return Ok(rows.clone());
        }
        let arrivals = seal::column(rows, "arrival")?.as_primitive::<Int64Type>();
        let keys = seal::texts(rows, "record_key")?;
        let persons = seal::column(rows, "person_key")?.as_primitive::<Int64Type>();
        let stands: BooleanArray = keys
            .iter()
            .zip(persons.values().iter().zip(arrivals.values()))
            .map(|(key, (person, arrival))| {
                let newest = key.and_then(|key| self.newest.get(&(key.to_owned(), *person)));
                Some(newest.is_none_or(|newest| *newest == (*arrival, false)))
            })
            .collect();
        Ok(filter_record_batch(rows, &stands)?)
    }
}
