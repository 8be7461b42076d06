//! What Transportstyrelsen's certificates share: identity, driving-licence categories, visual acuity.

use super::question::{MANY, Question, once, one};
use super::relation::{Count, Must, Of, On, Relation, Spot, here, rule};
use super::says::Says;
use super::text::number;
use super::value::{Codes, System, Value, code};

/// How identity was proved (KV_ID_KONTROLL).
pub(super) const IDENTITY_CODES: Value = code(
    "e7cc8f30-a353-4c42-b17a-a189b6876647",
    &["IDK1", "IDK2", "IDK3", "IDK4", "IDK5", "IDK6"],
);

/// Question 2, its code not ruled: the official rule looks for an element that the schema does not have.
pub(super) const IDENTITY: Question = one(
    "2",
    "Identitet styrkt genom",
    &[once("2.1", "Identitet styrkt genom", Value::Free)],
);

/// KV_INTYGET_AVSER and KV_KORKORTSBEHORIGHET: the code systems of categories asked for and of categories fit for.
pub(super) const ASKED: &str = "24c41b8d-258a-46bf-a08a-b90738b28770";
pub(super) const FIT: &str = "e889fa20-1dee-4f79-8b37-03853e75a9f8";

/// Higher categories asked for: C1 to DE and taxi.
pub(super) const HIGHER: Says = Says::Code(&[
    "IAV1", "IAV2", "IAV3", "IAV4", "IAV5", "IAV6", "IAV7", "IAV8", "IAV9",
]);

/// Categories asked for, since TSTRK1031 v3.
pub(super) const ASKED_17: Value = code(
    ASKED,
    &[
        "IAV1", "IAV2", "IAV3", "IAV4", "IAV5", "IAV6", "IAV7", "IAV8", "IAV9", "IAV11", "IAV12",
        "IAV13", "IAV14", "IAV15", "IAV16", "IAV17",
    ],
);

/// Categories fit for; `VAR11` = cannot say.
pub(super) const FIT_18: Value = code(
    FIT,
    &[
        "VAR1", "VAR2", "VAR3", "VAR4", "VAR5", "VAR6", "VAR7", "VAR8", "VAR9", "VAR11", "VAR12",
        "VAR13", "VAR14", "VAR15", "VAR16", "VAR17", "VAR18",
    ],
);

/// A code of any system.
pub(super) const ANY_CODE: Value = Value::Code {
    system: System::Any,
    codes: Codes::Any,
};

/// "Cannot say" stands alone.
pub(super) const CANNOT_SAY: Says = Says::Code(&["VAR11"]);

/// Each of three parts stands once in the answers to question 8.
pub(super) fn once_each(spot: &Spot<'_, '_>, ids: [&'static str; 3]) -> bool {
    ids.into_iter()
        .all(|id| spot.count(&Of::Inside("8", id, Says::Anything)) == 1)
}

/// The number in the first part of an id in this answer; not a number if there is none.
pub(super) fn acuity(spot: &Spot<'_, '_>, id: &str) -> f64 {
    let part = spot.answer.and_then(|a| a.with(id).next());
    part.map_or(f64::NAN, |p| number(spot.answers.tree.text(p.at)))
}

/// Whether a category with this code is asked for.
pub(super) fn asks_for(spot: &Spot<'_, '_>, says: Says) -> bool {
    spot.count(&Of::Inside("1", "1.1", says)) >= 1
}

/// Acuity is told here unless 8.1 says that it is sent separately.
pub(super) const fn acuity_here(pattern: &'static str) -> Relation {
    rule(pattern, On::Answer("8"), Must::Either(ACUITY_OR_SEPARATE))
}

const ACUITY_OR_SEPARATE: &[Count] = &[
    (Of::Here("8.1", Says::NotNo), 1, MANY),
    (here("8.2"), 1, 1),
    (here("8.3"), 1, 1),
    (here("8.4"), 1, 1),
    (here("8.5"), 1, 1),
    (here("8.6"), 1, 1),
    (here("8.7"), 1, 1),
];
