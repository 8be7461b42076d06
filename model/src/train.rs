//! From a feature batch to an artefact: split by time, fit, recalibrate, judge.

use arrow::array::RecordBatch;
use chrono::NaiveDate;

use crate::artefact::{Artefact, FORMAT, FitSummary, Model, NOTICE};
use crate::assess::{judge, reached};
use crate::calibrate::{Calibration, CalibrationOptions};
use crate::cohort::{Cohort, Episode, FollowUp};
use crate::error::{Error, Result};
use crate::hazard::{self, FittedHazard, HazardParams, life_table};
use crate::intervals::Intervals;
use crate::matrix::{CodedMatrix, Encoder};
use crate::reference::ReferenceCurves;
use crate::spec::{FeaturePlan, FeatureSpec};

mod penalty;

/// How to train.
#[derive(Debug, Clone, PartialEq)]
pub struct TrainOptions {
    /// Cases begun before this day train, later ones test.
    pub split: NaiveDate,
    /// Last day on which the batch can know anything.
    pub data_end: NaiveDate,
    /// Follow-up is cut this many days before split and data end, so that a gap that a later
    /// certificate closes is not taken for a return (the gap rule's 5 days by default).
    pub lag_days: i32,
    /// Intervals of the hazard.
    pub intervals: Intervals,
    /// Last days of the coarse bands of time.
    pub coarse_bands: Vec<i32>,
    /// Last days of the fine bands of time; the coarse must be among them.
    pub fine_bands: Vec<i32>,
    /// Horizons to report, days.
    pub horizons: Vec<i32>,
    /// Intervals that end by this day are averaged in the explanation.
    pub explain_until_day: i32,
    /// The features.
    pub features: Vec<FeaturePlan>,
    /// Factor on all penalties of the features; `None` = the one that predicts the slice before
    /// the split best, of a model of the cases before it.
    pub penalty_factor: Option<f64>,
    /// Recalibration on the last slice before the split; `None` = off.
    pub calibration: Option<CalibrationOptions>,
    /// Diagnosis columns for reference curves and baselines, most specific first.
    pub reference_columns: Vec<String>,
    /// Training cases a reference group needs.
    pub least_reference_cases: usize,
    /// Ends that an interval needs; sparser ones are merged or, at the end, dropped.
    pub least_events: usize,
    /// Name of the snapshot of the warehouse that the batch was read from.
    pub snapshot: String,
}

impl TrainOptions {
    /// Defaults for a split and an end of data.
    #[must_use]
    pub fn new(split: NaiveDate, data_end: NaiveDate) -> Self {
        Self {
            split,
            data_end,
            lag_days: 5,
            intervals: Intervals::default(),
            coarse_bands: vec![30, 90, 180],
            fine_bands: vec![22, 30, 45, 60, 75, 90, 120, 150, 180],
            horizons: vec![30, 60, 90, 180, 365],
            explain_until_day: 90,
            features: FeaturePlan::standard(),
            penalty_factor: None,
            calibration: Some(CalibrationOptions::default()),
            reference_columns: ["diagnosis", "category", "chapter"]
                .map(str::to_owned)
                .to_vec(),
            least_reference_cases: 100,
            least_events: 20,
            snapshot: String::new(),
        }
    }

    fn check(&self) -> Result<()> {
        if self.split > self.data_end {
            let found = self.split.to_string();
            return Err(Error::Parameter {
                name: "split",
                found,
                expected: "not after the end of data",
            });
        }
        let wrong = |factor: &f64| !factor.is_finite() || *factor <= 0.0;
        if let Some(factor) = self.penalty_factor.filter(wrong) {
            let found = factor.to_string();
            let expected = "finite and above 0";
            return Err(Error::Parameter {
                name: "penalty_factor",
                found,
                expected,
            });
        }
        if self.lag_days < 0 {
            let found = self.lag_days.to_string();
            return Err(Error::Parameter {
                name: "lag_days",
                found,
                expected: "at least 0",
            });
        }
        Ok(())
    }
}

/// Fewest cases to fit on.
const LEAST_CASES: usize = 200;
/// Days before the end of data among which some case must be ongoing, and from how many cases on.
const NEWEST_DAYS: i32 = 90;
const NEWEST_CASES: usize = 200;

