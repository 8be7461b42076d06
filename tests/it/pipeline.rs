//! Certificates in, statistics and risk out: what comes out against the simulator's own truth.

use std::collections::{BTreeMap, BTreeSet};

use crate::frisk::{Frisk, stderr, sweden};

/// Column → value of each row of a csv file without quoted commas.
fn table(text: &str) -> Vec<BTreeMap<&str, &str>> {
    let mut lines = text.lines().filter(|line| !line.starts_with('#'));
    let names: Vec<&str> = lines.next().unwrap().split(',').collect();
    lines
        .map(|line| names.iter().copied().zip(line.split(',')).collect())
        .collect()
}

fn json(text: &str) -> Vec<serde_json::Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn stored_cases_are_the_cases_that_the_simulator_meant() {
    let folder = tempfile::tempdir().unwrap();
    let sweden = sweden(folder.path(), 3_000, 11);
    let frisk = Frisk::new(&folder.path().join("installation"), &sweden);
    let output = frisk.ingest().output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));

    let truth_file = std::fs::read_to_string(sweden.join("truth.csv")).unwrap();
    let expected: BTreeMap<String, (String, i64)> = table(&truth_file)
        .iter()
        .filter(|row| row["documented_days"] != "0")
        .map(|row| {
            let days = row["documented_days"].parse().unwrap();
            let id = row["first_certificate_id"].to_owned();
            (id, (row["start_date"].to_owned(), days))
        })
        .collect();
    let stored: BTreeMap<String, (String, i64)> = json(&frisk.ok(&[
        "query",
        "--json",
        "SELECT first_certificate_id, start_date, length_days FROM sick_case",
    ]))
    .iter()
    .map(|row| {
        let text = |name: &str| row[name].as_str().unwrap().to_owned();
        let days = row["length_days"].as_i64().unwrap();
        (text("first_certificate_id"), (text("start_date"), days))
    })
    .collect();
    assert!(expected.len() > 300, "only {} cases", expected.len());
    assert_eq!(stored, expected);
}

#[test]
fn no_personal_number_reaches_the_warehouse_or_the_output() {
    let folder = tempfile::tempdir().unwrap();
    let sweden = sweden(folder.path(), 2_000, 12);
    let frisk = Frisk::new(&folder.path().join("installation"), &sweden);
    let output = frisk.ingest().output().unwrap();

    let mut numbers = BTreeSet::new();
    for month in std::fs::read_dir(sweden.join("documents")).unwrap() {
        for document in std::fs::read_dir(month.unwrap().path()).unwrap() {
            let text = std::fs::read_to_string(document.unwrap().path()).unwrap();
            // The extension that follows the OID of personal or coordination numbers.
            for person in text.split("1.2.752.129.2.1.3.").skip(1) {
                let digits = person.chars().skip(2).skip_while(|c| !c.is_ascii_digit());
                let number: String = digits.take_while(char::is_ascii_digit).collect();
                if number.len() == 12 {
                    numbers.insert(number);
                }
            }
        }
    }
    assert!(
        numbers.len() > 100,
        "only {} numbers found in the documents",
        numbers.len()
    );
    // Records are of people without certificates too.
    for list in ["interventions.csv", "observation_ends.csv"] {
        let text = std::fs::read_to_string(sweden.join(list)).unwrap();
        let before = numbers.len();
        numbers.extend(
            table(&text)
                .iter()
                .map(|row| row["person_number"].to_owned()),
        );
        assert!(numbers.len() > before || list == "interventions.csv");
    }
    let mut shown = stderr(&output) + &String::from_utf8_lossy(&output.stdout);
    for table in [
        "certificate",
        "period",
        "revocation",
        "reject",
        "sick_case",
        "intervention",
        "observation_end",
        "record",
    ] {
        let rows = frisk.rows(table);
        assert!(!rows.is_empty(), "no row in {table}");
        shown.push_str(&rows);
    }
    for part in shown.split(|c: char| !c.is_ascii_digit()) {
        assert!(!numbers.contains(part), "a personal number is shown");
        assert!(part.len() != 10 || !numbers.iter().any(|n| n[2..] == *part));
    }
}

