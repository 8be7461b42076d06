use std::sync::Arc;

use axum::{Json, extract::State, http::HeaderMap};
use frisk_warehouse::reports;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{ask, gate::Gate, request};

/// All reports, and the snapshot that they are counted from.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CatalogueDocument {
    /// Name of the snapshot.
    #[schema(example = "000012-5f3a9c01")]
    snapshot: String,
    /// Last day that a stored document was known, ISO 8601.
    #[schema(example = "2025-07-03")]
    data_through: String,
    /// The reports.
    reports: Vec<ReportEntry>,
}

/// One report.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReportEntry {
    /// Name in addresses.
    #[schema(example = "sjukfall-totalt")]
    report: String,
    /// Title, in the language of the answer.
    title: &'static str,
    /// What is counted and how.
    definition: &'static str,
    /// Levels that it can be asked at.
    levels: Vec<String>,
    /// Views that it has.
    views: Vec<String>,
    /// Address of its table.
    href: String,
}

/// What reports there are.
#[utoipa::path(
    get,
    path = "/v1/statistics",
    tag = "statistics",
    responses((status = 200, description = "The catalogue", body = CatalogueDocument))
)]
pub(crate) async fn catalogue(
    State(gate): State<Arc<Gate>>,
    headers: HeaderMap,
) -> Json<CatalogueDocument> {
    let language = request::language("/v1/statistics", &headers);
    let entry = |info: &reports::ReportInfo| ReportEntry {
        report: ask::slug(info),
        title: info.title.get(language),
        definition: info.definition.get(language),
        levels: info.levels.iter().map(ToString::to_string).collect(),
        views: info.views.iter().map(ToString::to_string).collect(),
        href: format!("/v1/statistics/{}", ask::slug(info)),
    };
    let snapshot = gate.snapshot();
    Json(CatalogueDocument {
        snapshot: snapshot.name.clone(),
        data_through: snapshot.data_through.to_string(),
        reports: reports::catalogue().iter().map(entry).collect(),
    })
}
