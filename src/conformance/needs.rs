use std::collections::BTreeSet;

use frisk_warehouse::{Level, View, reports};

use super::{
    ask::part,
    case::{Case, Expected, Step, Then},
    select::KEYS,
    special,
    values::is_empty,
};

/// Input columns beside the keys of rows that are understood.
const INPUTS: [&str; 24] = [
    "inloggad som",
    "vårdgivarnivå",
    "vald vg",
    "år",
    "månad",
    "län",
    "kolumngrupp",
    "field",
    "vårdenhetdjup",
    "filter enheter",
    "filter kapitel",
    "filter avsnitt",
    "filter kategorier",
    "filter kod",
    "filter åldersgrupp",
    "filter sjukskrivningslängd",
    "filter intygstyp",
    "filter startdatum",
    "filter slutdatum",
    "valt diagnoskapitel",
    "valda diagnoskapitel",
    "valda diagnosavsnitt",
    "valda diagnoskategorier",
    "valda diagnoskoder",
];

/// Expected columns that are compared.
const COLUMNS: [&str; 22] = [
    "män",
    "kvinnor",
    "totalt",
    "grupp totalt",
    "grupper lista",
    "antal",
    "andel",
    "förändring",
    "value",
    "färg",
    "meddelande",
    "markerad",
    "fileUploadDate",
    "vårdgivarnamn",
    "antal sjukfall per tusen listningar",
    "allaEnhetsfilterValda",
    "enhetsfilterlista",
    "allaDiagnosfilterValda",
    "allaSjukskrivningslängdfilterValda",
    "sjukskrivningslangdfilterlista",
    "allaÅldersgruppfilterValda",
    "åldersgruppfilterlista",
];

/// What a case uses that is not there yet, by name; empty = everything can be compared.
pub(super) fn of(case: &Case) -> BTreeSet<String> {
    let mut missing = BTreeSet::new();
    for step in &case.steps {
        if let Step::Then(then) = step {
            if !has_report(then) {
                missing.insert(format!(
                    "report {} ({}, {})",
                    then.report, then.level, then.view
                ));
            }
            for row in then.rows.iter().filter(|_| then.level != "special") {
                columns(row, &mut missing);
            }
        }
    }
    missing
}

fn has_report(then: &Then) -> bool {
    match then.level.as_str() {
        "overview" => return part(&then.report).is_some(),
        "special" => return special::has(&then.report),
        _ => {}
    }
    let (Some(level), Some(view)) = (level(&then.level), view(&then.view)) else {
        return false;
    };
    reports::catalogue().iter().any(|info| {
        info.slug == then.report && info.levels.contains(&level) && info.views.contains(&view)
    })
}

fn columns(row: &Expected, missing: &mut BTreeSet<String>) {
    let known = |column: &str| INPUTS.contains(&column) || KEYS.contains(&column);
    for (column, value) in &row.input {
        // A date column counts even when it is empty: then it is a wrong date.
        let empty = is_empty(value) && !column.ends_with("datum");
        if !known(column) && !empty {
            missing.insert(format!("input {column}"));
        }
    }
    for column in row.expect.keys().filter(|c| !COLUMNS.contains(&c.as_str())) {
        missing.insert(format!("expected {column}"));
    }
}

/// The level of a step; `None` for the overview and the special reports.
pub(super) fn level(name: &str) -> Option<Level> {
    match name {
        "national" => Some(Level::National),
        "region" => Some(Level::Region),
        "unit" => Some(Level::Unit),
        _ => None,
    }
}

/// The view of a step.
pub(super) fn view(name: &str) -> Option<View> {
    match name {
        "time_series" => Some(View::Series),
        "cross_section" => Some(View::Cross),
        _ => None,
    }
}
