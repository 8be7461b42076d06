//! Outside values: scikit-learn 1.9.1, statsmodels 0.15.0 and lifelines 0.30.3 on the same ten cases.

use super::*;

const P: [f64; 10] = [0.1, 0.2, 0.2, 0.35, 0.4, 0.4, 0.55, 0.6, 0.8, 0.9];
const W: [f64; 10] = [1.0, 2.0, 1.0, 1.5, 1.0, 1.0, 2.0, 1.0, 1.0, 0.5];
const ONE: [f64; 10] = [1.0; 10];

fn outcomes() -> Vec<bool> {
    [0, 0, 1, 0, 1, 0, 1, 0, 1, 1]
        .iter()
        .map(|&y| y == 1)
        .collect()
}

fn near(found: f64, expected: f64) {
    assert!(
        (found - expected).abs() < 1e-12,
        "{found}, expected {expected}"
    );
}

#[test]
fn auc_counts_ties_half() {
    // By hand: 25 pairs; positives .2 .4 .55 .8 .9 beat 1 + ½, 3 + ½, 4, 5, 5 negatives = 19; 19 / 25.
    near(auc(&P, &outcomes(), &ONE), 0.76);
    // roc_auc_score(y, p, sample_weight=w)
    near(auc(&P, &outcomes(), &W), 0.776_223_776_223_776_3);
    assert!(auc(&P, &[true; 10], &ONE).is_nan());
}

#[test]
fn brier_and_log_loss_equal_scikit_learn() {
    near(brier(&P, &outcomes(), &ONE), 0.1945);
    near(brier(&P, &outcomes(), &W), 0.186_979_166_666_666_67);
    near(log_loss(&P, &outcomes(), &ONE), 0.563_847_305_074_054_7);
    near(log_loss(&P, &outcomes(), &W), 0.551_847_066_918_974_3);
    // 1 − .1945 / (½ · ½)
    near(scores(&P, &outcomes(), &ONE).scaled_brier, 0.222);
}

#[test]
fn isotonic_equals_scikit_learn_in_any_order() {
    let (ninths, third) = (2.0 / 9.0, 1.0 / 3.0);
    let weighted = [
        0.0,
        ninths,
        ninths,
        ninths,
        0.5,
        0.5,
        2.0 / 3.0,
        2.0 / 3.0,
        1.0,
        1.0,
    ];
    let plain = [0.0, third, third, third, 0.5, 0.5, 0.5, 0.5, 1.0, 1.0];
    for (found, expected) in isotonic(&P, &outcomes(), &W).into_iter().zip(weighted) {
        near(found, expected);
    }
    for (found, expected) in isotonic(&P, &outcomes(), &ONE).into_iter().zip(plain) {
        near(found, expected);
    }
    // Reversed input: the same values, reversed.
    let backwards: Vec<f64> = P.iter().rev().copied().collect();
    let outcomes: Vec<bool> = outcomes().into_iter().rev().collect();
    for (found, expected) in isotonic(&backwards, &outcomes, &ONE)
        .into_iter()
        .rev()
        .zip(plain)
    {
        near(found, expected);
    }
}

#[test]
fn isotonic_is_right_where_linfa_is_wrong() {
    // x = 1..10, published in scikit-learn's answer: 0 0 ½ ½ ⅔ ⅔ ⅔ 1 1 1.
    let x: Vec<f64> = (1..=10).map(f64::from).collect();
    let y = [0, 0, 1, 0, 1, 1, 0, 1, 1, 1].map(|y| y == 1);
    let (half, two) = (0.5, 2.0 / 3.0);
    let expected = [0.0, 0.0, half, half, two, two, two, 1.0, 1.0, 1.0];
    for (found, expected) in isotonic(&x, &y, &ONE).into_iter().zip(expected) {
        near(found, expected);
    }
}

#[test]
fn loess_equals_statsmodels_lowess() {
    // lowess(y, x, frac=.75, it=0, delta=0)
    let x = [
        0.05, 0.1, 0.15, 0.2, 0.3, 0.32, 0.4, 0.5, 0.55, 0.7, 0.8, 0.95,
    ];
    let y = [0, 0, 1, 0, 0, 1, 1, 0, 1, 1, 1, 1].map(|y| y == 1);
    let expected = [
        0.098_156_606_291_089_52,
        0.188_304_676_425_106_5,
        0.279_702_858_787_378_33,
        0.376_577_896_071_05,
        0.547_456_004_533_218_4,
        0.532_438_503_458_452_1,
        0.567_127_740_359_744_7,
        0.694_555_107_943_368_2,
        0.749_855_315_928_743_8,
        0.869_705_849_758_760_5,
        0.952_659_908_365_849_4,
        1.079_531_919_132_613_8,
    ];
    let smooth = loess(&x, &y, &[1.0; 12], Loess::default());
    for (x, expected) in x.into_iter().zip(expected) {
        assert!(
            (smooth.at(x) - expected).abs() < 1e-10,
            "{} at {x}, expected {expected}",
            smooth.at(x)
        );
    }
}

