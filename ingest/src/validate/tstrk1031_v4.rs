//! TSTRK1031, from version 4: the official rule set `tstrk1031.v4` (Inera), restated.
//!
//! All patterns stand in this file: `intyg` and `qN` in the table, the rest among the relations; `R35` in [`fit_if_asked`].
//! The rules on part 2.1 look for an element (`delsvarsvar`) that the schema does not have, so no document breaks them.

use super::form::{Form, Ids, ValuePattern};
use super::question::{MANY, any, maybe, once, one, optional};
use super::relation::{
    Must, Of, On, Relation, anywhere, forbids, here, inside, needs, part, rule, some,
};
use super::says::Says;
use super::value::{Value, code};
use super::{day, driving};

pub(super) const FORM: Form = Form {
    set: "tstrk1031.v4",
    ids: Ids::Like(is_question),
    value_pattern: ValuePattern::Question,
    instances: false,
    questions: &[
        any(
            "1",
            "Intyget avser behörighet",
            &[once("1.1", "Behörighet", ASKED_FOR)],
        )
        .times(1, 16),
        driving::IDENTITY,
        one(
            "18",
            "Typ av diabetes",
            &[
                optional("18.1", "Typ", TYPE),
                optional("18.2", "Annan typ", Value::TextTo(53)),
            ],
        ),
        maybe(
            "32",
            "Övriga kommentarer",
            &[once("32.1", "Kommentar", Value::TextTo(189))],
        ),
        any(
            "33",
            "Uppfyller krav för behörighet",
            &[once("33.1", "Behörighet", driving::FIT_18)],
        )
        .times(1, 16),
        maybe(
            "34",
            "Bör undersökas av specialistläkare",
            &[once("34.1", "Specialist", Value::TextTo(71))],
        ),
        one(
            "35",
            "År då diabetesdiagnosen ställdes",
            &[once("35.1", "År", Value::Year)],
        ),
        maybe(
            "106",
            "Återkommande allvarlig hypoglykemi senaste året",
            &[
                once("106.1", "Förekomst", Value::Boolean),
                optional("106.2", "Senaste tidpunkt", Value::Day),
                optional("106.3", "Kontrolleras sjukdomen", Value::Boolean),
                optional("106.5", "Trafiksäkerhetsrisk", Value::Boolean),
            ],
        ),
        maybe(
            "107",
            "Återkommande allvarlig hypoglykemi i vaket tillstånd",
            &[
                once("107.1", "Förekomst", Value::Boolean),
                optional("107.3", "Under de senaste tre månaderna", Value::Boolean),
                optional("107.5", "Senaste tidpunkt", Value::Day),
            ],
        ),
        maybe(
            "110",
            "Förmåga att känna varningstecken",
            &[once("110.1", "Om förmåga finns", Value::Boolean)],
        ),
        maybe(
            "200",
            "Kontroll över sjukdomstillståndet",
            &[
                once("200.1", "Om kontroll", Value::Boolean),
                optional("200.2", "Varför inte kontroll", Value::TextTo(53)),
            ],
        ),
        maybe(
            "201",
            "Förstår riskerna med hypoglykemi",
            &[once("201.1", "Om förståelse", Value::Boolean)],
        ),
        maybe(
            "202",
            "Möjlighet till adekvata åtgärder",
            &[once("202.1", "Om möjlighet", Value::Boolean)],
        ),
        maybe(
            "203",
            "Allvarlig hypoglykemi senaste tolv månaderna",
            &[
                once("203.1", "Förekomst", Value::Boolean),
                optional("203.2", "Senaste tidpunkt", Value::Day),
            ],
        ),
        maybe(
            "204",
            "Regelbundna blodsockerkontroller",
            &[once("204.1", "Om kontroller", Value::Boolean)],
        ),
        one(
            "205",
            "Följs avseende sin diabetessjukdom",
            &[once("205.1", "Var patienten följs", FOLLOWED)],
        ),
        one(
            "206",
            "Komplikationer",
            &[
                once("206.1", "Förekomst", Value::Boolean),
                optional("206.2", "Vilka", Value::TextTo(189)),
            ],
        ),
        one(
            "207",
            "Medicinering för diabetes",
            &[once("207.1", "Om medicinering", Value::Boolean)],
        ),
        maybe(
            "208",
            "Medicinering med risk för hypoglykemi",
            &[optional("208.1", "Om risk", Value::Boolean)],
        ),
        maybe(
            "209",
            "Vilken behandling",
            &[
                optional("209.1", "Insulin", Value::Boolean),
                optional("209.2", "Tabletter", Value::Boolean),
                optional("209.3", "Annan", Value::Boolean),
                optional("209.4", "Vilken annan", Value::TextTo(53)),
            ],
        ),
        maybe(
            "210",
            "När medicineringen började",
            &[once("210.1", "Tidpunkt", Value::Day)],
        ),
    ],
    relations: &[
        rule("R2", part("35.1", Says::Anything), day::YEAR_AFTER_BIRTH),
        rule("R2", part("35.1", Says::Anything), day::YEAR_NOT_IN_FUTURE),
        rule(
            "R3",
            On::Answer("18"),
            Must::Either(&[(here("18.1"), 1, MANY), (here("18.2"), 1, 1)]),
        ),
        rule("R3", part("18.1", Says::Anything), forbids(here("18.2"))),
        rule(
            "R4",
            On::Answer("209"),
            Must::Either(&[
                (Of::Here("209.1", Says::Yes), 1, 1),
                (Of::Here("209.2", Says::Yes), 1, 1),
                (Of::Here("209.3", Says::Yes), 1, 1),
            ]),
        ),
        rule("R8", part("106.1", Says::Yes), needs(here("106.2"))),
        rule("R8", part("106.1", Says::Yes), needs(here("106.3"))),
        rule("R8", part("106.1", Says::Yes), needs(here("106.5"))),
        rule("R9", part("107.1", Says::Yes), needs(here("107.3"))),
        rule("R18", part("209.3", Says::Yes), needs(here("209.4"))),
        rule(
            "R19-R20-R21-R22",
            part("210.1", Says::Anything),
            day::DAY_NOT_IN_FUTURE,
        ),
        rule(
            "R19-R20-R21-R22",
            part("210.1", Says::Anything),
            day::DAY_AFTER_BIRTH,
        ),
        rule(
            "R19-R20-R21-R22",
            part("106.2", Says::Anything),
            day::DAY_NOT_IN_FUTURE,
        ),
        rule(
            "R19-R20-R21-R22",
            part("106.2", Says::Anything),
            day::DAY_AFTER_BIRTH,
        ),
        rule(
            "R19-R20-R21-R22",
            part("107.5", Says::Anything),
            day::DAY_NOT_IN_FUTURE,
        ),
        rule(
            "R19-R20-R21-R22",
            part("107.5", Says::Anything),
            day::DAY_AFTER_BIRTH,
        ),
        rule(
            "R19-R20-R21-R22",
            part("203.2", Says::Anything),
            day::DAY_NOT_IN_FUTURE,
        ),
        rule(
            "R19-R20-R21-R22",
            part("203.2", Says::Anything),
            day::DAY_AFTER_BIRTH,
        ),
        rule(
            "R23-R24",
            part("33.1", driving::CANNOT_SAY),
            needs(Of::Beside("33")),
        ),
        rule("R27", part("200.1", Says::No), needs(here("200.2"))),
        rule("R27", part("200.1", Says::Yes), forbids(here("200.2"))),
        rule("R28", part("1.1", HIGHER), needs(inside("203", "203.1"))),
        rule("R28", part("1.1", HIGHER), needs(inside("204", "204.1"))),
        rule("R29", part("206.1", Says::Yes), needs(here("206.2"))),
        rule(
            "R30",
            part("208.1", Says::Yes),
            needs(inside("200", "200.1")),
        ),
        rule(
            "R30",
            part("208.1", Says::Yes),
            needs(inside("201", "201.1")),
        ),
        rule(
            "R30",
            part("208.1", Says::Yes),
            needs(inside("110", "110.1")),
        ),
        rule(
            "R30",
            part("208.1", Says::Yes),
            needs(inside("202", "202.1")),
        ),
        rule(
            "R30",
            part("208.1", Says::Yes),
            needs(inside("106", "106.1")),
        ),
        rule(
            "R30",
            part("208.1", Says::Yes),
            needs(inside("107", "107.1")),
        ),
        rule("R30", part("208.1", Says::Yes), needs(Of::Beside("209"))),
        rule(
            "R30",
            part("208.1", Says::Yes),
            needs(inside("210", "210.1")),
        ),
        rule("R32", part("207.1", Says::Yes), needs(anywhere("208.1"))),
        rule("R33", part("107.3", Says::Yes), needs(here("107.5"))),
        rule("R34", part("203.1", Says::Yes), needs(here("203.2"))),
        fit_if_asked(&["VAR1"]),
        fit_if_asked(&["VAR2"]),
        fit_if_asked(&["VAR3"]),
        fit_if_asked(&["VAR4"]),
        fit_if_asked(&["VAR5"]),
        fit_if_asked(&["VAR6"]),
        fit_if_asked(&["VAR7"]),
        fit_if_asked(&["VAR8"]),
        fit_if_asked(&["VAR9"]),
    ],
    ..Form::USUAL
};

