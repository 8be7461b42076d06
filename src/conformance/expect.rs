use frisk_codes::Language;
use frisk_warehouse::{Cell, Notice, Overview, OverviewPart, OverviewRow, PublishedTable, View};
use serde_json::{Value, json};

use super::{
    ask::{Answer, Reported},
    case::{Expected, Then},
    catalogue::provider_name,
    select::{self, Picked, pick},
    special,
    values::{Row, filled},
    world::World,
};

/// What the answer has in an expected column, as the kit would write it.
pub(super) fn got(
    answer: &Answer,
    world: &World<'_>,
    then: &Then,
    row: &Expected,
    column: &str,
) -> Value {
    match answer {
        Answer::Nothing => not_found(column),
        Answer::Table(reported) => beside(reported, world, &row.input, column)
            .unwrap_or_else(|| in_table(&reported.table, then, &row.input, column)),
        Answer::Overview(_, notices) if column == "meddelande" => codes(notices),
        Answer::Overview(overview, _) => in_overview(overview, &row.input, column),
        Answer::Extract(extract) => special::got(extract, &row.input, column),
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
pub(super) fn number(value: f64) -> Value {
    if value.fract() == 0.0 {
        json!(value as i64)
    } else {
        json!(value)
    }
}

/// The kit's "not found": -1, of texts null.
pub(super) fn not_found(column: &str) -> Value {
    match column {
        "grupper lista" | "färg" => Value::Null,
        "meddelande" => json!([]),
        _ => json!(-1),
    }
}

fn codes(notices: &[Notice]) -> Value {
    notices.iter().map(|notice| json!(notice.code())).collect()
}

/// What stands beside the table: the selection, messages, and whom it is for. Source: the kit's §10 and §15.
fn beside(reported: &Reported, world: &World<'_>, input: &Row, column: &str) -> Option<Value> {
    let selection = &reported.selection;
    let provider = reported.reader.as_ref().map(|reader| &reader.care_provider);
    Some(match column {
        "meddelande" => codes(&reported.notices),
        "allaEnhetsfilterValda" => json!(selection.all_units),
        "enhetsfilterlista" => json!(selection.units),
        "allaDiagnosfilterValda" => json!(selection.all_diagnoses),
        "allaSjukskrivningslängdfilterValda" => json!(selection.all_lengths),
        "sjukskrivningslangdfilterlista" => selection
            .lengths
            .iter()
            .map(|group| json!(group.label(Language::Sv)))
            .collect(),
        "allaÅldersgruppfilterValda" => json!(selection.all_ages),
        "åldersgruppfilterlista" => selection
            .ages
            .iter()
            .map(|group| json!(group.label(Language::Sv)))
            .collect(),
        "vårdgivarnamn" => json!(provider_name(provider?)?),
        "fileUploadDate" => json!(world.uploaded(provider?)),
        "markerad" => marked(reported, input)?,
        _ => return None,
    })
}

/// Whether the row's unit is one of the reader's own.
fn marked(reported: &Reported, input: &Row) -> Option<Value> {
    let reader = reported.reader.as_ref()?;
    let wanted = filled(input, "vårdenhet")?;
    let units = reported
        .table
        .dimensions()
        .iter()
        .find(|d| d.id == "unit")?;
    let Some(unit) = units
        .categories
        .iter()
        .find(|unit| unit.label.sv.contains(&wanted))
    else {
        return Some(json!(-1));
    };
    let own = !reader.leader && reader.own.contains(&unit.code);
    Some(json!(if own { "ja" } else { "nej" }))
}

fn in_table(table: &PublishedTable, then: &Then, input: &Row, column: &str) -> Value {
    let chart = then.output == "chart";
    if column == "grupper lista" {
        return json!(select::group_names(table));
    }
    if column == "färg" {
        let series = select::series(table, then, input);
        let colour = series.and_then(|(dimension, place)| table.colour(dimension, place));
        return colour.map_or(Value::Null, |colour| json!(colour));
    }
    let Some(picked) = pick(table, then, input) else {
        return not_found(column);
    };
    let value = figure(&picked, column, chart || has_own_totals(table));
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

/// Whether a row's total is its own: in a cross-section with one dimension of groups. Source: the kit's §11.
fn has_own_totals(table: &PublishedTable) -> bool {
    let groups = table
        .dimensions()
        .iter()
        .filter(|d| !matches!(d.id.as_str(), "sex" | "measure"));
    table.question().view == View::Cross && groups.count() < 2
}

/// A figure of a row. `totalt` of a table with groups is the sum of all groups of a row, and of the row itself
/// elsewhere. Source: the kit's §11.
fn figure(picked: &Picked, column: &str, own_total: bool) -> Option<Cell> {
    match column {
        "män" => Some(picked.group?[2]),
        "kvinnor" => Some(picked.group?[1]),
        "grupp totalt" | "antal sjukfall per tusen listningar" => Some(picked.group?[0]),
        "totalt" if own_total => Some(picked.group?[0]),
        "totalt" => Some(picked.all),
        _ => None,
    }
}

fn in_overview(overview: &Overview, input: &Row, column: &str) -> Value {
    let row = overview_row(overview, input);
    if column == "färg" {
        return row
            .and_then(|row| row.colour)
            .map_or(Value::Null, |colour| json!(colour));
    }
    let found = match column {
        "value" => filled(input, "field").and_then(|field| named_field(overview, &field)),
        "antal" | "andel" => row.and_then(figure_of),
        "förändring" => row.and_then(|row| row.change).map(|change| change as f64),
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

fn figure_of(row: &OverviewRow) -> Option<f64> {
    match row.figure {
        Cell::Value(value) => Some(value),
        Cell::Suppressed | Cell::Missing => None,
    }
}

/// A figure that the overview names. Source: the kit's §13.
fn named_field(overview: &Overview, field: &str) -> Option<f64> {
    let row = overview.rows.first()?;
    match (overview.part, field) {
        (OverviewPart::Long, "longSickLeavesTotal") | (OverviewPart::Sex, "totalCases") => {
            figure_of(row)
        }
        (OverviewPart::Long, "longSickLeavesAlternation") | (OverviewPart::Sex, "alteration") => {
            row.change.map(|change| change as f64)
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
