//! Which rows are about whom.
//!
//! A table names persons by its columns: `person_key`, or, where it has none, the document or the certificate that a
//! row stems from. So a table that is added later is found by itself; one with none of these columns must be entered in
//! [`NOBODY`] (tested).

use std::collections::BTreeSet;

use arrow::{
    array::{Array, AsArray, BooleanArray, Int64Array, RecordBatch, StringArray},
    compute::cast,
    datatypes::{DataType, Date32Type, Int64Type},
};
use frisk_engine::{DataFile, TableState};
use rayon::prelude::*;

use crate::{
    Error,
    link::id_key,
    tables::{Table, Tables},
};

const PERSON: &str = "person_key";
const CERTIFICATE: &str = "certificate_id";
/// Columns that name the certificate that a row is about, or one that did something to it.
const CERTIFICATES: [&str; 2] = [CERTIFICATE, "by_certificate_id"];
/// A table with this column has rows of files about many persons: such a file's key is nobody's alone.
const FILE: &str = "source_file";
const DOCUMENT: &str = "document_key";

/// Tables whose rows are about nobody.
#[cfg(test)]
const NOBODY: &[&str] = &[];

/// Rows about some persons: by person key, and what hangs on their certificates and documents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Traces {
    /// Person keys.
    pub persons: BTreeSet<i64>,
    /// Ids of their certificates, as they are compared: trimmed and in lower case.
    pub certificates: BTreeSet<String>,
    /// Keys (64 hexadecimal digits) of the documents about them alone.
    pub documents: BTreeSet<String>,
    /// Keys of the files, with rows about others too, that rows about them came from.
    pub files: BTreeSet<String>,
    /// Keys of their stored cases.
    pub cases: BTreeSet<String>,
}

impl Table {
    /// Whether a table's rows name the person that they are about.
    #[must_use]
    pub fn names_person(self) -> bool {
        self.schema().column_with_name(PERSON).is_some()
    }
}

impl Traces {
    /// All traces of persons in the newest tables.
    ///
    /// # Errors
    /// When a table cannot be read.
    pub fn of(tables: &Tables, persons: BTreeSet<i64>) -> Result<Self, Error> {
        let mut traces = Self {
            persons,
            ..Self::default()
        };
        for &table in Table::ALL.iter().filter(|table| table.names_person()) {
            let state = tables.newest(table)?;
            for file in traces.files(tables, table, &state) {
                for rows in tables.read(table, file, Some(&columns(table)))? {
                    traces.gather(table, &rows)?;
                }
            }
        }
        Ok(traces)
    }

    /// The traces of all certificates whose every date lies before a day (days since 1970-01-01), whoever's they are,
    /// and of revocations before that day of certificates that never came.
    ///
    /// # Errors
    /// When a table cannot be read.
    pub fn before(tables: &Tables, day: i32) -> Result<Self, Error> {
        let mut traces = Self::default();
        for table in [Table::REVOCATION, Table::CERTIFICATE] {
            let state = tables.state(table, None)?;
            for file in &state.files {
                for rows in tables.rows(table, file)? {
                    let [ids, documents] = [texts(&rows, CERTIFICATE)?, texts(&rows, DOCUMENT)?];
                    for row in 0..rows.num_rows() {
                        let old = last_date(&rows, row).is_some_and(|last| last < day);
                        // A revocation goes with its certificate, never by its own document.
                        let documents = documents.as_ref().filter(|_| table.name == "certificate");
                        for (from, to) in [
                            (&ids, &mut traces.certificates),
                            (&documents.cloned(), &mut traces.documents),
                        ] {
                            // Keys of documents are lower-case hexadecimal digits: unchanged.
                            let Some(id) = text(from, row).map(id_key) else {
                                continue;
                            };
                            if old {
                                to.insert(id);
                            } else {
                                to.remove(&id);
                            }
                        }
                    }
                }
            }
        }
        Ok(traces)
    }

