//! The rules of the diagnosis question of Försäkringskassan's forms: main diagnosis in 6.1 and 6.2, side diagnoses in 6.3–6.6.

use super::question::{PartRule, Question, any, free, once};
use super::relation::{Must, On, Relation, Spot, rule};
use super::text::{matches_pattern, normalize};
use super::value::{DIAGNOSIS, Value};
use crate::decode::space::Space;

const PARTS: &[PartRule] = &[
    once("6.1", "Diagnostext", Value::Text),
    once("6.2", "Diagnoskod", DIAGNOSIS),
    free("6.3", "Diagnostext, bidiagnos 1", Value::Text),
    free("6.4", "Diagnoskod, bidiagnos 1", DIAGNOSIS),
    free("6.5", "Diagnostext, bidiagnos 2", Value::Text),
    free("6.6", "Diagnoskod, bidiagnos 2", DIAGNOSIS),
];

/// Question 6.
pub(super) const QUESTION: Question = any("6", "Typ av diagnos", PARTS);

/// Text and code of side diagnosis 1 come together.
pub(super) const FIRST_SIDE: Relation = rule(
    "q6.3-6.4",
    On::Answer("6"),
    Must::Hold(
        first_side,
        "ska bidiagnos 1 ha både text (6.3) och kod (6.4)",
    ),
);

/// Text and code of side diagnosis 2 come together, and only after side diagnosis 1.
pub(super) const SECOND_SIDE: Relation = rule(
    "q6.5-6.6-6.3",
    On::Answer("6"),
    Must::Hold(
        second_side,
        "ska bidiagnos 2 ha både text (6.5) och kod (6.6), och bidiagnos 1 finnas",
    ),
);

/// All codes are of one system.
pub(super) const fn one_system(pattern: &'static str) -> Relation {
    let words = "ska huvuddiagnos och bidiagnoser vara ur samma kodverk";
    rule(pattern, On::Answer("6"), Must::Hold(same_system, words))
}

fn times(spot: &Spot<'_, '_>, id: &str) -> usize {
    spot.answer.map_or(0, |answer| answer.count(id))
}

fn first_side(spot: &Spot<'_, '_>) -> bool {
    matches!((times(spot, "6.3"), times(spot, "6.4")), (0, 0) | (1, 1))
}

fn second_side(spot: &Spot<'_, '_>) -> bool {
    match (times(spot, "6.5"), times(spot, "6.6")) {
        (0, 0) => true,
        (1, 1) => times(spot, "6.3") == 1,
        _ => false,
    }
}

fn same_system(spot: &Spot<'_, '_>) -> bool {
    let tree = spot.answers.tree;
    let system = |id: &str| {
        let part = spot.answer.and_then(|a| a.with(id).next());
        let value = part.and_then(|p| tree.child(p.at, Space::TYPES, "cv"));
        let system = value.and_then(|cv| tree.child(cv, Space::TYPES, "codeSystem"));
        system.map(|s| normalize(tree.text(s))).unwrap_or_default()
    };
    let main = system("6.2");
    matches_pattern(&main, &system("6.4")) && matches_pattern(&main, &system("6.6"))
}
