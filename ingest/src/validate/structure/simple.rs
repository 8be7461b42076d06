use chrono::{NaiveDate, NaiveDateTime};

/// A kind of text, as the schemas' simple types have it.
pub(crate) enum Simple {
    /// `xs:string`, `xs:anyURI`: anything.
    Text,
    /// `nonEmptyString`: at least one character.
    NonEmpty,
    /// `xs:string` with a fixed value; an empty element stands for it.
    Fixed(&'static str),
    /// An enumeration.
    OneOf(&'static [&'static str]),
    /// `PersonIdExtension`: 12 digits.
    PersonId,
    /// `xs:int`.
    Int,
    /// `xs:integer`.
    Integer,
    /// `xs:double`.
    Double,
    /// `TimeStampType`: `YYYY-MM-DDThh:mm:ss`.
    TimeStamp,
    /// `DateType`: `YYYY-MM-DD`.
    Date,
    /// `PartialDateTypeValue`: `YYYY[-MM[-DD]]`.
    PartialDate,
    /// `xs:base64Binary`.
    Base64,
    /// `xs:ID`.
    Name,
    /// `FrageIdType`: digits.
    Question,
    /// `DelfrageIdType`: digits, full stop, digits.
    Part,
}

impl Simple {
    /// Whether a text is of the kind. An empty element (not an attribute) takes a fixed value.
    pub(super) fn accepts(&self, text: &str, element: bool) -> bool {
        match self {
            Self::Text => true,
            Self::NonEmpty => !text.is_empty(),
            Self::Fixed(value) => text == *value || (element && text.is_empty()),
            Self::OneOf(values) => values.contains(&text),
            Self::PersonId => text.len() == 12 && digits(text),
            Self::Int => collapse(text).parse::<i32>().is_ok(),
            Self::Integer => {
                let text = collapse(text);
                digits(text.strip_prefix(['+', '-']).unwrap_or(text))
            }
            Self::Double => is_double(collapse(text)),
            Self::TimeStamp => parse_time(text).is_some(),
            Self::Date => {
                let text = collapse(text);
                text.len() == 10 && parse_date(text).is_some()
            }
            Self::PartialDate => is_partial_date(text),
            Self::Base64 => is_base64(text),
            Self::Name => is_name(collapse(text)),
            Self::Question => digits(text),
            Self::Part => text
                .split_once('.')
                .is_some_and(|(a, b)| digits(a) && digits(b)),
        }
    }

    /// Id of the rule that a text of another kind breaks.
    pub(super) fn rule(&self) -> &'static str {
        match self {
            Self::Text => "xsd/string",
            Self::NonEmpty => "xsd/nonEmptyString",
            Self::Fixed(_) => "xsd/fixed",
            Self::OneOf(_) => "xsd/enumeration",
            Self::PersonId => "xsd/PersonIdExtension",
            Self::Int => "xsd/int",
            Self::Integer => "xsd/integer",
            Self::Double => "xsd/double",
            Self::TimeStamp => "xsd/TimeStampType",
            Self::Date => "xsd/DateType",
            Self::PartialDate => "xsd/PartialDateTypeValue",
            Self::Base64 => "xsd/base64Binary",
            Self::Name => "xsd/ID",
            Self::Question => "xsd/FrageIdType",
            Self::Part => "xsd/DelfrageIdType",
        }
    }

    /// What was expected.
    pub(super) fn expected(&self) -> String {
        let expected = match self {
            Self::Fixed(value) => return format!("expected '{value}'"),
            Self::OneOf(values) => return format!("expected one of {}", values.join(", ")),
            Self::Text => "expected text",
            Self::NonEmpty => "expected at least one character",
            Self::PersonId => "expected 12 digits, no hyphen",
            Self::Int => "expected a whole number of 32 bits",
            Self::Integer => "expected a whole number",
            Self::Double => "expected a number",
            Self::TimeStamp => "expected a time, YYYY-MM-DDThh:mm:ss",
            Self::Date => "expected a date, YYYY-MM-DD",
            Self::PartialDate => "expected YYYY, YYYY-MM or YYYY-MM-DD",
            Self::Base64 => "expected base64",
            Self::Name => "expected a name",
            Self::Question => "expected a question id: digits",
            Self::Part => "expected a part id: digits, full stop, digits",
        };
        expected.to_owned()
    }
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Without white space at the ends, as XML has it.
pub(super) fn collapse(text: &str) -> &str {
    text.trim_matches([' ', '\t', '\n', '\r'])
}

/// A date as `xs:date` has it, with or without a time zone, years 0001–9999; the zone is left out.
pub(crate) fn parse_date(text: &str) -> Option<NaiveDate> {
    let text = collapse(text);
    let (date, zone) = text.split_at_checked(10)?;
    let shape = |(i, b): (usize, u8)| match i {
        4 | 7 => b == b'-',
        _ => b.is_ascii_digit(),
    };
    if !date.bytes().enumerate().all(shape) || !is_zone(zone) {
        return None;
    }
    let part = |range: std::ops::Range<usize>| date.get(range)?.parse::<u32>().ok();
    let year = i32::try_from(part(0..4)?).ok().filter(|y| *y > 0)?;
    NaiveDate::from_ymd_opt(year, part(5..7)?, part(8..10)?)
}

/// Whether a text casts to `xs:date`. Source: XPath 2.0, XML Schema part 2 §3.2.9.
pub(crate) fn is_date(text: &str) -> bool {
    parse_date(text).is_some()
}

