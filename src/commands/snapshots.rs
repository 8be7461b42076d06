use frisk_warehouse::{Snapshot, Tables, vacuum};

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
        let snapshot = Snapshot::described(&tables, &name)?;
        let withdrawal = vacuum::withdrawal(&tables, &name)?;
        output::line(&if args.json {
            let mut shown = serde_json::to_value(&snapshot)?;
            shown["withdrawn"] = serde_json::to_value(&withdrawal)?;
            shown.to_string()
        } else {
            let gone = withdrawal.map_or(String::new(), |w| {
                format!("  withdrawn {}: {}", w.at, w.because)
            });
            format!(
                "{}  data through {}{gone}",
                snapshot.name, snapshot.data_through
            )
        });
    }
    Ok(())
}
