use std::{collections::BTreeMap, path::PathBuf};

use frisk_model::survival::{
    AalenJohansen, CoxParams, Interval, KaplanMeier, Observation, Ties, concordance, log_rank,
};
use serde_json::{Value, json};

use crate::output::{self, Failure};

/// Arguments of `frisk survival`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Table with a header; one row a subject. Empty cells and `NA` are missing.
    #[arg(value_name = "FILE.csv")]
    table: PathBuf,
    /// Column of the time to which each subject was seen.
    #[arg(long)]
    time: String,
    /// Column of what happened then: 0 = censored, 1, 2, … = an event of that cause.
    #[arg(long)]
    event: String,
    /// The value of the event column that counts as censored.
    #[arg(long, default_value_t = 0)]
    censored: u8,
    /// Column of groups: a curve each, and the log-rank test.
    #[arg(long)]
    group: Option<String>,
    /// Numeric columns of a Cox model.
    #[arg(long, value_delimiter = ',')]
    covariates: Vec<String>,
    /// Times of the curves; the last one also limits the means.
    #[arg(long, value_delimiter = ',', required = true)]
    at: Vec<f64>,
    /// Tied events: Breslow's way instead of Efron's.
    #[arg(long)]
    breslow: bool,
}

struct Table {
    header: Vec<String>,
    rows: Vec<csv::StringRecord>,
}

pub(crate) fn run(args: &Args) -> Result<(), Failure> {
    let table = Table::read(args)?;
    let time = table.numbers(&args.time)?;
    let event = table.numbers(&args.event)?;
    let causes = causes(&event, args.censored);
    let seen: Vec<Option<Observation>> = time
        .iter()
        .zip(&event)
        .map(|(&time, &event)| {
            let event = event? as u8;
            let cause = causes.iter().position(|&cause| cause == event);
            Some(Observation::new(time?, cause.map_or(0, |at| at as u8 + 1)))
        })
        .collect();
    let all: Vec<Observation> = seen.iter().flatten().copied().collect();
    tell_curves(args, "all", &all);
    if let Some(column) = &args.group {
        groups(args, &table, column, &seen)?;
    }
    if !args.covariates.is_empty() {
        output::line(&cox(args, &table, &seen)?.to_string());
    }
    Ok(())
}

/// The values of the event column that are events, in order: causes 1, 2, …
fn causes(event: &[Option<f64>], censored: u8) -> Vec<u8> {
    let values = event.iter().flatten().map(|&value| value as u8);
    let mut causes: Vec<u8> = values.filter(|&value| value != censored).collect();
    causes.sort_unstable();
    causes.dedup();
    causes
}

/// A line with Kaplan–Meier and, with several causes, a line a cause with its incidence.
fn tell_curves(args: &Args, group: &str, seen: &[Observation]) {
    let curve = KaplanMeier::fit(seen);
    let points: Vec<Value> = args
        .at
        .iter()
        .map(|&time| {
            let (at, log) = (curve.at(time, Interval::LogLog), curve.at(time, Interval::Log));
            json!({"time": time, "survival": at.survival, "se": at.standard_error,
                "lower": at.lower, "upper": at.upper, "lower_log": log.lower, "upper_log": log.upper})
        })
        .collect();
    let limit = args.at.last().copied().unwrap_or(0.0);
    let mean = curve.restricted_mean(limit);
    output::line(
        &json!({"what": "kaplan_meier", "group": group, "n": seen.len(), "events": curve.events(),
            "median": curve.median(Interval::LogLog), "median_log": curve.median(Interval::Log),
            "at": points, "limit": limit, "restricted_mean": mean.mean,
            "restricted_mean_se": mean.standard_error})
        .to_string(),
    );
    let causes = seen.iter().map(|one| one.cause).max().unwrap_or(0);
    for cause in (1..=causes).filter(|_| causes > 1) {
        let curve = AalenJohansen::fit(seen, cause);
        let points: Vec<Value> = args
            .at
            .iter()
            .map(|&time| {
                let at = curve.at(time);
                json!({"time": time, "incidence": at.incidence, "se": at.standard_error})
            })
            .collect();
        output::line(
            &json!({"what": "aalen_johansen", "group": group, "cause": cause, "at": points,
                "restricted_time": curve.restricted_time(limit)})
            .to_string(),
        );
    }
}

