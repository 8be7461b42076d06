//! The questions that LISJP and AG7804 share, with their rules.

use super::question::{Question, any, maybe, once, optional};
use super::relation::{
    Count, Must, Of, On, Relation, Spot, forbids, here, needs, part, rule, some,
};
use super::says::Says;
use super::value::{Value, code};

/// Degrees below the full one.
pub(super) const REDUCED: Says = Says::Code(&["TRE_FJARDEDEL", "HALFTEN", "EN_FJARDEDEL"]);

pub(super) const OCCUPATION: Question = any(
    "28",
    "Typ av sysselsättning",
    &[once(
        "28.1",
        "Typ av sysselsättning",
        code(
            "KV_FKMU_0002",
            &[
                "NUVARANDE_ARBETE",
                "ARBETSSOKANDE",
                "FORALDRALEDIG",
                "STUDIER",
            ],
        ),
    )],
)
.times(0, 4)
.numbered();

pub(super) const WORK: Question = maybe(
    "29",
    "Nuvarande arbete",
    &[once("29.1", "Yrke och arbetsuppgifter", Value::Text)],
);

pub(super) const PERIODS: Question = any(
    "32",
    "Behov av sjukskrivning",
    &[
        once(
            "32.1",
            "Sjukskrivningsgrad",
            code(
                "KV_FKMU_0003",
                &["HELT_NEDSATT", "TRE_FJARDEDEL", "HALFTEN", "EN_FJARDEDEL"],
            ),
        ),
        once("32.2", "Period", Value::Period),
    ],
)
.times(1, 4)
.numbered();

pub(super) const HOURS: Question = maybe(
    "33",
    "Arbetstidsförläggning",
    &[
        once("33.1", "Om arbetstidsförläggning", Value::Boolean),
        optional("33.2", "Varför arbetstidsförläggning", Value::Text),
    ],
);

pub(super) const TRAVEL: Question = maybe(
    "34",
    "Arbetsresor",
    &[once("34.1", "Om arbetsresor", Value::Boolean)],
);

pub(super) const LONGER_THAN_ADVISED: Question = maybe(
    "37",
    "Försäkringsmedicinskt beslutsstöd",
    &[once("37.1", "Varför beslutsstödet överskrids", Value::Text)],
);

pub(super) const PROGNOSIS: Question = maybe(
    "39",
    "Prognos",
    &[
        once(
            "39.1",
            "Prognos",
            code(
                "KV_FKMU_0006",
                &[
                    "STOR_SANNOLIKHET",
                    "SANNOLIKT_INTE",
                    "PROGNOS_OKLAR",
                    "ATER_X_ANTAL_DGR",
                ],
            ),
        ),
        optional(
            "39.3",
            "Antal dagar till återgång",
            code(
                "KV_FKMU_0007",
                &[
                    "TRETTIO_DGR",
                    "SEXTIO_DGR",
                    "NITTIO_DGR",
                    "HUNDRAATTIO_DAGAR",
                    "TREHUNDRASEXTIOFEM_DAGAR",
                ],
            ),
        ),
    ],
);

pub(super) const INFECTION: Question = maybe(
    "27",
    "Smittbärarpenning",
    &[once("27.1", "Om smittbärarpenning", Value::Boolean)],
);

pub(super) const ONGOING_TREATMENT: Question = maybe(
    "19",
    "Pågående medicinska behandlingar",
    &[once("19.1", "Pågående behandlingar", Value::Text)],
);

pub(super) const PLANNED_TREATMENT: Question = maybe(
    "20",
    "Planerade medicinska behandlingar",
    &[once("20.1", "Planerade behandlingar", Value::Text)],
);

pub(super) const MEASURES_DESCRIBED: Question = maybe(
    "44",
    "Beskrivning av arbetslivsinriktade åtgärder",
    &[once("44.1", "Beskrivning", Value::Text)],
);

const INFECTION_ANSWERED: Count = (Of::Beside("27"), 1, 1);

/// A question is answered once, unless that on infection control is.
pub(super) const fn once_unless_infection(counts: &'static [Count]) -> Relation {
    rule("intyg", On::Whole, Must::Either(counts))
}

/// What [`once_unless_infection`] counts, for the questions that both forms ask.
pub(super) const BASIS_OR_INFECTION: Relation = once_unless_infection(&[
    (Of::Beside("1"), 1, super::question::MANY),
    INFECTION_ANSWERED,
]);
pub(super) const OCCUPATION_OR_INFECTION: Relation = once_unless_infection(&[
    (Of::Beside("28"), 1, super::question::MANY),
    INFECTION_ANSWERED,
]);
pub(super) const ACTIVITY_OR_INFECTION: Relation =
    once_unless_infection(&[(Of::Beside("17"), 1, 1), INFECTION_ANSWERED]);
