//! The overview (översikt): the last three finished months beside the same months a year earlier.
//!
//! Source: conformance kit §8 and §13.

mod part;
mod rows;

use chrono::NaiveDate;

pub use part::OverviewPart;

use crate::{Cell, Error, Label, Month, Policy, PublishedTable, Question, Scope, View, Warehouse};

/// One row of an overview part.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct OverviewRow {
    /// Code of the group.
    pub code: String,
    /// Label of the group.
    pub label: Label,
    /// Cases in the last three finished months.
    pub cases: Cell,
    /// Change in percent since the same months a year earlier; 0 when there were none then, `None` when a figure is
    /// withheld or the part has no change.
    pub change_percent: Option<i64>,
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

/// First and last of the last three finished months.
#[must_use]
pub fn quarter(today: NaiveDate) -> (Month, Month) {
    let last = Month::of(today).plus(-1);
    (last.plus(-2), last)
}

impl Warehouse {
    /// One part of the overview, as of `today`.
    ///
    /// # Errors
    /// As [`Warehouse::answer`].
    pub fn overview(
        &self,
        part: OverviewPart,
        scope: &Scope,
        today: NaiveDate,
        policy: Policy,
    ) -> Result<Overview, Error> {
        let ask = |months_back: i32| {
            let (from, to) = quarter(today);
            let question = Question {
                report: part.report().to_owned(),
                scope: scope.clone(),
                view: View::Cross,
                from: from.plus(-months_back),
                to: to.plus(-months_back),
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
