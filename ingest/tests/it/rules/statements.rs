//! Each rule of `luse.v1`, `luae_na.v1` and `luae_fs.v1`, broken once.

use super::paper::*;
use crate::documents::{edit, with};

const ICD: &str = "1.2.752.116.1.1.1.1.3";

/// What the three types share: questions 1–4, 6, 25, 26 and one of their own.
fn common() -> Vec<String> {
    let basis = |code: &str| part("1.1", &cv(code, "KV_FKMU_0001"));
    vec![
        numbered(1, "1", &[basis("UNDERSOKNING"), part("1.2", "2025-03-01")]),
        numbered(
            2,
            "1",
            &[
                basis("ANNAT"),
                part("1.2", "2024-12-01"),
                part("1.3", "Journal"),
            ],
        ),
        one("2", "2025-01-15"),
        one("3", "true"),
        numbered(
            1,
            "4",
            &[
                part("4.1", &cv("PSYKOLOG", "KV_FKMU_0005")),
                part("4.2", "2024-11-05"),
                part("4.3", "Skickas med post"),
            ],
        ),
        svar(
            "6",
            &[
                part("6.1", "Depression"),
                part("6.2", &cv("F321", ICD)),
                part("6.3", "Ryggvärk"),
                part("6.4", &cv("M545", ICD)),
                part("6.5", "Oro"),
                part("6.6", &cv("F411", ICD)),
            ],
        ),
        one("25", "Inget mer"),
        svar("26", &[part("26.1", "true"), part("26.2", "Samråd")]),
        one("9001", "Ja"),
    ]
}

fn long(kind: &str) -> String {
    let mut answers = common();
    answers.push(one("5", "Sedan 2020"));
    answers.push(one("7", "Vårdcentralen 2020"));
    answers.push(svar(
        "45",
        &[part("45.1", "true"), part("45.2", "Om ett år")],
    ));
    for id in [
        "8", "9", "10", "11", "12", "13", "14", "17", "18", "19", "20", "21", "22", "23",
    ] {
        answers.push(one(id, "Beskrivning"));
    }
    if kind == "LUAE_NA" {
        answers.push(one("24", "Träning"));
    }
    document(kind, "1.0", &answers)
}

fn short() -> String {
    let mut answers = common();
    answers.push(one("15", "Sedan födseln"));
    answers.push(one("16", "Kan inte vara i stor grupp"));
    document("LUAE_FS", "1.0", &answers)
}

