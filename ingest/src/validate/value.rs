//! The abstract rules for a part's value: text, boolean, number, date, period, code.

use super::answers::{Answers, Part};
use super::structure::{is_blank, is_boolean, is_date};
use super::text::{contains_oid, is_decimal, matches_oid, normalize, number};
use super::{Findings, Rule};
use crate::decode::space::Space;

const T: Space = Space::TYPES;

/// What a part's value must be.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Value {
    /// Anything.
    Free,
    /// Text that is not empty.
    Text,
    /// Text that is not empty, of at most so many characters.
    TextTo(usize),
    /// `true`, `false`, `1` or `0`, with no element in it.
    Boolean,
    /// `true`, `false`, `1` or `0`.
    YesOrNo,
    /// True, false, or the code for "unknown" (NI).
    KnownOrNot,
    /// A date.
    Date,
    /// `YYYY-MM-DD` in figures; the day need not exist.
    DateShape,
    /// A decimal number.
    Decimal,
    /// A decimal number from −2 to 2.
    DecimalToTwo,
    /// A `datePeriod`.
    Period,
    /// A `partialDate` of a year.
    Year,
    /// A `partialDate` of a day.
    Day,
    /// A `pq` of a unit.
    Quantity {
        /// What the unit must have in it.
        unit: &'static str,
        /// Whether the number, as written, is one of those allowed.
        takes: fn(&str) -> bool,
        /// The numbers allowed, in words.
        numbers: &'static str,
    },
    /// A code of a system.
    Code { system: System, codes: Codes },
}

/// Which code systems a code may come from.
#[derive(Debug, Clone, Copy)]
pub(crate) enum System {
    /// Any.
    Any,
    /// This one.
    Is(&'static str),
    /// One of these OIDs; a full stop stands for any character, as in the official patterns.
    OneOf(&'static [&'static str]),
    /// ICD-10-SE or KSH97-P somewhere in it.
    Diagnoses,
}

/// Which codes are allowed.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Codes {
    /// Any.
    Any,
    /// These.
    OneOf(&'static [&'static str]),
    /// Those with this in it.
    With(&'static str),
    /// A diagnosis code.
    Diagnosis,
    /// A diagnosis code of at most five characters.
    ShortDiagnosis,
}

