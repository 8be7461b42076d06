use clap::Subcommand;
use frisk_model::registry::Registry;
use serde_json::json;

use crate::{
    clock,
    config::Config,
    output::{self, Failure},
};

/// Arguments of `frisk model`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// The models of the folder: split, test, who signed, which is in use.
    List,
    /// Sign a model off.
    Sign {
        /// First characters of its hash.
        model: String,
        /// Who signs.
        #[arg(long)]
        by: String,
        /// For what, or under which conditions.
        #[arg(long, default_value = "")]
        note: String,
    },
    /// Put the model that was in use before back.
    RollBack,
}

pub(crate) fn run(args: &Args, config: &Config) -> Result<(), Failure> {
    let registry = Registry::new(&config.models);
    let now = clock::now().and_utc();
    match &args.what {
        What::List => {
            for entry in registry.list()? {
                let beyond_90 = entry.artefact.evaluation.as_ref().and_then(|evaluation| {
                    let mut horizons = evaluation.horizons.iter();
                    horizons.find(|at| at.horizon_days == 90)
                });
                output::line(
                    &json!({"model": entry.model, "in_use": entry.in_use,
                        "snapshot": entry.artefact.snapshot, "split": entry.artefact.split,
                        "cases": entry.artefact.fit.cases, "auc_90": beyond_90.map(|at| at.model.auc),
                        "signatures": entry.signatures})
                    .to_string(),
                );
            }
        }
        What::Sign { model, by, note } => {
            let signature = registry
                .sign(model, by, note, now)
                .map_err(Failure::usage)?;
            output::line(&json!({"signed": signature}).to_string());
        }
        What::RollBack => {
            let model = registry.roll_back(now).map_err(Failure::usage)?;
            output::line(&json!({"in_use": model}).to_string());
        }
    }
    Ok(())
}
