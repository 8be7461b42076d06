//! Prints the verdict on each document under some paths, one JSON object a line; `RECEIVED=2026-01-31` says when they came in.

use std::io::Write;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let received = std::env::var("RECEIVED").ok();
    let received: Option<chrono::NaiveDate> = received.map(|day| day.parse()).transpose()?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for path in std::env::args().skip(1) {
        for found in frisk_ingest::documents_in(path.as_ref()) {
            let found = found?;
            let bytes = std::fs::read(&found.path)?;
            let mut document = frisk_ingest::Document::new(found.name.clone(), bytes);
            document.received = received;
            let reading = frisk_ingest::read(&document, None);
            let reasons: Vec<_> = reading
                .faults
                .iter()
                .map(|f| {
                    serde_json::json!({"rule": f.rule, "location": f.location,
                        "message": f.message, "severity": f.severity.name()})
                })
                .collect();
            let line = serde_json::json!({
                "path": found.path.display().to_string(),
                "format": reading.format.name(),
                "type": reading.certificate_type,
                "verdict": reading.verdict().name(),
                "reasons": reasons,
            });
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}
