//! What a death certificate (DB) and a statement of the cause of death (DOI) both ask: identity, date and place of death.

use chrono::Days;

use super::day::birth;
use super::question::{Question, once, one, optional};
use super::relation::{Must, On, Relation, Spot, anywhere, forbids, needs, part, rule};
use super::says::Says;
use super::structure::{is_date, parse_date};
use super::text::{normalize, says_no, says_yes};
use super::value::{Value, code};

pub(super) const IDENTITY: Question = one(
    "1",
    "Identiteten styrkt",
    &[once("1.1", "Hur identiteten styrkts", Value::Text)],
);

pub(super) const DATE: Question = one(
    "2",
    "Dödsdatum",
    &[
        once("2.1", "Dödsdatum säkert", Value::Boolean),
        once("2.2", "Dödsdatum", Value::Free),
        optional("2.3", "Anträffad död", Value::Date),
    ],
);

pub(super) const PLACE: Question = one(
    "3",
    "Dödsplats",
    &[
        once("3.1", "Kommun", Value::Text),
        once(
            "3.2",
            "Boende",
            code(
                "65f0069f-14b5-4634-b187-5193580a3349",
                &["SJUKHUS", "ORDINART_BOENDE", "SARSKILT_BOENDE", "ANNAN"],
            ),
        ),
    ],
);

pub(super) const CHILD: Question = one(
    "4",
    "Barn som avlidit senast 28 dygn efter födelsen",
    &[once("4.1", "Om barn avlidit", Value::Boolean)],
);

/// A certain date of death is a date, an uncertain one has the shape of one.
pub(super) const CERTAIN_DATE: Relation = rule(
    "q2.2-2.1",
    On::PartWith("2.2", "2.1", Says::Yes),
    Must::Be(Value::Date),
);
pub(super) const UNCERTAIN_DATE: Relation = rule(
    "q2.2-2.1",
    On::PartWith("2.2", "2.1", Says::No),
    Must::Be(Value::DateShape),
);

/// When she was found dead is told if and only if the date of death is uncertain; it is after the date of death.
pub(super) const NOT_FOUND: Relation =
    rule("q2.3-2.1", part("2.1", Says::Yes), forbids(anywhere("2.3")));
pub(super) const FOUND: Relation = rule("q2.3-2.1", part("2.1", Says::No), needs(anywhere("2.3")));
pub(super) const FOUND_AFTER_DEATH: Relation = rule(
    "q2.3-2.2",
    part("2.3", Says::Anything),
    Must::Hold(found_after_death, "ska det vara efter dödsdatum (2.2)"),
);

/// With a certain date of death, 4.1 tells whether it was within 28 days of birth.
pub(super) const CHILD_BY_AGE: Relation = rule(
    "q4.1-birth",
    part("2.1", Says::Yes),
    Must::Hold(
        child_by_age,
        "ska 4.1 vara sant om, och bara om, dödsdatum är senast 28 dygn efter födelsen",
    ),
);

/// A date is not after the date of death, nor after the day on which the patient was found dead.
pub(super) const fn not_after_death(pattern: &'static str, on: On) -> Relation {
    let words = "får datumet inte vara efter dödsdatum (2.2) eller anträffad död (2.3)";
    rule(pattern, on, Must::Hold(is_not_after_death, words))
}

fn found_after_death(spot: &Spot<'_, '_>) -> bool {
    let (found, died) = (spot.text_of("2.3"), spot.text_of("2.2"));
    match (parse_date(found), parse_date(died)) {
        (None, _) => true,
        (Some(found), Some(died)) => found > died,
        // An uncertain date such as 2026-00-00 is compared as text, as in the official rule.
        (Some(_), None) => died.is_empty() || found > died,
    }
}

fn child_by_age(spot: &Spot<'_, '_>) -> bool {
    let tree = spot.answers.tree;
    let mut beside = spot.answer.into_iter().flat_map(|a| a.with("2.2"));
    if !beside.any(|p| is_date(tree.text(p.at))) {
        return true;
    }
    let died = parse_date(spot.text_of("2.2"));
    let last = birth(spot).and_then(|birth| birth.checked_add_days(Days::new(28)));
    let (Some(died), Some(last)) = (died, last) else {
        return true;
    };
    let child = normalize(spot.text_of("4.1"));
    if died <= last {
        says_yes(&child)
    } else {
        says_no(&child)
    }
}

fn is_not_after_death(spot: &Spot<'_, '_>) -> bool {
    let Some(day) = parse_date(spot.text()) else {
        return true;
    };
    ["2.2", "2.3"]
        .into_iter()
        .filter_map(|id| parse_date(spot.text_of(id)))
        .all(|limit| day <= limit)
}
