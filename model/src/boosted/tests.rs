use linfa::ParamGuard;
use linfa::dataset::DatasetBase;
use linfa::traits::{Fit, Predict};
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

use super::*;
use crate::cohort::Episode;
use crate::evaluate::auc;
use crate::intervals::Intervals;

/// A number (one in ten missing), a level of twelve, noise; the effect of the number turns with
/// the level.
fn drawn(rows: usize, seed: u64) -> (Vec<RawColumn>, Vec<bool>, Vec<f64>) {
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
    let (mut number, mut level, mut noise) = (Vec::new(), Vec::new(), Vec::new());
    let (mut outcome, mut truth) = (Vec::new(), Vec::new());
    for _ in 0..rows {
        let x: f64 = rng.gen_range(-1.0..1.0);
        let group: u16 = rng.gen_range(1..13);
        let missing = rng.gen_bool(0.1);
        let turned = if group.is_multiple_of(2) {
            2.0 * x
        } else {
            -2.0 * x
        };
        let odds = 0.3 * f64::from(group % 4) + if missing { 1.0 } else { turned } - 0.5;
        let p = 1.0 / (1.0 + (-odds).exp());
        number.push(if missing { f64::NAN } else { x });
        level.push(group);
        noise.push(rng.gen_range(0.0..1.0));
        outcome.push(rng.gen_bool(p));
        truth.push(p);
    }
    let columns = vec![
        RawColumn::Numbers(number),
        RawColumn::Levels(level),
        RawColumn::Numbers(noise),
    ];
    (columns, outcome, truth)
}

fn binned(columns: &[RawColumn]) -> (Binner, BinnedMatrix) {
    let binner = Binner::learn(columns, 255).unwrap();
    let matrix = binner.bin(columns).unwrap();
    (binner, matrix)
}

#[test]
fn planted_interactions_are_found() {
    let (columns, outcome, _) = drawn(20_000, 1);
    let (binner, matrix) = binned(&columns);
    let params = BoostedParams::default().trees(60).check().unwrap();
    let model = params.fit(&DatasetBase::new(matrix, outcome)).unwrap();
    let (test, happened, truth) = drawn(20_000, 2);
    let found: Vec<f64> = model.predict(&binner.bin(&test).unwrap()).to_vec();
    let ones = vec![1.0; happened.len()];
    let (ours, oracle) = (auc(&found, &happened, &ones), auc(&truth, &happened, &ones));
    assert!(
        oracle > 0.76 && ours > oracle - 0.008,
        "{ours} against {oracle}"
    );
    // Without interactions the number says nothing: additive models stay far below.
    assert!(ours > 0.75, "{ours}");
}

#[test]
fn the_same_data_give_the_same_trees() {
    let (columns, outcome, _) = drawn(5_000, 3);
    let (_, matrix) = binned(&columns);
    let fit = || {
        BoostedParams::default()
            .trees(10)
            .boost(&matrix, &outcome, &[])
            .unwrap()
    };
    assert_eq!(fit(), fit());
}

#[test]
fn contributions_sum_to_the_prediction() {
    let (columns, outcome, _) = drawn(4_000, 4);
    let (_, matrix) = binned(&columns);
    let model = BoostedParams::default()
        .trees(30)
        .boost(&matrix, &outcome, &[])
        .unwrap();
    for row in (0..matrix.rows()).step_by(97) {
        let bins = matrix.row(row);
        let sum = model.base() + model.contributions(bins).iter().sum::<f64>();
        assert!((sum - model.log_odds(bins)).abs() < 1e-9, "row {row}");
    }
}

/// x₀ and x₁ in {low, high}, all four equally frequent; the value is 8 when both are high, else 0.
fn and_tree() -> Tree {
    let inner = |column, left, right, cover| Node {
        column,
        left_bins: [0b10, 0, 0, 0],
        left,
        right,
        cover,
        value: 0.0,
    };
    Tree {
        nodes: vec![
            inner(0, 1, 2, 4.0),
            Node::leaf(0.0, 2.0),
            inner(1, 3, 4, 2.0),
            Node::leaf(0.0, 1.0),
            Node::leaf(8.0, 1.0),
        ],
    }
}

