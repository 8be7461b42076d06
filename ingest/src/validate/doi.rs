//! DOI, dödsorsaksintyg: the official rule set `doi.v1` (Inera), restated.
//!
//! | patterns | here |
//! |---|---|
//! | `intyg`, `qN`, `qN.M` | the table of questions and [`death`] |
//! | `q2.2-2.1`, `q2.3-2.1`, `q2.3-2.2`, `q4.1-birth` | [`death`] |
//! | `q8.2`, `q11.2`, `q12.3` (not after death) | [`death::not_after_death`] |
//! | `q9.2`, `q9-instans` | [`in_order`], [`numbered_from_one`] |
//! | `q11.2-11.1`, `q11.3`, `q12.4`, `q12.M-12.1`, `q13` | the relations |
//! | `instans-pattern` | [`Form`] |

use super::death;
use super::form::Form;
use super::question::{any, maybe, once, one, optional};
use super::relation::{Must, On, Spot, anywhere, forbids, needs, part, rule};
use super::says::Says;
use super::structure::parse_date;
use super::text::number;
use super::value::{Codes, NULL_FLAVOR, System, Value, code};
use crate::decode::space::Space;

pub(super) const FORM: Form = Form {
    set: "doi.v1",
    questions: &[
        death::IDENTITY,
        death::DATE,
        death::PLACE,
        death::CHILD,
        one(
            "8",
            "Terminal dödsorsak",
            &[
                once("8.1", "Dödsorsak", Value::Text),
                optional("8.2", "Datum", Value::Date),
                optional("8.3", "Debut", ONSET),
            ],
        ),
        any(
            "9",
            "Som följd av",
            &[
                optional("9.1", "Dödsorsak", Value::Text),
                optional("9.2", "Datum", Value::Date),
                optional("9.3", "Debut", ONSET),
            ],
        )
        .times(0, 3)
        .numbered(),
        any(
            "10",
            "Bidragande sjukdomar eller skador",
            &[
                once("10.1", "Sjukdom eller skada", Value::Text),
                optional("10.2", "Datum", Value::Date),
                optional("10.3", "Debut", ONSET),
            ],
        )
        .times(0, 8),
        one(
            "11",
            "Operation inom fyra veckor före döden",
            &[
                once("11.1", "Om operation", Value::KnownOrNot),
                optional("11.2", "Datum", Value::Date),
                optional("11.3", "Anledning", Value::Text),
            ],
        ),
        one(
            "12",
            "Skada eller förgiftning",
            &[
                once("12.1", "Om skada eller förgiftning", Value::Boolean),
                optional(
                    "12.2",
                    "Orsak",
                    code(
                        "e5d1d1fb-d918-47b4-9e69-483d3be523ee",
                        &["OLYCKSFALL", "SJALVMORD", "AVSIKTLIGT_VALLAD", "OKLART"],
                    ),
                ),
                optional("12.3", "Datum", Value::Date),
                optional("12.4", "Hur den uppkom", Value::Free),
            ],
        ),
        any(
            "13",
            "Grunder för uppgifterna",
            &[once(
                "13.1",
                "Grund",
                code(
                    "f9051865-b97c-4ee3-98ab-db2b7a11176e",
                    &[
                        "UNDERSOKNING_FORE_DODEN",
                        "UNDERSOKNING_EFTER_DODEN",
                        "KLINISK_OBDUKTION",
                        "RATTSMEDICINSK_OBDUKTION",
                        "RATTSMEDICINSK_BESIKTNING",
                    ],
                ),
            )],
        )
        .times(1, 5),
        maybe("14", "Land", &[once("14.1", "Land", Value::Text)]),
    ],
    relations: &[
        death::CERTAIN_DATE,
        death::UNCERTAIN_DATE,
        death::NOT_FOUND,
        death::FOUND,
        death::FOUND_AFTER_DEATH,
        death::CHILD_BY_AGE,
        death::not_after_death("q8.2", part("8.2", Says::Anything)),
        rule(
            "q9.2",
            part("9.2", Says::Anything),
            Must::Hold(
                in_order,
                "får datumet inte vara efter terminal dödsorsak (8.2) eller efter dem med lägre instansnummer",
            ),
        ),
        rule(
            "q9-instans",
            On::Answer("9"),
            Must::Hold(numbered_from_one, "ska instansnumren vara 1, 2, 3 i följd"),
        ),
        death::not_after_death("q11.2", part("11.2", Says::Anything)),
        rule(
            "q11.2-11.1",
            part("11.1", Says::NotTrue),
            forbids(anywhere("11.2")),
        ),
        rule(
            "q11.2-11.1",
            part("11.1", Says::True),
            needs(anywhere("11.2")),
        ),
        rule(
            "q11.3",
            part("11.1", Says::NotTrue),
            forbids(anywhere("11.3")),
        ),
        rule("q11.3", part("11.1", Says::True), needs(anywhere("11.3"))),
        death::not_after_death("q12.3", part("12.3", Says::Anything)),
        rule(
            "q12.4",
            On::PartWith("12.4", "12.1", Says::Yes),
            Must::Be(Value::Text),
        ),
        rule(
            "q12.2-12.1",
            part("12.1", Says::No),
            forbids(anywhere("12.2")),
        ),
        rule(
            "q12.2-12.1",
            part("12.1", Says::Yes),
            needs(anywhere("12.2")),
        ),
        rule(
            "q12.3-12.1",
            part("12.1", Says::No),
            forbids(anywhere("12.3")),
        ),
        rule(
            "q12.3-12.1",
            part("12.1", Says::Yes),
            needs(anywhere("12.3")),
        ),
        rule(
            "q12.4-12.1",
            part("12.1", Says::No),
            forbids(anywhere("12.4")),
        ),
        rule(
            "q12.4-12.1",
            part("12.1", Says::Yes),
            needs(anywhere("12.4")),
        ),
        rule("q13", On::Answer("13"), Must::NewCode("13.1")),
    ],
    ..Form::USUAL
};

