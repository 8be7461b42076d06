//! AG7804, läkarintyg om arbetsförmåga to the employer: the official rule set `ag7804.v1` (Inera), restated.
//!
//! | patterns | here |
//! |---|---|
//! | `intyg`, `qN`, `qN.M`, `q103.1-103.2`, `q100.1-…`, `R35-1.2` | this file |
//! | `intyg` (or infection control), `q27.1` | the relations `…_OR_INFECTION`, `without_infection` |
//! | `q1`, `q1.3`, `q1.1-1.3` | [`fk`] |
//! | `q28.1-…`, `q32…`, `q33…`, `q39…`, `q40…` | [`sick_leave`] |
//! | `q6.3-6.4`, `q6.5-6.6-6.3`, `q6.2-6.4-6.6-R12` | [`diagnoses`] |
//! | `instans-pattern` | [`Form`] |

use super::form::Form;
use super::question::{MANY, Question, any, free, maybe, once, optional};
use super::relation::{Must, Of, On, forbids, here, inside, needs, part, rule};
use super::says::Says;
use super::value::{Value, code};
use super::{day, diagnoses, fk, sick_leave as s};

pub(super) const FORM: Form = Form {
    set: "ag7804.v1",
    questions: &[
        fk::BASIS,
        diagnoses::QUESTION,
        any(
            "17",
            "Aktivitetsbegränsningar",
            &[once("17.1", "Beskrivning", Value::Text)],
        ),
        s::ONGOING_TREATMENT,
        s::PLANNED_TREATMENT,
        fk::OTHER,
        s::INFECTION,
        s::OCCUPATION,
        s::WORK,
        s::PERIODS,
        s::HOURS,
        s::TRAVEL,
        maybe(
            "35",
            "Funktionsnedsättning",
            &[once("35.1", "Beskrivning", Value::Text)],
        ),
        s::LONGER_THAN_ADVISED,
        s::PROGNOSIS,
        MEASURES,
        s::MEASURES_DESCRIBED,
        any(
            "100",
            "Önskar förmedla diagnos",
            &[free("100.1", "Önskar förmedla diagnos", Value::Boolean)],
        )
        .open(),
        maybe(
            "103",
            "Kontakt önskas",
            &[
                once("103.1", "Kontakt med arbetsgivaren", Value::Boolean),
                optional("103.2", "Varför kontakt önskas", Value::Text),
            ],
        ),
    ],
    relations: &[
        rule("intyg", On::Whole, needs(inside("100", "100.1"))),
        rule(
            "intyg",
            On::Whole,
            Must::Either(&[
                (Of::Beside("6"), 0, 0),
                (Of::Inside("100", "100.1", Says::Yes), 1, MANY),
            ]),
        ),
        s::once_unless_infection(&[(Of::Beside("40"), 1, 8), (Of::Beside("27"), 1, 1)]),
        s::BASIS_OR_INFECTION,
        s::OCCUPATION_OR_INFECTION,
        s::once_unless_infection(&[(inside("35", "35.1"), 1, 1), (Of::Beside("27"), 1, 1)]),
        s::ACTIVITY_OR_INFECTION,
        s::PROGNOSIS_OR_INFECTION,
        s::MEASURES_OR_INFECTION,
        s::without_infection(Must::Count((Of::AnyAnswer("1"), 1, MANY))),
        s::without_infection(Must::Count((Of::AnyAnswer("28"), 1, MANY))),
        s::without_infection(Must::Count((Of::AnyAnswer("17"), 1, 1))),
        s::without_infection(Must::Count((Of::AnyAnswer("39"), 1, 1))),
        s::without_infection(Must::Count((Of::AnyAnswer("40"), 1, MANY))),
        fk::NEW_BASIS,
        fk::ONLY_OTHER_BASIS,
        fk::OTHER_BASIS,
        rule("R35-1.2", part("1.2", Says::Anything), day::NOT_IN_FUTURE),
        s::WORK_DESCRIBED,
        s::ONLY_WORK_DESCRIBED,
        s::NEW_OCCUPATION,
        rule(
            "q100.1-true",
            part("100.1", Says::Yes),
            needs(Of::AnyAnswer("6")),
        ),
        rule(
            "q100.1-false",
            part("100.1", Says::No),
            forbids(Of::AnyAnswer("6")),
        ),
        diagnoses::FIRST_SIDE,
        diagnoses::SECOND_SIDE,
        diagnoses::one_system("q6.2-6.4-6.6-R12"),
        s::PERIODS_APART,
        s::NEW_DEGREE,
        s::HOURS_WHEN_REDUCED,
        s::HOURS_ONLY_WHEN_REDUCED,
        s::REASON_FOR_HOURS,
        s::NO_REASON_FOR_HOURS,
        s::DAYS_TO_RETURN,
        s::NO_DAYS_TO_RETURN,
        s::NO_MEASURE_ALONE,
        s::NEW_MEASURE,
        s::NO_MEASURE_DESCRIBED,
        rule(
            "q103.1-103.2",
            part("103.1", Says::No),
            forbids(here("103.2")),
        ),
    ],
    ..Form::USUAL
};

/// Fewer measures than in LISJP: none between the patient and others, none with another employer.
const MEASURES: Question = any(
    "40",
    "Arbetslivsinriktade åtgärder",
    &[once(
        "40.1",
        "Val av åtgärd",
        code(
            "KV_FKMU_0004",
            &[
                "EJ_AKTUELLT",
                "ARBETSTRANING",
                "ARBETSANPASSNING",
                "BESOK_ARBETSPLATS",
                "ERGONOMISK",
                "HJALPMEDEL",
                "KONTAKT_FHV",
                "OMFORDELNING",
                "OVRIGA_ATGARDER",
            ],
        ),
    )],
)
.numbered();
