//! TSTRK1062, läkarintyg ADHD to Transportstyrelsen: the official rule set `tstrk1062.v1` (Inera), restated.
//!
//! All patterns stand in this file. Rules on 2.1 and 61.1 that look for an element `delsvarsvar` are left out: the schema
//! does not have it, so no document breaks them. `q58` asks of 57.1, as the official rule does.

use super::form::{Form, ValuePattern};
use super::question::{MANY, any, maybe, once, one, optional};
use super::relation::{Must, Of, On, anywhere, forbids, needs, part, rule};
use super::says::Says;
use super::value::{Codes, ICD_10_SE, System, Value};
use super::{day, driving};

pub(super) const FORM: Form = Form {
    set: "tstrk1062.v1",
    value_pattern: ValuePattern::Question,
    instances: false,
    questions: &[
        any(
            "1",
            "Intyget avser behörighet",
            &[once("1.1", "Behörighet", driving::ASKED_17)],
        )
        .times(1, 16),
        driving::IDENTITY,
        maybe(
            "32",
            "Övriga kommentarer",
            &[once("32.1", "Kommentar", Value::Text)],
        ),
        any(
            "33",
            "Uppfyller krav för behörighet",
            &[once("33.1", "Behörighet", driving::FIT_18)],
        )
        .times(1, 16),
        any(
            "51",
            "Diagnos, kodad",
            &[
                once("51.1", "Diagnoskod", DIAGNOSIS),
                optional("51.2", "Diagnostext", Value::Text),
                once("51.3", "Årtal", Value::Year),
            ],
        )
        .times(0, 4),
        any(
            "52",
            "Diagnos, fritext",
            &[
                once("52.1", "Diagnos", Value::Text),
                once("52.2", "Årtal", Value::Year),
            ],
        ),
        one(
            "53",
            "Läkemedelsbehandling har förekommit",
            &[once("53.1", "Om behandling", Value::YesOrNo)],
        ),
        maybe(
            "54",
            "Läkemedelsbehandling pågår",
            &[once("54.1", "Om behandling pågår", Value::YesOrNo)],
        ),
        maybe(
            "55",
            "Aktuell läkemedelsbehandling",
            &[once("55.1", "Läkemedel", Value::Text)],
        ),
        maybe(
            "56",
            "Behandling i mer än tre år",
            &[once("56.1", "Mer än tre år", Value::YesOrNo)],
        ),
        maybe(
            "57",
            "God behandlingseffekt",
            &[once("57.1", "God effekt", Value::YesOrNo)],
        ),
        maybe(
            "58",
            "God behandlingsföljsamhet",
            &[once("58.1", "God följsamhet", Value::Free)],
        ),
        maybe(
            "59",
            "Avslutad läkemedelsbehandling",
            &[
                once("59.1", "Tidpunkt", Value::Text),
                once("59.2", "Orsak", Value::Text),
            ],
        ),
        one(
            "60",
            "Symptom, funktionshinder och prognos",
            &[once("60.1", "Bedömning", Value::Text)],
        ),
        one(
            "61",
            "Prognos för stabilt tillstånd",
            &[once("61.1", "God prognos", Value::KnownOrNot)],
        ),
    ],
    relations: &[
        rule(
            "intyg",
            On::Whole,
            Must::Either(&[(Of::Beside("51"), 1, MANY), (Of::Beside("52"), 1, 1)]),
        ),
        rule("q51", On::Answer("51"), forbids(Of::AnyAnswer("52"))),
        rule("q52", On::Answer("52"), forbids(Of::AnyAnswer("51"))),
        rule(
            "q58",
            part("57.1", Says::Anything),
            Must::Be(Value::YesOrNo),
        ),
        rule("R1", part("53.1", Says::True), needs(anywhere("54.1"))),
        rule(
            "R2-R3-R4-R5",
            part("54.1", Says::True),
            needs(anywhere("55.1")),
        ),
        rule(
            "R2-R3-R4-R5",
            part("54.1", Says::True),
            needs(anywhere("56.1")),
        ),
        rule(
            "R2-R3-R4-R5",
            part("54.1", Says::True),
            needs(anywhere("57.1")),
        ),
        rule(
            "R2-R3-R4-R5",
            part("54.1", Says::True),
            needs(anywhere("58.1")),
        ),
        rule(
            "R6-R7",
            part("54.1", Says::False),
            needs(Of::AnyAnswer("59")),
        ),
        rule(
            "R8-R9",
            part("33.1", driving::CANNOT_SAY),
            needs(anywhere("33.1")),
        ),
        rule("R10", part("51.3", Says::Anything), day::YEAR_NOT_IN_FUTURE),
        rule("R14", part("52.2", Says::Anything), day::YEAR_NOT_IN_FUTURE),
    ],
    ..Form::USUAL
};

const DIAGNOSIS: Value = Value::Code {
    system: System::OneOf(&[ICD_10_SE]),
    codes: Codes::ShortDiagnosis,
};
