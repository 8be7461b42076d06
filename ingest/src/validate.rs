//! Rules: the XML schema's structure first, then the certificate type's own rules.
//!
//! A document is valid when both hold. A type's rules are a table ([`form::Form`]) in a file of its own; what several types
//! ask stands in [`fk`], [`sick_leave`], [`statement`], [`diagnoses`], [`death`], [`driving`] and [`day`]. Only rules that a
//! date must not lie in the future depend on the day, which is passed in.

mod af00213;
mod af00251;
mod ag114;
mod ag7804;
pub(crate) mod answers;
mod day;
mod db;
mod death;
mod diagnoses;
mod doi;
mod driving;
mod fk;
mod fk7263;
mod form;
mod lisjp;
mod luae_fs;
mod luae_na;
mod luse;
pub(crate) mod plausible;
mod question;
mod relation;
mod says;
mod sick_leave;
mod statement;
pub(crate) mod structure;
mod text;
mod tstrk1007;
mod tstrk1007_v6;
mod tstrk1007_v7;
mod tstrk1009;
mod tstrk1031_v3;
mod tstrk1031_v4;
mod tstrk1062;
pub(crate) mod value;

use chrono::NaiveDate;
use frisk_codes::CertificateType;

use crate::decode::tree::{Id, Tree};
use crate::reading::Fault;
use answers::Answers;
use form::Form;

/// Checks the answers of a certificate (`intyg`) against its type's rules, as they hold on a day.
///
/// Types without rules of their own are judged by the schema alone.
pub(crate) fn rules(
    tree: &Tree<'_>,
    answers: &Answers<'_>,
    (kind, version): (CertificateType, &str),
    today: NaiveDate,
) -> Vec<Fault> {
    let mut findings = Findings {
        tree,
        faults: Vec::new(),
    };
    if kind == CertificateType::Fk7263 {
        fk7263::check(answers, &mut findings);
    }
    if let Some(form) = form_of(kind, version) {
        form.check(answers, today, &mut findings);
    }
    findings.faults
}

/// The rules of a type. Two types have a set for each of two main versions.
fn form_of(kind: CertificateType, version: &str) -> Option<&'static Form> {
    Some(match kind {
        CertificateType::Lisjp => &lisjp::FORM,
        CertificateType::Ag7804 => &ag7804::FORM,
        CertificateType::Ag114 => &ag114::FORM,
        CertificateType::Luse => &luse::FORM,
        CertificateType::LuaeNa => &luae_na::FORM,
        CertificateType::LuaeFs => &luae_fs::FORM,
        CertificateType::Af00213 => &af00213::FORM,
        CertificateType::Af00251 => &af00251::FORM,
        CertificateType::Db => &db::FORM,
        CertificateType::Doi => &doi::FORM,
        CertificateType::Tstrk1007 if main_version(version) < 7 => &tstrk1007_v6::FORM,
        CertificateType::Tstrk1007 => &tstrk1007_v7::FORM,
        CertificateType::Tstrk1009 => &tstrk1009::FORM,
        CertificateType::Tstrk1031 if main_version(version) < 4 => &tstrk1031_v3::FORM,
        CertificateType::Tstrk1031 => &tstrk1031_v4::FORM,
        CertificateType::Tstrk1062 => &tstrk1062::FORM,
        _ => return None,
    })
}

/// The number before the first full stop; 0 if there is none.
fn main_version(version: &str) -> u32 {
    let main = version.trim().split('.').next().unwrap_or_default();
    main.parse().unwrap_or(0)
}

/// What the rules found.
pub(crate) struct Findings<'t, 'a> {
    tree: &'t Tree<'a>,
    faults: Vec<Fault>,
}

impl Findings<'_, '_> {
    /// Notes a fault unless the condition holds. The rule is the pattern's id in the official schematron.
    fn require(&mut self, holds: bool, rule: Rule, at: Id, message: impl FnOnce() -> String) {
        if !holds {
            let id = format!("{}/{}{}", rule.set, rule.prefix, rule.pattern);
            self.faults
                .push(Fault::error(id, self.tree.path(at), message()));
        }
    }
}

/// Id of a rule: rule set and pattern, such as `lisjp.v1/q32`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rule {
    set: &'static str,
    /// `q` before a question's or part's number.
    prefix: &'static str,
    pattern: &'static str,
}

impl Rule {
    pub(crate) const fn new(set: &'static str, pattern: &'static str) -> Self {
        Self {
            set,
            prefix: "",
            pattern,
        }
    }

    /// Another pattern of the same set.
    const fn renamed(self, pattern: &'static str) -> Self {
        Self::new(self.set, pattern)
    }

    /// The pattern of a question or part.
    pub(crate) const fn question(set: &'static str, pattern: &'static str) -> Self {
        Self {
            set,
            prefix: "q",
            pattern,
        }
    }
}
