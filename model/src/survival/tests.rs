use super::*;

fn seen(rows: &[(f64, u8)]) -> Vec<Observation> {
    rows.iter()
        .map(|&(time, cause)| Observation::new(time, cause))
        .collect()
}

fn near(found: f64, expected: f64, within: f64) {
    assert!(
        (found - expected).abs() < within,
        "{found}, expected {expected}"
    );
}

/// Freireich et al. 1963, 6-MP arm: remission in weeks, 0 = still in remission.
const SIX_MP: [(f64, u8); 21] = [
    (6.0, 1),
    (6.0, 1),
    (6.0, 1),
    (6.0, 0),
    (7.0, 1),
    (9.0, 0),
    (10.0, 1),
    (10.0, 0),
    (11.0, 0),
    (13.0, 1),
    (16.0, 1),
    (17.0, 0),
    (19.0, 0),
    (20.0, 0),
    (22.0, 1),
    (23.0, 1),
    (25.0, 0),
    (32.0, 0),
    (32.0, 0),
    (34.0, 0),
    (35.0, 0),
];
/// The placebo arm: all relapsed.
const PLACEBO: [f64; 21] = [
    1.0, 1.0, 2.0, 2.0, 3.0, 4.0, 4.0, 5.0, 5.0, 8.0, 8.0, 8.0, 8.0, 11.0, 11.0, 12.0, 12.0, 15.0,
    17.0, 22.0, 23.0,
];

#[test]
fn kaplan_meier_of_freireichs_remissions() {
    let curve = KaplanMeier::fit(&seen(&SIX_MP));
    // Published (Kalbfleisch and Prentice): S(6) = 18/21 = .857, S(23) = .448, median 23.
    near(curve.at(6.0, Interval::LogLog).survival, 18.0 / 21.0, 1e-12);
    near(curve.at(23.0, Interval::LogLog).survival, 0.448, 5e-4);
    assert_eq!(curve.median(Interval::Log)[0], Some(23.0));
    // Greenwood at 6: S √(3 / (21 · 18)) = .0764 (published .0764).
    near(curve.at(6.0, Interval::Log).standard_error, 0.0764, 5e-5);
    // Restricted to 10: 6 · 1 + 1 · 18/21 + 3 · (18/21)(16/17) = 6 + .857143 + 2.420168.
    near(curve.restricted_mean(10.0).mean, 9.277_311, 1e-6);
    let wide = curve.at(23.0, Interval::LogLog);
    assert!(0.0 < wide.lower && wide.lower < wide.survival && wide.survival < wide.upper);
}

fn both_arms() -> (Vec<Observation>, Vec<usize>) {
    let mut all = seen(&SIX_MP);
    all.extend(PLACEBO.iter().map(|&time| Observation::new(time, 1)));
    let arms = (0..42).map(|row| usize::from(row >= 21)).collect();
    (all, arms)
}

#[test]
fn log_rank_and_cox_of_freireichs_arms() {
    let (all, arms) = both_arms();
    let test = log_rank(&all, &arms).unwrap();
    // Published: chi-square 16.79, expected 19.3 and 10.7.
    near(test.chi_square, 16.793, 5e-4);
    near(test.expected[0], 19.25, 5e-3);
    assert!(test.p_value < 5e-5);
    let x: Vec<f64> = arms.iter().map(|&arm| arm as f64).collect();
    let mut params = CoxParams::new(all, x, 1);
    // Published for these data: Efron 1.5721 (.4124), Breslow 1.5092 (.4096).
    let efron = params.fit().unwrap();
    near(efron.coefficients[0], 1.5721, 5e-5);
    near(efron.standard_errors[0], 0.4124, 5e-5);
    params.ties = Ties::Breslow;
    let breslow = params.fit().unwrap();
    near(breslow.coefficients[0], 1.5092, 5e-5);
    near(breslow.standard_errors[0], 0.4096, 5e-5);
}

