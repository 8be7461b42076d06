use std::sync::Arc;

use askama::Template;
use axum::{extract::State, response::Response};
use frisk_codes::Language;
use frisk_warehouse::{Level, View, reports::catalogue};

use super::{
    frame::{Frame, Visitor},
    html,
    place::Place,
};
use crate::{ask, gate::Gate, locale, problem::Problem};

/// The list of reports.
#[derive(Template)]
#[template(path = "reports.html")]
struct ReportsPage {
    frame: Frame,
    reports: Vec<Entry>,
}

/// One report of the list.
struct Entry {
    title: &'static str,
    definition: &'static str,
    href: Option<String>,
    /// ”Riket · Region · Min enhet”.
    levels: String,
    /// ”Tidsserie · Tvärsnitt”.
    views: String,
}

/// `GET /rapporter`.
pub(crate) async fn page(
    State(gate): State<Arc<Gate>>,
    visitor: Visitor,
) -> Result<Response, Problem> {
    let language = visitor.language;
    let title = locale::words(language).reports_title.to_owned();
    let entry = |info: &frisk_warehouse::reports::ReportInfo| Entry {
        title: info.title.get(language),
        definition: info.definition.get(language),
        // A report without national figures needs a place to be chosen: its address alone answers nothing.
        href: (info.levels.contains(&Level::National))
            .then(|| Place::Report(ask::slug(info), String::new()).href(language)),
        levels: joined(info.levels.iter().map(|level| level_name(*level, language))),
        views: joined(info.views.iter().map(|view| view_name(*view, language))),
    };
    let page = ReportsPage {
        frame: Frame::new(&gate, &visitor, &Place::Reports, title),
        reports: catalogue().iter().map(entry).collect(),
    };
    html(&page, &page.frame)
}

fn joined<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.collect::<Vec<_>>().join(" · ")
}

/// A level in words.
pub(crate) fn level_name(level: Level, language: Language) -> &'static str {
    let words = locale::words(language);
    match level {
        Level::National => words.level_national,
        Level::Region => words.level_region,
        Level::Unit => words.level_unit,
    }
}

/// A view in words.
pub(crate) fn view_name(view: View, language: Language) -> &'static str {
    let words = locale::words(language);
    match view {
        View::Series => words.series,
        View::Cross => words.cross,
    }
}
