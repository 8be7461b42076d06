//! Bytes to a [`Reading`]: which format it is, whether it is valid, and what it says.

mod analytics_event;
mod class;
pub(crate) mod encoding;
mod head;
mod internal_json;
mod json;
mod line;
mod mu7263;
pub(crate) mod parse;
mod person;
mod register_certificate;
mod register_certificate_v1;
mod register_ts;
mod revoke_certificate;
mod scan;
mod send_message_to_care;
pub(crate) mod space;
pub(crate) mod tree;

use std::borrow::Cow;

use chrono::NaiveDate;
use frisk_codes::CertificateType;

use crate::document::{Document, DocumentKey};
use crate::reading::{Fault, Format, Outcome, Reading};
use crate::validate::plausible;
use parse::Malformed;
use space::Space;
use tree::{Id, Tree};

pub use line::read_line;

/// Documents above this size are refused before they are decoded: 20 MiB.
pub const MAX_DOCUMENT_BYTES: usize = 20 << 20;

/// Reads a document: format, verdict, certificate or revocation, and faults.
///
/// The verdict comes from the content alone, and from the day the document came in where a type's rules ask that a date does
/// not lie in the future. Pure: no clock, no state; safe to run in parallel.
/// The hint is used only where the content does not tell, so it never changes a verdict on XML or JSON.
#[must_use]
pub fn read(document: &Document, hint: Option<Format>) -> Reading {
    if let Some(reading) = crate::record::read(document) {
        return reading;
    }
    let mut draft = Draft::new(document, hint.unwrap_or(Format::Unknown));
    let outcome = match checked_text(document, &mut draft) {
        Ok(text) => text_outcome(&text, &mut draft),
        Err(outcome) => outcome,
    };
    if let Outcome::Certificate(certificate) = &outcome {
        let warnings = plausible::warnings(certificate, draft.received);
        draft.faults.extend(warnings);
    }
    Reading {
        software: document.software.clone(),
        ..draft.finish(outcome)
    }
}

/// The key of a document; of one that is too large, the key of as much as is allowed.
fn key(document: &Document) -> DocumentKey {
    match document.bytes.get(..MAX_DOCUMENT_BYTES) {
        Some(head) => DocumentKey::of(head),
        None => document.key(),
    }
}

/// The text of a document that is not too large and in a known encoding.
fn checked_text<'d>(document: &'d Document, draft: &mut Draft) -> Result<Cow<'d, str>, Outcome> {
    if document.bytes.len() > MAX_DOCUMENT_BYTES {
        return Err(draft.reject("document.size", "", "expected at most 20 MiB"));
    }
    let expected = "expected UTF-8, UTF-16 with a byte order mark, or declared ISO-8859-1";
    encoding::text(&document.bytes).ok_or_else(|| draft.reject("document.encoding", "", expected))
}

fn text_outcome(text: &str, draft: &mut Draft) -> Outcome {
    match text.trim_start().bytes().next() {
        Some(b'<') => {
            draft.format = Format::OtherXml;
            xml(text, draft)
        }
        Some(b'{' | b'[') => {
            draft.format = Format::OtherJson;
            json(text, draft)
        }
        Some(_) => draft.reject("document.format", "", "expected XML or JSON"),
        None => draft.reject("document.empty", "", "expected XML or JSON, found nothing"),
    }
}

fn json(text: &str, draft: &mut Draft) -> Outcome {
    match parsed(text, draft) {
        Ok(document) => json_document(&document, draft),
        Err(outcome) => outcome,
    }
}

fn parsed(text: &str, draft: &mut Draft) -> Result<serde_json::Value, Outcome> {
    serde_json::from_str(text).map_err(|error| {
        draft.format = Format::OtherJson;
        // serde_json stops at 128 levels, and tells so only in words.
        if error.to_string().contains("recursion limit") {
            draft.reject("json.limit", "", "too deep")
        } else {
            draft.reject("json.malformed", "", "expected well-formed JSON")
        }
    })
}

fn json_document(document: &serde_json::Value, draft: &mut Draft) -> Outcome {
    if analytics_event::claims(document) {
        analytics_event::read(document, draft)
    } else {
        internal_json::read(document, draft)
    }
}

fn xml(text: &str, draft: &mut Draft) -> Outcome {
    match parse::parse(text) {
        Ok(tree) => {
            let enveloped = tree.get(0).is(Space::DSIG, "Signature");
            let mut outcome = message(tree, draft);
            if let Outcome::Certificate(certificate) = &mut outcome {
                certificate.signed_document |= enveloped;
            }
            outcome
        }
        Err(fault) => {
            let (rule, message) = match fault {
                Malformed::Syntax => ("xml.malformed", "expected well-formed XML with namespaces"),
                Malformed::Doctype => ("xml.doctype", "a document type declaration is not read"),
                Malformed::Entity => ("xml.entity", "an entity beyond the five of XML is not read"),
                Malformed::Limit => (
                    "xml.limit",
                    "too deep, or too many elements, attributes or namespaces",
                ),
            };
            draft.reject(rule, "", message)
        }
    }
}

fn message(mut tree: Tree<'_>, draft: &mut Draft) -> Outcome {
    let root = body(&tree);
    let (space, name) = (tree.get(root).space, tree.get(root).name);
    if (space, name) == (Space::REGISTER_2, "RegisterCertificate") {
        draft.format = Format::RegisterCertificateV2;
        tree.rewrite_version_2();
        return register_certificate::read(&tree, root, draft);
    }
    let tree = &tree;
    match (space, name) {
        (Space::REGISTER, "RegisterCertificate") => {
            draft.format = Format::RegisterCertificateV3;
            register_certificate::read(tree, root, draft)
        }
        (Space::REVOKE, "RevokeCertificate") => {
            draft.format = Format::RevokeCertificateV2;
            revoke_certificate::read(tree, root, draft)
        }
        (Space::MESSAGE, "SendMessageToCare") => {
            draft.format = Format::SendMessageToCareV2;
            send_message_to_care::read(tree, root, draft)
        }
        _ => older_message(tree, root, draft),
    }
}

