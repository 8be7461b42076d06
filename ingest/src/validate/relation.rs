//! What one answer asks of another: a condition on a place in the document, and what must hold there.

mod message;
mod order;

use chrono::NaiveDate;

use super::answers::{Answer, Answers, Part};
use super::form::Form;
use super::question::MANY;
use super::says::Says;
use super::value::Value;
use super::{Findings, Rule};
use crate::decode::parse::same;
use crate::decode::tree::Id;

/// A rule between answers.
#[derive(Debug)]
pub(super) struct Relation {
    /// Pattern in the official rule set, such as `q1.1-1.3`.
    pub(super) pattern: &'static str,
    pub(super) on: On,
    pub(super) must: Must,
}

/// Where a rule applies: at each place that fits.
#[derive(Debug, Clone, Copy)]
pub(super) enum On {
    /// The certificate.
    Whole,
    /// Each answer to a question.
    Answer(&'static str),
    /// Each part of an id that says something.
    Part(&'static str, Says),
    /// Each part of an id in answers to one question.
    PartIn(&'static str, &'static str, Says),
    /// Each part of an id beside another part of the same answer that says something.
    PartWith(&'static str, &'static str, Says),
}

/// Answers or parts to be counted, seen from a place.
#[derive(Debug, Clone, Copy)]
pub(super) enum Of {
    /// Parts of the same answer.
    Here(&'static str, Says),
    /// Answers to a question, on the same level.
    Beside(&'static str),
    /// Parts of answers to a question, on the same level.
    Inside(&'static str, &'static str, Says),
    /// Parts anywhere in the document.
    Anywhere(&'static str, Says),
    /// Answers anywhere in the document.
    AnyAnswer(&'static str),
}

/// What must hold at a place.
#[derive(Debug, Clone, Copy)]
pub(super) enum Must {
    /// So many.
    Count(Count),
    /// One of these at least.
    Either(&'static [Count]),
    /// Codes of a part that no earlier answer to the question has.
    NewCode(&'static str),
    /// As [`Self::NewCode`], but this answer's code may stand in any of its parts, as the official rules have it.
    NewCodeOfAny(&'static str),
    /// A period (part) that no earlier answer's period overlaps; they may share a day.
    Apart(&'static str),
    /// A value.
    Be(Value),
    /// Something that only one type asks, and how to say it.
    Hold(fn(&Spot<'_, '_>) -> bool, &'static str),
}

/// Least and most.
pub(super) type Count = (Of, usize, usize);

pub(super) const fn rule(pattern: &'static str, on: On, must: Must) -> Relation {
    Relation { pattern, on, must }
}

pub(super) const fn part(id: &'static str, says: Says) -> On {
    On::Part(id, says)
}

pub(super) const fn here(id: &'static str) -> Of {
    Of::Here(id, Says::Anything)
}

pub(super) const fn inside(question: &'static str, id: &'static str) -> Of {
    Of::Inside(question, id, Says::Anything)
}

pub(super) const fn anywhere(id: &'static str) -> Of {
    Of::Anywhere(id, Says::Anything)
}

/// Exactly one.
pub(super) const fn needs(of: Of) -> Must {
    Must::Count((of, 1, 1))
}

/// At least one.
pub(super) const fn some(of: Of) -> Must {
    Must::Count((of, 1, MANY))
}

/// None.
pub(super) const fn forbids(of: Of) -> Must {
    Must::Count((of, 0, 0))
}

/// Answers to check, the form's table, and the day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'s, 't> {
    pub(super) form: &'s Form,
    pub(super) answers: &'s Answers<'t>,
    /// The day on which dates must not lie in the future.
    pub(super) today: NaiveDate,
}

/// A place that a rule looks at: an answer, perhaps one of its parts; neither for the certificate.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot<'s, 't> {
    pub(super) answers: &'s Answers<'t>,
    pub(super) today: NaiveDate,
    pub(super) answer: Option<&'s Answer<'t>>,
    pub(super) part: Option<Part<'t>>,
}

impl<'s, 't> Place<'s, 't> {
    pub(super) fn check(&self, relation: &Relation, out: &mut Findings<'_, '_>) {
        let spot = Spot {
            answers: self.answers,
            today: self.today,
            answer: None,
            part: None,
        };
        let mut look = |spot: Spot<'s, 't>| self.judge(relation, &spot, out);
        match relation.on {
            On::Whole => look(spot),
            On::Answer(id) => {
                for answer in self.answers.all.iter().filter(|a| same(a.id, id)) {
                    look(spot.at(answer, None));
                }
            }
            On::Part(id, says) => {
                let places = self.answers.places(id);
                for (answer, part) in places.filter(|(_, p)| says.holds(self.answers, *p)) {
                    look(spot.at(answer, Some(part)));
                }
            }
            On::PartIn(question, id, says) => {
                let places = self.answers.places(id).filter(|(a, _)| a.id == question);
                for (answer, part) in places.filter(|(_, p)| says.holds(self.answers, *p)) {
                    look(spot.at(answer, Some(part)));
                }
            }
            On::PartWith(id, other, says) => {
                let holds = |a: &Answer<'t>| a.with(other).any(|p| says.holds(self.answers, p));
                for (answer, part) in self.answers.places(id).filter(|(a, _)| holds(a)) {
                    look(spot.at(answer, Some(part)));
                }
            }
        }
    }

    fn judge(&self, relation: &Relation, spot: &Spot<'s, 't>, out: &mut Findings<'_, '_>) {
        let rule = Rule::new(self.form.set, relation.pattern);
        if let (Must::Be(value), Some(part)) = (relation.must, spot.part) {
            value.check(self.answers, part, rule, out);
            return;
        }
        out.require(spot.holds(&relation.must), rule, spot.id(), || {
            self.message(relation)
        });
    }
}

impl<'s, 't> Spot<'s, 't> {
    fn at(self, answer: &'s Answer<'t>, part: Option<Part<'t>>) -> Self {
        Self {
            answer: Some(answer),
            part,
            ..self
        }
    }

    /// The element looked at.
    fn id(&self) -> Id {
        let answer = self.answer.map_or(self.answers.certificate, |a| a.at);
        self.part.map_or(answer, |p| p.at)
    }

    fn holds(&self, must: &Must) -> bool {
        let counts = |(of, least, most): &Count| (*least..=*most).contains(&self.count(of));
        match must {
            Must::Count(count) => counts(count),
            Must::Either(all) => all.iter().any(counts),
            Must::NewCode(part) => self.new_code(part, false),
            Must::NewCodeOfAny(part) => self.new_code(part, true),
            Must::Apart(part) => self.apart(part),
            Must::Be(_) => true,
            Must::Hold(holds, _) => holds(self),
        }
    }

    /// Answers to a question on the level of this place.
    pub(super) fn beside<'q>(&self, question: &'q str) -> impl Iterator<Item = &'s Answer<'t>> + 'q
    where
        's: 'q,
        't: 'q,
    {
        let certificate = Some(self.answers.certificate);
        let parent = self.answer.map_or(certificate, |a| a.parent);
        let all = self.answers.all.iter();
        all.filter(move |a| a.parent == parent && same(a.id, question))
    }

    /// The text of the part looked at.
    pub(super) fn text(&self) -> &'t str {
        self.part.map_or("", |p| self.answers.tree.text(p.at))
    }

    /// The text of the first part of an id in the document, empty if there is none.
    pub(super) fn text_of(&self, id: &str) -> &'t str {
        let part = self.answers.parts(id).next();
        part.map_or("", |p| self.answers.tree.text(p.at))
    }

    pub(super) fn count(&self, of: &Of) -> usize {
        let answers = self.answers;
        let says = |says: &Says, part: Part<'_>| says.holds(answers, part);
        match of {
            Of::Here(id, s) => self
                .answer
                .map_or(0, |a| a.with(id).filter(|p| says(s, *p)).count()),
            Of::Beside(question) => self.beside(question).count(),
            Of::Inside(question, id, s) => self
                .beside(question)
                .flat_map(|a| a.with(id))
                .filter(|p| says(s, *p))
                .count(),
            Of::Anywhere(id, s) => answers.parts(id).filter(|p| says(s, *p)).count(),
            Of::AnyAnswer(question) => answers.all.iter().filter(|a| same(a.id, question)).count(),
        }
    }
}
