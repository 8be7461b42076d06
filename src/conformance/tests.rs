use std::{path::Path, sync::Arc};

use chrono::NaiveDate;
use frisk_codes::{CertificateType, Degree, Icd10};
use frisk_ingest::{Outcome, read};
use serde_json::{Value, json};

use super::{case::Case, documents, run};

/// A case of our own: one woman at enhet1 in February 2013, asked for in November.
fn case(given: Value, then: Value) -> Case {
    let today = json!({"given": "today", "date": "2013-11-06"});
    let case = json!({"id": "own", "steps": [today, given, then]});
    serde_json::from_value(case).unwrap()
}

fn certificates() -> Value {
    json!({"given": "certificates", "replace": true, "rows": [{
        "personnr": "19800926-9242", "diagnoskod": "G01",
        "start": "2013-02-05", "slut": "2013-02-06", "enhet": "enhet1",
    }]})
}

fn expected(input: Value, expect: Value) -> Value {
    json!({"then": "sjukfall_totalt", "level": "unit", "view": "time_series", "output": "table",
        "rows": [{"in": input, "expect": expect}]})
}

fn line(given: Value, then: Value) -> Value {
    run::case(
        &case(given, then),
        Path::new(""),
        &Arc::new(Icd10::builtin()),
    )
    .line()
}

fn february(user: &str) -> Value {
    json!({"inloggad som": user, "år": 2013, "månad": "feb"})
}

#[test]
fn a_right_expectation_passes_and_a_wrong_one_fails() {
    let right = line(
        certificates(),
        expected(february("user1"), json!({"kvinnor": 1, "män": 0})),
    );
    assert_eq!(
        (&right["verdict"], &right["expectations"]),
        (&json!("passed"), &json!(2))
    );
    let wrong = line(
        certificates(),
        expected(february("user1"), json!({"kvinnor": 2, "män": 0})),
    );
    assert_eq!(wrong["verdict"], "failed");
    assert_eq!(wrong["wrong"][0]["got"], json!({"kvinnor": 1, "män": 0}));
    assert_eq!(wrong["wrong"][0]["step"], 2);
}

#[test]
fn without_access_or_outside_the_period_nothing_is_found() {
    let not_found = json!({"kvinnor": -1, "män": -1});
    // user8's unit belongs to another care provider than the one asked for.
    let denied = line(
        certificates(),
        expected(february("user8"), not_found.clone()),
    );
    assert_eq!(denied["verdict"], "passed");
    let early = json!({"inloggad som": "user1", "år": 2012, "månad": "maj"});
    assert_eq!(
        line(certificates(), expected(early, not_found))["verdict"],
        "passed"
    );
}

#[test]
fn what_is_not_there_yet_is_unsupported_by_name() {
    let filtered = json!({"inloggad som": "user1", "filter månfas": ["ny"]});
    let line = line(certificates(), expected(filtered, json!({"humör": "gott"})));
    assert_eq!(line["verdict"], "unsupported");
    assert_eq!(
        line["missing"],
        json!(["expected humör", "input filter månfas"])
    );
}

#[test]
fn a_case_without_expectations_has_not_passed() {
    let line = line(
        certificates(),
        json!({"unmapped": "comment_table", "reason": "x"}),
    );
    assert_eq!(line["verdict"], "unsupported");
}

#[test]
fn an_unknown_step_fails_the_case_and_says_so() {
    let then = expected(february("user1"), json!({"kvinnor": 1}));
    let line = line(json!({"given": "weather"}), then);
    assert_eq!(line["verdict"], "failed");
    assert!(line["error"].as_str().unwrap().contains("weather"));
}

