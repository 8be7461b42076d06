//! Each rule of `ag7804.v1` and `ag114.v1`, broken once.

use super::paper::*;
use crate::documents::{edit, with};

const ICD: &str = "1.2.752.116.1.1.1.1.3";

fn ag7804() -> String {
    let basis = |code: &str| part("1.1", &cv(code, "KV_FKMU_0001"));
    let degree = |code: &str| part("32.1", &cv(code, "KV_FKMU_0003"));
    let work = |code: &str| part("28.1", &cv(code, "KV_FKMU_0002"));
    let measure = |code: &str| part("40.1", &cv(code, "KV_FKMU_0004"));
    document(
        "AG7804",
        "1.0",
        &[
            numbered(1, "1", &[basis("UNDERSOKNING"), part("1.2", "2025-03-10")]),
            numbered(
                2,
                "1",
                &[
                    basis("ANNAT"),
                    part("1.2", "2025-03-09"),
                    part("1.3", "Journal"),
                ],
            ),
            numbered(1, "28", &[work("NUVARANDE_ARBETE")]),
            numbered(2, "28", &[work("STUDIER")]),
            one("29", "Snickare"),
            one("100", "true"),
            svar(
                "6",
                &[
                    part("6.1", "Ryggvärk"),
                    part("6.2", &cv("M545", ICD)),
                    part("6.3", "Sömnstörning"),
                    part("6.4", &cv("G470", ICD)),
                ],
            ),
            one("35", "Stel"),
            one("17", "Kan inte lyfta"),
            one("19", "Sjukgymnastik"),
            one("20", "Inga"),
            numbered(
                1,
                "32",
                &[
                    degree("HELT_NEDSATT"),
                    part("32.2", &period("2025-03-10", "2025-03-20")),
                ],
            ),
            numbered(
                2,
                "32",
                &[
                    degree("HALFTEN"),
                    part("32.2", &period("2025-03-21", "2025-03-31")),
                ],
            ),
            one("37", "Långsam läkning"),
            svar("33", &[part("33.1", "true"), part("33.2", "Kortare dagar")]),
            one("34", "false"),
            svar(
                "39",
                &[
                    part("39.1", &cv("ATER_X_ANTAL_DGR", "KV_FKMU_0006")),
                    part("39.3", &cv("SEXTIO_DGR", "KV_FKMU_0007")),
                ],
            ),
            numbered(1, "40", &[measure("ARBETSTRANING")]),
            numbered(2, "40", &[measure("ERGONOMISK")]),
            one("44", "Höj- och sänkbart bord"),
            one("25", "Inget"),
            svar(
                "103",
                &[part("103.1", "true"), part("103.2", "Om anpassning")],
            ),
        ],
    )
}

#[test]
fn ag7804_questions_and_values() {
    let (valid, set) = (ag7804(), "ag7804.v1");
    holds(&valid);
    required(
        &valid,
        "ag7804.v1/intyg",
        &["1", "28", "35", "17", "39", "40", "32", "100"],
    );
    let single_ones = [
        "29", "35", "19", "20", "37", "33", "34", "39", "44", "25", "103", "17",
    ];
    single(&valid, "ag7804.v1/intyg", &single_ones);
    breaks("ag7804.v1/intyg", &with(&valid, &one("26", "true")));
    breaks("ag7804.v1/intyg", &with(&valid, &one("9001", "x")));
    parts_once(
        &valid,
        set,
        &[
            "1.1", "1.2", "28.1", "29.1", "6.1", "6.2", "35.1", "17.1", "19.1", "20.1", "32.1",
            "32.2", "37.1", "33.1", "34.1", "39.1", "40.1", "44.1", "25.1", "103.1",
        ],
    );
    closed(
        &valid,
        set,
        &[
            "1", "28", "29", "6", "35", "17", "19", "20", "32", "37", "33", "34", "39", "40", "44",
            "25", "103",
        ],
    );
    not(
        &valid,
        set,
        NO_TEXT,
        &[
            "1.3", "29.1", "6.1", "6.3", "35.1", "17.1", "19.1", "20.1", "37.1", "33.2", "44.1",
            "25.1", "103.2",
        ],
    );
    not(&valid, set, NO_BOOLEAN, &["100.1", "33.1", "34.1", "103.1"]);
    not(&valid, set, NO_DATE, &["1.2"]);
    for (id, system) in [
        ("1.1", "KV_FKMU_0001"),
        ("28.1", "KV_FKMU_0002"),
        ("32.1", "KV_FKMU_0003"),
        ("39.1", "KV_FKMU_0006"),
        ("39.3", "KV_FKMU_0007"),
        ("40.1", "KV_FKMU_0004"),
    ] {
        not(&valid, set, &[&cv("XXX", system)], &[id]);
    }
    // A measure that LISJP has and AG7804 has not.
    breaks_only(
        "ag7804.v1/q40.1",
        &edit(&valid, ">ERGONOMISK<", ">KONFLIKTHANTERING<"),
    );
    not(
        &valid,
        set,
        &[&cv("F32", ICD), &cv("M545", "x")],
        &["6.2", "6.4"],
    );
    not(
        &valid,
        set,
        &[&period("2025-03-11", "2025-03-10")],
        &["32.2"],
    );
    for question in ["1", "28", "32", "40"] {
        let first = format!("<c:svar id=\"{question}\"><c:instans>1</c:instans>");
        breaks(
            &format!("ag7804.v1/q{question}"),
            &edit(&valid, &first, &format!("<c:svar id=\"{question}\">")),
        );
    }
    breaks_only(
        "ag7804.v1/instans-pattern",
        &edit(&valid, "<c:instans>2<", "<c:instans>-1<"),
    );
}

