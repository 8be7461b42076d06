//! Prints the verdict on each document under a path, one JSON object a line.

use std::io::Write;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("expected a path")?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for found in frisk_ingest::documents_in(path.as_ref()) {
        let found = found?;
        let document = frisk_ingest::Document::new(found.name.clone(), std::fs::read(&found.path)?);
        let reading = frisk_ingest::read(&document, None);
        let reasons: Vec<_> = reading
            .faults
            .iter()
            .map(|f| serde_json::json!({"rule": f.rule, "location": f.location, "message": f.message}))
            .collect();
        let line = serde_json::json!({
            "path": found.name,
            "format": reading.format.name(),
            "type": reading.certificate_type,
            "verdict": reading.verdict().name(),
            "reasons": reasons,
        });
        writeln!(out, "{line}")?;
    }
    Ok(())
}
