//! Outside values: statsmodels 0.15.0 (GLM, Binomial) on the same cases written out as 48
//! person-period rows, and, with a penalty, Newton steps in numpy on the same rows.

use super::*;
use crate::spec::{Encoding, Feature, Timing};

/// (a, b, intervals at risk, ended) of 24 cases.
const CASES: [(u16, u16, u8, bool); 24] = [
    (0, 0, 1, true),
    (0, 1, 3, true),
    (1, 0, 2, true),
    (1, 1, 3, false),
    (2, 0, 3, true),
    (2, 1, 2, false),
    (0, 0, 2, true),
    (1, 0, 1, true),
    (2, 1, 3, false),
    (0, 1, 1, true),
    (1, 1, 2, true),
    (2, 0, 1, true),
    (0, 0, 3, false),
    (1, 0, 3, true),
    (2, 1, 2, true),
    (0, 1, 2, true),
    (1, 1, 1, true),
    (2, 0, 2, false),
    (0, 0, 1, true),
    (1, 1, 3, true),
    (2, 1, 1, true),
    (2, 0, 3, false),
    (0, 1, 1, false),
    (1, 0, 2, true),
];

fn feature(column: &str, levels: usize, penalty: f64, timing: Timing) -> Feature {
    let levels: Vec<String> = (0..levels).map(|level| level.to_string()).collect();
    let share = 1.0 / levels.len() as f64;
    let reference = [0.0, 0.0]
        .into_iter()
        .chain(levels.iter().map(|_| share))
        .collect();
    Feature {
        column: column.into(),
        group: column.into(),
        encoding: Encoding::Category {
            levels,
            parent: None,
        },
        timing,
        penalty,
        deviation_penalty: 2.0,
        reference,
    }
}

fn spec(penalties: [f64; 2], timing: Timing) -> FeatureSpec {
    let a = feature("a", 3, penalties[0], timing);
    FeatureSpec {
        features: vec![a, feature("b", 2, penalties[1], Timing::Constant)],
    }
}

fn data(copies: usize) -> (CodedMatrix, Episodes) {
    let cases = || CASES.iter().cycle().take(CASES.len() * copies);
    let a = cases().map(|case| case.0 + 2).collect();
    let b = cases().map(|case| case.1 + 2).collect();
    let episode = |case: &(u16, u16, u8, bool)| Episode {
        first: 0,
        count: case.2,
        event: case.3,
    };
    (
        CodedMatrix::from_columns(vec![a, b]),
        cases().map(episode).collect(),
    )
}

fn intervals() -> Intervals {
    Intervals::new(vec![1, 2, 4, 6]).unwrap()
}

fn params(spec: &FeatureSpec) -> HazardParams {
    HazardParams::new(spec.clone(), intervals())
        .bands(vec![2], vec![2])
        .tolerance(1e-12)
}

fn near(found: f64, expected: f64, within: f64) {
    assert!(
        (found - expected).abs() < within,
        "{found}, expected {expected}"
    );
}

#[test]
fn without_penalty_it_is_the_glm_on_person_period_rows() {
    let spec = spec([0.0, 0.0], Timing::Constant);
    let valid = params(&spec).check().unwrap();
    let mut layout = Layout::new(&spec, &intervals(), &[2], &[2]).unwrap();
    // Reference coding: no effect for missing, other and the first level.
    layout
        .blocks
        .iter_mut()
        .filter(|block| block.feature.is_some())
        .for_each(|block| block.silent = vec![0, 1, 2]);
    let (matrix, episodes) = data(1);
    let fit = fit_layout(&valid, layout, &matrix, &episodes).unwrap();
    // a1, a2, b1, then the three intervals, at their places: a is 0..5, b is 5..9, intervals 9..12.
    let places = [3, 4, 8, 9, 10, 11];
    let coefficients = [
        -0.127_912_115_990_118_76,
        -0.993_109_747_529_845_7,
        -0.235_778_431_517_056_85,
        -0.440_910_106_153_015_85,
        -0.001_974_518_907_666_755_8,
        0.535_642_041_731_190_7,
    ];
    let errors = [
        0.746_683_382_702_381,
        0.807_527_740_288_830_6,
        0.626_196_186_256_633_5,
        0.686_529_065_667_617_8,
        0.782_399_130_435_743_9,
        0.940_481_884_322_054_8,
    ];
    for (at, place) in places.into_iter().enumerate() {
        near(fit.weights.coefficients()[place], coefficients[at], 1e-8);
        near(fit.standard_errors[place], errors[at], 1e-6);
    }
    near(fit.log_likelihood, -29.610_498_975_857_688, 1e-10);
    assert_eq!((fit.person_intervals, fit.events), (48, 17));
}

