use frisk_codes::Text;

use super::OverviewRow;
use crate::{Cell, PublishedTable, palette};

/// The share of certificates with a completion request, and of those without.
///
/// Source: conformance kit §13, `oversikt_andel_kompletteringar`.
pub(super) fn rows(current: &PublishedTable, previous: &PublishedTable) -> Vec<OverviewRow> {
    let (now, then) = (percent(current), percent(previous));
    let row = |place: usize, code: &str, label: Text, figure: f64, change: f64| OverviewRow {
        code: code.to_owned(),
        label: label.into(),
        figure: Cell::Value(figure),
        change: Some(change as i64),
        colour: palette::SERIES.get(place).copied(),
    };
    vec![
        row(
            0,
            "with",
            Text::new(
                "Sjukpenningintyg med komplettering",
                "Sick-leave certificates with a completion request",
            ),
            now,
            now - then,
        ),
        row(
            1,
            "without",
            Text::new(
                "Sjukpenningintyg utan komplettering",
                "Sick-leave certificates without a completion request",
            ),
            100.0 - now,
            then - now,
        ),
    ]
}

/// The percentage of all types together, both sexes.
fn percent(table: &PublishedTable) -> f64 {
    let types = table
        .dimension("certificate_type")
        .and_then(|at| table.dimensions().get(at));
    let last = types.map_or(0, |d| d.categories.len()).saturating_sub(1);
    match table.cell(&[last, 2, 0]) {
        Some(Cell::Value(percent)) => percent,
        _ => 0.0,
    }
}
