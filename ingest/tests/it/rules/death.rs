//! Each rule of `db.v1` and `doi.v1`, broken once. The patient is born 1981-12-28.

use super::paper::*;
use crate::documents::{edit, with};

const PLACE: &str = "65f0069f-14b5-4634-b187-5193580a3349";
const DETAILS: &str = "da46dd8c-b3f1-4e39-8d62-777d069213ea";
const SNOMED: &str = "1.2.752.116.2.1.1.1";
const NULL: &str = "2.16.840.1.113883.5.1008";

fn common() -> Vec<String> {
    vec![
        one("1", "Körkort"),
        svar("2", &[part("2.1", "true"), part("2.2", "2025-03-08")]),
        svar(
            "3",
            &[part("3.1", "Östersund"), part("3.2", &cv("SJUKHUS", PLACE))],
        ),
        one("4", "false"),
    ]
}

fn db() -> String {
    let mut answers = common();
    answers.push(svar("5", &[part("5.1", "true"), part("5.2", "false")]));
    answers.push(svar(
        "6",
        &[
            part("6.1", "false"),
            part("6.2", &cv("UNDERSOKNING_GJORT", DETAILS)),
            part("6.3", "2025-03-07"),
        ],
    ));
    answers.push(one("7", "false"));
    document("DB", "1.0", &answers)
}

fn doi() -> String {
    let onset = |id: &str, code: &str| part(id, &cv(code, SNOMED));
    let mut answers = common();
    answers.push(svar(
        "8",
        &[
            part("8.1", "Lunginflammation"),
            part("8.2", "2025-03-05"),
            onset("8.3", "424124008"),
        ],
    ));
    answers.push(numbered(
        1,
        "9",
        &[
            part("9.1", "Stroke"),
            part("9.2", "2025-03-01"),
            onset("9.3", "424124008"),
        ],
    ));
    answers.push(numbered(
        2,
        "9",
        &[
            part("9.1", "Högt blodtryck"),
            part("9.2", "2020-01-01"),
            onset("9.3", "90734009"),
        ],
    ));
    answers.push(svar(
        "10",
        &[
            part("10.1", "Diabetes"),
            part("10.2", "2010-01-01"),
            part("10.3", &cv("NI", NULL)),
        ],
    ));
    answers.push(svar(
        "11",
        &[
            part("11.1", "true"),
            part("11.2", "2025-02-20"),
            part("11.3", "Fraktur"),
        ],
    ));
    answers.push(svar(
        "12",
        &[
            part("12.1", "true"),
            part(
                "12.2",
                &cv("OLYCKSFALL", "e5d1d1fb-d918-47b4-9e69-483d3be523ee"),
            ),
            part("12.3", "2025-02-19"),
            part("12.4", "Fall i hemmet"),
        ],
    ));
    let basis = |code: &str| one("13", &cv(code, "f9051865-b97c-4ee3-98ab-db2b7a11176e"));
    answers.push(basis("UNDERSOKNING_FORE_DODEN"));
    answers.push(basis("KLINISK_OBDUKTION"));
    answers.push(one("14", "Sverige"));
    document("DOI", "1.0", &answers)
}

