use std::{fs::File, path::PathBuf, time::Instant};

use arrow::{
    array::{AsArray, RecordBatch},
    compute::cast,
    datatypes::{DataType, Date32Type, Int32Type},
};
use chrono::NaiveDate;
use clap::ValueEnum;
use frisk_ingest::Counts;
use frisk_simulate::{Hazards, Plan, check};
use frisk_warehouse::{Intake, Snapshot, Tables, rows_of};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use crate::{
    clock,
    config::Config,
    output::{self, Failure},
};

/// Arguments of `frisk simulate`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Residents.
    #[arg(long)]
    people: Option<u64>,
    /// Whole years of certificates.
    #[arg(long)]
    years: Option<u32>,
    /// Seed: the same seed gives the same bytes.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Last day of the world.
    #[arg(long)]
    end: Option<NaiveDate>,
    /// Folder to write into.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Documents, or rows without documents (tens of millions of certificates).
    #[arg(long, value_enum, default_value_t = FormatName::Xml)]
    format: FormatName,
    /// Take the hazards of return from files (SRS v3 coefficients) instead of Frisk's own.
    #[arg(long, value_name = "DIR")]
    hazards: Option<PathBuf>,
    /// True effect of interventions: log hazard ratio of return.
    #[arg(long)]
    effect: Option<f64>,
    /// Share of certificates that first come with a fault.
    #[arg(long)]
    fault_rate: Option<f64>,
    /// Ingest the documents into a warehouse under DIR and set its cases beside the published margins.
    #[arg(long)]
    check: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FormatName {
    /// RegisterCertificate v3 documents.
    Xml,
    /// Parquet.
    Columnar,
}

pub(crate) fn run(args: &Args, config: &Config) -> Result<(), Failure> {
    let plan = plan(args)?;
    let bar = output::progress(plan.people, "people");
    let progress = |done: u64, all: u64| {
        bar.set_length(all);
        bar.set_position(done);
    };
    let started = Instant::now();
    let told = match args.format {
        FormatName::Xml => {
            let written = frisk_simulate::write(&plan, &args.out, &progress)?;
            serde_json::to_string(&written)?
        }
        FormatName::Columnar => {
            let rows = frisk_simulate::write_columnar(&plan, &args.out, &progress)?;
            format!(
                "{{\"certificates\":{},\"periods\":{}}}",
                rows.certificates, rows.periods
            )
        }
    };
    bar.finish_and_clear();
    output::say(&format!(
        "{} people, {} years, seed {}: {told} in {:.1} s, {}",
        plan.people,
        plan.years,
        plan.seed,
        started.elapsed().as_secs_f64(),
        args.out.display()
    ));
    if args.check {
        return checked(args, &plan, config);
    }
    output::line(&told);
    Ok(())
}

fn plan(args: &Args) -> Result<Plan, Failure> {
    let mut plan = if args.check {
        Plan::for_check()
    } else {
        Plan::default()
    };
    plan.seed = args.seed;
    plan.people = args.people.unwrap_or(plan.people);
    plan.years = args.years.unwrap_or(plan.years);
    plan.end = args.end.unwrap_or(plan.end);
    plan.fault_rate = args.fault_rate.unwrap_or(plan.fault_rate);
    plan.intervention.effect = args.effect.unwrap_or(plan.intervention.effect);
    if let Some(folder) = &args.hazards {
        plan.hazards = Hazards::from_folder(folder)?;
    }
    plan.check().map_err(Failure::usage)?;
    Ok(plan)
}

