//! RegisterCertificate v3, and v2 rewritten to it, to a certificate.

mod content;

use frisk_codes::CertificateType;

use super::head::{Head, Places};
use super::space::Space;
use super::tree::{Id, Tree};
use super::{Draft, type_code};
use crate::certificate::{Relation, Signer};
use crate::reading::Outcome;
use crate::validate;
use crate::validate::answers::Answers;
use crate::validate::structure::{self, parse_time};

const C: Space = Space::CORE;
const T: Space = Space::TYPES;

const PLACES: Places = Places {
    id: "/intygs-id/extension",
    signed: "/signeringstidpunkt",
    number: "/patient/person-id/extension",
    unit: None,
};

/// Reads a RegisterCertificate element: structure, then the type's rules, then the content.
pub(super) fn read(tree: &Tree<'_>, root: Id, draft: &mut Draft) -> Outcome {
    let Some(certificate) = tree.child(root, Space::REGISTER, "intyg") else {
        draft.faults = structure::check(tree, root, &structure::REGISTER);
        return Outcome::Rejected;
    };
    let head = head(tree, certificate);
    head.announce(draft);
    let code = tree.at(certificate, &[(C, "typ"), (T, "code")]);
    draft.certificate_type = code.and_then(|c| type_code(tree.text(c)));
    let Some(kind) = code.and_then(|c| CertificateType::from_code(tree.text(c))) else {
        if code.is_some() {
            return draft.unsupported("a certificate type that is not known");
        }
        draft.faults = structure::check(tree, root, &structure::REGISTER);
        return Outcome::Rejected;
    };
    draft.certificate_type = Some(kind.code().to_owned());
    let answers = Answers::of(tree, certificate);
    draft.faults = structure::check(tree, root, &structure::REGISTER);
    let day = head.day(draft.received);
    let rules = validate::rules(tree, &answers, (kind, head.version), day);
    draft.faults.extend(rules);
    if !draft.faults.is_empty() {
        return Outcome::Rejected;
    }
    let base = || tree.path(certificate);
    match head.certificate(kind, &PLACES, &base, draft) {
        Some(mut certificate) => {
            content::fill(&mut certificate, &answers);
            Outcome::Certificate(Box::new(certificate))
        }
        None => Outcome::Unusable,
    }
}

fn head<'t>(tree: &'t Tree<'_>, top: Id) -> Head<'t> {
    let time = |name| {
        let at = tree.child(top, C, name);
        at.and_then(|id| parse_time(tree.text(id)))
    };
    let number = tree.at(top, &[(C, "patient"), (C, "person-id")]);
    let of_number = |name| number.map_or("", |id| tree.text_at(id, &[(T, name)]));
    Head {
        id: tree.text_at(top, &[(C, "intygs-id"), (T, "extension")]),
        version: tree.text_at(top, &[(C, "version")]),
        signed_at: time("signeringstidpunkt"),
        sent_at: time("skickatTidpunkt"),
        number_root: of_number("root"),
        number: of_number("extension"),
        signer: signer(tree, top),
        relations: relations(tree, top),
        signed_document: tree.child(top, Space::EXTENSION_2, "underskrift").is_some(),
    }
}

fn signer(tree: &Tree<'_>, top: Id) -> Signer {
    let Some(by) = tree.child(top, C, "skapadAv") else {
        return Signer::default();
    };
    let positions = tree.named(by, C, "befattning");
    let mut signer = Signer {
        doctor_id: owned(tree, by, &[(C, "personal-id"), (T, "extension")]),
        positions: positions.map(|p| owned(tree, p, &[(T, "code")])).collect(),
        ..Signer::default()
    };
    if let Some(unit) = tree.child(by, C, "enhet") {
        signer.unit_id = owned(tree, unit, &[(C, "enhets-id"), (T, "extension")]);
        signer.unit_name = owned(tree, unit, &[(C, "enhetsnamn")]);
        if let Some(provider) = tree.child(unit, C, "vardgivare") {
            let id = [(C, "vardgivare-id"), (T, "extension")];
            signer.care_provider_id = owned(tree, provider, &id);
            signer.care_provider_name = owned(tree, provider, &[(C, "vardgivarnamn")]);
        }
    }
    signer
}

fn relations(tree: &Tree<'_>, top: Id) -> Vec<Relation> {
    let relations = tree.named(top, C, "relation");
    let read = relations.map(|relation| Relation {
        kind: owned(tree, relation, &[(C, "typ"), (T, "code")]),
        certificate_id: owned(tree, relation, &[(C, "intygs-id"), (T, "extension")]),
    });
    read.collect()
}

fn owned(tree: &Tree<'_>, from: Id, path: &[(Space, &str)]) -> String {
    tree.text_at(from, path).to_owned()
}
