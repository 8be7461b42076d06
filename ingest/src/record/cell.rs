//! Values of single cells.

use chrono::{NaiveDate, NaiveDateTime};
use frisk_codes::Region;

use super::{KVA, Status};

/// A day: `2025-03-01`, `20250301`, or a time of either, whose day counts.
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let has_time = text
        .as_bytes()
        .get(10)
        .is_some_and(|b| matches!(b, b'T' | b' '));
    let date = if has_time { text.get(..10)? } else { text };
    let plain = date.len() == 10 || date.len() == 8;
    let form = if date.len() == 10 {
        "%Y-%m-%d"
    } else {
        "%Y%m%d"
    };
    NaiveDate::parse_from_str(date, form).ok().filter(|_| plain)
}

/// A time, or a day, which counts from its midnight. An offset or `Z` is dropped: local time is compared.
pub(super) fn time(text: &str) -> Option<NaiveDateTime> {
    let text = text.trim();
    if text.len() <= 10 {
        return day(text)?.and_hms_opt(0, 0, 0);
    }
    let text = text.replacen(' ', "T", 1);
    if let Ok(time) = chrono::DateTime::parse_from_rfc3339(&text) {
        return Some(time.naive_local());
    }
    ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"]
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(&text, form).ok())
}

/// What a status says: how far an intervention has come, or that the record is taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Stands(Status),
    Removed,
}

/// The state of a status in English (FHIR R4 event status) or Swedish; empty = completed.
pub(super) fn state(text: &str) -> Option<State> {
    match text.trim().to_lowercase().replace('_', "-").as_str() {
        "" | "completed" | "active" | "utförd" | "klar" | "avslutad" | "gäller" => {
            Some(State::Stands(Status::Completed))
        }
        "in-progress" | "pågår" | "pågående" => Some(State::Stands(Status::InProgress)),
        "entered-in-error" | "not-done" | "cancelled" | "deleted" | "delete" | "removed"
        | "makulerad" | "raderad" | "borttagen" | "avbokad" | "inställd" => Some(State::Removed),
        _ => None,
    }
}

/// The code system in one spelling; empty = KVÅ. `None` for a name that is too long to be one.
pub(super) fn code_system(text: &str) -> Option<String> {
    let plain = text.trim().trim_start_matches("urn:oid:");
    match plain.to_lowercase().as_str() {
        "" | KVA | "kva" | "kvå" | "kkå" | "kmå" | "kka" | "kma" => Some("KVÅ".to_owned()),
        _ => (plain.chars().count() <= 80 && !plain.contains(char::is_control))
            .then(|| plain.to_owned()),
    }
}

/// A code, upper case; of KVÅ two letters, a letter or digit, two digits. Others: at most 20 letters, digits, `-`, `.`, `_`.
pub(super) fn code(text: &str, code_system: &str) -> Option<String> {
    let code = text.trim().to_uppercase();
    let fits = if code_system == "KVÅ" {
        is_kva(code.as_bytes())
    } else {
        let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_');
        (1..=20).contains(&code.len()) && code.bytes().all(plain)
    };
    fits.then_some(code)
}

fn is_kva(code: &[u8]) -> bool {
    let [a, b, c, d, e] = code else { return false };
    a.is_ascii_uppercase()
        && b.is_ascii_uppercase()
        && c.is_ascii_alphanumeric()
        && d.is_ascii_digit()
        && e.is_ascii_digit()
}

/// A region: its two-digit code, also with one digit or followed by its name (`23 Jämtlands län`).
pub(super) fn region(text: &str) -> Option<String> {
    let code = text.split_whitespace().next()?;
    let code = format!("{code:0>2}");
    Region::from_code(&code).map(|region| region.code.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_times_have_a_few_forms() {
        let first = NaiveDate::from_ymd_opt(2025, 3, 1).unwrap();
        for text in [
            "2025-03-01",
            "20250301",
            " 2025-03-01T23:59:59+01:00",
            "2025-03-01 08:00",
        ] {
            assert_eq!(day(text), Some(first), "{text}");
        }
        for text in [
            "",
            "2025-02-30",
            "01/03/2025",
            "2025-3-1",
            "250301",
            "2025-03-01x",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
        let noon = first.and_hms_opt(12, 30, 0);
        for text in [
            "2025-03-01T12:30",
            "2025-03-01 12:30:00",
            "2025-03-01T12:30:00Z",
        ] {
            assert_eq!(time(text), noon, "{text}");
        }
        assert_eq!(time("2025-03-01"), first.and_hms_opt(0, 0, 0));
        assert_eq!(time("yesterday at noon"), None);
    }

    #[test]
    fn a_kva_code_has_five_signs() {
        for good in ["GC001", "dv077", " AW026 ", "NFB29"] {
            assert!(code(good, "KVÅ").is_some(), "{good}");
        }
        for bad in ["", "GC01", "GC0011", "001GC", "GC0O1", "ÅC001"] {
            assert_eq!(code(bad, "KVÅ"), None, "{bad}");
        }
        assert_eq!(
            code("183301000", "http://snomed.info/sct").as_deref(),
            Some("183301000")
        );
        assert_eq!(code("free text", "local"), None);
    }

    #[test]
    fn names_of_kva_are_one() {
        for name in [
            "",
            "KVÅ",
            "kva",
            "1.2.752.116.1.3.2.1.4",
            "urn:oid:1.2.752.116.1.3.2.1.4",
        ] {
            assert_eq!(code_system(name).as_deref(), Some("KVÅ"), "{name}");
        }
        assert_eq!(code_system("local").as_deref(), Some("local"));
    }

    #[test]
    fn regions_are_checked() {
        assert_eq!(region("23 Jämtlands län").as_deref(), Some("23"));
        assert_eq!(region("1").as_deref(), Some("01"));
        assert_eq!(region("02"), None);
        assert_eq!(region(""), None);
    }
}
