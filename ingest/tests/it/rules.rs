//! Each rule of `lisjp.v1` and `fk7263sit`, broken once; the other sets in the modules below. Expected ids are the patterns'
//! ids in the official rule sets (Inera, clinicalprocess-healthcond-certificate-schematron).

mod death;
mod driving;
mod employer;
mod paper;
mod programmes;
mod statements;

use frisk_ingest::Verdict;

use crate::documents::{FK7263, LISJP, edit, read_text, with, without};

/// The document breaks this rule, and no rule of another set.
fn breaks(text: &str, rule: &str) {
    let reading = read_text(text);
    let rules: Vec<&str> = reading.faults.iter().map(|f| &*f.rule).collect();
    assert_eq!(reading.verdict(), Verdict::Rejected, "expected {rule}");
    assert!(rules.contains(&rule), "expected {rule}, found {rules:?}");
    assert!(rules.iter().all(|r| !r.starts_with("xsd/")), "{rules:?}");
}

/// The document is valid.
fn holds(text: &str) {
    let reading = read_text(text);
    assert_eq!(reading.verdict(), Verdict::Accepted, "{:?}", reading.faults);
}

/// A code as a part's value.
fn cv(code: &str, system: &str) -> String {
    format!("<t:cv><t:code>{code}</t:code><t:codeSystem>{system}</t:codeSystem></t:cv>")
}

fn period(instance: u32, code: &str, start: &str, end: &str) -> String {
    let degree = cv(code, "KV_FKMU_0003");
    format!(
        "<c:svar id=\"32\"><c:instans>{instance}</c:instans><c:delsvar id=\"32.1\">{degree}</c:delsvar><c:delsvar id=\"32.2\"><t:datePeriod><t:start>{start}</t:start><t:end>{end}</t:end></t:datePeriod></c:delsvar></c:svar>"
    )
}

#[test]
fn the_hand_made_documents_are_valid() {
    holds(LISJP);
    holds(FK7263);
}

#[test]
fn how_often_questions_are_answered() {
    for required in ["1", "28", "35", "17", "39", "40", "6", "32"] {
        breaks(
            &without(LISJP, &format!("<c:svar id=\"{required}\">")),
            "lisjp.v1/intyg",
        );
    }
    for single in ["29", "6", "35", "17", "33", "39", "44", "26"] {
        let mark = format!("<c:svar id=\"{single}\">");
        let line = LISJP.lines().find(|l| l.contains(&mark)).unwrap();
        breaks(&with(LISJP, line), "lisjp.v1/intyg");
    }
    for text in ["19", "20", "25", "37"] {
        let answer =
            format!("<c:svar id=\"{text}\"><c:delsvar id=\"{text}.1\">x</c:delsvar></c:svar>");
        holds(&with(LISJP, &answer));
        breaks(&with(&with(LISJP, &answer), &answer), "lisjp.v1/intyg");
    }
    for yes_no in ["27", "34"] {
        let answer = format!(
            "<c:svar id=\"{yes_no}\"><c:delsvar id=\"{yes_no}.1\">false</c:delsvar></c:svar>"
        );
        holds(&with(LISJP, &answer));
        breaks(&with(&with(LISJP, &answer), &answer), "lisjp.v1/intyg");
    }
    // Five periods: one more than four, degrees repeated.
    let five = (3..=5).fold(LISJP.to_owned(), |text, i| {
        with(
            &text,
            &period(i, "HELT_NEDSATT", "2026-01-01", "2026-01-01"),
        )
    });
    breaks(&five, "lisjp.v1/intyg");
}

