//! Strings as XPath compares them.

use std::borrow::Cow;

use crate::decode::parse::is_space;

/// `normalize-space()`: white space at the ends gone, runs of it one space.
#[inline]
pub(crate) fn normalize(text: &str) -> Cow<'_, str> {
    let space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r');
    if !text.bytes().any(is_space) {
        return Cow::Borrowed(text);
    }
    let trimmed = text.trim_matches(space);
    let twice = |pair: &[u8]| pair.iter().all(|b| *b == b' ');
    let uneven = trimmed.bytes().any(|b| matches!(b, b'\t' | b'\n' | b'\r'));
    if !uneven && !trimmed.as_bytes().windows(2).any(twice) {
        return Cow::Borrowed(trimmed);
    }
    let words: Vec<&str> = trimmed.split(space).filter(|w| !w.is_empty()).collect();
    Cow::Owned(words.join(" "))
}

/// `matches(text, '1|true')`.
pub(crate) fn says_yes(text: &str) -> bool {
    text.contains('1') || text.contains("true")
}

/// `matches(text, '0|false')`.
pub(crate) fn says_no(text: &str) -> bool {
    text.contains('0') || text.contains("false")
}

/// Whether an OID's pattern is found somewhere in a text; a full stop of the pattern stands for any one character.
///
/// The official rules use OIDs as unanchored patterns without escaping, so this is what they accept.
pub(crate) fn contains_oid(text: &str, oid: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    let oid: Vec<char> = oid.chars().collect();
    let fits = |at: &[char]| {
        at.iter()
            .zip(&oid)
            .all(|(t, o)| t == o || (*o == '.' && *t != '\n' && *t != '\r'))
    };
    oid.is_empty() || text.windows(oid.len()).any(fits)
}

/// Whether a whole text is an OID; a full stop of the pattern stands for any one character, as in the official rules.
pub(crate) fn matches_oid(text: &str, oid: &str) -> bool {
    text.chars().count() == oid.chars().count() && contains_oid(text, oid)
}

/// Whether a text casts to `xs:decimal`.
pub(crate) fn is_decimal(text: &str) -> bool {
    let text = text.trim_matches([' ', '\t', '\n', '\r']);
    let text = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    digits(whole) && digits(rest) && whole.len() + rest.len() > 0
}

/// `number(text)`: not a number unless it has the form of an `xs:double`.
pub(crate) fn number(text: &str) -> f64 {
    let text = text.trim_matches([' ', '\t', '\n', '\r']);
    let plain = |b: u8| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-');
    match text {
        "INF" => f64::INFINITY,
        "-INF" => f64::NEG_INFINITY,
        _ if text.bytes().all(plain) => text.parse().unwrap_or(f64::NAN),
        _ => f64::NAN,
    }
}

/// `matches(text, pattern)` where the pattern comes from the document: nearly always an OID.
pub(crate) fn matches_pattern(text: &str, pattern: &str) -> bool {
    if pattern.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return text == pattern || contains_oid(text, pattern);
    }
    regex::RegexBuilder::new(pattern)
        .size_limit(1 << 20)
        .build()
        .is_ok_and(|regex| regex.is_match(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_is_normalised_as_in_xpath() {
        assert_eq!(normalize(" \n a \t b\r\n"), "a b");
        assert_eq!(normalize(" a b "), "a b");
        assert_eq!(normalize("\u{a0}a"), "\u{a0}a");
        assert_eq!(normalize(" \n"), "");
    }

    #[test]
    fn numbers_are_those_of_xpath() {
        assert_eq!(number(" 0.8\n"), 0.8);
        assert_eq!(number("1e1"), 10.0);
        assert!(number("0,8").is_nan() && number("").is_nan() && number("nan").is_nan());
        for good in ["2", "+2.", "-.5", " 0.50 "] {
            assert!(is_decimal(good), "{good}");
        }
        for bad in ["", ".", "1e1", "0,5", "1 2", "--1"] {
            assert!(!is_decimal(bad), "{bad}");
        }
    }

    #[test]
    fn a_whole_oid() {
        assert!(matches_oid("1x2", "1.2"));
        assert!(!matches_oid("1.2.3", "1.2") && !matches_oid("é1.2", "1.2"));
    }

    #[test]
    fn an_oid_is_an_unanchored_pattern() {
        assert!(contains_oid("x1.2.7y", "1.2.7"));
        assert!(contains_oid("1a2b7", "1.2.7"));
        assert!(!contains_oid("1.2.8", "1.2.7"));
        assert!(matches_pattern("1.2.7", ""));
        assert!(!matches_pattern("abc", "(("));
        assert!(matches_pattern("abc", "^a.c$"));
    }
}
