//! LISJP, läkarintyg för sjukpenning: the official rule set `lisjp.v1` (Inera), restated.
//!
//! | patterns | here |
//! |---|---|
//! | `intyg`, `qN`, `qN.M` | the table of questions |
//! | `intyg` (or infection control), `q27.1` | the relations `…_OR_INFECTION`, `without_infection` |
//! | `q1`, `q1.3`, `q1.1-1.3`, `q26.1-26.2` | [`fk`] |
//! | `q28.1-…`, `q32…`, `q33…`, `q39…`, `q40…` | [`sick_leave`] |
//! | `q6.3-6.4`, `q6.5-6.6-6.3`, `q6.2-6.4-6.6-R12` | [`diagnoses`] |
//! | `q9000`, `q9000.1`, `instans-pattern` | [`Form`] |

use super::form::{Form, Ids};
use super::question::{MANY, Question, any, maybe, once};
use super::relation::{Must, Of};
use super::says::Says;
use super::value::{Value, code};
use super::{diagnoses, fk, sick_leave as s};

pub(super) const FORM: Form = Form {
    set: "lisjp.v1",
    ids: Ids::ListedOrExtra,
    extra_questions: true,
    questions: &[
        fk::BASIS,
        diagnoses::QUESTION.times(1, 1),
        maybe(
            "17",
            "Aktivitetsbegränsningar",
            &[once("17.1", "Beskrivning", Value::Text)],
        ),
        s::ONGOING_TREATMENT,
        s::PLANNED_TREATMENT,
        fk::OTHER,
        fk::CONTACT,
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
    ],
    relations: &[
        s::BASIS_OR_INFECTION,
        s::OCCUPATION_OR_INFECTION,
        s::once_unless_infection(&[(Of::Beside("35"), 1, 1), (Of::Beside("27"), 1, 1)]),
        s::ACTIVITY_OR_INFECTION,
        s::PROGNOSIS_OR_INFECTION,
        s::MEASURES_OR_INFECTION,
        s::without_infection(Must::Count((Of::AnyAnswer("1"), 1, MANY))),
        s::without_infection(Must::Count((Of::AnyAnswer("28"), 1, MANY))),
        s::without_infection(Must::Count((Of::AnyAnswer("35"), 1, 1))),
        s::without_infection(Must::Count((Of::AnyAnswer("17"), 1, 1))),
        s::without_infection(Must::Count((Of::AnyAnswer("39"), 1, 1))),
        s::without_infection(Must::Count((Of::AnyAnswer("40"), 1, MANY))),
        fk::NEW_BASIS,
        fk::ONLY_OTHER_BASIS,
        fk::OTHER_BASIS,
        s::WORK_DESCRIBED,
        s::ONLY_WORK_DESCRIBED,
        s::NEW_OCCUPATION,
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
        fk::reason_for_contact(Says::No),
    ],
    ..Form::USUAL
};

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
                "SOKA_NYTT_ARBETE",
                "BESOK_ARBETSPLATS",
                "ERGONOMISK",
                "HJALPMEDEL",
                "KONFLIKTHANTERING",
                "KONTAKT_FHV",
                "OMFORDELNING",
                "OVRIGA_ATGARDER",
            ],
        ),
    )],
)
.times(0, 10)
.numbered();
