//! TSTRK1009, läkares anmälan to Transportstyrelsen: the official rule set `tstrk1009.v1` (Inera), restated.
//!
//! All patterns stand in this file. Question ids are not ruled.

use super::form::{Form, Ids};
use super::question::{any, maybe, once, one};
use super::relation::{Of, forbids, needs, part, rule};
use super::says::Says;
use super::value::{Codes, System, Value};
use super::{day, driving};

pub(super) const FORM: Form = Form {
    set: "tstrk1009.v1",
    ids: Ids::Any,
    instances: false,
    questions: &[
        any(
            "1",
            "Behörigheter som avses",
            &[once("1.1", "Behörighet", driving::FIT_18)],
        )
        .times(1, 16)
        .numbered(),
        one(
            "2",
            "Identitet styrkt genom",
            &[once(
                "2.1",
                "Identitet styrkt genom",
                driving::IDENTITY_CODES,
            )],
        ),
        one(
            "46",
            "Olämplighet eller sannolik olämplighet",
            &[once("46.1", "Olämplighet", UNFIT)],
        ),
        one(
            "47",
            "Medicinska förhållanden",
            &[once("47.1", "Beskrivning", Value::Text)],
        ),
        one(
            "48",
            "Senaste undersökning",
            &[once("48.1", "Datum", Value::Date)],
        ),
        maybe(
            "49",
            "Information om beslut önskas",
            &[once("49.1", "Om information önskas", Value::Boolean)],
        ),
    ],
    relations: &[
        rule("R1-48.1", part("48.1", Says::Anything), day::NOT_IN_FUTURE),
        rule("R8-1.1", part("1.1", CANNOT_SAY), needs(Of::AnyAnswer("1"))),
        rule(
            "R10-1.1",
            part("1.1", Says::CodeWithout("VAR11")),
            forbids(Of::Anywhere("1.1", CANNOT_SAY)),
        ),
    ],
    ..Form::USUAL
};

/// The official rule takes any code with the word in it.
const UNFIT: Value = Value::Code {
    system: System::Is("1.2.752.129.5.1.4"),
    codes: Codes::With("OLAMPLIGHET"),
};

const CANNOT_SAY: Says = Says::CodeWith("VAR11");
