use axum::response::IntoResponse;
use utoipa::OpenApi;

use crate::v1;

/// What stands at the head of the API description.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Frisk",
        description = "Statistics on sick leave in Sweden, and the risk that a sick case becomes long. National and regional statistics are open; unit and person level need a bearer token. Every figure names its snapshot.",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
    ),
    modifiers(&Security),
    tags(
        (name = "statistics", description = "Published tables"),
        (name = "risk", description = "Estimates of the length of a sick case"),
        (name = "operations", description = "Health and metrics"),
    )
)]
struct Head;

/// The bearer token.
struct Security;

impl utoipa::Modify for Security {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        let components = openapi.components.get_or_insert_default();
        components.add_security_scheme("token", SecurityScheme::Http(bearer));
    }
}

/// The API description (OpenAPI 3.1) as pretty JSON, as it is checked in at `docs/openapi.json`.
#[must_use]
pub fn openapi() -> String {
    let (_, paths) = v1::routes().split_for_parts();
    let mut document = Head::openapi();
    document.merge(paths);
    let mut text = document.to_pretty_json().unwrap_or_default();
    text.push('\n');
    text
}

/// `GET /openapi.json`.
pub(crate) async fn document() -> impl IntoResponse {
    (
        [(
            "content-type",
            "application/vnd.oai.openapi+json;version=3.1",
        )],
        openapi(),
    )
}
