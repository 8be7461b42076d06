use std::collections::BTreeMap;

use frisk_codes::Language;
use frisk_warehouse::{Cell, Label, PublishedTable};
use serde::Serialize;
use utoipa::ToSchema;

use crate::locale;

/// A published table in our own JSON.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TableDocument {
    /// Name of the report.
    #[schema(example = "sjukfall_totalt")]
    report: String,
    /// Title, in the language of the answer.
    title: String,
    /// What is counted and how.
    definition: String,
    /// Remarks that must stand beside the figures.
    notes: Vec<String>,
    /// Where the figures come from.
    source: &'static str,
    /// Level: national, region or unit.
    #[schema(example = "national")]
    level: String,
    /// View: series or cross.
    #[schema(example = "series")]
    view: String,
    /// First month.
    #[schema(example = "2024-01")]
    from: String,
    /// Last month.
    #[schema(example = "2025-06")]
    to: String,
    /// Name of the snapshot that was counted.
    snapshot: String,
    /// How small counts were protected.
    #[schema(example = "compat")]
    policy: &'static str,
    /// The dimensions, slowest first.
    dimensions: Vec<DimensionDocument>,
    /// The figures in row-major order; null where `status` says why.
    values: Vec<Option<f64>>,
    /// Why a figure is not there, by its place in `values`: `suppressed` or `missing`.
    status: BTreeMap<usize, &'static str>,
}

/// One dimension of a table.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DimensionDocument {
    /// Identifier.
    #[schema(example = "sex")]
    id: String,
    /// Label.
    label: String,
    /// Codes of its categories, in order.
    codes: Vec<String>,
    /// Labels of its categories, in order.
    labels: Vec<String>,
}

impl TableDocument {
    pub(crate) fn new(table: &PublishedTable, language: Language) -> Self {
        let text = |label: &Label| locale::label(label, language).to_owned();
        let (from, to) = table.period();
        Self {
            report: table.report().to_owned(),
            title: text(table.title()),
            definition: text(table.definition()),
            notes: table.notes().iter().map(text).collect(),
            source: locale::SOURCE.get(language),
            level: table.question().scope.level().to_string(),
            view: table.question().view.to_string(),
            from: from.to_string(),
            to: to.to_string(),
            snapshot: table.snapshot().to_owned(),
            policy: table.policy().name(),
            dimensions: dimensions(table, language),
            values: table.cells().iter().map(|cell| value(*cell)).collect(),
            status: status(table.cells()),
        }
    }
}

fn dimensions(table: &PublishedTable, language: Language) -> Vec<DimensionDocument> {
    let text = |label: &Label| locale::label(label, language).to_owned();
    let document = |dimension: &frisk_warehouse::Dimension| DimensionDocument {
        id: dimension.id.clone(),
        label: text(&dimension.label),
        codes: dimension
            .categories
            .iter()
            .map(|c| c.code.clone())
            .collect(),
        labels: dimension
            .categories
            .iter()
            .map(|c| text(&c.label))
            .collect(),
    };
    table.dimensions().iter().map(document).collect()
}

fn value(cell: Cell) -> Option<f64> {
    match cell {
        Cell::Value(value) => Some(value),
        Cell::Suppressed | Cell::Missing => None,
    }
}

fn status(cells: &[Cell]) -> BTreeMap<usize, &'static str> {
    let word = |cell: &Cell| match cell {
        Cell::Value(_) => None,
        Cell::Suppressed => Some("suppressed"),
        Cell::Missing => Some("missing"),
    };
    let named = cells.iter().enumerate();
    named
        .filter_map(|(place, cell)| Some((place, word(cell)?)))
        .collect()
}
