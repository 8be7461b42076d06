//! What is done to the whole installation and must not stop half-way: erasures and changes of person keys. A promise in
//! the warehouse (see [`frisk_warehouse::rewrite`]) names what is under way; whoever writes next carries it through.

pub(crate) mod erasure;
pub(crate) mod rotation;

use frisk_state::{AuditEntry, SqliteStore, StateStore};
use frisk_warehouse::{Intake, Tables, finish_sealing, rewrite::Rewrite};
use serde::{Deserialize, Serialize};

use crate::{
    clock,
    config::Config,
    door, key,
    output::{self, Failure},
    writer_lock::WriterLock,
};

/// What a rewriting is for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) enum Task {
    /// Rows of persons go.
    Erase(erasure::Erasure),
    /// All persons get new keys.
    NewPersonKeys(rotation::Rotation),
}

/// One who writes to the whole installation: has the lock, and found or made everything whole.
pub(crate) struct Writer<'c> {
    pub(crate) config: &'c Config,
    pub(crate) tables: Tables,
    pub(crate) store: SqliteStore,
    _lock: WriterLock,
}

impl<'c> Writer<'c> {
    /// Takes the lock and carries through what an earlier run began; the record of that.
    pub(crate) fn open(config: &'c Config) -> Result<(Self, Option<Record>), Failure> {
        let lock = WriterLock::take(config)?;
        // The warehouse must be there; tables that are younger than it are added.
        let layout = Tables::open(&config.warehouse)?.layout();
        let tables = Tables::open_or_create(&config.warehouse, layout)?;
        let store = key::open_store(config)?;
        door::carry_through(&Intake::new(&tables), &store)?;
        finish_sealing(&tables, clock::now_ms())?;
        let done = carry_through(config, &tables, &store)?;
        let writer = Self {
            config,
            tables,
            store,
            _lock: lock,
        };
        Ok((writer, done))
    }
}

/// A record of what was done, and its hash.
pub(crate) type Record = serde_json::Value;

/// Carries the rewriting through that the last run promised and did not settle.
pub(crate) fn carry_through(
    config: &Config,
    tables: &Tables,
    store: &dyn StateStore,
) -> Result<Option<Record>, Failure> {
    let Some(rewrite) = Rewrite::<Task>::promised(tables)? else {
        return Ok(None);
    };
    output::say(&format!(
        "the last run died in rewriting {}; carrying it through",
        rewrite.number
    ));
    carry(config, tables, store, &rewrite).map(Some)
}

/// From the promise on. It can be repeated from any point.
pub(crate) fn carry(
    config: &Config,
    tables: &Tables,
    store: &dyn StateStore,
    rewrite: &Rewrite<Task>,
) -> Result<Record, Failure> {
    let concluded = store
        .operations()?
        .into_iter()
        .find(|operation| operation.number == rewrite.number);
    let operation = match concluded {
        Some(operation) => operation,
        None => match &rewrite.task {
            Task::Erase(erasure) => erasure.carry(tables, store, rewrite)?,
            Task::NewPersonKeys(rotation) => rotation.carry(config, tables, store, rewrite)?,
        },
    };
    rewrite.settle(tables)?;
    let mut record: Record = serde_json::from_str(&operation.record)?;
    if let Some(fields) = record.as_object_mut() {
        fields.insert("hash".to_owned(), operation.hash().into());
    }
    Ok(record)
}

/// An entry for the audit log about something done on the command line.
pub(crate) fn entry(action: &str, subject: &str, purpose: &str) -> AuditEntry {
    let user = std::env::var("USER").unwrap_or_else(|_| "-".to_owned());
    AuditEntry {
        at: clock::now().and_utc(),
        actor: format!("command line, user {user}"),
        role: "operator".to_owned(),
        action: action.to_owned(),
        subject: subject.to_owned(),
        unit: String::new(),
        purpose: purpose.to_owned(),
        allowed: true,
    }
}
