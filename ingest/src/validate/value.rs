//! The abstract rules for a part's value: text, boolean, number, date, period, code.

mod code;

use super::answers::{Answers, Part};
use super::structure::{is_blank, is_boolean, is_date};
use super::text::{is_decimal, normalize, number};
use super::{Findings, Rule};
use crate::decode::space::Space;

pub(crate) use code::{Codes, DIAGNOSIS, ICD_10_SE, KSH97_P, NULL_FLAVOR, System, code};

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_must_stand_at_the_very_start() {
        assert!(begins_with_date("2026-01-01\n"));
        assert!(!begins_with_date(" 2026-01-01"));
        assert!(!begins_with_date("2026-1-01"));
    }
}
