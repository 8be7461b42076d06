use std::{fs::File, path::PathBuf, time::Instant};

use frisk_warehouse::{Snapshot, Tables, ValidCaseRules, operator};
use parquet::arrow::ArrowWriter;

use crate::{
    config::Config,
    output::{self, Failure},
};

/// Arguments of `frisk bench`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Times that each work is done; the median counts.
    #[arg(long, default_value_t = 5)]
    runs: usize,
    /// Write the cases here as Parquet, to compare them with another tool's.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Measures the case operator on the warehouse's newest snapshot, and a bare scan of the columns that it reads.
pub(crate) fn run(args: &Args, config: &Config) -> Result<(), Failure> {
    let tables = Tables::open(&config.warehouse)?;
    let snapshot = Snapshot::newest(&tables)?;
    let rules = ValidCaseRules::official();
    let mut periods = 0;
    let scan = median(args.runs, || {
        periods = operator::bare_scan(&tables, &snapshot)?;
        Ok(())
    })?;
    let mut cases = Vec::new();
    let building = median(args.runs, || {
        cases.clear();
        cases = operator::sick_cases(&tables, &snapshot, rules)?;
        Ok(())
    })?;
    let count: usize = cases.iter().map(arrow::array::RecordBatch::num_rows).sum();
    output::line(
        &serde_json::json!({
            "work": "case_building", "size": periods, "cases": count,
            "ours_s": building, "scan_s": scan, "ours_rss_mb": peak_memory_mb(),
        })
        .to_string(),
    );
    if let Some(path) = &args.out {
        let mut writer = ArrowWriter::try_new(File::create(path)?, operator::schema(), None)?;
        for batch in &cases {
            writer.write(batch)?;
        }
        writer.close()?;
    }
    Ok(())
}

fn median(
    runs: usize,
    mut work: impl FnMut() -> Result<(), frisk_warehouse::Error>,
) -> Result<f64, Failure> {
    let mut seconds = Vec::new();
    for _ in 0..runs.max(1) {
        let from = Instant::now();
        work()?;
        seconds.push(from.elapsed().as_secs_f64());
    }
    seconds.sort_by(f64::total_cmp);
    Ok(seconds[seconds.len() / 2])
}

/// Largest memory that the process has held, from `/proc` where there is one.
fn peak_memory_mb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024)
}
