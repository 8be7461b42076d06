use std::sync::Arc;

use askama::Template;
use axum::{extract::State, response::Response};
use frisk_codes::{Language, Text};
use frisk_warehouse::reports::catalogue;

use super::{
    frame::{Frame, Visitor},
    html,
    place::Place,
};
use crate::{ask, gate::Gate, locale, problem::Problem};

/// How everything is counted.
#[derive(Template)]
#[template(path = "method.html")]
struct MethodPage {
    frame: Frame,
    terms: Vec<Term>,
    reports: Vec<Term>,
}

/// One term and what it means.
struct Term {
    id: String,
    name: &'static str,
    text: &'static str,
}

/// `GET /metod`.
pub(crate) async fn page(
    State(gate): State<Arc<Gate>>,
    visitor: Visitor,
) -> Result<Response, Problem> {
    let language = visitor.language;
    let title = locale::words(language).method_title.to_owned();
    let report = |info: &frisk_warehouse::reports::ReportInfo| Term {
        id: ask::slug(info),
        name: info.title.get(language),
        text: info.definition.get(language),
    };
    let page = MethodPage {
        frame: Frame::new(&gate, &visitor, &Place::Method, title),
        terms: terms(language),
        reports: catalogue().iter().map(report).collect(),
    };
    html(&page, &page.frame)
}

/// The terms that all reports share. Source: `PEERS.md` §1.2–1.5.
fn terms(language: Language) -> Vec<Term> {
    let all = [
        (
            "sjukfall",
            Text::new("Sjukfall", "Sick case"),
            Text::new(
                "En patients intyg för sjukpenning hos en vårdgivare, när det går högst fem dagar utan intyg mellan dem. Sex dagar utan intyg ger ett nytt sjukfall. Intyg hos två vårdgivare slås aldrig ihop, så i riket kan en person räknas två gånger.",
                "A patient's certificates for sickness benefit at one care provider, with at most five days without a certificate between them. Six days without make a new case. Certificates at two care providers are never joined, so that the nation can count a person twice.",
            ),
        ),
        (
            "manad",
            Text::new("Sjukfall per månad", "Sick cases a month"),
            Text::new(
                "Ett sjukfall räknas i varje månad då det har minst en dag med intyg. En månad med bara uppehåll räknas inte.",
                "A case counts in every month in which it has at least one day with a certificate. A month that is only a gap does not count.",
            ),
        ),
        (
            "langd",
            Text::new("Längd", "Length"),
            Text::new(
                "Antalet olika dagar med intyg. Dagar utan intyg räknas inte, och dagar med två intyg räknas en gång.",
                "The number of different days with a certificate. Days without do not count, and days with two count once.",
            ),
        ),
        (
            "tidsserie",
            Text::new("Tidsserie och tvärsnitt", "Time series and cross-section"),
            Text::new(
                "I tidsserien avgör det senast påbörjade intyget varje månad diagnos, grad och enhet. I tvärsnittet räknas sjukfallet en gång över hela perioden, och står i varje grupp som det har haft.",
                "In the series the latest certificate begun decides each month's diagnosis, degree and unit. In the cross-section the case counts once over the whole period, and stands in each group that it has had.",
            ),
        ),
        (
            "skydd",
            Text::new("Skydd av personer", "Protection of persons"),
            Text::new(
                "I öppna tabeller räknas ett litet värde hos en vårdgivare som noll innan vårdgivarna summeras. Summorna är därför något för låga. En enhets egna siffror visas oskyddade, bara för enheten.",
                "In open tables a small value at one care provider counts as zero before care providers are summed. The sums are therefore somewhat too low. A unit's own figures are shown unprotected, to the unit only.",
            ),
        ),
        (
            "kalla",
            Text::new("Vad som inte räknas", "What is not counted"),
            Text::new(
                "Frisk räknar läkarnas intyg, inte Försäkringskassans beslut. Makulerade intyg räknas inte.",
                "Frisk counts the doctors' certificates, not the decisions of the Social Insurance Agency. Revoked certificates do not count.",
            ),
        ),
    ];
    let term = |(id, name, text): (&str, Text, Text)| Term {
        id: id.to_owned(),
        name: name.get(language),
        text: text.get(language),
    };
    all.into_iter().map(term).collect()
}