#[test]
fn what_both_ask() {
    for (valid, set_id) in [(db(), "db.v1"), (doi(), "doi.v1")] {
        let rule = |pattern: &str| format!("{set_id}/{pattern}");
        holds(&valid);
        required(&valid, &rule("intyg"), &["1", "2", "3", "4"]);
        single(&valid, &rule("intyg"), &["1", "2", "3", "4"]);
        breaks(&rule("intyg"), &with(&valid, &one("99", "x")));
        parts_once(&valid, set_id, &["1.1", "2.1", "2.2", "3.1", "3.2", "4.1"]);
        closed(&valid, set_id, &["1", "2", "3", "4"]);
        not(&valid, set_id, NO_TEXT, &["1.1", "3.1"]);
        not(&valid, set_id, NO_BOOLEAN, &["2.1", "4.1"]);
        not(
            &valid,
            set_id,
            &[&cv("HEMMA", PLACE), &cv("SJUKHUS", "x")],
            &["3.2"],
        );
        // A certain date is a date; an uncertain one is figures, and the day of finding is told, after it.
        breaks(&rule("q2.2-2.1"), &set(&valid, "2.2", "2025-03-00"));
        let uncertain = set(&set(&valid, "2.1", "false"), "2.2", "2025-03-00");
        breaks_only(&rule("q2.3-2.1"), &uncertain);
        let found = add_part(&uncertain, "2", &part("2.3", "2025-03-09"));
        holds(&found);
        breaks_only(&rule("q2.2-2.1"), &set(&found, "2.2", "2025-03"));
        breaks(&rule("q2.3"), &set(&found, "2.3", "2025-03-32"));
        breaks(&rule("q2.3-2.2"), &set(&found, "2.3", "2025-02-28"));
        breaks_only(
            &rule("q2.3-2.2"),
            &set(&set(&found, "2.2", "2025-03-09"), "2.3", "2025-03-09"),
        );
        breaks(
            &rule("q2.3-2.1"),
            &add_part(&valid, "2", &part("2.3", "2025-03-09")),
        );
        // 4.1 says whether death came within 28 days of birth: 1981-12-28 + 28 days = 1982-01-25.
        breaks_only(&rule("q4.1-birth"), &set(&valid, "4.1", "true"));
        let born_late = |day: &str| set(&valid_without_dates(&valid), "2.2", day);
        breaks_only(&rule("q4.1-birth"), &born_late("1982-01-25"));
        holds(&set(&born_late("1982-01-25"), "4.1", "true"));
        breaks_only(
            &rule("q4.1-birth"),
            &set(&born_late("1982-01-26"), "4.1", "true"),
        );
        holds(&born_late("1982-01-26"));
    }
}

/// Without the dates that must not be after death.
fn valid_without_dates(valid: &str) -> String {
    if valid.contains(">DB<") {
        let details = cv("UNDERSOKNING_SKA_GORAS", DETAILS);
        return set(
            &drop_part(&set(valid, "6.2", &details), "6.3"),
            "7.1",
            "true",
        );
    }
    let text = drop_part(&drop_part(&drop_part(valid, "8.2"), "9.2"), "9.2");
    let text = drop_part(&drop_part(&set(&text, "11.1", "false"), "11.2"), "11.3");
    let text = drop_part(&drop_part(&set(&text, "12.1", "false"), "12.2"), "12.3");
    drop_part(&text, "12.4")
}

#[test]
fn db_each_rule() {
    let valid = db();
    required(&valid, "db.v1/intyg", &["5", "6", "7"]);
    single(&valid, "db.v1/intyg", &["5", "6", "7"]);
    parts_once(&valid, "db.v1", &["5.1", "6.1", "7.1"]);
    closed(&valid, "db.v1", &["5", "6", "7"]);
    not(&valid, "db.v1", NO_BOOLEAN, &["5.1", "5.2", "6.1", "7.1"]);
    breaks_only("db.v1/q5.2-5.1", &set(&valid, "5.1", "false"));
    breaks_only("db.v1/q5.2-5.1", &drop_part(&valid, "5.2"));
    breaks_only("db.v1/q6.2-6.1", &set(&valid, "6.1", "true"));
    breaks("db.v1/q6.2-6.1", &drop_part(&valid, "6.2"));
    breaks("db.v1/q6.2", &set(&valid, "6.2", &cv("XXX", DETAILS)));
    breaks(
        "db.v1/q6.2",
        &set(&valid, "6.2", &cv("UNDERSOKNING_GJORT", "x")),
    );
    breaks_only("db.v1/q6.3", &set(&valid, "6.3", "2025-02-30"));
    breaks_only("db.v1/q6.3", &set(&valid, "6.3", "2025-03-09"));
    holds(&set(&valid, "6.3", "2025-03-08"));
    breaks_only("db.v1/q6.3-6.2", &drop_part(&valid, "6.3"));
    let later = set(&valid, "6.2", &cv("UNDERSOKNING_SKA_GORAS", DETAILS));
    breaks("db.v1/q6.3-6.2", &later);
    breaks_only("db.v1/q7.1", &drop_part(&later, "6.3"));
    holds(&set(&drop_part(&later, "6.3"), "7.1", "1"));
}

