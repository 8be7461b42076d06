use crate::{
    config::{Config, Overrides},
    output::{self, Failure},
};

/// Arguments of `frisk config`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Print each value and where it came from.
    Show {
        /// One JSON object a setting.
        #[arg(long)]
        json: bool,
    },
}

pub(crate) fn run(args: &Args, overrides: &Overrides) -> Result<(), Failure> {
    let What::Show { json } = args.what;
    for (name, value, source) in Config::sources(overrides) {
        output::line(&if json {
            serde_json::json!({"name": name, "value": value, "source": source}).to_string()
        } else {
            format!("{name:<10} = {value:<32} ({source})")
        });
    }
    Ok(())
}
