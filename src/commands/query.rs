use arrow::util::pretty::pretty_format_batches;
use frisk_warehouse::{Snapshot, Tables};

use crate::{
    config::Config,
    output::{self, Failure},
};

/// Arguments of `frisk query`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// SQL that only reads. Tables: certificate, period, revocation, reject, `sick_case`.
    sql: String,
    /// Snapshot to ask; the newest by default.
    #[arg(long)]
    snapshot: Option<String>,
    /// One JSON object a row.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args, config: &Config) -> Result<(), Failure> {
    let tables = Tables::open(&config.warehouse)?;
    let snapshot = match &args.snapshot {
        Some(name) => Snapshot::named(&tables, name)?,
        None => Snapshot::newest(&tables)?,
    };
    let rows = tables.query(&snapshot, &args.sql)?;
    if args.json {
        let mut writer = arrow::json::LineDelimitedWriter::new(Vec::new());
        for batch in &rows {
            writer.write(batch)?;
        }
        writer.finish()?;
        output::bytes(&writer.into_inner())?;
    } else {
        output::line(&pretty_format_batches(&rows)?.to_string());
        output::say(&format!(
            "snapshot {} · data through {} · unprotected, for the warehouse's owner only",
            snapshot.name, snapshot.data_through
        ));
    }
    Ok(())
}
