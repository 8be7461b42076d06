//! New keys: everybody keeps their rows, nobody keeps their key, and the old key is gone.

use crate::{
    frisk::{Frisk, stderr, sweden},
    traces::{Wanted, busiest, extract, numbers},
};

const ROTATE: [&str; 3] = ["vault", "rotate", "--person-keys"];
/// Each table's rows without what comes from the person key, and how many persons share them.
const COMPARED: [&str; 5] = [
    "SELECT * EXCLUDE (person_key) FROM certificate ORDER BY arrival",
    "SELECT * EXCLUDE (person_key) FROM period ORDER BY arrival, start_date, degree",
    "SELECT * EXCLUDE (person_key, case_id) FROM sick_case ORDER BY first_certificate_id",
    "SELECT min(arrival) AS first, count(*) AS n FROM period GROUP BY person_key ORDER BY 1",
    "SELECT * FROM reject ORDER BY document_key, rule, location, message",
];

fn compared(frisk: &Frisk) -> Vec<String> {
    COMPARED
        .iter()
        .map(|sql| frisk.ok(&["query", "--json", sql]))
        .collect()
}

/// Keys of some persons.
fn keys(frisk: &Frisk) -> Vec<i64> {
    let sql = "SELECT person_key FROM certificate GROUP BY 1 ORDER BY 1 LIMIT 40";
    let rows = frisk.ok(&["query", "--json", sql]);
    rows.lines()
        .map(|row| {
            let row: serde_json::Value = serde_json::from_str(row).unwrap();
            row["person_key"].as_i64().unwrap()
        })
        .collect()
}

#[test]
fn new_person_keys_leave_rows_and_drop_the_old_keys_wherever_the_run_dies() {
    let folder = tempfile::tempdir().unwrap();
    let sweden = sweden(folder.path(), 800, 31);
    let frisk = Frisk::new(&folder.path().join("before"), &sweden);
    assert!(frisk.ingest().output().unwrap().status.success());
    let (expected, number) = (compared(&frisk), busiest(&sweden));
    let held = extract(&frisk, &number).unwrap();
    let wanted = keys(&frisk)
        .into_iter()
        .fold(Wanted::new(Vec::new()), Wanted::key);
    assert!(!wanted.found_in(&frisk).is_empty());
    let points = [
        "",
        "rotate-keyed",
        "rotate-written-certificate",
        "rotate-promised",
        "rotate-vault",
        "rotate-period",
        "rotate-certificate",
        "rotate-published",
        "rotate-exchanged",
        "rotate-vacuumed",
        "rotate-concluded",
    ];
    for point in points {
        let frisk = frisk.copy_to(&folder.path().join(format!("at-{point}")));
        if !point.is_empty() {
            let died = frisk
                .command(&ROTATE)
                .env("FRISK_FAILPOINT", format!("{point}:1"))
                .output()
                .unwrap();
            assert!(!died.status.success(), "{point} is not passed");
        }
        let output = frisk.command(&ROTATE).output().unwrap();
        assert!(output.status.success(), "{point}: {}", stderr(&output));
        let text = std::fs::read_to_string(frisk.folder().join("person.key")).unwrap();
        let person: Vec<&str> = text.lines().filter(|l| l.contains("person")).collect();
        assert_eq!(person.len(), 1, "{point}");
        assert!(
            person[0].starts_with("person 2 "),
            "{point}: a second rotation"
        );
        assert!(!person[0].contains(&"5b".repeat(32)), "{point}");
        for ((rows, expected), sql) in compared(&frisk).iter().zip(&expected).zip(COMPARED) {
            assert!(rows == expected, "{point}: {sql} differs");
        }
        assert!(
            wanted.found_in(&frisk).is_empty(),
            "{point}: an old key is left"
        );
        let now = extract(&frisk, &number).unwrap();
        assert_ne!(now["person"]["person_key"], held["person"]["person_key"]);
        assert_eq!(
            now["person"]["mark_in_audit_log"],
            held["person"]["mark_in_audit_log"]
        );
        for table in ["certificate", "period"] {
            let rows =
                |extract: &serde_json::Value| extract["tables"][table].as_array().unwrap().len();
            assert_eq!(rows(&now), rows(&held), "{point}: {table}");
        }
        // The documents are still known.
        let again = frisk.ingest().output().unwrap();
        let again: serde_json::Value = serde_json::from_slice(&again.stdout).unwrap();
        assert_eq!(again["duplicate"], again["read"], "{point}");
        frisk.ok(&["audit", "verify"]);
        std::fs::remove_dir_all(frisk.folder()).unwrap();
    }
}

