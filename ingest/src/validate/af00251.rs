//! AF00251, läkarintyg for takers in labour-market programmes: the official rule set `af00251.v1` (Inera), restated.
//!
//! All patterns stand in this file, but `instans-pattern`, which [`Form`] has. `instans-pattern-bigger-100` looks for an
//! element that the schema does not have, so no document breaks it. Question ids are not ruled.

use super::form::{Form, Ids};
use super::question::{MANY, any, free, once};
use super::relation::{Must, Of, On, here, needs, part, rule};
use super::says::Says;
use super::text::number;
use super::value::{Value, code};

pub(super) const FORM: Form = Form {
    set: "af00251.v1",
    whole: "q1",
    ids: Ids::Any,
    questions: &[
        any(
            "1",
            "Grund för medicinskt underlag",
            &[
                free(
                    "1.1",
                    "Typ av grund",
                    code(
                        "FKMU_0001",
                        &[
                            "UNDERSOKNING",
                            "TELEFONKONTAKT",
                            "JOURNALUPPGIFTER",
                            "ANNAT",
                        ],
                    ),
                ),
                free("1.2", "Datum för grund", Value::Date),
                free("1.3", "Annan grund", Value::Free),
            ],
        )
        .times(1, 2)
        .open(),
        any(
            "2",
            "Arbetsmarknadspolitiskt program",
            &[
                free(
                    "2.2",
                    "Omfattning",
                    code("1.2.752.129.5.1.2", &["HELTID", "DELTID", "OKAND"]),
                ),
                free("2.3", "Omfattning deltid", HOURS),
            ],
        )
        .times(1, MANY)
        .open(),
        any("3", "Funktionsnedsättning", &[]).times(1, MANY).open(),
        any("4", "Aktivitetsbegränsning", &[]).times(1, MANY).open(),
        any(
            "5",
            "Förhinder",
            &[free("5.1", "Om förhinder", Value::Boolean)],
        )
        .times(1, MANY)
        .open(),
        any(
            "6",
            "Sjukfrånvaro",
            &[
                free("6.1", "Grad", DEGREE),
                once("6.2", "Period", Value::Free),
            ],
        )
        .open(),
        any(
            "7",
            "Begränsning av sjukfrånvaro",
            &[
                free("7.1", "Kan begränsas", Value::Boolean).under("q7"),
                free("7.2", "Anpassningar", Value::Free),
            ],
        )
        .times(1, MANY)
        .open(),
        any(
            "8",
            "Prognos för återgång",
            &[
                free(
                    "8.1",
                    "Prognos",
                    code(
                        "1.2.752.129.5.1.3",
                        &[
                            "ATERGA_UTAN_ANPASSNING",
                            "ATERGA_MED_ANPASSNING",
                            "KAN_EJ_ATERGA",
                            "EJ_MOJLIGT_AVGORA",
                        ],
                    ),
                ),
                free("8.2", "Anpassningar", Value::Free),
            ],
        )
        .times(1, MANY)
        .open(),
    ],
    relations: &[
        rule(
            "q1.3",
            part("1.1", Says::TextWith(&["3", "ANNAT"])),
            needs(here("1.3")),
        ),
        rule(
            "q2.3",
            part("2.2", Says::CodeWith("DELTID")),
            needs(here("2.3")),
        ),
        rule(
            "q51-6",
            part("5.1", Says::Yes),
            Must::Count((Of::Beside("6"), 0, 4)),
        ),
        rule(
            "q51-6",
            part("5.1", Says::No),
            Must::Count((Of::Beside("6"), 0, 1)),
        ),
        rule("q6", On::Answer("6"), Must::Apart("6.2")),
        rule("q71-q72", part("7.1", Says::Yes), needs(here("7.2"))),
        rule("q8.2-81", part("8.1", WITH_ADAPTATION), needs(here("8.2"))),
    ],
    ..Form::USUAL
};

const WITH_ADAPTATION: Says = Says::Code(&["ATERGA_MED_ANPASSNING"]);

const HOURS: Value = Value::Quantity {
    unit: "h",
    takes: |text| (1.0..=39.0).contains(&number(text)),
    numbers: "1–39 timmar",
};

const DEGREE: Value = Value::Quantity {
    unit: "%",
    takes: |text| (1.0..=100.0).contains(&number(text)),
    numbers: "1–100 procent",
};
