use std::collections::BTreeSet;

use clap::ValueEnum;
use frisk_warehouse::{QualityRow, QualityScope, Snapshot, Tables, quality};

use crate::{
    config::Config,
    output::{self, Failure},
};

/// Arguments of `frisk quality`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// HSA ids of units; without them all.
    #[arg(long, value_name = "HSAID")]
    unit: Vec<String>,
    /// First month.
    #[arg(long, value_name = "YYYY-MM", default_value = "")]
    from: String,
    /// Last month.
    #[arg(long, value_name = "YYYY-MM", default_value = "")]
    to: String,
    /// Snapshot to ask; the newest by default.
    #[arg(long)]
    snapshot: Option<String>,
    /// Shape of the answer.
    #[arg(long, value_enum, default_value_t = Shape::Csv)]
    format: Shape,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shape {
    /// One row a unit, system and month; then one a rule.
    Csv,
    /// One JSON object a unit, system and month.
    Json,
}

/// How good the documents are, by unit, sending system and month.
pub(crate) fn run(args: &Args, config: &Config) -> Result<(), Failure> {
    let tables = Tables::open(&config.warehouse)?;
    let snapshot = match &args.snapshot {
        Some(name) => Snapshot::named(&tables, name)?,
        None => Snapshot::newest(&tables)?,
    };
    for month in [&args.from, &args.to] {
        if !month.is_empty() && month.parse::<frisk_warehouse::Month>().is_err() {
            return Err(Failure::usage(format!("{month:?}: expected YYYY-MM")));
        }
    }
    let units = args.unit.iter();
    let scope = QualityScope {
        units: units
            .map(|unit| frisk_ingest::normalize_hsa_id(unit))
            .collect::<BTreeSet<_>>(),
        from: args.from.clone(),
        to: args.to.clone(),
    };
    let rows = quality(&tables, &snapshot, &scope)?;
    match args.format {
        Shape::Csv => output::bytes(&csv(&rows)?)?,
        Shape::Json => {
            for row in &rows {
                output::line(&serde_json::to_string(row)?);
            }
        }
    }
    Ok(())
}

/// A row with an empty `rule` counts all documents; one with a rule counts those that break it.
fn csv(rows: &[QualityRow]) -> Result<Vec<u8>, Failure> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record([
        "unit",
        "software",
        "month",
        "rule",
        "read",
        "accepted",
        "rejected",
        "unsupported",
        "duplicate",
        "flagged",
        "mended",
    ])?;
    for row in rows {
        let key = [&row.unit, &row.software, &row.month];
        let counts = [
            row.read,
            row.accepted,
            row.rejected,
            row.unsupported,
            row.duplicate,
            row.flagged,
            row.mended,
        ];
        let counts = counts.map(|count| count.to_string());
        writer.write_record(
            key.into_iter()
                .map(String::as_str)
                .chain([""])
                .chain(counts.iter().map(String::as_str)),
        )?;
        for (rule, documents) in &row.rules {
            let documents = documents.to_string();
            let rest = [rule.as_str(), &documents, "", "", "", "", "", ""];
            writer.write_record(key.into_iter().map(String::as_str).chain(rest))?;
        }
    }
    Ok(writer.into_inner().map_err(|error| error.into_error())?)
}
