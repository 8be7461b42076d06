//! The overview (översikt): the last three finished months beside the same months a year earlier.
//!
//! Source: conformance kit §8 and §13.

mod completions;
mod part;
mod regions;
mod rows;

use chrono::NaiveDate;

pub use part::OverviewPart;

use crate::{
    Cell, Error, Filter, Label, Month, Notice, Policy, PublishedTable, Question, Scope, View,
    Warehouse,
};

/// One row of an overview part.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct OverviewRow {
    /// Code of the group.
    pub code: String,
    /// Label of the group.
    pub label: Label,
    /// The figure of the last three finished months: cases; of regions, cases per 1,000 inhabitants; of completions,
    /// percent.
    pub figure: Cell,
    /// Change in percent since the same months a year earlier, of completions in percentage points; 0 when there were
    /// none then, `None` when a figure is withheld or the part has no change.
    pub change: Option<i64>,
    /// Colour of the row in the peer's charts, `#RRGGBB`.
    pub colour: Option<&'static str>,
}

/// One part of the overview: the two tables that it was made from, and its rows.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Overview {
    /// Which part.
    pub part: OverviewPart,
    /// The last three finished months.
    pub current: PublishedTable,
    /// The same months a year earlier.
    pub previous: PublishedTable,
    /// The rows as they are shown.
    pub rows: Vec<OverviewRow>,
}

impl Overview {
    /// What a reader must be told; `dates` = days were chosen, which the overview does not follow.
    #[must_use]
    pub fn notices(&self, dates: bool) -> Vec<Notice> {
        let (from, to) = self.current.period();
        let filtered = self.current.question().filter.is_active();
        let empty = !self.current.has_data();
        let found = [
            dates.then_some(Notice::OwnMonths { from, to }),
            (empty && filtered).then_some(Notice::NothingWithFilter),
            (empty && !filtered).then_some(Notice::NoData),
        ];
        found.into_iter().flatten().collect()
    }
}

/// First and last of the last three finished months.
#[must_use]
pub fn quarter(today: NaiveDate) -> (Month, Month) {
    let last = Month::of(today).plus(-1);
    (last.plus(-2), last)
}

impl Warehouse {
    /// One part of the overview, as of `today`. The months are the overview's own, whatever the filter.
    ///
    /// # Errors
    /// As [`Warehouse::answer`].
    pub fn overview(
        &self,
        part: OverviewPart,
        scope: &Scope,
        filter: &Filter,
        today: NaiveDate,
        policy: Policy,
    ) -> Result<Overview, Error> {
        let ask = |months_back: i32| {
            let (from, to) = quarter(today);
            let (from, to) = (from.plus(-months_back), to.plus(-months_back));
            let question = Question {
                filter: part.filter(filter),
                ..Question::new(part.report(), scope.clone(), View::Cross, from, to)
            };
            self.answer(&question, policy)
        };
        let (current, previous) = (ask(0)?, ask(12)?);
        Ok(Overview {
            rows: rows::of(part, scope.level(), &current, &previous),
            part,
            current,
            previous,
        })
    }
}
