//! TSTRK1031 (once TS-DIABETES), versions before 4: the official rule set `tstrk1031.v3` (Inera), restated.
//!
//! All patterns stand in this file: `intyg` and `qN` in the table, the rest among the relations; `R13`–`R15` in
//! [`other_category`], [`both_eyes`] and [`one_eye`]. Three official rules look for elements or ids that no valid document
//! has (`delsvarsvar` 2.1, part `@37.1`, question `18.2`), so no document breaks them.

use super::day;
use super::driving::{self, acuity, asks_for, once_each};
use super::form::{Form, Ids, ValuePattern};
use super::question::{MANY, any, maybe, once, one, optional};
use super::relation::{
    Must, Of, On, Spot, anywhere, forbids, here, inside, needs, part, rule, some,
};
use super::says::Says;
use super::text::number;
use super::value::{Value, code};

pub(super) const FORM: Form = Form {
    set: "tstrk1031.v3",
    ids: Ids::Like(is_question),
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
        any(
            "8",
            "Synskärpa",
            &[
                optional("8.1", "Synskärpa skickas separat", Value::Boolean),
                optional("8.2", "Höger öga utan korrektion", Value::DecimalToTwo),
                optional("8.3", "Vänster öga utan korrektion", Value::DecimalToTwo),
                optional("8.4", "Binokulärt utan korrektion", Value::DecimalToTwo),
                optional("8.5", "Höger öga med korrektion", Value::DecimalToTwo),
                optional("8.6", "Vänster öga med korrektion", Value::DecimalToTwo),
                optional("8.7", "Binokulärt med korrektion", Value::DecimalToTwo),
            ],
        )
        .times(0, 1),
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
        ),
        any(
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
            "37",
            "Hypoglykemier som är en trafiksäkerhetsrisk",
            &[once("37.1", "Förekomst", Value::Free)],
        ),
        maybe(
            "41",
            "Egenkontroller av blodsocker",
            &[once("41.1", "Om egenkontroller", Value::Boolean)],
        ),
        maybe(
            "45",
            "Lämplig med hänsyn till körningar och arbetsformer",
            &[once("45.1", "Lämplig", Value::Boolean)],
        ),
        maybe(
            "100",
            "Sjukdomen är under kontroll",
            &[once("100.1", "Under kontroll", Value::Boolean)],
        ),
        one(
            "103",
            "Ögonsjukdom eller ögonförändringar",
            &[once("103.1", "Förekomst", Value::Boolean)],
        ),
        maybe(
            "106",
            "Återkommande allvarlig hypoglykemi senaste året",
            &[
                once("106.1", "Förekomst", Value::Boolean),
                optional("106.2", "Senaste tidpunkt", Value::Day),
            ],
        ),
        maybe(
            "107",
            "Återkommande allvarlig hypoglykemi i vaket tillstånd",
            &[
                once("107.1", "Förekomst", Value::Boolean),
                optional("107.2", "Senaste tidpunkt", Value::Day),
            ],
        ),
        maybe(
            "108",
            "Allvarlig hypoglykemi i trafiken",
            &[
                once("108.1", "Förekomst", Value::Boolean),
                optional("108.2", "Senaste tidpunkt", Value::Day),
            ],
        ),
        one(
            "109",
            "Behandling",
            &[
                optional("109.1", "Kost", Value::Boolean),
                optional("109.2", "Tabletter", Value::Boolean),
                optional("109.3", "Insulin", Value::Boolean),
                optional("109.4", "Insulin sedan år", Value::Year),
                optional("109.5", "Annan behandling", Value::Boolean),
                optional("109.6", "Annan behandling beskriven", Value::TextTo(53)),
                optional("109.7", "Risk för hypoglykemi", Value::Boolean),
            ],
        ),
        maybe(
            "110",
            "Förmåga att känna varningstecken",
            &[once("110.1", "Om förmåga finns", Value::Boolean)],
        ),
    ],
    relations: &[
        rule("intyg", On::Whole, some(Of::Beside("33"))),
        rule(
            "R1",
            part("1.1", driving::HIGHER),
            needs(inside("45", "45.1")),
        ),
        rule("R2", part("35.1", Says::Anything), day::YEAR_AFTER_BIRTH),
        rule("R2", part("35.1", Says::Anything), day::YEAR_NOT_IN_FUTURE),
        rule("R3", part("18.1", Says::Anything), forbids(here("18.2"))),
        rule(
            "R3",
            On::Answer("18"),
            Must::Either(&[(here("18.1"), 1, MANY), (here("18.2"), 1, 1)]),
        ),
        rule(
            "R4",
            On::Answer("109"),
            Must::Either(&[
                (Of::Here("109.1", Says::Yes), 1, 1),
                (Of::Here("109.2", Says::Yes), 1, 1),
                (Of::Here("109.3", Says::Yes), 1, 1),
                (Of::Here("109.5", Says::Yes), 1, 1),
            ]),
        ),
        rule("R5-R6", part("109.3", Says::Yes), needs(anywhere("109.4"))),
        rule("R5-R6", part("109.3", Says::Yes), needs(anywhere("41.1"))),
        rule("R5-R6", part("109.3", Says::Yes), needs(anywhere("37.1"))),
        rule("R7", part("109.4", Says::Anything), day::YEAR_AFTER_BIRTH),
        rule("R7", part("109.4", Says::Anything), day::YEAR_NOT_IN_FUTURE),
        rule("R8", part("106.1", Says::Yes), needs(anywhere("106.2"))),
        rule("R9", part("107.1", Says::Yes), needs(anywhere("107.2"))),
        rule("R10", part("108.1", Says::Yes), needs(anywhere("108.2"))),
        rule("R12", part("103.1", Says::No), needs(Of::Beside("8"))),
        rule(
            "R13",
            part("8.4", Says::Anything),
            Must::Hold(other_category, CORRECTED_WORDS),
        ),
        rule(
            "R14",
            part("8.2", Says::Anything),
            Must::Hold(both_eyes, CORRECTED_WORDS),
        ),
        rule(
            "R15",
            part("8.2", Says::Anything),
            Must::Hold(one_eye, CORRECTED_WORDS),
        ),
        rule(
            "R15",
            part("8.3", Says::Anything),
            Must::Hold(one_eye, CORRECTED_WORDS),
        ),
        rule("R16", part("109.2", Says::Yes), needs(anywhere("109.7"))),
        rule("R16", part("109.5", Says::Yes), needs(anywhere("109.7"))),
        rule("R17", part("109.7", Says::Yes), needs(Of::Beside("41"))),
        rule("R17", part("109.7", Says::Yes), needs(Of::Beside("37"))),
        rule("R18", part("109.5", Says::Yes), needs(here("109.6"))),
        rule(
            "R20-R21-R22",
            part("106.2", Says::Anything),
            day::DAY_NOT_IN_FUTURE,
        ),
        rule(
            "R20-R21-R22",
            part("106.2", Says::Anything),
            day::DAY_AFTER_BIRTH,
        ),
        rule(
            "R20-R21-R22",
            part("107.2", Says::Anything),
            day::DAY_NOT_IN_FUTURE,
        ),
        rule(
            "R20-R21-R22",
            part("107.2", Says::Anything),
            day::DAY_AFTER_BIRTH,
        ),
        rule(
            "R20-R21-R22",
            part("108.2", Says::Anything),
            day::DAY_NOT_IN_FUTURE,
        ),
        rule(
            "R20-R21-R22",
            part("108.2", Says::Anything),
            day::DAY_AFTER_BIRTH,
        ),
        rule(
            "R23-R24",
            part("33.1", driving::CANNOT_SAY),
            needs(Of::Beside("33")),
        ),
        rule("R25", part("37.1", Says::Yes), needs(Of::Beside("100"))),
        rule("R25", part("37.1", Says::Yes), needs(Of::Beside("110"))),
        rule("R25", part("37.1", Says::Yes), needs(Of::Beside("106"))),
        rule("R25", part("37.1", Says::Yes), needs(Of::Beside("107"))),
        rule("R25", part("37.1", Says::Yes), needs(Of::Beside("108"))),
        rule("R26", part("8.1", Says::Yes), forbids(anywhere("8.2"))),
        rule("R26", part("8.1", Says::Yes), forbids(anywhere("8.3"))),
        rule("R26", part("8.1", Says::Yes), forbids(anywhere("8.4"))),
        rule("R26", part("8.1", Says::Yes), forbids(anywhere("8.5"))),
        rule("R26", part("8.1", Says::Yes), forbids(anywhere("8.6"))),
        rule("R26", part("8.1", Says::Yes), forbids(anywhere("8.7"))),
        driving::acuity_here("R26"),
    ],
    ..Form::USUAL
};

