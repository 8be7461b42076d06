//! RegisterCertificate v3 to a certificate.

use chrono::{NaiveDate, NaiveDateTime};
use frisk_codes::{CertificateType, Degree};

use super::space::Space;
use super::tree::{Id, Tree};
use super::{Draft, type_code};
use crate::certificate::{Certificate, Diagnosis, Event, Prognosis, Relation, SickPeriod, Signer};
use crate::diagnosis_code;
use crate::identity::{NumberFault, PersonalNumber};
use crate::reading::{Fault, Outcome};
use crate::validate;
use crate::validate::answers::Answers;
use crate::validate::structure::{self, parse_date, parse_time};

const C: Space = Space::CORE;
const T: Space = Space::TYPES;

/// Reads a RegisterCertificate element: structure, then the type's rules, then the content.
pub(super) fn read(tree: &Tree<'_>, root: Id, draft: &mut Draft) -> Outcome {
    let Some(certificate) = tree.child(root, Space::REGISTER, "intyg") else {
        draft.faults = structure::check(tree, root, &structure::REGISTER);
        return Outcome::Rejected;
    };
    let source = Source { tree, certificate };
    let code = source.path(certificate, &[(C, "typ"), (T, "code")]);
    draft.certificate_type = code.and_then(|c| type_code(tree.text(c)));
    draft.certificate_id = source.id_under(certificate, "intygs-id");
    draft.unit_id = source
        .path(certificate, &[(C, "skapadAv"), (C, "enhet")])
        .and_then(|unit| source.id_under(unit, "enhets-id"));
    let kind = code.and_then(|c| CertificateType::from_code(tree.text(c)));
    let Some(kind) = kind else {
        if code.is_some() {
            return draft.unsupported("a certificate type that is not read");
        }
        draft.faults = structure::check(tree, root, &structure::REGISTER);
        return Outcome::Rejected;
    };
    draft.certificate_type = Some(kind.code().to_owned());
    let answers = Answers::of(tree, certificate);
    draft.faults = structure::check(tree, root, &structure::REGISTER);
    let day = source.day(draft.received);
    let version = source.text_at(certificate, &[(C, "version")]);
    let rules = validate::rules(tree, &answers, (kind, &version), day);
    draft.faults.extend(rules);
    if draft.faults.is_empty() {
        source.certificate(kind, &answers, draft)
    } else {
        Outcome::Rejected
    }
}

/// Whether a type's questions have the numbers of LISJP.
fn follows_lisjp(kind: CertificateType) -> bool {
    use CertificateType::{Ag7804, Fk7263, Lisjp, LuaeFs, LuaeNa, Luse};
    matches!(kind, Ag7804 | Fk7263 | Lisjp | LuaeFs | LuaeNa | Luse)
}

/// The patient's number, with its faults noted; `None` if it is no number at all.
pub(super) fn number(text: &str, location: &str, draft: &mut Draft) -> Option<PersonalNumber> {
    match PersonalNumber::parse(text) {
        Ok(number) => {
            if !number.check_digit {
                let message = "the check digit of the personal number does not hold";
                draft
                    .faults
                    .push(Fault::warning("person.check_digit", location, message));
            }
            Some(number)
        }
        Err(fault) => {
            let (rule, message) = match fault {
                NumberFault::Form => (
                    "person.number",
                    "expected 12 digits, with or without a hyphen",
                ),
                NumberFault::Date => (
                    "person.birth_date",
                    "the number's birth date does not exist",
                ),
            };
            draft.faults.push(Fault::error(rule, location, message));
            None
        }
    }
}

struct Source<'t> {
    tree: &'t Tree<'t>,
    certificate: Id,
}

impl<'t> Source<'t> {
    fn path(&self, from: Id, steps: &[(Space, &str)]) -> Option<Id> {
        steps
            .iter()
            .try_fold(from, |at, (space, name)| self.tree.child(at, *space, name))
    }

    fn text_at(&self, from: Id, steps: &[(Space, &str)]) -> String {
        let found = self.path(from, steps);
        found
            .map(|id| self.tree.text(id).trim().to_owned())
            .unwrap_or_default()
    }

    /// The extension of an id element, trimmed; `None` if absent or empty.
    fn id_under(&self, from: Id, name: &str) -> Option<String> {
        let id = self.text_at(from, &[(C, name), (T, "extension")]);
        (!id.is_empty()).then_some(id)
    }

    fn time(&self, name: &str) -> Option<NaiveDateTime> {
        let at = self.path(self.certificate, &[(C, name)])?;
        parse_time(self.tree.text(at))
    }

    /// The day to judge by: of arrival, else of signing or sending.
    fn day(&self, received: Option<NaiveDate>) -> NaiveDate {
        let written = self
            .time("signeringstidpunkt")
            .max(self.time("skickatTidpunkt"));
        let written = written.map_or(NaiveDate::MAX, |time| time.date());
        received.unwrap_or(written)
    }

