//! The abstract rules for a part's value: text, boolean, date, period, code.

use super::answers::{Answers, Part};
use super::structure::{is_blank, is_boolean, is_date};
use super::text::{contains_oid, normalize};
use super::{Findings, Rule};
use crate::decode::space::Space;
use crate::decode::tree::Id;

const T: Space = Space::TYPES;

/// What a part's value must be.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Value {
    /// Text that is not empty.
    Text,
    /// `true`, `false`, `1` or `0`.
    Boolean,
    /// A date.
    Date,
    /// A `datePeriod`.
    Period,
    /// A code of a system.
    Code {
        system: &'static str,
        codes: &'static [&'static str],
    },
    /// A diagnosis code.
    Diagnosis,
}

/// ICD-10-SE. Source: Socialstyrelsen.
pub(crate) const ICD_10_SE: &str = "1.2.752.116.1.1.1.1.3";
/// KSH97-P, the primary-care version. Source: Socialstyrelsen.
pub(crate) const KSH97_P: &str = "1.2.752.116.1.3.1.4.1";

impl Value {
    pub(crate) fn check(
        self,
        answers: &Answers<'_>,
        part: Part<'_>,
        rule: Rule,
        out: &mut Findings<'_, '_>,
    ) {
        let see = See {
            answers,
            part,
            rule,
        };
        match self {
            Self::Text => {
                see.flat(out, "Värdet får inte vara inbäddat i något element.");
                let filled = !is_blank(answers.tree.text(part.at));
                see.require(out, filled, "Sträng kan inte vara tom.");
            }
            Self::Boolean => {
                see.flat(
                    out,
                    "Booleskt värde får inte vara inbäddat i något element.",
                );
                let holds = is_boolean(answers.tree.text(part.at));
                see.require(out, holds, "Kan bara vara 'true/1' eller 'false/0'.");
            }
            Self::Date => {
                see.flat(out, "Datum får inte vara inbäddat i något element.");
                see.date(out, answers.tree.text(part.at));
            }
            Self::Period => see.period(out),
            Self::Code { system, codes } => see.code_of(out, system, codes),
            Self::Diagnosis => see.diagnosis(out),
        }
    }
}

/// A part under a rule.
struct See<'s, 't> {
    answers: &'s Answers<'t>,
    part: Part<'s>,
    rule: Rule,
}

impl See<'_, '_> {
    fn require(&self, out: &mut Findings<'_, '_>, holds: bool, message: &str) {
        out.require(holds, self.rule, self.part.at, || message.to_owned());
    }

    /// As [`Self::require`], with a message that is put together only when it is needed.
    fn require_with(
        &self,
        out: &mut Findings<'_, '_>,
        holds: bool,
        message: impl FnOnce() -> String,
    ) {
        out.require(holds, self.rule, self.part.at, message);
    }

    fn children(&self, of: Id, name: &'static str) -> Vec<Id> {
        self.answers.tree.named(of, T, name).collect()
    }

    /// The value stands in the part itself.
    fn flat(&self, out: &mut Findings<'_, '_>, message: &str) {
        let flat = !self.answers.tree.get(self.part.at).has_children();
        self.require(out, flat, message);
    }

    fn date(&self, out: &mut Findings<'_, '_>, text: &str) {
        self.require(out, is_date(text), "Värdet måste vara ett giltigt datum.");
        self.require(
            out,
            begins_with_date(text),
            "Datumet måste uttryckas som YYYY-MM-DD.",
        );
    }

    fn period(&self, out: &mut Findings<'_, '_>) {
        let tree = self.answers.tree;
        let periods = self.children(self.part.at, "datePeriod");
        let end_of = |name| -> Vec<Id> {
            periods
                .iter()
                .flat_map(|p| self.children(*p, name))
                .collect()
        };
        let (starts, ends) = (end_of("start"), end_of("end"));
        self.require(
            out,
            !periods.is_empty(),
            "En period måste inneslutas av ett 'datePeriod'-element.",
        );
        for (name, found) in [("from", &starts), ("tom", &ends)] {
            let single = match found[..] {
                [id] => Some(tree.text(id)),
                _ => None,
            };
            let nested = found.iter().any(|id| tree.get(*id).has_children());
            self.require_with(out, !nested && found.len() == 1, || {
                format!("'{name}' ska finnas en gång, utan element i.")
            });
            self.require_with(out, single.is_some_and(is_date), || {
                format!("'{name}' måste vara ett giltigt datum.")
            });
            self.require_with(out, single.is_some_and(begins_with_date), || {
                format!("'{name}' måste uttryckas som YYYY-MM-DD.")
            });
        }
        let text = |found: &[Id]| {
            found
                .first()
                .map(|id| normalize(tree.text(*id)).into_owned())
        };
        let ordered = text(&starts) <= text(&ends);
        self.require(
            out,
            ordered,
            "'from' måste vara mindre än eller lika med 'tom'.",
        );
    }

