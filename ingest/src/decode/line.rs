//! One line of NDJSON: a JSON document, or an envelope around a document as Intygsstatistik's queue has it.
//!
//! `{"action":"created|revoked|sent|message-sent","certificateId":…,"certificateType":…,"recipient":…,"messageId":…,
//! "timestamp":…,"body":"<xml or json text>"}`. `created` and `message-sent` need a body; `sent` needs a certificate id and
//! a recipient; `revoked` needs a body (RevokeCertificate, or the certificate itself) or a certificate id. The timestamp is
//! ours: the queue has none. Source: `PEERS.md` §4.1.

use frisk_codes::CertificateType;
use serde_json::Value;

use super::json::{maybe_text, text, time};
use super::{Draft, parsed, text_outcome, type_code};
use crate::document::{Document, DocumentKey};
use crate::event::{CertificateEvent, EventKind};
use crate::reading::{Fault, Format, Outcome, Reading};

/// Reads one line of NDJSON. A line that is no envelope is read as [`super::read`] reads a document.
///
/// The key of a document in an envelope is that of its body, so that the same certificate has the same key whichever
/// way it comes in. Pure: no clock, no state.
#[must_use]
pub fn read_line(document: &Document) -> Reading {
    let mut draft = Draft::new(document, Format::Unknown);
    let outcome = match super::checked_text(document, &mut draft) {
        Ok(line) if line.trim_start().starts_with('{') => match parsed(&line, &mut draft) {
            Ok(value) if value.get("action").is_some_and(Value::is_string) => {
                envelope(&value, &mut draft)
            }
            Ok(value) => {
                draft.format = Format::OtherJson;
                super::json_document(&value, &mut draft)
            }
            Err(outcome) => outcome,
        },
        Ok(line) => text_outcome(&line, &mut draft),
        Err(outcome) => outcome,
    };
    draft.finish(outcome)
}

fn envelope(line: &Value, draft: &mut Draft) -> Outcome {
    draft.format = Format::Line;
    draft.certificate_id = maybe_text(line, "/certificateId");
    draft.certificate_type = type_code(&text(line, "/certificateType"));
    match text(line, "/action").as_str() {
        "created" => body(line, draft),
        "revoked" => revoked(line, draft),
        "sent" => sent(line, draft),
        "message-sent" => match body(line, draft) {
            Outcome::Message(message) => Outcome::Message(message),
            Outcome::Certificate(_) | Outcome::Revocation(_) | Outcome::Event(_) => {
                draft.reject("line.body", "/body", "expected a SendMessageToCare")
            }
            other => other,
        },
        _ => {
            let expected = "expected created, revoked, sent or message-sent";
            draft.reject("line.action", "/action", expected)
        }
    }
}

/// What the body says; the line's own certificate id must be the body's.
fn body(line: &Value, draft: &mut Draft) -> Outcome {
    let Some(body) = line.get("body").and_then(Value::as_str) else {
        return draft.reject("line.body", "/body", "expected a document as text");
    };
    draft.key = DocumentKey::of(body.as_bytes());
    let stated = draft.certificate_id.take();
    let outcome = text_outcome(body, draft);
    if let (Some(stated), Some(read)) = (&stated, &draft.certificate_id)
        && stated != read
    {
        let message = "the line names another certificate than its body; the body counts";
        draft.faults.push(Fault::warning(
            "line.certificate_id",
            "/certificateId",
            message,
        ));
    }
    draft.certificate_id = draft.certificate_id.take().or(stated);
    outcome
}

fn revoked(line: &Value, draft: &mut Draft) -> Outcome {
    let read = match line.get("body") {
        Some(Value::String(_)) => Some(body(line, draft)),
        _ => None,
    };
    let mut event = event(line, EventKind::Revoked, draft);
    match read {
        Some(Outcome::Revocation(revocation)) => return Outcome::Revocation(revocation),
        // The revoked certificate itself: who and what, not when.
        Some(Outcome::Certificate(certificate)) => {
            event.number = Some(certificate.patient.number);
            event.certificate_type = Some(certificate.kind);
            event.type_version = certificate.version;
            event.unit_id = certificate.signer.unit_id;
            event.care_provider_id = certificate.signer.care_provider_id;
        }
        Some(Outcome::Message(_) | Outcome::Event(_)) => {
            return draft.reject(
                "line.body",
                "/body",
                "expected a revocation or a certificate",
            );
        }
        // A certificate that cannot be read can be revoked all the same, if the line names it.
        Some(_) | None => {}
    }
    if event.certificate_id.is_empty() {
        let expected = "expected a certificate id, in the line or in its body";
        return draft.reject("line.certificate_id", "/certificateId", expected);
    }
    for fault in &mut draft.faults {
        fault.severity = crate::reading::Severity::Warning;
    }
    Outcome::Event(Box::new(event))
}

fn sent(line: &Value, draft: &mut Draft) -> Outcome {
    let event = event(line, EventKind::Sent, draft);
    if event.certificate_id.is_empty() {
        let expected = "expected a certificate id";
        return draft.reject("line.certificate_id", "/certificateId", expected);
    }
    if event.recipient.is_none() {
        let expected = "expected a recipient, such as FKASSA";
        return draft.reject("line.recipient", "/recipient", expected);
    }
    Outcome::Event(Box::new(event))
}

/// The event that a line tells of, without what its body may add.
fn event(line: &Value, kind: EventKind, draft: &mut Draft) -> CertificateEvent {
    let certificate_type = CertificateType::from_code(&text(line, "/certificateType"));
    if let Some(known) = certificate_type {
        draft.certificate_type = Some(known.code().to_owned());
    }
    CertificateEvent {
        message_id: maybe_text(line, "/messageId"),
        kind,
        at: time(line, "/timestamp"),
        certificate_id: draft.certificate_id.clone().unwrap_or_default(),
        certificate_type,
        type_version: String::new(),
        number: None,
        unit_id: String::new(),
        care_provider_id: String::new(),
        parent: None,
        role: String::new(),
        origin: String::new(),
        recipient: maybe_text(line, "/recipient"),
        message: None,
    }
}
