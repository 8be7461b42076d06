//! PxWebApi 2 over the open tables: SCB's own front end PxWeb 2, `pxwebpy`, `pxstatspy` and R's `pxweb` work against it.
//!
//! A table is a report; its variables are what is measured, the region, the report's groups, sex and month. Every
//! answer has passed the policy for everybody: unit level is not here. Source: PxTools/PxApiSpecs, `PxAPI-2.yml`.

use std::sync::Arc;

use axum::{
    Router,
    extract::Request,
    http::{HeaderValue, Method, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::get,
};

use crate::gate::Gate;

mod config;
mod data;
mod metadata;
mod saved_query;
mod selection;
mod table;
mod tables;

/// Where it stands.
pub(crate) const ROOT: &str = "/pxwebapi/v2";

/// Most cells of one answer.
const MOST_CELLS: usize = 100_000;

/// The endpoints, below [`ROOT`].
pub(crate) fn routes() -> Router<Arc<Gate>> {
    Router::new()
        .route("/config", get(config::config))
        .route("/tables", get(tables::list))
        .route("/tables/{id}", get(tables::one))
        .route("/tables/{id}/metadata", get(metadata::metadata))
        .route(
            "/tables/{id}/defaultselection",
            get(metadata::default_selection),
        )
        .route("/tables/{id}/data", get(data::get).post(data::post))
        .route("/codelists/{id}", get(metadata::code_list))
        .route("/savedqueries", axum::routing::post(saved_query::create))
        .route("/savedqueries/{id}", get(saved_query::read))
        .route("/savedqueries/{id}/data", get(saved_query::data))
        .route("/savedqueries/{id}/selection", get(saved_query::selection))
        .layer(middleware::from_fn(open_to_other_origins))
}

/// Lets pages of other origins read: PxWeb 2 stands on its own address. No credentials are involved.
async fn open_to_other_origins(request: Request, next: Next) -> Response {
    let mut response = if request.method() == Method::OPTIONS {
        StatusCode::NO_CONTENT.into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, OPTIONS"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "content-type, accept"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert(
        header::HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("cross-origin"),
    );
    response
}
