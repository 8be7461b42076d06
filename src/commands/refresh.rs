use frisk_codes::Reference;

use crate::{
    config::Config,
    door,
    output::{self, Failure},
    registers,
    rewriting::Writer,
};

/// Arguments of `frisk refresh`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {}

/// Looks again at what waits, without new documents: certificates of units that the register has learnt of, messages
/// and events whose certificate has come; then publishes.
pub(crate) fn run(_args: &Args, config: &Config) -> Result<(), Failure> {
    let (writer, _) = Writer::open(config)?;
    let register = registers::units(&Reference::open(&config.reference)?);
    let snapshot = door::publish_placed(&writer.tables, &register)?;
    output::line(&snapshot.name);
    Ok(())
}