/// Acute, chronic or unknown. SNOMED CT (Swedish) or HL7's NullFlavor.
const ONSET: Value = Value::Code {
    system: System::OneOf(&[NULL_FLAVOR, "1.2.752.116.2.1.1.1"]),
    codes: Codes::OneOf(&["90734009", "424124008", "NI"]),
};

/// The first instance number of an answer.
fn instance(spot: &Spot<'_, '_>, answer: u32) -> f64 {
    let tree = spot.answers.tree;
    let found = tree.child(answer, Space::CORE, "instans");
    found.map_or(f64::NAN, |id| number(tree.text(id)))
}

/// A cause further back is no later: not than 8.2, not than the causes before it.
fn in_order(spot: &Spot<'_, '_>) -> bool {
    let (Some(answer), Some(day)) = (spot.answer, parse_date(spot.text())) else {
        return true;
    };
    let mine = instance(spot, answer.at);
    let mut earlier = spot
        .answers
        .all
        .iter()
        .filter(|a| instance(spot, a.at) < mine);
    let tree = spot.answers.tree;
    let in_order = earlier.all(|a| {
        a.with("9.2")
            .filter_map(|p| parse_date(tree.text(p.at)))
            .all(|before| before >= day)
    });
    in_order && parse_date(spot.text_of("8.2")).is_none_or(|terminal| day <= terminal)
}

/// From the second on, exactly one answer has the instance number before.
fn numbered_from_one(spot: &Spot<'_, '_>) -> bool {
    let mine = spot.answer.map_or(f64::NAN, |a| instance(spot, a.at));
    let answers = spot.answers.all.iter().filter(|a| a.id == "9");
    let before = answers
        .filter(|a| instance(spot, a.at) == mine - 1.0)
        .count();
    // A missing number has a rule of its own.
    before == 1 || mine < 2.0 || mine.is_nan()
}
