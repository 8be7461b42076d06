use chrono::{TimeZone, Utc};
use rusqlite::Connection;

use super::SqliteStore;
use crate::{AuditEntry, AuditKey, Error, Identity, Operation, Receipt, StateStore};

type Checked = Result<(), Box<dyn std::error::Error>>;

fn identity(person_key: i64, mac: u8) -> Identity {
    Identity {
        person_key,
        mac: [mac; 32],
        nonce: vec![mac; 12],
        sealed: vec![1, 2, 3],
    }
}

fn receipt(batch: i64) -> Receipt {
    Receipt {
        batch,
        documents: 10,
        accepted: 6,
        rejected: 2,
        duplicate: 1,
        revoked: 1,
        snapshot: "000001-abcd".to_owned(),
    }
}

fn entry(subject: &str) -> AuditEntry {
    AuditEntry {
        at: Utc
            .timestamp_opt(1_767_225_600, 123_000_000)
            .single()
            .unwrap_or_default(),
        actor: "coordinator-1".to_owned(),
        role: "coordinator".to_owned(),
        action: "read_case_risk".to_owned(),
        subject: subject.to_owned(),
        unit: "SE1-A".to_owned(),
        purpose: "rehab".to_owned(),
        allowed: true,
    }
}

fn three_rows(path: &std::path::Path) -> Result<SqliteStore, Error> {
    let store = SqliteStore::open(path)?;
    for subject in ["c-1", "c-2", "c-3"] {
        store.append_audit(&entry(subject))?;
    }
    Ok(store)
}

/// Writes to the file behind the store's back, as someone with the file would.
fn tamper(path: &std::path::Path, sql: &str) -> Checked {
    let connection = Connection::open(path)?;
    connection.execute_batch("DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete;")?;
    connection.execute_batch(sql)?;
    Ok(())
}

#[test]
fn identities_are_put_once_and_survive_reopening() -> Checked {
    let dir = tempfile::tempdir()?;
    let path = dir.path().join("state.db");
    let both = [identity(7, 1), identity(-8, 2)];
    assert_eq!(SqliteStore::open(&path)?.put_identities(&both)?, 2);

    let store = SqliteStore::open(&path)?;
    // The same person sealed anew (another nonce) is still the same person, and the first seal stays.
    let mut again = identity(7, 1);
    again.nonce = vec![9; 12];
    assert_eq!(store.put_identities(&[again, identity(9, 3)])?, 1);
    assert_eq!(store.identity(7)?, Some(identity(7, 1)));
    assert_eq!(store.identity(-8)?, Some(identity(-8, 2)));
    assert_eq!(store.identity(1)?, None);
    Ok(())
}

#[test]
fn a_key_collision_is_named_and_writes_nothing() -> Checked {
    let store = SqliteStore::in_memory()?;
    store.put_identities(&[identity(7, 1)])?;
    let result = store.put_identities(&[identity(8, 2), identity(7, 9)]);
    assert!(matches!(result, Err(Error::KeyCollision { person_key: 7 })));
    assert_eq!(store.identity(8)?, None);
    assert_eq!(store.identity(7)?, Some(identity(7, 1)));
    Ok(())
}

#[test]
fn a_receipt_is_stored_once_and_must_not_change() -> Checked {
    let dir = tempfile::tempdir()?;
    let path = dir.path().join("state.db");
    let store = SqliteStore::open(&path)?;
    assert!(store.put_receipt(&receipt(2))?);
    assert!(store.put_receipt(&receipt(1))?);
    assert!(!store.put_receipt(&receipt(2))?);
    let other = Receipt {
        accepted: 7,
        ..receipt(2)
    };
    let result = store.put_receipt(&other);
    assert!(matches!(result, Err(Error::ReceiptDiffers { batch: 2 })));
    drop(store);
    assert_eq!(
        SqliteStore::open(&path)?.receipts()?,
        vec![receipt(1), receipt(2)]
    );
    Ok(())
}