#[test]
fn with_penalty_and_bands_it_is_the_ridge_on_person_period_rows() {
    let spec = spec([1.0, 0.5], Timing::Coarse);
    let (matrix, episodes) = data(1);
    let fit = fit(&params(&spec), matrix, episodes).unwrap();
    let coefficients = [
        0.233_235_063_026_648_43,
        0.144_116_065_164_829_25,
        -0.377_351_128_191_478_4,
        0.109_712_013_613_267_96,
        -0.109_712_013_613_269_07,
        0.075_488_942_455_373_21,
        -0.150_703_604_874_017_5,
        0.075_214_662_418_644_12,
        0.041_128_589_057_951_054,
        0.222_761_637_456_432_15,
        -0.263_890_226_514_383_26,
        -0.902_667_820_239_859_9,
        -0.509_287_699_598_886_3,
        0.030_667_196_501_527_18,
    ];
    let errors = [
        0.755_144_493_786_503_3,
        0.751_144_358_789_277_3,
        0.755_946_512_120_214_9,
        1.043_371_868_393_121_2,
        1.043_371_868_393_121_2,
        0.629_759_253_448_885_7,
        0.630_072_008_156_167_3,
        0.633_006_108_163_169_5,
        0.631_241_192_344_493_8,
        0.625_802_114_477_976_8,
        0.629_263_086_920_863_4,
        1.306_268_687_961_756,
        1.335_785_598_696_396_7,
        1.424_547_438_160_872_5,
    ];
    // a 0..5 and b 5..9 by code; a in band 0: 9..14, in band 1: 14..19; intervals 19..22.
    let places = [2, 3, 4, 7, 8, 11, 12, 13, 16, 17, 18, 19, 20, 21];
    for (at, place) in places.into_iter().enumerate() {
        near(fit.weights.coefficients()[place], coefficients[at], 1e-9);
        near(fit.standard_errors[place], errors[at], 1e-6);
    }
    assert_eq!(fit.name_of(&spec, 12), "a: 1, band 0");
}

#[test]
fn two_thousand_copies_are_one_case_with_a_weight() {
    // Likelihood and penalty both 2,000-fold: the same maximum, standard errors ÷ √2000.
    let once = {
        let (matrix, episodes) = data(1);
        fit(
            &params(&spec([1.0, 0.5], Timing::Constant)),
            matrix,
            episodes,
        )
        .unwrap()
    };
    let (matrix, episodes) = data(2000);
    let spec = spec([2000.0, 1000.0], Timing::Constant);
    let many = fit(&params(&spec), matrix, episodes).unwrap();
    assert_eq!((many.person_intervals, many.events), (96_000, 34_000));
    for (at, (many_se, once_se)) in many
        .standard_errors
        .iter()
        .zip(&once.standard_errors)
        .enumerate()
    {
        near(
            many.weights.coefficients()[at],
            once.weights.coefficients()[at],
            1e-9,
        );
        near(many_se * 2000.0_f64.sqrt(), *once_se, 1e-6);
    }
}

#[test]
fn a_code_no_case_had_takes_the_mean_effect() {
    let spec = spec([1.0, 0.5], Timing::Constant);
    let (matrix, episodes) = data(1);
    let fit = fit(&params(&spec), matrix, episodes).unwrap();
    let effects = &fit.weights.coefficients()[..5];
    // Reference shares are one third each.
    near(
        effects[1],
        (effects[2] + effects[3] + effects[4]) / 3.0,
        1e-15,
    );
}

#[test]
fn too_few_steps_are_an_error_not_a_model() {
    let spec = spec([1.0, 0.5], Timing::Constant);
    let (matrix, episodes) = data(1);
    let params = params(&spec).most_iterations(1);
    assert!(matches!(
        fit(&params, matrix, episodes),
        Err(Error::NotConverged { iterations: 1, .. })
    ));
}

#[test]
fn parameters_are_guarded() {
    let spec = spec([1.0, 0.5], Timing::Constant);
    let base = || HazardParams::new(spec.clone(), intervals());
    assert!(base().tolerance(0.0).check().is_err());
    assert!(base().most_iterations(0).check().is_err());
    assert!(base().bands(vec![2], vec![4]).check().is_err());
    // Day 3 is inside an interval.
    let (matrix, episodes) = data(1);
    assert!(fit(&base().bands(vec![3], vec![3]), matrix, episodes).is_err());
}

#[test]
fn predict_gives_the_hazards_of_the_weights() {
    let spec = spec([1.0, 0.5], Timing::Coarse);
    let (matrix, episodes) = data(1);
    let fit = fit(&params(&spec), matrix.clone(), episodes).unwrap();
    let hazards: Array2<f64> = fit.predict(&matrix);
    let c = fit.weights.coefficients();
    // Case 1 is a = 0, b = 1: logit in interval 0 = a0 + b1 + a0 in band 0 + interval 0.
    near(
        hazards[[1, 0]],
        logistic(c[2] + c[8] + c[11] + c[19]),
        1e-15,
    );
    near(
        hazards[[1, 2]],
        logistic(c[2] + c[8] + c[16] + c[21]),
        1e-15,
    );
}