const TYPE: Value = code("1.2.752.116.1.1.1.1.3", &["E10", "E11", "E109"]);
const FOLLOWED: Value = code("1.2.752.129.5.1.28", &["VN1", "VN2"]);

/// Categories asked for: those one can be fit for, without "cannot say".
const ASKED_FOR: Value = code(
    driving::FIT,
    &[
        "VAR1", "VAR2", "VAR3", "VAR4", "VAR5", "VAR6", "VAR7", "VAR8", "VAR9", "VAR12", "VAR13",
        "VAR14", "VAR15", "VAR16", "VAR17", "VAR18",
    ],
);

/// The higher categories: C1 to DE and taxi.
const HIGHER: Says = Says::Code(&[
    "VAR1", "VAR2", "VAR3", "VAR4", "VAR5", "VAR6", "VAR7", "VAR8", "VAR9",
]);

/// Fit for a higher category only if that was asked for.
const fn fit_if_asked(category: &'static [&'static str]) -> Relation {
    let says = Says::Code(category);
    rule(
        "R35",
        part("33.1", says),
        some(Of::Inside("1", "1.1", says)),
    )
}

/// 1, or anything that ends in one of these: the official pattern is bound at the end only.
fn is_question(id: &str) -> bool {
    const ENDS: [&str; 19] = [
        "2", "18", "33", "34", "35", "106", "107", "110", "200", "201", "203", "204", "205", "206",
        "207", "208", "209", "210", "202",
    ];
    id == "1" || ENDS.iter().any(|end| id.ends_with(end))
}
