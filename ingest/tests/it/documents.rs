//! The hand-made documents and ways to change them.

use frisk_ingest::{Certificate, Document, Outcome, Reading, read};

pub(crate) const LISJP: &str = include_str!("../fixtures/lisjp.xml");
pub(crate) const FK7263: &str = include_str!("../fixtures/fk7263.xml");
pub(crate) const FK7263_JSON: &str = include_str!("../fixtures/fk7263.json");
pub(crate) const LISJP_JSON: &str = include_str!("../fixtures/lisjp.json");
pub(crate) const MU7263: &str = include_str!("../fixtures/mu7263.xml");
pub(crate) const TS_BAS: &str = include_str!("../fixtures/ts_bas.xml");
pub(crate) const CERTIFICATE_V1: &str = include_str!("../fixtures/certificate_v1.xml");
pub(crate) const MESSAGE: &str = include_str!("../fixtures/message.xml");
pub(crate) const EVENT_JSON: &str = include_str!("../fixtures/event.json");
pub(crate) const REVOKE: &str = include_str!("../fixtures/revoke.xml");

pub(crate) fn read_text(text: &str) -> Reading {
    read(&Document::new("x", text.as_bytes().to_vec()), None)
}

/// A document with one place changed; the place must be there.
pub(crate) fn edit(text: &str, old: &str, new: &str) -> String {
    assert!(text.contains(old), "the fixture has no {old:?}");
    text.replacen(old, new, 1)
}

/// A document without the lines that contain a text; there must be some.
pub(crate) fn without(text: &str, mark: &str) -> String {
    assert!(text.contains(mark), "the fixture has no {mark:?}");
    let kept: Vec<&str> = text.lines().filter(|line| !line.contains(mark)).collect();
    kept.join("\n")
}

/// A LISJP document with an answer added at the end.
pub(crate) fn with(text: &str, answer: &str) -> String {
    edit(text, "  </r:intyg>", &format!("{answer}\n  </r:intyg>"))
}

pub(crate) fn certificate(text: &str) -> Certificate {
    match read_text(text).outcome {
        Outcome::Certificate(certificate) => *certificate,
        other => panic!("expected a certificate, found {other:?}"),
    }
}
