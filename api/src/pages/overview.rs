use std::sync::Arc;

use askama::Template;
use axum::{extract::State, response::Response};
use frisk_codes::Language;
use frisk_warehouse::{Level, Question, View};

use super::{
    answer::{Answer, text},
    compare::TwoYears,
    figure::{Figure, Kind},
    frame::{Frame, Visitor},
    html,
    place::Place,
    region_tiles::Tiles,
};
use crate::{
    auth::{Granted, OpenScope},
    choices::Choices,
    gate::{Asked, Gate},
    locale,
    problem::Problem,
};

/// The national overview.
#[derive(Template)]
#[template(path = "overview.html")]
struct OverviewPage {
    frame: Frame,
    source_line: String,
    figures: Vec<Figure>,
    questions: Vec<(String, &'static str)>,
    over_time: Answer,
    over_time_title: String,
    groups: Answer,
    groups_title: String,
    tiles: Tiles,
    tiles_period: String,
}

/// `GET /`.
pub(crate) async fn page(
    State(gate): State<Arc<Gate>>,
    visitor: Visitor,
) -> Result<Response, Problem> {
    let language = visitor.language;
    let words = locale::words(language);
    let granted = Granted::open(&OpenScope::National);
    let today = gate.snapshot().data_through;
    let (_, to) = Question::default_range(Level::National, View::Series, today);
    let (from_cross, to_cross) = Question::default_range(Level::National, View::Cross, today);
    let frame = Frame::new(
        &gate,
        &visitor,
        &Place::Overview,
        words.overview_title.to_owned(),
    );

    let series = TwoYears::ask(&gate, &granted, "sjukfall_totalt", to).await?;
    let cross = |report: &str| Asked {
        report: report.to_owned(),
        view: View::Cross,
        from: from_cross,
        to: to_cross,
        choices: Choices::default(),
    };
    let diagnoses = gate.answer(&granted, cross("diagnosgrupp")).await?;
    let regions = gate.answer(&granted, cross("lan")).await?;
    let period = locale::period(from_cross, to_cross, language);
    let (first, last) = series.period();
    let over_time_title = titled(&text(series.title(), language), first, last, language);
    let groups_title = format!("{}, {period}", text(diagnoses.title(), language));
    let page = OverviewPage {
        source_line: format!(
            "{} · {} · {} · {}",
            words.sick_cases,
            words.whole_country,
            locale::period(to.plus(-11), to, language),
            frame.data_line()
        ),
        figures: figures(&gate, &granted, to, language).await?,
        questions: questions(language),
        over_time: Answer::new(&series, "over-time", &over_time_title, language),
        over_time_title,
        groups: Answer::new(&diagnoses, "groups", &groups_title, language),
        groups_title,
        tiles: Tiles::new(&regions, language),
        tiles_period: period,
        frame,
    };
    html(&page, &page.frame)
}

fn titled(
    title: &str,
    from: frisk_warehouse::Month,
    to: frisk_warehouse::Month,
    language: Language,
) -> String {
    let place = match language {
        Language::Sv => "hela landet",
        Language::En => "the whole country",
    };
    format!("{title}, {place}, {}", locale::period(from, to, language))
}

/// The four figures: cases a month, long ones, full-time ones, and women's share.
async fn figures(
    gate: &Arc<Gate>,
    granted: &Granted,
    to: frisk_warehouse::Month,
    language: Language,
) -> Result<Vec<Figure>, Problem> {
    let total = TwoYears::ask(gate, granted, "sjukfall_totalt", to).await?;
    let long = TwoYears::ask(gate, granted, "langa_sjukfall", to).await?;
    let degree = TwoYears::ask(gate, granted, "sjukskrivningsgrad", to).await?;
    let all = TwoYears::of(&total, None, "total");
    let women = TwoYears::of(&total, None, "women").share_of(&all);
    let long = TwoYears::of(&long, None, "total").share_of(&all);
    let full = TwoYears::of(&degree, Some("100"), "total").share_of(&all);
    let names = match language {
        Language::Sv => [
            "Sjukfall i snitt per månad",
            "Längre än 90 dagar",
            "Helt sjukskrivna",
            "Kvinnor",
        ],
        Language::En => [
            "Sick cases a month, mean",
            "Longer than 90 days",
            "On leave full-time",
            "Women",
        ],
    };
    Ok(vec![
        Figure::new(names[0], Kind::Count, &all, "sjukfall-totalt", language),
        Figure::new(names[1], Kind::Share, &long, "langa-sjukfall", language),
        Figure::new(names[2], Kind::Share, &full, "sjukskrivningsgrad", language),
        Figure::new(names[3], Kind::Share, &women, "sjukfall-totalt", language),
    ])
}

/// Ready answers to what most people come for.
fn questions(language: Language) -> Vec<(String, &'static str)> {
    let all = [
        (
            "lan",
            "?view=cross",
            "Hur vanligt är sjukfall i min region?",
            "How common are sick cases in my region?",
        ),
        (
            "diagnosgrupp",
            "?view=series",
            "Vilka diagnoser ökar?",
            "Which diagnoses grow?",
        ),
        (
            "sjukskrivningslangd",
            "?view=cross",
            "Hur länge varar ett sjukfall?",
            "How long does a sick case last?",
        ),
        (
            "aldersgrupp",
            "?view=cross",
            "I vilka åldrar är sjukfall vanligast?",
            "At which ages are sick cases most common?",
        ),
        (
            "sjukskrivningsgrad",
            "?view=series",
            "Hur många är deltidssjukskrivna?",
            "How many are on leave part-time?",
        ),
    ];
    let link = |(slug, query, sv, en): (&str, &str, &'static str, &'static str)| {
        let href = Place::Report(slug.to_owned(), query.to_owned()).href(language);
        (href, frisk_codes::Text::new(sv, en).get(language))
    };
    all.into_iter().map(link).collect()
}
