use std::sync::Arc;

use askama::Template;
use axum::{
    Form,
    extract::State,
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use frisk_codes::Language;
use serde::Deserialize;

use super::{
    frame::{Frame, Visitor},
    html,
    place::Place,
};
use crate::{
    auth::{COOKIE, DemoIdentity},
    gate::Gate,
    locale,
    problem::Problem,
};

/// The invented people that anyone may try Frisk as.
#[derive(Template)]
#[template(path = "demo.html")]
struct DemoPage<'a> {
    frame: Frame,
    action: String,
    people: Vec<Card<'a>>,
}

/// One identity card.
struct Card<'a> {
    identity: &'a DemoIdentity,
    role: &'static str,
    task: &'static str,
    current: bool,
}

/// `GET /demo`.
pub(crate) async fn page(
    State(gate): State<Arc<Gate>>,
    visitor: Visitor,
) -> Result<Response, Problem> {
    let language = visitor.language;
    let title = locale::words(language).demo_title.to_owned();
    let actor = visitor
        .authorized
        .as_ref()
        .map(|a| a.claims().actor.clone());
    let card = |identity| card(identity, actor.as_deref(), language);
    let page = DemoPage {
        frame: Frame::new(&gate, &visitor, &Place::Demo, title),
        action: Place::Demo.href(language),
        people: gate.demo().all().iter().map(card).collect(),
    };
    let mut response = html(&page, &page.frame)?;
    // The page shows tokens.
    let no_store = HeaderValue::from_static("private, no-store");
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, no_store);
    Ok(response)
}

fn card<'a>(identity: &'a DemoIdentity, actor: Option<&str>, language: Language) -> Card<'a> {
    Card {
        identity,
        role: identity.role(language),
        task: identity.task.get(language),
        current: actor == Some(identity.claims.actor.as_str()),
    }
}

/// Whom to sign in as.
#[derive(Debug, Deserialize)]
pub(crate) struct SignIn {
    person: String,
}

/// `POST /demo`: signs in as one of the identities, by a cookie that scripts cannot read.
pub(crate) async fn sign_in(
    State(gate): State<Arc<Gate>>,
    visitor: Visitor,
    headers: HeaderMap,
    Form(form): Form<SignIn>,
) -> Result<Response, Problem> {
    check_origin(&headers)?;
    let identity = gate.demo().find(&form.person).ok_or(Problem::NotFound)?;
    let token = identity.token();
    let cookie = format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=28800");
    Ok(with_cookie(&cookie, visitor.language))
}

/// `POST /demo/logga-ut`.
pub(crate) async fn sign_out(visitor: Visitor, headers: HeaderMap) -> Result<Response, Problem> {
    check_origin(&headers)?;
    let cookie = format!("{COOKIE}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
    Ok(with_cookie(&cookie, visitor.language))
}

fn with_cookie(cookie: &str, language: Language) -> Response {
    let to = Place::Overview.href(language);
    let mut response = Redirect::to(&to).into_response();
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().insert(header::SET_COOKIE, value);
    }
    response
}

/// Refuses a form that another site sent: browsers say where a request comes from.
fn check_origin(headers: &HeaderMap) -> Result<(), Problem> {
    let text = |name: header::HeaderName| headers.get(name).and_then(|v| v.to_str().ok());
    let site = headers.get("sec-fetch-site").and_then(|v| v.to_str().ok());
    let own_site = site.is_none_or(|site| matches!(site, "same-origin" | "none"));
    let own_origin = match (text(header::ORIGIN), text(header::HOST)) {
        (Some(origin), Some(host)) => origin.split("://").nth(1) == Some(host),
        (Some(_), None) => false,
        (None, _) => true,
    };
    if own_site && own_origin {
        Ok(())
    } else {
        Err(Problem::question(
            "origin",
            "ett formulär från den här webbplatsen",
            "a form of this site",
        ))
    }
}
