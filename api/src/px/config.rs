use axum::Json;
use serde_json::{Value, json};

use super::{MOST_CELLS, data::FORMATS};

/// What this service can do (`ConfigResponse`).
pub(super) async fn config() -> Json<Value> {
    let formats: Vec<&str> = FORMATS.iter().map(|(name, _)| *name).collect();
    Json(json!({
        "apiVersion": "2.0.0",
        "appVersion": env!("CARGO_PKG_VERSION"),
        "languages": [{"id": "sv", "label": "Svenska"}, {"id": "en", "label": "English"}],
        "defaultLanguage": "sv",
        "maxDataCells": MOST_CELLS,
        "maxCallsPerTimeWindow": 300,
        "timeWindow": 10,
        "license": "https://creativecommons.org/publicdomain/zero/1.0/",
        "sourceReferences": [
            {"language": "sv", "text": "Källa: Frisk"},
            {"language": "en", "text": "Source: Frisk"},
        ],
        "defaultDataFormat": "json-stat2",
        "dataFormats": formats,
        "features": [],
    }))
}
