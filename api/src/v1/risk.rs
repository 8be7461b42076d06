use std::sync::Arc;

use axum::{
    Json,
    body::Bytes,
    extract::State,
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use frisk_ingest::{Document, Fault, Outcome, Severity};

use super::{feature_row::FeatureRow, risk_document::RiskDocument};
use crate::{
    Estimate, RiskModel,
    gate::Gate,
    problem::{Problem, ProblemDocument},
    request,
};

/// Estimates the length of a case from its features, or from a certificate. Nothing is stored or logged of either.
#[utoipa::path(
    post,
    path = "/v1/risk",
    tag = "risk",
    request_body(
        description = "A feature row, or a certificate document (RegisterCertificate v3)",
        content((FeatureRow = "application/json"), (String = "application/xml"))
    ),
    responses(
        (status = 200, description = "The estimate", body = RiskDocument),
        (status = 413, description = "Too large", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 415, description = "Neither JSON nor XML", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 422, description = "The features or the document cannot be used", body = ProblemDocument, content_type = "application/problem+json"),
        (status = 503, description = "No model is approved", body = ProblemDocument, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn risk(
    State(gate): State<Arc<Gate>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let model = Arc::clone(gate.model()?);
    let row = match media_type(&headers).as_str() {
        "application/json" => parse_row(&body)?,
        "application/xml" | "text/xml" => certificate_row(body.to_vec(), model.as_of_day())?,
        _ => return Err(Problem::MediaType),
    };
    let estimate = estimate(&gate, model.as_ref(), &row)?;
    let language = request::language("/v1/risk", &headers);
    let not_given = row.not_given(&model.inputs());
    let day = model.as_of_day();
    let document = RiskDocument::new(model.as_ref(), &estimate, None, day, not_given, language);
    let mut response = Json(document).into_response();
    let no_store = HeaderValue::from_static("no-store");
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, no_store);
    Ok(response)
}

/// Scores one row.
pub(crate) fn estimate(
    gate: &Gate,
    model: &dyn RiskModel,
    row: &FeatureRow,
) -> Result<Estimate, Problem> {
    row.check(gate.icd10())?;
    let batch = row.batch(model.as_of_day(), &model.inputs(), gate.icd10())?;
    let estimates = model
        .estimate(&batch)
        .map_err(|error| Problem::internal(&error))?;
    let first = estimates.into_iter().next();
    first.ok_or_else(|| Problem::internal(&"the model gave no estimate for a row"))
}

fn media_type(headers: &HeaderMap) -> String {
    let value = headers.get(header::CONTENT_TYPE);
    let text = value
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let kind = text.split(';').next().unwrap_or_default();
    kind.trim().to_ascii_lowercase()
}

fn parse_row(body: &[u8]) -> Result<FeatureRow, Problem> {
    serde_json::from_slice(body).map_err(|error| Problem::Document {
        faults: vec![json_fault(&error)],
    })
}

/// Where the JSON does not fit; serde's own message may repeat what was sent.
fn json_fault(error: &serde_json::Error) -> String {
    let (line, column) = (error.line(), error.column());
    format!("line {line}, column {column}: expected a feature row as in /openapi.json (FeatureRow)")
}

fn certificate_row(bytes: Vec<u8>, as_of_day: u32) -> Result<FeatureRow, Problem> {
    let reading = frisk_ingest::read(&Document::new("request", bytes), None);
    let row = match &reading.outcome {
        Outcome::Certificate(certificate) => FeatureRow::of_certificate(certificate, as_of_day),
        _ => None,
    };
    row.ok_or_else(|| Problem::Document {
        faults: document_faults(&reading.faults),
    })
}

fn document_faults(faults: &[Fault]) -> Vec<String> {
    let sentence = |f: &Fault| format!("{} at {}: {}", f.rule, f.location, f.message);
    let errors = faults.iter().filter(|f| f.severity == Severity::Error);
    let mut sentences: Vec<String> = errors.map(sentence).collect();
    if sentences.is_empty() {
        sentences.push(
            "expected a certificate of type LISJP or FK7263 with a diagnosis and a period"
                .to_owned(),
        );
    }
    sentences
}
