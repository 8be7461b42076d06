//! What holds of every reading, whatever the bytes were.

use frisk_ingest::{Document, Outcome, Reading, Verdict};

/// Reads twice, and checks the reading.
pub fn check(bytes: &[u8], read: impl Fn(&Document) -> Reading) {
    let document = Document::new("x", bytes.to_vec());
    let reading = read(&document);
    assert_eq!(reading, read(&document), "the same bytes, the same reading");
    let rejected = reading.verdict() == Verdict::Rejected;
    assert!(!rejected || !reading.faults.is_empty(), "a rejection says why");
    match &reading.outcome {
        Outcome::Certificate(c) => {
            let reserve = c.patient.number.starts_with("reserve:");
            assert!(reserve || digits(&c.patient.number));
            assert!(!c.id.is_empty() && !c.signer.unit_id.is_empty());
            hides(&reading, &c.patient.number);
        }
        Outcome::Revocation(r) => hides(&reading, &r.number),
        Outcome::Message(m) => hides(&reading, &m.number),
        Outcome::Event(e) => assert!(!e.certificate_id.is_empty()),
        _ => {}
    }
}

fn digits(number: &str) -> bool {
    number.len() == 12 && number.bytes().all(|b| b.is_ascii_digit())
}

/// No fault shows the patient's number.
fn hides(reading: &Reading, number: &str) {
    let shown = |text: &str| digits(number) && text.contains(number);
    let faults = &reading.faults;
    assert!(!faults.iter().any(|f| shown(&f.message) || shown(&f.location)));
}
