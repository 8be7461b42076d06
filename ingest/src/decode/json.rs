//! Reading values out of JSON documents.

use chrono::{NaiveDate, NaiveDateTime};
use serde_json::Value;

use crate::validate::structure::parse_date;

/// The trimmed text at a pointer; empty if absent or no text.
pub(super) fn text(document: &Value, pointer: &str) -> String {
    let found = document.pointer(pointer).and_then(Value::as_str);
    found.unwrap_or_default().trim().to_owned()
}

/// The trimmed text at a pointer; `None` if absent, no text or empty.
pub(super) fn maybe_text(document: &Value, pointer: &str) -> Option<String> {
    Some(text(document, pointer)).filter(|t| !t.is_empty())
}

/// The local time at a pointer: text, or an array of numbers as Java's mappers also write it.
pub(super) fn time(document: &Value, pointer: &str) -> Option<NaiveDateTime> {
    match document.pointer(pointer)? {
        Value::String(text) => parse_time(text.trim()),
        Value::Array(parts) => {
            let date = date_of(parts)?;
            let part = |i: usize| {
                let number = parts.get(i).map_or(Some(0), Value::as_u64);
                number.and_then(|n| u32::try_from(n).ok())
            };
            date.and_hms_nano_opt(part(3)?, part(4)?, part(5)?, part(6)?)
        }
        _ => None,
    }
}

/// The date at a pointer: `YYYY-MM-DD` as text, or an array of numbers.
pub(super) fn date(document: &Value, pointer: &str) -> Option<NaiveDate> {
    match document.pointer(pointer)? {
        Value::String(text) => plain_date(text),
        Value::Array(parts) => date_of(parts),
        _ => None,
    }
}

fn date_of(parts: &[Value]) -> Option<NaiveDate> {
    let part = |i: usize| parts.get(i).and_then(Value::as_u64);
    let year = i32::try_from(part(0)?).ok()?;
    let month = u32::try_from(part(1)?).ok()?;
    NaiveDate::from_ymd_opt(year, month, u32::try_from(part(2)?).ok()?)
}

/// A date, ten characters.
pub(super) fn plain_date(text: &str) -> Option<NaiveDate> {
    parse_date(text).filter(|_| text.trim().len() == 10)
}

/// A local time, with or without seconds and parts of a second, or a date; a time zone's offset is left out.
pub(super) fn parse_time(text: &str) -> Option<NaiveDateTime> {
    let local = |t: &str| {
        NaiveDateTime::parse_from_str(t, "%Y-%m-%dT%H:%M:%S%.f")
            .or_else(|_| NaiveDateTime::parse_from_str(t, "%Y-%m-%dT%H:%M"))
            .ok()
    };
    local(text)
        .or_else(|| local(&text.get(..19)?.replace(' ', "T")))
        .or_else(|| parse_date(text)?.and_hms_opt(0, 0, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_come_as_text_or_numbers() {
        let document = serde_json::json!({
            "text": "2025-03-10T08:15:30.5", "zoned": "2025-03-10T08:15:30.000+01:00", "short": "2025-03-10T08:15",
            "parts": [2025, 3, 10, 8, 15, 30], "day": [2025, 3, 10], "date": "2025-03-10", "bad": [2025, 13, 1], "none": 7
        });
        let shown = |pointer: &str| time(&document, pointer).map(|t| t.to_string());
        assert_eq!(shown("/text").as_deref(), Some("2025-03-10 08:15:30.500"));
        assert_eq!(shown("/zoned").as_deref(), Some("2025-03-10 08:15:30"));
        assert_eq!(shown("/short").as_deref(), Some("2025-03-10 08:15:00"));
        assert_eq!(shown("/parts").as_deref(), Some("2025-03-10 08:15:30"));
        assert_eq!(shown("/day").as_deref(), Some("2025-03-10 00:00:00"));
        assert_eq!(shown("/date").as_deref(), Some("2025-03-10 00:00:00"));
        assert_eq!(
            (shown("/bad"), shown("/none"), shown("/x")),
            (None, None, None)
        );
        assert_eq!(
            date(&document, "/day").map(|d| d.to_string()).as_deref(),
            Some("2025-03-10")
        );
        assert_eq!(date(&document, "/date"), date(&document, "/day"));
        assert_eq!(date(&document, "/text"), None);
    }
}
