use serde_json::{Map, Value};

/// One row of a step: column → value.
pub(super) type Row = Map<String, Value>;

/// The text of a column; `None` when the column is absent. Numbers and booleans are written out.
pub(super) fn text(row: &Row, column: &str) -> Option<String> {
    match row.get(column)? {
        Value::String(text) => Some(text.clone()),
        Value::Null => None,
        other => Some(other.to_string()),
    }
}

/// The text of a column that is neither absent nor empty.
pub(super) fn filled(row: &Row, column: &str) -> Option<String> {
    text(row, column).filter(|text| !text.is_empty())
}

/// A boolean column; false when absent.
pub(super) fn flag(row: &Row, column: &str) -> bool {
    row.get(column).and_then(Value::as_bool).unwrap_or_default()
}

/// A whole number column.
pub(super) fn number(row: &Row, column: &str) -> Option<i64> {
    row.get(column).and_then(Value::as_i64)
}

/// Whether a column is empty: an empty text or list.
pub(super) fn is_empty(value: &Value) -> bool {
    match value {
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Null => true,
        _ => false,
    }
}

/// The texts of a list column; empty when absent.
pub(super) fn list(row: &Row, column: &str) -> Vec<String> {
    let items = row
        .get(column)
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    items
        .filter_map(|item| item.as_str().map(str::to_owned))
        .collect()
}
