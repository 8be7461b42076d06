//! Each rule of `af00213.v1` and `af00251.v1`, broken once.

use super::paper::*;
use crate::documents::with;

fn af00213() -> String {
    let pair = |id: &str| {
        svar(
            id,
            &[
                part(&format!("{id}.1"), "true"),
                part(&format!("{id}.2"), "Text"),
            ],
        )
    };
    let answers = [
        pair("1"),
        pair("2"),
        pair("3"),
        pair("4"),
        one("5", "Övrigt"),
    ];
    document("AF00213", "1.0", &answers)
}

#[test]
fn af00213_each_rule() {
    let (valid, set_id) = (af00213(), "af00213.v1");
    holds(&valid);
    required(&valid, "af00213.v1/intyg", &["1", "4"]);
    single(&valid, "af00213.v1/intyg", &["1", "2", "3", "4", "5"]);
    breaks_only("af00213.v1/intyg", &with(&valid, &one("6", "x")));
    parts_once(&valid, set_id, &["1.1", "2.1", "3.1", "4.1"]);
    closed(&valid, set_id, &["1", "2", "3", "4", "5"]);
    not(&valid, set_id, NO_BOOLEAN, &["1.1", "2.1", "3.1", "4.1"]);
    not(
        &valid,
        set_id,
        NO_TEXT,
        &["1.2", "2.2", "3.2", "4.2", "5.1"],
    );
    for id in ["1", "2", "3", "4"] {
        let (first, second) = (format!("{id}.1"), format!("{id}.2"));
        breaks_only(
            &format!("af00213.v1/q{first}-{second}-true"),
            &drop_part(&valid, &second),
        );
        breaks_only(
            &format!("af00213.v1/q{first}-{second}-false"),
            &set(&valid, &first, "false"),
        );
        holds(&drop_part(&set(&valid, &first, "0"), &second));
    }
    // An impairment asks what it hinders; without one, question 2 may be left out.
    breaks_only("af00213.v1/q1.1-2.1", &drop_answers(&valid, "2"));
    holds(&drop_answers(
        &drop_part(&set(&valid, "1.1", "false"), "1.2"),
        "2",
    ));
    let numbered_zero = numbered(0, "5", &[part("5.1", "x")]);
    breaks_only(
        "af00213.v1/instans-pattern",
        &with(&drop_answers(&valid, "5"), &numbered_zero),
    );
}

fn af00251() -> String {
    document(
        "AF00251",
        "1.0",
        &[
            numbered(
                1,
                "1",
                &[
                    part("1.1", &cv("UNDERSOKNING", "FKMU_0001")),
                    part("1.2", "2025-03-10"),
                ],
            ),
            numbered(
                2,
                "1",
                &[
                    part("1.1", &cv("ANNAT", "FKMU_0001")),
                    part("1.2", "2025-03-10"),
                    part("1.3", "Journal"),
                ],
            ),
            svar(
                "2",
                &[
                    part("2.1", "Praktik"),
                    part("2.2", &cv("DELTID", "1.2.752.129.5.1.2")),
                    part("2.3", &quantity("20", "h")),
                ],
            ),
            one("3", "Stel"),
            one("4", "Kan inte lyfta"),
            one("5", "true"),
            numbered(
                1,
                "6",
                &[
                    part("6.1", &quantity("50", "%")),
                    part("6.2", &period("2025-03-10", "2025-03-20")),
                ],
            ),
            numbered(
                2,
                "6",
                &[
                    part("6.1", &quantity("25", "%")),
                    part("6.2", &period("2025-03-21", "2025-03-31")),
                ],
            ),
            svar(
                "7",
                &[part("7.1", "true"), part("7.2", "Lättare uppgifter")],
            ),
            svar(
                "8",
                &[
                    part("8.1", &cv("ATERGA_MED_ANPASSNING", "1.2.752.129.5.1.3")),
                    part("8.2", "Raster"),
                ],
            ),
        ],
    )
}

#[test]
fn af00251_each_rule() {
    let (valid, set_id) = (af00251(), "af00251.v1");
    holds(&valid);
    // The set calls the rules on the whole certificate q1.
    required(
        &valid,
        "af00251.v1/q1",
        &["1", "2", "3", "4", "5", "7", "8"],
    );
    single(&valid, "af00251.v1/q1", &["1"]);
    not(
        &valid,
        set_id,
        &[&cv("ANNAT", "KV_FKMU_0001"), &cv("XXX", "FKMU_0001")],
        &["1.1"],
    );
    not(&valid, set_id, NO_DATE, &["1.2"]);
    not(
        &valid,
        set_id,
        &[&cv("HALVTID", "1.2.752.129.5.1.2"), &cv("DELTID", "x")],
        &["2.2"],
    );
    not(
        &valid,
        set_id,
        &[
            &quantity("0", "h"),
            &quantity("40", "h"),
            &quantity("20", "min"),
            "20",
        ],
        &["2.3"],
    );
    not(
        &valid,
        set_id,
        &[
            &quantity("0", "%"),
            &quantity("101", "%"),
            &quantity("50", "h"),
        ],
        &["6.1"],
    );
    not(&valid, set_id, NO_BOOLEAN, &["5.1"]);
    breaks_only("af00251.v1/q7", &set(&valid, "7.1", "ja"));
    not(&valid, set_id, &[&cv("XXX", "1.2.752.129.5.1.3")], &["8.1"]);
    breaks_only("af00251.v1/q1.3", &drop_part(&valid, "1.3"));
    breaks_only("af00251.v1/q2.3", &drop_part(&valid, "2.3"));
    breaks_only("af00251.v1/q71-q72", &drop_part(&valid, "7.2"));
    breaks_only("af00251.v1/q8.2-81", &drop_part(&valid, "8.2"));
    breaks_only("af00251.v1/q6", &drop_part(&valid, "6.2"));
    let sick = |instance: u32, start: &str, end: &str| {
        numbered(
            instance,
            "6",
            &[
                part("6.1", &quantity("100", "%")),
                part("6.2", &period(start, end)),
            ],
        )
    };
    breaks_only(
        "af00251.v1/q6",
        &with(&valid, &sick(3, "2025-03-30", "2025-04-05")),
    );
    // Four absences at most when there is a hindrance, one when there is none.
    let four = with(
        &with(&valid, &sick(3, "2025-04-01", "2025-04-02")),
        &sick(4, "2025-04-03", "2025-04-04"),
    );
    holds(&four);
    breaks_only(
        "af00251.v1/q51-6",
        &with(&four, &sick(5, "2025-04-05", "2025-04-06")),
    );
    breaks_only("af00251.v1/q51-6", &set(&valid, "5.1", "false"));
    breaks_only(
        "af00251.v1/instans-pattern",
        &with(&valid, &numbered(0, "99", &[part("99.1", "x")])),
    );
}
