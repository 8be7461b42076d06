use std::{any::Any, sync::Arc};

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::get,
};
use tokio::sync::Semaphore;
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer, compression::CompressionLayer,
    sensitive_headers::SetSensitiveHeadersLayer, set_header::SetResponseHeaderLayer,
    timeout::TimeoutLayer,
};

use crate::{App, Error, gate::Gate, openapi, pages, problem::Problem, px, request, v1};

/// What a page may load: itself only. Styles and scripts come from our own files.
const CONTENT_POLICY: &str = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

/// The whole service as one router.
///
/// **Errors**: settings that must not be served, such as demo identities on a warehouse of real persons.
pub fn router(app: App) -> Result<Router, Error> {
    let gate = Arc::new(Gate::new(app)?);
    let settings = gate.settings().clone();
    let (api, _) = v1::routes().split_for_parts();
    let router = Router::new()
        .merge(api)
        .route("/openapi.json", get(openapi::document))
        .nest(px::ROOT, px::routes())
        .merge(pages::routes(gate.settings()))
        .fallback(|| async { Problem::NotFound })
        .method_not_allowed_fallback(|| async { Problem::Method })
        .with_state(Arc::clone(&gate));
    let guards = ServiceBuilder::new()
        .layer(middleware::from_fn_with_state(
            Arc::new(Semaphore::new(settings.concurrency)),
            admit,
        ))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::GATEWAY_TIMEOUT,
            settings.timeout,
        ))
        .layer(DefaultBodyLimit::max(settings.body_limit));
    let router = router
        .layer(guards)
        .layer(middleware::from_fn_with_state(gate, request::finish))
        .layer(CompressionLayer::new())
        .layer(SetSensitiveHeadersLayer::new([
            header::AUTHORIZATION,
            header::COOKIE,
            header::SET_COOKIE,
        ]));
    Ok(security_headers(router))
}

/// Lets a request in when one of the places is free; sheds it otherwise, so that waiting requests never pile up.
async fn admit(State(places): State<Arc<Semaphore>>, request: Request, next: Next) -> Response {
    match places.try_acquire() {
        Ok(_place) => next.run(request).await,
        Err(_) => Problem::Busy.into_response(),
    }
}

/// Headers that every answer has.
fn security_headers(router: Router) -> Router {
    let fixed = [
        (header::CONTENT_SECURITY_POLICY, CONTENT_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=()",
        ),
    ];
    fixed.into_iter().fold(router, |router, (name, value)| {
        let value = HeaderValue::from_static(value);
        router.layer(SetResponseHeaderLayer::if_not_present(name, value))
    })
}

/// A panic in a handler ends that request only. What it said is logged without the message, which may hold data.
fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    Problem::internal(&"a handler panicked").into_response()
}
