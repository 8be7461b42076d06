//! The abstract rules for a part's value: text, boolean, date, period, code.

use super::answers::{Answers, Part};
use super::structure::{is_blank, is_boolean, is_date};
use super::text::{contains_oid, normalize};
use super::{Findings, Rule};
use crate::decode::space::Space;

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

impl<'t> See<'_, 't> {
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

    /// The elements of a name under the part's elements of a name.
    fn values(&self, outer: &'static str, inner: &'static str) -> Values<'t> {
        let tree = self.answers.tree;
        let mut values = Values::default();
        for value in tree.named(self.part.at, T, outer) {
            for found in tree.named(value, T, inner) {
                values.count += 1;
                values.nested |= tree.get(found).has_children();
                values.first = values.first.or(Some(tree.text(found)));
            }
        }
        values
    }

    fn count(&self, name: &str) -> usize {
        self.answers.tree.named(self.part.at, T, name).count()
    }

    fn period(&self, out: &mut Findings<'_, '_>) {
        let found = self.count("datePeriod") >= 1;
        let message = "En period måste inneslutas av ett 'datePeriod'-element.";
        self.require(out, found, message);
        let (start, end) = (
            self.values("datePeriod", "start"),
            self.values("datePeriod", "end"),
        );
        for (name, day) in [("from", &start), ("tom", &end)] {
            self.require_with(out, day.is_one(), || {
                format!("'{name}' ska finnas en gång, utan element i.")
            });
            let text = day.first.filter(|_| day.is_one());
            self.require_with(out, text.is_some_and(is_date), || {
                format!("'{name}' måste vara ett giltigt datum.")
            });
            self.require_with(out, text.is_some_and(begins_with_date), || {
                format!("'{name}' måste uttryckas som YYYY-MM-DD.")
            });
        }
        let ordered = start.first.map(normalize) <= end.first.map(normalize);
        let message = "'from' måste vara mindre än eller lika med 'tom'.";
        self.require(out, ordered, message);
    }

    /// The `cv` rules; gives the code system and the code as written.
    fn code(&self, out: &mut Findings<'_, '_>) -> (&'t str, &'t str) {
        let (systems, codes) = (self.values("cv", "codeSystem"), self.values("cv", "code"));
        let one = self.count("cv") == 1;
        self.require(out, one, "Ett värde av typen CV måste ha ett cv-element.");
        self.require(out, systems.count == 1, "codeSystem är obligatoriskt.");
        self.require(out, codes.count == 1, "code är obligatoriskt.");
        let nested = systems.nested || codes.nested;
        let message = "'codeSystem' och 'code' får inte vara inbäddade i något element.";
        self.require(out, !nested, message);
        let names = self.values("cv", "displayName").count;
        self.require(out, names <= 1, "Högst ett displayName kan anges.");
        (
            systems.first.unwrap_or_default(),
            codes.first.unwrap_or_default(),
        )
    }

    fn code_of(&self, out: &mut Findings<'_, '_>, system: &str, allowed: &[&str]) {
        let (found, code) = self.code(out);
        self.require_with(out, found == system, || {
            format!("'codeSystem' måste vara '{system}'.")
        });
        self.require_with(out, allowed.contains(&&*normalize(code)), || {
            format!("Koden måste vara en av {}.", allowed.join(", "))
        });
    }

    fn diagnosis(&self, out: &mut Findings<'_, '_>) {
        let (system, code) = self.code(out);
        let (system, code) = (normalize(system), normalize(code));
        let exact = system == ICD_10_SE || system == KSH97_P;
        let known = exact || contains_oid(&system, ICD_10_SE) || contains_oid(&system, KSH97_P);
        let message = "Diagnoskodsystem måste vara OID för ICD-10-SE eller KSH97-P.";
        self.require(out, known, message);
        let message = "Diagnoskod måste vara bokstav och två siffror, sedan bokstäver, siffror eller bindestreck; minst fyra tecken för F och Z73.";
        self.require(out, is_diagnosis(&code), message);
        let short = code.chars().count() <= 5;
        self.require(out, short, "Diagnoskod får inte vara längre än 5 tecken.");
    }
}

/// Elements found: how many, whether one holds elements, the first one's text.
#[derive(Debug, Default)]
struct Values<'t> {
    count: usize,
    nested: bool,
    first: Option<&'t str>,
}

impl Values<'_> {
    fn is_one(&self) -> bool {
        self.count == 1 && !self.nested
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