/// A code of a list.
pub(super) const fn code(system: &'static str, codes: &'static [&'static str]) -> Value {
    Value::Code {
        system: System::Is(system),
        codes: Codes::OneOf(codes),
    }
}

/// A diagnosis code of ICD-10-SE or KSH97-P.
pub(super) const DIAGNOSIS: Value = Value::Code {
    system: System::Diagnoses,
    codes: Codes::ShortDiagnosis,
};

/// HL7's NullFlavor: why a value is missing.
pub(super) const NULL_FLAVOR: &str = "2.16.840.1.113883.5.1008";
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
            Self::Free => {}
            Self::Text => see.text(out),
            Self::TextTo(most) => {
                see.text(out);
                let length = normalize(see.own()).chars().count();
                see.require_with(out, length <= most, || {
                    format!("Texten får ha högst {most} tecken.")
                });
            }
            Self::Boolean => {
                see.flat(out);
                see.require(
                    out,
                    is_boolean(see.own()),
                    "Värdet ska vara sant eller falskt.",
                );
            }
            Self::YesOrNo => {
                let whole = answers.string(part);
                let text = normalize(&whole);
                let holds = matches!(&*text, "true" | "false" | "1" | "0");
                see.require(out, holds, "Värdet ska vara sant eller falskt.");
            }
            Self::KnownOrNot => {
                if is_boolean(&answers.all_text(part.at)) {
                    see.flat(out);
                } else {
                    see.code_of(out, System::OneOf(&[NULL_FLAVOR]), Codes::OneOf(&["NI"]));
                }
            }
            Self::Date => {
                see.flat(out);
                see.date(out, see.own());
            }
            Self::DateShape => {
                see.flat(out);
                let holds = see.own().len() == 10 && begins_with_date(see.own());
                see.require(out, holds, "Datumet ska skrivas YYYY-MM-DD.");
            }
            Self::Decimal => see.decimal(out),
            Self::DecimalToTwo => {
                see.decimal(out);
                let holds = number(see.own()).abs() <= 2.0;
                see.require(out, holds, "Värdet får vara högst 2,0.");
            }
            Self::Period => see.period(out),
            Self::Year => {
                let value = see.values("partialDate", "value").first.unwrap_or_default();
                let year = value.len() == 4 && value.bytes().all(|b| b.is_ascii_digit());
                see.require(out, year, "Värdet ska vara ett år, YYYY.");
            }
            Self::Day => {
                let value = see.values("partialDate", "value");
                see.require(out, value.is_one(), "Värdet ska vara ett partialDate.");
                see.date(out, value.first.unwrap_or_default());
            }
            Self::Quantity { .. } => see.quantity(out, self),
            Self::Code { system, codes } => see.code_of(out, system, codes),
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

    /// The part's own text.
    fn own(&self) -> &'t str {
        self.answers.tree.text(self.part.at)
    }

    /// The value stands in the part itself.
    fn flat(&self, out: &mut Findings<'_, '_>) {
        let flat = !self.answers.tree.get(self.part.at).has_children();
        self.require(
            out,
            flat,
            "Värdet ska stå direkt i delsvaret, utan element.",
        );
    }

    fn text(&self, out: &mut Findings<'_, '_>) {
        self.flat(out);
        self.require(out, !is_blank(self.own()), "Texten får inte vara tom.");
    }

    fn decimal(&self, out: &mut Findings<'_, '_>) {
        self.flat(out);
        self.require(
            out,
            is_decimal(self.own()),
            "Värdet ska vara ett decimaltal.",
        );
    }

    fn quantity(&self, out: &mut Findings<'_, '_>, quantity: Value) {
        let Value::Quantity {
            unit,
            takes,
            numbers,
        } = quantity
        else {
            return;
        };
        let (value, units) = (self.values("pq", "value"), self.values("pq", "unit"));
        let one = self.count("pq") == 1 && value.is_one() && units.is_one();
        self.require(
            out,
            one,
            "Värdet ska vara ett pq med ett value och ett unit.",
        );
        self.require_with(out, takes(value.first.unwrap_or_default()), || {
            format!("Värdet ska vara {numbers}.")
        });
        let found = normalize(units.first.unwrap_or_default());
        self.require_with(out, found.contains(unit), || {
            format!("Enheten ska vara '{unit}'.")
        });
    }

    fn date(&self, out: &mut Findings<'_, '_>, text: &str) {
        self.require(out, is_date(text), "Värdet ska vara ett datum som finns.");
        self.require(
            out,
            begins_with_date(text),
            "Datumet ska skrivas YYYY-MM-DD.",
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
        let message = "Perioden ska stå i ett datePeriod.";
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
                format!("'{name}' ska vara ett datum som finns.")
            });
            self.require_with(out, text.is_some_and(begins_with_date), || {
                format!("'{name}' ska skrivas YYYY-MM-DD.")
            });
        }
        let ordered = start.first.map(normalize) <= end.first.map(normalize);
        let message = "'from' får inte vara efter 'tom'.";
        self.require(out, ordered, message);
    }

    /// The `cv` rules; gives the code system and the code as written.
    fn code(&self, out: &mut Findings<'_, '_>) -> (&'t str, &'t str) {
        let (systems, codes) = (self.values("cv", "codeSystem"), self.values("cv", "code"));
        let one = self.count("cv") == 1;
        self.require(out, one, "Värdet ska vara ett cv.");
        self.require(out, systems.count == 1, "Koden ska ha ett codeSystem.");
        self.require(out, codes.count == 1, "Koden ska ha ett code.");
        let nested = systems.nested || codes.nested;
        let message = "codeSystem och code ska stå utan element i.";
        self.require(out, !nested, message);
        let names = self.values("cv", "displayName").count;
        self.require(out, names <= 1, "Koden får ha högst ett displayName.");
        (
            systems.first.unwrap_or_default(),
            codes.first.unwrap_or_default(),
        )
    }

    fn code_of(&self, out: &mut Findings<'_, '_>, system: System, codes: Codes) {
        let (found, code) = self.code(out);
        self.system(out, system, found);
        let code = normalize(code);
        match codes {
            Codes::Any => {}
            Codes::OneOf(allowed) => self.require_with(out, allowed.contains(&&*code), || {
                format!("Koden ska vara en av {}.", allowed.join(", "))
            }),
            Codes::With(piece) => self.require_with(out, code.contains(piece), || {
                format!("Koden ska innehålla {piece}.")
            }),
            Codes::Diagnosis | Codes::ShortDiagnosis => self.diagnosis(out, codes, &code),
        }
    }

    fn system(&self, out: &mut Findings<'_, '_>, system: System, found: &str) {
        let normal = normalize(found);
        match system {
            System::Any => {}
            System::Is(wanted) => self.require_with(out, found == wanted, || {
                format!("Kodverket (codeSystem) ska vara {wanted}.")
            }),
            System::OneOf(oids) => {
                let holds = oids.iter().any(|oid| matches_oid(&normal, oid));
                self.require_with(out, holds, || {
                    format!("Kodverket (codeSystem) ska vara {}.", oids.join(" eller "))
                });
            }
            System::Diagnoses => {
                let exact = normal == ICD_10_SE || normal == KSH97_P;
                let within = |oid| contains_oid(&normal, oid);
                let known = exact || within(ICD_10_SE) || within(KSH97_P);
                let message = "Diagnoskodens kodverk ska vara ICD-10-SE eller KSH97-P.";
                self.require(out, known, message);
            }
        }
    }

    fn diagnosis(&self, out: &mut Findings<'_, '_>, codes: Codes, code: &str) {
        let message = "Diagnoskoden ska vara en bokstav och två siffror, sedan bokstäver, siffror eller bindestreck; minst fyra tecken för F och Z73.";
        self.require(out, is_diagnosis(code), message);
        let fits = matches!(codes, Codes::Diagnosis) || code.chars().count() <= 5;
        self.require(out, fits, "Diagnoskoden får ha högst fem tecken.");
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
