//! Each rule of Transportstyrelsen's sets, broken once. The patient is born 1981-12-28; documents are sent 2025-03-11.

use super::paper::*;
use crate::documents::{edit, with};

const ASKED: &str = "24c41b8d-258a-46bf-a08a-b90738b28770";
const FIT: &str = "e889fa20-1dee-4f79-8b37-03853e75a9f8";
const ID: &str = "e7cc8f30-a353-4c42-b17a-a189b6876647";
const ICD: &str = "1.2.752.116.1.1.1.1.3";

fn day(value: &str) -> String {
    partial("YYYY-MM-DD", value)
}

fn year(value: &str) -> String {
    partial("YYYY", value)
}

/// TSTRK1007: version 6 has acuity in 8.1–8.6, version 7 in 8.2–8.7 after "sent separately" in 8.1.
fn tstrk1007(main: u8) -> String {
    let first = if main == 6 { 1 } else { 2 };
    let acuity: Vec<String> = (0..6)
        .map(|i| part(&format!("8.{}", first + i), "1.0"))
        .collect();
    let mut answers = vec![
        one("1", &cv("IAV3", ASKED)),
        one("1", &cv("IAV10", ASKED)),
        one("2", &cv("IDK2", ID)),
        svar("8", &acuity),
        svar("12", &[part("12.1", "true"), part("12.2", "Protes")]),
        svar(
            "16",
            &[part("16.1", "true"), part("16.2", "Högt blodtryck")],
        ),
        one("17", "true"),
        one("18", &cv("E11", ICD)),
        svar("19", &[part("19.1", "true"), part("19.3", "false")]),
        svar(
            "21",
            &[part("21.1", "true"), part("21.2", "2010, svimning")],
        ),
        svar(
            "25",
            &[
                part("25.1", "true"),
                part("25.2", "true"),
                part("25.3", "true"),
            ],
        ),
        svar(
            "26",
            &[part("26.1", "true"), part("26.2", "Läkemedel, dos")],
        ),
        svar(
            "30",
            &[
                part("30.1", "true"),
                part("30.2", "2020"),
                part("30.3", "Orten"),
                part("30.4", "Fraktur"),
            ],
        ),
        svar("31", &[part("31.1", "true"), part("31.2", "Läkemedel")]),
        one("32", "Inget"),
        one("33", &cv("VAR3", FIT)),
        one("34", "Neurolog"),
    ];
    for id in [
        "3", "4", "5", "6", "7", "9", "10", "11", "13", "14", "15", "20", "22", "23", "24", "27",
        "28", "29",
    ] {
        answers.push(one(id, "false"));
    }
    document("TSTRK1007", &format!("{main}.0"), &answers)
}

