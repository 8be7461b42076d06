use frisk_state::StateStore;

use crate::{
    config::Config,
    key,
    output::{self, Failure},
};

/// Arguments of `frisk audit`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Check that no row of the audit log was edited, removed or put in.
    Verify,
}

pub(crate) fn run(args: &Args, config: &Config) -> Result<(), Failure> {
    let What::Verify = args.what;
    let rows = key::open_store(config)?.verify_audit()?;
    output::line(&serde_json::json!({"audit_rows": rows, "whole": true}).to_string());
    Ok(())
}
