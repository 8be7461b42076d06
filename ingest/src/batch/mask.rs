use std::sync::LazyLock;

use regex::Regex;

use crate::identity::PersonalNumber;

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

/// An id as shown in a reject row: whole, unless all of it can be read as a personal number.
pub(super) fn mask_id(id: &str) -> String {
    let centuries = ["", "19", "20"];
    let reads = |century: &&str| PersonalNumber::parse(&format!("{century}{}", id.trim())).is_ok();
    if centuries.iter().any(reads) {
        "…".to_owned()
    } else {
        id.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::{mask, mask_id};

    #[test]
    fn an_id_is_masked_only_if_it_is_a_number() {
        for number in ["19811228-9874", "8112289874", "811228-9874", "198112889874"] {
            assert_eq!(mask_id(number), "…", "{number}");
        }
        // Month 99, and a UUID with six digits before four.
        for id in [
            "199912289874x",
            "199912999874",
            "6ea04fd0-12345678-1234",
            "100000000001",
        ] {
            assert_eq!(mask_id(id), id);
        }
    }

    #[test]
    fn masks_what_looks_like_a_number() {
        assert_eq!(mask("in/19121212-1212.xml"), "in/….xml");
        assert_eq!(mask("a-191212121212-b"), "a-…-b");
        assert_eq!(mask("1212121212_9.xml"), "…_9.xml");
        assert_eq!(mask("121212+1212"), "…");
        assert_eq!(mask("lisjp-2020-01.xml"), "lisjp-2020-01.xml");
    }
}
