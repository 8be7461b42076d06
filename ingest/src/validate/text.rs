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
    fn an_oid_is_an_unanchored_pattern() {
        assert!(contains_oid("x1.2.7y", "1.2.7"));
        assert!(contains_oid("1a2b7", "1.2.7"));
        assert!(!contains_oid("1.2.8", "1.2.7"));
        assert!(matches_pattern("1.2.7", ""));
        assert!(!matches_pattern("abc", "(("));
        assert!(matches_pattern("abc", "^a.c$"));
    }
}
