//! The `frisk` command: certificates in, statistics and risk out.

mod batches;
mod clock;
mod commands;
mod config;
mod conformance;
mod door;
mod extract_text;
mod failpoint;
mod field_words;
mod incoming;
mod key;
mod output;
mod person;
mod registers;
mod rewriting;
mod sources;
mod stored_cases;
mod training;
mod writer_lock;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::{config::Overrides, output::Failure};

/// Sick-leave analytics warehouse and risk service for Sweden.
#[derive(Debug, Parser)]
#[command(name = "frisk", version, about, propagate_version = true)]
struct Cli {
    #[command(flatten)]
    overrides: Overrides,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a synthetic Sweden: certificates, units, population and the truth about them.
    Simulate(commands::simulate::Args),
    /// Read certificates into the warehouse, exactly once, and publish a snapshot.
    Ingest(commands::ingest::Args),
    /// Decode and validate documents only; store nothing.
    Validate(commands::validate::Args),
    /// Run acceptance cases through the real pipeline.
    Conformance(commands::conformance::Args),
    /// Show one report.
    Report(commands::report::Args),
    /// Tell how good the documents are, by unit, sending system and month.
    Quality(commands::quality::Args),
    /// Run read-only SQL on the warehouse, for its owner.
    Query(commands::query::Args),
    /// Import official code lists, unit register and population; list what is there.
    Reference(commands::reference::Args),
    /// Look again at what waits for its unit or certificate, and publish.
    Refresh(commands::refresh::Args),
    /// Fit a risk model and store it.
    Train(commands::train::Args),
    /// Evaluate the stored risk model on cases that it has not seen.
    Evaluate(commands::evaluate::Args),
    /// The models: list, sign off, roll back.
    Model(commands::model::Args),
    /// Score the rows of a table, by the model in use or by SRS v3's coefficients.
    Risk(commands::risk::Args),
    /// Serve API and pages.
    Serve(commands::serve::Args),
    /// Kaplan–Meier, Aalen–Johansen, log-rank and Cox on a table.
    Survival(commands::survival::Args),
    /// List published snapshots.
    Snapshots(commands::snapshots::Args),
    /// Delete the files that no kept snapshot needs.
    Vacuum(commands::vacuum::Args),
    /// Change the keys of the vault.
    Vault(commands::vault::Args),
    /// Erase persons, or what is older than a day, without a trace; gives a certificate of erasure.
    Erase(commands::erase::Args),
    /// All that is held about a person (GDPR art. 15).
    Extract(commands::extract::Args),
    /// Operations on the audit log.
    Audit(commands::audit::Args),
    /// Measure the case operator on this warehouse.
    Bench(commands::bench::Args),
    /// Check this installation and say what is missing.
    Doctor(commands::doctor::Args),
    /// Show the configuration and where each value came from.
    Config(commands::config::Args),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    output::logging();
    let ran = config::Config::load(&cli.overrides)
        .map_err(Failure::usage)
        .and_then(|config| run(cli.command, &config, &cli.overrides));
    match ran {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.tell(),
    }
}

fn run(command: Command, config: &config::Config, overrides: &Overrides) -> Result<(), Failure> {
    match command {
        Command::Simulate(args) => commands::simulate::run(&args, config),
        Command::Ingest(args) => commands::ingest::run(&args, config),
        Command::Validate(args) => commands::validate::run(&args),
        Command::Conformance(args) => commands::conformance::run(&args, config),
        Command::Report(args) => commands::report::run(&args, config),
        Command::Quality(args) => commands::quality::run(&args, config),
        Command::Query(args) => commands::query::run(&args, config),
        Command::Reference(args) => commands::reference::run(&args, config),
        Command::Refresh(args) => commands::refresh::run(&args, config),
        Command::Train(args) => commands::train::run(&args, config),
        Command::Evaluate(args) => commands::evaluate::run(&args, config),
        Command::Model(args) => commands::model::run(&args, config),
        Command::Risk(args) => commands::risk::run(&args, config),
        Command::Serve(args) => commands::serve::run(&args, config),
        Command::Survival(args) => commands::survival::run(&args),
        Command::Snapshots(args) => commands::snapshots::run(&args, config),
        Command::Vacuum(args) => commands::vacuum::run(&args, config),
        Command::Vault(args) => commands::vault::run(&args, config),
        Command::Erase(args) => commands::erase::run(&args, config),
        Command::Extract(args) => commands::extract::run(&args, config),
        Command::Audit(args) => commands::audit::run(&args, config),
        Command::Bench(args) => commands::bench::run(&args, config),
        Command::Doctor(args) => commands::doctor::run(&args, config),
        Command::Config(args) => commands::config::run(&args, overrides),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        super::Cli::command().debug_assert();
    }
}