#[test]
fn a_report_names_what_it_counts_and_sums_to_its_total() {
    let folder = tempfile::tempdir().unwrap();
    let sweden = sweden(folder.path(), 3_000, 13);
    let frisk = Frisk::new(&folder.path().join("installation"), &sweden);
    assert!(frisk.ingest().output().unwrap().status.success());
    let provider = json(&frisk.ok(&[
        "query",
        "--json",
        "SELECT care_provider_id, count(*) AS n FROM sick_case GROUP BY 1 ORDER BY n DESC, 1 LIMIT 1",
    ]));
    let provider = provider[0]["care_provider_id"].as_str().unwrap();
    let args = [
        "report",
        "sjukfall_totalt",
        "--level",
        "unit",
        "--care-provider",
        provider,
    ];
    let text = frisk.ok(&[&args[..], &["--view", "series", "--format", "csv"]].concat());
    for needed in ["Sjukfall totalt", "Utgåva", "röjandeskydd"] {
        assert!(text.contains(needed), "the report does not say {needed}");
    }
    let mut months: BTreeMap<&str, BTreeMap<&str, i64>> = BTreeMap::new();
    for row in table(&text) {
        let value = row["value"].parse().unwrap();
        months
            .entry(row["month"])
            .or_default()
            .insert(row["sex"], value);
    }
    assert_eq!(months.len(), 18);
    for (month, values) in &months {
        assert_eq!(values["total"], values["women"] + values["men"], "{month}");
    }
    assert!(months.values().any(|values| values["total"] > 0));

    // The same month counted by SQL: cases of the provider with a certificate day in it.
    let (month, values) = months.iter().nth(9).unwrap();
    let first = format!("{month}-01");
    let counted = json(&frisk.ok(&[
        "query",
        "--json",
        &format!(
            "SELECT count(DISTINCT s.case_id) AS n FROM sick_case s JOIN period p \
             ON p.person_key = s.person_key AND p.care_provider_id = s.care_provider_id \
             AND p.start_date BETWEEN s.start_date AND s.end_date \
             WHERE s.care_provider_id = '{provider}' AND p.revoked_date IS NULL \
             AND p.start_date < date '{first}' + interval '1 month' AND p.end_date >= date '{first}'"
        ),
    ]));
    assert_eq!(counted[0]["n"], values["total"]);
}

#[test]
fn wrong_use_says_what_is_expected_and_ends_with_status_2() {
    let folder = tempfile::tempdir().unwrap();
    let frisk = Frisk::new(folder.path(), std::path::Path::new("/nonexistent"));
    for (args, expected) in [
        (vec!["ingest", "/nonexistent"], "no such file"),
        (vec!["evaluate"], "frisk train"),
        (vec!["simulate", "--people", "3", "--out", "x"], "20000000"),
    ] {
        let output = frisk.command(&args).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(
            stderr(&output).contains(expected),
            "{args:?}: {}",
            stderr(&output)
        );
        assert!(output.stdout.is_empty());
    }
    let output = frisk.command(&["query", "SELECT 1"]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("frisk ingest"));
}

#[test]
fn a_query_cannot_change_the_warehouse() {
    let folder = tempfile::tempdir().unwrap();
    let sweden = sweden(folder.path(), 1_000, 14);
    let frisk = Frisk::new(&folder.path().join("installation"), &sweden);
    assert!(frisk.ingest().output().unwrap().status.success());
    let before = frisk.rows("period");
    let out = folder.path().join("stolen.csv");
    let copy = format!("COPY period TO '{}'", out.display());
    for sql in [
        "DROP TABLE period",
        "INSERT INTO period SELECT * FROM period",
        &copy,
    ] {
        let output = frisk.command(&["query", sql]).output().unwrap();
        assert!(!output.status.success(), "{sql}");
    }
    assert!(!out.exists());
    assert_eq!(frisk.rows("period"), before);
}
