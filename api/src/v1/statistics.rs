use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use axum_extra::extract::Query;
use frisk_codes::Language;
use frisk_warehouse::{PublishedTable, export};
use sha2::{Digest, Sha256};

use super::{format::Format, table_document::TableDocument};
use crate::{
    ask::{self, Ask},
    auth::{Authorized, Granted},
    gate::{self, Asked, Gate},
    problem::{Problem, ProblemDocument},
    request,
};

/// One report as a table.
///
/// The nation and the regions are open. Units need a token, and only those of its assignment exist for it.
#[utoipa::path(
    get,
    path = "/v1/statistics/{report}",
    tag = "statistics",
    params(
        ("report" = String, Path, description = "Name of the report", example = "sjukfall-totalt"),
        Ask
    ),
    security((), ("token" = [])),
    responses(
        (status = 200, description = "The table", headers(("ETag" = String, description = "Tells snapshot, question and format")), content(
            (TableDocument = "application/json"),
            (String = "application/vnd.json-stat+json"),
            (String = "text/csv"),
            (String = "application/vnd.px"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (Vec<u8> = "application/vnd.apache.arrow.file"),
            (String = "application/vnd.sdmx.data+csv"),
            (String = "text/html"),
            (String = "text/plain"),
            (Vec<u8> = "application/vnd.apache.parquet"),
        )),
        (status = 304, description = "The table has not changed since the given ETag"),
        (status = 400, description = "A part of the question is not possible", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 401, description = "Units need a token", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 403, description = "The assignment sees no units", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "No such report, or not a unit of the assignment", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 406, description = "No such format", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn statistics(
    State(gate): State<Arc<Gate>>,
    Path(report): Path<String>,
    query: Result<Query<Ask>, axum_extra::extract::QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let Query(ask) = query.map_err(|_| unknown_parameter())?;
    let format = Format::negotiate(ask.format.as_deref(), &headers)?;
    let info = ask::report(&report)?;
    let authorized = Authorized::of(&headers, &gate);
    let (granted, asked) = ask.resolve(&gate, info, authorized.as_ref())?;
    let language = request::language("/v1/statistics", &headers);
    let tag = tag(&gate, &granted, &asked, format, language);
    let mut response = if matches(&headers, &tag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let table = gate.answer(&granted, asked).await?;
        encode(&table, format, language, &report)?
    };
    describe(&mut response, &tag, &granted);
    Ok(response)
}

/// A query that has a parameter we do not know, or the same one twice.
pub(crate) fn unknown_parameter() -> Problem {
    Problem::question(
        "query",
        "level, region, unit, care_provider, from, to, view, diagnosis, filter_diagnosis, age, length, certificate_type, depth, doctors och format, en gång var (enheter, diagnoser och filter får upprepas)",
        "level, region, unit, care_provider, from, to, view, diagnosis, filter_diagnosis, age, length, certificate_type, depth, doctors and format, once each (units, diagnoses and filters may be repeated)",
    )
}

/// The ETag: snapshot, question, policy, format and language, hashed.
fn tag(
    gate: &Gate,
    granted: &Granted,
    asked: &Asked,
    format: Format,
    language: Language,
) -> String {
    let mut hash = Sha256::new();
    let policy = asked
        .choices
        .policy(&asked.report, granted, gate.settings().threshold);
    for part in [
        &gate.snapshot().name,
        &gate::key(&asked.of(granted), policy),
        &format!("{policy:?}"),
        format.name(),
        language.code(),
        env!("CARGO_PKG_VERSION"),
    ] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    let hash: Vec<u8> = hash.finalize().to_vec();
    format!("\"{}\"", request::hex(hash.get(..12).unwrap_or(&hash)))
}

/// Whether the caller has the answer already (RFC 9110 §13.1.2, weak comparison).
fn matches(headers: &HeaderMap, tag: &str) -> bool {
    headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .any(|known| known == "*" || known.trim_start_matches("W/") == tag)
}

fn encode(
    table: &PublishedTable,
    format: Format,
    language: Language,
    report: &str,
) -> Result<Response, Problem> {
    let body = match format {
        Format::Json => serde_json::to_vec(&TableDocument::new(table, language))
            .map_err(|error| Problem::internal(&error))?,
        Format::File(format) => format.write(table, language)?,
    };
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(format.media_type()),
    );
    let Format::File(file) = format else {
        return Ok(response);
    };
    let (from, to) = table.period();
    let name = format!("{report}_{from}_{to}.{}", file.extension());
    if file != export::Format::Html
        && let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""))
    {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

/// What caches need: open tables may be kept if asked for again each time, a unit's own never.
fn describe(response: &mut Response, tag: &str, granted: &Granted) {
    let headers = response.headers_mut();
    if let Ok(tag) = HeaderValue::from_str(tag) {
        headers.insert(header::ETAG, tag);
    }
    let (cache, vary) = if granted.is_own() {
        (
            "private, no-cache",
            "Accept, Accept-Language, Authorization, Cookie",
        )
    } else {
        ("public, no-cache", "Accept, Accept-Language")
    };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(header::VARY, HeaderValue::from_static(vary));
}