#[test]
fn ag7804_relations() {
    let valid = ag7804();
    // A basis may be of the day of sending, 2025-03-11, not of the day after.
    holds(&set(&valid, "1.2", "2025-03-11"));
    breaks_only("ag7804.v1/R35-1.2", &set(&valid, "1.2", "2025-03-12"));
    breaks("ag7804.v1/q1", &edit(&valid, ">ANNAT<", ">UNDERSOKNING<"));
    breaks(
        "ag7804.v1/q1.3",
        &edit(&valid, ">ANNAT<", ">TELEFONKONTAKT<"),
    );
    breaks_only("ag7804.v1/q1.1-1.3", &drop_part(&valid, "1.3"));
    breaks_only("ag7804.v1/q28.1-q29", &drop_answers(&valid, "29"));
    breaks_only(
        "ag7804.v1/q28.1-q29",
        &edit(&valid, "NUVARANDE_ARBETE", "ARBETSSOKANDE"),
    );
    breaks(
        "ag7804.v1/q28.1-R5",
        &edit(&valid, ">STUDIER<", ">NUVARANDE_ARBETE<"),
    );
    // The diagnosis is told if and only if the patient wants it.
    breaks_only("ag7804.v1/q100.1-true", &drop_answers(&valid, "6"));
    breaks("ag7804.v1/q100.1-false", &set(&valid, "100.1", "false"));
    breaks("ag7804.v1/intyg", &set(&valid, "100.1", "false"));
    holds(&drop_answers(&set(&valid, "100.1", "false"), "6"));
    breaks_only("ag7804.v1/q6.3-6.4", &drop_part(&valid, "6.3"));
    breaks_only(
        "ag7804.v1/q6.5-6.6-6.3",
        &add_part(&valid, "6", &part("6.5", "Oro")),
    );
    breaks_only(
        "ag7804.v1/q6.2-6.4-6.6-R12",
        &set(&valid, "6.4", &cv("G47-", "1.2.752.116.1.3.1.4.1")),
    );
    breaks_only(
        "ag7804.v1/q32",
        &edit(&valid, "<t:start>2025-03-21", "<t:start>2025-03-19"),
    );
    breaks(
        "ag7804.v1/q32.1-R22",
        &edit(&valid, ">HALFTEN<", ">HELT_NEDSATT<"),
    );
    breaks_only("ag7804.v1/q32.1-33", &drop_answers(&valid, "33"));
    breaks_only("ag7804.v1/q33.1-33.2", &drop_part(&valid, "33.2"));
    breaks_only("ag7804.v1/q33.1-33.2", &set(&valid, "33.1", "false"));
    let full = drop_answers_with(&valid, "HALFTEN");
    breaks_only("ag7804.v1/q32.1-33.1-R26", &full);
    breaks_only("ag7804.v1/q39.1-39.3", &drop_part(&valid, "39.3"));
    breaks_only(
        "ag7804.v1/q39.1-39.3",
        &set(&valid, "39.1", &cv("PROGNOS_OKLAR", "KV_FKMU_0006")),
    );
    breaks(
        "ag7804.v1/q40",
        &edit(&valid, ">ERGONOMISK<", ">EJ_AKTUELLT<"),
    );
    breaks_only(
        "ag7804.v1/q40.1-R29",
        &edit(&valid, ">ERGONOMISK<", ">ARBETSTRANING<"),
    );
    let none = edit(
        &drop_answers_with(&valid, "ERGONOMISK"),
        "ARBETSTRANING",
        "EJ_AKTUELLT",
    );
    breaks_only("ag7804.v1/q40.1-44", &none);
    holds(&drop_answers(&none, "44"));
    breaks_only("ag7804.v1/q103.1-103.2", &set(&valid, "103.1", "false"));
    // Infection control stands for the other blocks, but not for activity limitation's own count.
    let bare = ["1", "28", "29", "35", "17", "39", "40", "44"]
        .iter()
        .fold(valid.clone(), |t, id| drop_answers(&t, id));
    holds(&with(&bare, &one("27", "true")));
    breaks("ag7804.v1/q27.1", &with(&bare, &one("27", "false")));
    breaks("ag7804.v1/q27.1", &with(&valid, &one("27", "ja")));
}