#[test]
fn an_untouched_log_verifies_and_reads_back() -> Checked {
    let dir = tempfile::tempdir()?;
    let path = dir.path().join("state.db");
    drop(three_rows(&path)?);
    let store = SqliteStore::open(&path)?;
    assert_eq!(store.append_audit(&entry("c-4"))?, 4);
    assert_eq!(store.verify_audit()?, 4);
    let rows = store.audit_after(2, 10)?;
    assert_eq!(rows.iter().map(|r| r.row).collect::<Vec<_>>(), vec![3, 4]);
    assert_eq!(rows.first().map(|r| &r.entry), Some(&entry("c-3")));
    Ok(())
}

#[test]
fn the_database_itself_refuses_to_change_the_log() -> Checked {
    let dir = tempfile::tempdir()?;
    let path = dir.path().join("state.db");
    let store = three_rows(&path)?;
    let connection = Connection::open(&path)?;
    assert!(
        connection
            .execute_batch("UPDATE audit SET actor = 'x' WHERE row = 1")
            .is_err()
    );
    assert!(
        connection
            .execute_batch("DELETE FROM audit WHERE row = 3")
            .is_err()
    );
    assert_eq!(store.verify_audit()?, 3);
    Ok(())
}

#[test]
fn planted_tampering_is_found_at_its_row() -> Checked {
    let cases = [
        ("UPDATE audit SET allowed = 0 WHERE row = 2", 2),
        ("UPDATE audit SET subject = 'c-9' WHERE row = 1", 1),
        // A letter moved over a field boundary.
        (
            "UPDATE audit SET subject = 'c-2S', unit = 'E1-A' WHERE row = 2",
            2,
        ),
        ("DELETE FROM audit WHERE row = 1", 1),
        ("DELETE FROM audit WHERE row = 2", 2),
        ("DELETE FROM audit WHERE row = 3", 3),
        // Removed and the rest renumbered.
        (
            "DELETE FROM audit WHERE row = 2; UPDATE audit SET row = 2 WHERE row = 3",
            2,
        ),
        // The last row removed and the head moved back, but with the wrong hash.
        (
            "DELETE FROM audit WHERE row = 3; UPDATE audit_head SET row = 2",
            2,
        ),
        // A row put in.
        (
            "INSERT INTO audit SELECT 4, at, actor, role, action, subject, unit, purpose, allowed, hash \
             FROM audit WHERE row = 3",
            4,
        ),
    ];
    for (sql, at) in cases {
        let dir = tempfile::tempdir()?;
        let path = dir.path().join("state.db");
        let store = three_rows(&path)?;
        tamper(&path, sql)?;
        let result = store.verify_audit();
        assert!(
            matches!(result, Err(Error::AuditBroken { row, .. }) if row == at),
            "{sql}: {result:?}"
        );
    }
    Ok(())
}

#[test]
fn a_personal_number_never_enters_the_log() -> Checked {
    let store = SqliteStore::in_memory()?;
    let result = store.append_audit(&entry("811218-9876"));
    let Err(error) = result else {
        return Err("was accepted".into());
    };
    assert_eq!(
        error.to_string(),
        "audit entry, field subject: looks like a personal number; expected a case id"
    );
    assert_eq!(store.verify_audit()?, 0);
    Ok(())
}

#[test]
fn a_database_of_a_newer_frisk_is_refused() -> Checked {
    let dir = tempfile::tempdir()?;
    let path = dir.path().join("state.db");
    drop(SqliteStore::open(&path)?);
    Connection::open(&path)?.pragma_update(None, "user_version", 99)?;
    let result = SqliteStore::open(&path);
    assert!(matches!(
        result,
        Err(Error::Newer {
            found: 99,
            known: 2
        })
    ));
    Ok(())
}

#[test]
fn two_processes_append_to_one_chain() -> Checked {
    let dir = tempfile::tempdir()?;
    let path = dir.path().join("state.db");
    let (a, b) = (SqliteStore::open(&path)?, SqliteStore::open(&path)?);
    std::thread::scope(|scope| {
        fn write(store: &SqliteStore) -> Result<(), Error> {
            (0..20).try_for_each(|_| store.append_audit(&entry("c-1")).map(drop))
        }
        let (first, second) = (scope.spawn(|| write(&a)), scope.spawn(|| write(&b)));
        assert!(matches!(first.join(), Ok(Ok(()))));
        assert!(matches!(second.join(), Ok(Ok(()))));
    });
    assert_eq!(a.verify_audit()?, 40);
    Ok(())
}

