//! RegisterCertificate v1 (utlåtande, used for the transport agency's forms): the common part.

use frisk_codes::CertificateType;

use super::head::{Head, Places};
use super::space::Space;
use super::tree::{Id, Tree};
use super::{Draft, type_code};
use crate::certificate::Signer;
use crate::decode::json::parse_time;
use crate::reading::Outcome;

const R: Space = Space::REGISTER_1;
const C: Space = Space::CORE_1;

const PLACES: Places = Places {
    id: "/utlatande-id",
    signed: "/signeringsdatum",
    number: "/patient/person-id",
    unit: Some("/skapadAv/enhet/enhets-id"),
};

pub(super) fn read(tree: &Tree<'_>, root: Id, draft: &mut Draft) -> Outcome {
    let Some(top) = tree.child(root, R, "utlatande") else {
        let expected = "expected the element 'utlatande'";
        return draft.reject("certificate.required", &tree.path(root), expected);
    };
    let head = head(tree, top);
    head.announce(draft);
    let code = tree.attribute_at(top, &[(C, "typAvUtlatande")], "code");
    draft.certificate_type = type_code(code);
    let Some(kind) = CertificateType::from_code(code) else {
        return draft.unsupported("a certificate type that is not known");
    };
    draft.certificate_type = Some(kind.code().to_owned());
    match head.certificate(kind, &PLACES, &|| tree.path(top), draft) {
        Some(certificate) => Outcome::Certificate(Box::new(certificate)),
        None => Outcome::Rejected,
    }
}

fn head<'t>(tree: &'t Tree<'_>, top: Id) -> Head<'t> {
    let by = [(C, "skapadAv")];
    let unit = [(C, "skapadAv"), (C, "enhet")];
    let provider = [(C, "skapadAv"), (C, "enhet"), (C, "vardgivare")];
    let under = |path: &[(Space, &str)], name| match tree.at(top, path) {
        Some(id) => tree.attribute_at(id, &[(C, name)], "extension").to_owned(),
        None => String::new(),
    };
    let text = |path: &[(Space, &str)], name| match tree.at(top, path) {
        Some(id) => tree.text_at(id, &[(C, name)]).to_owned(),
        None => String::new(),
    };
    let time = |name| parse_time(tree.text_at(top, &[(C, name)]));
    let number = [(C, "patient"), (C, "person-id")];
    Head {
        id: tree.attribute_at(top, &[(C, "utlatande-id")], "extension"),
        version: "1",
        signed_at: time("signeringsdatum"),
        sent_at: time("skickatdatum"),
        number_root: tree.attribute_at(top, &number, "root"),
        number: tree.attribute_at(top, &number, "extension"),
        signer: Signer {
            doctor_id: under(&by, "personal-id"),
            unit_id: under(&unit, "enhets-id"),
            unit_name: text(&unit, "enhetsnamn"),
            care_provider_id: under(&provider, "vardgivare-id"),
            care_provider_name: text(&provider, "vardgivarnamn"),
            positions: Vec::new(),
        },
        ..Head::default()
    }
}
