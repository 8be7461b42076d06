use frisk_codes::Language;
use serde_json::{Map, Value, json};

use super::{heading, policy, status};
use crate::{Cell, Dimension, Error, PublishedTable, Role};

/// JSON-stat 2.0, a dataset. Source: <https://json-stat.org/full/>.
pub(super) fn write(table: &PublishedTable, language: Language) -> Result<Vec<u8>, Error> {
    let dimensions = table.dimensions();
    let mut dataset = json!({
        "version": "2.0",
        "class": "dataset",
        "label": table.title().get(language),
        "source": format!("Frisk, {}", table.snapshot()),
        "note": heading(table, language),
        "id": dimensions.iter().map(|d| d.id.as_str()).collect::<Vec<_>>(),
        "size": dimensions.iter().map(|d| d.categories.len()).collect::<Vec<_>>(),
        "dimension": dimensions
            .iter()
            .map(|d| (d.id.clone(), dimension(d, language)))
            .collect::<Map<_, _>>(),
        "value": table.cells().iter().map(|&cell| value(cell)).collect::<Vec<_>>(),
        "extension": {
            "frisk": {
                "report": table.report(),
                "snapshot": table.snapshot(),
                "policy": policy(table.policy()),
                "definition": table.definition().get(language),
            },
        },
    });
    let roles = roles(dimensions);
    if !roles.is_empty() {
        dataset["role"] = Value::Object(roles);
    }
    let states = states(table.cells());
    if !states.is_empty() {
        dataset["status"] = Value::Object(states);
    }
    Ok(serde_json::to_vec(&dataset)?)
}

fn dimension(dimension: &Dimension, language: Language) -> Value {
    let categories = &dimension.categories;
    let labels: Map<String, Value> = categories
        .iter()
        .map(|c| (c.code.clone(), json!(c.label.get(language))))
        .collect();
    json!({
        "label": dimension.label.get(language),
        "category": {
            "index": categories.iter().map(|c| c.code.as_str()).collect::<Vec<_>>(),
            "label": labels,
        },
    })
}

/// Which dimensions are time, geography and measure; classifications have no role in JSON-stat.
fn roles(dimensions: &[Dimension]) -> Map<String, Value> {
    let of = |wanted: fn(&Dimension) -> bool| -> Vec<&str> {
        let found = dimensions.iter().filter(|d| wanted(d));
        found.map(|d| d.id.as_str()).collect()
    };
    let all = [
        ("time", of(|d| d.role == Role::Time)),
        ("geo", of(|d| d.role == Role::Geo)),
        ("metric", of(|d| d.id == "measure")),
    ];
    let some = all.into_iter().filter(|(_, ids)| !ids.is_empty());
    some.map(|(role, ids)| (role.to_owned(), json!(ids)))
        .collect()
}

/// A cell's number, whole where it is whole; null without one.
fn value(cell: Cell) -> Value {
    match cell {
        // Whole numbers up to 2^53 are exact as i64.
        Cell::Value(value) if value.fract() == 0.0 && value.abs() < 9e15 => json!(value as i64),
        Cell::Value(value) => json!(value),
        Cell::Suppressed | Cell::Missing => Value::Null,
    }
}

/// Why cells have no value, by their place.
fn states(cells: &[Cell]) -> Map<String, Value> {
    let without = cells
        .iter()
        .enumerate()
        .filter(|(_, cell)| !matches!(cell, Cell::Value(_)));
    without
        .map(|(place, &cell)| (place.to_string(), json!(status(cell))))
        .collect()
}