    /// The `cv` rules; gives the code system and code as written, if each stands once.
    fn code(&self, out: &mut Findings<'_, '_>) -> (Vec<Id>, Vec<Id>) {
        let tree = self.answers.tree;
        let values = self.children(self.part.at, "cv");
        let of = |name| -> Vec<Id> {
            values
                .iter()
                .flat_map(|cv| self.children(*cv, name))
                .collect()
        };
        let (systems, codes) = (of("codeSystem"), of("code"));
        self.require(
            out,
            values.len() == 1,
            "Ett värde av typen CV måste ha ett cv-element.",
        );
        self.require(out, systems.len() == 1, "codeSystem är obligatoriskt.");
        self.require(out, codes.len() == 1, "code är obligatoriskt.");
        let nested = systems
            .iter()
            .chain(&codes)
            .any(|id| tree.get(*id).has_children());
        self.require(
            out,
            !nested,
            "'codeSystem' och 'code' får inte vara inbäddade i något element.",
        );
        self.require(
            out,
            of("displayName").len() <= 1,
            "Högst ett displayName kan anges.",
        );
        (systems, codes)
    }

    fn code_of(&self, out: &mut Findings<'_, '_>, system: &str, allowed: &[&str]) {
        let tree = self.answers.tree;
        let (systems, codes) = self.code(out);
        let right = systems.iter().any(|id| tree.text(*id) == system);
        self.require_with(out, right, || {
            format!("'codeSystem' måste vara '{system}'.")
        });
        let known = codes
            .first()
            .is_some_and(|id| allowed.contains(&&*normalize(tree.text(*id))));
        self.require_with(out, known, || {
            format!("Koden måste vara en av {}.", allowed.join(", "))
        });
    }

    fn diagnosis(&self, out: &mut Findings<'_, '_>) {
        let tree = self.answers.tree;
        let (systems, codes) = self.code(out);
        let text = |found: &[Id]| {
            found
                .first()
                .map(|id| normalize(tree.text(*id)).into_owned())
                .unwrap_or_default()
        };
        let (system, code) = (text(&systems), text(&codes));
        let known = contains_oid(&system, ICD_10_SE) || contains_oid(&system, KSH97_P);
        self.require(
            out,
            known,
            "Diagnoskodsystem måste vara OID för ICD-10-SE eller KSH97-P.",
        );
        self.require(
            out,
            is_diagnosis(&code),
            "Diagnoskod måste vara bokstav och två siffror, sedan bokstäver, siffror eller bindestreck; minst fyra tecken för F och Z73.",
        );
        self.require(
            out,
            code.chars().count() <= 5,
            "Diagnoskod får inte vara längre än 5 tecken.",
        );
    }
}

fn begins_with_date(text: &str) -> bool {
    let shape = |(i, b): (usize, u8)| match i {
        4 | 7 => b == b'-',
        _ => b.is_ascii_digit(),
    };
    text.len() >= 10 && text.bytes().take(10).enumerate().all(shape)
}

/// The form of a diagnosis code: a letter and two digits, then letters, digits or hyphens; F and Z73 need at least one of these.
fn is_diagnosis(code: &str) -> bool {
    let [letter, tens, ones, rest @ ..] = code.as_bytes() else {
        return false;
    };
    let needs_more = match letter.to_ascii_uppercase() {
        b'F' => true,
        b'Z' => (*tens, *ones) == (b'7', b'3'),
        b'A'..=b'Y' => false,
        _ => return false,
    };
    tens.is_ascii_digit()
        && ones.is_ascii_digit()
        && rest.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-')
        && !(needs_more && rest.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn diagnosis_codes() {
        // The three forms of the official pattern: A–E and G–Y, Z but not Z73, and F or Z73 with more.
        for good in [
            "A01", "a01", "M545", "A35-P", "Z00", "Z72", "Z730", "F32-", "f438A", "Y99",
        ] {
            assert!(is_diagnosis(good), "{good}");
        }
        for bad in [
            "", "A0", "F32", "Z73", "z73", "1A2", "A0B", "A01.1", "Å01", "A01 ",
        ] {
            assert!(!is_diagnosis(bad), "{bad}");
        }
    }

    #[test]
    fn a_date_must_stand_at_the_very_start() {
        assert!(begins_with_date("2026-01-01\n"));
        assert!(!begins_with_date(" 2026-01-01"));
        assert!(!begins_with_date("2026-1-01"));
    }
}
