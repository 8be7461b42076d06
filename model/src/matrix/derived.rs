//! Columns computed from others of the batch.
//!
//! A certificate of whole weeks or months is a stage: the doctor looks again at its end. Any other
//! length ends on an agreed day. So the days left mean two different things, and get two columns.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, AsArray, Float64Array, RecordBatch};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Float64Type};

use crate::cohort;
use crate::error::Result;

/// Days left of a certificate of whole weeks or months; missing otherwise.
pub(crate) const STAGE: &str = "days_left_of_stage";
/// Days left of a certificate of another length; missing otherwise.
pub(crate) const AGREED: &str = "days_left_until_agreed";
/// What both come from.
const LEFT: &str = "days_left";
const LENGTH: &str = "last_certificate_days";

/// The column of the batch, or the derived one of this name.
pub(super) fn column(batch: &RecordBatch, name: &str) -> Result<ArrayRef> {
    let stage = match name {
        STAGE => true,
        AGREED => false,
        _ => return cohort::column(batch, name).cloned(),
    };
    if let Some(given) = batch.column_by_name(name) {
        return Ok(Arc::clone(given));
    }
    let left = numbers(cohort::column(batch, LEFT)?)?;
    let length = batch.column_by_name(LENGTH).map(numbers).transpose()?;
    let split = (0..left.len()).map(|row| {
        let length = length.as_ref().filter(|length| !length.is_null(row));
        // Of unknown length: taken as a stage.
        let whole = length.is_none_or(|length| is_stage(length.value(row)));
        (whole == stage && !left.is_null(row)).then(|| left.value(row))
    });
    Ok(Arc::new(split.collect::<Float64Array>()))
}

fn is_stage(days: f64) -> bool {
    days >= 14.0 && (days % 7.0 == 0.0 || days % 30.0 == 0.0)
}

/// Numbers, also where they stand as text (a length is a category of its own elsewhere).
fn numbers(array: &ArrayRef) -> Result<Float64Array> {
    let plain = match array.data_type() {
        DataType::Dictionary(_, value) => cast(array, value)?,
        _ => Arc::clone(array),
    };
    Ok(cast(&plain, &DataType::Float64)?
        .as_primitive::<Float64Type>()
        .clone())
}

#[cfg(test)]
mod tests {
    use arrow::array::StringArray;

    use super::*;

    #[test]
    fn days_left_are_told_apart_by_the_length_of_the_certificate() {
        let length: StringArray = ["28", "29", "30", "7"]
            .map(Some)
            .into_iter()
            .chain([None])
            .collect();
        let left = Float64Array::from(vec![1.0, 2.0, 3.0, 4.0, 5.0]);
        let columns = [
            (LENGTH, Arc::new(length) as ArrayRef),
            (LEFT, Arc::new(left)),
        ];
        let batch = RecordBatch::try_from_iter(columns).unwrap();
        let read = |name: &str| -> Vec<Option<f64>> {
            let column = column(&batch, name).unwrap();
            column.as_primitive::<Float64Type>().iter().collect()
        };
        assert_eq!(read(STAGE), [Some(1.0), None, Some(3.0), None, Some(5.0)]);
        assert_eq!(read(AGREED), [None, Some(2.0), None, Some(4.0), None]);
        assert!(column(&batch, "sex").is_err());
    }
}
