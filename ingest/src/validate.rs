//! Rules: the XML schema's structure first, then the certificate type's own rules.
//!
//! A document is valid when both hold. Neither depends on the clock.

pub(crate) mod answers;
mod fk7263;
mod lisjp;
pub(crate) mod structure;
mod text;
pub(crate) mod value;

use frisk_codes::CertificateType;

use crate::decode::tree::{Id, Tree};
use crate::reading::Fault;
use answers::Answers;

/// Checks the answers of a certificate (`intyg`) against its type's rules.
pub(crate) fn rules(tree: &Tree<'_>, answers: &Answers<'_>, kind: CertificateType) -> Vec<Fault> {
    let mut findings = Findings {
        tree,
        faults: Vec::new(),
    };
    match kind {
        CertificateType::Lisjp => lisjp::check(answers, &mut findings),
        CertificateType::Fk7263 => fk7263::check(answers, &mut findings),
        _ => {}
    }
    findings.faults
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

    /// The pattern of a question or part.
    pub(crate) const fn question(set: &'static str, pattern: &'static str) -> Self {
        Self {
            set,
            prefix: "q",
            pattern,
        }
    }
}
