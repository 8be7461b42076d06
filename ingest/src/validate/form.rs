//! A certificate type's form as a table: its [questions](Question) and what one answer asks of another ([`Relation`]).
//!
//! A rule's id is the pattern's id in the official schematron, so that a fault can be looked up there; messages are ours.

use chrono::NaiveDate;

use super::answers::{Answer, Answers};
use super::question::{MANY, PartRule, Question, times};
use super::relation::{Place, Relation};
use super::value::Value;
use super::{Findings, Rule};
use crate::decode::space::Space;

/// A type's rules.
#[derive(Debug)]
pub(super) struct Form {
    /// Id of the official rule set, such as `luse.v1`.
    pub(super) set: &'static str,
    /// Pattern of the rules on how often questions are answered.
    pub(super) whole: &'static str,
    /// Questions and relations that other forms have too.
    pub(super) base: Option<&'static Form>,
    /// Which questions may be answered.
    pub(super) ids: Ids,
    pub(super) questions: &'static [Question],
    pub(super) relations: &'static [Relation],
    /// What the pattern of a part's value is called after.
    pub(super) value_pattern: ValuePattern,
    /// Whether extra questions (tilläggsfrågor, from 9001) have rules.
    pub(super) extra_questions: bool,
    /// Whether instance numbers have a rule.
    pub(super) instances: bool,
}

impl Form {
    /// What most types have.
    pub(super) const USUAL: Self = Self {
        set: "",
        whole: "intyg",
        base: None,
        ids: Ids::Listed,
        questions: &[],
        relations: &[],
        value_pattern: ValuePattern::Part,
        extra_questions: false,
        instances: true,
    };
}

/// Which question ids a certificate may hold.
#[derive(Debug, Clone, Copy)]
pub(super) enum Ids {
    /// Any.
    Any,
    /// Those in the table.
    Listed,
    /// Those in the table and 9000–9999.
    ListedOrExtra,
    /// Those that a looser official pattern takes.
    Like(fn(&str) -> bool),
}

/// What the pattern of a part's value is called after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ValuePattern {
    /// The part: `q18.2`.
    Part,
    /// The question: `q18`.
    Question,
}

impl Form {
    /// The table's part of an id, with its question: the id begins with the question's.
    pub(super) fn part(&self, id: &str) -> Option<(&'static Question, &'static PartRule)> {
        let (question, _) = id.split_once('.')?;
        let question = self.question(question)?;
        let mut parts = question.parts.iter();
        parts.find(|p| p.id == id).map(|part| (question, part))
    }

    /// The table's question of an id.
    pub(super) fn question(&self, id: &str) -> Option<&'static Question> {
        let own = self.questions.iter().find(|q| q.id == id);
        own.or_else(|| self.base?.question(id))
    }

    fn all_questions(&self) -> impl Iterator<Item = &'static Question> {
        let base = self.base.map_or(&[][..], |base| base.questions);
        self.questions.iter().chain(base)
    }

    fn all_relations(&self) -> impl Iterator<Item = &'static Relation> {
        let base = self.base.map_or(&[][..], |base| base.relations);
        self.relations.iter().chain(base)
    }

    fn takes(&self, id: &str) -> bool {
        match self.ids {
            Ids::Any => true,
            Ids::Listed => self.question(id).is_some(),
            Ids::ListedOrExtra => self.question(id).is_some() || is_extra(id),
            Ids::Like(takes) => takes(id),
        }
    }

    /// Checks a certificate's answers on a day.
    pub(super) fn check(
        &self,
        answers: &Answers<'_>,
        today: NaiveDate,
        out: &mut Findings<'_, '_>,
    ) {
        self.counts(answers, out);
        for answer in &answers.all {
            self.answer(answers, answer, out);
        }
        if self.instances {
            self.instances(answers, out);
        }
        let place = Place {
            form: self,
            answers,
            today,
        };
        for relation in self.all_relations() {
            place.check(relation, out);
        }
    }

    /// How often each question is answered.
    fn counts(&self, answers: &Answers<'_>, out: &mut Findings<'_, '_>) {
        let rule = Rule::new(self.set, self.whole);
        let at = answers.certificate;
        for question in self.all_questions() {
            let (least, most) = question.answers;
            if (least, most) == (0, MANY) {
                continue;
            }
            let count = answers.count(question.id);
            out.require((least..=most).contains(&count), rule, at, || {
                let often = times(least, most);
                format!(
                    "Fråga {} '{}' ska besvaras {often}.",
                    question.id, question.name
                )
            });
        }
        for answer in answers.all.iter().filter(|a| a.parent == Some(at)) {
            out.require(self.takes(answer.id), rule, answer.at, || {
                "Frågan finns inte i intygstypen.".to_owned()
            });
        }
    }

    fn answer(&self, answers: &Answers<'_>, answer: &Answer<'_>, out: &mut Findings<'_, '_>) {
        if let Some(question) = self.question(answer.id) {
            question.check(Rule::question(self.set, question.id), answer, out);
        }
        if self.extra_questions {
            self.extra(answers, answer, out);
        }
        for part in &answer.parts {
            if let Some((question, known)) = self.part(part.id) {
                let rule = match (known.pattern, self.value_pattern) {
                    (Some(pattern), _) => Rule::new(self.set, pattern),
                    (None, ValuePattern::Part) => Rule::question(self.set, known.id),
                    (None, ValuePattern::Question) => Rule::question(self.set, question.id),
                };
                known.value.check(answers, *part, rule, out);
            }
        }
    }

    /// Extra questions: one part each, text, each id once.
    fn extra(&self, answers: &Answers<'_>, answer: &Answer<'_>, out: &mut Findings<'_, '_>) {
        if !answer.id.parse::<f64>().is_ok_and(|id| id >= 9001.0) {
            return;
        }
        let rule = Rule::new(self.set, "q9000");
        out.require(answer.parts.len() == 1, rule, answer.at, || {
            "En tilläggsfråga ska ha ett delsvar.".to_owned()
        });
        let first = answers.before(answer).next().is_none();
        out.require(first, rule, answer.at, || {
            "En tilläggsfråga får besvaras en gång.".to_owned()
        });
        for part in &answer.parts {
            Value::Text.check(answers, *part, Rule::new(self.set, "q9000.1"), out);
        }
    }

    /// Instance numbers are at least 1.
    fn instances(&self, answers: &Answers<'_>, out: &mut Findings<'_, '_>) {
        let tree = answers.tree;
        for answer in answers.all.iter().filter(|a| a.instances > 0) {
            for id in tree.named(answer.at, Space::CORE, "instans") {
                let number = tree.text(id).trim().parse::<f64>();
                let rule = Rule::new(self.set, "instans-pattern");
                out.require(number.is_ok_and(|n| n >= 1.0), rule, id, || {
                    "Instansnumret ska vara minst 1.".to_owned()
                });
            }
        }
    }
}

/// The id of an extra question: 9000–9999.
fn is_extra(id: &str) -> bool {
    id.len() == 4 && id.starts_with('9') && id.bytes().all(|b| b.is_ascii_digit())
}