/// Whether a text casts to `xs:boolean`.
pub(crate) fn is_boolean(text: &str) -> bool {
    matches!(collapse(text), "true" | "false" | "1" | "0")
}

/// No zone, `Z`, or an offset of at most 14 hours.
fn is_zone(zone: &str) -> bool {
    let bytes = zone.as_bytes();
    match bytes {
        [] | [b'Z'] => true,
        [b'+' | b'-', h1, h2, b':', m1, m2] => {
            let all = [h1, h2, m1, m2];
            let value = |a: &u8, b: &u8| {
                u32::from(a.wrapping_sub(b'0')) * 10 + u32::from(b.wrapping_sub(b'0'))
            };
            let (hours, minutes) = (value(h1, h2), value(m1, m2));
            all.iter().all(|b| b.is_ascii_digit())
                && minutes < 60
                && (hours < 14 || (hours == 14 && minutes == 0))
        }
        _ => false,
    }
}

/// A time as `TimeStampType` has it.
pub(crate) fn parse_time(text: &str) -> Option<NaiveDateTime> {
    let text = collapse(text);
    let (date, time) = text.split_once('T')?;
    let date = Some(date).filter(|d| d.len() == 10).and_then(parse_date)?;
    let shape = |(i, b): (usize, u8)| match i {
        2 | 5 => b == b':',
        _ => b.is_ascii_digit(),
    };
    if time.len() != 8 || !time.bytes().enumerate().all(shape) {
        return None;
    }
    let part = |range: std::ops::Range<usize>| time.get(range)?.parse::<u32>().ok();
    let (hour, minute, second) = (part(0..2)?, part(3..5)?, part(6..8)?);
    if (hour, minute, second) == (24, 0, 0) {
        return date.succ_opt()?.and_hms_opt(0, 0, 0);
    }
    // Second 60 is a leap second to some, but no xs:dateTime.
    date.and_hms_opt(hour, minute, second)
}

fn is_double(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-');
    matches!(text, "INF" | "-INF" | "NaN")
        || (text.bytes().all(plain) && text.parse::<f64>().is_ok())
}

fn is_partial_date(text: &str) -> bool {
    let two = |part: &str, most: u32| {
        part.len() == 2 && digits(part) && part.parse().is_ok_and(|n: u32| (1..=most).contains(&n))
    };
    let mut parts = text.split('-');
    let year = parts.next().unwrap_or_default();
    year.len() == 4
        && digits(year)
        && year.starts_with(['1', '2'])
        && parts.next().is_none_or(|month| two(month, 12))
        && parts.next().is_none_or(|day| two(day, 31))
        && parts.next().is_none()
}

fn is_base64(text: &str) -> bool {
    let clean: Vec<u8> = text.bytes().filter(|b| !b.is_ascii_whitespace()).collect();
    let pad = clean.iter().rev().take_while(|b| **b == b'=').count();
    let body = &clean[..clean.len() - pad];
    let letter = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/');
    // The last character before padding carries no bits beyond the last byte.
    let tail = match (pad, body.last()) {
        (1, Some(last)) => b"AEIMQUYcgkosw048".contains(last),
        (2, Some(last)) => b"AQgw".contains(last),
        (0, _) => true,
        _ => false,
    };
    clean.len().is_multiple_of(4) && body.iter().all(letter) && tail
}

fn is_name(text: &str) -> bool {
    let inner = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    text.starts_with(|c: char| c.is_alphabetic() || c == '_') && text.chars().all(inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_to_the_second_without_zone() {
        let ok = |t| Simple::TimeStamp.accepts(t, true);
        assert!(ok("2026-02-28T23:59:59"));
        assert!(ok(" 2024-02-29T00:00:00\n"));
        assert!(!ok("2026-02-29T00:00:00"));
        assert!(!ok("2026-02-28T23:59:60"));
        assert!(!ok("2026-02-28T23:59:59Z"));
        assert!(!ok("2026-02-28T23:59:59.000"));
        assert!(!ok("2026-02-28"));
    }

    #[test]
    fn dates_cast_with_a_zone_but_date_type_has_none() {
        assert!(is_date("2026-01-31+14:00"));
        assert!(!is_date("2026-01-31+14:01"));
        assert!(!is_date("2026-04-31"));
        assert!(!is_date("0000-01-01"));
        assert!(Simple::Date.accepts(" 2026-01-31 ", true));
        assert!(!Simple::Date.accepts("2026-01-31Z", true));
        assert!(!Simple::Date.accepts("20260131", true));
    }

    #[test]
    fn an_empty_element_takes_its_fixed_value_and_an_attribute_does_not() {
        let fixed = Simple::Fixed("1.2.3");
        assert!(fixed.accepts("1.2.3", true) && fixed.accepts("", true));
        assert!(!fixed.accepts(" ", true) && !fixed.accepts("", false));
    }

    #[test]
    fn other_kinds() {
        assert!(Simple::PersonId.accepts("191212121212", true));
        assert!(!Simple::PersonId.accepts("19121212-1212", true));
        assert!(Simple::Int.accepts(" +1 ", true) && !Simple::Int.accepts("2147483648", true));
        assert!(Simple::Part.accepts("32.1", false) && !Simple::Part.accepts("32", false));
        assert!(Simple::PartialDate.accepts("2020-12-31", true));
        assert!(!Simple::PartialDate.accepts("2020-13", true));
        assert!(
            Simple::Base64.accepts("YWJj\nZA==", true) && !Simple::Base64.accepts("YWJjZ", true)
        );
        assert!(Simple::Double.accepts("-1.5E3", true) && !Simple::Double.accepts("inf", true));
    }
}