const TYPE: Value = code("1.2.752.116.1.1.1.1.3", &["E10", "E11"]);

/// The official pattern is bound at the end only, but for 1, 2 and 8.
fn is_question(id: &str) -> bool {
    const ENDS: [&str; 16] = [
        "18", "32", "33", "34", "35", "37", "41", "45", "100", "103", "106", "107", "108", "109",
        "110", "207",
    ];
    matches!(id, "1" | "2" | "8") || id.ends_with("208") || ENDS.iter().any(|end| id.ends_with(end))
}

/// Acuity with correction: right, left, both eyes.
const CORRECTED: [&str; 3] = ["8.5", "8.6", "8.7"];
const CORRECTED_WORDS: &str = "ska synskärpa med korrektion anges när den är för låg utan";

/// Categories asked for that are not the higher ones.
const LOWER: Says = Says::Code(&[
    "IAV11", "IAV12", "IAV13", "IAV14", "IAV15", "IAV16", "IAV17",
]);

/// For a lower category: both eyes together below 0.5.
fn other_category(spot: &Spot<'_, '_>) -> bool {
    !(number(spot.text()) < 0.5 && asks_for(spot, LOWER)) || once_each(spot, CORRECTED)
}

/// For a higher category: each eye below 0.8.
fn both_eyes(spot: &Spot<'_, '_>) -> bool {
    let poor = number(spot.text()) < 0.8 && acuity(spot, "8.3") < 0.8;
    !(poor && asks_for(spot, driving::HIGHER)) || once_each(spot, CORRECTED)
}

/// For a higher category: this eye below 0.1.
fn one_eye(spot: &Spot<'_, '_>) -> bool {
    !(number(spot.text()) < 0.1 && asks_for(spot, driving::HIGHER)) || once_each(spot, CORRECTED)
}
