//! A person who is erased is gone from every file, wherever the erasure dies; nobody else is.

use serde_json::{Value, json};

use crate::{
    frisk::{Frisk, stderr, sweden},
    traces::{Wanted, busiest, extract, fields},
};

const TABLES: [&str; 5] = ["certificate", "period", "revocation", "reject", "sick_case"];
const ERASE: [&str; 4] = ["erase", "-", "--reason", "begäran"];

/// An installation with one person known by number, and everything by which that person can be found in files.
struct Before {
    frisk: Frisk,
    number: String,
    wanted: Wanted,
}

fn before(folder: &std::path::Path, seed: u32) -> Before {
    let sweden = sweden(folder, 2_000, seed);
    let frisk = Frisk::new(&folder.join("before"), &sweden);
    assert!(frisk.ingest().output().unwrap().status.success());
    let number = busiest(&sweden);
    let held = extract(&frisk, &number).unwrap();
    let key: i64 = held["person"]["person_key"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    let mut texts = fields(&held, "certificate_id");
    assert!(texts.len() > 3, "only {} certificates", texts.len());
    // Not the keys of files with records: these are about many persons.
    let certificates = json!({"tables": {"certificate": held["tables"]["certificate"]}});
    texts.extend(fields(&certificates, "document_key"));
    texts.extend([number.clone(), number[2..].to_owned()]);
    let wanted = Wanted::new(texts).key(key);
    Before {
        frisk,
        number,
        wanted,
    }
}

/// The rows of a table without some certificates.
fn rows_without(frisk: &Frisk, table: &str, ids: &[String]) -> String {
    let rows = frisk.rows(table);
    let kept = rows
        .lines()
        .filter(|row| !ids.iter().any(|id| row.contains(id.as_str())));
    kept.fold(String::new(), |text, row| text + row + "\n")
}

fn record(output: &std::process::Output) -> Value {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    serde_json::from_str(text.lines().last().unwrap()).unwrap()
}

#[test]
fn an_erased_person_is_gone_from_every_file() {
    let folder = tempfile::tempdir().unwrap();
    let Before {
        frisk,
        number,
        wanted,
    } = before(folder.path(), 21);
    // The search finds the person while there is one: in certificates, periods, cases, and in the vault.
    let found = wanted.found_in(&frisk);
    for part in ["certificate/", "period/", "sick_case/", "state.sqlite"] {
        let seen = |path: &std::path::PathBuf| path.to_str().unwrap().contains(part);
        assert!(found.iter().any(seen), "{part} is not searched");
    }
    let held = extract(&frisk, &number).unwrap();
    let ids = fields(&held, "certificate_id");
    let expected = ["certificate", "period", "reject"].map(|t| rows_without(&frisk, t, &ids));
    let key = held["person"]["person_key"].as_str().unwrap();
    let others = |table: &str| {
        let sql = format!("SELECT count(*) AS n FROM {table} WHERE person_key <> {key}");
        frisk.ok(&["query", "--json", &sql])
    };
    let records = ["intervention", "record", "observation_end"];
    let others_before = records.map(others);
    let interventions = held["tables"]["intervention"].as_array().unwrap();
    assert!(!interventions.is_empty(), "no row from a file about many");
    let snapshot = frisk.ok(&["snapshots", "--json"]);
    let snapshot: Value = serde_json::from_str(snapshot.trim()).unwrap();
    let old = snapshot["name"].as_str().unwrap();

    let output = frisk.with_input(&ERASE, &number).output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    let record = record(&output);
    assert_eq!(record["persons"], 1);
    assert_eq!(record["reason"], "begäran");
    for table in ["certificate", "period", "sick_case"] {
        let rows = held["tables"][table].as_array().unwrap().len();
        assert_eq!(record["rows_removed"][table], rows, "{table}");
    }
    assert_eq!(record["snapshots_withdrawn"][0], old);
    assert!(!record.to_string().contains(&number));

    assert_eq!(wanted.found_in(&frisk), Vec::<std::path::PathBuf>::new());
    assert_eq!(extract(&frisk, &number), None);
    for (table, rows) in ["certificate", "period", "reject"].iter().zip(expected) {
        assert!(
            frisk.rows(table) == rows,
            "{table} lost more than the person"
        );
    }
    assert_eq!(records.map(others), others_before);
    // The old snapshot says what became of it.
    let asked = frisk
        .command(&["query", "SELECT 1", "--snapshot", old])
        .output()
        .unwrap();
    assert_eq!(asked.status.code(), Some(1));
    assert!(
        stderr(&asked).contains("erased since"),
        "{}",
        stderr(&asked)
    );
    frisk.ok(&["audit", "verify"]);
}

#[test]
fn what_was_erased_does_not_come_back_unless_that_was_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let Before {
        frisk,
        number,
        wanted,
    } = before(folder.path(), 22);
    let forgetful = frisk.copy_to(&folder.path().join("forgetful"));
    let all = frisk.rows("certificate").lines().count();
    let gone = fields(&extract(&frisk, &number).unwrap(), "certificate_id").len();

    assert!(
        frisk
            .with_input(&ERASE, &number)
            .output()
            .unwrap()
            .status
            .success()
    );
    let again = record(&frisk.ingest().output().unwrap());
    assert_eq!(
        (&again["accepted"], &again["duplicate"]),
        (&0.into(), &again["read"])
    );
    assert_eq!(frisk.rows("certificate").lines().count(), all - gone);
    assert!(wanted.found_in(&frisk).is_empty());

    let args = [&ERASE[..], &["--forget"]].concat();
    assert!(
        forgetful
            .with_input(&args, &number)
            .output()
            .unwrap()
            .status
            .success()
    );
    assert!(wanted.found_in(&forgetful).is_empty());
    assert!(forgetful.ingest().output().unwrap().status.success());
    assert_eq!(forgetful.rows("certificate").lines().count(), all);
    assert!(extract(&forgetful, &number).is_some());
}

