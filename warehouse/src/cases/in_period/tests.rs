use proptest::prelude::*;

use super::*;
use crate::{cases::cases_by_period, fact::tests::fact};

/// What a test looks at: start, end, length, age, degree of the last period, certificates.
type Seen = (i32, i32, i32, i16, u8, usize);

fn summary(case: &CaseInPeriod<'_>) -> Seen {
    let age = case.age();
    let degree = case.last().degree;
    (
        case.start,
        case.end,
        case.length_days,
        age,
        degree,
        case.certificates(),
    )
}

fn cases(patient: &[Fact], first: i32, last: i32, unit: Option<u32>) -> Vec<Seen> {
    let mut out = Vec::new();
    let builder = CaseBuilder {
        rules: ValidCaseRules::official(),
        extend: unit.is_some(),
    };
    let seen = |f: &Fact| unit.is_none_or(|unit| f.unit == unit);
    builder.cases_in(patient, Days { first, last }, seen, |case| {
        out.push(summary(&case))
    });
    out
}

fn at(unit: u32, start: i32, end: i32, arrival: i64) -> Fact {
    Fact {
        unit,
        arrival,
        ..fact(start, end)
    }
}

#[test]
fn a_month_that_is_only_a_gap_does_not_count() {
    // Days 1–30 and 36–40 are one case (5 free days), but 31–35 has no certificate.
    let patient = [fact(1, 30), fact(36, 40)];
    assert_eq!(cases(&patient, 31, 35, None), []);
    // Days 36–60: the own period is 36–40, the length also counts 1–30: 30 + 5 = 35.
    assert_eq!(cases(&patient, 36, 60, None), [(36, 40, 35, 40, 100, 1)]);
}

#[test]
fn what_begins_after_the_period_is_not_known_yet() {
    // In days 1–10 the second period (day 11 on) has not begun, but the first counts to its end: 15 days.
    let patient = [
        fact(1, 15),
        Fact {
            degree: 50,
            ..fact(11, 40)
        },
    ];
    assert_eq!(cases(&patient, 1, 10, None), [(1, 15, 15, 40, 100, 1)]);
    // In days 1–11 it has: days 1–40, and its degree is the last.
    assert_eq!(cases(&patient, 1, 11, None), [(1, 40, 40, 40, 50, 1)]);
}

#[test]
fn the_last_period_is_by_start_then_arrival_then_degree() {
    let last = |mut patient: Vec<Fact>| {
        patient.sort_by_key(|f| (f.start, f.arrival, f.degree));
        cases(&patient, 1, 31, None)[0].4
    };
    // Same start: the one that arrived last decides, whatever its end.
    let later = Fact {
        degree: 25,
        arrival: 9,
        ..fact(1, 3)
    };
    assert_eq!(last(vec![later, fact(1, 20)]), 25);
    // Same certificate: the highest degree.
    assert_eq!(
        last(vec![
            fact(1, 3),
            Fact {
                degree: 75,
                ..fact(1, 20)
            }
        ]),
        100
    );
}

#[test]
fn the_age_is_the_highest() {
    let patient = [
        Fact {
            age: 51,
            ..fact(1, 5)
        },
        Fact {
            age: 50,
            ..fact(6, 9)
        },
    ];
    assert_eq!(cases(&patient, 1, 31, None), [(1, 9, 9, 51, 100, 1)]);
}

#[test]
fn other_units_lengthen_a_case_backwards_and_between_but_not_after() {
    // Unit 2 before (1–10), unit 1 (11–20), unit 2 between (21–25), unit 1 (26–30), unit 2 after (31–50).
    let patient = [
        at(2, 1, 10, 1),
        at(1, 11, 20, 2),
        at(2, 21, 25, 3),
        at(1, 26, 30, 4),
        at(2, 31, 50, 5),
    ];
    // Unit 1 sees one case, 1–30: own 10 + 5, between 5, before 10 = 30 days, four certificates.
    assert_eq!(cases(&patient, 1, 60, Some(1)), [(1, 30, 30, 40, 100, 4)]);
    // Unit 2 sees 1–50, all days, all five certificates.
    assert_eq!(cases(&patient, 1, 60, Some(2)), [(1, 50, 50, 40, 100, 5)]);
    // A unit without periods sees nothing.
    assert_eq!(cases(&patient, 1, 60, Some(3)), []);
}

#[test]
fn a_gap_at_other_units_of_six_days_ends_the_walk_backwards() {
    // Unit 2 on days 1–10, unit 1 on 17–20: six free days between. 11–16 would have joined with five.
    let apart = [at(2, 1, 10, 1), at(1, 17, 20, 2)];
    assert_eq!(cases(&apart, 1, 31, Some(1)), [(17, 20, 4, 40, 100, 1)]);
    let close = [at(2, 1, 10, 1), at(1, 16, 20, 2)];
    assert_eq!(cases(&close, 1, 31, Some(1)), [(1, 20, 15, 40, 100, 2)]);
}

fn patient() -> impl Strategy<Value = Vec<Fact>> {
    let one = (0..200_i32, 0..40_i32, 1..6_i64, 1..=4_u8, 20..60_i16);
    proptest::collection::vec(one, 0..12).prop_map(|rows| {
        let mut facts: Vec<Fact> = rows
            .into_iter()
            .map(|(start, days, arrival, quarters, age)| Fact {
                arrival,
                degree: quarters * 25,
                age,
                ..fact(start, start + days)
            })
            .collect();
        facts.sort_by_key(|f| (f.start, f.arrival, f.degree));
        facts
    })
}

proptest! {
    /// One pass over the history gives what the rule gives step by step, for months and for one block.
    #[test]
    fn the_fast_path_agrees_with_the_rule(patient in patient(), width in 1..70_i32) {
        let periods: Vec<Days> = (0..=240 / width)
            .map(|i| Days { first: i * width, last: (i + 1) * width - 1 })
            .collect();
        let mut fast = vec![Vec::new(); periods.len()];
        let rules = ValidCaseRules::official();
        cases_by_period(&patient, &periods, rules, &mut Vec::new(), |i, case| {
            fast[i].push(summary(&case));
        });
        for (period, fast) in periods.iter().zip(fast) {
            prop_assert_eq!(cases(&patient, period.first, period.last, None), fast);
        }
    }

    /// Where everything may be seen, extension over other units changes neither what decides a report nor the
    /// length: only how far back the case begins and how many certificates it has.
    #[test]
    fn extension_adds_nothing_where_everything_is_seen(patient in patient(), width in 1..70_i32) {
        let without = |case: &CaseInPeriod<'_>| {
            (case.end, case.length_days, case.age(), case.facts.to_vec())
        };
        for first in (0..240).step_by(usize::try_from(width).unwrap()) {
            let period = Days { first, last: first + width - 1 };
            let rules = ValidCaseRules::official();
            let all = |extend| {
                let mut out = Vec::new();
                let builder = CaseBuilder { rules, extend };
                builder.cases_in(&patient, period, |_| true, |case| out.push(without(&case)));
                out
            };
            prop_assert_eq!(all(true), all(false));
        }
    }

    /// The length is the number of distinct days, counted one by one.
    #[test]
    fn length_is_the_number_of_distinct_days(patient in patient()) {
        for case in SickCases::new(&patient, ValidCaseRules::official()) {
            let facts = &patient[case.first..=case.last];
            let days: std::collections::BTreeSet<i32> =
                facts.iter().flat_map(|f| f.start..=f.end).collect();
            prop_assert_eq!(case.length_days, i32::try_from(days.len()).unwrap());
        }
    }
}
