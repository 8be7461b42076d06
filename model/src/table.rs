//! Rows of text (a CSV file) as a feature batch.

use std::sync::Arc;

use arrow::array::{ArrayRef, Float64Array, Int32Array, RecordBatch, StringArray};
use csv::StringRecord;

use crate::error::{Error, Result};
use crate::spec::{Encoding, FeaturePlan, FeatureSpec, Kind};

/// Header and rows of a table. An empty cell and `NA` are missing.
#[derive(Debug, Clone)]
pub struct TextTable {
    header: StringRecord,
    rows: Vec<StringRecord>,
}

impl TextTable {
    /// A table from its records.
    #[must_use]
    pub fn new(header: StringRecord, rows: Vec<StringRecord>) -> Self {
        Self { header, rows }
    }

    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// True without rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The features of a model as a batch for scoring.
    ///
    /// A feature without a column is missing in all rows. `case_id` is the row's number and
    /// `as_of_day` is `day` unless the table has such columns. **Output**: one row a row, and the
    /// features that the table lacks.
    ///
    /// # Errors
    /// [`Error::Cell`] for text where a number is needed.
    pub fn for_scoring(&self, spec: &FeatureSpec, day: i32) -> Result<(RecordBatch, Vec<String>)> {
        let ids: StringArray = match self.position("case_id") {
            Some(at) => self
                .cells(at)
                .map(|cell| Some(cell.unwrap_or_default()))
                .collect(),
            None => (0..self.len()).map(|row| Some(row.to_string())).collect(),
        };
        let days: Int32Array = match self.position("as_of_day") {
            Some(_) => self
                .numbers("as_of_day")?
                .iter()
                .map(|value| Some(value.map_or(day, |value| value as i32)))
                .collect(),
            None => vec![day; self.len()].into(),
        };
        let mut columns: Vec<(&str, ArrayRef)> =
            vec![("case_id", Arc::new(ids)), ("as_of_day", Arc::new(days))];
        let mut lacking = Vec::new();
        for feature in &spec.features {
            if self.position(&feature.column).is_none() {
                lacking.push(feature.column.clone());
            }
            let text = matches!(feature.encoding, Encoding::Category { .. });
            columns.push((&feature.column, self.array(&feature.column, text)?));
        }
        Ok((RecordBatch::try_from_iter(columns)?, lacking))
    }

    /// The planned columns as a batch for learning.
    ///
    /// # Errors
    /// [`Error::MissingColumn`], or [`Error::Cell`] for text where a number is needed.
    pub fn for_learning(&self, plans: &[FeaturePlan]) -> Result<RecordBatch> {
        let columns = plans.iter().map(|plan| {
            if self.position(&plan.column).is_none() {
                return Err(Error::MissingColumn {
                    column: plan.column.clone(),
                });
            }
            let text = matches!(plan.kind, Kind::Category { .. });
            Ok((plan.column.as_str(), self.array(&plan.column, text)?))
        });
        Ok(RecordBatch::try_from_iter(
            columns.collect::<Result<Vec<_>>>()?,
        )?)
    }

    /// A column of numbers.
    ///
    /// # Errors
    /// [`Error::MissingColumn`], or [`Error::Cell`] for text that is no number.
    pub fn numbers(&self, column: &str) -> Result<Vec<Option<f64>>> {
        let at = self.position(column).ok_or_else(|| Error::MissingColumn {
            column: column.to_owned(),
        })?;
        let read = |(row, cell): (usize, Option<&str>)| match cell {
            None => Ok(None),
            Some(text) => text.parse().map(Some).map_err(|_| Error::Cell {
                column: column.to_owned(),
                row,
                expected: "a number",
            }),
        };
        self.cells(at).enumerate().map(read).collect()
    }

    fn array(&self, column: &str, text: bool) -> Result<ArrayRef> {
        Ok(match (self.position(column), text) {
            (Some(at), true) => Arc::new(self.cells(at).collect::<StringArray>()),
            (Some(_), false) => Arc::new(Float64Array::from(self.numbers(column)?)),
            (None, true) => Arc::new(StringArray::new_null(self.len())),
            (None, false) => Arc::new(Float64Array::new_null(self.len())),
        })
    }

    fn position(&self, column: &str) -> Option<usize> {
        self.header.iter().position(|name| name.trim() == column)
    }

    fn cells(&self, at: usize) -> impl Iterator<Item = Option<&str>> {
        self.rows.iter().map(move |row| {
            let cell = row.get(at).map(str::trim);
            cell.filter(|text| !text.is_empty() && *text != "NA")
        })
    }
}

#[cfg(test)]
mod tests {
    use arrow::array::{Array, AsArray};
    use arrow::datatypes::Float64Type;

    use super::*;

    fn table() -> TextTable {
        let record = |cells: [&str; 3]| StringRecord::from(cells.to_vec());
        let rows = vec![record(["F43", "41", "x"]), record(["", "NA", "x"])];
        TextTable::new(record(["category", "age", "other"]), rows)
    }

    #[test]
    fn missing_cells_are_null_and_wrong_ones_are_named() {
        let plans = [
            FeaturePlan::category("category"),
            FeaturePlan::number("age"),
        ];
        let batch = table().for_learning(&plans).unwrap();
        assert_eq!(batch.column(0).as_string::<i32>().value(0), "F43");
        assert_eq!(batch.column(1).as_primitive::<Float64Type>().value(0), 41.0);
        assert!(batch.column(0).is_null(1) && batch.column(1).is_null(1));
        let wrong = table().numbers("other").unwrap_err().to_string();
        assert_eq!(wrong, "column `other`, row 0: a number expected");
        assert!(table().for_learning(&[FeaturePlan::number("sex")]).is_err());
    }
}
