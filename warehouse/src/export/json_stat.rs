use std::collections::BTreeMap;

use frisk_codes::Language;
use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::{Value, json};

use super::{decimals, heading, policy, status};
use crate::{Cell, Dimension, Error, PublishedTable, Role};

/// Keys in the order in which they were put in: clients read categories in that order.
#[derive(Debug, Clone, Default)]
pub struct Ordered<T>(pub Vec<(String, T)>);

impl<T: Serialize> Serialize for Ordered<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in &self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

/// A JSON-stat 2.0 dataset. Source: <https://json-stat.org/full/>.
#[derive(Debug, Clone, Serialize)]
pub struct Dataset {
    version: &'static str,
    class: &'static str,
    label: String,
    source: String,
    note: Vec<String>,
    /// Which dimensions are time, geography and measure.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    role: BTreeMap<&'static str, Vec<String>>,
    id: Vec<String>,
    size: Vec<usize>,
    /// The dimensions, by id.
    pub dimension: Ordered<DatasetDimension>,
    /// The cells in row-major order; empty in a description.
    pub value: Vec<Value>,
    /// Why cells have no value, by their place.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub status: BTreeMap<usize, &'static str>,
    /// What JSON-stat has no word for.
    pub extension: Value,
}

impl Dataset {
    /// Describes a dimension by other categories than the table has.
    pub fn set_categories(&mut self, dimension: &Dimension, language: Language) {
        let Some(place) = self.id.iter().position(|id| *id == dimension.id) else {
            return;
        };
        let (_, described) = &mut self.dimension.0[place];
        described.category = categories(dimension, language, 0);
        self.size[place] = dimension.categories.len();
    }
}

/// One dimension of a dataset.
#[derive(Debug, Clone, Serialize)]
pub struct DatasetDimension {
    label: String,
    category: DatasetCategories,
    /// What JSON-stat has no word for.
    #[serde(skip_serializing_if = "Value::is_null")]
    pub extension: Value,
}

#[derive(Debug, Clone, Serialize)]
struct DatasetCategories {
    index: Ordered<usize>,
    label: Ordered<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<Ordered<Value>>,
}

/// The table as a dataset, with labels in one language.
#[must_use]
pub fn dataset(table: &PublishedTable, language: Language) -> Dataset {
    let dimensions = table.dimensions();
    let decimals = decimals(table);
    Dataset {
        version: "2.0",
        class: "dataset",
        label: table.title().get(language).to_owned(),
        source: format!("Frisk, {}", table.snapshot()),
        note: heading(table, language),
        role: roles(dimensions),
        id: dimensions.iter().map(|d| d.id.clone()).collect(),
        size: dimensions.iter().map(|d| d.categories.len()).collect(),
        dimension: Ordered(
            dimensions
                .iter()
                .map(|d| (d.id.clone(), dimension(d, language, decimals)))
                .collect(),
        ),
        value: table.cells().iter().map(|&cell| value(cell)).collect(),
        status: states(table.cells()),
        extension: json!({
            "frisk": {
                "report": table.report(),
                "snapshot": table.snapshot(),
                "policy": policy(table.policy()),
                "definition": table.definition().get(language),
            },
        }),
    }
}

/// JSON-stat 2.0, a dataset.
pub(super) fn write(table: &PublishedTable, language: Language) -> Result<Vec<u8>, Error> {
    Ok(serde_json::to_vec(&dataset(table, language))?)
}

fn dimension(dimension: &Dimension, language: Language, decimals: usize) -> DatasetDimension {
    DatasetDimension {
        label: dimension.label.get(language).to_owned(),
        category: categories(dimension, language, decimals),
        extension: Value::Null,
    }
}

fn categories(dimension: &Dimension, language: Language, decimals: usize) -> DatasetCategories {
    let categories = &dimension.categories;
    let labels = categories
        .iter()
        .map(|c| (c.code.clone(), c.label.get(language).to_owned()));
    let unit = |c: &crate::Category| {
        let unit = json!({"base": c.label.get(language), "decimals": decimals});
        (c.code.clone(), unit)
    };
    DatasetCategories {
        index: Ordered(
            categories
                .iter()
                .enumerate()
                .map(|(place, c)| (c.code.clone(), place))
                .collect(),
        ),
        label: Ordered(labels.collect()),
        unit: (dimension.role == Role::Metric)
            .then(|| Ordered(categories.iter().map(unit).collect())),
    }
}

/// Which dimensions are time, geography and measure; classifications have no role in JSON-stat.
fn roles(dimensions: &[Dimension]) -> BTreeMap<&'static str, Vec<String>> {
    let mut roles: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    for dimension in dimensions {
        let role = match dimension.role {
            Role::Time => "time",
            Role::Geo => "geo",
            Role::Metric => "metric",
            Role::Classification => continue,
        };
        roles.entry(role).or_default().push(dimension.id.clone());
    }
    roles
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
fn states(cells: &[Cell]) -> BTreeMap<usize, &'static str> {
    let without = cells
        .iter()
        .enumerate()
        .filter(|(_, cell)| !matches!(cell, Cell::Value(_)));
    without
        .map(|(place, &cell)| (place, status(cell)))
        .collect()
}