/// Three rows in a keyed log whose head is kept in `head`.
fn keyed(folder: &std::path::Path) -> Result<(SqliteStore, AuditKey), Error> {
    let key = AuditKey::new([3; 32]).head_in(folder.join("head"));
    let store = SqliteStore::open_keyed(&folder.join("state.db"), key.clone())?;
    for subject in ["c-1", "c-2", "c-3"] {
        store.append_audit(&entry(subject))?;
    }
    Ok((store, key))
}

#[test]
fn a_keyed_log_needs_its_key() -> Checked {
    let dir = tempfile::tempdir()?;
    let (store, key) = keyed(dir.path())?;
    assert_eq!(store.verify_audit()?, 3);
    drop(store);
    let path = dir.path().join("state.db");
    let without = SqliteStore::open(&path)?;
    assert_eq!(without.audit_after(0, 9)?.len(), 3);
    assert!(matches!(
        without.verify_audit(),
        Err(Error::AuditKeyMissing)
    ));
    assert!(matches!(
        without.append_audit(&entry("c-4")),
        Err(Error::AuditKeyMissing)
    ));
    let other = SqliteStore::open_keyed(&path, AuditKey::new([4; 32]))?;
    assert!(matches!(
        other.verify_audit(),
        Err(Error::AuditBroken { row: 1, .. })
    ));
    assert_eq!(SqliteStore::open_keyed(&path, key)?.verify_audit()?, 3);
    Ok(())
}

/// Whoever has the file alone can compute SHA-256, but not the key: a chain rebuilt over the whole file is found.
#[test]
fn a_chain_that_was_rebuilt_without_the_key_is_found() -> Checked {
    let dir = tempfile::tempdir()?;
    let (store, key) = keyed(dir.path())?;
    drop(store);
    let path = dir.path().join("state.db");
    // As an attacker would: the same log with one row changed, without key, from a store of its own.
    let forged = dir.path().join("forged.db");
    let forger = SqliteStore::open(&forged)?;
    for subject in ["c-1", "c-9", "c-3"] {
        forger.append_audit(&entry(subject))?;
    }
    assert_eq!(forger.verify_audit()?, 3);
    drop(forger);
    for (keyed, row) in [(0, 0), (1, 1)] {
        std::fs::copy(&forged, &path)?;
        for part in ["state.db-wal", "state.db-shm"] {
            drop(std::fs::remove_file(dir.path().join(part)));
        }
        Connection::open(&path)?.execute("UPDATE audit_head SET keyed = ?1", [keyed])?;
        let found =
            SqliteStore::open_keyed(&path, key.clone()).and_then(|store| store.verify_audit());
        assert!(
            matches!(found, Err(Error::AuditBroken { row: at, .. }) if at == row),
            "keyed = {keyed}: {found:?}"
        );
    }
    Ok(())
}

#[test]
fn rows_cut_off_with_their_head_are_missed_by_the_kept_head() -> Checked {
    let dir = tempfile::tempdir()?;
    let (store, _) = keyed(dir.path())?;
    // The whole file as it was two rows ago would verify by itself: its head is moved back with the right hash.
    let second = store.audit_after(1, 1)?.remove(0);
    let connection = Connection::open(dir.path().join("state.db"))?;
    connection.execute_batch("DROP TRIGGER audit_no_delete; DELETE FROM audit WHERE row = 3;")?;
    connection.execute("UPDATE audit_head SET row = 2, hash = ?1", [second.hash])?;
    let found = store.verify_audit();
    assert!(
        matches!(found, Err(Error::AuditBroken { row: 3, .. })),
        "{found:?}"
    );
    // Without the head file that cut cannot be told; that it is gone is told.
    std::fs::remove_file(dir.path().join("head"))?;
    assert!(matches!(
        store.verify_audit(),
        Err(Error::AuditBroken { row: 2, .. })
    ));
    Ok(())
}

