//! LISJP, läkarintyg för sjukpenning: the official rule set `lisjp.v1` (Inera), restated.
//!
//! Questions and parts are a table ([`questions`]); the rules between them are functions ([`relations`]).

mod parts;
mod questions;
mod relations;

use super::answers::{Answer, Answers};
use super::{Findings, Rule};
use questions::{PARTS, QUESTIONS, Question, Times};

const SET: &str = "lisjp.v1";

pub(super) fn check(answers: &Answers<'_>, out: &mut Findings<'_, '_>) {
    certificate(answers, out);
    for answer in &answers.all {
        if let Some(question) = QUESTIONS.iter().find(|q| q.id == answer.id) {
            check_answer(question, answer, out);
        }
        extra_question(answers, answer, out);
        for part in &answer.parts {
            if let Some(known) = PARTS.iter().find(|p| p.id == part.id) {
                let rule = Rule::question(SET, known.id);
                known.value.check(answers, *part, rule, out);
            }
        }
    }
    relations::check(answers, out);
}

/// How often each question is answered.
fn certificate(answers: &Answers<'_>, out: &mut Findings<'_, '_>) {
    let rule = Rule::new(SET, "intyg");
    let at = answers.certificate;
    let mut counts = [0_usize; QUESTIONS.len()];
    for answer in answers.all.iter().filter(|a| a.parent == Some(at)) {
        match QUESTIONS.iter().position(|q| q.id == answer.id) {
            Some(question) => counts[question] += 1,
            None => out.require(is_extra(answer.id), rule, answer.at, || {
                "Oväntat svars-id.".to_owned()
            }),
        }
    }
    let infection = answers.count("27") == 1;
    for (question, count) in QUESTIONS.iter().zip(counts) {
        let (least, most) = question.answers;
        out.require((least..=most).contains(&count), rule, at, || {
            format!("'{}' ska besvaras {least}–{most} gånger.", question.name)
        });
        if question.unless_infection {
            // A single-answer question counts only when it is answered exactly once.
            let answered = if most == 1 { count == 1 } else { count >= 1 };
            out.require(answered || infection, rule, at, || {
                format!(
                    "Intyget måste ha '{}' eller 'Smittbärarpenning'.",
                    question.name
                )
            });
        }
    }
}

/// The id of an extra question: 9000–9999.
fn is_extra(id: &str) -> bool {
    id.len() == 4 && id.starts_with('9') && id.bytes().all(|b| b.is_ascii_digit())
}

fn check_answer(question: &Question, answer: &Answer<'_>, out: &mut Findings<'_, '_>) {
    let rule = Rule::question(SET, question.id);
    let name = question.name;
    out.require(
        !question.instance || answer.instances == 1,
        rule,
        answer.at,
        || format!("'{name}' måste ha ett instansnummer."),
    );
    for (id, times) in question.parts {
        let count = answer.count(id);
        let holds = match times {
            Times::Once => count == 1,
            Times::AtMostOnce => count <= 1,
            Times::Any => true,
        };
        let part = PARTS.iter().find(|p| p.id == *id).map_or("", |p| p.name);
        out.require(holds, rule, answer.at, || match times {
            Times::Once => format!("'{name}' måste ha ett '{part}'."),
            _ => format!("'{name}' får ha högst ett '{part}'."),
        });
    }
    let known = |id: &str| question.parts.iter().any(|(p, _)| *p == id);
    for part in answer.parts.iter().filter(|p| !known(p.id)) {
        out.require(false, rule, part.at, || "Oväntat delsvars-id.".to_owned());
    }
}

/// Extra questions (tilläggsfrågor): one part each, text, each id once.
fn extra_question(answers: &Answers<'_>, answer: &Answer<'_>, out: &mut Findings<'_, '_>) {
    if !answer.id.parse::<f64>().is_ok_and(|id| id >= 9001.0) {
        return;
    }
    let rule = Rule::new(SET, "q9000");
    out.require(answer.parts.len() == 1, rule, answer.at, || {
        "En tilläggsfråga måste ha ett delsvar.".to_owned()
    });
    let first = answers.before(answer).next().is_none();
    out.require(first, rule, answer.at, || {
        "Två tilläggsfrågor kan inte ha samma id.".to_owned()
    });
    for part in &answer.parts {
        super::value::Value::Text.check(answers, *part, Rule::new(SET, "q9000.1"), out);
    }
}
