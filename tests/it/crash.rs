//! Nothing accepted is lost, counted twice or half-written, wherever the ingest dies.

use std::{thread, time::Duration};

use crate::frisk::{Frisk, add_messages, stderr, sweden};

const TABLES: [&str; 10] = [
    "certificate",
    "period",
    "revocation",
    "message",
    "event",
    "reject",
    "sick_case",
    "intervention",
    "observation_end",
    "record",
];

/// The points at which `frisk ingest` can be killed, in the order in which a run passes them.
const POINTS: [&str; 17] = [
    "prepared",
    "vaulted",
    "promised",
    "record",
    "observation_end",
    "intervention",
    "reject",
    "event",
    "message",
    "revocation",
    "period",
    "certificate",
    "committed",
    "receipted",
    "settled",
    "sealed",
    "built",
];

#[test]
fn an_ingest_that_is_killed_and_run_again_gives_the_same_tables() {
    let folder = tempfile::tempdir().unwrap();
    let sweden = sweden(folder.path(), 2_000, 7);
    add_messages(&sweden);
    let undisturbed = Frisk::new(&folder.path().join("undisturbed"), &sweden);
    let output = undisturbed.ingest().output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    let expected = TABLES.map(|table| undisturbed.rows(table));
    for (table, rows) in TABLES.iter().zip(&expected) {
        assert!(
            !rows.is_empty(),
            "the undisturbed run left no row in {table}"
        );
    }

    // The first, second and fourth passing of each point of a batch, each point of one batch or after the batches once.
    let mut kills: Vec<(&str, u32)> = Vec::new();
    for point in POINTS {
        // One batch has files of records.
        let once = [
            "sealed",
            "built",
            "record",
            "observation_end",
            "intervention",
        ];
        let passings: &[u32] = if once.contains(&point) {
            &[1]
        } else {
            &[1, 2, 4]
        };
        kills.extend(passings.iter().map(|&n| (point, n)));
    }
    assert!(kills.len() >= 20);
    let mut died = 0;
    for (index, (point, passing)) in kills.iter().enumerate() {
        let frisk = Frisk::new(&folder.path().join(format!("kill{index}")), &sweden);
        let killed = frisk
            .ingest()
            .env("FRISK_FAILPOINT", format!("{point}:{passing}"))
            .output()
            .unwrap();
        died += u32::from(!killed.status.success());
        let again = frisk.ingest().output().unwrap();
        assert!(
            again.status.success(),
            "{point}:{passing}: {}",
            stderr(&again)
        );
        for (table, rows) in TABLES.iter().zip(&expected) {
            assert!(
                frisk.rows(table) == *rows,
                "{table} differs after a kill at {point}:{passing}"
            );
        }
        std::fs::remove_dir_all(frisk.warehouse()).unwrap();
    }
    // A point whose table got no rows in a batch is not passed; most must have been.
    assert!(died >= 20, "only {died} of {} runs died", kills.len());
}

#[test]
fn an_ingest_that_is_killed_from_outside_gives_the_same_tables() {
    let folder = tempfile::tempdir().unwrap();
    let sweden = sweden(folder.path(), 2_000, 8);
    add_messages(&sweden);
    let undisturbed = Frisk::new(&folder.path().join("undisturbed"), &sweden);
    assert!(undisturbed.ingest().output().unwrap().status.success());
    let expected = TABLES.map(|table| undisturbed.rows(table));

    // SIGKILL after 10, 20, 30 … ms until a run ends by itself: every life ends somewhere else.
    let frisk = Frisk::new(&folder.path().join("killed"), &sweden);
    let mut lives = 0;
    loop {
        let mut child = frisk.ingest().spawn().unwrap();
        thread::sleep(Duration::from_millis(10 * (lives + 1)));
        let ended = child.try_wait().unwrap();
        if let Some(status) = ended {
            assert!(status.success());
            break;
        }
        child.kill().unwrap();
        child.wait().unwrap();
        lives += 1;
        assert!(lives < 500, "the ingest never came to its end");
    }
    assert!(lives >= 1);
    for (table, rows) in TABLES.iter().zip(&expected) {
        assert!(
            frisk.rows(table) == *rows,
            "{table} differs after {lives} kills"
        );
    }
}

#[test]
fn documents_that_are_ingested_again_are_duplicates() {
    let folder = tempfile::tempdir().unwrap();
    let sweden = sweden(folder.path(), 500, 9);
    add_messages(&sweden);
    let frisk = Frisk::new(&folder.path().join("twice"), &sweden);
    let counts = |output: std::process::Output| -> serde_json::Value {
        let text = String::from_utf8(output.stdout).unwrap();
        serde_json::from_str(text.lines().last().unwrap()).unwrap()
    };
    let first = counts(frisk.ingest().output().unwrap());
    let before = TABLES.map(|table| frisk.rows(table));
    let second = counts(frisk.ingest().output().unwrap());
    assert_eq!(second["duplicate"], first["read"]);
    assert_eq!(second["accepted"], 0);
    assert_eq!(second["rejected"], 0);
    assert_eq!(TABLES.map(|table| frisk.rows(table)), before);
}