pub(super) const PROGNOSIS_OR_INFECTION: Relation =
    once_unless_infection(&[(Of::Beside("39"), 1, 1), INFECTION_ANSWERED]);
pub(super) const MEASURES_OR_INFECTION: Relation = once_unless_infection(&[
    (Of::Beside("40"), 1, super::question::MANY),
    INFECTION_ANSWERED,
]);

/// Where infection control is not affirmed, another question must be answered all the same.
pub(super) const fn without_infection(must: Must) -> Relation {
    rule("q27.1", part("27.1", Says::NotYes), must)
}

/// Current work, and nothing else, is described in question 29.
pub(super) const WORK_DESCRIBED: Relation = rule(
    "q28.1-q29",
    part("28.1", CURRENT_WORK),
    needs(Of::Beside("29")),
);
pub(super) const ONLY_WORK_DESCRIBED: Relation = rule(
    "q28.1-q29",
    On::Answer("29"),
    needs(Of::Anywhere("28.1", CURRENT_WORK)),
);
const CURRENT_WORK: Says = Says::Code(&["NUVARANDE_ARBETE"]);
pub(super) const NEW_OCCUPATION: Relation =
    rule("q28.1-R5", On::Answer("28"), Must::NewCode("28.1"));

/// Periods lie apart, each degree comes once.
pub(super) const PERIODS_APART: Relation = rule("q32", On::Answer("32"), Must::Apart("32.2"));
pub(super) const NEW_DEGREE: Relation =
    rule("q32.1-R22", On::Answer("32"), Must::NewCodeOfAny("32.1"));

/// Working hours are asked for where the degree is reduced, and only there.
pub(super) const HOURS_WHEN_REDUCED: Relation = rule(
    "q32.1-33",
    part("32.1", REDUCED),
    Must::Either(&[
        (Of::Beside("33"), 1, 1),
        (Of::Anywhere("27.1", Says::Yes), 1, super::question::MANY),
    ]),
);
pub(super) const HOURS_ONLY_WHEN_REDUCED: Relation = rule(
    "q32.1-33.1-R26",
    On::Answer("33"),
    some(Of::Inside("32", "32.1", REDUCED)),
);

/// A reason if and only if hours are laid out otherwise.
pub(super) const REASON_FOR_HOURS: Relation =
    rule("q33.1-33.2", part("33.1", Says::Yes), some(here("33.2")));
pub(super) const NO_REASON_FOR_HOURS: Relation =
    rule("q33.1-33.2", part("33.1", Says::No), forbids(here("33.2")));

/// Days if and only if the prognosis is return within some days.
pub(super) const DAYS_TO_RETURN: Relation = rule(
    "q39.1-39.3",
    part("39.1", Says::Code(&["ATER_X_ANTAL_DGR"])),
    some(here("39.3")),
);
pub(super) const NO_DAYS_TO_RETURN: Relation = rule(
    "q39.1-39.3",
    part("39.1", Says::OtherCode(&["ATER_X_ANTAL_DGR"])),
    forbids(here("39.3")),
);

/// Each measure once, none beside "not relevant", which leaves nothing to describe.
pub(super) const NEW_MEASURE: Relation =
    rule("q40.1-R29", On::Answer("40"), Must::NewCodeOfAny("40.1"));
pub(super) const NO_MEASURE_ALONE: Relation = rule(
    "q40",
    On::Answer("40"),
    Must::Hold(
        no_measure_alone,
        "får EJ_AKTUELLT inte stå tillsammans med andra åtgärder",
    ),
);
pub(super) const NO_MEASURE_DESCRIBED: Relation = rule(
    "q40.1-44",
    part("40.1", Says::Code(&[NO_MEASURE])),
    forbids(Of::Beside("44")),
);
const NO_MEASURE: &str = "EJ_AKTUELLT";

/// Codes are compared as written here, white space and all, as the official rule does.
fn no_measure_alone(spot: &Spot<'_, '_>) -> bool {
    let (answers, Some(answer)) = (spot.answers, spot.answer) else {
        return true;
    };
    if answers.before(answer).next().is_none() {
        return true;
    }
    let mine = |none: bool| {
        let mut codes = answers.codes_of(answer, "40.1");
        codes.any(|c| (c == NO_MEASURE) == none)
    };
    let earlier = |none: bool| {
        let before = answers.before(answer);
        let mut codes = before.flat_map(|a| answers.codes_of(a, "40.1"));
        codes.any(|c| (c == NO_MEASURE) == none)
    };
    !(earlier(false) && mine(true) || earlier(true) && mine(false))
}
