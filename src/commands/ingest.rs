use std::{
    fs::{File, OpenOptions},
    path::PathBuf,
    time::Instant,
};

use chrono::NaiveDate;
use frisk_codes::Reference;
use frisk_ingest::{
    BatchBuilder, Counts, Document, Found, Reading, Rules, Secret, UnitRegister, UnknownUnit,
    documents_in,
};
use frisk_state::{Identity, Receipt, SqliteStore, StateStore};
use frisk_warehouse::{
    Intake, Layout, Ledger, Prepared, Snapshot, Tables, rows_of, seal, sick_case,
};
use rayon::prelude::*;

use crate::{
    clock,
    config::Config,
    failpoint, key,
    output::{self, Failure},
    registers,
};

/// Arguments of `frisk ingest`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Files and folders of documents (`.xml`, `.json`), or a folder of simulated rows (`period-*.parquet`).
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// The documents are about invented people: a new warehouse is marked so, and demo identities may be offered.
    #[arg(long)]
    synthetic: bool,
    /// Reject certificates of units that the register does not know, as Intygsstatistik does.
    #[arg(long)]
    reject_unknown_units: bool,
    /// Nothing but one JSON object on stdout.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args, config: &Config) -> Result<(), Failure> {
    let row = ingest(args, config)?;
    output::line(&row.to_string());
    Ok(())
}

/// The whole run; what it did.
fn ingest(args: &Args, config: &Config) -> Result<serde_json::Value, Failure> {
    let started = Instant::now();
    let _writer = lock(config)?;
    let layout = Layout {
        buckets: config.buckets,
        synthetic: args.synthetic,
        ..Layout::default()
    };
    let tables = Tables::open_or_create(&config.warehouse, layout)?;
    let store = SqliteStore::open(&config.state)?;
    let mut run = Run::new(config, &tables, &store, args)?;
    run.carry_through()?;
    let found = find(&args.paths)?;
    let counts = if found.is_empty() {
        super::simulate::ingest_rows(&args.paths, &tables)?
    } else {
        run.documents(&found, config.batch)?
    };
    finish(&tables, started, counts, args.json)
}

/// Ingests one folder of synthetic documents, for other commands.
pub(crate) fn documents(folder: &std::path::Path, config: &Config) -> Result<(), Failure> {
    let args = Args {
        paths: vec![folder.to_path_buf()],
        synthetic: true,
        reject_unknown_units: false,
        json: false,
    };
    ingest(&args, config).map(drop)
}

/// Seals, builds the cases, publishes; tells what the run did.
fn finish(
    tables: &Tables,
    started: Instant,
    counts: Counts,
    json: bool,
) -> Result<serde_json::Value, Failure> {
    let now = clock::now_ms();
    seal(tables, now)?;
    failpoint::pass("sealed");
    if sick_case::is_stale(tables)? {
        sick_case::build(tables, now)?;
    }
    failpoint::pass("built");
    let snapshot = Snapshot::publish(tables)?;
    let seconds = started.elapsed().as_secs_f64();
    let row = serde_json::json!({
        "read": counts.read, "accepted": counts.accepted, "rejected": counts.rejected,
        "duplicate": counts.duplicate, "revoked": counts.revoked, "unsupported": counts.unsupported,
        "seconds": (seconds * 1000.0).round() / 1000.0, "snapshot": snapshot.name,
    });
    if !json {
        output::say(&format!(
            "{} documents read in {seconds:.1} s: {} accepted, {} rejected, {} duplicates, {} revocations, {} unsupported; \
             snapshot {}, data through {}",
            counts.read,
            counts.accepted,
            counts.rejected,
            counts.duplicate,
            counts.revoked,
            counts.unsupported,
            snapshot.name,
            snapshot.data_through,
        ));
    }
    Ok(row)
}

/// One writer at a time: an advisory lock beside the state file, gone with the process.
fn lock(config: &Config) -> Result<File, Failure> {
    let path = config.state.with_extension("lock");
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(Failure::unmet(format!(
            "another ingest is running ({} is locked); wait for it to end",
            path.display()
        ))),
        Err(std::fs::TryLockError::Error(error)) => Err(error.into()),
    }
}

fn find(paths: &[PathBuf]) -> Result<Vec<Found>, Failure> {
    let mut found = Vec::new();
    for path in paths {
        if !path.exists() {
            return Err(Failure::usage(format!(
                "{}: no such file or folder",
                path.display()
            )));
        }
        for document in documents_in(path) {
            found.push(document?);
        }
    }
    Ok(found)
}