    /// Takes the ids of the rows that are about these persons.
    fn gather(&mut self, table: Table, rows: &RecordBatch) -> Result<(), Error> {
        let [certificates, documents, cases] = [
            texts(rows, CERTIFICATE)?,
            texts(rows, DOCUMENT)?,
            texts(rows, "case_id")?,
        ];
        let of_many = table.schema().column_with_name(FILE).is_some();
        let documents_to = if of_many {
            &mut self.files
        } else {
            &mut self.documents
        };
        let persons = persons(rows);
        let theirs = |row: &usize| {
            person(&persons, *row).is_some_and(|person| self.persons.contains(&person))
        };
        for row in (0..rows.num_rows()).filter(theirs) {
            if let Some(id) = text(&certificates, row) {
                self.certificates.insert(id_key(id));
            }
            for (from, to) in [(&documents, &mut *documents_to), (&cases, &mut self.cases)] {
                if let Some(text) = text(from, row) {
                    to.insert(text.to_owned());
                }
            }
        }
        Ok(())
    }

    /// Which rows are about these persons.
    pub(crate) fn about(&self, rows: &RecordBatch) -> Result<BooleanArray, Error> {
        let persons = persons(rows);
        let documents = texts(rows, DOCUMENT)?;
        let [certificates, others] = [texts(rows, CERTIFICATES[0])?, texts(rows, CERTIFICATES[1])?];
        let names = |ids: &Option<StringArray>, row| {
            text(ids, row).is_some_and(|id| self.certificates.contains(&id_key(id)))
        };
        Ok((0..rows.num_rows())
            .map(|row| {
                let by_person =
                    person(&persons, row).is_some_and(|person| self.persons.contains(&person));
                let by_document =
                    text(&documents, row).is_some_and(|key| self.documents.contains(key));
                Some(by_person || by_document || names(&certificates, row) || names(&others, row))
            })
            .collect())
    }

    /// The files of a table that can hold such rows. Large tables are looked into in the persons' buckets only; in the
    /// small ones a row can name a certificate under another person's key, when its document did.
    pub(crate) fn files<'s>(
        &self,
        tables: &Tables,
        table: Table,
        state: &'s TableState,
    ) -> Vec<&'s DataFile> {
        let large = [Table::CERTIFICATE, Table::PERIOD, Table::SICK_CASE];
        let by_bucket = table.bucketed
            && !self.persons.is_empty()
            && large.iter().any(|large| large.name == table.name);
        let buckets: BTreeSet<u32> = self
            .persons
            .iter()
            .map(|&person| tables.layout().bucket(person))
            .collect();
        let wanted = |file: &&DataFile| {
            !by_bucket || bucket(file).is_none_or(|bucket| buckets.contains(&bucket))
        };
        state.files.iter().filter(wanted).collect()
    }

    /// The rows of each table that are about these persons, as they are stored now.
    ///
    /// # Errors
    /// When a table cannot be read.
    pub fn rows(&self, tables: &Tables) -> Result<Vec<(Table, Vec<RecordBatch>)>, Error> {
        let mut found = Vec::new();
        for &table in Table::ALL {
            let state = tables.newest(table)?;
            let mut batches = Vec::new();
            for file in self.files(tables, table, &state) {
                for rows in tables.rows(table, file)? {
                    let own = arrow::compute::filter_record_batch(&rows, &self.about(&rows)?)?;
                    if own.num_rows() > 0 {
                        batches.push(own);
                    }
                }
            }
            found.push((table, batches));
        }
        Ok(found)
    }
}

/// Every person key in the newest tables.
///
/// # Errors
/// When a table cannot be read.
pub fn all_persons(tables: &Tables) -> Result<BTreeSet<i64>, Error> {
    let mut all = BTreeSet::new();
    for &table in Table::ALL.iter().filter(|table| table.names_person()) {
        let state = tables.newest(table)?;
        let parts: Result<Vec<BTreeSet<i64>>, Error> = state
            .files
            .par_iter()
            .map(|file| {
                let mut part = BTreeSet::new();
                for rows in tables.read(table, file, Some(&[PERSON]))? {
                    part.extend(persons(&rows).iter().flatten().flatten());
                }
                Ok(part)
            })
            .collect();
        all.extend(parts?.into_iter().flatten());
    }
    Ok(all)
}

/// The bucket that a file belongs to.
pub(crate) fn bucket(file: &DataFile) -> Option<u32> {
    file.partition.get("bucket").and_then(|b| b.parse().ok())
}