#[test]
fn tstrk1007_each_rule() {
    for (main, set_id) in [(6, "tstrk1007.v6"), (7, "tstrk1007.v7")] {
        let valid = tstrk1007(main);
        let rule = |pattern: &str| format!("{set_id}/{pattern}");
        holds(&valid);
        let asked = [
            "1", "2", "3", "4", "5", "6", "7", "8", "10", "12", "14", "15", "16", "17", "20", "21",
            "22", "23", "24", "25", "26", "27", "28", "29", "30", "31", "33",
        ];
        required(&valid, &rule("intyg"), &asked);
        single(&valid, &rule("intyg"), &["2", "3", "8", "17", "25", "31"]);
        breaks(&rule("intyg"), &with(&valid, &one("35", "x")));
        // The official pattern is bound at one end only.
        holds(&with(&valid, &one("110", "x")));
        let categories = (0..9).fold(valid.clone(), |t, _| {
            with(&t, &one("1", &cv("IAV4", ASKED)))
        });
        breaks_only(&rule("intyg"), &categories);
        parts_once(
            &valid,
            set_id,
            &[
                "1.1", "2.1", "3.1", "9.1", "11.1", "13.1", "16.1", "17.1", "21.1", "30.1", "31.1",
                "34.1",
            ],
        );
        closed(
            &valid,
            set_id,
            &[
                "1", "2", "3", "8", "12", "16", "19", "21", "25", "26", "30", "31", "34",
            ],
        );
        not(
            &valid,
            set_id,
            NO_BOOLEAN,
            &["3.1", "9.1", "12.1", "17.1", "24.1", "25.1", "30.1", "31.1"],
        );
        breaks(&rule("q25.2"), &set(&valid, "25.1", "ja"));
        breaks(&rule("q25.3"), &set(&valid, "25.1", "ja"));
        not(
            &valid,
            set_id,
            NO_TEXT,
            &["26.2", "30.2", "30.3", "30.4", "31.2", "32.1", "34.1"],
        );
        not(
            &valid,
            set_id,
            &[&cv("IAV11", ASKED), &cv("IAV1", FIT)],
            &["1.1"],
        );
        not(&valid, set_id, &[&cv("IDK7", ID)], &["2.1"]);
        not(&valid, set_id, &[&cv("VAR12", FIT)], &["33.1"]);
        not(&valid, set_id, &["E11"], &["18.1"]);
        for (pattern, lost) in [
            ("q12.1-12.2-true", "12.2"),
            ("q16.1-16.2-true", "16.2"),
            ("q26.1-26.2-R20", "26.2"),
            ("q30.1-30.2-R21", "30.2"),
            ("q30.1-30.3-R22", "30.3"),
            ("q30.1-30.4-R23", "30.4"),
            ("q31.1-31.2-R24", "31.2"),
            ("q25.2-25.3-R18", "25.3"),
        ] {
            breaks(&rule(pattern), &drop_part(&valid, lost));
        }
        breaks_only(
            &rule("q25.1-25.2-R17"),
            &drop_part(&drop_part(&valid, "25.3"), "25.2"),
        );
        breaks_only(&rule("q17.1-18.1-R10"), &drop_answers(&valid, "18"));
        breaks_only(&rule("q18.1-19-R11"), &drop_answers(&valid, "19"));
        holds(&drop_answers(&set(&valid, "18.1", &cv("E10", ICD)), "19"));
        breaks(
            &rule("instans-pattern"),
            &with(
                &valid,
                &numbered(0, "33", &[part("33.1", &cv("VAR1", FIT))]),
            ),
        );
        // 30.2 and 30.3 take 40 characters since version 7.
        let long = set(&valid, "30.2", &"x".repeat(41));
        if main == 6 {
            holds(&long)
        } else {
            breaks_only(&rule("q30.2"), &long)
        }
    }
}

#[test]
fn tstrk1007_acuity() {
    // Ids of acuity without and with correction: right, left, both.
    for (main, set_id, bare, corrected) in [
        (6, "tstrk1007.v6", ["8.1", "8.2", "8.3"], "8.4"),
        (7, "tstrk1007.v7", ["8.2", "8.3", "8.4"], "8.5"),
    ] {
        let uncorrected = drop_part(&tstrk1007(main), corrected);
        holds(&uncorrected);
        let rule = |pattern: &str| format!("{set_id}/{pattern}");
        breaks_only(&rule("q8-R33"), &set(&uncorrected, bare[2], "0.49"));
        holds(&set(&uncorrected, bare[2], "0.5"));
        breaks_only(&rule("q8-R35"), &set(&uncorrected, bare[0], "0.09"));
        breaks_only(&rule("q8-R35"), &set(&uncorrected, bare[1], "0.0"));
        let both = |a: &str, b: &str| set(&set(&uncorrected, bare[0], a), bare[1], b);
        breaks_only(&rule("q8-R34"), &both("0.79", "0.1"));
        holds(&both("0.79", "0.8"));
        // With correction, or for lower categories only, all is well.
        holds(&set(
            &set(&tstrk1007(main), bare[0], "0.79"),
            bare[1],
            "0.1",
        ));
        holds(&edit(&both("0.79", "0.1"), ">IAV3<", ">IAV10<"));
        not(&tstrk1007(main), set_id, &["", "0,8", "1e0"], &bare);
    }
    breaks_only("tstrk1007.v6/q8", &drop_part(&tstrk1007(6), "8.2"));
    breaks_only("tstrk1007.v7/q8.2", &set(&tstrk1007(7), "8.2", "2.01"));
    holds(&set(&tstrk1007(6), "8.2", "2.01"));
    // Sent separately: none here. Not sent separately: one at least.
    breaks_only(
        "tstrk1007.v7/q8-R37",
        &add_part(&tstrk1007(7), "8", &part("8.1", "true")),
    );
    let none = ["8.2", "8.3", "8.4", "8.5", "8.6", "8.7"].iter().fold(
        add_part(&tstrk1007(7), "8", &part("8.1", "true")),
        |t, id| drop_part(&t, id),
    );
    holds(&none);
    breaks_only("tstrk1007.v7/q8-R37", &set(&none, "8.1", "false"));
    not(&none, "tstrk1007.v7", NO_BOOLEAN, &["8.1"]);
}

