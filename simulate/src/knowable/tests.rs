use super::*;

/// Lengths of two kinds only: 21 days for six of ten, 120 for four.
fn lengths() -> Vec<f64> {
    let mut lengths = vec![0.0; 200];
    (lengths[21 - 15], lengths[120 - 15]) = (0.6, 0.4);
    lengths
}

/// A first certificate of so many days, signed on the first day.
fn first(days: i32) -> Reach {
    Reach {
        before: 0,
        days,
        last: days - 15,
        signed: -14,
        gaps: 0,
        last_gap: 0,
        late_rate: 0.03,
    }
}

#[test]
fn a_certificate_that_ends_where_the_case_may_end_by_hand() {
    // 21 days: P(planned 21) = .2, P(planned ≥ 21) = .35. If the case is one of 21 days it ends here: .35.
    // If of 120: gaps begin after 8–112 days, 105 places; 14 of them (8–21) must be free: later = 91/105 = .866667.
    // No gap so far: .93 + .07·.75·.866667 + .07·.25·.751111 = .988644; one here, the other later or the same:
    // .0525/105 + .0175·(2·.866667/105 + 1/11025) = .000790. So .988644·.2 + .000790·.35 = .198006.
    // P(120) = .4·.198006 / (.4·.198006 + .6·.35) = .079202 / .289202 = .273865.
    let [over_30, .., over_180, over_365] = first(21).beyond(&lengths()).unwrap();
    assert!((over_30 - 0.273_865).abs() < 2e-6, "{over_30}");
    assert_eq!((over_180, over_365), (0.0, 0.0));
}

#[test]
fn a_certificate_longer_than_a_length_rules_it_out() {
    // 28 days cannot be written in a case of 21.
    let beyond = first(28).beyond(&lengths()).unwrap();
    assert_eq!(beyond, [1.0, 1.0, 1.0, 0.0, 0.0]);
}

#[test]
fn a_certificate_of_days_that_nobody_plans_ends_a_case_or_begins_a_gap() {
    // 20 days, and lengths 20 or 120: .35·.000794 against .35, where of 105 places 13 must be free
    // (later = 92/105 = .876190): .0525/105 + .0175·(2·.876190/105 + 1/11025) = .000794.
    let mut lengths = lengths();
    lengths.swap(20 - 15, 21 - 15);
    let [over_30, ..] = first(20).beyond(&lengths).unwrap();
    let expected = 0.4 * 0.000_794 / (0.4 * 0.000_794 + 0.6);
    assert!((over_30 - expected).abs() < 1e-6, "{over_30}");
}

#[test]
fn a_certificate_is_in_force_to_its_last_day() {
    assert!(first(15).in_force() && !first(14).in_force());
}

#[test]
fn a_reach_beyond_every_length_tells_nothing() {
    // Longer than any length there is.
    assert_eq!(first(28).beyond(&lengths()[..10]), None);
}

#[test]
fn a_next_certificate_that_is_due_and_unknown_by_hand() {
    // This one ends on day 15, so the next is signed on day 13–18. 16, 17, 18: unknown. 15, 14: unknown if late, which
    // is 2 days at least. 13: if late by more than 2 of 2–20 days, 18 of 19.
    let expected = (3.0 + 0.03 * (1.0 + 1.0 + 18.0 / 19.0)) / 6.0;
    assert!((first(15).next_unknown(0) - expected).abs() < 1e-12);
    // Never signed before the certificate that it follows.
    let signed = Reach {
        signed: 1,
        ..first(15)
    };
    assert_eq!(signed.next_unknown(0), 1.0);
}

#[test]
fn after_a_gap_only_cases_of_more_than_30_days_remain() {
    let reach = Reach {
        before: 9,
        days: 14,
        last: 10,
        gaps: 1,
        last_gap: 9,
        ..first(23)
    };
    let mut lengths = lengths();
    lengths.swap(23 - 15, 21 - 15);
    assert_eq!(reach.beyond(&lengths).unwrap()[0], 1.0);
}
