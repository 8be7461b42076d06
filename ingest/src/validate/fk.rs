//! Questions that several forms of Försäkringskassan (and AG7804, made after them) share, with their rules.

use super::answers::Part;
use super::question::{PartRule, Question, any, maybe, once, one, optional};
use super::relation::{Must, Of, On, Relation, Spot, forbids, here, part, rule, some};
use super::says::Says;
use super::text::normalize;
use super::value::{Value, code};

/// KV_FKMU_0001 as sick-leave certificates use it.
pub(super) const BASIS_CODES: Value = code(
    "KV_FKMU_0001",
    &[
        "UNDERSOKNING",
        "TELEFONKONTAKT",
        "JOURNALUPPGIFTER",
        "ANNAT",
    ],
);

const BASIS_PARTS: &[PartRule] = &[
    once("1.1", "Typ av grund", BASIS_CODES),
    once("1.2", "Datum för grund", Value::Date),
    optional("1.3", "Annan grund", Value::Text),
];

/// Question 1 of a sick-leave certificate.
pub(super) const BASIS: Question = any("1", "Grund för medicinskt underlag", BASIS_PARTS)
    .times(0, 4)
    .numbered();

const STATEMENT_BASIS_PARTS: &[PartRule] = &[
    once(
        "1.1",
        "Typ av grund",
        code(
            "KV_FKMU_0001",
            &["UNDERSOKNING", "JOURNALUPPGIFTER", "ANHORIG", "ANNAT"],
        ),
    ),
    once("1.2", "Datum för grund", Value::Date),
    optional("1.3", "Annan grund", Value::Text),
];

/// Question 1 of a statement (läkarutlåtande).
pub(super) const STATEMENT_BASIS: Question =
    any("1", "Grund för medicinskt underlag", STATEMENT_BASIS_PARTS)
        .times(1, 4)
        .numbered();

/// Each basis once.
pub(super) const NEW_BASIS: Relation = rule("q1", On::Answer("1"), Must::NewCode("1.1"));
/// Another basis only where the basis is another one …
pub(super) const ONLY_OTHER_BASIS: Relation = rule(
    "q1.3",
    part("1.3", Says::Anything),
    forbids(Of::Here("1.1", Says::OtherCode(&["ANNAT"]))),
);
/// … and always there.
pub(super) const OTHER_BASIS: Relation = rule(
    "q1.1-1.3",
    part("1.1", Says::Code(&["ANNAT"])),
    some(here("1.3")),
);

/// Questions 2 and 3 of a statement.
pub(super) const KNOWN_SINCE: Question = one(
    "2",
    "Kännedom om patienten",
    &[once("2.1", "Datum för kännedom", Value::Date)],
);
pub(super) const OTHER_SOURCES: Question = one(
    "3",
    "Andra utredningar eller underlag",
    &[once("3.1", "Finns andra underlag", Value::Boolean)],
);

/// The patient was known when she was examined. Days are compared as text, as in the official rule.
pub(super) const KNOWN_WHEN_EXAMINED: Relation = rule(
    "q1.1-1.2-2.1",
    part("1.1", Says::Code(&["UNDERSOKNING", "ANHORIG"])),
    Must::Hold(
        known_when_examined,
        "får datum för kännedom (2.1) inte vara senare än grundens datum (1.2)",
    ),
);

fn known_when_examined(spot: &Spot<'_, '_>) -> bool {
    let text = |part: Option<Part<'_>>| {
        let whole = part.map(|p| spot.answers.string(p)).unwrap_or_default();
        normalize(&whole).into_owned()
    };
    let known = spot.beside("2").flat_map(|a| a.with("2.1")).next();
    let examined = spot.answer.and_then(|a| a.with("1.2").next());
    text(known) <= text(examined)
}

/// Question 4 is answered if and only if 3.1 says that there are other sources.
pub(super) const SOURCES_NAMED: Relation =
    rule("q3.1-4", part("3.1", Says::True), some(Of::Beside("4")));
pub(super) const NO_SOURCES: Relation =
    rule("q3.1-4", part("3.1", Says::False), forbids(Of::Beside("4")));

/// Question 45 of LUSE and LUAE_NA, with its rules: a new assessment is described if and only if it is needed.
pub(super) const NEW_DIAGNOSIS: Question = one(
    "45",
    "Behov av ny diagnos",
    &[
        once("45.1", "Ny bedömning behövs", Value::Boolean),
        super::question::free("45.2", "Beskrivning", Value::Text),
    ],
);
pub(super) const NEW_DIAGNOSIS_DESCRIBED: Relation = rule(
    "q45.1-45.2",
    part("45.1", Says::True),
    super::relation::needs(here("45.2")),
);
pub(super) const NO_NEW_DIAGNOSIS: Relation = rule(
    "q45.1-45.2",
    part("45.1", Says::False),
    forbids(here("45.2")),
);

/// Questions 25 and 26.
pub(super) const OTHER: Question = text(
    "25",
    "Övrigt",
    &[once("25.1", "Övriga upplysningar", Value::Text)],
);
pub(super) const CONTACT: Question = maybe(
    "26",
    "Kontakt önskas",
    &[
        once("26.1", "Kontakt önskas", Value::Boolean),
        optional("26.2", "Varför kontakt önskas", Value::Text),
    ],
);

/// A reason for contact only when contact is wanted.
pub(super) const fn reason_for_contact(no: Says) -> Relation {
    rule("q26.1-26.2", part("26.1", no), forbids(here("26.2")))
}

/// A question of one text that may be left out.
pub(super) const fn text(
    id: &'static str,
    name: &'static str,
    parts: &'static [PartRule],
) -> Question {
    maybe(id, name, parts)
}
