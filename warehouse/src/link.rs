//! What documents say about each other: a revocation, an event or a message about a certificate, in whatever order they
//! came. Linking is a function of the set of rows alone, so it can be repeated and the order of arrival does not matter.

mod marks;
mod messages;
mod place;

use std::{collections::HashMap, sync::Arc};

use arrow::{
    array::{
        Array, ArrayRef, AsArray, BooleanArray, Date32Array, Int64Array, RecordBatch, StringArray,
    },
    compute::cast,
    datatypes::{DataType, Date32Type, Int64Type},
};

use crate::{Error, Table, tables::Tables};
pub(crate) use marks::{Marks, is_mark};
pub(crate) use place::{found, place};

/// The rows of tables that tell about each other: those of one bucket, or all of a small warehouse in memory.
#[derive(Debug, Clone)]
pub struct Bundle {
    /// Rows of `certificate`.
    pub certificate: RecordBatch,
    /// Rows of `period`.
    pub period: RecordBatch,
    /// Rows of `revocation`.
    pub revocation: RecordBatch,
    /// Rows of `message`.
    pub message: RecordBatch,
    /// Rows of `event`.
    pub event: RecordBatch,
}

impl Bundle {
    /// The tables of a bundle.
    pub(crate) const TABLES: [Table; 5] = [
        Table::CERTIFICATE,
        Table::PERIOD,
        Table::REVOCATION,
        Table::MESSAGE,
        Table::EVENT,
    ];

    /// A bundle of rows of some tables; the others are empty.
    ///
    /// # Errors
    /// When rows do not have their table's schema.
    pub fn of(rows: &[(Table, RecordBatch)]) -> Result<Self, Error> {
        let all = |table: Table| -> Result<RecordBatch, Error> {
            let rows: Vec<&RecordBatch> = rows
                .iter()
                .filter(|(of, _)| of.name == table.name)
                .map(|(_, rows)| rows)
                .collect();
            Ok(arrow::compute::concat_batches(&table.schema(), rows)?)
        };
        Ok(Self {
            certificate: all(Table::CERTIFICATE)?,
            period: all(Table::PERIOD)?,
            revocation: all(Table::REVOCATION)?,
            message: all(Table::MESSAGE)?,
            event: all(Table::EVENT)?,
        })
    }

    /// The rows of one of its tables.
    pub(crate) fn rows(&self, table: Table) -> &RecordBatch {
        match table.name {
            "certificate" => &self.certificate,
            "period" => &self.period,
            "revocation" => &self.revocation,
            "message" => &self.message,
            _ => &self.event,
        }
    }

    /// The same rows, each with what the others say about it: on a certificate its revocation, sending, replacement,
    /// completion and completion request; on a period its revocation; on a message what its certificate says. Of
    /// messages with the same id one stays.
    ///
    /// # Errors
    /// When rows do not have their table's schema.
    pub fn linked(self) -> Result<Self, Error> {
        self.linked_with(&Strays::default())
    }

    /// [`Self::linked`], with what other bundles say about certificates of this one.
    pub(crate) fn linked_with(self, strays: &Strays) -> Result<Self, Error> {
        let mut marks = strays.marks.clone();
        marks.revocations(&self.revocation)?;
        marks.events(&self.event)?;
        marks.messages(&self.message)?;
        let certificate = marks.on_certificates(&self.certificate)?;
        let period = marks.on_periods(&self.period)?;
        let here = Places::of(&certificate)?;
        let message = messages::newest(&self.message)?;
        let message = messages::filled(&message, &certificate, &here, strays)?;
        Ok(Self {
            period,
            revocation: here.settle(&self.revocation)?,
            event: here.settle(&self.event)?,
            message: here.settle(&message)?,
            certificate,
        })
    }
}

/// What rows of other buckets say: the person of a message or revocation is not always that of its certificate.
#[derive(Debug, Default)]
pub(crate) struct Strays {
    /// About certificates of any bucket.
    pub(crate) marks: Marks,
    /// The certificates that messages of another bucket are about, as they are linked.
    pub(crate) certificates: Option<RecordBatch>,
}

