//! New keys: for sealed identities (row by row, in steps), and for person keys (vault and all tables, in one rewriting).

use std::{
    collections::{BTreeSet, HashMap},
    path::Path,
    time::Instant,
};

use frisk_ingest::{SealedIdentity, Secret};
use frisk_state::{Identity, Operation, StateStore};
use frisk_warehouse::{
    Tables, all_persons, rekey,
    rewrite::{self, Rewrite},
    vacuum::{Vacuum, Withdrawal},
};
use serde::{Deserialize, Serialize};

use super::{Record, Task, Writer, carry, entry};
use crate::{clock, door, failpoint, key::Keys, output::Failure};

/// Identities sealed anew in one step.
const STEP: u32 = 10_000;

/// Seals all identities with a new key and destroys the old one. A run that died is gone on with.
pub(crate) fn seal(store: &dyn StateStore, path: &Path) -> Result<Record, Failure> {
    let started = Instant::now();
    let mut keys = Keys::load_or_create(path)?;
    if !keys.is_resealing() {
        keys = keys.with_new_seal()?;
        keys.save(path)?;
    }
    failpoint::pass("seal-keyed");
    let secrets = keys.opening();
    let (mut resealed, mut kept) = (0_u64, 0_u64);
    each_identity(store, |part| {
        let mut anew = Vec::new();
        for identity in part {
            let (number, age) = open(identity, &secrets)?;
            if age > 0 {
                anew.push(sealed(&secrets[0], &number)?);
            }
        }
        resealed += anew.len() as u64;
        kept += (part.len() - anew.len()) as u64;
        store.reseal(&anew)?;
        failpoint::pass("seal-step");
        Ok(())
    })?;
    each_identity(store, |part| {
        part.iter()
            .try_for_each(|identity| open(identity, &secrets[..1]).map(drop))
    })?;
    store.compact()?;
    let subject = format!("sealing key {}", keys.seal_version());
    store.append_audit(&entry("rotate_seal_key", &subject, "rotation"))?;
    failpoint::pass("seal-verified");
    let version = keys.seal_version();
    keys.without_old_seals().save(path)?;
    Ok(serde_json::json!({
        "kind": "seal_rotation", "version": version, "resealed": resealed, "sealed_before": kept,
        "seconds": started.elapsed().as_secs_f64(),
    }))
}

/// What a change of person keys still has to do when the files are written.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Rotation {
    at: String,
    snapshot_before: String,
    /// Persons without an identity in the vault, who got a key made from their old one.
    without_identity: u64,
    seconds_writing: f64,
}

/// Gives all persons new keys; the record of it.
pub(crate) fn person_keys(writer: &Writer<'_>) -> Result<Record, Failure> {
    let started = Instant::now();
    let (tables, path) = (&writer.tables, &writer.config.key);
    let snapshot_before = door::publish(tables)?.name;
    let mut keys = Keys::load_or_create(path)?;
    if keys.next_secret().is_none() {
        keys = keys.with_next_person()?;
        keys.save(path)?;
    }
    failpoint::pass("rotate-keyed");
    let mut exchange = Exchange::of(&writer.store, &keys)?;
    let without_identity = exchange.derive(tables, &keys)?;
    let number = rewrite::next_number(tables)?;
    let rewritten = rekey::with_keys(tables, number, &exchange.keys, &mut |table| {
        failpoint::pass(&format!("rotate-written-{table}"));
    })?;
    let rewrite = Rewrite {
        number,
        task: Task::NewPersonKeys(Rotation {
            at: clock::now().format("%Y-%m-%dT%H:%M:%S").to_string(),
            snapshot_before,
            without_identity,
            seconds_writing: started.elapsed().as_secs_f64(),
        }),
        rewritten,
    };
    rewrite.promise(tables)?;
    failpoint::pass("rotate-promised");
    carry(writer.config, tables, &writer.store, &rewrite)
}

impl Rotation {
    /// From the promise on: vault, tables, cases, snapshot, check, old files, old key, record. It can be repeated.
    pub(super) fn carry(
        &self,
        config: &crate::config::Config,
        tables: &Tables,
        store: &dyn StateStore,
        rewrite: &Rewrite<Task>,
    ) -> Result<Operation, Failure> {
        let keys = Keys::load_or_create(&config.key)?;
        if keys.next_secret().is_some() {
            let exchange = Exchange::of(store, &keys)?;
            store.rekey(&exchange.pairs(), &exchange.identities)?;
        }
        failpoint::pass("rotate-vault");
        rewrite.commit(tables, clock::now_ms(), &mut |table| {
            failpoint::pass(&format!("rotate-{table}"));
        })?;
        let after = door::publish(tables)?;
        failpoint::pass("rotate-published");
        self.check(tables, store, rewrite)?;
        let keys = keys.with_person_exchanged();
        keys.save(&config.key)?;
        failpoint::pass("rotate-exchanged");
        let vacuumed = Vacuum {
            keep: &BTreeSet::new(),
            withdrawal: &Withdrawal {
                at: self.at.clone(),
                because: format!(
                    "under person keys that were changed (rotation {})",
                    rewrite.number
                ),
            },
        }
        .run(tables)?;
        store.compact()?;
        failpoint::pass("rotate-vacuumed");
        let rows: u64 = rewrite.rewritten.rows.values().sum();
        let record = serde_json::json!({
            "kind": "person_key_rotation", "number": rewrite.number, "at": self.at, "rows": rewrite.rewritten.rows,
            "without_identity": self.without_identity, "snapshot_before": self.snapshot_before,
            "snapshot_after": after.name, "files_removed": vacuumed.files,
            "snapshots_withdrawn": vacuumed.withdrawn, "seconds_writing": self.seconds_writing,
            "rows_a_second": (rows as f64 / self.seconds_writing.max(1e-9)).round(),
        });
        let operation = Operation {
            number: rewrite.number,
            record: record.to_string(),
        };
        store.conclude(&operation, &entry("rotate_person_keys", "-", "rotation"))?;
        failpoint::pass("rotate-concluded");
        Ok(operation)
    }

