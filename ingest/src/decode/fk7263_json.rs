//! FK 7263 in the JSON form of Webcert, as Intygsstatistik received it. Source: `PEERS.md` §4.1.
//!
//! The peer checks no more than that it can be read: a bad period is dropped, the rest stays.

use chrono::{NaiveDate, NaiveDateTime};
use frisk_codes::{CertificateType, Degree};
use serde_json::Value;

use super::register_certificate::number;
use super::{Draft, type_code};
use crate::certificate::{Certificate, Diagnosis, Event, SickPeriod, Signer};
use crate::diagnosis_code;
use crate::reading::{Fault, Format, Outcome};
use crate::validate::structure::parse_date;
use crate::validate::value::{ICD_10_SE, KSH97_P};

pub(super) fn read(document: &Value, draft: &mut Draft) -> Outcome {
    let kind = document.get("typ").and_then(Value::as_str);
    draft.certificate_type = kind.and_then(type_code);
    let named = kind.map(CertificateType::from_code) == Some(Some(CertificateType::Fk7263));
    // Older documents do not name their type, but no other type has these slots.
    let slotted = kind.is_none() && SLOTS.iter().any(|(key, _)| document.get(key).is_some());
    let unnamed = slotted && document.get("grundData").is_some();
    if !(named || unnamed) {
        return draft.unsupported("JSON of a kind that is not read");
    }
    draft.format = Format::Fk7263Json;
    draft.certificate_type = Some(CertificateType::Fk7263.code().to_owned());
    certificate(document, draft)
}

/// One slot for each degree.
const SLOTS: [(&str, Degree); 4] = [
    ("nedsattMed100", Degree::Full),
    ("nedsattMed75", Degree::ThreeQuarters),
    ("nedsattMed50", Degree::Half),
    ("nedsattMed25", Degree::Quarter),
];

fn certificate(document: &Value, draft: &mut Draft) -> Outcome {
    let text = |pointer: &str| text_at(document, pointer);
    let (id, unit) = (text("/id"), text("/grundData/skapadAv/vardenhet/enhetsid"));
    draft.certificate_id = (!id.is_empty()).then(|| id.clone());
    draft.unit_id = (!unit.is_empty()).then(|| unit.clone());
    if id.is_empty() {
        return draft.reject("fk7263.json/id", "/id", "expected a certificate id");
    }
    let signed = [text("/grundData/signeringsdatum"), text("/signeringsdatum")];
    let Some(signed_at) = signed.iter().find_map(|s| parse_signed(s)) else {
        return draft.reject(
            "fk7263.json/signed",
            "/grundData/signeringsdatum",
            "expected a time, YYYY-MM-DDThh:mm:ss",
        );
    };
    let location = "/grundData/patient/personId";
    let Some(number) = number(&text(location), location, draft) else {
        return Outcome::Rejected;
    };
    Outcome::Certificate(Box::new(Certificate {
        id,
        kind: CertificateType::Fk7263,
        version: Some(text("/textVersion"))
            .filter(|v| !v.is_empty())
            .unwrap_or_else(|| "1.0".to_owned()),
        event: Event::Created,
        signed_at,
        sent_at: None,
        patient: number.patient(),
        signer: signer(document, unit),
        diagnoses: diagnoses(document),
        periods: periods(document, draft),
        occupations: flagged(document, &OCCUPATIONS),
        based_on: flagged(document, &BASES),
        prognosis: None,
        measures: Vec::new(),
        infection_control: is_set(document, "avstangningSmittskydd"),
        relations: Vec::new(),
        signed_document: false,
    }))
}

fn text_at(document: &Value, pointer: &str) -> String {
    let found = document.pointer(pointer).and_then(Value::as_str);
    found.unwrap_or_default().trim().to_owned()
}

/// A local time, with or without parts of a second, or a date.
fn parse_signed(text: &str) -> Option<NaiveDateTime> {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f")
        .ok()
        .or_else(|| parse_date(text)?.and_hms_opt(0, 0, 0))
}

fn signer(document: &Value, unit_id: String) -> Signer {
    let text = |pointer: &str| text_at(document, pointer);
    Signer {
        doctor_id: text("/grundData/skapadAv/personId"),
        positions: Vec::new(),
        unit_id,
        unit_name: text("/grundData/skapadAv/vardenhet/enhetsnamn"),
        care_provider_id: text("/grundData/skapadAv/vardenhet/vardgivare/vardgivarid"),
        care_provider_name: text("/grundData/skapadAv/vardenhet/vardgivare/vardgivarnamn"),
    }
}

fn diagnoses(document: &Value) -> Vec<Diagnosis> {
    let all = [
        ("/diagnosKod", "/diagnosKodsystem1"),
        ("/diagnosKod2", "/diagnosKodsystem2"),
        ("/diagnosKod3", "/diagnosKodsystem3"),
    ];
    let read = all.iter().map(|(code, system)| Diagnosis {
        code: diagnosis_code(&text_at(document, code)),
        system: if text_at(document, system).starts_with("KSH") {
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

fn plain_date(text: &str) -> Option<NaiveDate> {
    parse_date(text).filter(|_| text.trim().len() == 10)
}

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

fn flagged(document: &Value, table: &[(&str, &str)]) -> Vec<String> {
    let set = table.iter().filter(|(key, _)| is_set(document, key));
    set.map(|(_, code)| (*code).to_owned()).collect()
}

fn is_set(document: &Value, key: &str) -> bool {
    match document.get(key) {
        Some(Value::Bool(value)) => *value,
        Some(Value::String(text)) => !text.is_empty(),
        _ => false,
    }
}
