//! Runs the acceptance cases of a conformance kit through the real pipeline.
//!
//! A given row becomes a real document, which goes through the public entry of `ingest` into batches, and from there
//! into a warehouse in memory; an expectation is compared with what the warehouse answers. The meaning of the steps is
//! described in the kit's own README; the sections named in these files are its.

#[cfg(test)]
mod tests;

mod access;
mod ask;
mod asked;
mod case;
mod catalogue;
mod documents;
mod expect;
mod needs;
mod region_file;
mod run;
mod select;
mod special;
mod store;
mod values;
mod world;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, Result};
use frisk_codes::Icd10;
use serde_json::{Value, json};

use case::Case;

/// How many cases came out how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Summary {
    /// Every expectation was compared and holds.
    pub(crate) passed: usize,
    /// Every expectation was compared and some do not hold.
    pub(crate) failed: usize,
    /// The case uses something that Frisk does not have yet.
    pub(crate) unsupported: usize,
}

/// Runs the cases of a folder (`DIR/*.json` or `DIR/cases/*.json`) in the order of their names; `only` keeps those whose
/// id starts with one of the texts, all if empty. Each case and at last the summary are handed to `out` as JSON lines.
///
/// Diagnoses are looked up in `icd10`.
///
/// # Errors
/// A file cannot be read or is no case. A case that does not hold is no error.
pub(crate) fn run(
    dir: &Path,
    only: &[String],
    icd10: &Arc<Icd10>,
    out: &mut dyn FnMut(Value),
) -> Result<Summary> {
    let mut summary = Summary::default();
    let regions = dir.join("region-files");
    for path in case_files(dir)? {
        let case = Case::read(&path)?;
        if !only.is_empty()
            && !only
                .iter()
                .any(|prefix| case.id.starts_with(prefix.as_str()))
        {
            continue;
        }
        let report = run::case(&case, &regions, icd10);
        match report.verdict() {
            "passed" => summary.passed += 1,
            "failed" => summary.failed += 1,
            _ => summary.unsupported += 1,
        }
        out(report.line());
    }
    out(json!({
        "passed": summary.passed,
        "failed": summary.failed,
        "unsupported": summary.unsupported,
    }));
    Ok(summary)
}

fn case_files(dir: &Path) -> Result<Vec<PathBuf>> {
    let inner = dir.join("cases");
    let folder = if inner.is_dir() { &inner } else { dir };
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| format!("{}", folder.display()))? {
        let path = entry?.path();
        let named = path
            .file_name()
            .and_then(|n| n.to_str())
            .unwrap_or_default();
        if named.ends_with(".json") && named != "reports.json" && named != "case.schema.json" {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}
