//! Documents that are too large, too deep, hostile or in an odd encoding: refused with a clear fault, in bounded time.

use std::time::{Duration, Instant};

use frisk_ingest::{Document, MAX_DOCUMENT_BYTES, Reading, Verdict, read, read_line};

use crate::documents::{LISJP, LISJP_JSON, REVOKE, certificate, edit, read_text};

fn bytes(bytes: Vec<u8>) -> Reading {
    read(&Document::new("x", bytes), None)
}

/// Refused by a rule, within two seconds even on a busy machine.
fn refused(document: Vec<u8>, rule: &str) {
    let start = Instant::now();
    let reading = bytes(document);
    assert_eq!(reading.verdict(), Verdict::Rejected, "{rule}");
    assert_eq!(reading.faults[0].rule, rule);
    assert!(start.elapsed() < Duration::from_secs(2), "{rule}");
}

#[test]
fn billions_of_laughs_are_not_read() {
    let mut laughs = String::from("<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY a0 \"ha\">");
    for i in 1..10 {
        let ten = format!("&a{};", i - 1).repeat(10);
        laughs.push_str(&format!("<!ENTITY a{i} \"{ten}\">"));
    }
    refused((laughs + "]><l>&a9;</l>").into_bytes(), "xml.doctype");
    refused(
        b"<!DOCTYPE l SYSTEM \"file:///etc/passwd\"><l/>".to_vec(),
        "xml.doctype",
    );
    refused(b"<l>&a9;</l>".to_vec(), "xml.entity");
    // An entity in an attribute, and one in a document that is a certificate otherwise.
    refused(b"<l a=\"&a9;\"/>".to_vec(), "xml.entity");
    refused(edit(LISJP, "Snickare", "&a9;").into_bytes(), "xml.entity");
}

#[test]
fn depth_is_limited() {
    let deep = |n: usize| ("<a>".repeat(n) + &"</a>".repeat(n)).into_bytes();
    refused(deep(10_000), "xml.limit");
    refused(deep(101), "xml.limit");
    assert_eq!(bytes(deep(100)).verdict(), Verdict::Unsupported);
    // Never closed: deeper than any stack, if one were used.
    refused("<a>".repeat(1_000_000).into_bytes(), "xml.limit");
    let deep_json = |n: usize| ("[".repeat(n) + &"]".repeat(n)).into_bytes();
    refused(deep_json(10_000), "json.limit");
    refused("{\"a\":".repeat(1_000_000).into_bytes(), "json.limit");
    assert_eq!(bytes(deep_json(100)).verdict(), Verdict::Unsupported);
}

#[test]
fn the_number_of_elements_is_limited() {
    let wide = |n: usize| format!("<a>{}</a>", "<b/>".repeat(n)).into_bytes();
    refused(wide(20_000), "xml.limit");
    assert_eq!(bytes(wide(19_999)).verdict(), Verdict::Unsupported);
}

#[test]
fn size_is_limited_before_a_document_is_decoded() {
    // 1 GiB of zeros: refused before it is decoded, and before all of it is hashed.
    refused(vec![0; 1 << 30], "document.size");
    let padded = |size: usize| {
        let mut text = LISJP.as_bytes().to_vec();
        text.resize(size, b' ');
        text
    };
    refused(padded(MAX_DOCUMENT_BYTES + 1), "document.size");
    assert_eq!(
        bytes(padded(MAX_DOCUMENT_BYTES)).verdict(),
        Verdict::Accepted
    );
    let line = read_line(&Document::new("x", padded(MAX_DOCUMENT_BYTES + 1)));
    assert_eq!(line.faults[0].rule, "document.size");
}

#[test]
fn attributes_and_namespaces_are_limited() {
    let tag = |attributes: String| format!("<a{attributes}/>").into_bytes();
    let many = |n: usize| tag((0..n).map(|i| format!(" a{i}='x'")).collect());
    refused(many(200_000), "xml.limit");
    assert_eq!(bytes(many(256)).verdict(), Verdict::Unsupported);
    let spaces = |n: usize| tag((0..n).map(|i| format!(" xmlns:a{i}='u{i}'")).collect());
    refused(spaces(200_000), "xml.limit");
    // A namespace for each of many elements.
    let wide: String = (0..10_000).map(|i| format!("<b xmlns='u{i}'/>")).collect();
    refused(format!("<a>{wide}</a>").into_bytes(), "xml.limit");
}

#[test]
fn a_document_of_nothing_but_answers_ends() {
    let answer = "<c:svar id=\"9001\"><c:delsvar id=\"9001.1\">x</c:delsvar></c:svar>";
    let start = Instant::now();
    let many = crate::documents::with(LISJP, &answer.repeat(9_000));
    assert_eq!(read_text(&many).verdict(), Verdict::Rejected);
    assert!(start.elapsed() < Duration::from_secs(10));
}

#[test]
fn encodings() {
    let declared = |name: &str| edit(LISJP, "UTF-8", name);
    let latin = |text: &str| -> Vec<u8> {
        text.chars()
            .map(|c| u8::try_from(u32::from(c)).unwrap())
            .collect()
    };
    let c = certificate(LISJP);
    for good in [
        latin(&declared("ISO-8859-1")),
        [b"\xEF\xBB\xBF".as_slice(), LISJP.as_bytes()].concat(),
        [0xFEFF]
            .into_iter()
            .chain(declared("UTF-16").encode_utf16())
            .flat_map(u16::to_be_bytes)
            .collect(),
        [0xFEFF]
            .into_iter()
            .chain(declared("UTF-16").encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect(),
    ] {
        let reading = bytes(good);
        assert_eq!(
            reading.outcome,
            frisk_ingest::Outcome::Certificate(Box::new(c.clone()))
        );
    }
    let json = [b"\xEF\xBB\xBF".as_slice(), LISJP_JSON.as_bytes()].concat();
    assert_eq!(bytes(json).outcome, read_text(LISJP_JSON).outcome);
    // Bytes that are not what they are said to be.
    refused(latin(LISJP), "document.encoding");
    refused(vec![0xC0, 0x80], "document.encoding");
    refused([LISJP.as_bytes(), &[0xFF]].concat(), "document.encoding");
    refused(vec![0xFF, 0xFE, b'<'], "document.encoding");
    // A lone surrogate.
    refused(vec![0xFE, 0xFF, 0xD8, 0x00], "document.encoding");
}

#[test]
fn prefixes_are_only_names() {
    let renamed = REVOKE
        .replace("<v:", "<soapenv:")
        .replace("</v:", "</soapenv:")
        .replace(":v=", ":soapenv=");
    assert_eq!(read_text(&renamed).outcome, read_text(REVOKE).outcome);
    // A prefix bound to another namespace makes other elements, however it is spelt.
    let other = edit(
        LISJP,
        "xmlns:c=\"urn:riv:clinicalprocess:healthcond:certificate:3\"",
        "xmlns:c=\"urn:riv:clinicalprocess:healthcond:certificate:9\"",
    );
    assert_eq!(read_text(&other).verdict(), Verdict::Rejected);
}
