//! The same content gives the same verdict, and nothing makes reading panic.

use frisk_ingest::{Document, Fault, Outcome, Verdict, read};
use proptest::prelude::*;

use crate::documents::{FK7263, FK7263_JSON, LISJP, REVOKE, certificate, edit, read_text};

/// A document with other prefixes, one of them the default namespace.
fn prefixed(text: &str, [r, c, t]: [&str; 3]) -> String {
    let mut out = text.to_owned();
    for (old, new) in [("r", r), ("v", r), ("c", c), ("t", t)] {
        let colon = if new.is_empty() {
            String::new()
        } else {
            format!("{new}:")
        };
        let declared = if new.is_empty() {
            "xmlns=".to_owned()
        } else {
            format!("xmlns:{new}=")
        };
        out = out.replace(&format!("<{old}:"), &format!("<@{colon}"));
        out = out.replace(&format!("</{old}:"), &format!("</@{colon}"));
        out = out.replace(&format!("xmlns:{old}="), &format!("@{declared}"));
    }
    out.replace('@', "")
}

/// A document with other white space between its tags.
fn indented(text: &str, space: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    lines.join(space)
}

fn rules(faults: &[Fault]) -> Vec<(String, String)> {
    faults
        .iter()
        .map(|f| (f.rule.clone().into_owned(), f.location.clone()))
        .collect()
}

const BREAKS: [(&str, &str); 8] = [
    ("", ""),
    ("M54-P", "M5"),
    (">HALFTEN<", ">HELT_NEDSATT<"),
    ("198112289874", "19811228-9874"),
    ("id=\"33\"", "id=\"37\""),
    ("2025-03-24", "2025-03-20"),
    ("Stel rygg", " "),
    ("201011", "<t:x/>"),
];

proptest! {
    #[test]
    fn prefixes_and_indentation_do_not_matter(
        break_at in 0..BREAKS.len(),
        prefix in prop::sample::subsequence(vec!["", "a", "ns2", "soap", "x-y", "å"], 3).prop_shuffle(),
        space in "[ \t\n]{0,5}",
        soap in any::<bool>(),
    ) {
        let (old, new) = BREAKS[break_at];
        let text = if old.is_empty() { LISJP.to_owned() } else { edit(LISJP, old, new) };
        let plain = read_text(&text);
        let mut other = prefixed(&indented(&text, &space), [prefix[0], prefix[1], prefix[2]]);
        if soap {
            let body = other.split_once("?>").map_or("", |(_, body)| body);
            other = format!("<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Header/>\n<s:Body> {body}</s:Body></s:Envelope>");
        }
        let changed = read_text(&other);
        prop_assert_eq!(plain.verdict(), changed.verdict());
        prop_assert_eq!(&plain.outcome, &changed.outcome);
        let inner = |location: &str| location.trim_start_matches("/Envelope/Body").to_owned();
        let changed: Vec<_> = rules(&changed.faults).into_iter().map(|(r, l)| (r, inner(&l))).collect();
        prop_assert_eq!(rules(&plain.faults), changed);
    }

    #[test]
    fn bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&Document::new("x", bytes), None);
    }

    #[test]
    fn markup_never_panics(text in "(<|>|/|&|;|#|!|\\[|\\]|-|a|:|=|\"|xmlns| |\n|\\?|é){0,60}") {
        let _ = read_text(&format!("<a>{text}"));
        let _ = read_text(&text);
    }

    #[test]
    fn mutated_documents_never_panic(
        which in 0..4_usize,
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 0..40_usize, "[ -~å]{0,6}"), 1..6),
    ) {
        let mut bytes = [LISJP, FK7263, REVOKE, FK7263_JSON][which].as_bytes().to_vec();
        for (at, length, new) in cuts {
            let start = at.index(bytes.len().max(1)).min(bytes.len());
            let end = (start + length).min(bytes.len());
            bytes.splice(start..end, new.bytes());
        }
        let reading = read(&Document::new("x", bytes), None);
        // What is taken has what rows need.
        if let Outcome::Certificate(c) = &reading.outcome {
            prop_assert_eq!(c.patient.number.len(), 12);
        }
        prop_assert!(reading.verdict() != Verdict::Rejected || !reading.faults.is_empty());
    }
}

#[test]
fn comments_references_and_cdata_do_not_matter() {
    let text = edit(
        LISJP,
        "Snickare",
        "<![CDATA[Snickare]]><!-- x -->&amp;&#229;",
    );
    assert_eq!(certificate(&text), certificate(LISJP));
    let text = edit(
        LISJP,
        "<t:code>LISJP</t:code>",
        "<t:code><!-- x -->LIS<?x y?>JP</t:code>",
    );
    assert_eq!(certificate(&text), certificate(LISJP));
    let text = LISJP.replace('\n', "\r\n");
    assert_eq!(certificate(&text), certificate(LISJP));
}

#[test]
fn encodings_do_not_matter() {
    let latin = edit(LISJP, "UTF-8", "ISO-8859-1");
    let bytes: Vec<u8> = latin
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    let Outcome::Certificate(c) = read(&Document::new("x", bytes), None).outcome else {
        panic!("no certificate")
    };
    assert_eq!(*c, certificate(LISJP));
    let wide: Vec<u8> = [0xFEFF]
        .into_iter()
        .chain(LISJP.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let Outcome::Certificate(c) = read(&Document::new("x", wide), None).outcome else {
        panic!("no certificate")
    };
    assert_eq!(*c, certificate(LISJP));
}
