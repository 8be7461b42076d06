use std::sync::LazyLock;

use regex::Regex;

/// A personal number anywhere: 10 or 12 digits, perhaps with a sign before the last four.
static NUMBER: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:[0-9]{2})?[0-9]{6}[-+ ]?[0-9]{4}").ok());

/// A text with everything that looks like a personal number masked.
#[must_use]
pub fn mask(text: &str) -> String {
    match NUMBER.as_ref() {
        Some(number) => number.replace_all(text, "…").into_owned(),
        None => "…".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::mask;

    #[test]
    fn masks_what_looks_like_a_number() {
        assert_eq!(mask("in/19121212-1212.xml"), "in/….xml");
        assert_eq!(mask("a-191212121212-b"), "a-…-b");
        assert_eq!(mask("1212121212_9.xml"), "…_9.xml");
        assert_eq!(mask("121212+1212"), "…");
        assert_eq!(mask("lisjp-2020-01.xml"), "lisjp-2020-01.xml");
    }
}
