use frisk_warehouse::{Snapshot, Tables};

use crate::{
    config::Config,
    output::{self, Failure},
};

/// Arguments of `frisk snapshots`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// One JSON object a snapshot.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args, config: &Config) -> Result<(), Failure> {
    let tables = Tables::open(&config.warehouse)?;
    for name in Snapshot::names(&tables)? {
        let snapshot = Snapshot::named(&tables, &name)?;
        output::line(&if args.json {
            serde_json::to_string(&snapshot)?
        } else {
            format!("{}  data through {}", snapshot.name, snapshot.data_through)
        });
    }
    Ok(())
}
