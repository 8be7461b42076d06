use std::sync::Arc;

use askama::Template;
use axum::{
    Form,
    extract::{State, rejection::FormRejection},
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use frisk_codes::{Language, Region, Text};
use serde::Deserialize;

use super::{
    frame::{Frame, Visitor},
    html,
    place::Place,
    report_form::Choice,
    risk_answer::RiskAnswer,
};
use crate::{
    gate::Gate,
    locale,
    problem::Problem,
    v1::{self, FeatureRow},
};

/// The risk calculator.
#[derive(Template)]
#[template(path = "risk.html")]
struct RiskPage {
    frame: Frame,
    action: String,
    has_model: bool,
    model: String,
    day_line: String,
    form: RiskForm,
    sexes: Vec<Choice>,
    degrees: Vec<Choice>,
    occupations: Vec<Choice>,
    regions: Vec<Choice>,
    faults: Vec<String>,
    answer: Option<RiskAnswer>,
    caveat: &'static str,
}

/// The answers as they were typed; they go back into the form.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct RiskForm {
    diagnosis: String,
    age: String,
    sex: String,
    degree: String,
    occupation: String,
    region: String,
    days_left: String,
    prior_days_365: String,
}

/// `GET /riskstod`.
pub(crate) async fn page(
    State(gate): State<Arc<Gate>>,
    visitor: Visitor,
) -> Result<Response, Problem> {
    let page = build(&gate, &visitor, RiskForm::preset(), Vec::new(), None);
    html(&page, &page.frame)
}

/// `POST /riskstod`: the estimate, on the same page. Nothing is stored, and nothing of it stands in an address.
pub(crate) async fn answer(
    State(gate): State<Arc<Gate>>,
    visitor: Visitor,
    form: Result<Form<RiskForm>, FormRejection>,
) -> Result<Response, Problem> {
    let Form(form) = form.map_err(|rejection| Problem::of_status(rejection.status()))?;
    let model = Arc::clone(gate.model()?);
    let result = form
        .row(model.as_of_day(), visitor.language)
        .and_then(|row| v1::estimate(&gate, model.as_ref(), &row));
    let (faults, answer) = match result {
        Ok(estimate) => {
            let answer = RiskAnswer::new(&estimate, model.as_of_day(), visitor.language);
            (Vec::new(), Some(answer))
        }
        Err(Problem::Document { faults }) => (faults, None),
        Err(problem) => return Err(problem),
    };
    let faulty = !faults.is_empty();
    let page = build(&gate, &visitor, form, faults, answer);
    let mut response = html(&page, &page.frame)?;
    if faulty {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    let no_store = HeaderValue::from_static("private, no-store");
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, no_store);
    Ok(response)
}

impl RiskForm {
    /// The form as it opens: what most certificates say, in sight and free to change.
    fn preset() -> Self {
        Self {
            degree: "100".to_owned(),
            days_left: "13".to_owned(),
            prior_days_365: "0".to_owned(),
            ..Self::default()
        }
    }

    /// The feature row of the answers.
    fn row(&self, as_of_day: u32, language: Language) -> Result<FeatureRow, Problem> {
        let mut faults = Vec::new();
        let age = number(&self.age, "age", language, &mut faults);
        let days_left = number(&self.days_left, "days_left", language, &mut faults);
        let prior = number(
            &self.prior_days_365,
            "prior_days_365",
            language,
            &mut faults,
        );
        let degree = number(&self.degree, "degree_now", language, &mut faults);
        if !faults.is_empty() {
            return Err(Problem::Document { faults });
        }
        let degree = degree.and_then(|d| u8::try_from(d).ok());
        Ok(FeatureRow {
            diagnosis: self.diagnosis.clone(),
            age: age.unwrap_or_default(),
            sex: self.sex.clone(),
            region: text(&self.region),
            occupation: text(&self.occupation),
            degree,
            days_left,
            prescribed_days: days_left
                .and_then(|left| left.checked_add(u16::try_from(as_of_day).ok()?)),
            prior_days_365: prior,
            prior_cases_365: prior.map(|days| u16::from(days > 0)),
            // Said on the page: one certificate (LISJP), no secondary diagnoses, no measures, no earlier case alike.
            certificates: Some(1),
            certificate_type: Some("LISJP".to_owned()),
            prior_same_category: Some(0),
            side_diagnoses: Some(0),
            measures: Some(0),
            ..FeatureRow::default()
        })
    }
}

fn text(typed: &str) -> Option<String> {
    let typed = typed.trim();
    (!typed.is_empty()).then(|| typed.to_owned())
}