#[test]
fn an_erasure_that_is_killed_is_carried_through() {
    let folder = tempfile::tempdir().unwrap();
    let Before {
        frisk,
        number,
        wanted,
    } = before(folder.path(), 23);
    let undisturbed = frisk.copy_to(&folder.path().join("undisturbed"));
    assert!(
        undisturbed
            .with_input(&ERASE, &number)
            .output()
            .unwrap()
            .status
            .success()
    );
    let expected = TABLES.map(|table| undisturbed.rows(table));
    let points = [
        "erase-prepared",
        "erase-promised",
        "erase-period",
        "erase-certificate",
        "erase-committed",
        "built",
        "erase-published",
        "erase-forgotten",
        "erase-vacuumed",
        "erase-compacted",
        "erase-concluded",
    ];
    for point in points {
        let killed = frisk.copy_to(&folder.path().join(point));
        // `built` is passed three times: when the warehouse is made whole, before, and after the erasure.
        let passing = if point == "built" { 3 } else { 1 };
        let died = killed
            .with_input(&ERASE, &number)
            .env("FRISK_FAILPOINT", format!("{point}:{passing}"))
            .output()
            .unwrap();
        assert!(!died.status.success(), "{point} is not passed");
        // Whoever writes next carries it through; before the promise nothing was decided, so it is asked again.
        let again = if point == "erase-prepared" {
            killed.with_input(&ERASE, &number).output().unwrap()
        } else {
            killed.ingest().output().unwrap()
        };
        assert!(again.status.success(), "{point}: {}", stderr(&again));
        assert!(wanted.found_in(&killed).is_empty(), "{point} left a trace");
        for (table, rows) in TABLES.iter().zip(&expected) {
            assert!(killed.rows(table) == *rows, "{table} differs after {point}");
        }
        killed.ok(&["audit", "verify"]);
        std::fs::remove_dir_all(killed.folder()).unwrap();
    }
}

#[test]
fn what_is_older_than_a_day_goes_and_the_rest_stays() {
    let folder = tempfile::tempdir().unwrap();
    let Before { frisk, .. } = before(folder.path(), 24);
    let day = "date '2025-01-01'";
    let old = [
        "signed_date",
        "known_date",
        "start_date",
        "end_date",
        "revoked_date",
    ]
    .map(|c| format!("coalesce({c}, date '1900-01-01') < {day}"))
    .join(" AND ");
    let count = |sql: &str| -> i64 {
        let row: Value = serde_json::from_str(frisk.ok(&["query", "--json", sql]).trim()).unwrap();
        row["n"].as_i64().unwrap()
    };
    let gone = count(&format!(
        "SELECT count(*) AS n FROM certificate WHERE {old}"
    ));
    let all = count("SELECT count(*) AS n FROM certificate");
    let periods = format!(
        "SELECT count(*) AS n FROM period WHERE certificate_id NOT IN (SELECT certificate_id FROM certificate WHERE {old})"
    );
    let periods = count(&periods);
    assert!(gone > 50 && gone < all, "{gone} of {all}");

    let args = ["erase", "--before", "2025-01-01", "--reason", "gallring"];
    let done: Value = serde_json::from_str(frisk.ok(&args).trim()).unwrap();
    assert_eq!(done["rows_removed"]["certificate"], gone);
    assert_eq!(count("SELECT count(*) AS n FROM certificate"), all - gone);
    assert_eq!(count("SELECT count(*) AS n FROM period"), periods);
    // Persons of whom nothing is left are gone from the vault too.
    assert!(done["state_rows_removed"]["vault"].as_i64().unwrap() > 0);
}

#[test]
fn a_personal_number_is_never_an_argument() {
    let folder = tempfile::tempdir().unwrap();
    let frisk = Frisk::new(folder.path(), std::path::Path::new("/nonexistent"));
    for command in ["extract", "erase"] {
        // Skatteverket's example number with its check digit.
        let output = frisk
            .command(&[command, "19811228-9874", "--reason", "x"])
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(
            stderr(&output).contains("standard input"),
            "{}",
            stderr(&output)
        );
    }
}

#[test]
fn an_extract_holds_every_row_and_is_in_the_log() {
    let folder = tempfile::tempdir().unwrap();
    let Before { frisk, number, .. } = before(folder.path(), 25);
    let held = extract(&frisk, &number).unwrap();
    let key = held["person"]["person_key"].as_str().unwrap();
    assert_eq!(held["person"]["personal_number"], number);
    for table in ["certificate", "period", "revocation", "sick_case"] {
        let sql = format!("SELECT count(*) AS n FROM {table} WHERE person_key = {key}");
        let row: Value = serde_json::from_str(frisk.ok(&["query", "--json", &sql]).trim()).unwrap();
        let rows = held["tables"][table].as_array().unwrap().len();
        assert_eq!(row["n"], rows, "{table}");
    }
    // The extract made in `before` is the first row about the person.
    assert_eq!(held["audit"][0]["entry"]["action"], "extract_person");
    // By key the same rows come.
    let by_key: Value = serde_json::from_str(&frisk.ok(&["extract", key])).unwrap();
    assert_eq!(by_key["tables"], held["tables"]);
    let page = frisk.ok(&["extract", key, "--format", "html"]);
    assert!(page.contains(&number) && page.contains("Läkarintyg"));
}
