use std::sync::Arc;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::gate::Gate;

mod case_risk;
mod catalogue;
mod feature_row;
mod format;
mod operations;
mod risk;
mod risk_document;
mod statistics;
mod table_document;

pub(crate) use feature_row::FeatureRow;
pub(crate) use risk::estimate;
pub(crate) use risk_document::CAVEAT;
pub(crate) use statistics::unknown_parameter;

/// The endpoints for machines, with their description.
pub(crate) fn routes() -> OpenApiRouter<Arc<Gate>> {
    OpenApiRouter::new()
        .routes(routes!(catalogue::catalogue))
        .routes(routes!(statistics::statistics))
        .routes(routes!(risk::risk))
        .routes(routes!(case_risk::case_risk))
        .routes(routes!(operations::health))
        .routes(routes!(operations::ready))
        .routes(routes!(operations::metrics))
}
