//! Messages and events about certificates.

use frisk_codes::{CertificateType, MessageSubject};
use frisk_ingest::{CertificateEvent, EventKind, Format, Message, Outcome, Verdict};

use crate::documents::{EVENT_JSON, MESSAGE, edit, read_text, without};

fn message(text: &str) -> Message {
    match read_text(text).outcome {
        Outcome::Message(message) => *message,
        other => panic!("expected a message, found {other:?}"),
    }
}

fn event(text: &str) -> CertificateEvent {
    match read_text(text).outcome {
        Outcome::Event(event) => *event,
        other => panic!("expected an event, found {other:?}"),
    }
}

#[test]
fn a_message_says_what_it_is_about() {
    let reading = read_text(MESSAGE);
    assert_eq!(
        (reading.format, reading.verdict()),
        (Format::SendMessageToCareV2, Verdict::Accepted)
    );
    assert_eq!(reading.unit_id.as_deref(), Some("SE-ENHET-1"));
    let m = message(MESSAGE);
    assert_eq!(
        (m.id.as_str(), m.reference_id.as_deref(), m.subject),
        ("påhittat-m1", Some("FK-77"), MessageSubject::Completion)
    );
    assert_eq!(
        (m.certificate_id.as_str(), m.number.as_str()),
        ("påhittat-0001", "198112289874")
    );
    assert_eq!(
        (m.unit_id.as_str(), m.sender.as_str()),
        ("SE-ENHET-1", "FKASSA")
    );
    assert_eq!(m.sent_at.to_string(), "2025-03-20 09:30:00");
    assert_eq!(
        m.last_date_to_answer.map(|d| d.to_string()).as_deref(),
        Some("2025-04-01")
    );
    assert_eq!(m.answer_to.as_deref(), Some("påhittat-q1"));
    assert_eq!(m.reminder_of.as_deref(), Some("påhittat-m0"));
    let asked: Vec<_> = m
        .complements
        .iter()
        .map(|c| (c.question_id.as_str(), c.instance))
        .collect();
    assert_eq!(asked, [("6", None), ("32", Some(2))]);
    let shown = format!("{m:?}");
    assert!(!shown.contains("19811228") && !shown.contains("Hemligt"));
}

#[test]
fn a_message_against_its_schema_is_rejected() {
    for mark in [
        "<m:meddelande-id>",
        "<m:skickatTidpunkt>",
        "<m:meddelande>",
        "<m:amne>",
        "<m:intygs-id>",
    ] {
        assert_eq!(
            read_text(&without(MESSAGE, mark)).verdict(),
            Verdict::Rejected,
            "{mark}"
        );
    }
    for (old, new) in [
        ("198112289874", "8112289874"),
        (">6<", ">six<"),
        ("2025-04-01", "2025-04-31"),
        ("ffa59d8f", "ffa59d8e"),
    ] {
        assert_eq!(
            read_text(&edit(MESSAGE, old, new)).verdict(),
            Verdict::Rejected,
            "{new}"
        );
    }
    // A subject that nobody knows is counted as unknown; the optional parts may be missing.
    let m = message(&edit(MESSAGE, "KOMPLT", "NYTT"));
    assert_eq!(m.subject, MessageSubject::Unknown);
    let bare = without(&without(MESSAGE, "komplettering>"), "svarPa");
    assert_eq!(
        (message(&bare).complements.len(), message(&bare).answer_to),
        (0, None)
    );
}

#[test]
fn an_analytics_event_says_what_happened() {
    let reading = read_text(EVENT_JSON);
    assert_eq!(
        (
            reading.format,
            reading.verdict(),
            reading.certificate_type.as_deref()
        ),
        (Format::AnalyticsEventV1, Verdict::Accepted, Some("LISJP"))
    );
    let e = event(EVENT_JSON);
    assert_eq!(e.kind, EventKind::ComplementFromRecipient);
    assert_eq!(e.certificate_type, Some(CertificateType::Lisjp));
    assert_eq!(e.message_id.as_deref(), Some("påhittat-e1"));
    assert_eq!(e.at.unwrap().to_string(), "2025-03-11 07:00:01.250");
    assert_eq!(
        (e.certificate_id.as_str(), e.number.as_deref()),
        ("påhittat-0001", Some("198112289874"))
    );
    assert_eq!(
        (e.unit_id.as_str(), e.care_provider_id.as_str()),
        ("SE-ENHET-1", "SE-VG-1")
    );
    let parent = e.parent.as_ref().unwrap();
    assert_eq!(
        (parent.kind.as_str(), parent.certificate_id.as_str()),
        ("FRLANG", "påhittat-0000")
    );
    assert_eq!(e.recipient.as_deref(), Some("FKASSA"));
    let m = e.message.as_ref().unwrap();
    assert_eq!(
        (m.id.as_str(), m.subject),
        ("påhittat-m1", MessageSubject::Completion)
    );
    assert_eq!(
        (m.answer_to.as_deref(), m.reminder_of.as_deref()),
        (Some("påhittat-q1"), None)
    );
    assert_eq!(m.sent_at.unwrap().to_string(), "2025-03-11 06:59:00");
    assert_eq!(m.last_date_to_answer.unwrap().to_string(), "2025-04-01");
    assert_eq!(m.question_ids, ["6", "32"]);
    assert!(!format!("{e:?}").contains("19811228"));
}

#[test]
fn every_kind_of_event_is_read() {
    for kind in EventKind::ALL {
        let text = edit(EVENT_JSON, "COMPLEMENT_FROM_RECIPIENT", kind.code());
        assert_eq!(event(&text).kind, *kind);
    }
    let other = edit(EVENT_JSON, "COMPLEMENT_FROM_RECIPIENT", "SOMETHING_NEW");
    assert_eq!(read_text(&other).verdict(), Verdict::Unsupported);
    let version = edit(EVENT_JSON, "\"v1\"", "\"v2\"");
    assert_eq!(read_text(&version).verdict(), Verdict::Unsupported);
}

#[test]
fn an_event_needs_certificate_time_and_kind_but_no_person() {
    for (old, new) in [
        ("\"id\": \"påhittat-0001\"", "\"id\": \"\""),
        ("2025-03-11T07:00:01.25", "i går"),
        ("\"COMPLEMENT_FROM_RECIPIENT\"", "null"),
    ] {
        let reading = read_text(&edit(EVENT_JSON, old, new));
        assert_eq!(reading.verdict(), Verdict::Rejected, "{new}");
        assert_eq!(reading.faults[0].rule, "analytics.event/required");
    }
    let hidden = read_text(&edit(EVENT_JSON, "19811228-9874", "9f86d081884c7d65"));
    assert_eq!(
        (hidden.verdict(), hidden.faults[0].rule.as_ref()),
        (Verdict::Accepted, "person.number")
    );
    let Outcome::Event(e) = hidden.outcome else {
        panic!("no event")
    };
    assert_eq!(e.number, None);
}
