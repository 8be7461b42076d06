//! Planted truth: cases drawn from known hazards must be read back, whatever is hidden by censoring.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on must stop")]

use std::sync::Arc;

use arrow::array::{ArrayRef, Float64Array, Int32Array, RecordBatch, StringArray};
use arrow::compute::filter_record_batch;
use chrono::{Days, NaiveDate};
use frisk_model::evaluate::{Censoring, Known, auc};
use frisk_model::registry::Registry;
use frisk_model::{
    Artefact, CalibrationOptions, Cohort, Error, FollowUp, LogisticModel, Solver, TrainOptions,
    train,
};

mod simulated;

use simulated::{Case, FIRST, World};

fn date(day: i32) -> NaiveDate {
    NaiveDate::default() + Days::new(day as u64)
}

const WORLD: World = World {
    cases: 60_000,
    days: 1460,
    seed: 11,
    drift: (i32::MAX, 0.0),
};
const SPLIT: i32 = FIRST + 900;
const END: i32 = FIRST + 1460;

fn options() -> TrainOptions {
    TrainOptions {
        snapshot: "planted".into(),
        ..TrainOptions::new(date(SPLIT), date(END))
    }
}

fn world() -> (Vec<Case>, Vec<usize>, RecordBatch) {
    let cases = WORLD.draw();
    let (rows, batch) = simulated::batch(&cases, END);
    (cases, rows, batch)
}

fn replace(batch: &RecordBatch, name: &str, column: ArrayRef) -> RecordBatch {
    let fields = batch.schema();
    let columns = fields.fields().iter().zip(batch.columns());
    let columns = columns.map(|(field, old)| {
        let new = if field.name() == name {
            Arc::clone(&column)
        } else {
            Arc::clone(old)
        };
        (field.name().clone(), new)
    });
    RecordBatch::try_from_iter(columns).unwrap()
}

/// Horizon → AUC of the true probabilities on the test cases, with the same weights.
fn oracle(cases: &[Case], rows: &[usize], batch: &RecordBatch, horizon: i32) -> f64 {
    let cohort = Cohort::read(batch).unwrap();
    let test: Vec<usize> = (0..cohort.len())
        .filter(|&row| cohort.start[row] >= SPLIT)
        .collect();
    let follow_ups: Vec<FollowUp> = test
        .iter()
        .map(|&row| cohort.follow_up(row, END - 5))
        .collect();
    let kept: Vec<usize> = (0..test.len())
        .filter(|&at| follow_ups[at].observable >= 15)
        .collect();
    let follow_ups: Vec<FollowUp> = kept.iter().map(|&at| follow_ups[at]).collect();
    let known = Known::at(&follow_ups, &Censoring::learn(&follow_ups), horizon);
    let truth = |&at: &usize| WORLD.beyond(&cases[rows[test[kept[at]]]], horizon);
    let p: Vec<f64> = known.rows.iter().map(truth).collect();
    auc(&p, &known.outcome, &known.weight)
}

#[test]
fn the_model_is_near_the_oracle_calibrated_and_better_than_diagnosis_alone() {
    let (cases, rows, batch) = world();
    let artefact = train(&batch, &options()).unwrap();
    let evaluation = artefact.evaluation.as_ref().unwrap();
    for horizon in [90, 180, 365] {
        let found = evaluation
            .horizons
            .iter()
            .find(|found| found.horizon_days == horizon)
            .unwrap();
        let oracle = oracle(&cases, &rows, &batch, horizon);
        eprintln!(
            "> {horizon}: AUC {:.4}, oracle {oracle:.4}, diagnosis {:.4}, ICI {:.4}, slope {:.3}, intercept {:.3}, known {}",
            found.model.auc,
            found.diagnosis.auc,
            found.calibration.ici,
            found.calibration.slope,
            found.calibration.intercept,
            found.known,
        );
        assert!((found.model.auc - oracle).abs() < 0.01, "beyond {horizon}");
        assert!(
            found.model.auc >= found.diagnosis.auc + 0.02,
            "beyond {horizon}"
        );
        assert!(
            found.calibration.ici <= 0.02,
            "beyond {horizon}: {:?}",
            found.calibration.ici
        );
        assert!((found.prior.auc - 0.5).abs() < 1e-12);
    }
}