/// What one run works with.
struct Run<'a> {
    tables: &'a Tables,
    store: &'a dyn StateStore,
    intake: Intake<'a>,
    secret: Secret,
    register: UnitRegister,
    unknown_unit: UnknownUnit,
    today: NaiveDate,
}

impl<'a> Run<'a> {
    fn new(
        config: &Config,
        tables: &'a Tables,
        store: &'a dyn StateStore,
        args: &Args,
    ) -> Result<Self, Failure> {
        let reference = Reference::open(&config.reference)?;
        if reference.units.is_empty() {
            output::say(
                "no unit register: every unit counts as unknown, without a region \
                 (import one with `frisk reference import DIR`)",
            );
        }
        Ok(Self {
            tables,
            store,
            intake: Intake::new(tables),
            secret: key::load_or_create(&config.key)?,
            register: registers::units(&reference),
            unknown_unit: if args.reject_unknown_units {
                UnknownUnit::Reject
            } else {
                UnknownUnit::Flag
            },
            today: clock::today(),
        })
    }

    /// Carries the batch through that the last run promised and did not settle.
    fn carry_through(&self) -> Result<(), Failure> {
        if let Some(promised) = self.intake.promised()? {
            output::say(&format!(
                "the last run died in batch {}; carrying it through",
                promised.number
            ));
            self.commit(&promised)?;
        }
        Ok(())
    }

    fn documents(&mut self, found: &[Found], batch: usize) -> Result<Counts, Failure> {
        let mut ledger = Ledger::read(self.tables)?;
        let mut number = self.intake.next_number()?;
        let mut arrival = self.intake.next_arrival()?;
        let mut total = Counts::default();
        let bar = output::progress(found.len() as u64, "documents");
        for chunk in found.chunks(batch.max(1)) {
            let read = read_all(chunk, &ledger)?;
            let rules = Rules {
                secret: &self.secret,
                register: &self.register,
                today: self.today,
                unknown_unit: self.unknown_unit,
            };
            let mut builder = BatchBuilder::new(&rules);
            let mut again = 0;
            for (found, reading) in chunk.iter().zip(read) {
                match reading {
                    Some(reading) if !ledger.came_before(reading.key) => {
                        builder.push(&found.name, reading, &mut ledger.seen)?;
                    }
                    _ => again += 1,
                }
            }
            let batch = builder.finish(arrival)?;
            total += batch.counts;
            total.read += again;
            total.duplicate += again;
            if batch.counts.read > 0 {
                let prepared = self
                    .intake
                    .prepare(number, &rows_of(&batch), batch.counts)?;
                failpoint::pass("prepared");
                let identities: Vec<Identity> =
                    batch.identities.into_iter().map(identity).collect();
                self.store.put_identities(&identities)?;
                failpoint::pass("vaulted");
                self.intake.promise(&prepared)?;
                failpoint::pass("promised");
                self.commit(&prepared)?;
                number += 1;
                arrival += batch.arrivals;
            }
            bar.inc(chunk.len() as u64);
        }
        bar.finish_and_clear();
        Ok(total)
    }

    /// From the promise on: tables, receipt, promise away. Can be repeated from any point.
    fn commit(&self, batch: &Prepared) -> Result<(), Failure> {
        self.intake
            .commit(batch, clock::now_ms(), &mut |table| failpoint::pass(table))?;
        failpoint::pass("committed");
        self.store.put_receipt(&Receipt {
            batch: batch.number,
            documents: batch.counts.read,
            accepted: batch.counts.accepted,
            rejected: batch.counts.rejected + batch.counts.unsupported,
            duplicate: batch.counts.duplicate,
            revoked: batch.counts.revoked,
            snapshot: String::new(),
        })?;
        failpoint::pass("receipted");
        self.intake.settle()?;
        failpoint::pass("settled");
        Ok(())
    }
}

/// Reads and decodes documents in parallel, in order; `None` for one that came before.
fn read_all(chunk: &[Found], ledger: &Ledger) -> Result<Vec<Option<Reading>>, Failure> {
    let read: Result<Vec<_>, std::io::Error> = chunk
        .par_iter()
        .map(|found| {
            let document = Document::new(found.name.clone(), std::fs::read(&found.path)?);
            Ok((!ledger.holds(document.key())).then(|| frisk_ingest::read(&document, None)))
        })
        .collect();
    Ok(read?)
}

fn identity(sealed: frisk_ingest::SealedIdentity) -> Identity {
    Identity {
        person_key: sealed.person_key,
        mac: sealed.mac,
        nonce: sealed.nonce.to_vec(),
        sealed: sealed.ciphertext,
    }
}
