use std::{collections::BTreeSet, path::Path};

use anyhow::{Context, Result};
use frisk_codes::Icd10;
use frisk_warehouse::Warehouse;
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
}

impl Report {
    pub(super) fn verdict(&self) -> &'static str {
        match (self.missing.is_empty(), self.wrong.is_empty()) {
            (false, _) => "unsupported",
            (true, true) => "passed",
            (true, false) => "failed",
        }
    }

    /// The case's line of output.
    pub(super) fn line(&self) -> Value {
        json!({
            "id": self.id,
            "verdict": self.verdict(),
            "expectations": self.expectations,
            "wrong": self.wrong,
            "missing": self.missing,
        })
    }

    /// Compares the expected columns of a row with what came out.
    fn compare(&mut self, step: usize, input: &Value, expected: &Value, got: &Value) {
        let columns = expected.as_object().into_iter().flatten();
        let same = columns.filter(|(column, value)| {
            self.expectations += 1;
            !got.get(column.as_str()).is_some_and(|got| expect::holds(value, got))
        });
        if same.count() > 0 {
            self.wrong.push(json!({"step": step, "in": input, "expect": expected, "got": got}));
        }
    }
}

/// Runs one case. A case that uses something missing is not run at all, only counted.
pub(super) fn case(case: &Case, region_files: &Path, icd10: &Icd10) -> Result<Report> {
    let mut report = Report {
        id: case.id.clone(),
        expectations: 0,
        wrong: Vec::new(),
        missing: needs::of(case),
    };
    if !report.missing.is_empty() {
        report.expectations = case.steps.iter().map(expectations).sum();
        return Ok(report);
    }
    if case.steps.iter().map(expectations).sum::<usize>() == 0 {
        report.missing.insert("an expectation: the case has none".to_owned());
        return Ok(report);
    }
    let mut world = World::new(region_files, icd10);
    for (index, step) in case.steps.iter().enumerate() {
        match step {
            Step::Given(given) if given.op.as_deref() == Some("upload") => {
                upload(given, index, &mut world, &mut report)?;
            }
            Step::Given(given) => world.give(given)?,
            Step::Then(then) => check(then, index, &world, &mut report)?,
            Step::Unmapped { .. } => {}
        }
    }
    Ok(report)
}

fn check(then: &Then, step: usize, world: &World<'_>, report: &mut Report) -> Result<()> {
    let warehouse: Warehouse = world.warehouse()?;
    for row in &then.rows {
        let answer = ask(world, &warehouse, then, &row.input)?;
        let columns = row.expect.keys();
        let got = columns.map(|c| (c.clone(), expect::got(&answer, then, row, c))).collect();
        let (input, expected) = (Value::Object(row.input.clone()), Value::Object(row.expect.clone()));
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
        report.compare(step, &input, &expected, &json!({"statusmeddelande": status}));
    }
    Ok(())
}

/// Number of single expectations of a step.
fn expectations(step: &Step) -> usize {
    match step {
        Step::Then(then) => then.rows.iter().map(|row| row.expect.len()).sum(),
        Step::Given(given) => {
            let expected = |row: &super::values::Row| {
                row.get("expect").and_then(Value::as_object).map_or(0, |e| e.len())
            };
            given.rows.iter().map(expected).sum()
        }
        Step::Unmapped { .. } => 0,
    }
}