#[test]
fn tstrk1009_each_rule() {
    let valid = document(
        "TSTRK1009",
        "1.0",
        &[
            numbered(1, "1", &[part("1.1", &cv("VAR1", FIT))]),
            numbered(2, "1", &[part("1.1", &cv("VAR18", FIT))]),
            one("2", &cv("IDK1", ID)),
            one("46", &cv("SANNOLIK_OLAMPLIGHET", "1.2.752.129.5.1.4")),
            one("47", "Demens"),
            one("48", "2025-03-11"),
            one("49", "true"),
        ],
    );
    let set_id = "tstrk1009.v1";
    holds(&valid);
    required(&valid, "tstrk1009.v1/intyg", &["1", "2", "46", "47", "48"]);
    single(&valid, "tstrk1009.v1/intyg", &["2", "46", "47", "48", "49"]);
    holds(&with(&valid, &one("99", "x")));
    parts_once(
        &valid,
        set_id,
        &["1.1", "2.1", "46.1", "47.1", "48.1", "49.1"],
    );
    closed(&valid, set_id, &["1", "2", "46", "47", "48", "49"]);
    breaks_only(
        "tstrk1009.v1/q1",
        &edit(&valid, "<c:instans>1</c:instans>", ""),
    );
    not(
        &valid,
        set_id,
        &[&cv("VAR10", FIT), &cv("VAR1", ASKED)],
        &["1.1"],
    );
    not(&valid, set_id, &[&cv("IDK0", ID)], &["2.1"]);
    not(
        &valid,
        set_id,
        &[
            &cv("LAMPLIGHET", "1.2.752.129.5.1.4"),
            &cv("OLAMPLIGHET", "x"),
        ],
        &["46.1"],
    );
    not(&valid, set_id, NO_TEXT, &["47.1"]);
    not(&valid, set_id, NO_DATE, &["48.1"]);
    not(&valid, set_id, NO_BOOLEAN, &["49.1"]);
    breaks_only("tstrk1009.v1/R1-48.1", &set(&valid, "48.1", "2025-03-12"));
    let cannot_say = edit(&valid, ">VAR18<", ">VAR11<");
    breaks("tstrk1009.v1/R8-1.1", &cannot_say);
    breaks("tstrk1009.v1/R10-1.1", &cannot_say);
    let alone = crate::documents::without(&valid, ">VAR18<");
    holds(&edit(&alone, ">VAR1<", ">VAR11<"));
}

fn tstrk1031_v3() -> String {
    let acuity: Vec<String> = (2..8).map(|i| part(&format!("8.{i}"), "1.0")).collect();
    let severe = |id: &str| {
        svar(
            id,
            &[
                part(&format!("{id}.1"), "true"),
                part(&format!("{id}.2"), &day("2025-01-02")),
            ],
        )
    };
    document(
        "TSTRK1031",
        "3.0",
        &[
            one("1", &cv("IAV3", ASKED)),
            one("1", &cv("IAV12", ASKED)),
            one("2", &cv("IDK2", ID)),
            one("35", &year("2001")),
            svar("18", &[part("18.1", &cv("E10", ICD))]),
            svar(
                "109",
                &[
                    part("109.1", "true"),
                    part("109.2", "true"),
                    part("109.3", "true"),
                    part("109.4", &year("2002")),
                    part("109.5", "true"),
                    part("109.6", "Pump"),
                    part("109.7", "true"),
                ],
            ),
            one("41", "true"),
            one("37", "true"),
            one("100", "true"),
            one("110", "true"),
            severe("106"),
            severe("107"),
            severe("108"),
            one("103", "false"),
            svar("8", &acuity),
            one("45", "true"),
            one("32", "Inget"),
            one("33", &cv("VAR3", FIT)),
            one("34", "Ögonläkare"),
        ],
    )
}

