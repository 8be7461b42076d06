//! Questions that LUSE and LUAE_NA share: the course of the illness, the seven areas of impaired function, treatment and
//! what the patient can do.

use super::question::{MANY, Question, maybe, once, one};
use super::relation::{Must, Of, On, Relation, rule};
use super::value::Value;

pub(super) const COURSE: Question = one(
    "5",
    "Sjukdomsförlopp",
    &[once("5.1", "Beskrivning av sjukdomsförlopp", Value::Text)],
);
pub(super) const DIAGNOSIS_BASIS: Question = one(
    "7",
    "Diagnosgrund",
    &[once("7.1", "Ursprunglig diagnos", Value::Text)],
);
pub(super) const INTELLECTUAL: Question = maybe(
    "8",
    "Intellektuell funktion",
    &[once("8.1", "Beskrivning", Value::Text)],
);
pub(super) const PSYCHOSOCIAL: Question = maybe(
    "9",
    "Övergripande psykosociala funktioner",
    &[once("9.1", "Beskrivning", Value::Text)],
);
pub(super) const ATTENTION: Question = maybe(
    "10",
    "Uppmärksamhet och koncentration",
    &[once("10.1", "Beskrivning", Value::Text)],
);
pub(super) const OTHER_MENTAL: Question = maybe(
    "11",
    "Annan psykisk funktion",
    &[once("11.1", "Beskrivning", Value::Text)],
);
pub(super) const SENSES: Question = maybe(
    "12",
    "Syn, hörsel och tal",
    &[once("12.1", "Beskrivning", Value::Text)],
);
pub(super) const BALANCE: Question = maybe(
    "13",
    "Balans, koordination, motorik och smärta",
    &[once("13.1", "Beskrivning", Value::Text)],
);
pub(super) const OTHER_BODILY: Question = maybe(
    "14",
    "Annan kroppslig funktion",
    &[once("14.1", "Beskrivning", Value::Text)],
);
pub(super) const ACTIVITY: Question = one(
    "17",
    "Aktivitetsbegränsningar",
    &[once("17.1", "Beskrivning", Value::Text)],
);
pub(super) const PAST_TREATMENT: Question = maybe(
    "18",
    "Avslutade medicinska behandlingar",
    &[once("18.1", "Behandling, period och resultat", Value::Text)],
);
pub(super) const SUBSTANCES: Question = maybe(
    "21",
    "Substansintag",
    &[once("21.1", "Typ av substansintag", Value::Text)],
);
pub(super) const FITNESS: Question = one(
    "22",
    "Medicinska förutsättningar för arbete",
    &[once("22.1", "Beskrivning", Value::Text)],
);
pub(super) const ABILITY: Question = maybe(
    "23",
    "Förmåga trots begränsningar",
    &[once("23.1", "Beskrivning", Value::Text)],
);

/// At least one area of impaired function is described.
pub(super) const SOME_FUNCTION: Relation = rule(
    "intyg",
    On::Whole,
    Must::Either(&[
        (Of::Beside("8"), 1, MANY),
        (Of::Beside("9"), 1, MANY),
        (Of::Beside("10"), 1, MANY),
        (Of::Beside("11"), 1, MANY),
        (Of::Beside("12"), 1, MANY),
        (Of::Beside("13"), 1, MANY),
        (Of::Beside("14"), 1, MANY),
    ]),
);
