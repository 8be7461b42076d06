use std::sync::Arc;

use axum::{
    Json,
    extract::{Path, State, rejection::JsonRejection},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use axum_extra::extract::Query;
use frisk_codes::Language;
use frisk_warehouse::export::Format;

use super::{
    metadata::describe,
    selection::{Placement, Selection, VariableSelection},
    table::Table,
    tables::language,
};
use crate::{gate::Gate, problem::Problem};

/// The formats that data come in, by the interface's names.
pub(super) const FORMATS: [(&str, Format); 6] = [
    ("json-stat2", Format::JsonStat),
    ("px", Format::Px),
    ("csv", Format::Csv),
    ("xlsx", Format::Xlsx),
    ("html", Format::Html),
    ("parquet", Format::Parquet),
];

/// The parameters of an address, in order: `valuecodes[Tid]=top(3)` repeats.
type Parameters = Vec<(String, String)>;

/// Data by an address.
pub(super) async fn get(
    State(gate): State<Arc<Gate>>,
    Path(id): Path<String>,
    Query(parameters): Query<Parameters>,
) -> Result<Response, Problem> {
    let selection = selection(&parameters);
    answer(&gate, &id, selection, &parameters).await
}

/// Data by a selection in the body.
pub(super) async fn post(
    State(gate): State<Arc<Gate>>,
    Path(id): Path<String>,
    Query(parameters): Query<Parameters>,
    body: Result<Json<Selection>, JsonRejection>,
) -> Result<Response, Problem> {
    let Json(selection) = body.map_err(|_| unreadable())?;
    answer(&gate, &id, selection, &parameters).await
}

/// A body that is no selection.
pub(super) fn unreadable() -> Problem {
    Problem::question(
        "body",
        "{\"selection\": [{\"variableCode\": …, \"valueCodes\": […]}]}",
        "{\"selection\": [{\"variableCode\": …, \"valueCodes\": […]}]}",
    )
}

/// The figures of a selection in the format and language that the address asks for.
pub(super) async fn answer(
    gate: &Arc<Gate>,
    id: &str,
    selection: Selection,
    parameters: &Parameters,
) -> Result<Response, Problem> {
    let language = language(one(parameters, "lang"))?;
    let format = format(parameters)?;
    let table = Table::open(gate, id).await?;
    let selection = if selection.selection.is_empty() {
        Selection::default_of(&table)
    } else {
        selection
    };
    let cells = table.cells(gate, &selection.resolve(&table)?).await?;
    encode(&table, &cells, format, language)
}

fn encode(
    table: &Table,
    cells: &frisk_warehouse::PublishedTable,
    format: Format,
    language: Language,
) -> Result<Response, Problem> {
    if format == Format::JsonStat {
        return Ok(Json(describe(table, cells, language)).into_response());
    }
    let mut response = format.write(cells, language)?.into_response();
    let headers = response.headers_mut();
    let kind = HeaderValue::from_static(format.media_type());
    headers.insert(header::CONTENT_TYPE, kind);
    let name = format!("{}.{}", crate::ask::slug(table.info), format.extension());
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

fn format(parameters: &Parameters) -> Result<Format, Problem> {
    let name = one(parameters, "outputFormat").unwrap_or("json-stat2");
    let semicolon = one(parameters, "outputFormatParams")
        .is_some_and(|list| list.to_lowercase().contains("separatorsemicolon"));
    let found = FORMATS
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name));
    match found {
        Some((_, Format::Csv)) if semicolon => Ok(Format::CsvSemicolon),
        Some((_, format)) => Ok(*format),
        None => Err(Problem::question(
            "outputFormat",
            FORMATS.map(|(name, _)| name).join(" | "),
            FORMATS.map(|(name, _)| name).join(" | "),
        )),
    }
}

/// The first value of a parameter.
pub(super) fn one<'a>(parameters: &'a Parameters, name: &str) -> Option<&'a str> {
    let found = parameters
        .iter()
        .find(|(key, _)| key.eq_ignore_ascii_case(name));
    found.map(|(_, value)| value.as_str())
}

/// The selection of an address: `valuecodes[…]`, `codelist[…]`, `heading`, `stub`.
fn selection(parameters: &Parameters) -> Selection {
    let mut selection = Selection::default();
    let inside = |key: &str, name: &str| -> Option<String> {
        let lower = key.to_ascii_lowercase();
        lower.starts_with(&format!("{name}[")).then(|| {
            let text = &key[name.len() + 1..];
            text.trim_end_matches(']').to_owned()
        })
    };
    for (key, value) in parameters {
        if let Some(variable) = inside(key, "valuecodes") {
            entry(&mut selection, variable)
                .value_codes
                .push(value.clone());
        } else if let Some(variable) = inside(key, "codelist") {
            entry(&mut selection, variable).codelist = Some(value.clone());
        }
    }
    let list = |name| {
        let text = one(parameters, name).unwrap_or_default();
        text.split(',')
            .filter(|id| !id.is_empty())
            .map(str::to_owned)
            .collect()
    };
    selection.placement = Some(Placement {
        heading: list("heading"),
        stub: list("stub"),
    });
    selection
}

fn entry(selection: &mut Selection, variable: String) -> &mut VariableSelection {
    let entries = &mut selection.selection;
    let place = entries
        .iter()
        .position(|e| e.variable_code.eq_ignore_ascii_case(&variable));
    let place = place.unwrap_or_else(|| {
        entries.push(VariableSelection {
            variable_code: variable,
            codelist: None,
            value_codes: Vec::new(),
        });
        entries.len() - 1
    });
    &mut entries[place]
}
