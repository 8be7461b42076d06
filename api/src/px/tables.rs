use std::sync::Arc;

use axum::{
    Json,
    extract::{Path, State},
};
use axum_extra::extract::Query;
use frisk_codes::Language;
use frisk_warehouse::{Level, reports::ReportInfo};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{ROOT, table};
use crate::{ask, gate::Gate, problem::Problem};

/// What a listing can be asked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Wanted {
    lang: Option<String>,
    query: Option<String>,
    page_number: Option<usize>,
    page_size: Option<usize>,
}

/// The language that was asked for, Swedish first.
pub(super) fn language(code: Option<&str>) -> Result<Language, Problem> {
    match code.filter(|code| !code.is_empty()) {
        None => Ok(Language::Sv),
        Some(code) => Language::from_code(code)
            .ok_or_else(|| Problem::question("lang", "sv eller en", "sv or en")),
    }
}

/// All tables (`TablesResponse`).
pub(super) async fn list(
    State(gate): State<Arc<Gate>>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Value>, Problem> {
    let language = language(wanted.lang.as_deref())?;
    let word = wanted.query.unwrap_or_default().to_lowercase();
    let found: Vec<&ReportInfo> = table::reports()
        .filter(|info| {
            let text = format!(
                "{} {}",
                info.title.get(language),
                info.definition.get(language)
            );
            word.is_empty() || text.to_lowercase().contains(&word) || ask::slug(info) == word
        })
        .collect();
    let size = wanted.page_size.unwrap_or(20).clamp(1, 1000);
    let pages = found.len().div_ceil(size).max(1);
    let page = wanted.page_number.unwrap_or(1);
    if page == 0 || page > pages {
        return Err(Problem::question(
            "pageNumber",
            format!("1 till {pages}"),
            format!("1 to {pages}"),
        ));
    }
    let entries = found.iter().skip((page - 1) * size).take(size);
    Ok(Json(json!({
        "language": language.code(),
        "tables": entries.map(|info| entry(&gate, info, language)).collect::<Vec<_>>(),
        "page": {"pageNumber": page, "pageSize": size, "totalElements": found.len(), "totalPages": pages, "links": []},
        "links": [],
    })))
}

/// One table (`TableResponse`).
pub(super) async fn one(
    State(gate): State<Arc<Gate>>,
    Path(id): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Value>, Problem> {
    let language = language(wanted.lang.as_deref())?;
    let info = table::reports()
        .find(|info| ask::slug(info) == id.to_lowercase())
        .ok_or(Problem::NotFound)?;
    let mut entry = entry(&gate, info, language);
    entry["language"] = json!(language.code());
    Ok(Json(entry))
}

fn entry(gate: &Gate, info: &ReportInfo, language: Language) -> Value {
    let id = ask::slug(info);
    let (first, last) = table::months(gate);
    let names = match language {
        Language::Sv => ["tabellinnehåll", "region", "kön", "månad"],
        Language::En => ["contents", "region", "sex", "month"],
    };
    let names = names
        .iter()
        .enumerate()
        .filter(|(at, _)| *at != 1 || info.levels.contains(&Level::Region))
        .map(|(_, name)| *name);
    let link = |rel: &str, path: &str| json!({"rel": rel, "hreflang": language.code(), "href": format!("{ROOT}/tables/{id}{path}?lang={}", language.code())});
    json!({
        "type": "Table",
        "id": id,
        "label": info.title.get(language),
        "description": info.definition.get(language),
        "sortCode": id,
        "updated": format!("{}T00:00:00Z", gate.snapshot().data_through),
        "firstPeriod": first.to_string(),
        "lastPeriod": last.to_string(),
        "category": "public",
        "variableNames": names.collect::<Vec<_>>(),
        "discontinued": false,
        "source": "Frisk",
        "subjectCode": "SL",
        "timeUnit": "Monthly",
        "paths": [[{"id": "SL", "label": match language { Language::Sv => "Sjukskrivning", Language::En => "Sick leave" }}]],
        "links": [link("self", ""), link("metadata", "/metadata"), link("data", "/data")],
    })
}
