//! The answers of the sick-leave forms by their field names.

use frisk_codes::{Degree, PrognosisDays};
use serde_json::Value;

use super::super::Draft;
use super::super::json::{date, maybe_text, text};
use crate::certificate::{Certificate, Diagnosis, Prognosis, Reduction, SickPeriod};
use crate::diagnosis_code;
use crate::reading::Fault;
use crate::validate::value::{ICD_10_SE, KSH97_P};

/// Fields that are set when the certificate is based on it.
const BASES: [(&str, &str); 9] = [
    ("undersokningAvPatienten", "UNDERSOKNING"),
    ("undersokningsDatum", "UNDERSOKNING"),
    ("telefonkontaktMedPatienten", "TELEFONKONTAKT"),
    ("journaluppgifter", "JOURNALUPPGIFTER"),
    ("anhorigsBeskrivningAvPatienten", "ANHORIG"),
    ("anhorigBeskrivning", "ANHORIG"),
    ("annatGrundForMU", "ANNAT"),
    ("annatDatum", "ANNAT"),
    ("annanReferens", "ANNAT"),
];

/// Fills in what the document says; a form has only some of the fields.
pub(super) fn fill(certificate: &mut Certificate, document: &Value, draft: &mut Draft) {
    certificate.diagnoses = diagnoses(document);
    certificate.based_on = flagged(document, &BASES);
    certificate.occupations = types(document, "sysselsattning");
    certificate.measures = types(document, "arbetslivsinriktadeAtgarder");
    certificate.infection_control = is_set(document, "avstangningSmittskydd");
    certificate.prognosis = maybe_text(document, "/prognos/typ").map(|code| {
        let days = text(document, "/prognos/dagarTillArbete");
        Prognosis {
            code,
            days: PrognosisDays::from_code(&days).map(PrognosisDays::days),
        }
    });
    for (i, period) in list(document, "sjukskrivningar").enumerate() {
        match sick_period(period) {
            Some(period) => certificate.periods.push(period),
            None => draft.faults.push(unread(format!("/sjukskrivningar/{i}"))),
        }
    }
    reductions(certificate, document, draft);
}

fn unread(location: String) -> Fault {
    let expected = "expected a degree, and 'from' and 'tom' as dates, YYYY-MM-DD";
    Fault::error("internal.json/period", location, expected)
}

fn diagnoses(document: &Value) -> Vec<Diagnosis> {
    let read = list(document, "diagnoser").map(|d| Diagnosis {
        code: diagnosis_code(&text(d, "/diagnosKod")),
        system: if text(d, "/diagnosKodSystem").starts_with("KSH") {
            KSH97_P
        } else {
            ICD_10_SE
        }
        .to_owned(),
    });
    read.filter(|d| !d.code.is_empty()).collect()
}

fn sick_period(period: &Value) -> Option<SickPeriod> {
    Some(SickPeriod {
        degree: Degree::from_fkmu_code(&text(period, "/sjukskrivningsgrad"))?,
        start: date(period, "/period/from")?,
        end: date(period, "/period/tom")?,
    })
}

/// AG1-14's one period and AF00251's list.
fn reductions(certificate: &mut Certificate, document: &Value, draft: &mut Draft) {
    let mut keep = |percent: Option<&Value>, period: &Value, location: String| {
        let read = || {
            Some(Reduction {
                percent: percent.and_then(percent_of)?,
                start: date(period, "/from")?,
                end: date(period, "/tom")?,
            })
        };
        match read() {
            Some(reduction) => certificate.reductions.push(reduction),
            None => draft.faults.push(unread(location)),
        }
    };
    if let Some(period) = document
        .get("sjukskrivningsperiod")
        .filter(|p| p.is_object())
    {
        let percent = document.get("sjukskrivningsgrad");
        keep(percent, period, "/sjukskrivningsperiod".to_owned());
    }
    let unchecked = |a: &Value| a.get("checked") == Some(&Value::Bool(false));
    for (i, absence) in list(document, "sjukfranvaro").enumerate() {
        if !unchecked(absence) {
            let period = absence.get("period").unwrap_or(&Value::Null);
            keep(absence.get("niva"), period, format!("/sjukfranvaro/{i}"));
        }
    }
}

/// A percentage as number or text.
fn percent_of(value: &Value) -> Option<u8> {
    match value {
        Value::String(text) => crate::decode::percent(text),
        Value::Number(number) => crate::decode::percent(&number.to_string()),
        _ => None,
    }
}

/// The `typ` of a list's items, or of a single item.
fn types(document: &Value, field: &str) -> Vec<String> {
    let single = document.get(field).filter(|v| v.is_object());
    let items = list(document, field).chain(single);
    items.filter_map(|item| maybe_text(item, "/typ")).collect()
}

fn list<'d>(document: &'d Value, field: &str) -> impl Iterator<Item = &'d Value> {
    let list = document.get(field).and_then(Value::as_array);
    list.into_iter().flatten()
}

/// The codes of the fields that are set, each once.
pub(super) fn flagged(document: &Value, table: &[(&str, &str)]) -> Vec<String> {
    let mut codes: Vec<String> = Vec::new();
    for (_, code) in table.iter().filter(|(field, _)| is_set(document, field)) {
        if !codes.iter().any(|c| c == code) {
            codes.push((*code).to_owned());
        }
    }
    codes
}

/// Whether a field is `true` or has a text other than `false`.
pub(super) fn is_set(document: &Value, field: &str) -> bool {
    match document.get(field) {
        Some(Value::Bool(value)) => *value,
        Some(Value::String(text)) => !matches!(text.trim(), "" | "false"),
        _ => false,
    }
}
