//! Reading of `model_coefficients.csv` and `model_breaks.csv`.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use serde::Deserialize;

use super::hazard::SrsModel;
use super::question::QUESTIONS;
use crate::error::{Error, Result};

/// The version that is read; the files may hold others beside it.
const VERSION: &str = "3.0";
const COEFFICIENTS: &str = "model_coefficients.csv";
const BREAKS: &str = "model_breaks.csv";

#[derive(Debug, Deserialize)]
struct CoefficientRow {
    version: String,
    diagnosis: String,
    interval: usize,
    term: String,
    beta: f64,
}

#[derive(Debug, Deserialize)]
struct BreakRow {
    version: String,
    diagnosis: String,
    k: usize,
    day: f64,
}

/// β by term, by interval (numbered from 1).
type Terms = BTreeMap<String, BTreeMap<usize, f64>>;

/// Reads all models of the version.
pub(super) fn read(folder: &Path) -> Result<HashMap<String, SrsModel>> {
    let mut breaks: HashMap<String, BTreeMap<usize, f64>> = HashMap::new();
    for row in rows::<BreakRow>(folder, BREAKS)? {
        if row.version == VERSION {
            breaks
                .entry(row.diagnosis)
                .or_default()
                .insert(row.k, row.day);
        }
    }
    let mut terms: HashMap<String, Terms> = HashMap::new();
    for row in rows::<CoefficientRow>(folder, COEFFICIENTS)? {
        if row.version == VERSION {
            let model = terms.entry(row.diagnosis).or_default();
            model
                .entry(row.term)
                .or_default()
                .insert(row.interval, row.beta);
        }
    }
    let models = terms.into_iter().map(|(diagnosis, terms)| {
        let breaks = breaks.remove(&diagnosis).unwrap_or_default();
        let model = model(&diagnosis, breaks, &terms)?;
        Ok((diagnosis.to_uppercase().replace('.', ""), model))
    });
    models.collect()
}

fn rows<R: for<'d> Deserialize<'d>>(folder: &Path, file: &'static str) -> Result<Vec<R>> {
    let reading = |problem: csv::Error| Error::SrsFile {
        file,
        what: problem.to_string(),
    };
    let mut reader = csv::Reader::from_path(folder.join(file)).map_err(reading)?;
    reader
        .deserialize()
        .map(|row| row.map_err(reading))
        .collect()
}

fn model(diagnosis: &str, breaks: BTreeMap<usize, f64>, terms: &Terms) -> Result<SrsModel> {
    let fault = |file: &'static str, what: &str| Error::SrsFile {
        file,
        what: format!("{diagnosis}: {what}"),
    };
    let count = breaks.len().saturating_sub(1);
    let days: Vec<f64> = breaks.values().copied().collect();
    let rising = days.windows(2).all(|pair| pair[0] < pair[1]);
    if count == 0 || !rising || breaks.keys().copied().ne(0..=count) {
        return Err(fault(
            BREAKS,
            "breaks k = 0, 1, … with rising days expected",
        ));
    }
    let whole = |term: &str| -> Result<Vec<f64>> {
        let by_interval = &terms[term];
        if by_interval.keys().copied().ne(1..=count) || by_interval.values().any(|b| !b.is_finite())
        {
            let what = format!("{term}: a number for each of {count} intervals expected");
            return Err(fault(COEFFICIENTS, &what));
        }
        Ok(by_interval.values().copied().collect())
    };
    let mut intercept = vec![0.0; count];
    let mut effects: BTreeMap<usize, Vec<Vec<f64>>> = BTreeMap::new();
    for term in terms.keys() {
        if term == "(Intercept)" {
            intercept = whole(term)?;
            continue;
        }
        let Some((question, answer)) = place(term) else {
            return Err(fault(COEFFICIENTS, &format!("unknown term {term}")));
        };
        let nothing = || vec![vec![0.0; count]; QUESTIONS[question].answers.len()];
        effects.entry(question).or_insert_with(nothing)[answer] = whole(term)?;
    }
    Ok(SrsModel::new(
        days,
        intercept,
        effects.into_iter().collect(),
    ))
}

/// Question and answer that a term such as `SexMale` names.
fn place(term: &str) -> Option<(usize, usize)> {
    QUESTIONS.iter().enumerate().find_map(|(at, question)| {
        let answer = term.strip_prefix(question.column)?;
        let place = question.answers.iter().position(|known| *known == answer)?;
        Some((at, place))
    })
}
