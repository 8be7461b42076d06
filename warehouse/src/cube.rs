use serde::Serialize;

use crate::question::{Month, Policy, Question};

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Label {
    /// Swedish.
    pub sv: String,
    /// English.
    pub en: String,
}

/// What a dimension is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Months.
    Time,
    /// Regions, units.
    Geo,
    /// Anything else.
    Classification,
}

/// One value of a dimension.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Category {
    /// Code, stable across languages.
    pub code: String,
    /// Label.
    pub label: Label,
}

/// One dimension of a cube.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dimension {
    /// Identifier, such as `month`, `sex`, `age_group`.
    pub id: String,
    /// Label.
    pub label: Label,
    /// What it is for.
    pub role: Role,
    /// Values, in order.
    pub categories: Vec<Category>,
}

/// The result of one question before protection: counts over dimensions, with everything that says what they are.
///
/// A cube cannot be shown: only a [`PublishedTable`], which has passed a [`Policy`], can be exported.
#[derive(Debug, Clone, PartialEq)]
pub struct Cube {
    /// What was asked.
    pub question: Question,
    /// Title.
    pub title: Label,
    /// What one unit of the count is and how it is counted.
    pub definition: Label,
    /// Filters in words, and other remarks.
    pub notes: Vec<Label>,
    /// Name of the snapshot that was counted.
    pub snapshot: String,
    /// Dimensions, slowest first; the last one is always `sex` (total, women, men).
    pub dimensions: Vec<Dimension>,
    /// Values in row-major order.
    pub values: Vec<f64>,
}

/// One published cell.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    /// A value that may be shown.
    Value(f64),
    /// Withheld to protect persons.
    Suppressed,
    /// There is no such figure.
    Missing,
}

/// A table that has passed disclosure control; the only thing that exporters, pages and the API accept.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PublishedTable {
    pub(crate) report: String,
    pub(crate) question: Question,
    pub(crate) title: Label,
    pub(crate) definition: Label,
    pub(crate) notes: Vec<Label>,
    pub(crate) snapshot: String,
    pub(crate) policy: Policy,
    pub(crate) dimensions: Vec<Dimension>,
    pub(crate) cells: Vec<Cell>,
}

impl PublishedTable {
    /// Title.
    #[must_use]
    pub fn title(&self) -> &Label {
        &self.title
    }

    /// What is counted and how.
    #[must_use]
    pub fn definition(&self) -> &Label {
        &self.definition
    }

    /// Remarks that must stand beside the figures.
    #[must_use]
    pub fn notes(&self) -> &[Label] {
        &self.notes
    }

    /// What was asked.
    #[must_use]
    pub fn question(&self) -> &Question {
        &self.question
    }

    /// First and last month.
    #[must_use]
    pub fn period(&self) -> (Month, Month) {
        (self.question.from, self.question.to)
    }

    /// Name of the snapshot that was counted.
    #[must_use]
    pub fn snapshot(&self) -> &str {
        &self.snapshot
    }

    /// How small counts were protected.
    #[must_use]
    pub fn policy(&self) -> Policy {
        self.policy
    }

    /// Dimensions, slowest first.
    #[must_use]
    pub fn dimensions(&self) -> &[Dimension] {
        &self.dimensions
    }

    /// Cells in row-major order.
    #[must_use]
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// The cell at one category index a dimension; `None` outside the table.
    #[must_use]
    pub fn cell(&self, indexes: &[usize]) -> Option<Cell> {
        if indexes.len() != self.dimensions.len() {
            return None;
        }
        let mut at = 0;
        for (dimension, &index) in self.dimensions.iter().zip(indexes) {
            if index >= dimension.categories.len() {
                return None;
            }
            at = at * dimension.categories.len() + index;
        }
        self.cells.get(at).copied()
    }
}
