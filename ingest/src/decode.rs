//! Bytes to a [`Reading`]: which format it is, whether it is valid, and what it says.

mod analytics_event;
mod class;
mod encoding;
mod fk7263_json;
mod json;
pub(crate) mod parse;
mod register_certificate;
mod revoke_certificate;
mod send_message_to_care;
pub(crate) mod space;
pub(crate) mod tree;

use chrono::NaiveDate;

use crate::document::{Document, DocumentKey};
use crate::reading::{Fault, Format, Outcome, Reading};
use crate::validate::plausible;
use parse::Malformed;
use space::Space;
use tree::{Id, Tree};

/// Documents above this size are refused: 8 MiB.
const MAX_BYTES: usize = 8 << 20;

/// Reads a document: format, verdict, certificate or revocation, and faults.
///
/// The verdict comes from the content alone, and from the day the document came in where a type's rules ask that a date does
/// not lie in the future. Pure: no clock, no state; safe to run in parallel.
/// The hint is used only where the content does not tell, so it never changes a verdict on XML or JSON.
#[must_use]
pub fn read(document: &Document, hint: Option<Format>) -> Reading {
    let mut draft = Draft::new(document, hint.unwrap_or(Format::Unknown));
    let outcome = if document.bytes.len() > MAX_BYTES {
        draft.reject("document.size", "", "expected at most 8 MiB")
    } else {
        match encoding::text(&document.bytes) {
            None => draft.reject(
                "document.encoding",
                "",
                "expected UTF-8, UTF-16 or ISO-8859-1",
            ),
            Some(text) => text_outcome(&text, &mut draft),
        }
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
    let Ok(document) = serde_json::from_str::<serde_json::Value>(text) else {
        return draft.reject("json.malformed", "", "expected well-formed JSON");
    };
    if analytics_event::claims(&document) {
        analytics_event::read(&document, draft)
    } else {
        fk7263_json::read(&document, draft)
    }
}

fn xml(text: &str, draft: &mut Draft) -> Outcome {
    match parse::parse(text) {
        Ok(tree) => message(&tree, draft),
        Err(fault) => {
            let (rule, message) = match fault {
                Malformed::Syntax => ("xml.malformed", "expected well-formed XML with namespaces"),
                Malformed::Doctype => ("xml.doctype", "a document type declaration is not read"),
                Malformed::Entity => ("xml.entity", "an entity beyond the five of XML is not read"),
                Malformed::Limit => ("xml.limit", "too deep or too many elements"),
            };
            draft.reject(rule, "", message)
        }
    }
}

fn message(tree: &Tree<'_>, draft: &mut Draft) -> Outcome {
    let root = body(tree);
    let element = tree.get(root);
    match (element.space, element.name) {
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
        (Space::REGISTER_1 | Space::REGISTER_2, "RegisterCertificate") => {
            draft.format = Format::RegisterCertificateOld;
            draft.certificate_type = old_type(tree);
            draft.unsupported("RegisterCertificate before version 3 is not read yet")
        }
        _ => draft.unsupported("XML of a kind that is not read"),
    }
}

/// The root, or what a SOAP envelope's body holds.
fn body(tree: &Tree<'_>) -> Id {
    let space = tree.get(0).space;
    let soap = matches!(space, Space::SOAP_11 | Space::SOAP_12) && tree.get(0).name == "Envelope";
    let inner = tree.child(0, space, "Body").filter(|_| soap);
    inner.and_then(|body| tree.first_child(body)).unwrap_or(0)
}

fn old_type(tree: &Tree<'_>) -> Option<String> {
    let kind = tree
        .ids()
        .find(|id| tree.get(*id).is(Space::CORE_2, "typ"))?;
    let code = tree.child(kind, Space::TYPES_2, "code")?;
    type_code(tree.text(code))
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
        Outcome::Unusable | Outcome::Rejected | Outcome::Unsupported => None,
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
            key: document.key(),
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