fn groups(
    args: &Args,
    table: &Table,
    column: &str,
    seen: &[Option<Observation>],
) -> Result<(), Failure> {
    let at = table.position(column)?;
    let mut members: BTreeMap<&str, Vec<Observation>> = BTreeMap::new();
    for (row, seen) in table.rows.iter().zip(seen) {
        if let (Some(group), Some(seen)) = (row.get(at), seen) {
            members.entry(group).or_default().push(*seen);
        }
    }
    let (mut all, mut group) = (Vec::new(), Vec::new());
    for (index, (name, members)) in members.iter().enumerate() {
        tell_curves(args, name, members);
        all.extend(members);
        group.extend(vec![index; members.len()]);
    }
    let test = log_rank(&all, &group)?;
    output::line(
        &json!({"what": "log_rank", "groups": members.keys().collect::<Vec<_>>(),
            "observed": test.observed, "expected": test.expected, "chi_square": test.chi_square,
            "freedom": test.freedom, "p": test.p_value})
        .to_string(),
    );
    Ok(())
}

/// Cox on the rows without a missing value.
fn cox(args: &Args, table: &Table, seen: &[Option<Observation>]) -> Result<Value, Failure> {
    let columns = args.covariates.iter().map(|name| table.numbers(name));
    let columns = columns.collect::<Result<Vec<_>, _>>()?;
    let (mut whole, mut covariates) = (Vec::new(), Vec::new());
    for (row, seen) in seen.iter().enumerate() {
        let x: Option<Vec<f64>> = columns.iter().map(|column| column[row]).collect();
        if let (Some(seen), Some(x)) = (seen, x) {
            whole.push(*seen);
            covariates.extend(x);
        }
    }
    let mut params = CoxParams::new(whole, covariates, columns.len());
    if args.breslow {
        params.ties = Ties::Breslow;
    }
    let fit = params.fit()?;
    let rows = params.covariates.chunks_exact(params.columns);
    let linear: Vec<f64> = rows.map(|x| fit.linear(x)).collect();
    Ok(
        json!({"what": "cox", "n": params.observations.len(), "covariates": args.covariates,
        "coefficients": fit.coefficients, "se": fit.standard_errors,
        "log_likelihood": fit.log_likelihood, "iterations": fit.iterations,
        "concordance": concordance(&params.observations, &linear).c()}),
    )
}

impl Table {
    fn read(args: &Args) -> Result<Self, Failure> {
        let named =
            |error: csv::Error| Failure::usage(format!("{}: {error}", args.table.display()));
        let mut reader = csv::Reader::from_path(&args.table).map_err(named)?;
        let header = reader
            .headers()
            .map_err(named)?
            .iter()
            .map(str::to_owned)
            .collect();
        let rows = reader
            .into_records()
            .collect::<Result<_, _>>()
            .map_err(named)?;
        Ok(Self { header, rows })
    }

    fn position(&self, name: &str) -> Result<usize, Failure> {
        let found = self.header.iter().position(|column| column == name);
        found.ok_or_else(|| {
            Failure::usage(format!(
                "no column `{name}`; there are {}",
                self.header.join(", ")
            ))
        })
    }

    /// A numeric column; empty and `NA` are missing.
    fn numbers(&self, name: &str) -> Result<Vec<Option<f64>>, Failure> {
        let at = self.position(name)?;
        let read = |(row, record): (usize, &csv::StringRecord)| match record.get(at).unwrap_or("") {
            "" | "NA" => Ok(None),
            text => text.parse().map(Some).map_err(|_| {
                Failure::usage(format!("column `{name}`, row {row}: a number is expected"))
            }),
        };
        self.rows.iter().enumerate().map(read).collect()
    }
}
