use serde::Serialize;

use crate::{
    Notice,
    policy::Policy,
    question::{Month, Question},
    reports::{Denominator, Grouping},
};

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
    /// What is measured.
    Metric,
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

impl From<frisk_codes::Text> for Label {
    fn from(text: frisk_codes::Text) -> Self {
        Self {
            sv: text.sv.to_owned(),
            en: text.en.to_owned(),
        }
    }
}

/// The result of one question before protection: what each care provider contributes, with everything that says what
/// it is.
///
/// A cube cannot be shown: nothing outside this crate can read its counts. [`crate::Policy::protect`] is the only way
/// from here to a [`PublishedTable`], which is all that exporters, pages and the API take. The counts are kept a care
/// provider, because the peer's rule acts before they are summed (`PEERS.md` §1.5).
#[derive(Debug, Clone)]
pub struct Cube {
    pub(crate) question: Question,
    pub(crate) title: Label,
    pub(crate) definition: Label,
    pub(crate) notes: Vec<Label>,
    pub(crate) snapshot: String,
    /// Months, if it is a series.
    pub(crate) months: Option<Dimension>,
    pub(crate) grouping: Grouping,
    pub(crate) denominator: Denominator,
    /// What the counts of each group are set against, by sex code: inhabitants of each region; listed patients of each
    /// unit, of unknown sex. Empty without a denominator.
    pub(crate) bases: Vec<[Option<u64>; 3]>,
    /// Counts of each care provider: months × groups × planes of the denominator × sex code (0 unknown, 1 man, 2 woman).
    pub(crate) parts: Vec<Vec<u32>>,
}

impl Cube {
    /// What was asked.
    #[must_use]
    pub fn question(&self) -> &Question {
        &self.question
    }

    /// Number of care providers that contribute.
    #[must_use]
    pub fn care_providers(&self) -> usize {
        self.parts.len()
    }
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
    /// Name of the report.
    #[must_use]
    pub fn report(&self) -> &str {
        &self.report
    }

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

    /// The place of a dimension.
    #[must_use]
    pub fn dimension(&self, id: &str) -> Option<usize> {
        self.dimensions.iter().position(|d| d.id == id)
    }

    /// The table as it is drawn: diagnosis chapters summed into diagnosis groups, the largest of many diagnoses; other
    /// tables as they are.
    #[must_use]
    pub fn chart(&self) -> Self {
        crate::reports::chart(self)
    }

    /// What a reader must be told of what there is to see.
    ///
    /// Source: conformance kit §15.
    #[must_use]
    pub fn notices(&self, icd10: &frisk_codes::Icd10) -> Vec<Notice> {
        let filter = &self.question.filter;
        let empty = !self.chart().has_data();
        let apart = filter.diagnoses.as_ref().is_some_and(|filtered| {
            let asked = &self.question.diagnoses;
            let meets = |a: &crate::Diagnosis| filtered.iter().any(|b| a.overlaps(b, icd10));
            !asked.is_empty() && !asked.iter().any(meets)
        });
        let found = [
            (empty && filter.is_active()).then_some(Notice::NothingWithFilter),
            apart.then_some(Notice::DiagnosesApart),
            self.is_long().then_some(Notice::MuchData),
            (empty && !filter.is_active()).then_some(Notice::NoData),
        ];
        Notice::told(&found.into_iter().flatten().collect::<Vec<_>>())
    }

    /// Whether any figure is not zero.
    #[must_use]
    pub fn has_data(&self) -> bool {
        let says = |cell: &Cell| matches!(cell, Cell::Value(value) if *value != 0.0);
        self.cells.iter().any(says)
    }

    /// Whether it has many rows for a page: 100, or 50 with several groups a row.
    fn is_long(&self) -> bool {
        let plain = |id: &str| matches!(id, "sex" | "measure");
        let sizes = self
            .dimensions
            .iter()
            .filter(|d| !plain(&d.id))
            .map(|d| d.categories.len());
        match sizes.collect::<Vec<_>>().as_slice() {
            [rows] => *rows >= 100,
            [rows, ..] => *rows >= 50,
            [] => false,
        }
    }

    /// The table without one category of a dimension.
    pub(crate) fn without(&self, dimension: &str, code: &str) -> Self {
        let mut rest = self.clone();
        let Some(at) = self.dimension(dimension) else {
            return rest;
        };
        let categories = &self.dimensions[at].categories;
        let Some(gone) = categories.iter().position(|category| category.code == code) else {
            return rest;
        };
        let inner: usize = self.dimensions[at + 1..]
            .iter()
            .map(|d| d.categories.len())
            .product();
        let kept = |(index, cell): (usize, &Cell)| {
            (index / inner.max(1) % categories.len() != gone).then_some(*cell)
        };
        rest.cells = self.cells.iter().enumerate().filter_map(kept).collect();
        rest.dimensions[at].categories.remove(gone);
        rest
    }
}
