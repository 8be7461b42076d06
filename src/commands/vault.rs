use crate::{
    config::Config,
    output::{self, Failure},
    rewriting::{Writer, rotation},
};

/// Arguments of `frisk vault`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Seal all personal numbers with a new key; with `--person-keys`, give all persons new keys as well.
    Rotate {
        /// New person keys: all tables are written anew, older snapshots are withdrawn.
        #[arg(long)]
        person_keys: bool,
        /// Nothing but one JSON object on stdout (there is no other form).
        #[arg(long)]
        json: bool,
    },
}

pub(crate) fn run(args: &Args, config: &Config) -> Result<(), Failure> {
    let What::Rotate { person_keys, json } = args.what;
    let (writer, done) = Writer::open(config)?;
    let record = match done {
        // It was begun before and died: that was it.
        Some(record) if person_keys && record["kind"] == "person_key_rotation" => record,
        _ if person_keys => rotation::person_keys(&writer)?,
        _ => rotation::seal(&writer.store, &config.key)?,
    };
    output::line(&record.to_string());
    if !json {
        output::say(
            "a copy of the key file that was kept elsewhere is of no use any more: replace it",
        );
    }
    Ok(())
}
