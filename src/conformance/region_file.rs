use std::path::Path;

use anyhow::{Context, Result};
use frisk_warehouse::{RegionList, RegionListFault, RegionListRow};
use serde::Deserialize;
use serde_json::{Value, json};

/// The rows of a region file, as the kit holds them in place of the spreadsheet.
#[derive(Debug, Deserialize)]
struct RegionFile {
    #[serde(default)]
    rows: Vec<Line>,
}

#[derive(Debug, Deserialize)]
struct Line {
    row: u64,
    #[serde(default)]
    hsa_id: Value,
    #[serde(default)]
    listed_patients: Value,
}

/// The list of an uploaded region file, or the status of a refused one as the kit writes it (§4.5).
pub(super) fn read(folder: &Path, file: &str) -> Result<Result<RegionList, Value>> {
    let (stem, extension) = file.rsplit_once('.').unwrap_or((file, ""));
    if !matches!(extension, "xls" | "xlsx") {
        return Ok(Err(json!({"ok": false, "code": "bad_file_format"})));
    }
    let path = folder.join(format!("{stem}.json"));
    let shown = || format!("{}", path.display());
    let text = std::fs::read_to_string(&path).with_context(shown)?;
    let file: RegionFile = serde_json::from_str(&text).with_context(shown)?;
    let rows: Vec<RegionListRow> = file.rows.iter().map(row).collect();
    Ok(match RegionList::from_rows(&rows) {
        Ok(list) => Ok(list),
        Err(fault) => Err(status(fault)),
    })
}

fn row(line: &Line) -> RegionListRow {
    RegionListRow {
        row: line.row,
        unit: written(&line.hsa_id),
        listed_patients: written(&line.listed_patients),
    }
}

/// A cell as a spreadsheet would give it as text.
fn written(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn status(fault: RegionListFault) -> Value {
    let (code, row) = match fault {
        RegionListFault::PatientsNotInteger(row) => ("listed_patients_not_integer", row),
        RegionListFault::UnitTwice(row) => ("unit_listed_twice", row),
        RegionListFault::IllegalCharacters(row) => ("hsa_id_illegal_characters", row),
        RegionListFault::PatientsNegative(row) => ("listed_patients_negative", row),
        other => return json!({"ok": false, "code": other.to_string()}),
    };
    json!({"ok": false, "code": code, "row": row})
}