/// A whole number that may be left out.
fn number(typed: &str, field: &str, language: Language, faults: &mut Vec<String>) -> Option<u16> {
    let typed = text(typed)?;
    let parsed = typed.parse().ok();
    if parsed.is_none() {
        let name = locale::feature(field, language);
        faults.push(match language {
            Language::Sv => format!("{name}: skriv ett helt tal"),
            Language::En => format!("{name}: write a whole number"),
        });
    }
    parsed
}

fn build(
    gate: &Gate,
    visitor: &Visitor,
    form: RiskForm,
    faults: Vec<String>,
    answer: Option<RiskAnswer>,
) -> RiskPage {
    let language = visitor.language;
    let title = locale::words(language).risk_title.to_owned();
    let model = gate.model().ok();
    RiskPage {
        frame: Frame::new(gate, visitor, &Place::Risk, title),
        action: Place::Risk.href(language),
        has_model: model.is_some(),
        model: model.map_or_else(String::new, |m| m.hash().chars().take(12).collect()),
        day_line: model.map_or_else(String::new, |m| day_line(m.as_of_day(), language)),
        sexes: sexes(&form, language),
        degrees: degrees(&form, language),
        occupations: occupations(&form, language),
        regions: regions(&form, language),
        faults: faults
            .iter()
            .map(|fault| in_words(fault, language))
            .collect(),
        answer,
        caveat: v1::CAVEAT.get(language),
        form,
    }
}

/// Which day the estimate is for, and what the form does not ask.
fn day_line(day: u32, language: Language) -> String {
    match language {
        Language::Sv => format!(
            "Gäller ett sjukfall som pågår dag {day}. Förval som inte går att ändra här: ett intyg, inga bidiagnoser, inga åtgärder."
        ),
        Language::En => format!(
            "For a case that is ongoing on day {day}. Preset here: one certificate, no secondary diagnoses, no measures."
        ),
    }
}

/// The faults of the API's row check in the words of the form.
fn in_words(fault: &str, language: Language) -> String {
    let text = match fault.split(':').next() {
        Some("diagnosis") => Text::new(
            "Diagnos: skriv en kod ur ICD-10-SE, till exempel F43.8A",
            "Diagnosis: write a code of ICD-10-SE, such as F43.8A",
        ),
        Some("age") => Text::new(
            "Ålder: skriv ett tal mellan 16 och 100",
            "Age: write a number from 16 to 100",
        ),
        Some("sex") => Text::new("Kön: välj kvinna eller man", "Sex: choose woman or man"),
        _ => return fault.to_owned(),
    };
    text.get(language).to_owned()
}

fn choices(all: &[(&str, Text)], chosen: &str, language: Language) -> Vec<Choice> {
    let choice = |(value, label): &(&str, Text)| Choice {
        value: (*value).to_owned(),
        label: label.get(language).to_owned(),
        chosen: *value == chosen,
    };
    all.iter().map(choice).collect()
}

fn sexes(form: &RiskForm, language: Language) -> Vec<Choice> {
    let all = [
        ("", Text::new("Välj", "Choose")),
        ("woman", Text::new("Kvinna", "Woman")),
        ("man", Text::new("Man", "Man")),
    ];
    choices(&all, &form.sex, language)
}

fn degrees(form: &RiskForm, language: Language) -> Vec<Choice> {
    let all = [
        ("", Text::new("Vet inte", "Do not know")),
        ("100", Text::new("100 %", "100 %")),
        ("75", Text::new("75 %", "75 %")),
        ("50", Text::new("50 %", "50 %")),
        ("25", Text::new("25 %", "25 %")),
    ];
    choices(&all, &form.degree, language)
}

fn occupations(form: &RiskForm, language: Language) -> Vec<Choice> {
    let all = [
        ("", Text::new("Vet inte", "Do not know")),
        (
            "NUVARANDE_ARBETE",
            Text::new("Nuvarande arbete", "Present work"),
        ),
        (
            "ARBETSSOKANDE",
            Text::new("Arbetssökande", "Looking for work"),
        ),
        (
            "FORALDRALEDIG",
            Text::new("Föräldraledig", "On parental leave"),
        ),
        ("STUDIER", Text::new("Studier", "Studies")),
    ];
    choices(&all, &form.occupation, language)
}

fn regions(form: &RiskForm, language: Language) -> Vec<Choice> {
    let unknown = choices(
        &[("", Text::new("Vet inte", "Do not know"))],
        &form.region,
        language,
    );
    let region = |r: &Region| Choice {
        value: r.code.to_owned(),
        label: r.label(language).to_owned(),
        chosen: r.code == form.region,
    };
    unknown
        .into_iter()
        .chain(Region::ALL.iter().map(region))
        .collect()
}