#[test]
fn the_hazard_and_a_plain_logistic_agree_on_beyond_90_days() {
    let (_, _, batch) = world();
    let artefact = train(
        &batch,
        &TrainOptions {
            calibration: None,
            ..options()
        },
    )
    .unwrap();
    let (cohort, scorer) = (Cohort::read(&batch).unwrap(), artefact.scorer());
    let matrix = scorer.encode(&batch).unwrap();
    let complete = |row: &usize| cohort.start[*row] + 100 < SPLIT;
    let rows: Vec<usize> = (0..cohort.len()).filter(complete).collect();
    let outcome: Vec<bool> = rows.iter().map(|&row| cohort.length[row] > 90).collect();
    let matrix = matrix.take(&rows);
    let plain = LogisticModel::fit(&artefact.spec, &matrix, &outcome, Solver::Newton).unwrap();
    let plain = plain.probabilities(&matrix);
    let mut codes = Vec::new();
    let (mut apart, mut shift) = (0.0, 0.0);
    for (row, plain) in plain.iter().enumerate() {
        matrix.row_into(row, &mut codes);
        let hazard = scorer.curve(&codes, 15).beyond(90).unwrap();
        apart += (hazard - plain).abs() / rows.len() as f64;
        shift += (hazard - plain) / rows.len() as f64;
    }
    assert!(shift.abs() < 0.01, "mean difference {shift}");
    assert!(apart < 0.03, "mean absolute difference {apart}");
}

#[test]
fn closed_cases_only_understate_the_risk_and_are_refused() {
    // One year of accrual, as in the published measurement of this bias.
    let world = World {
        cases: 700,
        days: 365,
        seed: 3,
        drift: (i32::MAX, 0.0),
    };
    let end = FIRST + 364;
    let mean = |world: &World, closed: bool| {
        let cases = world.draw();
        let (rows, batch) = simulated::batch(&cases, end);
        let ended = batch.column_by_name("ended").unwrap().clone();
        let ended = arrow::array::AsArray::as_boolean(&ended).clone();
        let shown = if closed {
            filter_record_batch(&batch, &ended).unwrap()
        } else {
            batch.clone()
        };
        let options = TrainOptions {
            calibration: None,
            ..TrainOptions::new(date(end), date(end))
        };
        let artefact = train(&shown, &options)?;
        let risks = artefact.score(&batch).unwrap();
        let p: f64 = risks
            .iter()
            .map(|risk| risk.curve.beyond(90).unwrap())
            .sum();
        let truth: f64 = rows.iter().map(|&row| world.beyond(&cases[row], 90)).sum();
        Ok::<_, Error>((p / rows.len() as f64, truth / rows.len() as f64))
    };
    let (all, truth) = mean(&world, false).unwrap();
    let (closed, _) = mean(&world, true).unwrap();
    eprintln!("P(> 90): truth {truth:.3}, all cases {all:.3}, closed only {closed:.3}");
    assert!((all - truth).abs() < 0.05, "{all} against {truth}");
    assert!(closed < truth - 0.05, "{closed} against {truth}");
    let large = World {
        cases: 4000,
        ..world
    };
    assert!(matches!(
        mean(&large, true),
        Err(Error::ClosedCasesOnly { .. })
    ));
    assert!(mean(&large, false).is_ok());
}

#[test]
fn nothing_that_happens_after_the_split_reaches_the_model() {
    let (mut cases, _, before) = world();
    for case in &mut cases {
        // What was on leave at the split now goes on for years, or stops that day.
        if case.start + case.length > SPLIT - 5 {
            let stop = (SPLIT - case.start).max(15);
            case.length = if case.sex == 0 { 2000 } else { stop };
        }
    }
    let (_, after) = simulated::batch(&cases, END);
    let (before, after) = (
        train(&before, &options()).unwrap(),
        train(&after, &options()).unwrap(),
    );
    assert_ne!(before.evaluation, after.evaluation);
    assert_eq!(before.spec, after.spec);
    assert_eq!(before.model, after.model);
    assert_eq!(before.calibration, after.calibration);
    assert_eq!(before.reference, after.reference);
}

