use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::Value;

use super::values::Row;

/// One acceptance case. Form: the kit's §2.
#[derive(Debug, Deserialize)]
pub(super) struct Case {
    pub(super) id: String,
    pub(super) steps: Vec<Step>,
}

/// One step of a case: something given, something expected, or something that was never run.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Step {
    Given(Given),
    Then(Then),
    Unmapped {
        #[serde(rename = "unmapped")]
        _reason: String,
    },
}

/// A given step; which fields there are depends on `given`.
#[derive(Debug, Deserialize)]
pub(super) struct Given {
    pub(super) given: String,
    pub(super) date: Option<chrono::NaiveDate>,
    pub(super) value: Option<Value>,
    #[serde(default)]
    pub(super) replace: bool,
    #[serde(default)]
    pub(super) times: u32,
    pub(super) op: Option<String>,
    #[serde(default)]
    pub(super) rows: Vec<Row>,
}

/// Expectations of one report.
#[derive(Debug, Deserialize)]
pub(super) struct Then {
    #[serde(rename = "then")]
    pub(super) report: String,
    pub(super) level: String,
    pub(super) view: String,
    pub(super) output: String,
    pub(super) rows: Vec<Expected>,
}

/// One question and what is expected of its answer.
#[derive(Debug, Deserialize)]
pub(super) struct Expected {
    #[serde(rename = "in")]
    pub(super) input: Row,
    pub(super) expect: Row,
}

impl Case {
    /// Reads a case file.
    pub(super) fn read(path: &Path) -> Result<Self> {
        let shown = || format!("{}", path.display());
        let text = std::fs::read_to_string(path).with_context(shown)?;
        serde_json::from_str(&text).with_context(shown)
    }
}
