//! A question (fråga) of a form, its parts (delfrågor), how often they are answered and what a part's value must be.

use super::answers::Answer;
use super::value::Value;
use super::{Findings, Rule};

/// A question.
#[derive(Debug)]
pub(super) struct Question {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    /// Least and most answers.
    pub(super) answers: (usize, usize),
    /// Whether each answer must have an instance number.
    pub(super) numbered: bool,
    /// Whether parts that are not listed are refused.
    pub(super) closed: bool,
    /// Pattern of the rule on the instance number, where it is not the question's.
    pub(super) numbered_by: Option<&'static str>,
    pub(super) parts: &'static [PartRule],
}

/// A part of a question.
#[derive(Debug)]
pub(super) struct PartRule {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    /// Least and most of it in an answer.
    pub(super) times: (usize, usize),
    pub(super) value: Value,
    /// Pattern of the value's rule, where it is not called as usual.
    pub(super) pattern: Option<&'static str>,
}

/// Without bound.
pub(super) const MANY: usize = usize::MAX;

const fn question(
    id: &'static str,
    name: &'static str,
    answers: (usize, usize),
    parts: &'static [PartRule],
) -> Question {
    Question {
        id,
        name,
        answers,
        numbered: false,
        closed: true,
        numbered_by: None,
        parts,
    }
}

/// Answered once.
pub(super) const fn one(
    id: &'static str,
    name: &'static str,
    parts: &'static [PartRule],
) -> Question {
    question(id, name, (1, 1), parts)
}

/// Answered at most once.
pub(super) const fn maybe(
    id: &'static str,
    name: &'static str,
    parts: &'static [PartRule],
) -> Question {
    question(id, name, (0, 1), parts)
}

/// Answered any number of times; what else is asked stands among the relations.
pub(super) const fn any(
    id: &'static str,
    name: &'static str,
    parts: &'static [PartRule],
) -> Question {
    question(id, name, (0, MANY), parts)
}

impl Question {
    /// With least and most answers.
    pub(super) const fn times(self, least: usize, most: usize) -> Self {
        Self {
            answers: (least, most),
            ..self
        }
    }

    /// Each answer has an instance number.
    pub(super) const fn numbered(self) -> Self {
        Self {
            numbered: true,
            ..self
        }
    }

    /// Each answer has an instance number, by a rule of its own.
    pub(super) const fn numbered_by(self, pattern: &'static str) -> Self {
        Self {
            numbered: true,
            numbered_by: Some(pattern),
            ..self
        }
    }

    /// Parts that are not listed may stand too.
    pub(super) const fn open(self) -> Self {
        Self {
            closed: false,
            ..self
        }
    }
}

const fn part(
    id: &'static str,
    name: &'static str,
    times: (usize, usize),
    value: Value,
) -> PartRule {
    PartRule {
        id,
        name,
        times,
        value,
        pattern: None,
    }
}

/// Once in each answer.
pub(super) const fn once(id: &'static str, name: &'static str, value: Value) -> PartRule {
    part(id, name, (1, 1), value)
}

/// At most once in each answer.
pub(super) const fn optional(id: &'static str, name: &'static str, value: Value) -> PartRule {
    part(id, name, (0, 1), value)
}

/// As often as the relations between parts allow.
pub(super) const fn free(id: &'static str, name: &'static str, value: Value) -> PartRule {
    part(id, name, (0, MANY), value)
}

impl PartRule {
    /// The value's rule is called otherwise.
    pub(super) const fn under(self, pattern: &'static str) -> Self {
        Self {
            pattern: Some(pattern),
            ..self
        }
    }
}

impl Question {
    /// Checks an answer to the question.
    pub(super) fn check(&self, rule: Rule, answer: &Answer<'_>, out: &mut Findings<'_, '_>) {
        let numbered = !self.numbered || answer.instances == 1;
        let numbered_by = self.numbered_by.map_or(rule, |p| rule.renamed(p));
        out.require(numbered, numbered_by, answer.at, || {
            format!("Svar på '{}' ska ha ett instansnummer.", self.name)
        });
        for part in self.parts {
            let (least, most) = part.times;
            let holds = most == MANY || (least..=most).contains(&answer.count(part.id));
            out.require(holds, rule, answer.at, || {
                format!(
                    "Delsvar {} '{}' ska finnas {} i '{}'.",
                    part.id,
                    part.name,
                    times(least, most),
                    self.name
                )
            });
        }
        let known = |id: &str| self.parts.iter().any(|p| p.id == id);
        for part in answer.parts.iter().filter(|p| self.closed && !known(p.id)) {
            out.require(false, rule, part.at, || {
                format!("Delfrågan finns inte i '{}'.", self.name)
            });
        }
    }
}

/// How often, in words.
pub(super) fn times(least: usize, most: usize) -> String {
    match (least, most) {
        (0, 0) => "aldrig".to_owned(),
        (1, 1) => "en gång".to_owned(),
        (0, 1) => "högst en gång".to_owned(),
        (1, MANY) => "minst en gång".to_owned(),
        (0, most) => format!("högst {most} gånger"),
        (least, MANY) => format!("minst {least} gånger"),
        (least, most) => format!("{least}–{most} gånger"),
    }
}