/// Days since 1970-01-01.
pub(crate) fn day_number(date: NaiveDate) -> i32 {
    date.signed_duration_since(NaiveDate::default()).num_days() as i32
}

/// Trains, recalibrates and judges a model.
///
/// **Input**: one row a case at its as-of day, with every case that was on leave then, ended or
/// ongoing. **Output**: an artefact. Cases begun before the split train; what happened to them
/// from the split on is not looked at (they are censored there), so that the test on later
/// cases tells how the model would have done on the day of the split.
///
/// The result is the same to the bit on every run and with any number of threads.
///
/// # Errors
/// Column faults by name, parameters out of range, too few cases, closed cases only, or a solver
/// that does not converge.
pub fn train(batch: &RecordBatch, options: &TrainOptions) -> Result<Artefact> {
    options.check()?;
    let cohort = Cohort::read(batch)?;
    refuse_closed_only(&cohort, options)?;
    let split = day_number(options.split);
    let slice_days = options
        .calibration
        .as_ref()
        .map_or(0, |slice| slice.slice_days);
    let known = split - 1 - options.lag_days;
    let (fit_rows, fit_cases) = reached(&cohort, known, |start| start < split - slice_days);
    if fit_rows.len() < LEAST_CASES {
        let found = fit_rows.len();
        return Err(Error::TooFew {
            what: "training cases",
            found,
            needed: LEAST_CASES,
        });
    }
    let spec = FeatureSpec::learn(batch, &options.features, &fit_rows)?;
    let matrix = Encoder::new(&spec).encode(batch)?;
    let intervals = supported(&fit_cases, &options.intervals, options.least_events)?;
    let slice = slice(options, &cohort);
    let world = penalty::World {
        spec: &spec,
        intervals: &intervals,
        options,
        matrix: &matrix,
        fit: (&fit_rows, &fit_cases),
        slice: (&slice.0, &slice.1),
    };
    let penalty_factor = world.factor()?;
    let spec = penalty::scaled(&spec, penalty_factor);
    let fitted = fit(
        &spec,
        &intervals,
        options,
        matrix.take(&fit_rows),
        &fit_cases,
    )?;
    let calibration = match recalibrate(&fitted, options, &matrix, &slice)? {
        Recalibration::Chance => {
            return train(
                batch,
                &TrainOptions {
                    calibration: None,
                    penalty_factor: Some(penalty_factor),
                    ..options.clone()
                },
            );
        }
        Recalibration::Needed(calibration) => Some(calibration),
        Recalibration::Impossible => None,
    };
    let reference = reference(&spec, &intervals, options, &matrix, &cohort);
    let mut artefact = Artefact {
        format: FORMAT,
        notice: NOTICE.to_owned(),
        snapshot: options.snapshot.clone(),
        split: options.split,
        data_end: options.data_end,
        lag_days: options.lag_days,
        horizons: options.horizons.clone(),
        explain_until_day: options.explain_until_day,
        spec,
        fit: summary(&fitted, fit_rows.len(), penalty_factor),
        model: Model::Hazard(fitted.weights),
        calibration,
        reference,
        evaluation: None,
    }
    .settled()?;
    let (rows, cases) = reached(
        &cohort,
        day_number(options.data_end) - options.lag_days,
        |s| s >= split,
    );
    let scorer = artefact.scorer();
    artefact.evaluation = Some(judge(
        &scorer,
        &matrix.take(&rows),
        &cases,
        &options.horizons,
    ));
    artefact.settled()
}

fn refuse_closed_only(cohort: &Cohort, options: &TrainOptions) -> Result<()> {
    let newest = day_number(options.data_end) - NEWEST_DAYS;
    let new = (0..cohort.len()).filter(|&row| cohort.start[row] > newest);
    let (mut cases, mut ongoing) = (0, 0);
    for row in new {
        cases += 1;
        ongoing += usize::from(!cohort.ended[row]);
    }
    if cases >= NEWEST_CASES && ongoing == 0 {
        return Err(Error::ClosedCasesOnly {
            cases,
            days: NEWEST_DAYS,
        });
    }
    Ok(())
}

