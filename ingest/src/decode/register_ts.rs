//! RegisterTSBas and RegisterTSDiabetes v1 (the transport agency's forms before RegisterCertificate): the common part.

use frisk_codes::CertificateType;

use super::Draft;
use super::head::{Head, Places};
use super::json::parse_time;
use super::space::Space;
use super::tree::{Id, Tree};
use crate::certificate::Signer;
use crate::reading::Outcome;

const S: Space = Space::TS;
const T: Space = Space::TS_TYPES;

const PLACES: Places = Places {
    id: "/intygsId",
    signed: "/grundData/signeringsTidstampel",
    number: "/grundData/patient/personId/extension",
    unit: Some("/grundData/skapadAv/vardenhet/enhetsId/extension"),
};

/// Reads the `intyg` under `root`, of the message's own namespace.
pub(super) fn read(tree: &Tree<'_>, root: Id, kind: CertificateType, draft: &mut Draft) -> Outcome {
    draft.certificate_type = Some(kind.code().to_owned());
    let Some(top) = tree.child(root, tree.get(root).space, "intyg") else {
        let expected = "expected the element 'intyg'";
        return draft.reject("certificate.required", &tree.path(root), expected);
    };
    let head = head(tree, top);
    head.announce(draft);
    let stated = tree.text_at(top, &[(S, "intygsTyp")]);
    if CertificateType::from_code(stated) != Some(kind) {
        let location = tree.path(top) + "/intygsTyp";
        let expected = "expected the type that the message is for";
        return draft.reject("certificate.type", &location, expected);
    }
    match head.certificate(kind, &PLACES, &|| tree.path(top), draft) {
        Some(certificate) => Outcome::Certificate(Box::new(certificate)),
        None => Outcome::Rejected,
    }
}

fn head<'t>(tree: &'t Tree<'_>, top: Id) -> Head<'t> {
    const G: (Space, &str) = (S, "grundData");
    const BY: (Space, &str) = (S, "skapadAv");
    const UNIT: (Space, &str) = (S, "vardenhet");
    const PROVIDER: (Space, &str) = (S, "vardgivare");
    const EXTENSION: (Space, &str) = (T, "extension");
    let text = |path: &[(Space, &str)]| tree.text_at(top, path);
    let by = tree.at(top, &[G, BY]);
    let positions = by
        .into_iter()
        .flat_map(|by| tree.named(by, S, "befattningar"));
    Head {
        id: text(&[(S, "intygsId")]),
        version: text(&[(S, "version")]),
        signed_at: parse_time(text(&[G, (S, "signeringsTidstampel")])),
        number_root: text(&[G, (S, "patient"), (S, "personId"), (T, "root")]),
        number: text(&[G, (S, "patient"), (S, "personId"), EXTENSION]),
        signer: Signer {
            doctor_id: text(&[G, BY, (S, "personId"), EXTENSION]).to_owned(),
            positions: positions.map(|p| tree.text(p).trim().to_owned()).collect(),
            unit_id: text(&[G, BY, UNIT, (S, "enhetsId"), EXTENSION]).to_owned(),
            unit_name: text(&[G, BY, UNIT, (S, "enhetsnamn")]).to_owned(),
            care_provider_id: text(&[G, BY, UNIT, PROVIDER, (S, "vardgivarid"), EXTENSION])
                .to_owned(),
            care_provider_name: text(&[G, BY, UNIT, PROVIDER, (S, "vardgivarnamn")]).to_owned(),
        },
        ..Head::default()
    }
}
