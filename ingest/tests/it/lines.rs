//! Lines of NDJSON: documents as they are, and envelopes around documents.

use frisk_ingest::{Document, EventKind, Format, Outcome, Reading, Verdict, read_line};
use serde_json::{Value, json};

use crate::documents::{EVENT_JSON, FK7263_JSON, LISJP, MESSAGE, REVOKE, certificate, read_text};

fn line(value: &Value) -> Reading {
    read_line(&Document::new("x", value.to_string().into_bytes()))
}

fn rejected(value: &Value, rule: &str) {
    let reading = line(value);
    assert_eq!(reading.verdict(), Verdict::Rejected, "{rule}");
    assert!(reading.faults.iter().any(|f| f.rule == rule), "{rule}");
}

#[test]
fn a_created_certificate() {
    let reading = line(
        &json!({"action": "created", "certificateId": "påhittat-0001", "certificateType": "LISJP", "body": LISJP}),
    );
    assert_eq!(reading.format, Format::RegisterCertificateV3);
    assert_eq!(reading.outcome, read_text(LISJP).outcome);
    // The same certificate, the same key, whichever way it came.
    assert_eq!(reading.key, read_text(LISJP).key);
    assert!(reading.faults.is_empty());
    let other = line(&json!({"action": "created", "certificateId": "annat", "body": LISJP}));
    assert_eq!(other.faults[0].rule, "line.certificate_id");
    assert_eq!(other.certificate_id.as_deref(), Some("påhittat-0001"));
    let json_body = line(&json!({"action": "created", "body": FK7263_JSON}));
    assert_eq!(json_body.format, Format::Fk7263Json);
    let bad = line(&json!({"action": "created", "certificateId": "c-1", "body": "<a>"}));
    assert_eq!(
        (bad.verdict(), bad.certificate_id.as_deref()),
        (Verdict::Rejected, Some("c-1"))
    );
    rejected(
        &json!({"action": "created", "certificateId": "c-1"}),
        "line.body",
    );
}

#[test]
fn a_document_as_it_is() {
    for text in [FK7263_JSON, EVENT_JSON] {
        let value: Value = serde_json::from_str(text).unwrap();
        assert_eq!(line(&value).outcome, read_text(text).outcome);
    }
    let xml = read_line(&Document::new("x", LISJP.replace('\n', " ").into_bytes()));
    assert_eq!(
        xml.outcome,
        Outcome::Certificate(Box::new(certificate(LISJP)))
    );
    assert_eq!(line(&json!({"x": 1})).verdict(), Verdict::Unsupported);
    let empty = read_line(&Document::new("x", b" ".to_vec()));
    assert_eq!(empty.faults[0].rule, "document.empty");
}

#[test]
fn a_revocation_by_document_certificate_or_name() {
    let document = line(&json!({"action": "revoked", "body": REVOKE}));
    assert_eq!(document.outcome, read_text(REVOKE).outcome);
    let Outcome::Event(event) =
        line(&json!({"action": "revoked", "timestamp": "2025-03-12T10:00:00", "body": LISJP}))
            .outcome
    else {
        panic!("no event")
    };
    assert_eq!(
        (event.kind, event.certificate_id.as_str()),
        (EventKind::Revoked, "påhittat-0001")
    );
    assert_eq!(event.number.as_deref(), Some("198112289874"));
    assert_eq!(event.at.unwrap().to_string(), "2025-03-12 10:00:00");
    let Outcome::Event(event) =
        line(&json!({"action": "revoked", "certificateId": "c-1", "certificateType": "fk7804"}))
            .outcome
    else {
        panic!("no event")
    };
    assert_eq!(
        (event.certificate_id.as_str(), event.number, event.at),
        ("c-1", None, None)
    );
    // A certificate that would be rejected can be revoked all the same.
    let broken = line(&json!({"action": "revoked", "certificateId": "c-1", "body": "<a>"}));
    assert_eq!(broken.verdict(), Verdict::Accepted);
    rejected(&json!({"action": "revoked"}), "line.certificate_id");
    rejected(
        &json!({"action": "revoked", "certificateId": "c-1", "body": MESSAGE}),
        "line.body",
    );
}

#[test]
fn sent_and_message_sent() {
    let sent = json!({"action": "sent", "certificateId": "c-1", "certificateType": "lisjp", "recipient": "FKASSA", "messageId": "m-1"});
    let reading = line(&sent);
    assert_eq!(
        (reading.format, reading.certificate_type.as_deref()),
        (Format::Line, Some("LISJP"))
    );
    let Outcome::Event(event) = reading.outcome else {
        panic!("no event")
    };
    assert_eq!(
        (
            event.kind,
            event.recipient.as_deref(),
            event.message_id.as_deref()
        ),
        (EventKind::Sent, Some("FKASSA"), Some("m-1"))
    );
    rejected(
        &json!({"action": "sent", "recipient": "FKASSA"}),
        "line.certificate_id",
    );
    rejected(
        &json!({"action": "sent", "certificateId": "c-1"}),
        "line.recipient",
    );
    let message =
        line(&json!({"action": "message-sent", "messageId": "påhittat-m1", "body": MESSAGE}));
    assert_eq!(message.outcome, read_text(MESSAGE).outcome);
    rejected(
        &json!({"action": "message-sent", "body": LISJP}),
        "line.body",
    );
    rejected(&json!({"action": "message-sent"}), "line.body");
    rejected(
        &json!({"action": "opened", "certificateId": "c-1"}),
        "line.action",
    );
}

#[test]
fn an_envelope_shows_no_number() {
    for body in [LISJP, MESSAGE, REVOKE] {
        for action in ["created", "revoked", "message-sent", "sent"] {
            let shown = format!(
                "{:?}",
                line(&json!({"action": action, "certificateId": "c", "body": body}))
            );
            assert!(!shown.contains("19811228"), "{action}");
        }
    }
}
