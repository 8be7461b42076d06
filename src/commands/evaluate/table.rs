//! A learner tried on any table.

use std::path::{Path, PathBuf};

use frisk_model::{FeaturePlan, Solver, TextTable, Trial, TrialLearner, boosted::BoostedParams};

use super::predictions::measures;
use crate::output::{self, Failure};

/// Arguments of `frisk evaluate --data`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Table with a header, one row a case; empty cells and `NA` are missing.
    #[arg(long, value_name = "FILE.csv", requires_all = ["outcome", "beyond"])]
    pub(super) data: Option<PathBuf>,
    /// Column of numbers whose size is the outcome.
    #[arg(long, requires = "data")]
    outcome: Option<String>,
    /// The outcome is a number above this.
    #[arg(long, requires = "data")]
    beyond: Option<f64>,
    /// Columns of levels.
    #[arg(long, requires = "data", value_delimiter = ',')]
    levels: Vec<String>,
    /// Columns of numbers.
    #[arg(long, requires = "data", value_delimiter = ',')]
    numbers: Vec<String>,
    /// Cases that a level needs for an effect of its own.
    #[arg(long, requires = "data", default_value_t = 10)]
    least_cases: usize,
    /// Another table that is judged instead of folds of the first.
    #[arg(long, requires = "data", value_name = "FILE.csv")]
    test: Option<PathBuf>,
    /// Folds.
    #[arg(long, requires = "data", default_value_t = 5)]
    folds: usize,
    /// Seed of the division into folds.
    #[arg(long, requires = "data", default_value_t = 1)]
    seed: u64,
    /// Boosted trees of so many trees instead of logistic regression.
    #[arg(long, requires = "data", value_name = "TREES")]
    boosted: Option<usize>,
}

/// Prints every measure as one JSON object.
pub(super) fn judge(args: &Args) -> Result<(), Failure> {
    let (Some(path), Some(outcome), Some(beyond)) = (&args.data, &args.outcome, args.beyond) else {
        return Err(Failure::usage("--data needs --outcome and --beyond"));
    };
    let trial = Trial {
        features: plans(args),
        learner: match args.boosted {
            Some(trees) => TrialLearner::Boosted(BoostedParams::default().trees(trees).leaves(8)),
            None => TrialLearner::Logistic(Solver::Newton),
        },
        seed: args.seed,
    };
    let table = read(path)?;
    let batch = table
        .for_learning(&trial.features)
        .map_err(Failure::usage)?;
    let y = outcomes(&table, outcome, beyond)?;
    let (p, y) = match &args.test {
        None => (trial.out_of_fold(&batch, &y, args.folds)?, y),
        Some(path) => {
            let other = read(path)?;
            let test = other
                .for_learning(&trial.features)
                .map_err(Failure::usage)?;
            (
                trial.external(&batch, &y, &test)?,
                outcomes(&other, outcome, beyond)?,
            )
        }
    };
    let mut found = measures(&p, &y, &vec![1.0; y.len()])?;
    found["outcome"] = format!("{outcome} > {beyond}").into();
    output::line(&found.to_string());
    Ok(())
}

fn plans(args: &Args) -> Vec<FeaturePlan> {
    let levels = args.levels.iter().map(|column| FeaturePlan {
        kind: frisk_model::Kind::Category {
            min_count: args.least_cases,
            parent: None,
        },
        ..FeaturePlan::category(column)
    });
    let numbers = args
        .numbers
        .iter()
        .map(|column| FeaturePlan::number(column));
    levels.chain(numbers).collect()
}

fn read(path: &Path) -> Result<TextTable, Failure> {
    let named = |error: csv::Error| Failure::usage(format!("{}: {error}", path.display()));
    let mut reader = csv::Reader::from_path(path).map_err(named)?;
    let header = reader.headers().map_err(named)?.clone();
    let rows = reader
        .into_records()
        .collect::<Result<_, _>>()
        .map_err(named)?;
    Ok(TextTable::new(header, rows))
}

fn outcomes(table: &TextTable, column: &str, beyond: f64) -> Result<Vec<bool>, Failure> {
    let values = table.numbers(column).map_err(Failure::usage)?;
    let missing = || {
        Failure::usage(format!(
            "column `{column}`: a number in every row is expected"
        ))
    };
    values
        .into_iter()
        .map(|value| value.map(|value| value > beyond).ok_or_else(missing))
        .collect()
}
