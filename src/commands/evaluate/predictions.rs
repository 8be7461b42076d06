//! A table of probabilities, whoever made them, against what happened.

use std::path::Path;

use frisk_model::evaluate::{calibration, isotonic, scores, usefulness};
use serde::Deserialize;
use serde_json::json;

use crate::output::{self, Failure};

#[derive(Debug, Deserialize)]
struct Row {
    p: f64,
    y: u8,
    #[serde(default = "one")]
    w: f64,
}

fn one() -> f64 {
    1.0
}

/// Prints every measure as one JSON object.
pub(super) fn judge(path: &Path) -> Result<(), Failure> {
    let named = |error: csv::Error| Failure::usage(format!("{}: {error}", path.display()));
    let mut reader = csv::Reader::from_path(path).map_err(named)?;
    let rows: Vec<Row> = reader
        .deserialize()
        .collect::<Result<_, _>>()
        .map_err(named)?;
    let p: Vec<f64> = rows.iter().map(|row| row.p).collect();
    let y: Vec<bool> = rows.iter().map(|row| row.y == 1).collect();
    let w: Vec<f64> = rows.iter().map(|row| row.w).collect();
    let mut measures = measures(&p, &y, &w)?;
    measures["isotonic"] = isotonic(&p, &y, &w).into();
    output::line(&measures.to_string());
    Ok(())
}

/// Discrimination, calibration and usefulness of probabilities.
pub(super) fn measures(p: &[f64], y: &[bool], w: &[f64]) -> Result<serde_json::Value, Failure> {
    Ok(
        json!({"rows": p.len(), "scores": scores(p, y, w), "calibration": calibration(p, y, w)?,
        "usefulness": usefulness(p, y, w)}),
    )
}
