//! The JSON forms of Webcert (`grundData` and one field an answer), one shape for all types but FK 7263's answers.
//!
//! No official schema judges them: a document is rejected when a part that no certificate can do without is missing
//! (id, signing time, patient, unit); a period that cannot be read is dropped and noted, the rest stays.
//! Source: `PEERS.md` §4.1.

mod fk7263;
mod forms;

use frisk_codes::CertificateType;
use serde_json::Value;

use super::head::{Head, Places};
use super::json::{text, time};
use super::{Draft, type_code};
use crate::certificate::{Relation, Signer};
use crate::reading::{Format, Outcome};

const PLACES: Places = Places {
    id: "/id",
    signed: "/grundData/signeringsdatum",
    number: "/grundData/patient/personId",
    unit: Some("/grundData/skapadAv/vardenhet/enhetsid"),
};

pub(super) fn read(document: &Value, draft: &mut Draft) -> Outcome {
    let code = document.get("typ").and_then(Value::as_str);
    draft.certificate_type = code.and_then(type_code);
    // Older documents of FK 7263 do not name their type, but no other type has these slots.
    let kind = match code {
        Some(code) => kind_of(code),
        None if fk7263::has_slots(document) => Some(CertificateType::Fk7263),
        None => None,
    };
    let framed = document.get("grundData").is_some_and(Value::is_object);
    let Some(kind) = kind.filter(|_| framed || code.is_some()) else {
        return draft.unsupported("JSON of a kind that is not read");
    };
    draft.format = match kind {
        CertificateType::Fk7263 => Format::Fk7263Json,
        _ => Format::InternalJson,
    };
    draft.certificate_type = Some(kind.code().to_owned());
    let (id, version, number) = (
        text(document, PLACES.id),
        text(document, "/textVersion"),
        text(document, PLACES.number),
    );
    let head = Head {
        id: &id,
        version: if version.is_empty() { "1.0" } else { &version },
        signed_at: time(document, PLACES.signed)
            .or_else(|| time(document, "/grundData/signeringsDatum"))
            .or_else(|| time(document, "/signeringsdatum")),
        sent_at: None,
        number_root: "",
        number: &number,
        signer: signer(document),
        relations: relations(document),
        signed_document: false,
    };
    head.announce(draft);
    let Some(mut certificate) = head.certificate(kind, &PLACES, &String::new, draft) else {
        return Outcome::Rejected;
    };
    if kind == CertificateType::Fk7263 {
        fk7263::fill(&mut certificate, document, draft);
    } else {
        forms::fill(&mut certificate, document, draft);
    }
    Outcome::Certificate(Box::new(certificate))
}

/// The type of a code; `TS_BAS_U06_V06` names edition and version behind the type.
fn kind_of(code: &str) -> Option<CertificateType> {
    CertificateType::from_code(code).or_else(|| {
        let (kind, edition) = code.rsplit_once("_U")?;
        let (edition, version) = edition.split_once("_V")?;
        let digits = |text: &str| text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
        let known = digits(edition) && digits(version);
        CertificateType::from_code(kind).filter(|_| known)
    })
}

fn signer(document: &Value) -> Signer {
    let text = |pointer: &str| text(document, pointer);
    Signer {
        doctor_id: text("/grundData/skapadAv/personId"),
        positions: positions(document),
        unit_id: text("/grundData/skapadAv/vardenhet/enhetsid"),
        unit_name: text("/grundData/skapadAv/vardenhet/enhetsnamn"),
        care_provider_id: text("/grundData/skapadAv/vardenhet/vardgivare/vardgivarid"),
        care_provider_name: text("/grundData/skapadAv/vardenhet/vardgivare/vardgivarnamn"),
    }
}

fn positions(document: &Value) -> Vec<String> {
    let list = |pointer| {
        let list = document.pointer(pointer).and_then(Value::as_array);
        list.into_iter().flatten()
    };
    let plain = list("/grundData/skapadAv/befattningar").filter_map(Value::as_str);
    let coded = list("/grundData/skapadAv/befattningsKoder")
        .filter_map(|p| p.get("kod").and_then(Value::as_str));
    let mut positions: Vec<String> = Vec::new();
    for position in plain.chain(coded).map(str::trim) {
        if !position.is_empty() && !positions.iter().any(|p| p == position) {
            positions.push(position.to_owned());
        }
    }
    positions
}

fn relations(document: &Value) -> Vec<Relation> {
    let relation = Relation {
        kind: text(document, "/grundData/relation/relationKod"),
        certificate_id: text(document, "/grundData/relation/relationIntygsId"),
    };
    let given = !relation.certificate_id.is_empty();
    given.then_some(relation).into_iter().collect()
}