#[test]
fn a_new_sealing_key_opens_every_identity_wherever_the_run_dies() {
    let folder = tempfile::tempdir().unwrap();
    let sweden = sweden(folder.path(), 1_000, 32);
    let frisk = Frisk::new(&folder.path().join("before"), &sweden);
    assert!(frisk.ingest().output().unwrap().status.success());
    for point in ["", "seal-keyed", "seal-step", "seal-verified"] {
        let frisk = frisk.copy_to(&folder.path().join(format!("at-{point}")));
        if !point.is_empty() {
            let died = frisk
                .command(&["vault", "rotate"])
                .env("FRISK_FAILPOINT", format!("{point}:1"))
                .output()
                .unwrap();
            assert!(!died.status.success(), "{point} is not passed");
        }
        let done = frisk.ok(&["vault", "rotate"]);
        let done: serde_json::Value = serde_json::from_str(done.trim()).unwrap();
        assert_eq!(done["version"], 2, "{point}");
        let text = std::fs::read_to_string(frisk.folder().join("person.key")).unwrap();
        assert_eq!(text.lines().filter(|l| l.starts_with("seal ")).count(), 1);
        for number in numbers(&sweden).keys().take(20) {
            // A number of a rejected document is in no vault.
            if let Some(held) = extract(&frisk, number) {
                assert_eq!(held["person"]["personal_number"], *number, "{point}");
            }
        }
        let busiest = extract(&frisk, &busiest(&sweden)).unwrap();
        assert!(busiest["person"]["personal_number"].is_string());
    }
}

#[test]
fn a_vacuum_leaves_what_is_kept_and_says_what_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let sweden = sweden(folder.path(), 1_000, 33);
    let frisk = Frisk::new(&folder.path().join("installation"), &sweden);
    let months: Vec<_> = {
        let mut all: Vec<_> = std::fs::read_dir(sweden.join("documents"))
            .unwrap()
            .map(|e| e.unwrap().path())
            .collect();
        all.sort();
        all.chunks(all.len().div_ceil(3))
            .map(<[_]>::to_vec)
            .collect()
    };
    for part in &months {
        let mut args = vec!["ingest", "--json", "--synthetic"];
        args.extend(part.iter().map(|path| path.to_str().unwrap()));
        frisk.ok(&args);
    }
    let names: Vec<String> = frisk
        .ok(&["snapshots"])
        .lines()
        .map(|line| line.split(' ').next().unwrap().to_owned())
        .collect();
    assert_eq!(names.len(), 3);
    let ask = |name: &str| {
        let sql = "SELECT count(*) AS n, min(arrival) AS a, max(arrival) AS b FROM certificate";
        frisk
            .command(&["query", "--json", sql, "--snapshot", name])
            .output()
            .unwrap()
    };
    let before: Vec<_> = names.iter().map(|name| ask(name).stdout).collect();
    let planned = frisk.ok(&[
        "vacuum",
        "--keep",
        "0",
        "--snapshot",
        &names[1],
        "--dry-run",
    ]);
    let done = frisk.ok(&["vacuum", "--keep", "0", "--snapshot", &names[1]]);
    let [planned, done]: [serde_json::Value; 2] =
        [planned, done].map(|text| serde_json::from_str(text.trim()).unwrap());
    assert_eq!(planned["files"], done["files"]);
    assert!(done["files"]["certificate"].as_u64().unwrap() > 0);
    assert_eq!(done["withdrawn"], serde_json::json!([names[0]]));
    for at in [1, 2] {
        let now = ask(&names[at]);
        assert!(now.status.success(), "{}", stderr(&now));
        assert_eq!(now.stdout, before[at]);
    }
    assert!(stderr(&ask(&names[0])).contains("not kept by a vacuum"));
    // The log that is left still says which batches are in: the documents are known, and the files of records, which
    // come for the first time, make a batch of the next number.
    let again = frisk.ingest().output().unwrap();
    let again: serde_json::Value = serde_json::from_slice(&again.stdout).unwrap();
    assert_eq!(again["accepted"], 0);
    assert!(again["read"].as_u64() > again["duplicate"].as_u64());
    assert!(frisk.ok(&["vacuum", "--keep", "0"]).contains(&names[1]));
}