#[test]
fn a_log_without_key_gets_one_when_it_is_whole() -> Checked {
    let dir = tempfile::tempdir()?;
    let path = dir.path().join("state.db");
    drop(three_rows(&path)?);
    let key = AuditKey::new([3; 32]).head_in(dir.path().join("head"));
    let store = SqliteStore::open_keyed(&path, key.clone())?;
    assert_eq!(store.verify_audit()?, 3);
    assert_eq!(store.append_audit(&entry("c-4"))?, 4);
    assert_eq!(store.verify_audit()?, 4);
    // The guard against editing is there again.
    let connection = Connection::open(&path)?;
    assert!(
        connection
            .execute_batch("UPDATE audit SET actor = 'x'")
            .is_err()
    );

    let broken = tempfile::tempdir()?;
    let path = broken.path().join("state.db");
    drop(three_rows(&path)?);
    tamper(&path, "UPDATE audit SET allowed = 0 WHERE row = 2")?;
    let found = SqliteStore::open_keyed(&path, AuditKey::new([3; 32]));
    assert!(matches!(found, Err(Error::AuditBroken { row: 2, .. })));
    Ok(())
}

#[test]
fn a_person_is_forgotten_without_a_trace_in_the_file() -> Checked {
    let dir = tempfile::tempdir()?;
    let path = dir.path().join("state.db");
    let store = SqliteStore::open(&path)?;
    let mut gone = identity(0x1122_3344_5566_7788, 0xA7);
    gone.sealed = b"sealed value of the one who goes".to_vec();
    store.put_identities(&[gone.clone(), identity(8, 2)])?;
    // A table that this crate does not know, as a later version may have.
    Connection::open(&path)?.execute_batch(
        "CREATE TABLE note (case_id TEXT, text TEXT); \
         INSERT INTO note VALUES ('c-gone', 'a note of some length'), ('c-stays', 'another');",
    )?;
    let held = store.held(gone.person_key, &["c-gone".to_owned()])?;
    assert_eq!(held.len(), 1);
    let removed = store.forget(&[gone.person_key], &["c-gone".to_owned()])?;
    assert_eq!(removed.get("vault"), Some(&1));
    assert_eq!(removed.get("note"), Some(&1));
    assert_eq!(store.identity(gone.person_key)?, None);
    assert_eq!(store.identity(8)?, Some(identity(8, 2)));
    store.compact()?;
    for part in ["state.db", "state.db-wal"] {
        let bytes = std::fs::read(dir.path().join(part)).unwrap_or_default();
        for trace in [&gone.sealed[..], &gone.mac[..], b"a note of some length"] {
            assert!(
                !bytes.windows(trace.len()).any(|w| w == trace),
                "{part} still holds a trace"
            );
        }
    }
    Ok(())
}

#[test]
fn new_person_keys_are_put_in_place_once() -> Checked {
    let store = SqliteStore::in_memory()?;
    store.put_identities(&[identity(1, 1), identity(2, 2)])?;
    // Old key 2 is the new key of person 1: no mix-up on the way.
    let after = [identity(2, 3), identity(9, 4)];
    for _ in 0..2 {
        store.rekey(&[(1, 2), (2, 9)], &after)?;
        assert_eq!(store.identities_after(None, 10)?, after);
    }
    assert_eq!(store.identities_after(Some(2), 10)?, after[1..]);
    Ok(())
}

#[test]
fn the_record_of_an_operation_is_stored_once_and_guarded_by_the_log() -> Checked {
    let dir = tempfile::tempdir()?;
    let (store, _) = keyed(dir.path())?;
    let operation = Operation {
        number: 1,
        record: r#"{"erased":1}"#.to_owned(),
    };
    let mut what = entry("-");
    what.action = "erase".to_owned();
    assert!(store.conclude(&operation, &what)?);
    assert!(!store.conclude(&operation, &what)?);
    assert_eq!(store.verify_audit()?, 4);
    let row = store.audit_after(3, 1)?.remove(0).entry;
    assert_eq!(
        (row.action, row.subject),
        ("operation_erase".to_owned(), operation.hash())
    );
    let connection = Connection::open(dir.path().join("state.db"))?;
    connection.execute_batch(r#"UPDATE operation SET record = '{"erased":0}'"#)?;
    assert!(matches!(
        store.verify_audit(),
        Err(Error::OperationDiffers { number: 1 })
    ));
    connection.execute_batch("DELETE FROM operation")?;
    assert!(matches!(
        store.verify_audit(),
        Err(Error::AuditBroken { row: 4, .. })
    ));
    Ok(())
}
