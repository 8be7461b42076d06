use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use axum_extra::extract::Query;
use frisk_codes::Language;
use frisk_warehouse::{Cell, Level, PublishedTable, View, reports::ReportInfo};

use super::{
    answer::{self, Answer},
    compare::TwoYears,
    frame::{Frame, Visitor},
    html,
    place::Place,
    report_form::ReportForm,
};
use crate::{
    ask::{self, Ask},
    auth::Granted,
    gate::{Asked, Gate},
    locale,
    problem::Problem,
};

/// One report.
#[derive(Template)]
#[template(path = "report.html")]
struct ReportPage {
    frame: Frame,
    h1: String,
    /// Address of the page without its query.
    action: String,
    source_line: String,
    sentence: Option<String>,
    answer: Option<Answer>,
    /// What is wrong with the choices.
    error: Option<String>,
    form: ReportForm,
    definition: &'static str,
    may_exceed: bool,
    is_own: bool,
    downloads: Vec<(&'static str, String)>,
    api_call: String,
}

/// `GET /rapporter/{slug}`.
pub(crate) async fn page(
    State(gate): State<Arc<Gate>>,
    visitor: Visitor,
    Path(slug): Path<String>,
    query: Result<Query<Ask>, axum_extra::extract::QueryRejection>,
) -> Result<Response, Problem> {
    let info = ask::report(&slug)?;
    let Query(ask) = query.map_err(|_| crate::v1::unknown_parameter())?;
    let authorized = visitor.authorized.as_ref();
    match ask.resolve(&gate, info, authorized) {
        Ok((granted, asked)) => {
            let table = gate.answer(&granted, asked.clone()).await?;
            let page = answered(&gate, &visitor, info, &ask, &granted, &asked, &table).await?;
            html(&page, &page.frame)
        }
        // A choice that does not hold is told on the page, with the choices as they were made.
        Err(Problem::Question { what, expected }) => {
            let problem = Problem::Question { what, expected };
            let page = mistaken(&gate, &visitor, info, &ask, &problem);
            let mut response = html(&page, &page.frame)?;
            *response.status_mut() = StatusCode::BAD_REQUEST;
            Ok(response)
        }
        Err(problem) => Err(problem),
    }
}

fn mistaken(
    gate: &Gate,
    visitor: &Visitor,
    info: &ReportInfo,
    ask: &Ask,
    problem: &Problem,
) -> ReportPage {
    let language = visitor.language;
    let title = info.title.get(language).to_owned();
    let place = Place::Report(ask::slug(info), String::new());
    let frame = Frame::new(gate, visitor, &place, title.clone());
    ReportPage {
        source_line: frame.data_line(),
        action: place.href(language),
        frame,
        h1: title,
        sentence: None,
        answer: None,
        error: Some(in_words(problem, language)),
        form: ReportForm::new(gate, info, ask, None, visitor.authorized.as_ref(), language),
        definition: info.definition.get(language),
        may_exceed: false,
        is_own: false,
        downloads: Vec::new(),
        api_call: String::new(),
    }
}

async fn answered(
    gate: &Arc<Gate>,
    visitor: &Visitor,
    info: &ReportInfo,
    ask: &Ask,
    granted: &Granted,
    asked: &Asked,
    table: &PublishedTable,
) -> Result<ReportPage, Problem> {
    let language = visitor.language;
    let authorized = visitor.authorized.as_ref();
    let form = ReportForm::new(gate, info, ask, Some(asked), authorized, language);
    let query = format!("?view={}{}", asked.view, form.rest);
    let slug = ask::slug(info);
    let place = answer::place(table, unit_name(gate, visitor, table), language);
    let period = locale::period(asked.from, asked.to, language);
    let h1 = format!("{}, {place}, {period}", info.title.get(language));
    let at = Place::Report(slug.clone(), query.clone());
    let frame = Frame::new(gate, visitor, &at, h1.clone());
    let sentence = sentence(gate, granted, asked, table, &place, language).await?;
    Ok(ReportPage {
        source_line: format!(
            "{} · {} · {period} · {}",
            locale::words(language).sick_cases,
            locale::capital(&place),
            frame.data_line()
        ),
        action: Place::Report(slug.clone(), String::new()).href(language),
        sentence,
        answer: Some(Answer::new(table, "chart", &h1, language)),
        error: None,
        form,
        definition: info.definition.get(language),
        may_exceed: asked.view == View::Cross && can_stand_in_many(info),
        is_own: answer::is_own(table),
        downloads: downloads(&slug, &query),
        api_call: format!("/v1/statistics/{slug}{query}"),
        h1,
        frame,
    })
}

/// A choice that does not hold, under the name that its field has on the page.
fn in_words(problem: &Problem, language: Language) -> String {
    let Problem::Question { what, expected } = problem else {
        return problem.detail(language);
    };
    let words = locale::words(language);
    let field = match *what {
        "from" => words.from,
        "to" => words.to,
        "region" => words.place,
        "level" => words.level,
        "view" => words.view,
        other => other,
    };
    match language {
        Language::Sv => format!("{field}: väntade {}.", expected.sv),
        Language::En => format!("{field}: expected {}.", expected.en),
    }
}

fn unit_name(gate: &Gate, visitor: &Visitor, table: &PublishedTable) -> Option<String> {
    let frisk_warehouse::Scope::Units { units, .. } = &table.question().scope else {
        return None;
    };
    let authorized = visitor.authorized.as_ref()?;
    let names: Vec<String> = units
        .iter()
        .map(|unit| {
            gate.unit_name(authorized, unit)
                .unwrap_or_else(|| unit.clone())
        })
        .collect();
    Some(names.join(", "))
}

/// Reports whose groups a case can stand in several of during a period. Source: `PEERS.md` §1.3 item 7.
fn can_stand_in_many(info: &ReportInfo) -> bool {
    matches!(info.slug, "diagnosgrupp" | "sjukskrivningsgrad")
}

fn downloads(slug: &str, query: &str) -> Vec<(&'static str, String)> {
    let formats = [
        ("CSV", "csv"),
        ("JSON-stat 2", "json-stat"),
        ("Parquet", "parquet"),
        ("JSON", "json"),
    ];
    let link = |(label, format)| {
        (
            label,
            format!("/v1/statistics/{slug}{query}&format={format}"),
        )
    };
    formats.into_iter().map(link).collect()
}

/// The answer in one sentence, made from the numbers.
async fn sentence(
    gate: &Arc<Gate>,
    granted: &Granted,
    asked: &Asked,
    table: &PublishedTable,
    place: &str,
    language: Language,
) -> Result<Option<String>, Problem> {
    let single = table.dimensions().len() == 2 && asked.view == View::Series;
    if !single {
        return Ok(overall_rate(table, place, language).or_else(|| largest(table, language)));
    }
    let series = TwoYears::ask(gate, granted, &asked.report, asked.to).await?;
    let years = TwoYears::of(&series, None, "total");
    let Some(now) = years.now() else {
        return Ok(None);
    };
    let count = locale::count(now, language);
    let period = locale::period(asked.to.plus(-11), asked.to, language);
    let change = years
        .before()
        .map(|before| locale::change(now, before, language));
    let what = if asked.report == "langa_sjukfall" {
        match language {
            Language::Sv => "sjukfall längre än 90 dagar",
            Language::En => "sick cases longer than 90 days",
        }
    } else {
        match language {
            Language::Sv => "sjukfall",
            Language::En => "sick cases",
        }
    };
    Ok(Some(match (language, change) {
        (Language::Sv, Some(change)) => {
            let than = if change.contains('%') { "än" } else { "som" };
            format!(
                "I {place} fanns i snitt {count} {what} per månad {period}, {change} {than} samma månader året före."
            )
        }
        (Language::Sv, None) => {
            format!("I {place} fanns i snitt {count} {what} per månad {period}.")
        }
        (Language::En, Some(change)) => {
            let than = if change.contains('%') { "than" } else { "as" };
            format!(
                "In {place} there were {count} {what} a month on average, {period}: {change} {than} the same months the year before."
            )
        }
        (Language::En, None) => {
            format!("In {place} there were {count} {what} a month on average, {period}.")
        }
    }))
}

/// Cases per 1,000 inhabitants of all regions together, where the table has them.
fn overall_rate(table: &PublishedTable, place: &str, language: Language) -> Option<String> {
    let measures = table.dimensions().get(table.dimension("measure")?)?;
    let rate = measures
        .categories
        .iter()
        .position(|c| c.code == "per_1000")?;
    let Some(Cell::Value(rate)) = table.cell(&[0, rate, 0]) else {
        return None;
    };
    let rate = locale::decimal(rate, language);
    let (from, to) = table.period();
    let period = locale::period(from, to, language);
    Some(match language {
        Language::Sv => {
            format!("I {place} fanns {rate} sjukfall per 1\u{202f}000 invånare {period}.")
        }
        Language::En => {
            format!("In {place} there were {rate} sick cases per 1,000 inhabitants, {period}.")
        }
    })
}

/// The largest group, by the total of the last month or of the period.
fn largest(table: &PublishedTable, language: Language) -> Option<String> {
    let drawn = table.chart();
    let dimensions = drawn.dimensions();
    let (groups, prefix, suffix): (_, Vec<usize>, Vec<usize>) = match dimensions {
        [months, groups, _] if months.id == "month" => (
            groups,
            vec![months.categories.len().checked_sub(1)?],
            vec![0],
        ),
        [groups, _] => (groups, vec![], vec![0]),
        [groups, _, _] => (groups, vec![], vec![0, 0]),
        _ => return None,
    };
    let value = |place: usize| {
        let mut at = prefix.clone();
        at.push(place);
        at.extend(&suffix);
        match drawn.cell(&at) {
            Some(Cell::Value(value)) => Some(value),
            _ => None,
        }
    };
    let named = groups
        .categories
        .iter()
        .enumerate()
        .filter(|(_, c)| c.code != "all");
    let (category, most) = named
        .filter_map(|(place, category)| Some((category, value(place)?)))
        .max_by(|a, b| a.1.total_cmp(&b.1))?;
    if groups.categories.len() < 2 || most <= 0.0 {
        return None;
    }
    let name = locale::label(&category.label, language);
    let count = locale::count(most, language);
    let when = locale::month(drawn.period().1, language);
    let level = drawn.question().scope.level();
    let small = level == Level::Unit && most < 30.0;
    let care = match (small, language) {
        (false, _) => "",
        (true, Language::Sv) => " Få sjukfall, tolka försiktigt.",
        (true, Language::En) => " Few cases, interpret with care.",
    };
    Some(match (language, prefix.is_empty()) {
        (Language::Sv, false) => format!("Störst {when}: {name}, {count} sjukfall.{care}"),
        (Language::Sv, true) => format!("Störst under perioden: {name}, {count} sjukfall.{care}"),
        (Language::En, false) => format!("Largest in {when}: {name}, {count} sick cases.{care}"),
        (Language::En, true) => format!("Largest in the period: {name}, {count} sick cases.{care}"),
    })
}
