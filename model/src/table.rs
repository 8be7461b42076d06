//! Rows of text (a CSV file) as a feature batch.

use std::sync::Arc;

use arrow::array::{ArrayRef, Float64Array, Int32Array, RecordBatch, StringArray};
use csv::StringRecord;

use crate::error::{Error, Result};
use crate::spec::{Encoding, FeatureSpec};

impl FeatureSpec {
    /// A batch for scoring from the rows of a table with the columns of the spec.
    ///
    /// **Input**: header and rows. A feature without a column, or with an empty cell, is missing.
    /// `case_id` is the row's number and `as_of_day` is `day` unless the table has such columns.
    /// **Output**: one row a row, and the columns of the spec that the table lacks.
    ///
    /// # Errors
    /// [`Error::Cell`] for text where a number is needed.
    pub fn batch_of(
        &self,
        header: &StringRecord,
        rows: &[StringRecord],
        day: i32,
    ) -> Result<(RecordBatch, Vec<String>)> {
        let find = |name: &str| header.iter().position(|column| column.trim() == name);
        let mut columns: Vec<(String, ArrayRef)> = Vec::new();
        let mut lacking = Vec::new();
        let ids: Vec<String> = match find("case_id") {
            Some(at) => rows
                .iter()
                .map(|row| cell(row, at).unwrap_or_default().to_owned())
                .collect(),
            None => (0..rows.len()).map(|row| row.to_string()).collect(),
        };
        columns.push(("case_id".to_owned(), Arc::new(StringArray::from(ids))));
        let days: Vec<i32> = match find("as_of_day") {
            Some(at) => numbers("as_of_day", rows, at)?
                .into_iter()
                .map(|value| value.map_or(day, |value| value as i32))
                .collect(),
            None => vec![day; rows.len()],
        };
        columns.push(("as_of_day".to_owned(), Arc::new(Int32Array::from(days))));
        for feature in &self.features {
            let at = find(&feature.column);
            if at.is_none() {
                lacking.push(feature.column.clone());
            }
            // No cell stands at the end of all rows.
            let at = at.unwrap_or(usize::MAX);
            let array: ArrayRef = match feature.encoding {
                Encoding::Category { .. } => {
                    let texts = rows.iter().map(|row| cell(row, at));
                    Arc::new(texts.collect::<StringArray>())
                }
                Encoding::Numeric { .. } => {
                    Arc::new(Float64Array::from(numbers(&feature.column, rows, at)?))
                }
            };
            columns.push((feature.column.clone(), array));
        }
        Ok((RecordBatch::try_from_iter(columns)?, lacking))
    }
}

fn cell(row: &StringRecord, at: usize) -> Option<&str> {
    row.get(at).map(str::trim).filter(|text| !text.is_empty())
}

fn numbers(column: &str, rows: &[StringRecord], at: usize) -> Result<Vec<Option<f64>>> {
    let read = |(row, record): (usize, &StringRecord)| match cell(record, at) {
        None => Ok(None),
        Some(text) => text.parse().map(Some).map_err(|_| Error::Cell {
            column: column.to_owned(),
            row,
            expected: "a number",
        }),
    };
    rows.iter().enumerate().map(read).collect()
}