fn all() -> [(String, &'static str); 3] {
    [
        (long("LUSE"), "luse.v1"),
        (long("LUAE_NA"), "luae_na.v1"),
        (short(), "luae_fs.v1"),
    ]
}

#[test]
fn the_documents_are_valid() {
    for (valid, _) in all() {
        holds(&valid);
    }
    // What may be left out, all at once.
    for (valid, set) in all() {
        let bare = ["25", "26", "9001"]
            .iter()
            .fold(valid, |t, id| drop_answers(&t, id));
        let bare = drop_answers(&set_no_sources(&bare), "4");
        holds(&bare);
        if set != "luae_fs.v1" {
            let optional = [
                "8", "9", "10", "11", "12", "13", "18", "19", "20", "21", "23",
            ];
            holds(&optional.iter().fold(bare, |t, id| drop_answers(&t, id)));
        }
    }
}

fn set_no_sources(text: &str) -> String {
    set(text, "3.1", "false")
}

#[test]
fn how_often_questions_are_answered() {
    let long_required = ["1", "2", "3", "5", "6", "7", "45", "17", "22"];
    for (valid, set, more) in [
        (long("LUSE"), "luse.v1", &long_required[..]),
        (long("LUAE_NA"), "luae_na.v1", &long_required[..]),
        (short(), "luae_fs.v1", &["1", "2", "3", "6", "15", "16"][..]),
    ] {
        let whole = format!("{set}/intyg");
        required(&valid, &whole, more);
        single(&valid, &whole, &more[1..]);
        single(&valid, &whole, &["25", "26"]);
        breaks(&whole, &with(&valid, &one("99", "x")));
        breaks(&whole, &with(&valid, &one("10000", "x")));
        // Five bases, four sources: one more than may be.
        let bases = (3..=5).fold(valid.clone(), |t, i| {
            with(&t, &numbered(i, "1", &[part("1.2", "2025-01-01")]))
        });
        breaks(&whole, &bases);
        let sources = (2..=4).fold(valid, |t, i| {
            with(&t, &numbered(i, "4", &[part("4.3", "Här")]))
        });
        breaks(&whole, &sources);
    }
    breaks("luse.v1/intyg", &with(&long("LUSE"), &one("24", "x")));
    for (kind, whole) in [("LUSE", "luse.v1/intyg"), ("LUAE_NA", "luae_na.v1/intyg")] {
        let areas = ["8", "9", "10", "11", "12", "13", "14"];
        single(&long(kind), whole, &areas);
        single(&long(kind), whole, &["18", "19", "20", "21", "23"]);
        // No area of impaired function at all.
        breaks_only(
            whole,
            &areas.iter().fold(long(kind), |t, id| drop_answers(&t, id)),
        );
    }
}

#[test]
fn parts_and_their_values() {
    for (valid, set) in all() {
        parts_once(
            &valid,
            set,
            &[
                "1.1", "1.2", "2.1", "3.1", "4.1", "4.2", "4.3", "6.1", "6.2", "25.1", "26.1",
            ],
        );
        closed(&valid, set, &["1", "2", "3", "4", "6", "25", "26"]);
        not(
            &valid,
            set,
            NO_TEXT,
            &["1.3", "4.3", "6.1", "6.3", "6.5", "25.1", "26.2"],
        );
        not(&valid, set, NO_BOOLEAN, &["3.1", "26.1"]);
        not(&valid, set, NO_DATE, &["1.2", "2.1", "4.2"]);
        let codes = [
            cv("XXX", "KV_FKMU_0001"),
            cv("UNDERSOKNING", "KV_FKMU_0002"),
            "UNDERSOKNING".to_owned(),
        ];
        not(&valid, set, &codes.each_ref().map(|c| &**c), &["1.1"]);
        not(
            &valid,
            set,
            &[&cv("XXX", "KV_FKMU_0005"), &cv("PSYKOLOG", "KV_FKMU_0001")],
            &["4.1"],
        );
        let diagnoses = [
            cv("F32", ICD),
            cv("M5", ICD),
            cv("M545-A", ICD),
            cv("M545", "1.2.752.116"),
        ];
        not(
            &valid,
            set,
            &diagnoses.each_ref().map(|c| &**c),
            &["6.2", "6.4", "6.6"],
        );
        breaks(
            &format!("{set}/q1"),
            &edit(&valid, "<c:instans>1</c:instans>", ""),
        );
        breaks(
            &format!("{set}/instans-pattern"),
            &edit(&valid, "<c:instans>1<", "<c:instans>0<"),
        );
    }
    for (kind, set) in [("LUSE", "luse.v1"), ("LUAE_NA", "luae_na.v1")] {
        let texts = [
            "5.1", "7.1", "8.1", "9.1", "10.1", "11.1", "12.1", "13.1", "14.1", "17.1", "18.1",
            "19.1", "20.1", "21.1", "22.1", "23.1",
        ];
        not(&long(kind), set, NO_TEXT, &texts);
        parts_once(&long(kind), set, &texts);
        closed(&long(kind), set, &["5", "7", "8", "14", "17", "23", "45"]);
        not(&long(kind), set, NO_TEXT, &["45.2"]);
        not(&long(kind), set, NO_BOOLEAN, &["45.1"]);
    }
    not(&long("LUAE_NA"), "luae_na.v1", NO_TEXT, &["24.1"]);
    not(&short(), "luae_fs.v1", NO_TEXT, &["15.1", "16.1"]);
    parts_once(&short(), "luae_fs.v1", &["15.1", "16.1"]);
}

#[test]
fn each_type_has_its_own_sources() {
    let source = |text: &str, code: &str| set(text, "4.1", &cv(code, "KV_FKMU_0005"));
    breaks_only("luse.v1/q4.1", &source(&long("LUSE"), "SKOLHALSOVARD"));
    holds(&source(&long("LUSE"), "FORETAGSHALSOVARD"));
    holds(&source(&long("LUAE_NA"), "SKOLHALSOVARD"));
    holds(&source(&long("LUAE_NA"), "FORETAGSHALSOVARD"));
    holds(&source(&short(), "SKOLHALSOVARD"));
    breaks_only("luae_fs.v1/q4.1", &source(&short(), "FORETAGSHALSOVARD"));
}

#[test]
fn what_one_answer_asks_of_another() {
    for (valid, set_id) in all() {
        let rule = |pattern: &str| format!("{set_id}/{pattern}");
        // The same basis twice; another basis without its name; a name without another basis.
        let twice = edit(&valid, ">ANNAT<", ">UNDERSOKNING<");
        breaks(&rule("q1"), &twice);
        breaks(&rule("q1.3"), &twice);
        breaks_only(&rule("q1.1-1.3"), &drop_part(&valid, "1.3"));
        // Examined on 2025-03-01, so known by then.
        holds(&set(&valid, "2.1", "2025-03-01"));
        breaks_only(&rule("q1.1-1.2-2.1"), &set(&valid, "2.1", "2025-03-02"));
        breaks_only(&rule("q3.1-4"), &set(&valid, "3.1", "false"));
        breaks_only(&rule("q3.1-4"), &drop_answers(&valid, "4"));
        breaks_only(&rule("q26.1-26.2"), &set(&valid, "26.1", "0"));
        holds(&drop_part(&valid, "26.2"));
        breaks_only(&rule("q6.3-6.4"), &drop_part(&valid, "6.4"));
        breaks_only(&rule("q6.5-6.6-6.3"), &drop_part(&valid, "6.5"));
        breaks_only(
            &rule("q6.5-6.6-6.3"),
            &drop_part(&drop_part(&valid, "6.3"), "6.4"),
        );
        let ksh = cv("M54-P", "1.2.752.116.1.3.1.4.1");
        breaks_only(&rule("q6.2-6.4-6.6-R9"), &set(&valid, "6.4", &ksh));
        breaks_only(&rule("q6.2-6.4-6.6-R9"), &set(&valid, "6.6", &ksh));
        breaks_only(&rule("q9000"), &with(&valid, &one("9001", "x")));
        breaks_only(&rule("q9000.1"), &set(&valid, "9001.1", " "));
    }
    for (kind, set_id) in [("LUSE", "luse.v1"), ("LUAE_NA", "luae_na.v1")] {
        let rule = format!("{set_id}/q45.1-45.2");
        breaks_only(&rule, &drop_part(&long(kind), "45.2"));
        breaks_only(&rule, &set(&long(kind), "45.1", "false"));
    }
}