#[test]
fn a_spell_cut_in_two_leaves_cox_as_it_was() {
    let (all, arms) = both_arms();
    let whole = CoxParams::new(all.clone(), arms.iter().map(|&arm| arm as f64).collect(), 1);
    let mut cut = CoxParams::new(Vec::new(), Vec::new(), 1);
    for (one, &arm) in all.iter().zip(&arms) {
        // Seen until 3.5 without event, then from 3.5 on.
        if one.time > 3.5 {
            cut.observations.push(Observation::new(3.5, 0));
            cut.entry.push(0.0);
            cut.covariates.push(arm as f64);
        }
        cut.observations.push(*one);
        cut.entry.push(if one.time > 3.5 { 3.5 } else { 0.0 });
        cut.covariates.push(arm as f64);
    }
    let (whole, cut) = (whole.fit().unwrap(), cut.fit().unwrap());
    near(cut.coefficients[0], whole.coefficients[0], 1e-9);
    near(cut.standard_errors[0], whole.standard_errors[0], 1e-9);
}

#[test]
fn incidences_of_all_causes_and_survival_make_one() {
    let rows = [(1.0, 1), (2.0, 2), (2.0, 0), (3.0, 1), (4.0, 2), (5.0, 0)];
    let rows = seen(&rows);
    // At 1: 1/6. At 2 S before = 5/6, cause 2: 5/6 · 1/5 = 1/6. At 3: S before = 4/6, three left:
    // cause 1: 4/6 · 1/3 = 2/9. At 4: S before = 4/9, cause 2: 4/9 · 1/2 = 2/9.
    let one = AalenJohansen::fit(&rows, 1);
    let two = AalenJohansen::fit(&rows, 2);
    near(one.at(3.5).incidence, 1.0 / 6.0 + 2.0 / 9.0, 1e-12);
    near(two.at(4.0).incidence, 1.0 / 6.0 + 2.0 / 9.0, 1e-12);
    let left = KaplanMeier::fit(&rows).at(4.0, Interval::Log).survival;
    near(
        one.at(4.0).incidence + two.at(4.0).incidence + left,
        1.0,
        1e-12,
    );
    // With one cause the variance is Greenwood's.
    let alone = seen(&SIX_MP);
    let incidence = AalenJohansen::fit(&alone, 1).at(16.0).standard_error;
    near(
        incidence,
        KaplanMeier::fit(&alone)
            .at(16.0, Interval::Log)
            .standard_error,
        1e-12,
    );
    // Area under the incidence of cause 1 up to 4: 1/6 · 3 + 2/9 · 1.
    near(one.restricted_time(4.0), 0.5 + 2.0 / 9.0, 1e-12);
}

#[test]
fn pairs_are_counted_by_hand() {
    // Events at 1 and 3, censored at 2 and 3. Pairs: (1; all three), (3; censored at 3).
    let rows = seen(&[(1.0, 1), (2.0, 0), (3.0, 1), (3.0, 0)]);
    let found = concordance(&rows, &[0.9, 0.9, 0.5, 0.7]);
    // 1 against 2: tied; against the others: concordant; 3 against censored at 3: discordant.
    assert_eq!(
        (found.concordant, found.tied, found.discordant),
        (2.0, 1.0, 1.0)
    );
    near(found.c(), 2.5 / 4.0, 1e-15);
}

#[test]
fn chi_square_tails_of_the_printed_table() {
    // 95 % points of the usual table; for 2 degrees of freedom the tail is exp(−x/2).
    for (x, freedom) in [
        (3.841_458_820_694_124, 1),
        (5.991_464_547_107_979, 2),
        (18.307_038_053_275_146, 10),
    ] {
        near(chi_square_tail(x, freedom), 0.05, 1e-12);
    }
    near(chi_square_tail(1.0, 2), (-0.5_f64).exp(), 1e-14);
    near(chi_square_tail(40.0, 2), (-20.0_f64).exp(), 1e-20);
}
