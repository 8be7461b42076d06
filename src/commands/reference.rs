use std::path::PathBuf;

use frisk_codes::Reference;

use crate::{
    config::Config,
    output::{self, Failure},
};

/// Arguments of `frisk reference`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Read every list that a folder holds, whatever its files are called, and keep a checked copy.
    Import {
        /// The folder.
        folder: PathBuf,
        /// One JSON object a list.
        #[arg(long)]
        json: bool,
    },
    /// Show the lists that are there: version, rows and checks.
    List {
        /// One JSON object a list.
        #[arg(long)]
        json: bool,
    },
}

pub(crate) fn run(args: &Args, config: &Config) -> Result<(), Failure> {
    let (reference, json) = match &args.what {
        What::Import { folder, json } => {
            let mut reference = Reference::open(&config.reference)?;
            let imported = Reference::import(folder).map_err(Failure::usage)?;
            for path in &imported.skipped {
                output::say(&format!(
                    "passed over, no list that Frisk knows: {}",
                    path.display()
                ));
            }
            reference.merge(imported);
            reference.store(&config.reference)?;
            (reference, *json)
        }
        What::List { json } => (Reference::open(&config.reference)?, *json),
    };
    let mut failed = 0;
    for version in &reference.versions {
        failed += u32::from(!version.passed());
        output::line(&if json {
            serde_json::to_string(version)?
        } else {
            format!(
                "{:<28} {:>8} rows  {}  {}",
                version.name,
                version.rows,
                if version.passed() {
                    "checks passed"
                } else {
                    "CHECKS FAILED"
                },
                version.source_file
            )
        });
    }
    if failed > 0 {
        return Err(Failure::unmet(format!(
            "{failed} lists do not pass their checks"
        )));
    }
    Ok(())
}
