//! TSTRK1007, version 7 and later: the official rule set `tstrk1007.v7` (Inera), restated.
//!
//! | patterns | here |
//! |---|---|
//! | `intyg`, `qN`, `qN.M`, `qN.M-…` | [`tstrk1007`], and the table for 8 and 30 |
//! | `q8-R33`, `q8-R34`, `q8-R35` | [`other_category`], [`both_eyes`], [`one_eye`] |
//! | `q8-R37` | the relations and [`driving::acuity_here`] |
//! | `instans-pattern` | [`Form`] |

use super::driving::{self, acuity, asks_for, once_each};
use super::form::{Form, Ids};
use super::question::{free, once, one};
use super::relation::{Must, Spot, anywhere, forbids, here, part, rule};
use super::says::Says;
use super::text::number;
use super::tstrk1007;
use super::value::Value;

pub(super) const FORM: Form = Form {
    set: "tstrk1007.v7",
    base: Some(&tstrk1007::COMMON),
    ids: Ids::Like(tstrk1007::is_question),
    questions: &[
        one(
            "8",
            "Synskärpa",
            &[
                free("8.1", "Synskärpa skickas separat", Value::Boolean),
                free("8.2", "Höger öga utan korrektion", Value::DecimalToTwo),
                free("8.3", "Vänster öga utan korrektion", Value::DecimalToTwo),
                free("8.4", "Binokulärt utan korrektion", Value::DecimalToTwo),
                free("8.5", "Höger öga med korrektion", Value::DecimalToTwo),
                free("8.6", "Vänster öga med korrektion", Value::DecimalToTwo),
                free("8.7", "Binokulärt med korrektion", Value::DecimalToTwo),
                free("8.8", "Kontaktlins höger öga", Value::Boolean),
                free("8.9", "Kontaktlins vänster öga", Value::Boolean),
            ],
        ),
        one(
            "30",
            "Sjukhusvård eller läkarkontakt",
            &[
                once("30.1", "Förekomst", Value::Boolean),
                free("30.2", "Tidpunkt", Value::TextTo(40)),
                free("30.3", "Vårdinrättning", Value::TextTo(40)),
                free("30.4", "Anledning", Value::TextTo(50)),
            ],
        ),
    ],
    relations: &[
        rule(
            "q8-R33",
            part("1.1", Says::CodeWith("IAV10")),
            Must::Hold(
                other_category,
                "ska synskärpa med korrektion anges när den binokulärt är under 0,5 utan",
            ),
        ),
        rule(
            "q8-R34",
            part("8.2", Says::Anything),
            Must::Hold(
                both_eyes,
                "ska synskärpa med korrektion anges när båda ögonen är under 0,8 utan",
            ),
        ),
        rule(
            "q8-R35",
            part("8.2", Says::Anything),
            Must::Hold(
                one_eye,
                "ska synskärpa med korrektion anges när ett öga är under 0,1 utan",
            ),
        ),
        rule(
            "q8-R35",
            part("8.3", Says::Anything),
            Must::Hold(
                one_eye,
                "ska synskärpa med korrektion anges när ett öga är under 0,1 utan",
            ),
        ),
        rule("q8-R37", part("8.1", Says::Yes), forbids(anywhere("8.2"))),
        rule("q8-R37", part("8.1", Says::Yes), forbids(anywhere("8.3"))),
        rule("q8-R37", part("8.1", Says::Yes), forbids(anywhere("8.4"))),
        rule("q8-R37", part("8.1", Says::Yes), forbids(anywhere("8.5"))),
        rule("q8-R37", part("8.1", Says::Yes), forbids(anywhere("8.6"))),
        rule("q8-R37", part("8.1", Says::Yes), forbids(anywhere("8.7"))),
        driving::acuity_here("q8-R37"),
    ],
    ..Form::USUAL
};

/// Acuity with correction: right, left, both eyes.
const CORRECTED: [&str; 3] = ["8.5", "8.6", "8.7"];

/// For a lower category: poor sight of both eyes together asks for acuity with correction.
fn other_category(spot: &Spot<'_, '_>) -> bool {
    let together = spot.beside("8").flat_map(|a| a.with("8.4")).next();
    let poor = together.is_some_and(|p| number(spot.answers.tree.text(p.at)) < 0.5);
    !poor || once_each(spot, CORRECTED)
}

/// For a higher category: both eyes at 0.1 to 0.8 ask for acuity with correction.
fn both_eyes(spot: &Spot<'_, '_>) -> bool {
    let poor = |id| (0.1..0.8).contains(&acuity(spot, id));
    !(poor("8.2") && poor("8.3") && asks_for(spot, driving::HIGHER)) || once_each(spot, CORRECTED)
}

/// For a higher category: this eye below 0.1 asks for acuity with correction.
fn one_eye(spot: &Spot<'_, '_>) -> bool {
    let poor = number(spot.text()) < 0.1;
    let corrected = CORRECTED.into_iter().all(|id| spot.count(&here(id)) == 1);
    !(poor && asks_for(spot, driving::HIGHER)) || corrected
}