#[test]
fn tstrk1031_v3_each_rule() {
    let valid = tstrk1031_v3();
    let rule = |pattern: &str| format!("tstrk1031.v3/{pattern}");
    holds(&valid);
    // Version 2 is judged by the same set.
    breaks(
        &rule("intyg"),
        &drop_answers(&edit(&valid, ">3.0<", ">2.6<"), "35"),
    );
    required(
        &valid,
        &rule("intyg"),
        &["1", "2", "35", "18", "109", "103", "33"],
    );
    single(
        &valid,
        &rule("intyg"),
        &[
            "2", "35", "18", "109", "41", "37", "100", "110", "106", "107", "108", "103", "8",
            "32", "45",
        ],
    );
    breaks(&rule("intyg"), &with(&valid, &one("99", "x")));
    parts_once(
        &valid,
        "tstrk1031.v3",
        &[
            "1.1", "2.1", "35.1", "41.1", "37.1", "100.1", "106.1", "103.1", "45.1", "33.1", "34.1",
        ],
    );
    closed(
        &valid,
        "tstrk1031.v3",
        &["1", "2", "35", "18", "109", "106", "8", "34"],
    );
    for (id, bad) in [
        ("1.1", cv("IAV10", ASKED)),
        ("35.1", partial("YYYY-MM", "2001-01")),
        ("18.1", cv("E12", ICD)),
        ("109.1", "ja".to_owned()),
        ("109.6", "x".repeat(54)),
        ("41.1", "ja".to_owned()),
        ("100.1", "ja".to_owned()),
        ("110.1", "ja".to_owned()),
        ("106.2", partial("YYYY-MM", "2025-01")),
        ("103.1", "ja".to_owned()),
        ("8.2", "2.01".to_owned()),
        ("45.1", "ja".to_owned()),
        ("32.1", "x".repeat(190)),
        ("33.1", cv("VAR10", FIT)),
        ("34.1", "x".repeat(72)),
    ] {
        let (question, _) = id.split_once('.').unwrap();
        breaks(&rule(&format!("q{question}")), &set(&valid, id, &bad));
    }
    breaks_only(&rule("R1"), &drop_answers(&valid, "45"));
    // Diagnosed no earlier than in the birth year, 1981, and no later than in 2025.
    holds(&set(&valid, "35.1", &year("1981")));
    breaks_only(&rule("R2"), &set(&valid, "35.1", &year("1980")));
    breaks_only(&rule("R2"), &set(&valid, "35.1", &year("2026")));
    breaks_only(&rule("R7"), &set(&valid, "109.4", &year("1980")));
    breaks_only(&rule("R7"), &set(&valid, "109.4", &year("2026")));
    breaks_only(&rule("R3"), &add_part(&valid, "18", &part("18.2", "MODY")));
    holds(&edit(
        &valid,
        &part("18.1", &cv("E10", ICD)),
        &part("18.2", "MODY"),
    ));
    let no_treatment = ["109.1", "109.2", "109.3", "109.5"]
        .iter()
        .fold(valid.clone(), |t, id| set(&t, id, "false"));
    breaks_only(&rule("R4"), &no_treatment);
    breaks_only(&rule("R5-R6"), &drop_part(&valid, "109.4"));
    breaks(&rule("R5-R6"), &drop_answers(&valid, "41"));
    breaks(&rule("R17"), &drop_answers(&valid, "41"));
    breaks(&rule("R17"), &drop_answers(&valid, "37"));
    for (pattern, id) in [
        ("R8", "106.2"),
        ("R9", "107.2"),
        ("R10", "108.2"),
        ("R16", "109.7"),
        ("R18", "109.6"),
    ] {
        breaks_only(&rule(pattern), &drop_part(&valid, id));
    }
    breaks_only(&rule("R12"), &drop_answers(&valid, "8"));
    for id in ["106.2", "107.2", "108.2"] {
        breaks_only(&rule("R20-R21-R22"), &set(&valid, id, &day("2025-03-12")));
        breaks_only(&rule("R20-R21-R22"), &set(&valid, id, &day("1981-12-27")));
        holds(&set(
            &set(&valid, id, &day("1981-12-28")),
            id,
            &day("2025-03-11"),
        ));
    }
    breaks_only(
        &rule("R23-R24"),
        &with(&valid, &one("33", &cv("VAR11", FIT))),
    );
    for id in ["100", "110", "106", "107", "108"] {
        breaks_only(&rule("R25"), &drop_answers(&valid, id));
    }
    // Acuity, as in TSTRK1007.
    let uncorrected = drop_part(&valid, "8.6");
    breaks_only(&rule("R13"), &set(&uncorrected, "8.4", "0.4"));
    breaks_only(
        &rule("R14"),
        &set(&set(&uncorrected, "8.2", "0.7"), "8.3", "0.7"),
    );
    breaks_only(&rule("R15"), &set(&uncorrected, "8.2", "0.0"));
    breaks_only(&rule("R15"), &set(&uncorrected, "8.3", "0.0"));
    breaks_only(&rule("R26"), &add_part(&valid, "8", &part("8.1", "true")));
    let separate = with(&drop_answers(&valid, "8"), &one("8", "true"));
    holds(&separate);
    breaks_only(&rule("R26"), &set(&separate, "8.1", "false"));
}

