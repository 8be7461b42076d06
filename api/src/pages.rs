use std::sync::Arc;

use askama::Template;
use axum::{
    Router,
    http::{HeaderMap, HeaderValue, header},
    response::{Html, IntoResponse, Response},
    routing::{get, post},
};

use crate::{Settings, auth::Authorized, gate::Gate, problem::Problem, request};

mod answer;
mod compare;
mod demo;
mod figure;
mod frame;
mod method;
mod overview;
mod place;
mod region_tiles;
mod report;
mod report_form;
mod reports;
mod risk;
mod risk_answer;
mod table_view;

use frame::{Frame, Visitor};
use place::Place;

/// Our own style sheet, in the binary.
const STYLE: &str = include_str!("../web/frisk.css");
/// The sign on the browser's tab.
const ICON: &str = include_str!("../web/icon.svg");

/// The pages for people, Swedish and English.
pub(crate) fn routes(settings: &Settings) -> Router<Arc<Gate>> {
    let router = Router::new()
        .route(
            "/static/frisk.css",
            get(|| file("text/css; charset=utf-8", STYLE)),
        )
        .route("/static/icon.svg", get(|| file("image/svg+xml", ICON)))
        .route("/", get(overview::page))
        .route("/en", get(overview::page))
        .route("/en/", get(overview::page))
        .route("/rapporter", get(reports::page))
        .route("/en/reports", get(reports::page))
        .route("/rapporter/{slug}", get(report::page))
        .route("/en/reports/{slug}", get(report::page))
        .route("/riskstod", get(risk::page).post(risk::answer))
        .route("/en/risk", get(risk::page).post(risk::answer))
        .route("/metod", get(method::page))
        .route("/en/method", get(method::page));
    if settings.demo.is_none() {
        return router;
    }
    router
        .route("/demo", get(demo::page).post(demo::sign_in))
        .route("/en/demo", get(demo::page).post(demo::sign_in))
        .route("/demo/logga-ut", post(demo::sign_out))
        .route("/en/demo/sign-out", post(demo::sign_out))
}

/// One of our own files.
async fn file(media_type: &'static str, text: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, media_type),
        (header::CACHE_CONTROL, "public, max-age=300"),
    ];
    (headers, text).into_response()
}

/// A page, with the headers that its reader needs: what a signed-in reader sees is kept nowhere.
fn html(template: &impl Template, frame: &Frame) -> Result<Response, Problem> {
    let text = template
        .render()
        .map_err(|error| Problem::internal(&error))?;
    let mut response = Html(text).into_response();
    let cache = if frame.is_personal() {
        "private, no-store"
    } else {
        "no-cache"
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(header::VARY, HeaderValue::from_static("Cookie"));
    Ok(response)
}

/// The page of a problem.
#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage<'a> {
    frame: Frame,
    title: &'static str,
    detail: String,
    id: &'a str,
}

/// A problem as a page, in the frame of all pages.
pub(crate) fn problem(
    gate: &Gate,
    headers: &HeaderMap,
    path: &str,
    problem: &Problem,
    id: &str,
) -> Response {
    let language = request::language(path, headers);
    let visitor = Visitor::new(language, Authorized::of(headers, gate));
    let title = problem.title(language);
    let page = ProblemPage {
        frame: Frame::new(gate, &visitor, &Place::Problem, title.to_owned()),
        title,
        detail: problem.detail(language),
        id,
    };
    let mut response = match page.render() {
        Ok(text) => (problem.status(), Html(text)).into_response(),
        Err(_) => (problem.status(), title).into_response(),
    };
    problem.headers(&mut response);
    response
}