/// The forms before RegisterCertificate v2.
fn older_message(tree: &Tree<'_>, root: Id, draft: &mut Draft) -> Outcome {
    let (space, name) = (tree.get(root).space, tree.get(root).name);
    match (space, name) {
        (Space::REGISTER_1, "RegisterCertificate") => {
            draft.format = Format::RegisterCertificateV1;
            register_certificate_v1::read(tree, root, draft)
        }
        (Space::REGISTER_MEDICAL, "RegisterMedicalCertificate") => {
            draft.format = Format::RegisterMedicalCertificateV3;
            match tree.child(root, Space::REGISTER_MEDICAL, "lakarutlatande") {
                Some(top) => mu7263::read(tree, top, draft),
                None => {
                    let expected = "expected the element 'lakarutlatande'";
                    draft.reject("certificate.required", &tree.path(root), expected)
                }
            }
        }
        (Space::MU7263, "lakarutlatande") => {
            draft.format = Format::Mu7263;
            mu7263::read(tree, root, draft)
        }
        (Space::TS_BAS, "RegisterTSBas") => {
            draft.format = Format::RegisterTsBasV1;
            register_ts::read(tree, root, CertificateType::Tstrk1007, draft)
        }
        (Space::TS_DIABETES, "RegisterTSDiabetes") => {
            draft.format = Format::RegisterTsDiabetesV1;
            register_ts::read(tree, root, CertificateType::Tstrk1031, draft)
        }
        (Space::DRAFT, "CreateDraftCertificate") => {
            draft.unsupported("a draft is no certificate yet")
        }
        _ => draft.unsupported("XML of a kind that is not read"),
    }
}

/// The root, or what a SOAP envelope's body or an enveloping XML signature's object holds.
fn body(tree: &Tree<'_>) -> Id {
    let root = tree.get(0);
    let wrap = match (root.space, root.name) {
        (Space::SOAP_11 | Space::SOAP_12, "Envelope") => "Body",
        (Space::DSIG, "Signature") => "Object",
        _ => return 0,
    };
    let inner = tree.child(0, root.space, wrap);
    inner.and_then(|body| tree.first_child(body)).unwrap_or(0)
}

/// A percentage, 0–100, whole or with a fraction of nothing (`70`, `70.0`).
pub(crate) fn percent(text: &str) -> Option<u8> {
    let whole = text.trim().trim_end_matches('0').strip_suffix('.');
    let whole = whole.unwrap_or(text.trim());
    whole.parse().ok().filter(|percent| *percent <= 100)
}

/// A type's code as shown: trimmed, upper-case, short, without anything that could be free text.
pub(crate) fn type_code(code: &str) -> Option<String> {
    let code = code.trim().to_ascii_uppercase();
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    (!code.is_empty() && code.len() <= 20 && code.chars().all(plain)).then_some(code)
}

/// The day on which a document was signed or sent.
fn written(outcome: &Outcome) -> Option<NaiveDate> {
    match outcome {
        Outcome::Certificate(certificate) => Some(certificate.signed_at.date()),
        Outcome::Revocation(revocation) => Some(revocation.sent_at.date()),
        Outcome::Message(message) => Some(message.sent_at.date()),
        Outcome::Event(event) => event.at.map(|at| at.date()),
        Outcome::Unusable | Outcome::Records(_) | Outcome::Rejected | Outcome::Unsupported => None,
    }
}

/// A reading under way.
#[derive(Debug)]
pub(crate) struct Draft {
    key: DocumentKey,
    /// The day the document came in, if that is known.
    pub(crate) received: Option<NaiveDate>,
    format: Format,
    pub(crate) certificate_type: Option<String>,
    pub(crate) certificate_id: Option<String>,
    pub(crate) unit_id: Option<String>,
    /// Day on which it was signed or sent, once that is read.
    pub(crate) written: Option<NaiveDate>,
    pub(crate) faults: Vec<Fault>,
}

impl Draft {
    fn new(document: &Document, format: Format) -> Self {
        Self {
            key: key(document),
            received: document.received,
            format,
            certificate_type: None,
            certificate_id: None,
            unit_id: None,
            written: None,
            faults: Vec::new(),
        }
    }

    pub(crate) fn reject(&mut self, rule: &'static str, location: &str, message: &str) -> Outcome {
        self.faults.push(Fault::error(rule, location, message));
        Outcome::Rejected
    }

    /// The document is valid, but no row can be made of it.
    pub(crate) fn unusable(
        &mut self,
        rule: &'static str,
        location: &str,
        message: &str,
    ) -> Outcome {
        self.faults.push(Fault::error(rule, location, message));
        Outcome::Unusable
    }

    pub(crate) fn unsupported(&mut self, message: &str) -> Outcome {
        self.faults
            .push(Fault::warning("document.unsupported", "", message));
        Outcome::Unsupported
    }

    fn finish(self, outcome: Outcome) -> Reading {
        Reading {
            key: self.key,
            format: self.format,
            certificate_type: self.certificate_type,
            certificate_id: self.certificate_id,
            unit_id: self.unit_id,
            written_date: self.written.or_else(|| written(&outcome)),
            software: None,
            outcome,
            faults: self.faults,
        }
    }
}
