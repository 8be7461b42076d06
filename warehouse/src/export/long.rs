use std::{collections::HashMap, sync::Arc};

use arrow::{
    array::{ArrayRef, Float64Array, RecordBatch, StringArray},
    datatypes::{DataType, Field, Schema},
};
use frisk_codes::Language;

use super::{heading, policy, status};
use crate::{Category, Cell, Error, PublishedTable};

/// One cell with the category that it has in each dimension.
pub(super) struct LongRow<'a> {
    pub(super) categories: Vec<&'a Category>,
    pub(super) cell: Cell,
}

/// The cells in order, each with its categories.
pub(super) fn rows(table: &PublishedTable) -> impl Iterator<Item = LongRow<'_>> {
    table.cells().iter().enumerate().map(|(index, &cell)| {
        let mut rest = index;
        let mut categories = Vec::with_capacity(table.dimensions().len());
        for dimension in table.dimensions().iter().rev() {
            categories.push(&dimension.categories[rest % dimension.categories.len()]);
            rest /= dimension.categories.len();
        }
        categories.reverse();
        LongRow { categories, cell }
    })
}

/// The table as an Arrow batch: one row a cell; for each dimension a column of codes and a column of labels
/// (`sex`, `sex_label`), then `value` (null when withheld or missing) and `status` (`suppressed`, `missing` or null).
///
/// # Errors
/// [`Error::Arrow`] if the batch cannot be built.
pub fn record_batch(table: &PublishedTable, language: Language) -> Result<RecordBatch, Error> {
    let rows: Vec<LongRow<'_>> = rows(table).collect();
    let mut fields = Vec::new();
    let mut columns: Vec<ArrayRef> = Vec::new();
    for (at, dimension) in table.dimensions().iter().enumerate() {
        let codes = rows
            .iter()
            .map(|row| Some(row.categories[at].code.as_str()));
        let labels = rows
            .iter()
            .map(|row| Some(row.categories[at].label.get(language)));
        fields.push(Field::new(&dimension.id, DataType::Utf8, false));
        fields.push(Field::new(
            format!("{}_label", dimension.id),
            DataType::Utf8,
            false,
        ));
        columns.push(Arc::new(codes.collect::<StringArray>()));
        columns.push(Arc::new(labels.collect::<StringArray>()));
    }
    fields.push(Field::new("value", DataType::Float64, true));
    fields.push(Field::new("status", DataType::Utf8, true));
    let values = rows.iter().map(|row| match row.cell {
        Cell::Value(value) => Some(value),
        Cell::Suppressed | Cell::Missing => None,
    });
    let states = rows
        .iter()
        .map(|row| Some(status(row.cell)).filter(|s| !s.is_empty()));
    columns.push(Arc::new(values.collect::<Float64Array>()));
    columns.push(Arc::new(states.collect::<StringArray>()));
    let schema = Schema::new_with_metadata(fields, metadata(table, language));
    Ok(RecordBatch::try_new(Arc::new(schema), columns)?)
}

fn metadata(table: &PublishedTable, language: Language) -> HashMap<String, String> {
    let (from, to) = table.period();
    HashMap::from([
        ("frisk.report".to_owned(), table.report().to_owned()),
        (
            "frisk.title".to_owned(),
            table.title().get(language).to_owned(),
        ),
        ("frisk.period".to_owned(), format!("{from}/{to}")),
        ("frisk.snapshot".to_owned(), table.snapshot().to_owned()),
        ("frisk.policy".to_owned(), policy(table.policy())),
        (
            "frisk.notes".to_owned(),
            heading(table, language).join("\n"),
        ),
    ])
}