#[test]
fn the_artefact_is_the_same_to_the_byte_and_refuses_tampering() {
    let (_, _, batch) = world();
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| train(&batch, &options()).unwrap())
    };
    let (one, three) = (on(1), on(3));
    assert_eq!(one.bytes().unwrap(), three.bytes().unwrap());

    let directory = std::env::temp_dir().join(format!("frisk-model-{}", std::process::id()));
    let hash = one.save(&directory).unwrap();
    assert_eq!(hash.len(), 64);
    let path = directory.join(format!("{hash}.json"));
    let loaded = Artefact::load(&path).unwrap();
    assert_eq!(loaded, one);
    assert_eq!(loaded.hash().unwrap(), hash);
    let few = batch.slice(0, 50);
    assert_eq!(loaded.score(&few).unwrap(), one.score(&few).unwrap());

    let text = std::fs::read_to_string(&path).unwrap();
    assert!(!text.contains("linfa"));
    std::fs::write(&path, text.replacen("planted", "painted", 1)).unwrap();
    assert!(matches!(
        Artefact::load(&path),
        Err(Error::HashMismatch { .. })
    ));
    std::fs::remove_dir_all(&directory).unwrap();
}

#[test]
fn reasons_add_up_to_the_prediction() {
    let (_, _, batch) = world();
    let artefact = train(&batch, &options()).unwrap();
    for risk in artefact.score(&batch.slice(1000, 200)).unwrap() {
        // Mean over the six intervals up to day 90 of ln(S′ / (S − S′)) = −logit of the hazard.
        let steps = risk.curve.survival.windows(2).take(6);
        let stay: f64 = steps.map(|s| (s[1] / (s[0] - s[1])).ln()).sum::<f64>() / 6.0;
        let told: f64 = risk.base
            + risk
                .reasons
                .iter()
                .map(|reason| reason.contribution)
                .sum::<f64>();
        assert!((stay - told).abs() < 1e-9, "{stay} against {told}");
        assert!(risk.unlike.is_empty(), "{:?}", risk.unlike);
        assert_eq!(
            risk.reasons
                .iter()
                .filter(|reason| reason.feature == "diagnosis")
                .count(),
            1
        );
    }
}

#[test]
fn an_unseen_level_falls_back_and_is_told() {
    let (_, _, batch) = world();
    let artefact = train(&batch, &options()).unwrap();
    let two = batch.slice(0, 2);
    let strange: ArrayRef = Arc::new(StringArray::from(vec!["Z99", "Z99"]));
    let strange = replace(&two, "diagnosis", strange);
    let strange = replace(
        &strange,
        "age",
        Arc::new(Float64Array::from(vec![40.0, 99.0])),
    );
    let risks = artefact.score(&strange).unwrap();
    let told = |row: usize| -> Vec<&str> {
        risks[row]
            .unlike
            .iter()
            .map(|unlike| unlike.feature.as_str())
            .collect()
    };
    assert_eq!(told(0), ["diagnosis"]);
    assert_eq!(told(1), ["diagnosis", "age"]);
    // The category still speaks for the unseen code.
    let usual = artefact.score(&two).unwrap();
    assert_eq!(risks[0].reference_group, usual[0].reference_group);
    let reason = risks[0]
        .reasons
        .iter()
        .find(|reason| reason.feature == "diagnosis")
        .unwrap();
    assert_eq!(reason.value, usual[0].reference_group);
    let without = two.project(&[0, 1, 2, 3, 4]).unwrap();
    assert!(
        matches!(artefact.score(&without), Err(Error::MissingColumn { column }) if column == "diagnosis")
    );
}

