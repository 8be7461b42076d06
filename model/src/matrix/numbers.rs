//! Codes of numeric columns.

use arrow::array::{Array, ArrayRef, AsArray, Float64Array};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Float64Type};

use crate::cohort::mismatch;
use crate::error::Result;
use crate::spec::Encoding;

/// A numeric or boolean column as f64.
pub(super) fn read(name: &str, array: &ArrayRef) -> Result<Float64Array> {
    if !(array.data_type().is_numeric() || array.data_type() == &DataType::Boolean) {
        return Err(mismatch(name, array.as_ref(), "Float64"));
    }
    let numbers = cast(array, &DataType::Float64)?;
    let numbers = numbers.as_primitive_opt::<Float64Type>().cloned();
    numbers.ok_or_else(|| mismatch(name, array.as_ref(), "Float64"))
}

pub(super) fn encode(name: &str, array: &ArrayRef, cuts: &[f64]) -> Result<Vec<u16>> {
    let numbers = read(name, array)?;
    let code = |value: Option<f64>| Encoding::code_of_number(cuts, value.unwrap_or(f64::NAN));
    Ok(numbers.iter().map(code).collect())
}

/// Rows whose value lies outside a range, ascending.
pub(super) fn outside(
    name: &str,
    array: &ArrayRef,
    range: std::ops::RangeInclusive<f64>,
) -> Result<Vec<usize>> {
    let numbers = read(name, array)?;
    let strange = |value: Option<f64>| value.is_some_and(|value| !range.contains(&value));
    let rows = numbers
        .iter()
        .enumerate()
        .filter(|(_, value)| strange(*value));
    Ok(rows.map(|(row, _)| row).collect())
}
