//! Inera's `certificate.analytics.event` v1 to an event. Source: `PEERS.md` §4.1.

use frisk_codes::{CertificateType, MessageSubject};
use serde_json::Value;

use super::json::{date, maybe_text, text, time};
use super::{Draft, type_code};
use crate::certificate::Relation;
use crate::event::{CertificateEvent, EventKind, EventMessage};
use crate::identity::PersonalNumber;
use crate::reading::{Fault, Format, Outcome};

/// The document's `type`.
const TYPE: &str = "certificate.analytics.event";
/// The only `schemaVersion` there is.
const VERSION: &str = "v1";

/// Whether a document says that it is an analytics event of any version.
pub(super) fn claims(document: &Value) -> bool {
    document.get("type").and_then(Value::as_str) == Some(TYPE)
}

pub(super) fn read(document: &Value, draft: &mut Draft) -> Outcome {
    draft.format = Format::AnalyticsEventV1;
    if text(document, "/schemaVersion") != VERSION {
        return draft.unsupported("an analytics event of another version than v1");
    }
    let code = text(document, "/certificate/type");
    draft.certificate_type = type_code(&code);
    draft.certificate_id = maybe_text(document, "/certificate/id");
    draft.unit_id = maybe_text(document, "/certificate/unitId");
    let (certificate_type, kind) = (
        CertificateType::from_code(&code),
        text(document, "/event/messageType"),
    );
    if let Some(known) = certificate_type {
        draft.certificate_type = Some(known.code().to_owned());
    }
    let mut require = |holds: bool, pointer: &str, expected: &str| {
        if !holds {
            draft
                .faults
                .push(Fault::error("analytics.event/required", pointer, expected));
        }
    };
    let (id, at) = (
        maybe_text(document, "/certificate/id"),
        time(document, "/event/timestamp"),
    );
    require(id.is_some(), "/certificate/id", "expected a certificate id");
    require(
        at.is_some(),
        "/event/timestamp",
        "expected a local time, YYYY-MM-DDThh:mm:ss",
    );
    require(
        !kind.is_empty(),
        "/event/messageType",
        "expected what happened",
    );
    let Some(certificate_id) = id.filter(|_| draft.faults.is_empty()) else {
        return Outcome::Rejected;
    };
    let Some(kind) = EventKind::from_code(&kind) else {
        return draft.unsupported("an analytics event of a kind that is not known");
    };
    Outcome::Event(Box::new(CertificateEvent {
        message_id: maybe_text(document, "/messageId"),
        kind,
        at,
        certificate_id,
        certificate_type,
        type_version: text(document, "/certificate/typeVersion"),
        number: number(document, draft),
        unit_id: text(document, "/certificate/unitId"),
        care_provider_id: text(document, "/certificate/careProviderId"),
        parent: parent(document),
        role: text(document, "/event/role"),
        origin: text(document, "/event/origin"),
        recipient: maybe_text(document, "/recipient/id"),
        message: message(document),
    }))
}

/// The patient's number, if it is one: a pseudonymised event has none.
fn number(document: &Value, draft: &mut Draft) -> Option<String> {
    let pointer = "/certificate/patientId";
    let given = maybe_text(document, pointer)?;
    match PersonalNumber::parse(&given) {
        Ok(number) => Some(number.digits().to_owned()),
        Err(_) => {
            let message = "no personal number: the event is kept without a person";
            draft
                .faults
                .push(Fault::warning("person.number", pointer, message));
            None
        }
    }
}

fn parent(document: &Value) -> Option<Relation> {
    let kind = match text(document, "/certificate/parent/type").as_str() {
        "REPLACED" => "ERSATT".to_owned(),
        "COMPLEMENTED" => "KOMPLT".to_owned(),
        "EXTENDED" => "FRLANG".to_owned(),
        "COPIED" => "KOPIA".to_owned(),
        other => other.to_owned(),
    };
    Some(Relation {
        certificate_id: maybe_text(document, "/certificate/parent/id")?,
        kind,
    })
}

fn message(document: &Value) -> Option<EventMessage> {
    let asked = document
        .pointer("/message/questionIds")
        .and_then(Value::as_array);
    let ids = asked.into_iter().flatten().filter_map(Value::as_str);
    Some(EventMessage {
        id: maybe_text(document, "/message/id")?,
        answer_to: maybe_text(document, "/message/answerId"),
        reminder_of: maybe_text(document, "/message/reminderId"),
        subject: MessageSubject::of(&text(document, "/message/type")),
        sent_at: time(document, "/message/sent"),
        last_date_to_answer: date(document, "/message/lastDateToAnswer"),
        question_ids: ids.map(|id| id.trim().to_owned()).collect(),
        sender: text(document, "/message/sender"),
        recipient: text(document, "/message/recipient"),
    })
}
