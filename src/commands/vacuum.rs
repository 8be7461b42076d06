use std::collections::BTreeSet;

use frisk_warehouse::{
    Snapshot,
    vacuum::{self, Vacuum, Withdrawal},
};

use crate::{
    clock,
    config::Config,
    output::{self, Failure},
    rewriting::Writer,
};

/// Arguments of `frisk vacuum`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Keep the snapshots of the last so many days; the newest is always kept.
    #[arg(long, value_name = "DAYS", default_value_t = 30)]
    keep: u32,
    /// Keep this snapshot too; can be given several times.
    #[arg(long, value_name = "NAME")]
    snapshot: Vec<String>,
    /// Only say what would go.
    #[arg(long)]
    dry_run: bool,
}

/// Milliseconds a day.
const DAY: i64 = 86_400_000;

pub(crate) fn run(args: &Args, config: &Config) -> Result<(), Failure> {
    let (writer, _) = Writer::open(config)?;
    let tables = &writer.tables;
    let since = clock::now_ms() - i64::from(args.keep) * DAY;
    let mut keep: BTreeSet<String> = vacuum::published(tables)?
        .into_iter()
        .filter(|(_, at)| *at > since && args.keep > 0)
        .map(|(name, _)| name)
        .collect();
    for name in &args.snapshot {
        keep.insert(Snapshot::named(tables, name)?.name);
    }
    let vacuum = Vacuum {
        keep: &keep,
        withdrawal: &Withdrawal {
            at: clock::now().format("%Y-%m-%dT%H:%M:%S").to_string(),
            because: "not kept by a vacuum".to_owned(),
        },
    };
    let done = if args.dry_run {
        vacuum.plan(tables)?
    } else {
        vacuum.run(tables)?
    };
    output::line(&serde_json::to_string(&done)?);
    Ok(())
}
