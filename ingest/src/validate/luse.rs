//! LUSE, läkarutlåtande för sjukersättning: the official rule set `luse.v1` (Inera), restated.
//!
//! | patterns | here |
//! |---|---|
//! | `intyg`, `qN`, `qN.M` | the table of questions and [`statement`] |
//! | `q1`, `q1.3`, `q1.1-1.3`, `q1.1-1.2-2.1`, `q3.1-4`, `q26.1-26.2`, `q45.1-45.2` | [`fk`] |
//! | `q6.3-6.4`, `q6.5-6.6-6.3`, `q6.2-6.4-6.6-R9` | [`diagnoses`] |
//! | `q9000`, `q9000.1`, `instans-pattern` | [`Form`] |

use super::form::{Form, Ids};
use super::question::{Question, any, once};
use super::relation::Relation;
use super::says::Says;
use super::value::{Value, code};
use super::{diagnoses, fk, sick_leave, statement};

pub(super) const FORM: Form = Form {
    set: "luse.v1",
    ids: Ids::ListedOrExtra,
    extra_questions: true,
    questions: &[
        fk::STATEMENT_BASIS,
        fk::KNOWN_SINCE,
        fk::OTHER_SOURCES,
        SOURCES,
        statement::COURSE,
        diagnoses::QUESTION.times(1, 1),
        statement::DIAGNOSIS_BASIS,
        fk::NEW_DIAGNOSIS,
        statement::INTELLECTUAL,
        statement::PSYCHOSOCIAL,
        statement::ATTENTION,
        statement::OTHER_MENTAL,
        statement::SENSES,
        statement::BALANCE,
        statement::OTHER_BODILY,
        statement::ACTIVITY,
        statement::PAST_TREATMENT,
        sick_leave::ONGOING_TREATMENT,
        sick_leave::PLANNED_TREATMENT,
        statement::SUBSTANCES,
        statement::FITNESS,
        statement::ABILITY,
        fk::OTHER,
        fk::CONTACT,
    ],
    relations: RELATIONS,
    ..Form::USUAL
};

const RELATIONS: &[Relation] = &[
    statement::SOME_FUNCTION,
    fk::NEW_BASIS,
    fk::ONLY_OTHER_BASIS,
    fk::OTHER_BASIS,
    fk::KNOWN_WHEN_EXAMINED,
    fk::SOURCES_NAMED,
    fk::NO_SOURCES,
    fk::NEW_DIAGNOSIS_DESCRIBED,
    fk::NO_NEW_DIAGNOSIS,
    diagnoses::FIRST_SIDE,
    diagnoses::SECOND_SIDE,
    diagnoses::one_system("q6.2-6.4-6.6-R9"),
    fk::reason_for_contact(Says::False),
];

const SOURCES: Question = any(
    "4",
    "Andra medicinska utredningar eller underlag",
    &[
        once(
            "4.1",
            "Typ av utredning eller underlag",
            code(
                "KV_FKMU_0005",
                &[
                    "NEUROPSYKIATRISKT",
                    "HABILITERING",
                    "ARBETSTERAPEUT",
                    "FYSIOTERAPEUT",
                    "LOGOPED",
                    "PSYKOLOG",
                    "FORETAGSHALSOVARD",
                    "SPECIALISTKLINIK",
                    "VARD_UTOMLANDS",
                    "OVRIGT_UTLATANDE",
                ],
            ),
        ),
        once("4.2", "Datum för utredning eller underlag", Value::Date),
        once("4.3", "Var utredningen kan hämtas in", Value::Text),
    ],
)
.times(0, 3)
.numbered();
