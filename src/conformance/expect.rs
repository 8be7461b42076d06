use frisk_warehouse::{Cell, Overview, OverviewPart, OverviewRow, PublishedTable};
use serde_json::{Value, json};

use super::{
    ask::Answer,
    case::{Expected, Then},
    select::{Picked, pick},
    values::{Row, filled},
};

/// What the answer has in an expected column, as the kit would write it.
pub(super) fn got(answer: &Answer, then: &Then, row: &Expected, column: &str) -> Value {
    match answer {
        Answer::Nothing => not_found(column),
        Answer::Table(table) => in_table(table, then, &row.input, column),
        Answer::Overview(overview) => in_overview(overview, &row.input, column),
    }
}

/// Whether a value is what was expected. Source: the kit's §2.
pub(super) fn holds(expected: &Value, got: &Value) -> bool {
    if let Some(approx) = expected.get("approx").and_then(Value::as_f64) {
        let tolerance = expected
            .get("tolerance")
            .and_then(Value::as_f64)
            .unwrap_or_default();
        return got
            .as_f64()
            .is_some_and(|got| (got - approx).abs() <= tolerance);
    }
    match (expected.as_f64(), got.as_f64()) {
        (Some(expected), Some(got)) => (expected - got).abs() < 1e-9,
        _ => expected == got,
    }
}

/// A whole number as such.
fn number(value: f64) -> Value {
    if value.fract() == 0.0 {
        json!(value as i64)
    } else {
        json!(value)
    }
}

/// The kit's "not found".
fn not_found(column: &str) -> Value {
    match column {
        "grupper lista" => Value::Null,
        _ => json!(-1),
    }
}

fn in_table(table: &PublishedTable, then: &Then, input: &Row, column: &str) -> Value {
    let chart = then.output == "chart";
    if column == "grupper lista" {
        return group_names(table);
    }
    let Some(picked) = pick(table, input, chart) else {
        return not_found(column);
    };
    let value = figure(
        &picked,
        column,
        chart || table.question().view == frisk_warehouse::View::Cross,
    );
    match (then.report.as_str(), value, picked.group) {
        ("andel_sjukfall_per_kon", Some(Cell::Value(n)), Some([Cell::Value(total), ..]))
            if !chart && column != "totalt" =>
        {
            let percent = if total == 0.0 {
                0.0
            } else {
                (100.0 * n / total + 0.5).floor()
            };
            json!(format!("{percent} % ({n})"))
        }
        (_, Some(Cell::Value(value)), _) => number(value),
        ("lan", Some(Cell::Missing), _) if chart => json!(0),
        ("lan", Some(Cell::Missing), _) => json!("-"),
        _ => not_found(column),
    }
}

/// A figure of a row. `totalt` of a table with groups is the sum of all groups of a series' row, and of the row itself
/// elsewhere. Source: the kit's §11.
fn figure(picked: &Picked, column: &str, own_total: bool) -> Option<Cell> {
    match column {
        "män" => Some(picked.group?[2]),
        "kvinnor" => Some(picked.group?[1]),
        "grupp totalt" => Some(picked.group?[0]),
        "totalt" if own_total => Some(picked.group?[0]),
        "totalt" => Some(picked.all),
        _ => None,
    }
}

fn group_names(table: &PublishedTable) -> Value {
    let plain = |id: &str| matches!(id, "month" | "sex" | "measure");
    let groups = table.dimensions().iter().find(|d| !plain(&d.id));
    groups.map_or(Value::Null, |groups| {
        groups
            .categories
            .iter()
            .map(|c| json!(c.label.sv))
            .collect()
    })
}

fn in_overview(overview: &Overview, input: &Row, column: &str) -> Value {
    let found = match column {
        "value" => filled(input, "field").and_then(|field| named_field(overview, &field)),
        "antal" => overview_row(overview, input).and_then(cases),
        "förändring" => overview_row(overview, input)
            .and_then(|row| row.change_percent)
            .map(|change| change as f64),
        _ => None,
    };
    found.map_or_else(|| not_found(column), number)
}

fn overview_row<'o>(overview: &'o Overview, input: &Row) -> Option<&'o OverviewRow> {
    let wanted = filled(input, "grupp")?;
    overview
        .rows
        .iter()
        .find(|row| row.label.sv.contains(&wanted))
}

fn cases(row: &OverviewRow) -> Option<f64> {
    match row.cases {
        Cell::Value(value) => Some(value),
        Cell::Suppressed | Cell::Missing => None,
    }
}

/// A figure that the overview names. Source: the kit's §13.
fn named_field(overview: &Overview, field: &str) -> Option<f64> {
    let row = overview.rows.first()?;
    match (overview.part, field) {
        (OverviewPart::Long, "longSickLeavesTotal") | (OverviewPart::Sex, "totalCases") => {
            cases(row)
        }
        (OverviewPart::Long, "longSickLeavesAlternation") | (OverviewPart::Sex, "alteration") => {
            row.change_percent.map(|change| change as f64)
        }
        (OverviewPart::Sex, "proportionFemale") => share(overview, 1),
        (OverviewPart::Sex, "proportionMale") => share(overview, 2),
        _ => None,
    }
}

/// Share of one sex in percent, rounded; half and half when there is no case.
fn share(overview: &Overview, sex: usize) -> Option<f64> {
    let value = |sex| match overview.current.cell(&[0, sex])? {
        Cell::Value(value) => Some(value),
        Cell::Suppressed | Cell::Missing => None,
    };
    let (part, total) = (value(sex)?, value(0)?);
    Some(if total == 0.0 {
        50.0
    } else {
        (100.0 * part / total + 0.5).floor()
    })
}
