use std::{path::PathBuf, time::Instant};

use arrow::ipc::writer::FileWriter;
use chrono::{Days, NaiveDate};
use frisk_model::{Evaluation, TrainOptions};

use crate::{
    config::Config,
    output::{self, Failure},
    training,
};

/// Arguments of `frisk train`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Cases begun before this day train, later ones test; by default 16 months before the data end.
    #[arg(long)]
    split: Option<NaiveDate>,
    /// Factor on the penalties that hold effects back; larger = smoother. Chosen on the last cases before the split by default.
    #[arg(long)]
    penalty_factor: Option<f64>,
    /// Also write the feature batch that was trained and tested on, as an Arrow file.
    #[arg(long, value_name = "FILE.arrow")]
    features: Option<PathBuf>,
}

/// Days between split and data end by default: four months of cases with a year of follow-up.
const TEST_DAYS: u64 = 486;

pub(crate) fn run(args: &Args, config: &Config) -> Result<(), Failure> {
    let started = Instant::now();
    let (snapshot, batch) = training::batch(config)?;
    let read = started.elapsed().as_secs_f64();
    if let Some(path) = &args.features {
        let mut writer = FileWriter::try_new(std::fs::File::create(path)?, &batch.schema())?;
        writer.write(&batch)?;
        writer.finish()?;
    }
    let data_end = snapshot.data_through;
    let split = args
        .split
        .or(data_end.checked_sub_days(Days::new(TEST_DAYS)))
        .ok_or_else(|| Failure::usage("--split: a day before the data end is expected"))?;
    let mut options = TrainOptions::new(split, data_end);
    options.penalty_factor = args.penalty_factor;
    options.snapshot.clone_from(&snapshot.name);
    let artefact = frisk_model::train(&batch, &options)?;
    let hash = training::store(&config.models, &artefact)?;
    let seconds = started.elapsed().as_secs_f64();
    output::line(
        &serde_json::json!({"model": hash, "snapshot": snapshot.name, "split": split,
            "cases": batch.num_rows(), "penalty_factor": artefact.fit.penalty_factor, "seconds": seconds, "seconds_features": read})
        .to_string(),
    );
    if let Some(evaluation) = &artefact.evaluation {
        tell(evaluation);
    }
    Ok(())
}

/// The evaluation as a table for people, on stderr.
pub(crate) fn tell(evaluation: &Evaluation) {
    output::say(&format!(
        "{} test cases, {} ended\n{:>7} {:>7} {:>9} {:>7} {:>10} {:>9} {:>7} {:>7} {:>7}",
        evaluation.cases,
        evaluation.ended,
        "days",
        "known",
        "observed",
        "AUC",
        "diagnosis",
        "category",
        "Brier",
        "slope",
        "ICI"
    ));
    for at in &evaluation.horizons {
        output::say(&format!(
            "{:>7} {:>7} {:>9.3} {:>7.3} {:>10.3} {:>9.3} {:>7.3} {:>7.3} {:>7.4}",
            at.horizon_days,
            at.known,
            at.observed,
            at.model.auc,
            at.diagnosis.auc,
            at.category.auc,
            at.model.brier,
            at.calibration.slope,
            at.calibration.ici
        ));
    }
    for (horizon, why) in &evaluation.left_out {
        output::say(&format!("{horizon} days left out: {why}"));
    }
    for warning in &evaluation.warnings {
        output::say(&format!("warning: {warning}"));
    }
}