    /// Before the old key goes: every row is there, and every person of the tables is in the vault under the new key.
    fn check(
        &self,
        tables: &Tables,
        store: &dyn StateStore,
        rewrite: &Rewrite<Task>,
    ) -> Result<(), Failure> {
        for (table, &expected) in &rewrite.rewritten.rows {
            let Some(&table) = frisk_warehouse::Table::ALL.iter().find(|t| t.name == table) else {
                continue;
            };
            let rows: i64 = tables
                .state(table, None)?
                .files
                .iter()
                .map(|f| f.rows)
                .sum();
            if rows.unsigned_abs() != expected {
                return Err(Failure::unmet(format!(
                    "table {}: {rows} rows under new keys, {expected} expected; the old key is kept",
                    table.name
                )));
            }
        }
        let mut persons = all_persons(tables)?;
        each_identity(store, |part| {
            for identity in part {
                persons.remove(&identity.person_key);
            }
            Ok(())
        })?;
        if persons.len() as u64 != self.without_identity {
            return Err(Failure::unmet(format!(
                "{} persons of the tables are not in the vault, {} expected; the old key is kept",
                persons.len(),
                self.without_identity
            )));
        }
        Ok(())
    }
}

/// Old person key → new one, and the vault under the new ones.
struct Exchange {
    keys: HashMap<i64, i64>,
    identities: Vec<Identity>,
}

impl Exchange {
    /// What the vault gives. An identity that is under the next key already stays as it is.
    fn of(store: &dyn StateStore, keys: &Keys) -> Result<Self, Failure> {
        let (next, _) = keys
            .next_secret()
            .ok_or_else(|| Failure::unmet("key file: no next person key"))?;
        let secrets = keys.opening();
        let mut exchange = Self {
            keys: HashMap::new(),
            identities: Vec::new(),
        };
        let mut taken = BTreeSet::new();
        each_identity(store, |part| {
            for identity in part {
                let (number, _) = open(identity, &secrets)?;
                let new = sealed(&next, &number)?;
                if !taken.insert(new.person_key) {
                    return Err(Failure::unmet(
                        "two persons would get one person key; nothing was changed, start again with another next key",
                    ));
                }
                exchange.keys.insert(identity.person_key, new.person_key);
                exchange.identities.push(new);
            }
            Ok(())
        })?;
        Ok(exchange)
    }

    fn pairs(&self) -> Vec<(i64, i64)> {
        self.keys.iter().map(|(old, new)| (*old, *new)).collect()
    }

    /// Adds keys for persons whose number the vault does not have: invented people that came as rows. Real ones are
    /// refused, since their next document would not find them any more.
    fn derive(&mut self, tables: &Tables, keys: &Keys) -> Result<u64, Failure> {
        let (next, _) = keys
            .next_secret()
            .ok_or_else(|| Failure::unmet("key file: no next person key"))?;
        let unknown: Vec<i64> = all_persons(tables)?
            .into_iter()
            .filter(|person| !self.keys.contains_key(person))
            .collect();
        if !unknown.is_empty() && !tables.layout().synthetic {
            return Err(Failure::unmet(format!(
                "{} persons of the tables have no identity in the vault, so their new keys cannot be made; \
                 ingest their documents again, or erase them",
                unknown.len()
            )));
        }
        for old in &unknown {
            let new = next.person_key(&format!("person key {old}")).0;
            self.keys.insert(*old, new);
        }
        Ok(unknown.len() as u64)
    }
}

/// Calls for all identities of the vault, some at a time, in order of person key.
fn each_identity(
    store: &dyn StateStore,
    mut call: impl FnMut(&[Identity]) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let mut last = None;
    loop {
        let part = store.identities_after(last, STEP)?;
        let Some(end) = part.last() else {
            return Ok(());
        };
        last = Some(end.person_key);
        call(&part)?;
    }
}

/// The number of an identity, and how many newer secrets did not open it.
pub(crate) fn open(identity: &Identity, secrets: &[Secret]) -> Result<(String, usize), Failure> {
    let sealed = SealedIdentity {
        person_key: identity.person_key,
        mac: identity.mac,
        nonce: identity.nonce.as_slice().try_into().unwrap_or_default(),
        ciphertext: identity.sealed.clone(),
    };
    secrets
        .iter()
        .enumerate()
        .find_map(|(age, secret)| Some((sealed.open(secret).ok()?, age)))
        .ok_or_else(|| {
            Failure::unmet(
                "vault: an identity opens with none of the keys; is it another installation's key file?",
            )
        })
}

fn sealed(secret: &Secret, number: &str) -> Result<Identity, Failure> {
    let sealed = SealedIdentity::seal(secret, number)?;
    Ok(door::identity(sealed))
}