    fn certificate(
        &self,
        kind: CertificateType,
        answers: &Answers<'t>,
        draft: &mut Draft,
    ) -> Outcome {
        let top = self.certificate;
        let sent_at = self.time("skickatTidpunkt");
        let Some(signed_at) = self.time("signeringstidpunkt").or(sent_at) else {
            let message = "expected a signing time";
            return draft.unusable("certificate.signed", &self.tree.path(top), message);
        };
        let location = self.tree.path(top) + "/patient/person-id/extension";
        let text = self.text_at(top, &[(C, "patient"), (C, "person-id"), (T, "extension")]);
        let Some(number) = number(&text, &location, draft) else {
            return Outcome::Unusable;
        };
        // Other types number their questions otherwise: theirs are not read here.
        let none = answers.none();
        let diagnoses = self.diagnoses(kind, answers);
        let answers = if follows_lisjp(kind) { answers } else { &none };
        Outcome::Certificate(Box::new(Certificate {
            id: draft.certificate_id.clone().unwrap_or_default(),
            kind,
            version: self.text_at(top, &[(C, "version")]),
            event: Event::Created,
            signed_at,
            sent_at,
            patient: number.patient(),
            signer: self.signer(),
            diagnoses,
            periods: self.periods(answers),
            occupations: codes(answers, "28.1"),
            based_on: codes(answers, "1.1"),
            prognosis: prognosis(answers),
            measures: codes(answers, "40.1"),
            infection_control: answers
                .parts("27.1")
                .any(|p| matches!(self.tree.text(p.at).trim(), "1" | "true")),
            relations: self.relations(),
            signed_document: self
                .tree
                .child(top, Space::EXTENSION_2, "underskrift")
                .is_some(),
        }))
    }

    fn signer(&self) -> Signer {
        let Some(by) = self.tree.child(self.certificate, C, "skapadAv") else {
            return Signer::default();
        };
        let positions = self.tree.named(by, C, "befattning");
        Signer {
            doctor_id: self.id_under(by, "personal-id").unwrap_or_default(),
            positions: positions.map(|p| self.text_at(p, &[(T, "code")])).collect(),
            unit_id: self.text_at(by, &[(C, "enhet"), (C, "enhets-id"), (T, "extension")]),
            unit_name: self.text_at(by, &[(C, "enhet"), (C, "enhetsnamn")]),
            care_provider_id: self.text_at(
                by,
                &[
                    (C, "enhet"),
                    (C, "vardgivare"),
                    (C, "vardgivare-id"),
                    (T, "extension"),
                ],
            ),
            care_provider_name: self
                .text_at(by, &[(C, "enhet"), (C, "vardgivare"), (C, "vardgivarnamn")]),
        }
    }

    /// Main diagnosis (6.2), then the side diagnoses (6.4, 6.6); AG1-14 has all in answers to question 4.
    fn diagnoses(&self, kind: CertificateType, answers: &Answers<'t>) -> Vec<Diagnosis> {
        let asked: &[&str] = match kind {
            CertificateType::Ag114 => &["4.2"],
            kind if follows_lisjp(kind) => &["6.2", "6.4", "6.6"],
            _ => &[],
        };
        let parts = asked.iter().flat_map(|id| answers.parts(id));
        let values = parts.filter_map(|part| {
            let cv = self.tree.child(part.at, T, "cv")?;
            let code = diagnosis_code(&self.text_at(cv, &[(T, "code")]));
            let system = self.text_at(cv, &[(T, "codeSystem")]);
            (!code.is_empty()).then_some(Diagnosis { code, system })
        });
        values.collect()
    }

    fn periods(&self, answers: &Answers<'t>) -> Vec<SickPeriod> {
        let periods = answers.to("32").filter_map(|answer| {
            let code = answer.with("32.1").flat_map(|p| answers.codes(p)).next()?;
            let degree = Degree::from_fkmu_code(code.trim())?;
            let part = answer.with("32.2").next()?;
            let period = self.tree.child(part.at, T, "datePeriod")?;
            let day = |name| parse_date(self.tree.text(self.tree.child(period, T, name)?));
            Some(SickPeriod {
                start: day("start")?,
                end: day("end")?,
                degree,
            })
        });
        periods.collect()
    }

    fn relations(&self) -> Vec<Relation> {
        let relations = self.tree.named(self.certificate, C, "relation");
        let read = relations.map(|relation| Relation {
            kind: self.text_at(relation, &[(C, "typ"), (T, "code")]),
            certificate_id: self.id_under(relation, "intygs-id").unwrap_or_default(),
        });
        read.collect()
    }
}

fn codes(answers: &Answers<'_>, part: &str) -> Vec<String> {
    let codes = answers.parts(part).flat_map(|p| answers.codes(p));
    codes.map(|c| c.trim().to_owned()).collect()
}

fn prognosis(answers: &Answers<'_>) -> Option<Prognosis> {
    let code = codes(answers, "39.1").into_iter().next()?;
    let days = codes(answers, "39.3")
        .into_iter()
        .next()
        .and_then(|c| match c.as_str() {
            "TRETTIO_DGR" => Some(30),
            "SEXTIO_DGR" => Some(60),
            "NITTIO_DGR" => Some(90),
            "HUNDRAATTIO_DAGAR" => Some(180),
            "TREHUNDRASEXTIOFEM_DAGAR" => Some(365),
            _ => None,
        });
    Some(Prognosis { code, days })
}