/// The columns of a table by which rows are found.
fn columns(table: Table) -> Vec<&'static str> {
    let schema = table.schema();
    [PERSON, CERTIFICATE, DOCUMENT, "case_id"]
        .into_iter()
        .filter(|name| schema.column_with_name(name).is_some())
        .collect()
}

fn persons(rows: &RecordBatch) -> Option<Int64Array> {
    let column = rows.column_by_name(PERSON)?;
    Some(column.as_primitive_opt::<Int64Type>()?.clone())
}

/// The person of a row; none where the table or the row names nobody.
fn person(column: &Option<Int64Array>, row: usize) -> Option<i64> {
    let column = column.as_ref()?;
    column.is_valid(row).then(|| column.value(row))
}

fn texts(rows: &RecordBatch, name: &str) -> Result<Option<StringArray>, Error> {
    rows.column_by_name(name)
        .map(|column| Ok(cast(column, &DataType::Utf8)?.as_string::<i32>().clone()))
        .transpose()
}

/// A text that is there and not empty.
fn text(column: &Option<StringArray>, row: usize) -> Option<&str> {
    let column = column.as_ref()?;
    (column.is_valid(row) && !column.value(row).is_empty()).then(|| column.value(row))
}

/// The latest date that a row tells of; the day on which it came in here is not told by it.
fn last_date(rows: &RecordBatch, row: usize) -> Option<i32> {
    let schema = rows.schema_ref();
    rows.columns()
        .iter()
        .zip(schema.fields())
        .filter(|(_, field)| field.name() != "received_date")
        .filter_map(|(column, _)| column.as_primitive_opt::<Date32Type>())
        .filter(|dates| dates.is_valid(row))
        .map(|dates| dates.value(row))
        .max()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows as a table can have them: two persons from one file, one row of nobody known that names a certificate.
    #[test]
    fn rows_of_others_are_not_taken_along() {
        use arrow::{
            array::ArrayRef,
            datatypes::{Field, Schema},
        };
        use std::sync::Arc;
        let fields = [
            (PERSON, DataType::Int64),
            (CERTIFICATE, DataType::Utf8),
            ("by_certificate_id", DataType::Utf8),
            (DOCUMENT, DataType::Utf8),
        ]
        .map(|(name, kind)| Field::new(name, kind, true));
        let columns: Vec<ArrayRef> = vec![
            Arc::new(Int64Array::from(vec![
                Some(7),
                Some(8),
                None,
                None,
                None,
                None,
            ])),
            Arc::new(StringArray::from(vec![
                None,
                None,
                Some("a"),
                Some("b"),
                Some("c"),
                None,
            ])),
            Arc::new(StringArray::from(vec![
                None,
                None,
                None,
                None,
                Some("a"),
                None,
            ])),
            Arc::new(StringArray::from(vec![
                "file", "file", "e1", "e2", "e3", "own",
            ])),
        ];
        let rows = RecordBatch::try_new(Arc::new(Schema::new(fields.to_vec())), columns).unwrap();
        let traces = Traces {
            persons: [7].into(),
            certificates: ["a".to_owned()].into(),
            documents: ["own".to_owned()].into(),
            files: ["file".to_owned()].into(),
            ..Traces::default()
        };
        // The person, an event of certificate a, one that a did to c, and the reject of the person's own document; not
        // the other person of the same file.
        let expected = [true, false, true, false, true, true];
        assert_eq!(
            traces.about(&rows).unwrap(),
            BooleanArray::from(expected.to_vec())
        );
    }

    /// A new table that names nobody in a way that erasure and extract can follow must be thought about.
    #[test]
    fn every_table_says_whom_its_rows_are_about() {
        for table in Table::ALL {
            let schema = table.schema();
            let named = [PERSON, DOCUMENT, CERTIFICATE]
                .iter()
                .any(|name| schema.column_with_name(name).is_some());
            assert!(
                named || NOBODY.contains(&table.name),
                "{}: no column person_key, document_key or certificate_id; is a row about a person?",
                table.name
            );
            assert!(!table.bucketed || table.names_person(), "{}", table.name);
        }
    }
}