#[test]
fn unexpected_ids() {
    breaks(
        &with(
            LISJP,
            "<c:svar id=\"30\"><c:delsvar id=\"30.1\">x</c:delsvar></c:svar>",
        ),
        "lisjp.v1/intyg",
    );
    breaks(
        &with(
            LISJP,
            "<c:svar id=\"10001\"><c:delsvar id=\"10001.1\">x</c:delsvar></c:svar>",
        ),
        "lisjp.v1/intyg",
    );
    breaks(
        &edit(
            LISJP,
            "</c:delsvar></c:svar>\n    <c:svar id=\"17\">",
            "</c:delsvar><c:delsvar id=\"35.2\">x</c:delsvar></c:svar>\n    <c:svar id=\"17\">",
        ),
        "lisjp.v1/q35",
    );
}

#[test]
fn infection_control_stands_for_the_other_blocks() {
    let bare = ["1", "28", "29", "35", "17", "33", "39", "40", "44"]
        .iter()
        .fold(LISJP.to_owned(), |text, id| {
            without(&text, &format!("<c:svar id=\"{id}\">"))
        });
    let answer = |value: &str| {
        format!("<c:svar id=\"27\"><c:delsvar id=\"27.1\">{value}</c:delsvar></c:svar>")
    };
    holds(&with(&bare, &answer("true")));
    holds(&with(&bare, &answer("1")));
    breaks(&with(&bare, &answer("false")), "lisjp.v1/q27.1");
    breaks(&with(LISJP, &answer("ja")), "lisjp.v1/q27.1");
}

#[test]
fn basis() {
    breaks(&edit(LISJP, "UNDERSOKNING", "ANHORIG"), "lisjp.v1/q1.1");
    breaks(
        &edit(LISJP, "KV_FKMU_0001", "KV_FKMU_0002"),
        "lisjp.v1/q1.1",
    );
    breaks(&edit(LISJP, "UNDERSOKNING", "ANNAT"), "lisjp.v1/q1.1-1.3");
    breaks(
        &edit(LISJP, "2025-03-10</c:delsvar>", "2025-02-30</c:delsvar>"),
        "lisjp.v1/q1.2",
    );
    breaks(
        &edit(LISJP, "2025-03-10</c:delsvar>", " 2025-03-10</c:delsvar>"),
        "lisjp.v1/q1.2",
    );
    holds(&edit(
        LISJP,
        "2025-03-10</c:delsvar>",
        "2025-03-10Z</c:delsvar>",
    ));
    let other = edit(
        LISJP,
        "2025-03-10</c:delsvar>",
        "2025-03-10</c:delsvar><c:delsvar id=\"1.3\">Journal</c:delsvar>",
    );
    breaks(&other, "lisjp.v1/q1.3");
    holds(&edit(&other, "UNDERSOKNING", " ANNAT "));
    breaks(
        &edit(&edit(&other, "UNDERSOKNING", "ANNAT"), "Journal", " \n "),
        "lisjp.v1/q1.3",
    );
    let line = LISJP.lines().find(|l| l.contains("svar id=\"1\"")).unwrap();
    breaks(&with(LISJP, line), "lisjp.v1/q1");
    breaks(
        &edit(
            LISJP,
            "<c:svar id=\"1\"><c:instans>1</c:instans>",
            "<c:svar id=\"1\">",
        ),
        "lisjp.v1/q1",
    );
    breaks(
        &edit(LISJP, "<c:delsvar id=\"1.2\">2025-03-10</c:delsvar>", ""),
        "lisjp.v1/q1",
    );
}

#[test]
fn occupation() {
    breaks(&edit(LISJP, ">STUDIER<", ">PROGRAM<"), "lisjp.v1/q28.1");
    breaks(
        &edit(LISJP, ">STUDIER<", ">NUVARANDE_ARBETE<"),
        "lisjp.v1/q28.1-R5",
    );
    breaks(&without(LISJP, "svar id=\"29\""), "lisjp.v1/q28.1-q29");
    breaks(
        &edit(LISJP, "NUVARANDE_ARBETE", "ARBETSSOKANDE"),
        "lisjp.v1/q28.1-q29",
    );
    breaks(&edit(LISJP, "Snickare", "  "), "lisjp.v1/q29.1");
    breaks(
        &edit(
            LISJP,
            "<c:instans>1</c:instans><c:delsvar id=\"28.1\">",
            "<c:delsvar id=\"28.1\">",
        ),
        "lisjp.v1/q28",
    );
    breaks(
        &edit(LISJP, "delsvar id=\"29.1\"", "delsvar id=\"29.2\""),
        "lisjp.v1/q29",
    );
}

