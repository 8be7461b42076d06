use std::{path::PathBuf, time::Instant};

use frisk_codes::Reference;
use frisk_ingest::{Counts, UnknownUnit};
use frisk_warehouse::{Layout, Tables};

use crate::{
    config::Config,
    door::{self, Door},
    key,
    output::{self, Failure},
    registers,
    sources::Sources,
    writer_lock::WriterLock,
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
    let _writer = WriterLock::take(config)?;
    let layout = Layout {
        buckets: config.buckets,
        synthetic: args.synthetic,
        ..Layout::default()
    };
    let tables = Tables::open_or_create(&config.warehouse, layout)?;
    let store = key::open_store(config)?;
    let unknown_unit = if args.reject_unknown_units {
        UnknownUnit::Reject
    } else {
        UnknownUnit::Flag
    };
    let mut sources = Sources::of(&args.paths)?.peekable();
    let mut door = Door::open(config, &tables, &store, unknown_unit)?;
    let counts = if sources.peek().is_none() {
        super::simulate::ingest_rows(&args.paths, &tables)?
    } else {
        door.take_all(sources, config.batch)?
    };
    finish(&tables, config, started, counts, args.json)
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

/// Publishes; tells what the run did.
fn finish(
    tables: &Tables,
    config: &Config,
    started: Instant,
    counts: Counts,
    json: bool,
) -> Result<serde_json::Value, Failure> {
    let snapshot = door::publish_placed(
        tables,
        &registers::units(&Reference::open(&config.reference)?),
    )?;
    let seconds = started.elapsed().as_secs_f64();
    let row = serde_json::json!({
        "read": counts.read, "accepted": counts.accepted, "rejected": counts.rejected,
        "duplicate": counts.duplicate, "revoked": counts.revoked, "unsupported": counts.unsupported,
        "messages": counts.messages, "events": counts.events,
        "record_files": counts.record_files, "rows": counts.rows,
        "seconds": (seconds * 1000.0).round() / 1000.0, "snapshot": snapshot.name,
    });
    if !json {
        output::say(&format!(
            "{} documents read in {seconds:.1} s: {} accepted, {} rejected, {} duplicates, {} revocations, {} messages, \
             {} events, {} unsupported; \
             snapshot {}, data through {}",
            counts.read,
            counts.accepted,
            counts.rejected,
            counts.duplicate,
            counts.revoked,
            counts.messages,
            counts.events,
            counts.unsupported,
            snapshot.name,
            snapshot.data_through,
        ));
    }
    Ok(row)
}