#[test]
fn calibration_intercept_and_slope_equal_statsmodels() {
    // GLM(y, 1, offset=logit p) and GLM(y, [1, logit p]), Binomial.
    let found = calibration(&P, &outcomes(), &ONE).unwrap();
    assert!((found.intercept - 0.266_685_389_409_989_8).abs() < 1e-9);
    assert!((found.slope - 1.003_121_137_906_568_5).abs() < 1e-9);
}

#[test]
fn censoring_curve_equals_lifelines() {
    // KaplanMeierFitter().fit(T + E/2, 1 − E): an end on day L is known on the day after.
    let lengths = [20, 30, 30, 45, 45, 60, 75, 90, 90, 120];
    let ended = [1, 1, 0, 1, 0, 1, 0, 1, 0, 0].map(|e| e == 1);
    let cases = lengths
        .into_iter()
        .zip(ended)
        .map(|(length, ended)| FollowUp {
            as_of: 15,
            length,
            ended,
            observable: if ended { 500 } else { length },
        });
    let censoring = Censoring::learn(&cases.collect::<Vec<_>>());
    let expected = [
        (19, 1.0),
        (30, 8.0 / 9.0),
        (44, 8.0 / 9.0),
        (45, 0.761_904_761_904_761_6),
        (60, 0.761_904_761_904_761_6),
        (75, 0.571_428_571_428_571_3),
        (90, 0.380_952_380_952_380_8),
        (119, 0.380_952_380_952_380_8),
        (120, 0.0),
    ];
    for (day, expected) in expected {
        near(censoring.uncensored_beyond(day), expected);
    }
}

#[test]
fn weights_undo_censoring() {
    // Four cases from day 15; one is censored on day 20, before the others end on 25, 40, 40.
    // Beyond day 30: the censored one's weight goes to the three: 4/3 each, share (4/3 + 4/3) / 4.
    let case = |length, ended| FollowUp {
        as_of: 15,
        length,
        ended,
        observable: if ended { 999 } else { length },
    };
    let cases = [
        case(20, false),
        case(25, true),
        case(40, true),
        case(40, true),
    ];
    let known = Known::at(&cases, &Censoring::learn(&cases), 30);
    assert_eq!(known.rows, vec![1, 2, 3]);
    known
        .weight
        .iter()
        .for_each(|&weight| near(weight, 4.0 / 3.0));
    near(score::observed(&known.outcome, &known.weight), 2.0 / 3.0);
}

#[test]
fn quantile_is_the_smallest_value_with_the_share_below() {
    assert_eq!(score::quantile(&[3.0, 1.0, 2.0, 4.0], &[1.0; 4], 0.5), 2.0);
    assert_eq!(
        score::quantile(&[3.0, 1.0, 2.0, 4.0], &[1.0, 1.0, 1.0, 9.0], 0.5),
        4.0
    );
}

#[test]
fn average_precision_and_worklists_by_hand() {
    // From the top: .9 + · .8 + · .6 − · .55 + · (.4 + and −) · .35 − · (.2 + and −) · .1 −.
    // Recall grows by 1/5 at precisions 1, 1, 3/4, 4/6, 5/9.
    let expected = (1.0 + 1.0 + 0.75 + 4.0 / 6.0 + 5.0 / 9.0) / 5.0;
    near(average_precision(&P, &outcomes(), &ONE), expected);
    // average_precision_score(y, p, sample_weight=w): weights of the positives from the top .5, 1,
    // 2, 1, 1; of all taken .5, 1.5, 4.5, 6.5, 11. (.5 · 1 + 1 · 1 + 2 · 3.5/4.5 + 4.5/6.5 + 5.5/11) / 5.5
    let weighted = (0.5 + 1.0 + 2.0 * 3.5 / 4.5 + 4.5 / 6.5 + 5.5 / 11.0) / 5.5;
    near(average_precision(&P, &outcomes(), &W), weighted);
    // Five of ten: .9 .8 .6 .55 and one of the tied .4 (half a positive): 3.5 of 5, of 5.
    let list = worklist(&P, &outcomes(), &ONE, 5);
    near(list.precision, 3.5 / 5.0);
    near(list.recall, 3.5 / 5.0);
}

#[test]
fn net_benefit_and_binned_error_by_hand() {
    // At .5: .9 + .8 + .6 − .55 +: 3 right, 1 wrong, odds 1: (3 − 1) / 10. Everybody: (5 − 5) / 10.
    let curve = decision_curve(&P, &outcomes(), &ONE, &[0.5, 0.2]);
    near(curve[0].model, 0.2);
    near(curve[0].everybody, 0.0);
    near(curve[0].sensitivity, 0.6);
    near(curve[0].specificity, 0.8);
    // At .2 (odds ¼): all but .1: 5 right, 4 wrong: (5 − 1) / 10. Everybody: (5 − 5/4) / 10.
    near(curve[1].model, 0.4);
    near(curve[1].everybody, 0.375);
    // Two bins: up to ½ says 1.65 and sees 2 of 6, above says 2.85 and sees 3 of 4.
    near(
        expected_calibration_error(&P, &outcomes(), &ONE, 2),
        (0.35 + 0.15) / 10.0,
    );
    // (.1 + .2)/2 · 60 + (.2 + .1)/2 · 30, over 90 days.
    near(
        integrated_brier(&[30.0, 90.0, 120.0], &[0.1, 0.2, 0.1]),
        0.15,
    );
}
