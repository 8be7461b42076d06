use frisk_codes::Region;

use crate::{
    Error, Question, Scope, Warehouse,
    reports::{self, Report},
};

/// Longest period of one question, in months.
const LONGEST: usize = 240;

/// The report of a question that can be asked.
pub(super) fn question(
    warehouse: &Warehouse,
    question: &Question,
) -> Result<&'static Report, Error> {
    let report = reports::find(&question.report)?;
    let level = question.scope.level();
    if !report.info.levels.contains(&level) {
        return Err(wrong(
            "level",
            level,
            reports::one_of(report.info.levels.iter()),
        ));
    }
    if !report.info.views.contains(&question.view) {
        return Err(wrong(
            "view",
            question.view,
            reports::one_of(report.info.views.iter()),
        ));
    }
    period(question)?;
    diagnoses(question)?;
    region(warehouse, &question.scope)?;
    Ok(report)
}

fn period(question: &Question) -> Result<(), Error> {
    let months = question.from.months_to(question.to);
    if (1..=LONGEST).contains(&months) {
        return Ok(());
    }
    let found = format!("{} to {}", question.from, question.to);
    Err(wrong(
        "period",
        found,
        format!("1 to {LONGEST} months, the first one first"),
    ))
}

/// A report into a diagnosis is about one, a comparison about some.
fn diagnoses(question: &Question) -> Result<(), Error> {
    let (enough, expected) = match question.report.as_str() {
        "enskilt_diagnoskapitel" => (question.diagnoses.len() == 1, "one diagnosis to look into"),
        "jamfor_diagnoser" => (!question.diagnoses.is_empty(), "the diagnoses to compare"),
        _ => return Ok(()),
    };
    if enough {
        return Ok(());
    }
    let found = format!("{} diagnoses", question.diagnoses.len());
    Err(wrong("diagnosis", found, expected.to_owned()))
}

fn region(warehouse: &Warehouse, scope: &Scope) -> Result<(), Error> {
    let Scope::Region { region } = scope else {
        return Ok(());
    };
    if Region::from_code(region).is_some() || warehouse.region_lists.contains_key(region) {
        return Ok(());
    }
    let codes = Region::ALL.iter().map(|region| region.code);
    Err(wrong("region", region, reports::one_of(codes)))
}

fn wrong(what: &'static str, found: impl ToString, expected: String) -> Error {
    Error::Question {
        what,
        found: found.to_string(),
        expected,
    }
}
