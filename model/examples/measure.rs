//! Time and memory of training and scoring on planted cases.
//!
//! `cargo run --release -p frisk-model --example measure -- 100000 1` (cases, seed, `calibrated` or
//! `uncalibrated`, penalty factor)

use std::time::Instant;

/// Wall-clock and processor time (user + system, all threads, 10 ms steps) since a point.
struct Clock(Instant, f64);

impl Clock {
    fn start() -> Self {
        Self(Instant::now(), processor_seconds())
    }

    fn told(&self, rows: usize) -> String {
        let (wall, processor) = (self.0.elapsed().as_secs_f64(), processor_seconds() - self.1);
        let a_row = processor / rows as f64 * 1e9;
        format!("{wall:.2} s wall, {processor:.2} s processor, {a_row:.0} ns processor a row")
    }
}

fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit(')').next().unwrap_or_default();
    let ticks = after
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|ticks| ticks.parse::<f64>().ok());
    ticks.sum::<f64>() / 100.0
}

use chrono::{Days, NaiveDate};
use frisk_model::{Cohort, Intervals, LogisticModel, Solver, TrainOptions, train};

#[path = "../tests/planted/simulated.rs"]
#[expect(
    dead_code,
    reason = "shared with the planted-truth tests, which ask for more"
)]
mod simulated;

use simulated::{FIRST, World};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let cases: usize = std::env::args()
        .nth(1)
        .map_or(Ok(100_000), |text| text.parse())?;
    let seed: u64 = std::env::args().nth(2).map_or(Ok(1), |text| text.parse())?;
    let world = World {
        cases,
        days: 1460,
        seed,
        drift: (i32::MAX, 0.0),
    };
    let (_, batch) = simulated::batch(&world.draw(), FIRST + 1460);
    let first = NaiveDate::from_ymd_opt(2020, 1, 1).ok_or("date")?;
    let mut options = TrainOptions::new(first + Days::new(1095), first + Days::new(1460));
    if std::env::args()
        .nth(3)
        .is_some_and(|word| word == "uncalibrated")
    {
        options.calibration = None;
    }
    if let Some(factor) = std::env::args().nth(4) {
        options.penalty_factor = Some(factor.parse()?);
    }
    memory("batch made");

    let clock = Clock::start();
    let artefact = train(&batch, &options)?;
    eprintln!(
        "train + calibrate + evaluate: {}; {} cases and {} person-intervals fitted, {} coefficients, {} steps, gradient {:e}",
        clock.told(cases),
        artefact.fit.cases,
        artefact.fit.person_intervals,
        artefact.fit.standard_errors.len(),
        artefact.fit.iterations,
        artefact.fit.gradient,
    );
    memory("trained");
    eprintln!("{:?}", artefact.calibration);
    for horizon in artefact
        .evaluation
        .iter()
        .flat_map(|evaluation| &evaluation.horizons)
    {
        eprintln!(
            "  > {:>3} days: AUC {:.4} (diagnosis {:.4}), Brier {:.4}, ICI {:.4}, slope {:.3}, mean {:.4} against {:.4}",
            horizon.horizon_days,
            horizon.model.auc,
            horizon.diagnosis.auc,
            horizon.model.brier,
            horizon.calibration.ici,
            horizon.calibration.slope,
            horizon.model.mean_predicted,
            horizon.observed,
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
    let clock = Clock::start();
    let matrix = scorer.encode(batch)?;
    eprintln!("encode: {}", clock.told(rows));

    let (mut codes, mut contributions) = (Vec::new(), Vec::new());
    let mut hazards = [0.0; Intervals::MOST];
    let hazards = &mut hazards[..scorer.intervals().count()];
    let (clock, mut sum) = (Clock::start(), 0.0);
    for row in 0..rows {
        matrix.row_into(row, &mut codes);
        scorer.hazards_into(&codes, hazards);
        scorer
            .explainer()
            .contributions_into(&codes, &mut contributions);
        sum += hazards.iter().map(|hazard| 1.0 - hazard).product::<f64>() + contributions[0];
    }
    eprintln!(
        "hazards + contributions: {} (checksum {sum:.3})",
        clock.told(rows)
    );

    let few = batch.slice(0, rows.min(100_000));
    let clock = Clock::start();
    let risks = scorer.score(&few)?;
    eprintln!(
        "score with curves and reasons in words: {}",
        clock.told(risks.len())
    );
    let one = batch.slice(0, 1);
    let clock = Clock::start();
    for _ in 0..10_000 {
        scorer.score(&one)?;
    }
    eprintln!("batch of one, 10,000 times: {}", clock.told(10_000));
    Ok(())
}

fn logistic(
    artefact: &frisk_model::Artefact,
    batch: &arrow::array::RecordBatch,
) -> Result<(), Box<dyn std::error::Error>> {
    let cohort = Cohort::read(batch)?;
    let matrix = artefact.scorer().encode(batch)?;
    let outcome: Vec<bool> = cohort.length.iter().map(|&length| length > 90).collect();
    let clock = Clock::start();
    LogisticModel::fit(&artefact.spec, &matrix, &outcome, Solver::Newton)?;
    let width: usize = artefact
        .spec
        .features
        .iter()
        .map(|feature| feature.encoding.codes())
        .sum();
    eprintln!(
        "plain logistic, {} cases × {width} one-hot: {}",
        matrix.rows(),
        clock.told(matrix.rows())
    );
    memory("end");
    Ok(())
}

fn memory(when: &str) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status
        .lines()
        .find(|line| line.starts_with("VmHWM"))
        .unwrap_or("VmHWM: ?");
    eprintln!(
        "[{when}] {}",
        peak.split_whitespace().collect::<Vec<_>>().join(" ")
    );
}
