//! The shortest valid answers to each form whose answers no case asks about. Source: the forms' official rules.

use Answer::{Code, Day, Diagnosis, Percent, Period, Text, Year};

/// What a part of a question is answered.
#[derive(Debug, Clone, Copy)]
pub(super) enum Answer {
    /// These characters.
    Text(&'static str),
    /// The day of signing.
    Day,
    /// A code of a list.
    Code(&'static str, &'static str),
    /// The row's diagnosis.
    Diagnosis,
    /// A share, such as 50 %.
    Percent,
    /// The day of signing, as a period.
    Period,
    /// A year long ago.
    Year,
}

/// A question: its number, whether it has an instance number, and its parts.
pub(super) type Question = (&'static str, bool, &'static [(&'static str, Answer)]);

const YES: Answer = Text("true");
const NO: Answer = Text("false");
const WORDS: Answer = Text("Ord");

const BASIS: Question = (
    "1",
    true,
    &[("1.1", Code("KV_FKMU_0001", "UNDERSOKNING")), ("1.2", Day)],
);
const KNOWN_SINCE: Question = ("2", false, &[("2.1", Day)]);
const NO_SOURCES: Question = ("3", false, &[("3.1", NO)]);
const DIAGNOSIS: Question = ("6", false, &[("6.1", WORDS), ("6.2", Diagnosis)]);
const NO_CONTACT: Question = ("26", false, &[("26.1", NO)]);
const COURSE: Question = ("5", false, &[("5.1", WORDS)]);
const DIAGNOSED: Question = ("7", false, &[("7.1", WORDS)]);
const NO_NEW_DIAGNOSIS: Question = ("45", false, &[("45.1", NO)]);
const SENSES: Question = ("12", false, &[("12.1", WORDS)]);
const ACTIVITY: Question = ("17", false, &[("17.1", WORDS)]);
const FITNESS: Question = ("22", false, &[("22.1", WORDS)]);

const LUSE: &[Question] = &[
    BASIS,
    KNOWN_SINCE,
    NO_SOURCES,
    COURSE,
    DIAGNOSIS,
    DIAGNOSED,
    NO_NEW_DIAGNOSIS,
    SENSES,
    ACTIVITY,
    FITNESS,
    NO_CONTACT,
];

const LUAE_NA: &[Question] = LUSE;

const LUAE_FS: &[Question] = &[
    BASIS,
    KNOWN_SINCE,
    NO_SOURCES,
    DIAGNOSIS,
    ("15", false, &[("15.1", WORDS)]),
    ("16", false, &[("16.1", WORDS)]),
    NO_CONTACT,
];

const AG114: &[Question] = &[
    (
        "10",
        true,
        &[
            ("10.1", Code("KV_FKMU_0001", "UNDERSOKNING")),
            ("10.2", Day),
        ],
    ),
    (
        "1",
        true,
        &[("1.1", Code("KV_FKMU_0002", "NUVARANDE_ARBETE"))],
    ),
    ("2", false, &[("2.1", WORDS)]),
    ("3", false, &[("3.1", YES)]),
    ("4", true, &[("4.1", WORDS), ("4.2", Diagnosis)]),
    ("5", false, &[("5.1", WORDS)]),
    ("6", false, &[("6.1", NO)]),
    ("7", false, &[("7.1", Percent), ("7.2", Period)]),
];

const AF00213: &[Question] = &[
    ("1", false, &[("1.1", NO)]),
    ("3", false, &[("3.1", NO)]),
    ("4", false, &[("4.1", NO)]),
];

const AF00251: &[Question] = &[
    (
        "1",
        true,
        &[("1.1", Code("FKMU_0001", "UNDERSOKNING")), ("1.2", Day)],
    ),
    (
        "2",
        false,
        &[("2.1", WORDS), ("2.2", Code("1.2.752.129.5.1.2", "HELTID"))],
    ),
    ("3", false, &[("3.1", WORDS)]),
    ("4", false, &[("4.1", WORDS)]),
    ("5", false, &[("5.1", NO)]),
    ("6", true, &[("6.1", Percent), ("6.2", Period)]),
    ("7", false, &[("7.1", NO)]),
    (
        "8",
        false,
        &[("8.1", Code("1.2.752.129.5.1.3", "ATERGA_UTAN_ANPASSNING"))],
    ),
];

const PLACE_OF_DEATH: Question = (
    "3",
    false,
    &[
        ("3.1", WORDS),
        (
            "3.2",
            Code("65f0069f-14b5-4634-b187-5193580a3349", "SJUKHUS"),
        ),
    ],
);
const NO_CHILD: Question = ("4", false, &[("4.1", NO)]);
const IDENTITY: Question = ("1", false, &[("1.1", WORDS)]);
const DAY_OF_DEATH: Question = ("2", false, &[("2.1", YES), ("2.2", Day)]);

const DB: &[Question] = &[
    IDENTITY,
    DAY_OF_DEATH,
    PLACE_OF_DEATH,
    NO_CHILD,
    ("5", false, &[("5.1", NO)]),
    ("6", false, &[("6.1", YES)]),
    ("7", false, &[("7.1", NO)]),
];

const DOI: &[Question] = &[
    IDENTITY,
    DAY_OF_DEATH,
    PLACE_OF_DEATH,
    NO_CHILD,
    ("8", false, &[("8.1", WORDS)]),
    ("11", false, &[("11.1", NO)]),
    ("12", false, &[("12.1", NO)]),
    (
        "13",
        false,
        &[(
            "13.1",
            Code("f9051865-b97c-4ee3-98ab-db2b7a11176e", "KLINISK_OBDUKTION"),
        )],
    ),
];

const IDENTIFIED: Question = (
    "2",
    false,
    &[("2.1", Code("e7cc8f30-a353-4c42-b17a-a189b6876647", "IDK6"))],
);
const FIT_TO_DRIVE: Question = (
    "33",
    true,
    &[(
        "33.1",
        Code("e889fa20-1dee-4f79-8b37-03853e75a9f8", "VAR11"),
    )],
);

const TSTRK1007: &[Question] = &[
    (
        "1",
        true,
        &[("1.1", Code("24c41b8d-258a-46bf-a08a-b90738b28770", "IAV3"))],
    ),
    IDENTIFIED,
    ("3", false, &[("3.1", NO)]),
    ("4", false, &[("4.1", NO)]),
    ("5", false, &[("5.1", NO)]),
    ("6", false, &[("6.1", NO)]),
    ("7", false, &[("7.1", NO)]),
    (
        "8",
        false,
        &[
            ("8.1", Text("1.0")),
            ("8.7", NO),
            ("8.2", Text("1.0")),
            ("8.8", NO),
            ("8.3", Text("1.0")),
        ],
    ),
    ("10", false, &[("10.1", NO)]),
    ("12", false, &[("12.1", NO)]),
    ("14", false, &[("14.1", NO)]),
    ("15", false, &[("15.1", NO)]),
    ("16", false, &[("16.1", NO)]),
    ("17", false, &[("17.1", NO)]),
    ("20", false, &[("20.1", NO)]),
    ("21", false, &[("21.1", NO)]),
    ("22", false, &[("22.1", NO)]),
    ("23", false, &[("23.1", NO)]),
    ("24", false, &[("24.1", NO)]),
    ("25", false, &[("25.1", NO), ("25.2", NO)]),
    ("26", false, &[("26.1", NO)]),
    ("27", false, &[("27.1", NO)]),
    ("28", false, &[("28.1", NO)]),
    ("29", false, &[("29.1", NO)]),
    ("30", false, &[("30.1", NO)]),
    ("31", false, &[("31.1", NO)]),
    FIT_TO_DRIVE,
];

const TSTRK1031: &[Question] = &[
    (
        "1",
        true,
        &[("1.1", Code("24c41b8d-258a-46bf-a08a-b90738b28770", "IAV14"))],
    ),
    IDENTIFIED,
    ("35", false, &[("35.1", Year)]),
    (
        "18",
        false,
        &[("18.1", Code("1.2.752.116.1.1.1.1.3", "E10"))],
    ),
    ("109", false, &[("109.1", YES)]),
    ("103", false, &[("103.1", YES)]),
    FIT_TO_DRIVE,
];

const TSTRK1009: &[Question] = &[
    (
        "1",
        true,
        &[("1.1", Code("e889fa20-1dee-4f79-8b37-03853e75a9f8", "VAR11"))],
    ),
    IDENTIFIED,
    (
        "46",
        false,
        &[("46.1", Code("1.2.752.129.5.1.4", "OLAMPLIGHET"))],
    ),
    ("47", false, &[("47.1", WORDS)]),
    ("48", false, &[("48.1", Day)]),
];

const TSTRK1062: &[Question] = &[
    (
        "1",
        true,
        &[("1.1", Code("24c41b8d-258a-46bf-a08a-b90738b28770", "IAV3"))],
    ),
    IDENTIFIED,
    FIT_TO_DRIVE,
    ("52", false, &[("52.1", WORDS), ("52.2", Year)]),
    ("53", false, &[("53.1", NO)]),
    ("60", false, &[("60.1", WORDS)]),
    ("61", false, &[("61.1", YES)]),
];

/// The form's version and answers; nothing where the form has no rules.
pub(super) fn of(kind: &str) -> (&'static str, &'static [Question]) {
    match kind {
        "LUSE" => ("1.0", LUSE),
        "LUAE_NA" => ("1.0", LUAE_NA),
        "LUAE_FS" => ("1.0", LUAE_FS),
        "AG114" => ("1.0", AG114),
        "AF00213" => ("1.0", AF00213),
        "AF00251" => ("1.0", AF00251),
        "DB" => ("1.0", DB),
        "DOI" => ("1.0", DOI),
        "TSTRK1007" => ("6.7", TSTRK1007),
        "TSTRK1031" => ("3.0", TSTRK1031),
        "TSTRK1009" => ("1.0", TSTRK1009),
        "TSTRK1062" => ("1.0", TSTRK1062),
        _ => ("1.0", &[]),
    }
}
