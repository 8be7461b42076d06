//! FK 7263 as `lakarutlatande` (mu7263), alone or in RegisterMedicalCertificate v3.

use frisk_codes::{CertificateType, Degree};

use super::Draft;
use super::head::{Head, Places};
use super::json::{parse_time, plain_date};
use super::space::Space;
use super::tree::{Id, Tree};
use crate::certificate::{Certificate, Diagnosis, SickPeriod, Signer};
use crate::diagnosis_code;
use crate::reading::{Fault, Outcome};
use crate::validate::value::{ICD_10_SE, KSH97_P};

const M: Space = Space::MU7263;
const H: Space = Space::REPORTING;

const PLACES: Places = Places {
    id: "/lakarutlatande-id",
    signed: "/signeringsdatum",
    number: "/patient/person-id",
    unit: Some("/skapadAvHosPersonal/enhet/enhets-id"),
};

/// Reads a `lakarutlatande`.
pub(super) fn read(tree: &Tree<'_>, top: Id, draft: &mut Draft) -> Outcome {
    draft.certificate_type = Some(CertificateType::Fk7263.code().to_owned());
    let head = head(tree, top);
    head.announce(draft);
    let base = || tree.path(top);
    let Some(mut certificate) = head.certificate(CertificateType::Fk7263, &PLACES, &base, draft)
    else {
        return Outcome::Rejected;
    };
    fill(&mut certificate, tree, top, draft);
    Outcome::Certificate(Box::new(certificate))
}

fn head<'t>(tree: &'t Tree<'_>, top: Id) -> Head<'t> {
    const BY: (Space, &str) = (M, "skapadAvHosPersonal");
    const UNIT: (Space, &str) = (H, "enhet");
    const PROVIDER: (Space, &str) = (H, "vardgivare");
    let id = |path: &[(Space, &str)]| tree.attribute_at(top, path, "extension");
    let time = |name| parse_time(tree.text_at(top, &[(M, name)]));
    let number = [(M, "patient"), (H, "person-id")];
    Head {
        id: tree.text_at(top, &[(M, "lakarutlatande-id")]),
        version: "1.0",
        signed_at: time("signeringsdatum"),
        sent_at: time("skickatDatum"),
        number_root: tree.attribute_at(top, &number, "root"),
        number: id(&number),
        signer: Signer {
            doctor_id: id(&[BY, (H, "personal-id")]).to_owned(),
            positions: Vec::new(),
            unit_id: id(&[BY, UNIT, (H, "enhets-id")]).to_owned(),
            unit_name: tree.text_at(top, &[BY, UNIT, (H, "enhetsnamn")]).to_owned(),
            care_provider_id: id(&[BY, UNIT, PROVIDER, (H, "vardgivare-id")]).to_owned(),
            care_provider_name: tree
                .text_at(top, &[BY, UNIT, PROVIDER, (H, "vardgivarnamn")])
                .to_owned(),
        },
        ..Head::default()
    }
}

fn fill(certificate: &mut Certificate, tree: &Tree<'_>, top: Id, draft: &mut Draft) {
    certificate.diagnoses = diagnosis(tree, top).into_iter().collect();
    certificate.based_on = based_on(tree, top);
    let activities = tree.named(top, M, "aktivitet");
    certificate.infection_control = activities
        .map(|a| tree.text_at(a, &[(M, "aktivitetskod")]))
        .any(|code| code == "Avstangning_enligt_SmL_pga_smitta");
    let states = tree.named(top, M, "funktionstillstand");
    for ability in states.filter_map(|state| tree.child(state, M, "arbetsformaga")) {
        for reduction in tree.named(ability, M, "arbetsformagaNedsattning") {
            match period(tree, reduction) {
                Some(period) => certificate.periods.push(period),
                None => draft.faults.push(Fault::error(
                    "mu7263/period",
                    tree.path(reduction),
                    "expected 'varaktighetFrom' and 'varaktighetTom' as dates, and one of the four degrees",
                )),
            }
        }
        let occupations = tree.named(ability, M, "sysselsattning");
        let codes = occupations.filter_map(|o| occupation(tree, o));
        certificate.occupations.extend(codes.map(str::to_owned));
    }
}

fn diagnosis(tree: &Tree<'_>, top: Id) -> Option<Diagnosis> {
    let path = [(M, "medicinsktTillstand"), (M, "tillstandskod")];
    let code = diagnosis_code(tree.attribute_at(top, &path, "code"));
    let system = tree.attribute_at(top, &path, "codeSystem");
    let name = tree.attribute_at(top, &path, "codeSystemName");
    let primary_care = system == KSH97_P || name.to_ascii_uppercase().starts_with("KSH");
    (!code.is_empty()).then(|| Diagnosis {
        code,
        system: if primary_care { KSH97_P } else { ICD_10_SE }.to_owned(),
    })
}

fn based_on(tree: &Tree<'_>, top: Id) -> Vec<String> {
    let contacts = tree
        .named(top, M, "vardkontakt")
        .map(|c| tree.text_at(c, &[(M, "vardkontakttyp")]));
    let references = tree
        .named(top, M, "referens")
        .map(|r| tree.text_at(r, &[(M, "referenstyp")]));
    let codes = contacts.chain(references).filter_map(|kind| match kind {
        "Min_undersokning_av_patienten" => Some("UNDERSOKNING"),
        "Min_telefonkontakt_med_patienten" => Some("TELEFONKONTAKT"),
        "Journaluppgifter" => Some("JOURNALUPPGIFTER"),
        "Annat" => Some("ANNAT"),
        _ => None,
    });
    codes.map(str::to_owned).collect()
}

fn period(tree: &Tree<'_>, reduction: Id) -> Option<SickPeriod> {
    let day = |name| plain_date(tree.text_at(reduction, &[(M, name)]));
    let degree = match tree.text_at(reduction, &[(M, "nedsattningsgrad")]) {
        "Helt_nedsatt" => Degree::Full,
        "Nedsatt_med_3/4" => Degree::ThreeQuarters,
        "Nedsatt_med_1/2" => Degree::Half,
        "Nedsatt_med_1/4" => Degree::Quarter,
        _ => return None,
    };
    Some(SickPeriod {
        start: day("varaktighetFrom")?,
        end: day("varaktighetTom")?,
        degree,
    })
}

fn occupation(tree: &Tree<'_>, of: Id) -> Option<&'static str> {
    match tree.text_at(of, &[(M, "typAvSysselsattning")]) {
        "Nuvarande_arbete" => Some("NUVARANDE_ARBETE"),
        "Arbetsloshet" => Some("ARBETSSOKANDE"),
        "Foraldraledighet" => Some("FORALDRALEDIG"),
        _ => None,
    }
}