#[test]
fn diagnosis() {
    let code = |new: &str| edit(LISJP, "M54-P", new);
    for good in ["M54", "m545", "Z72", "Z731", "F32-", " M54 "] {
        holds(&code(good));
    }
    for bad in ["M5", "F32", "Z73", "M54.5", "M54-PX", "", "54M"] {
        breaks(&code(bad), "lisjp.v1/q6.2");
    }
    breaks(
        &edit(LISJP, "1.2.752.116.1.3.1.4.1", "1.2.752.116.1.3.1.4"),
        "lisjp.v1/q6.2",
    );
    // Main in ICD-10-SE, side diagnosis in KSH97-P.
    breaks(
        &edit(LISJP, "1.2.752.116.1.3.1.4.1", "1.2.752.116.1.1.1.1.3"),
        "lisjp.v1/q6.2-6.4-6.6-R12",
    );
    breaks(
        &edit(LISJP, "<c:delsvar id=\"6.3\">Sömnbesvär</c:delsvar>", ""),
        "lisjp.v1/q6.3-6.4",
    );
    breaks(&edit(LISJP, "Sömnbesvär", ""), "lisjp.v1/q6.3");
    breaks(&edit(LISJP, "G47-", "G4"), "lisjp.v1/q6.4");
    breaks(&edit(LISJP, "Ryggsmärta", " "), "lisjp.v1/q6.1");
    breaks(
        &edit(LISJP, "<c:delsvar id=\"6.1\">Ryggsmärta</c:delsvar>", ""),
        "lisjp.v1/q6",
    );
    let second = format!(
        "<c:delsvar id=\"6.5\">Oro</c:delsvar><c:delsvar id=\"6.6\">{}</c:delsvar></c:svar>\n    <c:svar id=\"35\">",
        cv("F41-", "1.2.752.116.1.3.1.4.1")
    );
    let three = edit(LISJP, "</c:svar>\n    <c:svar id=\"35\">", &second);
    holds(&three);
    breaks(&edit(&three, ">Oro<", "><"), "lisjp.v1/q6.5");
    breaks(&edit(&three, "F41-", "F41"), "lisjp.v1/q6.6");
    breaks(
        &edit(&three, "<c:delsvar id=\"6.5\">Oro</c:delsvar>", ""),
        "lisjp.v1/q6.5-6.6-6.3",
    );
}

#[test]
fn texts_are_not_empty() {
    for (text, rule) in [
        ("Stel rygg", "lisjp.v1/q35.1"),
        ("Kan inte lyfta", "lisjp.v1/q17.1"),
        ("Kortare pass", "lisjp.v1/q33.2"),
        ("Höj- och sänkbar bänk", "lisjp.v1/q44.1"),
        ("Samråd", "lisjp.v1/q26.2"),
    ] {
        breaks(&edit(LISJP, text, " \n\t "), rule);
        breaks(
            &edit(LISJP, text, &format!("{text}<x:y xmlns:x=\"urn:x\"/>")),
            rule,
        );
    }
    for id in ["19", "20", "25", "37"] {
        let empty = format!("<c:svar id=\"{id}\"><c:delsvar id=\"{id}.1\"> </c:delsvar></c:svar>");
        breaks(&with(LISJP, &empty), &format!("lisjp.v1/q{id}.1"));
    }
}

