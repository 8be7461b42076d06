//! Time and memory of training and scoring on planted cases.
//!
//! `cargo run --release -p frisk-model --example measure -- 100000`

use std::time::Instant;

use chrono::{Days, NaiveDate};
use frisk_model::{Cohort, Intervals, LogisticModel, Solver, TrainOptions, train};

#[path = "../tests/planted/simulated.rs"]
mod simulated;

use simulated::{FIRST, World};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let cases: usize = std::env::args().nth(1).map_or(Ok(100_000), |text| text.parse())?;
    let world = World { cases, days: 1460, seed: 1, drift: (i32::MAX, 0.0) };
    let (_, batch) = simulated::batch(&world.draw(), FIRST + 1460);
    let first = NaiveDate::from_ymd_opt(2020, 1, 1).ok_or("date")?;
    let options = TrainOptions::new(first + Days::new(1095), first + Days::new(1460));
    memory("batch made");

    let started = Instant::now();
    let artefact = train(&batch, &options)?;
    let seconds = started.elapsed().as_secs_f64();
    eprintln!(
        "train + calibrate + evaluate: {seconds:.2} s; {} cases and {} person-intervals fitted, {} coefficients, {} steps, gradient {:e}",
        artefact.fit.cases,
        artefact.fit.person_intervals,
        artefact.fit.standard_errors.len(),
        artefact.fit.iterations,
        artefact.fit.gradient,
    );
    memory("trained");
    for horizon in artefact.evaluation.iter().flat_map(|evaluation| &evaluation.horizons) {
        eprintln!(
            "  > {:>3} days: AUC {:.4} (diagnosis {:.4}), Brier {:.4}, ICI {:.4}, slope {:.3}",
            horizon.horizon_days,
            horizon.model.auc,
            horizon.diagnosis.auc,
            horizon.model.brier,
            horizon.calibration.ici,
            horizon.calibration.slope,
        );
    }
    score(&artefact, &batch)?;
    logistic(&artefact, &batch)
}

fn score(
    artefact: &frisk_model::Artefact,
    batch: &arrow::array::RecordBatch,
) -> Result<(), Box<dyn std::error::Error>> {
    let scorer = artefact.scorer();
    let rows = batch.num_rows();
    let per_row = |started: Instant, rows: usize| started.elapsed().as_nanos() as f64 / rows as f64;
    let started = Instant::now();
    let matrix = scorer.encode(batch)?;
    eprintln!("encode: {:.0} ns a row", per_row(started, rows));

    let (mut codes, mut contributions) = (Vec::new(), Vec::new());
    let mut hazards = [0.0; Intervals::MOST];
    let hazards = &mut hazards[..scorer.intervals().count()];
    let (started, mut sum) = (Instant::now(), 0.0);
    for row in 0..rows {
        matrix.row_into(row, &mut codes);
        scorer.hazards_into(&codes, hazards);
        scorer.explainer().contributions_into(&codes, &mut contributions);
        sum += hazards.iter().map(|hazard| 1.0 - hazard).product::<f64>() + contributions[0];
    }
    eprintln!("hazards + contributions: {:.0} ns a row (checksum {sum:.3})", per_row(started, rows));

    let few = batch.slice(0, rows.min(100_000));
    let started = Instant::now();
    let risks = scorer.score(&few)?;
    eprintln!("score with curves and reasons in words: {:.0} ns a row", per_row(started, risks.len()));
    let one = batch.slice(0, 1);
    let started = Instant::now();
    for _ in 0..1000 {
        scorer.score(&one)?;
    }
    eprintln!("score of a batch of one: {:.1} µs", per_row(started, 1000) / 1000.0);
    Ok(())
}

fn logistic(
    artefact: &frisk_model::Artefact,
    batch: &arrow::array::RecordBatch,
) -> Result<(), Box<dyn std::error::Error>> {
    let cohort = Cohort::read(batch)?;
    let matrix = artefact.scorer().encode(batch)?;
    let outcome: Vec<bool> = cohort.length.iter().map(|&length| length > 90).collect();
    let started = Instant::now();
    LogisticModel::fit(&artefact.spec, &matrix, &outcome, Solver::Newton)?;
    let width: usize = artefact.spec.features.iter().map(|feature| feature.encoding.codes()).sum();
    eprintln!(
        "plain logistic, {} cases × {width} one-hot: {:.2} s",
        matrix.rows(),
        started.elapsed().as_secs_f64()
    );
    memory("end");
    Ok(())
}

fn memory(when: &str) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("VmHWM: ?");
    eprintln!("[{when}] {}", peak.split_whitespace().collect::<Vec<_>>().join(" "));
}
