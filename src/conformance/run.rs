use std::{collections::BTreeSet, path::Path, sync::Arc};

use anyhow::{Context, Result};
use frisk_codes::Icd10;
use serde_json::{Value, json};

use super::{
    ask::ask,
    case::{Case, Given, Step, Then},
    expect, needs,
    values::text,
    world::World,
};

/// How one case came out.
#[derive(Debug)]
pub(super) struct Report {
    id: String,
    expectations: usize,
    wrong: Vec<Value>,
    missing: BTreeSet<String>,
    /// What stopped the case half-way.
    error: Option<String>,
}

impl Report {
    pub(super) fn verdict(&self) -> &'static str {
        if !self.missing.is_empty() {
            "unsupported"
        } else if self.wrong.is_empty() && self.error.is_none() {
            "passed"
        } else {
            "failed"
        }
    }

    /// The case's line of output.
    pub(super) fn line(&self) -> Value {
        let mut line = json!({
            "id": self.id,
            "verdict": self.verdict(),
            "expectations": self.expectations,
            "wrong": self.wrong,
        });
        if !self.missing.is_empty() {
            line["missing"] = json!(self.missing);
        }
        if let Some(error) = &self.error {
            line["error"] = json!(error);
        }
        line
    }

    /// Compares the expected columns of a row with what came out.
    fn compare(&mut self, step: usize, input: &Value, expected: &Value, got: &Value) {
        let columns = expected.as_object().into_iter().flatten();
        let mut differs = columns.filter(|(column, value)| {
            let got = got.get(column.as_str());
            !got.is_some_and(|got| expect::holds(value, got))
        });
        if differs.next().is_some() {
            self.wrong
                .push(json!({"step": step, "in": input, "expect": expected, "got": got}));
        }
    }
}

/// Runs one case. A case that uses something missing is not run at all, only counted; one that cannot be run to its end
/// has failed.
pub(super) fn case(case: &Case, region_files: &Path, icd10: &Arc<Icd10>) -> Report {
    let mut report = Report {
        id: case.id.clone(),
        expectations: case.steps.iter().map(expectations).sum(),
        wrong: Vec::new(),
        missing: needs::of(case),
        error: None,
    };
    if report.expectations == 0 {
        report
            .missing
            .insert("an expectation: the case has none".to_owned());
    }
    if report.missing.is_empty() {
        let mut world = World::new(region_files, icd10);
        if let Err(error) = steps(case, &mut world, &mut report) {
            report.error = Some(format!("{error:#}"));
        }
    }
    report
}

fn steps(case: &Case, world: &mut World<'_>, report: &mut Report) -> Result<()> {
    for (index, step) in case.steps.iter().enumerate() {
        match step {
            Step::Given(given) if given.op.as_deref() == Some("upload") => {
                upload(given, index, world, report)?;
            }
            Step::Given(given) => world.give(given)?,
            Step::Then(then) => check(then, index, world, report)?,
            Step::Unmapped { .. } => {}
        }
    }
    Ok(())
}

fn check(then: &Then, step: usize, world: &mut World<'_>, report: &mut Report) -> Result<()> {
    world.load()?;
    let world = &*world;
    for row in &then.rows {
        let answer = ask(world, then, &row.input)?;
        let columns = row.expect.keys();
        let got = columns
            .map(|c| (c.clone(), expect::got(&answer, world, then, row, c)))
            .collect();
        let (input, expected) = (
            Value::Object(row.input.clone()),
            Value::Object(row.expect.clone()),
        );
        report.compare(step, &input, &expected, &Value::Object(got));
    }
    Ok(())
}

fn upload(given: &Given, step: usize, world: &mut World<'_>, report: &mut Report) -> Result<()> {
    for row in &given.rows {
        let part = |name: &str| row.get(name).cloned().unwrap_or_default();
        let (input, expected) = (part("in"), part("expect"));
        let fields = input.as_object().cloned().unwrap_or_default();
        let user = text(&fields, "användare").context("användare is missing")?;
        let file = text(&fields, "filnamn").context("filnamn is missing")?;
        let status = world.upload(&user, &file)?;
        report.compare(
            step,
            &input,
            &expected,
            &json!({"statusmeddelande": status}),
        );
    }
    Ok(())
}

/// Number of single expectations of a step.
fn expectations(step: &Step) -> usize {
    match step {
        Step::Then(then) => then.rows.iter().map(|row| row.expect.len()).sum(),
        Step::Given(given) => {
            let expected = |row: &super::values::Row| {
                row.get("expect")
                    .and_then(Value::as_object)
                    .map_or(0, |e| e.len())
            };
            given.rows.iter().map(expected).sum()
        }
        Step::Unmapped { .. } => 0,
    }
}
