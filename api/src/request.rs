use std::{
    fmt::Write as _,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method, header},
    middleware::Next,
    response::Response,
};
use frisk_codes::Language;
use tracing::Instrument;

use crate::{gate::Gate, pages, problem::Problem};

/// Header that carries the request id.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// Running number of requests in this process.
static REQUESTS: AtomicU64 = AtomicU64::new(0);

/// Bytes in lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The language of an address: pages say it themselves, the API by `Accept-Language`, Swedish first.
pub(crate) fn language(path: &str, headers: &HeaderMap) -> Language {
    if !is_api(path) {
        let english = path == "/en" || path.starts_with("/en/");
        return if english { Language::En } else { Language::Sv };
    }
    headers
        .get(header::ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok())
        .and_then(preferred_language)
        .unwrap_or_default()
}

/// The language with the highest weight among those that we speak; the first of equals.
fn preferred_language(accepted: &str) -> Option<Language> {
    let mut best: Option<(f32, Language)> = None;
    for entry in accepted.split(',') {
        let mut parts = entry.split(';');
        let Some(language) = parts.next().and_then(Language::from_code) else {
            continue;
        };
        let weight = parts
            .find_map(|part| part.trim().strip_prefix("q="))
            .and_then(|q| q.parse().ok())
            .unwrap_or(1.0);
        if weight > 0.0 && best.is_none_or(|(most, _)| weight > most) {
            best = Some((weight, language));
        }
    }
    best.map(|(_, language)| language)
}

/// Whether an address is for machines: its problems are JSON.
pub(crate) fn is_api(path: &str) -> bool {
    path.starts_with("/v1/")
        || path.starts_with("/pxwebapi/")
        || matches!(
            path,
            "/v1" | "/health" | "/ready" | "/metrics" | "/openapi.json"
        )
}

/// Gives each request an id, logs and counts it by its route template, and writes the body of a problem.
///
/// The address itself is never logged: it may name a unit or a case.
pub(crate) async fn finish(
    State(gate): State<Arc<Gate>>,
    request: Request,
    next: Next,
) -> Response {
    let started = Instant::now();
    let id = request_id(&gate);
    let path = request.uri().path().to_owned();
    let method = request.method().clone();
    let reader = Reader {
        language: language(&path, request.headers()),
        path,
        headers: request.headers().clone(),
    };
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("unmatched", MatchedPath::as_str)
        .to_owned();
    let span = tracing::info_span!("request", id = %id, route = %route);
    let mut response = next.run(request).instrument(span).await;
    response = reader.write_problem(&gate, response, &id);
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    let (status, took) = (response.status().as_u16(), started.elapsed());
    gate.metrics().request(&route, known(&method), status, took);
    tracing::info!(request.id = %id, route = %route, method = known(&method), status, duration_ms = took.as_secs_f64() * 1e3, "answered");
    response
}

/// Who reads the answer, and how.
struct Reader {
    language: Language,
    path: String,
    headers: HeaderMap,
}

impl Reader {
    fn write_problem(&self, gate: &Gate, response: Response, id: &str) -> Response {
        let status = response.status();
        if !(status.is_client_error() || status.is_server_error()) {
            return response;
        }
        let problem = match response.extensions().get::<Problem>() {
            Some(problem) => problem.clone(),
            // A page that tells a fault itself, beside the form that has it.
            None if is_page(&response) => return response,
            None => Problem::of_status(status),
        };
        if is_api(&self.path) {
            problem.json(self.language, id)
        } else {
            pages::problem(gate, &self.headers, &self.path, &problem, id)
        }
    }
}

fn is_page(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

/// A request id: the start time of the request and a running number.
fn request_id(gate: &Gate) -> String {
    let number = REQUESTS.fetch_add(1, Ordering::Relaxed);
    format!("{:x}-{number:x}", gate.now().timestamp_millis())
}

/// A method's name, if it is one that we answer: a label must not grow with what callers invent.
fn known(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_known_language_wins() {
        assert_eq!(preferred_language("en-GB,sv;q=0.9"), Some(Language::En));
        assert_eq!(preferred_language("en;q=0.2, sv;q=0.8"), Some(Language::Sv));
        assert_eq!(preferred_language("de, fr"), None);
        assert_eq!(preferred_language("sv;q=0, en;q=0.1"), Some(Language::En));
    }

    #[test]
    fn pages_say_their_language_in_the_address() {
        let headers = HeaderMap::new();
        assert_eq!(language("/en/reports", &headers), Language::En);
        assert_eq!(language("/enheter", &headers), Language::Sv);
        assert_eq!(language("/v1/risk", &headers), Language::Sv);
    }
}
