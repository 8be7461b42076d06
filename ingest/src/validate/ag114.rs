//! AG1-14, läkarintyg om arbetsförmåga for the sick-pay period: the official rule set `ag114.v1` (Inera), restated.
//!
//! All patterns stand in this file: `intyg`, `qN` and `qN.M` in the table, the rest among the relations. The set asks for no
//! particular question ids and puts no condition on instance numbers.

use super::fk;
use super::form::{Form, Ids};
use super::question::{any, free, maybe, once, one, optional};
use super::relation::{Must, Of, On, forbids, here, needs, part, rule, some};
use super::says::Says;
use super::value::{Codes, System, Value, code};

pub(super) const FORM: Form = Form {
    set: "ag114.v1",
    ids: Ids::Any,
    instances: false,
    questions: &[
        one(
            "1",
            "Sysselsättning",
            &[once(
                "1.1",
                "Typ av sysselsättning",
                code("KV_FKMU_0002", &["NUVARANDE_ARBETE"]),
            )],
        ),
        one(
            "2",
            "Nuvarande arbete",
            &[once("2.1", "Yrke och arbetsuppgifter", Value::Text)],
        ),
        one(
            "3",
            "Önskar förmedla diagnoser",
            &[once("3.1", "Önskar förmedla diagnoser", Value::Boolean)],
        ),
        any(
            "4",
            "Diagnos",
            &[
                free("4.1", "Diagnostext", Value::Free),
                free("4.2", "Diagnoskod", DIAGNOSIS).under("q4.2-R3-R4"),
            ],
        )
        .times(0, 3)
        .numbered_by("q4.instans")
        .open(),
        one(
            "5",
            "Nedsatt arbetsförmåga",
            &[once("5.1", "På vilket sätt", Value::Text)],
        ),
        one(
            "6",
            "Arbetsförmåga trots sjukdom",
            &[
                once("6.1", "Finns arbetsförmåga", Value::Boolean),
                free("6.2", "Beskrivning", Value::Text),
            ],
        ),
        one(
            "7",
            "Bedömning av nedsättning",
            &[
                once("7.1", "Nedsättningsgrad", DEGREE),
                once("7.2", "Period", Value::Period),
            ],
        ),
        maybe(
            "8",
            "Övrigt",
            &[once("8.1", "Övriga upplysningar", Value::Text)],
        ),
        maybe(
            "9",
            "Kontakt med arbetsgivaren",
            &[
                once("9.1", "Kontakt önskas", Value::Boolean),
                optional("9.2", "Med vem och varför", Value::Text),
            ],
        ),
        any(
            "10",
            "Grund för medicinskt underlag",
            &[
                once("10.1", "Typ av grund", fk::BASIS_CODES),
                once("10.2", "Datum för grund", Value::Date),
                optional("10.3", "Annan grund", Value::Text),
            ],
        )
        .times(0, 4)
        .numbered(),
    ],
    relations: &[
        rule("q10", On::Answer("10"), Must::NewCode("10.1")),
        rule(
            "q10.3",
            part("10.3", Says::Anything),
            forbids(Of::Here("10.1", Says::OtherCode(&["ANNAT"]))),
        ),
        rule(
            "q10.1-10.3",
            part("10.1", Says::Code(&["ANNAT"])),
            some(here("10.3")),
        ),
        rule(
            "q4-R14",
            On::PartIn("3", "3.1", Says::Yes),
            some(Of::Beside("4")),
        ),
        rule(
            "q4.1",
            On::PartIn("4", "4.1", Says::Anything),
            Must::Be(Value::Text),
        ),
        rule(
            "q4.1",
            On::PartIn("4", "4.1", Says::Anything),
            needs(here("4.2")),
        ),
        rule(
            "q4.2",
            On::PartIn("4", "4.2", Says::Anything),
            needs(here("4.1")),
        ),
        rule("q6.2-R1", part("6.1", Says::Yes), needs(here("6.2"))),
        rule("q9.2-R2", part("9.1", Says::Yes), needs(here("9.2"))),
    ],
    ..Form::USUAL
};

/// A diagnosis code of any length.
const DIAGNOSIS: Value = Value::Code {
    system: System::Diagnoses,
    codes: Codes::Diagnosis,
};

const DEGREE: Value = Value::Quantity {
    unit: "",
    takes: is_degree,
    numbers: "ett heltal procent från 0 till 100, skrivet med en nolla som decimal (75.0)",
};

/// 0.0 to 100.0, whole, without leading zeros.
fn is_degree(text: &str) -> bool {
    let Some(whole) = text.strip_suffix(".0") else {
        return false;
    };
    whole == "0"
        || whole == "100"
        || (matches!(whole.len(), 1 | 2)
            && !whole.starts_with('0')
            && whole.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::is_degree;

    #[test]
    fn degrees_are_whole_percents_with_one_decimal() {
        for good in ["0.0", "1.0", "75.0", "100.0"] {
            assert!(is_degree(good), "{good}");
        }
        for bad in [
            "75", "075.0", "00.0", "101.0", "75.5", "-1.0", " 75.0", "75.00", ".0",
        ] {
            assert!(!is_degree(bad), "{bad}");
        }
    }
}
