//! The form's questions and parts. Source: `lisjp.v1` and the form FK 7804.

use crate::validate::value::Value;

/// How often a part comes in an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Times {
    Once,
    AtMostOnce,
    /// Ruled by the relations between parts.
    Any,
}

use Times::{Any, AtMostOnce, Once};

/// A question (fråga).
#[derive(Debug)]
pub(super) struct Question {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    /// Least and most answers.
    pub(super) answers: (usize, usize),
    /// Required unless question 27 (infection control) is answered.
    pub(super) unless_infection: bool,
    /// Whether each answer must have an instance number.
    pub(super) instance: bool,
    pub(super) parts: &'static [(&'static str, Times)],
}

/// A part of a question (delfråga).
#[derive(Debug)]
pub(super) struct PartRule {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    pub(super) value: Value,
}

const fn single(
    id: &'static str,
    name: &'static str,
    parts: &'static [(&'static str, Times)],
) -> Question {
    Question {
        id,
        name,
        answers: (0, 1),
        unless_infection: false,
        instance: false,
        parts,
    }
}

const fn required(question: Question) -> Question {
    Question {
        unless_infection: true,
        ..question
    }
}

const fn repeated(question: Question, least: usize, most: usize) -> Question {
    Question {
        answers: (least, most),
        instance: true,
        ..question
    }
}

pub(super) const QUESTIONS: &[Question] = &[
    required(repeated(
        single(
            "1",
            "Grund för medicinskt underlag",
            &[("1.1", Once), ("1.2", Once), ("1.3", AtMostOnce)],
        ),
        0,
        4,
    )),
    Question {
        answers: (1, 1),
        ..single(
            "6",
            "Typ av diagnos",
            &[
                ("6.1", Once),
                ("6.2", Once),
                ("6.3", Any),
                ("6.4", Any),
                ("6.5", Any),
                ("6.6", Any),
            ],
        )
    },
    required(single("17", "Aktivitetsbegränsningar", &[("17.1", Once)])),
    single("19", "Pågående medicinska behandlingar", &[("19.1", Once)]),
    single("20", "Planerade medicinska behandlingar", &[("20.1", Once)]),
    single("25", "Övrigt", &[("25.1", Once)]),
    single(
        "26",
        "Kontakt önskas",
        &[("26.1", Once), ("26.2", AtMostOnce)],
    ),
    single("27", "Smittbärarpenning", &[("27.1", Once)]),
    required(repeated(
        single("28", "Typ av sysselsättning", &[("28.1", Once)]),
        0,
        4,
    )),
    single("29", "Nuvarande arbete", &[("29.1", Once)]),
    repeated(
        single(
            "32",
            "Behov av sjukskrivning",
            &[("32.1", Once), ("32.2", Once)],
        ),
        1,
        4,
    ),
    single(
        "33",
        "Arbetstidsförläggning",
        &[("33.1", Once), ("33.2", AtMostOnce)],
    ),
    single("34", "Arbetsresor", &[("34.1", Once)]),
    required(single("35", "Funktionsnedsättning", &[("35.1", Once)])),
    single("37", "Försäkringsmedicinskt beslutsstöd", &[("37.1", Once)]),
    required(single(
        "39",
        "Prognos",
        &[("39.1", Once), ("39.3", AtMostOnce)],
    )),
    required(repeated(
        single("40", "Arbetslivsinriktade åtgärder", &[("40.1", Once)]),
        0,
        10,
    )),
    single(
        "44",
        "Arbetslivsinriktade åtgärder aktuellt",
        &[("44.1", Once)],
    ),
];

const fn part(id: &'static str, name: &'static str, value: Value) -> PartRule {
    PartRule { id, name, value }
}

const fn code(system: &'static str, codes: &'static [&'static str]) -> Value {
    Value::Code { system, codes }
}

pub(super) const PARTS: &[PartRule] = &[
    part(
        "1.1",
        "Typ av grund",
        code(
            "KV_FKMU_0001",
            &[
                "UNDERSOKNING",
                "TELEFONKONTAKT",
                "JOURNALUPPGIFTER",
                "ANNAT",
            ],
        ),
    ),
    part("1.2", "Datum som grund", Value::Date),
    part("1.3", "Vilken annan grund", Value::Text),
    part("6.1", "Diagnostext", Value::Text),
    part("6.2", "Diagnoskod", Value::Diagnosis),
    part("6.3", "Diagnostext, bidiagnos 1", Value::Text),
    part("6.4", "Diagnoskod, bidiagnos 1", Value::Diagnosis),
    part("6.5", "Diagnostext, bidiagnos 2", Value::Text),
    part("6.6", "Diagnoskod, bidiagnos 2", Value::Diagnosis),
    part("17.1", "Beskrivning", Value::Text),
    part("19.1", "Pågående behandlingar", Value::Text),
    part("20.1", "Planerade behandlingar", Value::Text),
    part("25.1", "Övriga upplysningar", Value::Text),
    part("26.1", "Kontakt önskas", Value::Boolean),
    part("26.2", "Motivering av kontakt", Value::Text),
    part("27.1", "Om smittbärarpenning", Value::Boolean),
    part(
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
    ),
    part("29.1", "Yrke och arbetsuppgifter", Value::Text),
    part(
        "32.1",
        "grad",
        code(
            "KV_FKMU_0003",
            &["HELT_NEDSATT", "TRE_FJARDEDEL", "HALFTEN", "EN_FJARDEDEL"],
        ),
    ),
    part("32.2", "period", Value::Period),
    part("33.1", "Om arbetstidsförläggning", Value::Boolean),
    part("33.2", "Motivering arbetstidsförläggning", Value::Text),
    part("34.1", "Om arbetsresor", Value::Boolean),
    part("35.1", "Beskrivning", Value::Text),
    part("37.1", "Överskrider beslutsstöd", Value::Text),
    part(
        "39.1",
        "Beskrivning prognos",
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
    part(
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
    part(
        "40.1",
        "Val av åtgärd",
        code(
            "KV_FKMU_0004",
            &[
                "EJ_AKTUELLT",
                "ARBETSTRANING",
                "ARBETSANPASSNING",
                "SOKA_NYTT_ARBETE",
                "BESOK_ARBETSPLATS",
                "ERGONOMISK",
                "HJALPMEDEL",
                "KONFLIKTHANTERING",
                "KONTAKT_FHV",
                "OMFORDELNING",
                "OVRIGA_ATGARDER",
            ],
        ),
    ),
    part("44.1", "Beskrivning av åtgärder", Value::Text),
];
