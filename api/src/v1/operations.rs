use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    gate::Gate,
    problem::{Problem, ProblemDocument},
};

/// That the process runs.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct HealthDocument {
    /// Always `ok`.
    #[schema(example = "ok")]
    status: &'static str,
    /// Version of Frisk.
    version: &'static str,
}

/// That questions can be answered.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReadyDocument {
    /// Always `ready`.
    #[schema(example = "ready")]
    status: &'static str,
    /// Name of the snapshot in service.
    snapshot: String,
    /// Content hash of the risk model in service; null if none is approved.
    model: Option<String>,
}

/// Whether the process runs.
#[utoipa::path(
    get,
    path = "/health",
    tag = "operations",
    responses((status = 200, description = "It runs", body = HealthDocument))
)]
pub(crate) async fn health() -> Json<HealthDocument> {
    Json(HealthDocument {
        status: "ok",
        version: env!("CARGO_PKG_VERSION"),
    })
}

/// Whether questions can be answered: the warehouse is loaded and the audit log can be written.
#[utoipa::path(
    get,
    path = "/ready",
    tag = "operations",
    responses(
        (status = 200, description = "Ready", body = ReadyDocument),
        (status = 503, description = "Not ready", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn ready(State(gate): State<Arc<Gate>>) -> Result<Json<ReadyDocument>, Problem> {
    let asked = Arc::clone(&gate);
    let is_ready = tokio::task::spawn_blocking(move || asked.store_is_ready())
        .await
        .unwrap_or(false);
    if !is_ready {
        return Err(Problem::Busy);
    }
    Ok(Json(ReadyDocument {
        status: "ready",
        snapshot: gate.snapshot().name.clone(),
        model: gate.model().ok().map(|model| model.hash().to_owned()),
    }))
}

/// Counts of requests in Prometheus' text form. No label holds anything that a caller wrote.
#[utoipa::path(
    get,
    path = "/metrics",
    tag = "operations",
    responses((status = 200, description = "Metrics", body = String, content_type = "text/plain"))
)]
pub(crate) async fn metrics(State(gate): State<Arc<Gate>>) -> Response {
    let kind = (
        header::CONTENT_TYPE,
        "text/plain; version=0.0.4; charset=utf-8",
    );
    ([kind], gate.metrics().render()).into_response()
}