fn drop_answers_with(text: &str, mark: &str) -> String {
    crate::documents::without(text, mark)
}

fn ag114() -> String {
    let basis = |code: &str| part("10.1", &cv(code, "KV_FKMU_0001"));
    document(
        "AG1-14",
        "1.0",
        &[
            one("1", &cv("NUVARANDE_ARBETE", "KV_FKMU_0002")),
            one("2", "Snickare"),
            one("3", "true"),
            numbered(
                1,
                "4",
                &[part("4.1", "Ryggvärk"), part("4.2", &cv("M545", ICD))],
            ),
            one("5", "Kan inte lyfta"),
            svar("6", &[part("6.1", "true"), part("6.2", "Kontorsarbete")]),
            svar(
                "7",
                &[
                    part("7.1", &quantity("75.0", "%")),
                    part("7.2", &period("2025-03-10", "2025-03-20")),
                ],
            ),
            one("8", "Inget"),
            svar("9", &[part("9.1", "true"), part("9.2", "Chefen")]),
            numbered(
                1,
                "10",
                &[basis("UNDERSOKNING"), part("10.2", "2025-03-10")],
            ),
            numbered(
                2,
                "10",
                &[
                    basis("ANNAT"),
                    part("10.2", "2025-03-10"),
                    part("10.3", "Journal"),
                ],
            ),
        ],
    )
}

#[test]
fn ag114_each_rule() {
    let (valid, set_id) = (ag114(), "ag114.v1");
    holds(&valid);
    required(&valid, "ag114.v1/intyg", &["1", "2", "3", "5", "6", "7"]);
    single(
        &valid,
        "ag114.v1/intyg",
        &["1", "2", "3", "5", "6", "7", "8", "9"],
    );
    let four = (2..=4).fold(valid.clone(), |t, i| {
        with(
            &t,
            &numbered(i, "4", &[part("4.1", "x"), part("4.2", &cv("M545", ICD))]),
        )
    });
    breaks_only("ag114.v1/intyg", &four);
    parts_once(
        &valid,
        set_id,
        &[
            "1.1", "2.1", "3.1", "5.1", "6.1", "7.1", "7.2", "8.1", "9.1", "10.1", "10.2",
        ],
    );
    closed(
        &valid,
        set_id,
        &["1", "2", "3", "5", "6", "7", "8", "9", "10"],
    );
    not(
        &valid,
        set_id,
        NO_TEXT,
        &["2.1", "4.1", "5.1", "6.2", "8.1", "9.2", "10.3"],
    );
    not(&valid, set_id, NO_BOOLEAN, &["3.1", "6.1", "9.1"]);
    not(&valid, set_id, NO_DATE, &["10.2"]);
    not(
        &valid,
        set_id,
        &[&cv("STUDIER", "KV_FKMU_0002"), &cv("NUVARANDE_ARBETE", "x")],
        &["1.1"],
    );
    not(&valid, set_id, &[&cv("XXX", "KV_FKMU_0001")], &["10.1"]);
    not(
        &valid,
        set_id,
        &[
            &quantity("75", "%"),
            &quantity("101.0", "%"),
            &quantity("75.5", "%"),
            "75.0",
        ],
        &["7.1"],
    );
    not(
        &valid,
        set_id,
        &[&period("2025-03-11", "2025-03-10")],
        &["7.2"],
    );
    // Unlike the insurance forms, a code may be longer than five characters.
    holds(&set(&valid, "4.2", &cv("M545-ABC", ICD)));
    breaks_only("ag114.v1/q4.2-R3-R4", &set(&valid, "4.2", &cv("F32", ICD)));
    breaks_only("ag114.v1/q4.1", &drop_part(&valid, "4.2"));
    breaks_only("ag114.v1/q4.2", &drop_part(&valid, "4.1"));
    breaks_only(
        "ag114.v1/q4.instans",
        &edit(
            &valid,
            "<c:svar id=\"4\"><c:instans>1</c:instans>",
            "<c:svar id=\"4\">",
        ),
    );
    breaks_only("ag114.v1/q4-R14", &drop_answers(&valid, "4"));
    holds(&drop_answers(&set(&valid, "3.1", "false"), "4"));
    breaks_only("ag114.v1/q6.2-R1", &drop_part(&valid, "6.2"));
    breaks_only("ag114.v1/q9.2-R2", &drop_part(&valid, "9.2"));
    breaks_only("ag114.v1/q10.1-10.3", &drop_part(&valid, "10.3"));
    breaks(
        "ag114.v1/q10.3",
        &edit(&valid, ">ANNAT<", ">JOURNALUPPGIFTER<"),
    );
    breaks("ag114.v1/q10", &edit(&valid, ">ANNAT<", ">UNDERSOKNING<"));
    // Questions of other ids, and instance numbers below 1, are not ruled.
    holds(&with(&valid, &one("99", "x")));
    holds(&edit(&valid, "<c:instans>2<", "<c:instans>0<"));
}