#[test]
fn shapley_values_by_hand() {
    let model = BoostedModel {
        start: 0.0,
        trees: vec![and_tree()],
    };
    // Mean 2. Both high: v({0}) = v({1}) = 4, v(both) = 8: each gets ½ (4 − 2) + ½ (8 − 4) = 3.
    let both = model.contributions(&[2, 2, 7]);
    assert!((both[0] - 3.0).abs() < 1e-12 && (both[1] - 3.0).abs() < 1e-12 && both[2] == 0.0);
    // x₀ high, x₁ low: v({0}) = 4, v({1}) = 0, v(both) = 0: ½ (4 − 2) + ½ (0 − 0) = 1, and −3.
    let one = model.contributions(&[2, 1, 7]);
    assert!((one[0] - 1.0).abs() < 1e-12 && (one[1] + 3.0).abs() < 1e-12);
}

#[test]
fn a_monotone_column_never_turns() {
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(5);
    let x: Vec<f64> = (0..6_000).map(|_| rng.gen_range(0.0..1.0)).collect();
    // Rises, but with a dent in the middle.
    let p = |x: f64| 0.2 + 0.5 * x - if (0.4..0.6).contains(&x) { 0.2 } else { 0.0 };
    let outcome: Vec<bool> = x.iter().map(|&x| rng.gen_bool(p(x))).collect();
    let columns = [RawColumn::Numbers(x)];
    let (binner, matrix) = binned(&columns);
    let grid = RawColumn::Numbers((0..200).map(|step| f64::from(step) / 200.0).collect());
    let grid = binner.bin(&[grid]).unwrap();
    let turns = |direction: i8| {
        let params = BoostedParams::default().trees(40).monotone(vec![direction]);
        let curve = params
            .boost(&matrix, &outcome, &[])
            .unwrap()
            .probabilities(&grid);
        curve
            .windows(2)
            .filter(|pair| pair[1] < pair[0] - 1e-12)
            .count()
    };
    assert_eq!(turns(1), 0);
    assert!(turns(0) > 0, "without the constraint the dent shows");
}

#[test]
fn cuts_and_levels_meet_their_bins() {
    let columns = [
        RawColumn::Numbers(vec![3.0, 1.0, f64::NAN, 2.0, 2.0, 1.0, 3.0, 1.0, 2.0, 3.0]),
        RawColumn::Levels(vec![7, 7, 0, 9, 7, 9, 7, 7, 7, 7]),
    ];
    let (binner, matrix) = binned(&columns);
    assert_eq!(binner.columns[0], Binning::Numbers(vec![1.5, 2.5]));
    assert_eq!(binner.columns[1], Binning::Levels(vec![7, 9]));
    assert_eq!(
        [matrix.row(0), matrix.row(1), matrix.row(2)],
        [[3, 2], [1, 2], [0, 0]]
    );
    // A level never seen goes to the bin of the others.
    let new = [RawColumn::Numbers(vec![0.0]), RawColumn::Levels(vec![400])];
    assert_eq!(binner.bin(&new).unwrap().row(0), [1, 1]);
    assert!(binner.bin(&columns[..1]).is_err());
}

#[test]
fn hazards_of_two_groups_are_met() {
    // Group 1 ends with chance ½ in each of two intervals, group 2 with ¼ and ¾.
    let (mut group, mut episodes) = (Vec::new(), Vec::new());
    let mut put = |level: u16, count: u8, event: bool, times: usize| {
        for _ in 0..times {
            group.push(level);
            episodes.push(Episode {
                first: 0,
                count,
                event,
            });
        }
    };
    put(1, 1, true, 400);
    put(1, 2, true, 200);
    put(1, 2, false, 200);
    put(2, 1, true, 200);
    put(2, 2, true, 450);
    put(2, 2, false, 150);
    let columns = [RawColumn::Levels(group)];
    let params = BoostedParams::default().trees(300);
    let intervals = Intervals::new(vec![15, 30, 60]).unwrap();
    let model = BoostedHazard::fit(&columns, &episodes, intervals, &params).unwrap();
    let bins = |level: u16| {
        let one = [RawColumn::Levels(vec![level])];
        model.binner.bin(&one).unwrap().row(0).to_vec()
    };
    for (level, at_30, at_60) in [(1, 0.5, 0.25), (2, 0.75, 0.1875)] {
        let curve = model.curve(&bins(level), 15);
        assert!(
            (curve.beyond(30).unwrap() - at_30).abs() < 0.01,
            "level {level}"
        );
        assert!(
            (curve.beyond(60).unwrap() - at_60).abs() < 0.01,
            "level {level}"
        );
    }
}

#[test]
fn parameters_out_of_range_are_refused() {
    for wrong in [
        BoostedParams::default().trees(0),
        BoostedParams::default().leaves(1),
        BoostedParams::default().rate(0.0),
        BoostedParams::default().penalty(-1.0),
        BoostedParams::default().monotone(vec![2]),
    ] {
        assert!(wrong.check().is_err());
    }
}
