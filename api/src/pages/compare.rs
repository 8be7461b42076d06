use std::sync::Arc;

use frisk_warehouse::{Cell, Month, PublishedTable, View};

use crate::{
    auth::Granted,
    choices::Choices,
    gate::{Asked, Gate},
    problem::Problem,
};

/// A measure over 24 months, of which the last twelve are set against the twelve before.
#[derive(Debug, Clone)]
pub(crate) struct TwoYears {
    /// Value each month, oldest first.
    pub(crate) months: Vec<Option<f64>>,
}

impl TwoYears {
    /// The series of a report up to a month: one category of its groups, one sex.
    pub(crate) async fn ask(
        gate: &Arc<Gate>,
        granted: &Granted,
        report: &str,
        to: Month,
    ) -> Result<Arc<PublishedTable>, Problem> {
        let asked = Asked {
            report: report.to_owned(),
            view: View::Series,
            from: to.plus(-23),
            to,
            choices: Choices::default(),
        };
        gate.answer(granted, asked).await
    }

    /// The months of a table, for one category code of its groups (if it has groups) and one sex code.
    pub(crate) fn of(table: &PublishedTable, group: Option<&str>, sex: &str) -> Self {
        let months = table.dimensions().first().map_or(0, |d| d.categories.len());
        let value = |month| match cell(table, month, group, sex) {
            Some(Cell::Value(value)) => Some(value),
            _ => None,
        };
        Self {
            months: (0..months).map(value).collect(),
        }
    }

    /// Each month's share of another measure.
    pub(crate) fn share_of(&self, whole: &Self) -> Self {
        let share = |(part, whole): (&Option<f64>, &Option<f64>)| match (part, whole) {
            (Some(part), Some(whole)) if *whole > 0.0 => Some(part / whole),
            _ => None,
        };
        Self {
            months: self.months.iter().zip(&whole.months).map(share).collect(),
        }
    }

    /// Mean of the last twelve months.
    pub(crate) fn now(&self) -> Option<f64> {
        mean(self.months.get(self.months.len().checked_sub(12)?..)?)
    }

    /// Mean of the same months the year before; `None` if any of them has nothing.
    pub(crate) fn before(&self) -> Option<f64> {
        let start = self.months.len().checked_sub(24)?;
        let months = self.months.get(start..start + 12)?;
        if months.iter().any(|m| m.is_none_or(|v| v <= 0.0)) {
            return None;
        }
        mean(months)
    }
}

fn mean(values: &[Option<f64>]) -> Option<f64> {
    let known: Vec<f64> = values.iter().flatten().copied().collect();
    if known.is_empty() {
        return None;
    }
    Some(known.iter().sum::<f64>() / known.len() as f64)
}

fn cell(table: &PublishedTable, month: usize, group: Option<&str>, sex: &str) -> Option<Cell> {
    let dimensions = table.dimensions();
    let place = |at: usize, code: &str| {
        let categories = &dimensions.get(at)?.categories;
        categories.iter().position(|c| c.code == code)
    };
    let sex_at = dimensions.len().checked_sub(1)?;
    let sex = place(sex_at, sex)?;
    match (group, dimensions.len()) {
        (_, 2) => table.cell(&[month, sex]),
        (Some(group), 3) => table.cell(&[month, place(1, group)?, sex]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::TwoYears;

    #[test]
    fn twelve_months_are_set_against_the_twelve_before() {
        let mut months = vec![Some(100.0); 12];
        months.extend(vec![Some(110.0); 12]);
        let years = TwoYears { months };
        assert_eq!(years.now(), Some(110.0));
        assert_eq!(years.before(), Some(100.0));
    }

    #[test]
    fn an_empty_month_the_year_before_forbids_comparing() {
        let mut months = vec![Some(0.0); 1];
        months.extend(vec![Some(100.0); 23]);
        assert_eq!(TwoYears { months }.before(), None);
    }
}