#[test]
fn a_row_becomes_a_document_that_reads_back() {
    let today = NaiveDate::from_ymd_opt(2013, 11, 6).unwrap();
    for (format, kind) in [
        ("FK7263SIT", CertificateType::Fk7263),
        ("LISJP", CertificateType::Lisjp),
        ("nyttJson", CertificateType::Fk7263),
    ] {
        let row = json!({
            "personnr": " 19800926-9242 ", "diagnoskod": "M54-5", "intygformat": format, "intygid": "a&b",
            "start": "2013-02-05", "slut": "2013-02-06", "arbetsförmåga": 25,
            "start2": "2013-02-07", "slut2": "2013-02-08", "arbetsförmåga2": 0, "enhet": " enh et1",
        });
        let document = documents::of(row.as_object().unwrap(), 1, today);
        let reading = read(&document, None);
        let Outcome::Certificate(certificate) = reading.outcome else {
            panic!("{format}: {:?}", reading.faults);
        };
        assert_eq!(
            (certificate.id.as_str(), certificate.kind),
            ("a&b", kind),
            "{format}"
        );
        assert_eq!(certificate.diagnoses[0].code, "M545");
        assert_eq!(certificate.signed_at.date(), today);
        let mut degrees: Vec<Degree> = certificate.periods.iter().map(|p| p.degree).collect();
        degrees.sort();
        assert_eq!(degrees, [Degree::ThreeQuarters, Degree::Full]);
    }
}

#[test]
fn a_row_of_every_form_is_a_valid_document_with_its_diagnosis() {
    let today = NaiveDate::from_ymd_opt(2015, 3, 6).unwrap();
    let forms = [
        ("LUSE", Some("F438")),
        ("LUAE_NA", Some("F438")),
        ("LUAE_FS", Some("F438")),
        ("AG1-14", Some("F438")),
        ("AG7804", Some("F438")),
        ("AF00213", None),
        ("AF00251", None),
        ("DB", None),
        ("DOI", None),
        ("TSTRK1007", None),
        ("TSTRK1031-v3", None),
        ("TSTRK1009", None),
        ("TSTRK1062", None),
    ];
    for (format, diagnosis) in forms {
        let row = json!({"intygformat": format, "diagnoskod": "F438", "enhet": "enhet1"});
        let reading = read(&documents::of(row.as_object().unwrap(), 1, today), None);
        let Outcome::Certificate(certificate) = reading.outcome else {
            panic!("{format}: {:?}", reading.faults);
        };
        let first = certificate.diagnoses.first().map(|d| d.code.as_str());
        assert_eq!(first, diagnosis, "{format}");
    }
}

#[test]
fn messages_and_sendings_read_back() {
    let today = NaiveDate::from_ymd_opt(2015, 3, 6).unwrap();
    let row = json!({"personnr": "19800820-9275", "intygsid": "1001", "ämne": "komplt", "frågeid": "6, 32,6"});
    let reading = read(
        &documents::message(row.as_object().unwrap(), 1, today),
        None,
    );
    let Outcome::Message(message) = reading.outcome else {
        panic!("{:?}", reading.faults);
    };
    assert_eq!(message.subject, frisk_codes::MessageSubject::Completion);
    let asked: Vec<&str> = message
        .complements
        .iter()
        .map(|c| c.question_id.as_str())
        .collect();
    assert_eq!(
        (message.certificate_id.as_str(), asked),
        ("1001", vec!["6", "32", "6"])
    );
    let row = json!({"intygid": "1001", "mottagare": "FKASSA"});
    let reading = read(&documents::sent(row.as_object().unwrap(), 2, today), None);
    let Outcome::Event(event) = reading.outcome else {
        panic!("{:?}", reading.faults);
    };
    assert_eq!(event.kind, frisk_ingest::EventKind::Sent);
    assert_eq!(event.recipient.as_deref(), Some("FKASSA"));
}

#[test]
fn a_revocation_reads_back() {
    let today = NaiveDate::from_ymd_opt(2013, 11, 6).unwrap();
    let row = json!({"personnr": "19800926-9242", "intygid": "x", "händelsetyp": "REVOKED", "enhet": "enhet1"});
    let reading = read(&documents::of(row.as_object().unwrap(), 1, today), None);
    let Outcome::Revocation(revocation) = reading.outcome else {
        panic!("{:?}", reading.faults);
    };
    assert_eq!(
        (
            revocation.certificate_id.as_str(),
            revocation.sent_at.date()
        ),
        ("x", today)
    );
}
