//! Warnings: the certificate is kept. The hand-made document is signed 2025-03-10T08:15, its periods are 2025-03-10 to 03-23
//! and 03-24 to 04-06.

use chrono::NaiveDate;
use frisk_ingest::{Document, Severity, Verdict, read};

use crate::documents::{LISJP, edit, read_text};

fn warnings(text: &str) -> Vec<(String, String)> {
    let reading = read_text(text);
    assert_eq!(reading.verdict(), Verdict::Accepted, "{:?}", reading.faults);
    assert!(
        reading
            .faults
            .iter()
            .all(|f| f.severity == Severity::Warning)
    );
    let pair = |f: &frisk_ingest::Fault| (f.rule.to_string(), f.location.clone());
    reading.faults.iter().map(pair).collect()
}

fn one(rule: &str, location: &str) -> Vec<(String, String)> {
    vec![(rule.to_owned(), location.to_owned())]
}

#[test]
fn a_period_far_from_signing() {
    assert_eq!(warnings(LISJP), []);
    // A year after signing is the last day without a warning.
    assert_eq!(
        warnings(&edit(LISJP, "<t:end>2025-04-06", "<t:end>2026-03-10")),
        []
    );
    let late = edit(LISJP, "<t:end>2025-04-06", "<t:end>2026-03-11");
    assert_eq!(warnings(&late), one("period.ends_late", "period[2]"));
    // Three months before signing is the first.
    assert_eq!(
        warnings(&edit(LISJP, "<t:start>2025-03-10", "<t:start>2024-12-10")),
        []
    );
    let early = edit(LISJP, "<t:start>2025-03-10", "<t:start>2024-12-09");
    assert_eq!(warnings(&early), one("period.starts_early", "period[1]"));
}

#[test]
fn times_out_of_order() {
    let sent = edit(LISJP, "2025-03-11T09:00:00", "2025-03-10T08:14:59");
    assert_eq!(warnings(&sent), one("certificate.sent_before_signed", ""));
    let on = |day: u32| {
        let day = NaiveDate::from_ymd_opt(2025, 3, day).unwrap();
        let document = Document::new("x", LISJP.as_bytes().to_vec()).received_on(day);
        read(&document, None).faults
    };
    assert!(on(10).is_empty());
    let early = on(9);
    assert_eq!(early.len(), 1);
    assert_eq!(early[0].rule, "certificate.signed_in_future");
    assert_eq!(early[0].severity, Severity::Warning);
}

#[test]
fn a_check_digit_that_does_not_hold() {
    // 811228-987: 8·2=16→7, 1, 1·2=2, 2, 2·2=4, 8, 9·2=18→9, 8, 7·2=14→5: 46, so the digit is 4.
    let wrong = edit(LISJP, "198112289874", "198112289875");
    let location = "/RegisterCertificate/intyg/patient/person-id/extension";
    assert_eq!(warnings(&wrong), one("person.check_digit", location));
}

#[test]
fn a_date_is_held_against_the_day_of_arrival() {
    // AG7804 (R35): a basis must not lie in the future; the same document is judged by the day it came in.
    let text = edit(LISJP, ">LISJP<", ">AG7804<");
    let rules = |day: u32| {
        let day = NaiveDate::from_ymd_opt(2025, 3, day).unwrap();
        let document = Document::new("x", text.as_bytes().to_vec()).received_on(day);
        let faults = read(&document, None).faults;
        faults.iter().any(|f| f.rule == "ag7804.v1/R35-1.2")
    };
    assert!(rules(9));
    assert!(!rules(10));
}
