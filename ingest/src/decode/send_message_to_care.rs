//! SendMessageToCare v2 to a message.

use frisk_codes::MessageSubject;

use super::Draft;
use super::person::{Written, patient};
use super::space::Space;
use super::tree::{Id, Tree};
use crate::message::{Complement, Message};
use crate::reading::Outcome;
use crate::validate::structure::{self, parse_date, parse_time};

const M: Space = Space::MESSAGE;
const C: Space = Space::CORE;
const T: Space = Space::TYPES;

pub(super) fn read(tree: &Tree<'_>, root: Id, draft: &mut Draft) -> Outcome {
    let text = |path: &[(Space, &str)]| text_at(tree, root, path);
    let certificate_id = text(&[(M, "intygs-id"), (T, "extension")]);
    draft.certificate_id = certificate_id.clone();
    draft.unit_id = text(&[(M, "logiskAdressMottagare")]);
    draft.faults = structure::check(tree, root, &structure::SEND_MESSAGE);
    if !draft.faults.is_empty() {
        return Outcome::Rejected;
    }
    let Some(certificate_id) = certificate_id else {
        let location = "/SendMessageToCare/intygs-id/extension";
        return draft.unusable("message.certificate", location, "expected a certificate id");
    };
    let Some(id) = text(&[(M, "meddelande-id")]) else {
        let location = "/SendMessageToCare/meddelande-id";
        return draft.unusable("message.id", location, "expected a message id");
    };
    let Some(sent_at) = text(&[(M, "skickatTidpunkt")]).and_then(|t| parse_time(&t)) else {
        return Outcome::Rejected;
    };
    let number = tree.child(root, M, "patientPerson-id").unwrap_or(root);
    let number = Written {
        root: tree.text_at(number, &[(T, "root")]),
        text: tree.text_at(number, &[(T, "extension")]),
    };
    let location = || tree.path(root) + "/patientPerson-id/extension";
    let Some(patient) = patient(number, location, draft) else {
        return Outcome::Unusable;
    };
    Outcome::Message(Box::new(Message {
        id,
        reference_id: text(&[(M, "referens-id")]),
        subject: MessageSubject::of(&text(&[(M, "amne"), (T, "code")]).unwrap_or_default()),
        certificate_id,
        number: patient.number,
        unit_id: draft.unit_id.clone().unwrap_or_default(),
        sent_at,
        last_date_to_answer: text(&[(M, "sistaDatumForSvar")]).and_then(|d| parse_date(&d)),
        answer_to: text(&[(M, "svarPa"), (C, "meddelande-id")]),
        reminder_of: text(&[(M, "paminnelseMeddelande-id")]),
        complements: complements(tree, root),
        sender: text(&[(M, "skickatAv"), (M, "part"), (T, "code")]).unwrap_or_default(),
    }))
}

fn complements(tree: &Tree<'_>, root: Id) -> Vec<Complement> {
    let all = tree.named(root, M, "komplettering");
    let read = all.map(|asked| Complement {
        question_id: text_at(tree, asked, &[(M, "frage-id")]).unwrap_or_default(),
        instance: text_at(tree, asked, &[(M, "instans")]).and_then(|n| n.parse().ok()),
    });
    read.collect()
}

/// The text at a path; `None` if absent or empty.
fn text_at(tree: &Tree<'_>, from: Id, path: &[(Space, &str)]) -> Option<String> {
    let text = tree.text_at(from, path);
    (!text.is_empty()).then(|| text.to_owned())
}
