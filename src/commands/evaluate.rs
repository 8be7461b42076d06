use std::{collections::HashMap, path::PathBuf};

use arrow::array::{AsArray, RecordBatch};
use chrono::NaiveDate;
use frisk_model::EvaluateOptions;
use frisk_simulate::{TruthRow, check, read_truth};

use crate::{
    config::Config,
    output::{self, Failure},
    training,
};

mod predictions;
mod table;

/// Arguments of `frisk evaluate`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Cases begun on this day or later; by default those that the model was tested on.
    #[arg(long)]
    from: Option<NaiveDate>,
    /// The truth of a synthetic Sweden (`truth.csv`): adds the best AUC that anybody could reach.
    #[arg(long, value_name = "FILE")]
    truth: Option<PathBuf>,
    /// Fail when the model is better than it can be: its AUC beyond 90 days exceeds the oracle's by more than .01
    /// (with `--truth`), or .80.
    #[arg(long)]
    gate: bool,
    /// Judge a table of probabilities instead: columns `p`, `y` (0 or 1) and, if weighted, `w`.
    #[arg(long, value_name = "FILE.csv", conflicts_with_all = ["from", "truth"])]
    predictions: Option<PathBuf>,
    /// Try a learner on any table instead: out of fold, or on another table.
    #[command(flatten)]
    table: table::Args,
}

pub(crate) fn run(args: &Args, config: &Config) -> Result<(), Failure> {
    if let Some(path) = &args.predictions {
        return predictions::judge(path);
    }
    if args.table.data.is_some() {
        return table::judge(&args.table);
    }
    let artefact = training::in_use(&config.models)?
        .ok_or_else(|| Failure::usage("no model in use; `frisk train` makes one"))?;
    let (snapshot, batch) = training::batch(config)?;
    let from = args.from.unwrap_or(artefact.split);
    let evaluation = artefact.evaluate(
        &batch,
        &EvaluateOptions {
            from,
            data_end: snapshot.data_through,
            lag_days: 5,
        },
    )?;
    let mut row = serde_json::to_value(&evaluation)?;
    row["model"] = artefact.hash()?.into();
    row["snapshot"] = snapshot.name.clone().into();
    row["from"] = from.to_string().into();
    if let Some(path) = &args.truth {
        let truth = read_truth(path)?;
        row["oracle_auc_90"] = oracle(&truth, &batch, from, |row| row.p_known_90).into();
        row["oracle_covariates_auc_90"] =
            oracle(&truth, &batch, from, |row| row.p_beyond_90).into();
    }
    output::line(&row.to_string());
    super::train::tell(&evaluation);
    if let Some(auc) = row["oracle_auc_90"].as_f64() {
        output::say(&format!(
            "oracle AUC beyond 90 days, same cases, all that is knowable on day 15: {auc:.3}"
        ));
    }
    if let Some(auc) = row["oracle_covariates_auc_90"].as_f64() {
        output::say(&format!(
            "oracle AUC without how far known certificates reach: {auc:.3}"
        ));
    }
    match evaluation.leakage(row["oracle_auc_90"].as_f64()) {
        Some(why) if args.gate => Err(Failure::unmet(why)),
        _ => Ok(()),
    }
}

/// AUC of one of the truth's own probabilities beyond 90 days, over the cases of the batch that began on `from` or later.
fn oracle(
    truth: &[TruthRow],
    batch: &RecordBatch,
    from: NaiveDate,
    probability: impl Fn(&TruthRow) -> f64,
) -> Option<f64> {
    let truth: HashMap<&str, &TruthRow> = truth
        .iter()
        .map(|row| (row.first_certificate_id.as_str(), row))
        .collect();
    let ids = batch
        .column_by_name("first_certificate_id")?
        .as_string_opt::<i32>()?;
    let mut scored: Vec<(f64, bool)> = ids
        .iter()
        .flatten()
        .filter_map(|id| truth.get(id))
        .filter(|row| row.start_date >= from && row.length_days > 14)
        .map(|row| (probability(row), row.length_days > 90))
        .collect();
    check::auc(&mut scored)
}
