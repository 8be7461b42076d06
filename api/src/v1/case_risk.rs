use std::sync::Arc;

use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};

use super::risk_document::RiskDocument;
use crate::{
    auth::Authorized,
    gate::Gate,
    problem::{Problem, ProblemDocument},
    request,
};

/// Estimates the length of a case of the reader's own unit. The read is in the audit log, also when it is refused.
#[utoipa::path(
    get,
    path = "/v1/cases/{case}/risk",
    tag = "risk",
    params(("case" = String, Path, description = "Id of the case")),
    security(("token" = [])),
    responses(
        (status = 200, description = "The estimate", body = RiskDocument),
        (status = 401, description = "A token is needed", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 403, description = "The assignment sees no persons", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 404, description = "No such case at the reader's units", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, description = "No model is approved", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn case_risk(
    State(gate): State<Arc<Gate>>,
    authorized: Authorized,
    Path(case_id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let model = Arc::clone(gate.model()?);
    let case = gate.case(&authorized, case_id.clone()).await?;
    let estimates = model
        .estimate(&case.batch)
        .map_err(|error| Problem::internal(&error))?;
    let estimate = estimates
        .into_iter()
        .next()
        .ok_or_else(|| Problem::internal(&"a case without a feature row"))?;
    let language = request::language("/v1/cases", &headers);
    let document = RiskDocument::new(
        model.as_ref(),
        &estimate,
        Some(case_id),
        case.as_of_day,
        Vec::new(),
        language,
    );
    let mut response = Json(document).into_response();
    let no_store = HeaderValue::from_static("private, no-store");
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, no_store);
    Ok(response)
}
