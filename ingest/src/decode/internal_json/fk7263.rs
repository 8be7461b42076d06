//! The answers of FK 7263: one slot for each degree, three numbered diagnoses.
//!
//! The peer checks no more than that it can be read: a bad period is dropped, the rest stays.

use frisk_codes::Degree;
use serde_json::Value;

use super::super::Draft;
use super::super::json::text;
use super::forms::{flagged, is_set};
use crate::certificate::{Certificate, Diagnosis, SickPeriod};
use crate::decode::json::plain_date;
use crate::diagnosis_code;
use crate::reading::Fault;
use crate::validate::value::{ICD_10_SE, KSH97_P};

/// One slot for each degree.
const SLOTS: [(&str, Degree); 4] = [
    ("nedsattMed100", Degree::Full),
    ("nedsattMed75", Degree::ThreeQuarters),
    ("nedsattMed50", Degree::Half),
    ("nedsattMed25", Degree::Quarter),
];

const OCCUPATIONS: [(&str, &str); 3] = [
    ("nuvarandeArbete", "NUVARANDE_ARBETE"),
    ("arbetsloshet", "ARBETSSOKANDE"),
    ("foraldrarledighet", "FORALDRALEDIG"),
];

const BASES: [(&str, &str); 4] = [
    ("undersokningAvPatienten", "UNDERSOKNING"),
    ("telefonkontaktMedPatienten", "TELEFONKONTAKT"),
    ("journaluppgifter", "JOURNALUPPGIFTER"),
    ("annanReferens", "ANNAT"),
];

/// Whether a document has one of the slots, which no other type has.
pub(super) fn has_slots(document: &Value) -> bool {
    SLOTS.iter().any(|(key, _)| document.get(key).is_some())
}

/// Fills in what the document says.
pub(super) fn fill(certificate: &mut Certificate, document: &Value, draft: &mut Draft) {
    certificate.diagnoses = diagnoses(document);
    certificate.periods = periods(document, draft);
    certificate.occupations = flagged(document, &OCCUPATIONS);
    certificate.based_on = flagged(document, &BASES);
    certificate.infection_control = is_set(document, "avstangningSmittskydd");
}

fn diagnoses(document: &Value) -> Vec<Diagnosis> {
    let all = [
        ("/diagnosKod", "/diagnosKodsystem1"),
        ("/diagnosKod2", "/diagnosKodsystem2"),
        ("/diagnosKod3", "/diagnosKodsystem3"),
    ];
    let read = all.iter().map(|(code, system)| Diagnosis {
        code: diagnosis_code(&text(document, code)),
        system: if text(document, system).starts_with("KSH") {
            KSH97_P
        } else {
            ICD_10_SE
        }
        .to_owned(),
    });
    read.filter(|d| !d.code.is_empty()).collect()
}

fn periods(document: &Value, draft: &mut Draft) -> Vec<SickPeriod> {
    let mut periods = Vec::new();
    for (key, degree) in SLOTS {
        let Some(slot) = document.get(key).filter(|s| !s.is_null()) else {
            continue;
        };
        let day = |name| slot.get(name).and_then(Value::as_str).and_then(plain_date);
        match (day("from"), day("tom")) {
            (Some(start), Some(end)) => periods.push(SickPeriod { start, end, degree }),
            _ => draft.faults.push(Fault::error(
                "fk7263.json/period",
                format!("/{key}"),
                "expected 'from' and 'tom' as dates, YYYY-MM-DD",
            )),
        }
    }
    periods
}
