use chrono::{TimeZone, Utc};
use rusqlite::Connection;

use super::SqliteStore;
use crate::{AuditEntry, Error, Identity, Receipt, StateStore};

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
            known: 1
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
