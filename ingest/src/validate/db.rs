//! DB, dödsbevis: the official rule set `db.v1` (Inera), restated.
//!
//! | patterns | here |
//! |---|---|
//! | `intyg`, `qN`, `qN.M` | the table of questions and [`death`] |
//! | `q2.2-2.1`, `q2.3-2.1`, `q2.3-2.2`, `q4.1-birth` | [`death`] |
//! | `q5.2-5.1`, `q6.2`, `q6.3`, `q6.2-6.1`, `q6.3-6.2`, `q7.1` | the relations |

use super::death;
use super::form::Form;
use super::question::{once, one, optional};
use super::relation::{Must, Of, On, anywhere, forbids, needs, part, rule, some};
use super::says::Says;
use super::value::{Value, code};

pub(super) const FORM: Form = Form {
    set: "db.v1",
    instances: false,
    questions: &[
        death::IDENTITY,
        death::DATE,
        death::PLACE,
        death::CHILD,
        one(
            "5",
            "Explosivt implantat",
            &[
                once("5.1", "Finns explosivt implantat", Value::Boolean),
                optional("5.2", "Har implantatet avlägsnats", Value::Boolean),
            ],
        ),
        one(
            "6",
            "Yttre undersökning",
            &[
                once("6.1", "Om undersökning", Value::Boolean),
                optional("6.2", "Detaljer", Value::Free),
                optional("6.3", "Datum före döden", Value::Free),
            ],
        ),
        one(
            "7",
            "Polisanmälan",
            &[once("7.1", "Om polisanmälan", Value::Boolean)],
        ),
    ],
    relations: &[
        death::CERTAIN_DATE,
        death::UNCERTAIN_DATE,
        death::NOT_FOUND,
        death::FOUND,
        death::FOUND_AFTER_DEATH,
        death::CHILD_BY_AGE,
        rule("q5.2-5.1", part("5.1", Says::No), forbids(anywhere("5.2"))),
        rule("q5.2-5.1", part("5.1", Says::Yes), needs(anywhere("5.2"))),
        rule(
            "q6.2",
            On::PartWith("6.2", "6.1", Says::No),
            Must::Be(DETAILS),
        ),
        rule("q6.3", EXAMINED_BEFORE, Must::Be(Value::Date)),
        death::not_after_death("q6.3", EXAMINED_BEFORE),
        rule("q6.2-6.1", part("6.1", Says::Yes), forbids(anywhere("6.2"))),
        rule("q6.2-6.1", part("6.1", Says::No), needs(anywhere("6.2"))),
        rule(
            "q6.3-6.2",
            part("6.2", Says::NotCode(&[DONE])),
            forbids(anywhere("6.3")),
        ),
        rule(
            "q6.3-6.2",
            part("6.2", Says::Code(&[DONE])),
            needs(anywhere("6.3")),
        ),
        rule(
            "q7.1",
            part("6.2", Says::CodeWith("UNDERSOKNING_SKA_GORAS")),
            some(Of::Anywhere("7.1", Says::Yes)),
        ),
    ],
    ..Form::USUAL
};

const DONE: &str = "UNDERSOKNING_GJORT";

const EXAMINED_BEFORE: On = On::PartWith("6.3", "6.2", Says::Code(&[DONE]));

const DETAILS: Value = code(
    "da46dd8c-b3f1-4e39-8d62-777d069213ea",
    &[DONE, "UNDERSOKNING_SKA_GORAS"],
);