fn tstrk1031_v4() -> String {
    document(
        "TSTRK1031",
        "4.0",
        &[
            one("1", &cv("VAR3", FIT)),
            one("2", &cv("IDK2", ID)),
            one("205", &cv("VN1", "1.2.752.129.5.1.28")),
            one("35", &year("2001")),
            svar("18", &[part("18.1", &cv("E109", ICD))]),
            one("207", "true"),
            one("208", "true"),
            svar(
                "209",
                &[
                    part("209.1", "true"),
                    part("209.3", "true"),
                    part("209.4", "Pump"),
                ],
            ),
            one("210", &day("2002-02-02")),
            svar("200", &[part("200.1", "false"), part("200.2", "Nyinsatt")]),
            one("201", "true"),
            one("110", "true"),
            one("202", "true"),
            svar(
                "106",
                &[
                    part("106.1", "true"),
                    part("106.2", &day("2024-10-01")),
                    part("106.3", "true"),
                    part("106.5", "false"),
                ],
            ),
            svar(
                "107",
                &[
                    part("107.1", "true"),
                    part("107.3", "true"),
                    part("107.5", &day("2025-01-01")),
                ],
            ),
            svar(
                "203",
                &[part("203.1", "true"), part("203.2", &day("2025-01-01"))],
            ),
            one("204", "true"),
            svar("206", &[part("206.1", "true"), part("206.2", "Ögon")]),
            one("34", "Ögonläkare"),
            one("33", &cv("VAR3", FIT)),
            one("32", "Inget"),
        ],
    )
}