/// The row of each certificate, by id.
pub(crate) struct Places(HashMap<String, usize>);

impl Places {
    pub(crate) fn of(certificate: &RecordBatch) -> Result<Self, Error> {
        let ids = texts(certificate, "certificate_id")?;
        let mut places = HashMap::with_capacity(ids.len());
        for (row, id) in ids.iter().enumerate() {
            places.entry(id_key(id.unwrap_or(""))).or_insert(row);
        }
        Ok(Self(places))
    }

    pub(crate) fn get(&self, id: &str) -> Option<usize> {
        self.0.get(&id_key(id)).copied()
    }

    /// The rows with `linked` set: whether their certificate is here; null where there is nothing to look for.
    fn settle(&self, rows: &RecordBatch) -> Result<RecordBatch, Error> {
        let ids = texts(rows, "certificate_id")?;
        let looks = is_mark(rows)?;
        let linked: BooleanArray = ids
            .iter()
            .zip(looks)
            .map(|(id, looks)| looks.then(|| self.get(id.unwrap_or("")).is_some()))
            .collect();
        with(rows, "linked", Arc::new(linked))
    }
}

/// A certificate id as compared: trimmed, without regard to case.
pub(crate) fn id_key(id: &str) -> String {
    id.trim().to_lowercase()
}

/// The rows with another column in the place of one.
pub(crate) fn with(rows: &RecordBatch, name: &str, column: ArrayRef) -> Result<RecordBatch, Error> {
    let at = rows.schema().index_of(name)?;
    let mut columns: Vec<ArrayRef> = rows.columns().to_vec();
    columns[at] = column;
    Ok(RecordBatch::try_new(rows.schema(), columns)?)
}

fn column<'a>(rows: &'a RecordBatch, name: &str) -> Result<&'a ArrayRef, Error> {
    rows.column_by_name(name).ok_or_else(|| Error::Table {
        table: "batch".to_owned(),
        problem: format!("no column {name}"),
    })
}

/// A text column, dictionaries resolved.
pub(crate) fn texts(rows: &RecordBatch, name: &str) -> Result<StringArray, Error> {
    let column = cast(column(rows, name)?, &DataType::Utf8)?;
    Ok(column.as_string::<i32>().clone())
}

pub(crate) fn dates<'a>(rows: &'a RecordBatch, name: &str) -> Result<&'a Date32Array, Error> {
    let found = column(rows, name)?;
    found
        .as_primitive_opt::<Date32Type>()
        .ok_or_else(|| wrong(name, found))
}

pub(crate) fn flags<'a>(rows: &'a RecordBatch, name: &str) -> Result<&'a BooleanArray, Error> {
    let found = column(rows, name)?;
    found.as_boolean_opt().ok_or_else(|| wrong(name, found))
}

pub(crate) fn numbers<'a>(rows: &'a RecordBatch, name: &str) -> Result<&'a Int64Array, Error> {
    let found = column(rows, name)?;
    found
        .as_primitive_opt::<Int64Type>()
        .ok_or_else(|| wrong(name, found))
}

fn wrong(name: &str, found: &ArrayRef) -> Error {
    Error::Table {
        table: "batch".to_owned(),
        problem: format!("column {name} is {}", found.data_type()),
    }
}

/// Every row of a bucket's files as a bundle.
pub(crate) fn read(
    tables: &Tables,
    files: &HashMap<&'static str, Vec<&frisk_engine::DataFile>>,
) -> Result<Bundle, Error> {
    let mut rows = Vec::new();
    for table in Bundle::TABLES {
        for file in files.get(table.name).into_iter().flatten() {
            let batches = tables.rows(table, file)?;
            rows.extend(batches.into_iter().map(|batch| (table, batch)));
        }
    }
    Bundle::of(&rows)
}
