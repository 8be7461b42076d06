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
    let stepped = isotonic(&p, &y, &w);
    output::line(
        &json!({"rows": rows.len(), "scores": scores(&p, &y, &w),
            "calibration": calibration(&p, &y, &w)?, "usefulness": usefulness(&p, &y, &w),
            "isotonic": stepped})
        .to_string(),
    );
    Ok(())
}