#[test]
fn tstrk1031_v4_each_rule() {
    let valid = tstrk1031_v4();
    let rule = |pattern: &str| format!("tstrk1031.v4/{pattern}");
    holds(&valid);
    required(
        &valid,
        &rule("intyg"),
        &["1", "2", "205", "35", "18", "207", "206", "33"],
    );
    single(
        &valid,
        &rule("intyg"),
        &[
            "2", "205", "35", "18", "207", "208", "209", "210", "200", "201", "110", "202", "106",
            "107", "203", "204", "206", "34", "32",
        ],
    );
    breaks(&rule("intyg"), &with(&valid, &one("99", "x")));
    parts_once(
        &valid,
        "tstrk1031.v4",
        &[
            "1.1", "2.1", "205.1", "35.1", "207.1", "210.1", "200.1", "106.1", "203.1", "206.1",
            "34.1", "33.1", "32.1",
        ],
    );
    closed(
        &valid,
        "tstrk1031.v4",
        &["1", "18", "208", "209", "200", "106", "107", "203", "206"],
    );
    for (id, bad) in [
        ("1.1", cv("VAR11", FIT)),
        ("205.1", cv("VN3", "1.2.752.129.5.1.28")),
        ("18.1", cv("E12", ICD)),
        ("207.1", "ja".to_owned()),
        ("208.1", "ja".to_owned()),
        ("209.1", "ja".to_owned()),
        ("209.4", "x".repeat(54)),
        ("210.1", partial("YYYY", "2002")),
        ("200.2", "x".repeat(54)),
        ("201.1", "ja".to_owned()),
        ("110.1", "ja".to_owned()),
        ("202.1", "ja".to_owned()),
        ("106.3", "ja".to_owned()),
        ("107.3", "ja".to_owned()),
        ("203.2", partial("YYYY", "2025")),
        ("204.1", "ja".to_owned()),
        ("206.2", "x".repeat(190)),
        ("34.1", " ".to_owned()),
        ("33.1", cv("VAR10", FIT)),
        ("32.1", " ".to_owned()),
        ("35.1", "2001".to_owned()),
    ] {
        let (question, _) = id.split_once('.').unwrap();
        breaks(&rule(&format!("q{question}")), &set(&valid, id, &bad));
    }
    breaks_only(&rule("R2"), &set(&valid, "35.1", &year("1980")));
    breaks_only(&rule("R2"), &set(&valid, "35.1", &year("2026")));
    breaks_only(&rule("R3"), &add_part(&valid, "18", &part("18.2", "MODY")));
    holds(&edit(
        &valid,
        &part("18.1", &cv("E109", ICD)),
        &part("18.2", "MODY"),
    ));
    breaks_only(
        &rule("R4"),
        &set(&set(&valid, "209.1", "false"), "209.3", "false"),
    );
    for (pattern, id) in [
        ("R8", "106.2"),
        ("R8", "106.3"),
        ("R8", "106.5"),
        ("R9", "107.3"),
        ("R18", "209.4"),
        ("R27", "200.2"),
        ("R29", "206.2"),
        ("R33", "107.5"),
        ("R34", "203.2"),
    ] {
        breaks_only(&rule(pattern), &drop_part(&valid, id));
    }
    for id in ["210.1", "106.2", "107.5", "203.2"] {
        breaks_only(
            &rule("R19-R20-R21-R22"),
            &set(&valid, id, &day("2025-03-12")),
        );
        breaks_only(
            &rule("R19-R20-R21-R22"),
            &set(&valid, id, &day("1981-12-27")),
        );
    }
    breaks_only(
        &rule("R23-R24"),
        &with(&valid, &one("33", &cv("VAR11", FIT))),
    );
    breaks_only(&rule("R27"), &set(&valid, "200.1", "true"));
    breaks_only(&rule("R28"), &drop_answers(&valid, "203"));
    breaks_only(&rule("R28"), &drop_answers(&valid, "204"));
    for id in ["200", "201", "110", "202", "106", "107", "209", "210"] {
        breaks_only(&rule("R30"), &drop_answers(&valid, id));
    }
    breaks_only(&rule("R32"), &drop_answers(&valid, "208"));
    for n in [1, 2, 4, 5, 6, 7, 8, 9] {
        breaks_only(
            &rule("R35"),
            &with(&valid, &one("33", &cv(&format!("VAR{n}"), FIT))),
        );
    }
    // Lower categories need not be asked for.
    holds(&with(&valid, &one("33", &cv("VAR12", FIT))));
}