#[test]
fn periods() {
    breaks(&edit(LISJP, "HALFTEN", "HALV"), "lisjp.v1/q32.1");
    breaks(
        &edit(LISJP, "KV_FKMU_0003", "KV_FKMU_0004"),
        "lisjp.v1/q32.1",
    );
    breaks(
        &edit(LISJP, "HALFTEN", "HELT_NEDSATT"),
        "lisjp.v1/q32.1-R22",
    );
    // A shared day is no overlap; two are.
    holds(&edit(LISJP, "<t:start>2025-03-24", "<t:start>2025-03-23"));
    breaks(
        &edit(LISJP, "<t:start>2025-03-24", "<t:start>2025-03-22"),
        "lisjp.v1/q32",
    );
    breaks(
        &edit(LISJP, "<t:start>2025-03-10", "<t:start>2025-03-24"),
        "lisjp.v1/q32.2",
    );
    breaks(
        &edit(LISJP, "<t:end>2025-03-23</t:end>", ""),
        "lisjp.v1/q32.2",
    );
    breaks(
        &edit(
            LISJP,
            "<c:svar id=\"32\"><c:instans>1</c:instans>",
            "<c:svar id=\"32\">",
        ),
        "lisjp.v1/q32",
    );
    breaks(
        &edit(
            LISJP,
            "<c:instans>1</c:instans><c:delsvar id=\"32.1\">",
            "<c:instans>0</c:instans><c:delsvar id=\"32.1\">",
        ),
        "lisjp.v1/instans-pattern",
    );
}

#[test]
fn working_hours() {
    breaks(&without(LISJP, "svar id=\"33\""), "lisjp.v1/q32.1-33");
    breaks(
        &edit(LISJP, "<c:delsvar id=\"33.2\">Kortare pass</c:delsvar>", ""),
        "lisjp.v1/q33.1-33.2",
    );
    breaks(
        &edit(LISJP, "33.1\">true", "33.1\">false"),
        "lisjp.v1/q33.1-33.2",
    );
    breaks(
        &edit(LISJP, "33.1\">true", "33.1\">kanske"),
        "lisjp.v1/q33.1",
    );
    // One period of full degree: hours are not asked for, and must not be answered.
    let full = without(LISJP, "HALFTEN");
    breaks(&full, "lisjp.v1/q32.1-33.1-R26");
    holds(&without(&full, "svar id=\"33\""));
}

#[test]
fn prognosis() {
    breaks(
        &edit(LISJP, "ATER_X_ANTAL_DGR", "STOR_SANNOLIKHET"),
        "lisjp.v1/q39.1-39.3",
    );
    breaks(&edit(LISJP, "ATER_X_ANTAL_DGR", "KANSKE"), "lisjp.v1/q39.1");
    breaks(&edit(LISJP, "SEXTIO_DGR", "SJUTTIO_DGR"), "lisjp.v1/q39.3");
    breaks(
        &edit(LISJP, "delsvar id=\"39.3\"", "delsvar id=\"39.2\""),
        "lisjp.v1/q39.1-39.3",
    );
    breaks(
        &edit(LISJP, "delsvar id=\"39.1\"", "delsvar id=\"39.2\""),
        "lisjp.v1/q39",
    );
}

#[test]
fn measures() {
    breaks(&edit(LISJP, "HJALPMEDEL", "SEMESTER"), "lisjp.v1/q40.1");
    breaks(
        &edit(LISJP, "HJALPMEDEL", "ARBETSTRANING"),
        "lisjp.v1/q40.1-R29",
    );
    breaks(&edit(LISJP, "HJALPMEDEL", "EJ_AKTUELLT"), "lisjp.v1/q40");
    breaks(&edit(LISJP, "ARBETSTRANING", "EJ_AKTUELLT"), "lisjp.v1/q40");
    let none = edit(
        &without(LISJP, "HJALPMEDEL"),
        "ARBETSTRANING",
        "EJ_AKTUELLT",
    );
    breaks(&none, "lisjp.v1/q40.1-44");
    holds(&without(&none, "svar id=\"44\""));
    // Unlike older versions, v1 asks for no description.
    holds(&without(LISJP, "svar id=\"44\""));
}

