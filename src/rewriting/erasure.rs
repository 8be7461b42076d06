//! The erasure of persons, or of what is older than a day: no row, no old file version, no trace in the state store.

use std::collections::{BTreeMap, BTreeSet};

use frisk_ingest::ErasureList;
use frisk_state::{Operation, StateStore};
use frisk_warehouse::{
    Snapshot, Tables, Traces, all_persons, erase,
    rewrite::{self, Rewrite},
    vacuum::{Vacuum, Vacuumed, Withdrawal},
};
use serde::{Deserialize, Serialize};

use super::{Record, Task, Writer, carry, entry};
use crate::{clock, door, failpoint, key::Keys, output::Failure};

/// What an erasure still has to do when its rows are out of the tables.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Erasure {
    /// What was asked: `persons`, or `before DATE`.
    asked: String,
    reason: String,
    at: String,
    persons: Vec<i64>,
    cases: Vec<String>,
    /// Keyed hashes of what must not come back.
    tombstones: Vec<[u8; 16]>,
    /// Documents that rows were made from.
    documents: u64,
    snapshot_before: String,
}

/// What is to be erased and why.
pub(crate) struct Order<'o> {
    /// What was asked, for the record.
    pub(crate) asked: String,
    /// Why, for the record.
    pub(crate) reason: &'o str,
    /// Keep no list of what must not come back.
    pub(crate) forget: bool,
}

/// Erases; the record of it.
pub(crate) fn run(
    writer: &Writer<'_>,
    traces: &Traces,
    order: &Order<'_>,
) -> Result<Record, Failure> {
    let tables = &writer.tables;
    let snapshot_before = door::publish(tables)?.name;
    let number = rewrite::next_number(tables)?;
    let rewritten = erase::without(tables, number, traces)?;
    failpoint::pass("erase-prepared");
    let list = ErasureList::new(&Keys::load_or_create(&writer.config.key)?.log(), []);
    let documents = traces.documents.iter().chain(&traces.files);
    let documents = documents.map(|key| list.of_document(key));
    let certificates = traces.certificates.iter().map(|id| list.of_certificate(id));
    let erasure = Erasure {
        asked: order.asked.clone(),
        reason: order.reason.to_owned(),
        at: clock::now().format("%Y-%m-%dT%H:%M:%S").to_string(),
        persons: traces.persons.iter().copied().collect(),
        cases: traces.cases.iter().cloned().collect(),
        tombstones: if order.forget {
            Vec::new()
        } else {
            documents.chain(certificates).collect()
        },
        documents: traces.documents.len() as u64,
        snapshot_before,
    };
    let rewrite = Rewrite {
        number,
        task: Task::Erase(erasure),
        rewritten,
    };
    rewrite.promise(tables)?;
    failpoint::pass("erase-promised");
    carry(writer.config, tables, &writer.store, &rewrite)
}

impl Erasure {
    /// From the promise on: tables, cases, snapshot, state, files, check, record. It can be repeated.
    pub(super) fn carry(
        &self,
        tables: &Tables,
        store: &dyn StateStore,
        rewrite: &Rewrite<Task>,
    ) -> Result<Operation, Failure> {
        rewrite.commit(tables, clock::now_ms(), &mut |table| {
            failpoint::pass(&format!("erase-{table}"));
        })?;
        failpoint::pass("erase-committed");
        let after = door::publish(tables)?;
        failpoint::pass("erase-published");
        store.bury(&self.tombstones)?;
        let mut persons = self.persons.clone();
        persons.extend(without_rows(tables, store)?);
        let forgotten = store.forget(&persons, &self.cases)?;
        failpoint::pass("erase-forgotten");
        let vacuumed = Vacuum {
            keep: &BTreeSet::new(),
            withdrawal: &Withdrawal {
                at: self.at.clone(),
                because: format!("erased since (erasure {})", rewrite.number),
            },
        }
        .run(tables)?;
        failpoint::pass("erase-vacuumed");
        store.compact()?;
        failpoint::pass("erase-compacted");
        self.check(tables, store)?;
        let record = self.record(rewrite, &after, (&forgotten, &vacuumed));
        let operation = Operation {
            number: rewrite.number,
            record: record.to_string(),
        };
        store.conclude(&operation, &entry("erase", "-", &self.reason))?;
        failpoint::pass("erase-concluded");
        Ok(operation)
    }

    /// Nothing of the persons is left in the newest tables, which are the only ones left, or in the vault.
    fn check(&self, tables: &Tables, store: &dyn StateStore) -> Result<(), Failure> {
        let traces = Traces {
            persons: self.persons.iter().copied().collect(),
            ..Traces::default()
        };
        if !traces.persons.is_empty() {
            for (table, rows) in traces.rows(tables)? {
                if !rows.is_empty() {
                    return Err(Failure::unmet(format!(
                        "table {}: rows of an erased person are still there",
                        table.name
                    )));
                }
            }
        }
        for &person in &self.persons {
            if store.identity(person)?.is_some() {
                return Err(Failure::unmet("vault: an erased identity is still there"));
            }
        }
        Ok(())
    }

    fn record(
        &self,
        rewrite: &Rewrite<Task>,
        after: &Snapshot,
        (forgotten, vacuumed): (&BTreeMap<String, u64>, &Vacuumed),
    ) -> Record {
        serde_json::json!({
            "kind": "erasure",
            "number": rewrite.number,
            "at": self.at,
            "asked": self.asked,
            "persons": self.persons.len(),
            "reason": self.reason,
            "documents": self.documents,
            "rows_removed": rewrite.rewritten.rows,
            "state_rows_removed": forgotten,
            "files_removed": vacuumed.files,
            "log_entries_removed": vacuumed.log_entries,
            "snapshot_before": self.snapshot_before,
            "snapshot_after": after.name,
            "snapshots_withdrawn": vacuumed.withdrawn,
            "comes_back": if self.tombstones.is_empty() { "accepted" } else { "refused" },
        })
    }
}

/// Persons in the vault of whom the tables have no row (any more).
fn without_rows(tables: &Tables, store: &dyn StateStore) -> Result<Vec<i64>, Failure> {
    let with_rows = all_persons(tables)?;
    let mut without = Vec::new();
    let mut last = None;
    loop {
        let part = store.identities_after(last, 10_000)?;
        let Some(end) = part.last() else {
            return Ok(without);
        };
        last = Some(end.person_key);
        without.extend(
            part.iter()
                .map(|identity| identity.person_key)
                .filter(|person| !with_rows.contains(person)),
        );
    }
}
