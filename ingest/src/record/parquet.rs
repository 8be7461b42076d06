//! Parquet: the columns of the CSV form as text; days also as `DATE` or `TIMESTAMP`.

use std::fs::File;

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Schema};
use bytes::Bytes;
use csv::StringRecord;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use super::columns::{self, Column, Columns, EXPECTED};
use super::rows::Collector;
use super::{RecordFile, RecordKind};
use crate::reading::Format;

/// Whether the bytes begin and end as a Parquet file does.
pub(super) fn is_parquet(bytes: &[u8]) -> bool {
    bytes.len() >= 12 && bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1")
}

/// Whether the columns of a Parquet file are those of one of records.
pub(super) fn file_holds_records(file: File) -> bool {
    ParquetRecordBatchReaderBuilder::try_new(file).is_ok_and(|builder| {
        let fields = builder.schema().fields().iter();
        Columns::of(fields.map(|f| f.name().as_str())).is_some()
    })
}

/// Reads a Parquet file of records; `None` if its columns are not those of one.
pub(super) fn read(bytes: &[u8]) -> Option<RecordFile> {
    // The reader of damaged pages may panic; a damaged file must not end the run.
    std::panic::catch_unwind(|| rows(bytes)).unwrap_or_else(|_| broken(None))
}

/// Most rows of one file: a small file may hold a great many.
const MAX_ROWS: i64 = 10_000_000;

fn broken(kind: Option<RecordKind>) -> Option<RecordFile> {
    let file = RecordFile::new(Format::RecordParquet, kind);
    Some(file.out("parquet", "", "expected a Parquet file that can be read"))
}

fn rows(bytes: &[u8]) -> Option<RecordFile> {
    let bytes = Bytes::copy_from_slice(bytes);
    let Ok(builder) = ParquetRecordBatchReaderBuilder::try_new(bytes) else {
        return broken(None);
    };
    let schema = builder.schema().clone();
    let columns = Columns::of(schema.fields().iter().map(|f| f.name().as_str()))?;
    let file = RecordFile::new(Format::RecordParquet, columns.kind);
    let Some(kind) = columns.kind else {
        return Some(file.out("columns", "", EXPECTED));
    };
    if let Some(column) = columns.twice {
        return Some(file.out("columns", "", &format!("column {column} stands twice")));
    }
    if let Some((column, expected)) = wrong_type(&schema, &columns) {
        let place = format!("column {}", columns.heading(column));
        return Some(file.out(columns::shown(column), &place, expected));
    }
    if builder.metadata().file_metadata().num_rows() > MAX_ROWS {
        return Some(file.out(
            "size",
            "",
            "expected at most 10 million rows: split the file",
        ));
    }
    let Ok(reader) = builder.build() else {
        return broken(Some(kind));
    };
    let mut collector = Collector::new(columns, kind);
    let mut row = 0;
    for batch in reader {
        let taken = batch.ok().and_then(|b| take(&b, &mut collector, &mut row));
        if taken.is_none() {
            return broken(Some(kind));
        }
    }
    let (records, faults) = collector.finish();
    Some(RecordFile {
        records: Some(records),
        faults,
        ..file
    })
}

/// A column whose type does not fit, and what is expected.
fn wrong_type(schema: &Schema, columns: &Columns) -> Option<(Column, &'static str)> {
    columns.positions().find_map(|(column, at)| {
        let found = schema.fields().get(at)?.data_type();
        let text = is_text(found) || matches!(found, DataType::Null);
        let day = matches!(
            found,
            DataType::Date32 | DataType::Date64 | DataType::Timestamp(..)
        );
        match column {
            Column::Start | Column::End | Column::Known | Column::Updated => {
                (!text && !day).then_some((column, "expected DATE, TIMESTAMP or text"))
            }
            // A personal number as a number has lost what text keeps; ids as numbers are unharmed.
            Column::RecordId => {
                (!text && !found.is_integer()).then_some((column, "expected text or whole numbers"))
            }
            _ => (!text).then_some((column, "expected text")),
        }
    })
}

fn is_text(kind: &DataType) -> bool {
    match kind {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => true,
        DataType::Dictionary(_, values) => is_text(values),
        _ => false,
    }
}

/// Takes the rows of a batch; `None` if a column cannot be read as text.
fn take(batch: &RecordBatch, collector: &mut Collector, row: &mut u32) -> Option<()> {
    let width = batch.num_columns();
    let mut texts = vec![None; width];
    for (_, at) in collector.columns().positions() {
        let column = cast(batch.column(at), &DataType::Utf8).ok()?;
        *texts.get_mut(at)? = Some(column);
    }
    for index in 0..batch.num_rows() {
        let cells: StringRecord = texts
            .iter()
            .map(|column| match column {
                Some(column) if column.is_valid(index) => column.as_string::<i32>().value(index),
                _ => "",
            })
            .collect();
        *row = row.saturating_add(1);
        collector.push(*row, &cells);
    }
    Some(())
}
