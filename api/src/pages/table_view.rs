use frisk_codes::Language;
use frisk_warehouse::{Cell, Dimension, PublishedTable};

use crate::locale;

/// A table as it stands on a page.
#[derive(Debug)]
pub(crate) struct TableView {
    pub(crate) caption: String,
    /// Name of the row dimension.
    pub(crate) corner: String,
    /// Upper heads with the columns they span; empty if there is one row of heads.
    pub(crate) groups: Vec<(String, usize)>,
    pub(crate) heads: Vec<String>,
    pub(crate) rows: Vec<RowView>,
    pub(crate) has_protected: bool,
}

/// One row.
#[derive(Debug)]
pub(crate) struct RowView {
    pub(crate) head: String,
    pub(crate) cells: Vec<CellView>,
}

/// One cell, in words that also a screen reader can say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum CellView {
    Value(String),
    Protected,
    Missing,
}

impl CellView {
    pub(crate) fn is_protected(&self) -> bool {
        *self == Self::Protected
    }

    pub(crate) fn is_missing(&self) -> bool {
        *self == Self::Missing
    }

    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Value(text) => text,
            Self::Protected | Self::Missing => "",
        }
    }
}

/// The columns of a table: labels, and the category index in each dimension after the first.
struct Column {
    group: Option<String>,
    head: String,
    indexes: Vec<usize>,
}

impl TableView {
    /// Rows are the first dimension; columns the others. A series over groups shows the total of each group only: women
    /// and men stand in the files.
    pub(crate) fn new(table: &PublishedTable, caption: &str, language: Language) -> Self {
        let dimensions = table.dimensions();
        let Some((rows, others)) = dimensions.split_first() else {
            return Self::empty(caption);
        };
        let columns = columns(rows, others, language);
        let cell = |row: usize, column: &Column| {
            let mut at = vec![row];
            at.extend(&column.indexes);
            view(table.cell(&at), language)
        };
        let row = |(place, category): (usize, &frisk_warehouse::Category)| RowView {
            head: row_head(rows, &category.code, &category.label, language),
            cells: columns.iter().map(|column| cell(place, column)).collect(),
        };
        let body: Vec<RowView> = rows.categories.iter().enumerate().map(row).collect();
        Self {
            caption: caption.to_owned(),
            corner: locale::label(&rows.label, language).to_owned(),
            groups: groups(&columns),
            heads: columns.iter().map(|column| column.head.clone()).collect(),
            has_protected: body
                .iter()
                .flat_map(|row| &row.cells)
                .any(CellView::is_protected),
            rows: body,
        }
    }

    fn empty(caption: &str) -> Self {
        Self {
            caption: caption.to_owned(),
            corner: String::new(),
            groups: Vec::new(),
            heads: Vec::new(),
            rows: Vec::new(),
            has_protected: false,
        }
    }
}

fn columns(rows: &Dimension, others: &[Dimension], language: Language) -> Vec<Column> {
    let text =
        |category: &frisk_warehouse::Category| locale::label(&category.label, language).to_owned();
    match others {
        [one] => one
            .categories
            .iter()
            .enumerate()
            .map(|(place, category)| Column {
                group: None,
                head: text(category),
                indexes: vec![place],
            })
            .collect(),
        [groups, _] if rows.id == "month" => groups
            .categories
            .iter()
            .enumerate()
            .map(|(place, category)| Column {
                group: None,
                head: text(category),
                // The first sex is the total.
                indexes: vec![place, 0],
            })
            .collect(),
        [upper, lower] => upper
            .categories
            .iter()
            .enumerate()
            .flat_map(|(u, above)| {
                lower
                    .categories
                    .iter()
                    .enumerate()
                    .map(move |(l, below)| Column {
                        group: Some(text(above)),
                        head: text(below),
                        indexes: vec![u, l],
                    })
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn groups(columns: &[Column]) -> Vec<(String, usize)> {
    let mut groups: Vec<(String, usize)> = Vec::new();
    for column in columns {
        let Some(name) = &column.group else {
            return Vec::new();
        };
        match groups.last_mut() {
            Some((last, span)) if last == name => *span += 1,
            _ => groups.push((name.clone(), 1)),
        }
    }
    groups
}

fn row_head(
    rows: &Dimension,
    code: &str,
    label: &frisk_warehouse::Label,
    language: Language,
) -> String {
    if rows.id == "month"
        && let Ok(month) = code.parse()
    {
        return locale::month(month, language);
    }
    locale::label(label, language).to_owned()
}

fn view(cell: Option<Cell>, language: Language) -> CellView {
    match cell {
        Some(Cell::Value(value)) if value.fract() == 0.0 => {
            CellView::Value(locale::count(value, language))
        }
        Some(Cell::Value(value)) => CellView::Value(locale::decimal(value, language)),
        Some(Cell::Suppressed) => CellView::Protected,
        Some(Cell::Missing) | None => CellView::Missing,
    }
}