#[test]
fn tstrk1062_each_rule() {
    let diagnosis = svar(
        "51",
        &[
            part("51.1", &cv("F900", ICD)),
            part("51.2", "ADHD"),
            part("51.3", &year("2015")),
        ],
    );
    let valid = document(
        "TSTRK1062",
        "1.0",
        &[
            one("1", &cv("IAV12", ASKED)),
            one("2", &cv("IDK2", ID)),
            diagnosis,
            one("53", "true"),
            one("54", "true"),
            one("55", "Läkemedel"),
            one("56", "true"),
            one("57", "false"),
            one("58", "true"),
            one("60", "Stabil"),
            one("61", "true"),
            one("32", "Inget"),
            one("33", &cv("VAR12", FIT)),
        ],
    );
    let rule = |pattern: &str| format!("tstrk1062.v1/{pattern}");
    holds(&valid);
    required(
        &valid,
        &rule("intyg"),
        &["1", "2", "51", "53", "60", "61", "33"],
    );
    single(
        &valid,
        &rule("intyg"),
        &["2", "53", "54", "55", "56", "57", "58", "60", "61", "32"],
    );
    breaks_only(
        &rule("intyg"),
        &(0..4).fold(valid.clone(), |t, _| double(&t, "51")),
    );
    breaks(&rule("intyg"), &with(&valid, &one("50", "x")));
    parts_once(
        &valid,
        "tstrk1062.v1",
        &[
            "1.1", "2.1", "51.1", "51.3", "53.1", "54.1", "55.1", "56.1", "57.1", "58.1", "60.1",
            "61.1", "32.1", "33.1",
        ],
    );
    closed(&valid, "tstrk1062.v1", &["1", "51", "53", "58", "61"]);
    for (id, bad) in [
        ("1.1", cv("IAV10", ASKED)),
        ("51.1", cv("F90", ICD)),
        ("51.1", cv("F900", "x")),
        ("51.2", " ".to_owned()),
        ("51.3", "2015".to_owned()),
        ("53.1", "ja".to_owned()),
        ("54.1", "ja".to_owned()),
        ("55.1", " ".to_owned()),
        ("56.1", "ja".to_owned()),
        ("57.1", "ja".to_owned()),
        ("60.1", "".to_owned()),
        ("61.1", "ja".to_owned()),
        ("61.1", cv("XX", "2.16.840.1.113883.5.1008")),
        ("32.1", " ".to_owned()),
        ("33.1", cv("VAR10", FIT)),
    ] {
        let (question, _) = id.split_once('.').unwrap();
        breaks(&rule(&format!("q{question}")), &set(&valid, id, &bad));
    }
    breaks(&rule("q58"), &set(&valid, "57.1", "ja"));
    holds(&set(&valid, "61.1", &cv("NI", "2.16.840.1.113883.5.1008")));
    let text = svar("52", &[part("52.1", "ADHD"), part("52.2", &year("2015"))]);
    breaks(&rule("q51"), &with(&valid, &text));
    breaks(&rule("q52"), &with(&valid, &text));
    let in_words = with(&drop_answers(&valid, "51"), &text);
    holds(&in_words);
    not_under(&in_words, &rule("q52"), "52.1", " ");
    breaks_only(&rule("R14"), &set(&in_words, "52.2", &year("2026")));
    breaks_only(&rule("R10"), &set(&valid, "51.3", &year("2026")));
    breaks(&rule("R1"), &drop_answers(&valid, "54"));
    for id in ["55", "56", "57", "58"] {
        breaks_only(&rule("R2-R3-R4-R5"), &drop_answers(&valid, id));
    }
    let ended = set(&valid, "54.1", "false");
    breaks_only(&rule("R6-R7"), &ended);
    let end = svar("59", &[part("59.1", "2020"), part("59.2", "Biverkningar")]);
    holds(&with(&ended, &end));
    not_under(&with(&ended, &end), &rule("q59"), "59.2", " ");
    breaks_only(&rule("R8-R9"), &with(&valid, &one("33", &cv("VAR11", FIT))));
}

fn not_under(valid: &str, rule: &str, id: &str, value: &str) {
    breaks(rule, &set(valid, id, value));
}
