//! What both versions of TSTRK1007 (once TS-BAS), läkarintyg to Transportstyrelsen, ask: all but acuity (8) and care (30).
//!
//! `q25.2` and `q25.3` ask of 25.1 what `q25.1` does, as the official rules do.

use super::driving;
use super::form::Form;
use super::question::{any, free, once, one};
use super::relation::{Must, Of, here, inside, needs, part, rule};
use super::says::Says;
use super::value::{Value, code};

pub(super) const COMMON: Form = Form {
    questions: &[
        any(
            "1",
            "Intyget avser behörighet",
            &[once("1.1", "Behörighet", ASKED_FOR)],
        )
        .times(1, 10),
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
            "3",
            "Synfältsdefekter",
            &[once("3.1", "Förekomst", Value::Boolean)],
        ),
        one(
            "4",
            "Seende vid nedsatt belysning",
            &[once("4.1", "Förekomst", Value::Boolean)],
        ),
        one(
            "5",
            "Progressiv ögonsjukdom",
            &[once("5.1", "Förekomst", Value::Boolean)],
        ),
        one(
            "6",
            "Dubbelseende",
            &[once("6.1", "Förekomst", Value::Boolean)],
        ),
        one(
            "7",
            "Nystagmus",
            &[once("7.1", "Förekomst", Value::Boolean)],
        ),
        any(
            "9",
            "Korrektion över +8 dioptrier",
            &[once("9.1", "Förekomst", Value::Boolean)],
        ),
        one(
            "10",
            "Balansrubbningar eller yrsel",
            &[once("10.1", "Förekomst", Value::Boolean)],
        ),
        any(
            "11",
            "Hörsel på fyra meters avstånd",
            &[once("11.1", "Förekomst", Value::Boolean)],
        ),
        one(
            "12",
            "Rörelseorganens funktioner",
            &[
                once("12.1", "Förekomst", Value::Boolean),
                free("12.2", "Typ av sjukdom", Value::Free),
            ],
        ),
        any(
            "13",
            "Förmåga att hjälpa passagerare",
            &[once("13.1", "Förekomst", Value::Boolean)],
        ),
        one(
            "14",
            "Hjärt- och kärlsjukdom",
            &[once("14.1", "Förekomst", Value::Boolean)],
        ),
        one(
            "15",
            "Hjärnskada",
            &[once("15.1", "Förekomst", Value::Boolean)],
        ),
        one(
            "16",
            "Riskfaktorer för stroke",
            &[
                once("16.1", "Förekomst", Value::Boolean),
                free("16.2", "Typ av riskfaktor", Value::Free),
            ],
        ),
        one(
            "17",
            "Diabetes",
            &[once("17.1", "Förekomst", Value::Boolean)],
        ),
        any(
            "18",
            "Typ av diabetes",
            &[free("18.1", "Typ av diabetes", driving::ANY_CODE)],
        )
        .open(),
        any(
            "19",
            "Behandling av diabetes",
            &[
                free("19.1", "Kost", Value::Free),
                free("19.2", "Tabletter", Value::Free),
                free("19.3", "Insulin", Value::Free),
            ],
        ),
        one(
            "20",
            "Neurologisk sjukdom",
            &[once("20.1", "Förekomst", Value::Boolean)],
        ),
        one(
            "21",
            "Epilepsi eller annan medvetandestörning",
            &[
                once("21.1", "Förekomst", Value::Boolean),
                free("21.2", "Tidpunkt och orsak", Value::Free),
            ],
        ),
        one(
            "22",
            "Nedsatt njurfunktion",
            &[once("22.1", "Förekomst", Value::Boolean)],
        ),
        one(
            "23",
            "Sviktande kognitiv funktion",
            &[once("23.1", "Förekomst", Value::Boolean)],
        ),
        one(
            "24",
            "Sömn- eller vakenhetsstörning",
            &[once("24.1", "Förekomst", Value::Boolean)],
        ),
        one(
            "25",
            "Missbruk eller beroende",
            &[
                once("25.1", "Förekomst", Value::Boolean),
                free("25.2", "Provtagning", Value::Free),
                free("25.3", "Läkemedel och dos", Value::Free),
            ],
        ),
        one(
            "26",
            "Läkarordinerade läkemedel",
            &[
                once("26.1", "Förekomst", Value::Boolean),
                free("26.2", "Läkemedel och dos", Value::Text),
            ],
        ),
        one(
            "27",
            "Psykisk sjukdom",
            &[once("27.1", "Förekomst", Value::Boolean)],
        ),
        one(
            "28",
            "Psykisk utvecklingsstörning",
            &[once("28.1", "Förekomst", Value::Boolean)],
        ),
        one(
            "29",
            "ADHD, autism eller Tourettes syndrom",
            &[once("29.1", "Förekomst", Value::Boolean)],
        ),
        one(
            "31",
            "Stadigvarande medicinering",
            &[
                once("31.1", "Förekomst", Value::Boolean),
                free("31.2", "Läkemedel", Value::Text),
            ],
        ),
        any("32", "Övrigt", &[free("32.1", "Kommentar", Value::Text)]).open(),
        any(
            "33",
            "Uppfyller krav för behörighet",
            &[free("33.1", "Behörighet", FIT_FOR)],
        )
        .times(1, 10)
        .open(),
        any(
            "34",
            "Bör undersökas av specialist",
            &[once("34.1", "Specialist", Value::Text)],
        ),
    ],
    relations: &[
        rule(
            "q12.1-12.2-true",
            part("12.1", Says::Yes),
            needs(here("12.2")),
        ),
        rule(
            "q16.1-16.2-true",
            part("16.1", Says::Yes),
            needs(here("16.2")),
        ),
        rule(
            "q25.2",
            part("25.1", Says::Anything),
            Must::Be(Value::Boolean),
        ),
        rule(
            "q25.3",
            part("25.1", Says::Anything),
            Must::Be(Value::Boolean),
        ),
        rule(
            "q25.1-25.2-R17",
            part("25.1", Says::Yes),
            needs(here("25.3")),
        ),
        rule(
            "q25.2-25.3-R18",
            part("25.2", Says::Yes),
            needs(here("25.3")),
        ),
        rule(
            "q26.1-26.2-R20",
            part("26.1", Says::Yes),
            needs(here("26.2")),
        ),
        rule(
            "q30.1-30.2-R21",
            part("30.1", Says::Yes),
            needs(here("30.2")),
        ),
        rule(
            "q30.1-30.3-R22",
            part("30.1", Says::Yes),
            needs(here("30.3")),
        ),
        rule(
            "q30.1-30.4-R23",
            part("30.1", Says::Yes),
            needs(here("30.4")),
        ),
        rule(
            "q31.1-31.2-R24",
            part("31.1", Says::Yes),
            needs(here("31.2")),
        ),
        rule(
            "q17.1-18.1-R10",
            part("17.1", Says::Yes),
            needs(inside("18", "18.1")),
        ),
        rule(
            "q18.1-19-R11",
            part("18.1", Says::TextWith(&["E11"])),
            needs(Of::Beside("19")),
        ),
    ],
    ..Form::USUAL
};

const ASKED_FOR: Value = code(
    driving::ASKED,
    &[
        "IAV1", "IAV2", "IAV3", "IAV4", "IAV5", "IAV6", "IAV7", "IAV8", "IAV9", "IAV10",
    ],
);

const FIT_FOR: Value = code(
    driving::FIT,
    &[
        "VAR1", "VAR2", "VAR3", "VAR4", "VAR5", "VAR6", "VAR7", "VAR8", "VAR9", "VAR10", "VAR11",
    ],
);

/// 1–9, or anything that ends in 10–34: the official pattern is bound at one end only.
pub(super) fn is_question(id: &str) -> bool {
    match id.len() {
        1 => matches!(id.as_bytes(), [b'1'..=b'9']),
        n => id
            .get(n.saturating_sub(2)..)
            .and_then(|end| end.parse().ok())
            .is_some_and(|end: u8| (10..=34).contains(&end)),
    }
}
