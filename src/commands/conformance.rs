use std::{path::PathBuf, sync::Arc};

use frisk_codes::Reference;

use crate::{
    config::Config,
    conformance,
    output::{self, Failure},
};

/// Arguments of `frisk conformance`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Folder of cases (`DIR/*.json` or `DIR/cases/*.json`).
    folder: PathBuf,
    /// Only cases whose id starts so; several with commas.
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// Official code lists as published, instead of the imported ones.
    #[arg(long, value_name = "DIR")]
    codes: Option<PathBuf>,
    /// One JSON object a case (the only form there is).
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args, config: &Config) -> Result<(), Failure> {
    if !args.folder.is_dir() {
        return Err(Failure::usage(format!(
            "{}: no such folder",
            args.folder.display()
        )));
    }
    let reference = match &args.codes {
        Some(folder) => Reference::import(folder)?,
        None => Reference::open(&config.reference)?,
    };
    let icd10 = Arc::new(reference.icd10().into_owned());
    let summary = conformance::run(&args.folder, &args.only, &icd10, &mut |line| {
        output::line(&line.to_string());
    })
    .map_err(|error| Failure::unmet(format!("{error:#}")))?;
    if !args.json {
        output::say(&format!(
            "{} passed, {} failed, {} unsupported",
            summary.passed, summary.failed, summary.unsupported
        ));
    }
    if summary.failed + summary.unsupported > 0 {
        return Err(Failure::unmet("not every case passed"));
    }
    Ok(())
}
