use frisk_codes::{AgeGroup, LengthGroup};

use super::*;
use crate::{Diagnosis, Filter};

/// Person 1 at VG0: 1–10 January for F320 at E0, 5–31 January for M545 at E1.
fn two_certificates() -> Warehouse {
    warehouse(vec![
        Fact {
            diagnosis: 1,
            ..period(1, 0, "2013-01-01", "2013-01-10")
        },
        Fact {
            diagnosis: 2,
            arrival: 2,
            unit: 1,
            care_unit: 1,
            ..period(1, 0, "2013-01-05", "2013-01-31")
        },
    ])
}

/// Cases of VG0 in January by length group, narrowed.
fn by_length(filter: Filter) -> Vec<(String, f64)> {
    let question = Question {
        filter,
        ..question(
            "sjukskrivningslangd",
            units("VG0", &[]),
            View::Cross,
            "2013-01",
            "2013-01",
        )
    };
    let table = two_certificates().answer(&question, Policy::None).unwrap();
    let groups = &table.dimensions()[0].categories;
    let counted = groups
        .iter()
        .enumerate()
        .map(|(at, group)| (group.code.clone(), row(&table, &[at])[0]));
    counted.filter(|(_, cases)| *cases > 0.0).collect()
}

fn one(code: &str) -> Vec<(String, f64)> {
    vec![(code.to_owned(), 1.0)]
}

#[test]
fn a_case_is_made_of_the_certificates_that_the_filter_lets_through() {
    // All: 1–31 January, 31 days. F320 alone: 1–10 January; what lies outside adds no day after its own last: 10 days.
    assert_eq!(by_length(Filter::default()), one("31-60"));
    let mental = Diagnosis::Chapter("F00-F99".to_owned());
    assert_eq!(
        by_length(Filter {
            diagnoses: Some(vec![mental]),
            ..Filter::default()
        }),
        one("0-14")
    );
    // E1 alone: 5–31 January, 27 days; the certificate before it, which joins, lends 1–4 January: 31 days.
    let unit = Some(BTreeSet::from(["E1".to_owned()]));
    assert_eq!(
        by_length(Filter {
            units: unit,
            ..Filter::default()
        }),
        one("31-60")
    );
}

#[test]
fn lengths_are_those_of_the_finished_case() {
    let lengths = |groups: &[i32]| Filter {
        lengths: Some(groups.iter().map(|days| LengthGroup::of(*days)).collect()),
        ..Filter::default()
    };
    assert_eq!(by_length(lengths(&[31])), one("31-60"));
    assert_eq!(by_length(lengths(&[10, 27])), []);
}

#[test]
fn ages_are_those_of_the_certificates_and_an_empty_choice_lets_nothing_through() {
    let ages = |ages: &[i32]| Filter {
        ages: Some(ages.iter().map(|age| AgeGroup::of(*age)).collect()),
        ..Filter::default()
    };
    // Both certificates are of a person of 40.
    assert_eq!(by_length(ages(&[40])), one("31-60"));
    assert_eq!(by_length(ages(&[41])), []);
    assert_eq!(by_length(ages(&[])), []);
}

#[test]
fn units_that_the_asker_may_not_see_stay_unseen() {
    let question = Question {
        filter: Filter {
            units: Some(BTreeSet::from(["E1".to_owned()])),
            ..Filter::default()
        },
        ..question(
            "sjukfall_totalt",
            units("VG0", &["E0"]),
            View::Cross,
            "2013-01",
            "2013-01",
        )
    };
    let table = two_certificates().answer(&question, Policy::None).unwrap();
    assert_eq!(row(&table, &[0])[0], 0.0);
    let selection = two_certificates().selection(&question);
    assert!(!selection.all_units && selection.units.is_empty() && selection.all_ages);
}

#[test]
fn the_reader_is_told_why_there_is_nothing() {
    let icd10 = Icd10::builtin();
    let notices = |filter: Filter| {
        let question = Question {
            filter,
            diagnoses: vec![Diagnosis::Chapter("M00-M99".to_owned())],
            ..question(
                "enskilt_diagnoskapitel",
                units("VG0", &[]),
                View::Cross,
                "2013-02",
                "2013-02",
            )
        };
        let table = two_certificates().answer(&question, Policy::None).unwrap();
        table
            .notices(&icd10)
            .into_iter()
            .map(crate::Notice::code)
            .collect::<Vec<_>>()
    };
    assert_eq!(notices(Filter::default()), ["NO_DATA"]);
    let ages = Some(BTreeSet::from([AgeGroup::of(40)]));
    assert_eq!(
        notices(Filter {
            ages,
            ..Filter::default()
        }),
        ["ST_F_FI_010"]
    );
    // Nothing of F lies in M: that outranks the empty table.
    let mental = Some(vec![Diagnosis::Chapter("F00-F99".to_owned())]);
    assert_eq!(
        notices(Filter {
            diagnoses: mental,
            ..Filter::default()
        }),
        ["ST_F_FI_011"]
    );
}
