//! FHIR R4 `Procedure`: one resource, a `Bundle`, or NDJSON with a resource a line.
//!
//! Source: HL7 FHIR R4 (4.0.1), Procedure; identifiers by HL7 Sweden's base profiles and Inera's OIDs.

mod bundle;
mod procedure;

use serde_json::{Deserializer, Value};

use super::{MAX_FAULTS, RecordFile, RecordKind, Records};
use crate::reading::{Fault, Format};
use bundle::Context;
use procedure::Wrong;

/// Whether bytes name a FHIR resource somewhere.
pub(super) fn may_be_fhir(bytes: &[u8]) -> bool {
    const NAME: &[u8] = b"\"resourceType\"";
    bytes.windows(NAME.len()).any(|window| window == NAME)
}

/// Reads FHIR JSON; `None` if it is JSON of another kind.
pub(super) fn read(text: &str) -> Option<RecordFile> {
    let file = RecordFile::new(Format::FhirR4, Some(RecordKind::Intervention));
    let mut resources = Vec::new();
    for value in Deserializer::from_str(text).into_iter::<Value>() {
        match value {
            Ok(value) => resources.push(value),
            Err(_) if resources.is_empty() => return None,
            Err(_) => {
                let place = format!("resource {}", resources.len() + 1);
                return Some(file.out("json", &place, "expected well-formed JSON"));
            }
        }
    }
    let kind = resources.first()?.get("resourceType")?.as_str()?;
    if !matches!(
        kind,
        "Procedure" | "Bundle" | "Patient" | "Organization" | "Location"
    ) {
        return None;
    }
    let context = Context::of(&resources);
    if context.procedures().is_empty() {
        return None;
    }
    Some(procedures(&context, file))
}

fn procedures(context: &Context<'_>, mut file: RecordFile) -> RecordFile {
    let mut records = Records {
        kind: RecordKind::Intervention,
        rows: Vec::new(),
        rejected: 0,
    };
    for (index, (place, resource)) in context.procedures().iter().enumerate() {
        let row = u32::try_from(index + 1).unwrap_or(u32::MAX);
        match procedure::record(resource, context, row) {
            Ok(record) => records.rows.push(record),
            Err(Wrong {
                rule,
                pointer,
                expected,
            }) => {
                records.rejected += 1;
                if file.faults.len() < MAX_FAULTS {
                    let location = format!("{place}{pointer}");
                    file.faults.push(Fault::error(rule, location, expected));
                }
            }
        }
    }
    file.records = Some(records);
    file
}