#[test]
fn doi_each_rule() {
    let (valid, set_id) = (doi(), "doi.v1");
    required(&valid, "doi.v1/intyg", &["8", "11", "12", "13"]);
    single(&valid, "doi.v1/intyg", &["8", "11", "12", "14"]);
    let nine = (0..8).fold(valid.clone(), |t, _| with(&t, &one("10", "x")));
    breaks_only("doi.v1/intyg", &nine);
    parts_once(
        &valid,
        set_id,
        &["8.1", "10.1", "11.1", "12.1", "13.1", "14.1"],
    );
    closed(&valid, set_id, &["8", "9", "10", "11", "12", "13", "14"]);
    not(
        &valid,
        set_id,
        NO_TEXT,
        &["8.1", "9.1", "10.1", "11.3", "12.4", "14.1"],
    );
    not(
        &valid,
        set_id,
        NO_DATE,
        &["8.2", "9.2", "10.2", "11.2", "12.3"],
    );
    not(&valid, set_id, NO_BOOLEAN, &["12.1"]);
    not(
        &valid,
        set_id,
        &[&cv("1", SNOMED), &cv("NI", "x")],
        &["8.3", "9.3", "10.3"],
    );
    not(
        &valid,
        set_id,
        &["ja", &cv("XX", NULL), &cv("NI", "x")],
        &["11.1"],
    );
    not(
        &valid,
        set_id,
        &[&cv("XXX", "e5d1d1fb-d918-47b4-9e69-483d3be523ee")],
        &["12.2"],
    );
    not(
        &valid,
        set_id,
        &[&cv("XXX", "f9051865-b97c-4ee3-98ab-db2b7a11176e")],
        &["13.1"],
    );
    breaks_only("doi.v1/q8.2", &set(&valid, "8.2", "2025-03-09"));
    // A cause further back is no later than the one it led to.
    holds(&set(&valid, "9.2", "2025-03-05"));
    breaks_only("doi.v1/q9.2", &set(&valid, "9.2", "2025-03-06"));
    breaks_only("doi.v1/q9.2", &edit(&valid, ">2020-01-01<", ">2025-03-02<"));
    breaks(
        "doi.v1/q9-instans",
        &edit(&valid, "<c:instans>1<", "<c:instans>3<"),
    );
    breaks(
        "doi.v1/q9",
        &edit(
            &valid,
            "<c:svar id=\"9\"><c:instans>1</c:instans>",
            "<c:svar id=\"9\">",
        ),
    );
    breaks(
        "doi.v1/instans-pattern",
        &edit(&valid, "<c:instans>1<", "<c:instans>0<"),
    );
    breaks_only("doi.v1/q11.2", &set(&valid, "11.2", "2025-03-09"));
    breaks_only("doi.v1/q11.2-11.1", &drop_part(&valid, "11.2"));
    breaks_only("doi.v1/q11.3", &drop_part(&valid, "11.3"));
    let unknown = set(&valid, "11.1", &cv("NI", NULL));
    breaks("doi.v1/q11.2-11.1", &unknown);
    breaks("doi.v1/q11.3", &unknown);
    holds(&drop_part(&drop_part(&unknown, "11.2"), "11.3"));
    breaks_only("doi.v1/q12.3", &set(&valid, "12.3", "2025-03-09"));
    for id in ["12.2", "12.3", "12.4"] {
        breaks_only(&format!("doi.v1/q{id}-12.1"), &drop_part(&valid, id));
        breaks(&format!("doi.v1/q{id}-12.1"), &set(&valid, "12.1", "false"));
    }
    breaks_only(
        "doi.v1/q13",
        &edit(&valid, ">KLINISK_OBDUKTION<", ">UNDERSOKNING_FORE_DODEN<"),
    );
}
