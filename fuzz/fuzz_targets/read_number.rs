//! Any text as a personal number, a reserve number, a diagnosis code, a unit id.
#![no_main]

use frisk_ingest::{PersonalNumber, ReserveNumber, diagnosis_code, mask, normalize_hsa_id};

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Ok(number) = PersonalNumber::parse(text) {
        let again = PersonalNumber::parse(number.digits());
        assert!(again.is_ok_and(|a| a == number), "digits read back");
        assert!(!mask(number.digits()).contains(number.digits()), "masked");
        assert!(!format!("{number:?}").contains(|c: char| c.is_ascii_digit()));
        // The same text is never both.
        assert!(ReserveNumber::parse("", text).is_none());
    }
    if let Some(number) = ReserveNumber::parse("1.2.3", text) {
        assert!(number.patient().number.starts_with("reserve:1.2.3:"));
    }
    let code = diagnosis_code(text);
    assert_eq!(diagnosis_code(&code), code);
    let id = normalize_hsa_id(text);
    assert_eq!(normalize_hsa_id(&id), id);
});
