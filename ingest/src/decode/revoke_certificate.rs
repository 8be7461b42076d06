//! RevokeCertificate v2 to a revocation.

use super::Draft;
use super::space::Space;
use super::tree::{Id, Tree};
use crate::identity::{NumberFault, PersonalNumber};
use crate::reading::{Outcome, Revocation};
use crate::validate::structure::{self, parse_time};

const R: Space = Space::REVOKE;
const T: Space = Space::TYPES;

pub(super) fn read(tree: &Tree<'_>, root: Id, draft: &mut Draft) -> Outcome {
    let text = |path: &[(Space, &str)]| {
        let found = path
            .iter()
            .try_fold(root, |at, (space, name)| tree.child(at, *space, name));
        found.map(|id| tree.text(id).trim()).unwrap_or_default()
    };
    let certificate_id = text(&[(R, "intygs-id"), (T, "extension")]);
    draft.certificate_id = (!certificate_id.is_empty()).then(|| certificate_id.to_owned());
    draft.faults = structure::check(tree, root, &structure::REVOKE);
    if !draft.faults.is_empty() {
        return Outcome::Rejected;
    }
    let Some(certificate_id) = draft.certificate_id.clone() else {
        return draft.unusable(
            "revocation.certificate",
            "/RevokeCertificate/intygs-id",
            "expected a certificate id",
        );
    };
    let Some(sent_at) = parse_time(text(&[(R, "skickatTidpunkt")])) else {
        return Outcome::Rejected;
    };
    let number = text(&[(R, "patientPerson-id"), (T, "extension")]);
    // An impossible birth date does not matter here: the certificate is named by its id.
    if PersonalNumber::parse(number).is_err_and(|f| f == NumberFault::Form) {
        return draft.unusable(
            "person.number",
            "/RevokeCertificate/patientPerson-id",
            "expected 12 digits",
        );
    }
    Outcome::Revocation(Revocation {
        certificate_id,
        number: number.to_owned(),
        sent_at,
    })
}
