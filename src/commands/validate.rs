use std::path::PathBuf;

use frisk_ingest::{Document, Found, Outcome, Reading, documents_in};
use rayon::prelude::*;

use crate::clock;
use crate::output::{self, Failure};

/// Arguments of `frisk validate`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Files and folders.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// One JSON object a document.
    #[arg(long)]
    json: bool,
}

/// Documents that are read at once.
const AT_ONCE: usize = 1_000;

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    let today = clock::today();
    for path in &args.paths {
        if !path.exists() {
            return Err(Failure::usage(format!(
                "{}: no such file or folder",
                path.display()
            )));
        }
        let found: Result<Vec<Found>, _> = documents_in(path).collect();
        for chunk in found?.chunks(AT_ONCE) {
            let readings: Result<Vec<Reading>, std::io::Error> = chunk
                .par_iter()
                .map(|found| {
                    let document = Document::new(found.name.clone(), std::fs::read(&found.path)?)
                        .received_on(today);
                    Ok(frisk_ingest::read(&document, None))
                })
                .collect();
            for (found, reading) in chunk.iter().zip(readings?) {
                output::line(&tell(
                    &found.path.display().to_string(),
                    &reading,
                    args.json,
                ));
            }
        }
    }
    Ok(())
}

fn tell(path: &str, reading: &Reading, json: bool) -> String {
    let kind = reading.certificate_type.as_deref();
    if json {
        let reasons: Vec<serde_json::Value> = reading
            .faults
            .iter()
            .map(|fault| {
                serde_json::json!({"rule": fault.rule, "location": fault.location,
                    "message": fault.message, "severity": fault.severity.name()})
            })
            .collect();
        let mut told = serde_json::json!({"path": path, "format": reading.format.name(), "type": kind,
            "verdict": reading.verdict().name(), "reasons": reasons});
        if let Outcome::Records(records) = &reading.outcome {
            let accepted = records.rows.len() as u64;
            told["rows"] = serde_json::json!({"read": accepted + records.rejected,
                "accepted": accepted, "rejected": records.rejected});
        }
        return told.to_string();
    }
    let mut text = format!(
        "{:<11} {:<10} {path}",
        reading.verdict().name(),
        kind.unwrap_or("-")
    );
    for fault in &reading.faults {
        text.push_str(&format!(
            "\n            {} {} at {}: {}",
            fault.severity.name(),
            fault.rule,
            fault.location,
            fault.message
        ));
    }
    text
}