/// XML → ingest → cases, and the cases beside what is published.
fn checked(args: &Args, plan: &Plan, config: &Config) -> Result<(), Failure> {
    let config = Config {
        warehouse: args.out.join("warehouse").display().to_string(),
        state: args.out.join("state.sqlite"),
        key: args.out.join("person.key"),
        reference: args.out.join("reference"),
        ..config.clone()
    };
    frisk_codes::Reference::import(&args.out)?.store(&config.reference)?;
    super::ingest::documents(&args.out.join("documents"), &config)?;
    let tables = Tables::open(&config.warehouse)?;
    let cases = Cases::read(&tables)?;
    let mut off = 0;
    for row in check::compare(cases.observed(), plan.end) {
        let counts = row.expected_cases >= 400.0;
        off += u32::from(counts && !(0.9..=1.1).contains(&row.ratio));
        output::line(&serde_json::to_string(&row)?);
    }
    let truth = frisk_simulate::read_truth(&args.out.join("truth.csv"))?;
    let auc = check::oracle_auc(&truth, 90).unwrap_or(f64::NAN);
    let aimed = (0.66..=0.70).contains(&auc);
    output::line(
        &serde_json::json!({"measure": "oracle_auc_beyond_90_days_at_day_15", "published": [0.66, 0.70],
            "simulated": auc, "ratio": auc / 0.68})
        .to_string(),
    );
    if off > 0 || !aimed {
        return Err(Failure::unmet(format!(
            "{off} figures with at least 400 expected cases lie more than 10 % off; oracle AUC {auc:.3} (aim .66–.70)"
        )));
    }
    Ok(())
}

/// The stored cases, as the check wants them.
struct Cases {
    batches: Vec<RecordBatch>,
}

impl Cases {
    fn read(tables: &Tables) -> Result<Self, Failure> {
        let snapshot = Snapshot::newest(tables)?;
        let sql = "SELECT coalesce(first_diagnosis, '') AS diagnosis, start_date, length_days FROM sick_case";
        let mut batches = Vec::new();
        for batch in tables.query(&snapshot, sql)? {
            let mut columns = batch.columns().to_vec();
            columns[0] = cast(&columns[0], &DataType::Utf8)?;
            let names = ["diagnosis", "start_date", "length_days"];
            batches.push(RecordBatch::try_from_iter(names.into_iter().zip(columns))?);
        }
        Ok(Self { batches })
    }

    fn observed(&self) -> impl Iterator<Item = check::Observed<'_>> {
        self.batches.iter().flat_map(|batch| {
            let diagnosis = batch.column(0).as_string::<i32>();
            let start = batch.column(1).as_primitive::<Date32Type>();
            let length = batch.column(2).as_primitive::<Int32Type>();
            (0..batch.num_rows()).map(move |row| check::Observed {
                diagnosis: diagnosis.value(row),
                start: NaiveDate::from_epoch_days(start.value(row)).unwrap_or_default(),
                covered_days: length.value(row).unsigned_abs(),
            })
        })
    }
}

/// Takes simulated rows (`certificate-*.parquet`, `period-*.parquet`) into a synthetic warehouse.
pub(crate) fn ingest_rows(paths: &[PathBuf], tables: &Tables) -> Result<Counts, Failure> {
    let mut counts = Counts::default();
    if !tables.layout().synthetic {
        return Err(Failure::usage(
            "no documents there; rows without documents go into a synthetic warehouse only (--synthetic)",
        ));
    }
    let intake = Intake::new(tables);
    for path in paths {
        let mut periods: Vec<PathBuf> = std::fs::read_dir(path)?
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|p| {
                p.file_name()
                    .is_some_and(|n| n.to_string_lossy().starts_with("period-"))
            })
            .collect();
        periods.sort();
        if periods.is_empty() {
            return Err(Failure::usage(format!(
                "{}: neither documents nor simulated rows",
                path.display()
            )));
        }
        let bar = output::progress(periods.len() as u64, "parts");
        for period in periods {
            let certificate = PathBuf::from(
                period
                    .display()
                    .to_string()
                    .replace("/period-", "/certificate-"),
            );
            let batch = frisk_ingest::Batch::of_rows(rows(&certificate)?, rows(&period)?)?;
            let prepared = intake.prepare(intake.next_number()?, &rows_of(&batch), batch.counts)?;
            intake.promise(&prepared)?;
            intake.commit(&prepared, clock::now_ms(), &mut |_| {})?;
            intake.settle()?;
            counts += batch.counts;
            bar.inc(1);
        }
        bar.finish_and_clear();
    }
    Ok(counts)
}

fn rows(path: &PathBuf) -> Result<RecordBatch, Failure> {
    let file = File::open(path).map_err(|e| Failure::unmet(format!("{}: {e}", path.display())))?;
    let reader = ParquetRecordBatchReaderBuilder::try_new(file)?.with_batch_size(1 << 20);
    let schema = reader.schema().clone();
    let batches: Result<Vec<RecordBatch>, _> = reader.build()?.collect();
    Ok(arrow::compute::concat_batches(&schema, &batches?)?)
}