#[test]
fn a_later_as_of_day_gives_the_conditional_curve_and_an_earlier_one_is_refused() {
    let (_, _, batch) = world();
    let artefact = train(&batch, &options()).unwrap();
    let one = batch.slice(0, 1);
    let at = |day: i32| {
        artefact.score(&replace(
            &one,
            "as_of_day",
            Arc::new(Int32Array::from(vec![day])),
        ))
    };
    let (early, late) = (at(15).unwrap(), at(61).unwrap());
    let (early, late) = (&early[0].curve, &late[0].curve);
    let expected = early.beyond(180).unwrap() / early.beyond(60).unwrap();
    assert!((late.beyond(180).unwrap() - expected).abs() < 1e-12);
    assert_eq!(late.beyond(30), Some(1.0));
    assert!(matches!(at(14), Err(Error::Value { column, .. }) if column == "as_of_day"));
}

#[test]
fn recalibration_mends_a_drift_that_began_before_the_split() {
    let world = World {
        drift: (780, 0.4),
        ..WORLD
    };
    let (_, batch) = simulated::batch(&world.draw(), END);
    let ici = |calibration: Option<CalibrationOptions>| {
        let artefact = train(
            &batch,
            &TrainOptions {
                calibration,
                ..options()
            },
        )
        .unwrap();
        let evaluation = artefact.evaluation.unwrap();
        evaluation
            .horizons
            .iter()
            .find(|found| found.horizon_days == 90)
            .unwrap()
            .calibration
            .ici
    };
    let (off, on) = (ici(None), ici(Some(CalibrationOptions::default())));
    eprintln!("ICI beyond 90 after a drift: {off:.4} as trained, {on:.4} recalibrated");
    assert!(off > 0.05, "{off}");
    assert!(on < 0.02, "{on}");
}

#[test]
fn a_feature_that_peeks_at_the_end_trips_the_gate() {
    let (cases, rows, batch) = world();
    let honest = train(&batch, &options()).unwrap();
    let best = oracle(&cases, &rows, &batch, 90);
    let judged = honest.evaluation.unwrap();
    assert_eq!(judged.leakage(Some(best)), None);
    // The days left of the known certificate now tell how long the case will last.
    let peek = rows.iter().map(|&row| Some(f64::from(cases[row].length)));
    let peeking = replace(
        &batch,
        "days_left",
        Arc::new(peek.collect::<Float64Array>()),
    );
    let caught = train(&peeking, &options()).unwrap().evaluation.unwrap();
    assert!(caught.leakage(Some(best)).is_some() && caught.leakage(None).is_some());
}

#[test]
fn a_registry_signs_and_rolls_back() {
    let (_, _, batch) = world();
    let first = train(&batch, &options()).unwrap();
    let second = Artefact {
        snapshot: "later".into(),
        ..first.clone()
    };
    let folder = std::env::temp_dir().join(format!("frisk-registry-{}", std::process::id()));
    let registry = Registry::new(&folder);
    let at = date(END).and_time(chrono::NaiveTime::MIN).and_utc();
    let (one, two) = (
        registry.store(&first, at).unwrap(),
        registry.store(&second, at).unwrap(),
    );
    assert_eq!(registry.in_use().unwrap().unwrap().snapshot, "later");
    assert_eq!(registry.roll_back(at).unwrap(), one);
    assert_eq!(registry.in_use().unwrap().unwrap().snapshot, "planted");
    registry.sign(&two[..12], "Ada", "pilot", at).unwrap();
    // No hash begins so, and every hash begins so.
    assert!(
        registry.sign("xyz", "Ada", "", at).is_err() && registry.sign("", "Ada", "", at).is_err()
    );
    let listed = registry.list().unwrap();
    let of = |model: &str| listed.iter().find(|entry| entry.model == model).unwrap();
    assert!(of(&one).in_use && of(&one).signatures.is_empty());
    assert!(!of(&two).in_use && of(&two).signatures[0].by == "Ada");
    std::fs::remove_dir_all(folder).unwrap();
}