/// The last cases before the split: they recalibrate, and choose the penalty.
fn slice(options: &TrainOptions, cohort: &Cohort) -> (Vec<usize>, Vec<FollowUp>) {
    let split = day_number(options.split);
    let days = options.calibration.as_ref().map_or(0, |how| how.slice_days);
    reached(cohort, split - 1 - options.lag_days, |start| {
        (split - days..split).contains(&start)
    })
}

fn episodes(cases: &[FollowUp], intervals: &Intervals) -> Vec<Episode> {
    cases.iter().map(|case| case.episode(intervals)).collect()
}

/// Merges or drops intervals until each has enough ends.
fn supported(cases: &[FollowUp], wanted: &Intervals, least: usize) -> Result<Intervals> {
    let mut intervals = wanted.clone();
    loop {
        let (_, ends) = life_table(&episodes(cases, &intervals), intervals.count());
        let Some(sparse) = ends.iter().position(|&ends| ends < least as f64) else {
            return Ok(intervals);
        };
        if intervals.count() == 1 {
            let found = ends[0] as usize;
            return Err(Error::TooFew {
                what: "ends of training cases",
                found,
                needed: least,
            });
        }
        let mut edges = intervals.edges().to_vec();
        edges.remove(sparse + 1);
        intervals = Intervals::new(edges)?;
    }
}

fn fit(
    spec: &FeatureSpec,
    intervals: &Intervals,
    options: &TrainOptions,
    matrix: CodedMatrix,
    cases: &[FollowUp],
) -> Result<FittedHazard> {
    let kept = |bands: &[i32]| -> Vec<i32> {
        bands
            .iter()
            .copied()
            .filter(|day| intervals.edges().contains(day))
            .collect()
    };
    let params = HazardParams::new(spec.clone(), intervals.clone())
        .bands(kept(&options.coarse_bands), kept(&options.fine_bands));
    hazard::fit(&params, matrix, episodes(cases, intervals))
}

/// What the slice says of the model.
enum Recalibration {
    /// Off, or too few ends.
    Impossible,
    /// The world has moved.
    Needed(Calibration),
    /// What differs may be chance.
    Chance,
}

fn recalibrate(
    fitted: &FittedHazard,
    options: &TrainOptions,
    matrix: &CodedMatrix,
    (rows, cases): &(Vec<usize>, Vec<FollowUp>),
) -> Result<Recalibration> {
    let Some(how) = &options.calibration else {
        return Ok(Recalibration::Impossible);
    };
    let intervals = fitted.intervals();
    let mut codes = Vec::new();
    let mut logits = Vec::with_capacity(rows.len() * intervals.count());
    for &row in rows {
        matrix.row_into(row, &mut codes);
        logits.extend(fitted.weights.logits(&codes));
    }
    let episodes = episodes(cases, intervals);
    let found = Calibration::fit(intervals, &logits, &episodes, how)?;
    Ok(match found {
        None => Recalibration::Impossible,
        Some(found) if found.gain(&logits, &episodes) < how.least_gain => Recalibration::Chance,
        Some(found) => Recalibration::Needed(found),
    })
}

fn reference(
    spec: &FeatureSpec,
    intervals: &Intervals,
    options: &TrainOptions,
    matrix: &CodedMatrix,
    cohort: &Cohort,
) -> ReferenceCurves {
    let split = day_number(options.split);
    let (rows, cases) = reached(cohort, split - 1 - options.lag_days, |start| start < split);
    let episodes = episodes(&cases, intervals);
    let columns = &options.reference_columns;
    let least = options.least_reference_cases;
    ReferenceCurves::learn(
        spec,
        &matrix.take(&rows),
        &episodes,
        intervals,
        columns,
        least,
    )
}

fn summary(fitted: &FittedHazard, cases: usize, penalty_factor: f64) -> FitSummary {
    FitSummary {
        penalty_factor,
        cases,
        person_intervals: fitted.person_intervals,
        events: fitted.events,
        iterations: fitted.iterations,
        gradient: fitted.gradient,
        log_likelihood: fitted.log_likelihood,
        standard_errors: fitted.standard_errors.clone(),
    }
}
