use std::sync::Arc;

use axum::{
    Json,
    extract::{Path, State, rejection::JsonRejection},
    http::StatusCode,
    response::Response,
};
use axum_extra::extract::Query;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    ROOT,
    data::{answer, unreadable},
    selection::Selection,
    table::Table,
};
use crate::{gate::Gate, problem::Problem, request};

/// Longest saved query, in bytes of JSON.
const LONGEST: usize = 2048;

/// A query to be asked again (`SavedQuery`).
///
/// Its id is the query itself in hexadecimal: nothing is stored, so nothing can be lost, and the same query always has
/// the same address.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SavedQuery {
    table_id: String,
    selection: Selection,
    language: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    output_format: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    output_format_params: Vec<String>,
}

impl SavedQuery {
    fn id(&self) -> Result<String, Problem> {
        let bytes = serde_json::to_vec(self).map_err(|error| Problem::internal(&error))?;
        if bytes.len() > LONGEST {
            return Err(Problem::TooLarge);
        }
        Ok(request::hex(&bytes))
    }

    fn of(id: &str) -> Result<Self, Problem> {
        let byte = |at: usize| {
            id.get(at..at + 2)
                .and_then(|h| u8::from_str_radix(h, 16).ok())
        };
        let bytes: Option<Vec<u8>> = (0..id.len()).step_by(2).map(byte).collect();
        let bytes = bytes.filter(|bytes| bytes.len() <= LONGEST);
        bytes
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .ok_or(Problem::NotFound)
    }

    fn document(&self) -> Result<Value, Problem> {
        let id = self.id()?;
        Ok(json!({
            "language": self.language,
            "id": id,
            "savedQuery": self,
            "links": [{"rel": "data", "hreflang": self.language, "href": format!("{ROOT}/savedqueries/{id}/data")}],
        }))
    }
}

/// Saves a query.
pub(super) async fn create(
    State(gate): State<Arc<Gate>>,
    body: Result<Json<SavedQuery>, JsonRejection>,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let Json(query) = body.map_err(|_| unreadable())?;
    let table = Table::open(&gate, &query.table_id).await?;
    query.selection.resolve(&table)?;
    Ok((StatusCode::CREATED, Json(query.document()?)))
}

/// A saved query.
pub(super) async fn read(Path(id): Path<String>) -> Result<Json<Value>, Problem> {
    Ok(Json(SavedQuery::of(&id)?.document()?))
}

/// The figures of a saved query; the address may ask for another language or format.
pub(super) async fn data(
    State(gate): State<Arc<Gate>>,
    Path(id): Path<String>,
    Query(mut parameters): Query<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let query = SavedQuery::of(&id)?;
    parameters.push(("lang".to_owned(), query.language));
    if let Some(format) = query.output_format {
        parameters.push(("outputFormat".to_owned(), format));
    }
    if !query.output_format_params.is_empty() {
        let list = query.output_format_params.join(",");
        parameters.push(("outputFormatParams".to_owned(), list));
    }
    answer(&gate, &query.table_id, query.selection, &parameters).await
}

/// The codes that a saved query means now.
pub(super) async fn selection(
    State(gate): State<Arc<Gate>>,
    Path(id): Path<String>,
) -> Result<Json<Value>, Problem> {
    let query = SavedQuery::of(&id)?;
    let table = Table::open(&gate, &query.table_id).await?;
    let codes = query.selection.resolve(&table)?;
    let selection: Vec<Value> = table
        .variables
        .iter()
        .zip(codes)
        .map(|(variable, codes)| json!({"variableCode": variable.id, "valueCodes": codes}))
        .collect();
    Ok(Json(
        json!({"language": query.language, "selection": selection, "links": []}),
    ))
}