#[test]
fn contact_and_extra_questions() {
    breaks(
        &edit(LISJP, "26.1\">true", "26.1\">false"),
        "lisjp.v1/q26.1-26.2",
    );
    holds(&edit(
        LISJP,
        "<c:delsvar id=\"26.2\">Samråd</c:delsvar>",
        "",
    ));
    breaks(
        &with(
            LISJP,
            "<c:svar id=\"9001\"><c:delsvar id=\"9001.1\">Nej</c:delsvar></c:svar>",
        ),
        "lisjp.v1/q9000",
    );
    holds(&with(
        LISJP,
        "<c:svar id=\"9002\"><c:delsvar id=\"9002.1\">Nej</c:delsvar></c:svar>",
    ));
    breaks(
        &edit(
            LISJP,
            "9001.1\">Ja</c:delsvar>",
            "9001.1\">Ja</c:delsvar><c:delsvar id=\"9001.2\">x</c:delsvar>",
        ),
        "lisjp.v1/q9000",
    );
    breaks(
        &edit(LISJP, "9001.1\">Ja", "9001.1\"> "),
        "lisjp.v1/q9000.1",
    );
    breaks(
        &with(
            LISJP,
            "<c:svar id=\"34\"><c:delsvar id=\"34.1\">ibland</c:delsvar></c:svar>",
        ),
        "lisjp.v1/q34.1",
    );
}

#[test]
fn fk7263() {
    breaks(&without(FK7263, "svar id=\"32\""), "fk7263sit/intyg");
    breaks(
        &edit(FK7263, "delsvar id=\"32.1\"", "delsvar id=\"32.3\""),
        "fk7263sit/q32",
    );
    breaks(
        &edit(FK7263, "delsvar id=\"32.2\"", "delsvar id=\"32.3\""),
        "fk7263sit/q32",
    );
    breaks(&edit(FK7263, "TRE_FJARDEDEL", "75"), "fk7263sit/q32.1");
    breaks(&edit(FK7263, "KV_FKMU_0003", "KV"), "fk7263sit/q32.1");
    breaks(
        &edit(FK7263, "<t:end>2016-02-29</t:end>", ""),
        "fk7263sit/q32.2",
    );
    // The order of the days is not looked at, nor the diagnosis.
    holds(&edit(FK7263, "2016-02-29", "2016-01-01"));
    holds(&edit(FK7263, ">S82<", ">?<"));
    // A question of any number may stand.
    holds(&with(
        FK7263,
        "<c:svar id=\"10006\"><c:delsvar id=\"10006.1\">x</c:delsvar></c:svar>",
    ));
}

#[test]
fn a_rule_names_the_place_and_not_the_text() {
    let reading = read_text(&edit(LISJP, "HALFTEN", "hemlig text"));
    let fault = reading
        .faults
        .iter()
        .find(|f| f.rule == "lisjp.v1/q32.1")
        .unwrap();
    assert_eq!(
        fault.location,
        "/RegisterCertificate/intyg/svar[9]/delsvar[1]"
    );
    assert!(reading.faults.iter().all(|f| !f.message.contains("hemlig")));
    assert_eq!(reading.certificate_id.as_deref(), Some("påhittat-0001"));
    assert_eq!(reading.unit_id.as_deref(), Some("SE5560000000-E1"));
}

#[test]
fn a_relation_is_told_in_words() {
    let reading = read_text(&without(LISJP, "svar id=\"33\""));
    let fault = reading
        .faults
        .iter()
        .find(|f| f.rule == "lisjp.v1/q32.1-33")
        .unwrap();
    assert_eq!(
        fault.message,
        "När delsvar 32.1 'Sjukskrivningsgrad' är TRE_FJARDEDEL eller HALFTEN eller EN_FJARDEDEL ska fråga 33 \
         'Arbetstidsförläggning' finnas en gång eller ska delsvar 27.1 'Om smittbärarpenning' som är sant finnas."
    );
    let location = "/RegisterCertificate/intyg/svar[9]/delsvar[1]";
    assert_eq!(fault.location, location);
}
