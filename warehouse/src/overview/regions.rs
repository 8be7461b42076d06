use super::OverviewRow;
use crate::{Cell, PublishedTable};

/// Regions shown: those with most cases per inhabitant.
const SHOWN: usize = 5;

/// The regions with most cases per 1,000 inhabitants, most first.
///
/// Source: conformance kit §13, `oversikt_per_lan`: whole cases a million inhabitants, then divided by 1,000.
pub(super) fn rows(current: &PublishedTable, previous: &PublishedTable) -> Vec<OverviewRow> {
    let regions = current
        .dimensions()
        .first()
        .map(|d| d.categories.as_slice())
        .unwrap_or_default();
    let figure = |table: &PublishedTable, code: &str| {
        let regions = &table.dimensions().first()?.categories;
        let at = regions.iter().position(|category| category.code == code)?;
        per_million(table.cell(&[at, 0, 0])?, table.cell(&[at, 1, 0])?)
    };
    let mut found: Vec<(i64, OverviewRow)> = (regions.iter().filter(|region| region.code != "all"))
        .filter_map(|region| {
            let now = figure(current, &region.code)?;
            let then = figure(previous, &region.code).unwrap_or_default();
            let row = OverviewRow {
                code: region.code.clone(),
                label: region.label.clone(),
                figure: Cell::Value(now as f64 / 1000.0),
                change: Some(if then == 0 {
                    0
                } else {
                    100 * (now - then) / then
                }),
                colour: None,
            };
            Some((now, row))
        })
        .collect();
    // Stable: equal ones stay in report order.
    found.sort_by_key(|(figure, _)| std::cmp::Reverse(*figure));
    found.into_iter().take(SHOWN).map(|(_, row)| row).collect()
}

/// Whole cases a million inhabitants; `None` where the inhabitants are not known.
fn per_million(cases: Cell, inhabitants: Cell) -> Option<i64> {
    match (cases, inhabitants) {
        (Cell::Value(cases), Cell::Value(people)) if people > 0.0 => {
            Some((1_000_000.0 * cases / people).floor() as i64)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_million_inhabitants_are_counted_in_whole_cases() {
        // 7 cases of 3,000,000 inhabitants: 2.33 a million, whole 2, so 0.002 a thousand.
        let figure = per_million(Cell::Value(7.0), Cell::Value(3_000_000.0));
        assert_eq!(figure, Some(2));
        assert_eq!(per_million(Cell::Value(7.0), Cell::Missing), None);
    }
}
