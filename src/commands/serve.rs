use crate::{config::Config, output::Failure};

/// Arguments of `frisk serve`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

pub(crate) fn run(_args: &Args, _config: &Config) -> Result<(), Failure> {
    Err(Failure::unmet("not wired yet"))
}
