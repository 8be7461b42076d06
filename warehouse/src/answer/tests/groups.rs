use super::*;
use crate::{Diagnosis, DoctorProfile, Doctors, UnitDepth, UnitDirectory, UnitEntry};

/// A warehouse whose diagnoses are these, number 1 first.
fn coded(facts: Vec<Fact>, codes: &[&str]) -> Warehouse {
    let mut warehouse = warehouse(facts);
    let all = std::iter::once("").chain(codes.iter().copied());
    warehouse.names.diagnoses = all.map(str::to_owned).collect();
    warehouse
}

fn labels(table: &PublishedTable) -> Vec<(String, f64)> {
    let groups = &table.dimensions()[0].categories;
    let labelled = groups.iter().enumerate();
    labelled
        .map(|(at, group)| (group.code.clone(), row(table, &[at])[0]))
        .collect()
}

#[test]
fn of_more_than_seven_diagnoses_the_six_largest_and_the_rest_are_drawn() {
    // Blocks of chapter F: three cases of F00, two of F10, one each of F20, F30, F40, F50, F60 and F70: eight blocks.
    let codes = ["F00", "F10", "F20", "F30", "F40", "F50", "F60", "F70"];
    let numbers = [1, 1, 1, 2, 2, 3, 4, 5, 6, 7, 8];
    let facts = numbers.iter().zip(1..).map(|(&diagnosis, person)| Fact {
        diagnosis,
        ..period(person, 0, "2013-01-01", "2013-01-05")
    });
    let question = Question {
        diagnoses: vec![Diagnosis::Chapter("F00-F99".to_owned())],
        ..question(
            "enskilt_diagnoskapitel",
            Scope::National,
            View::Cross,
            "2013-01",
            "2013-01",
        )
    };
    let table = coded(facts.collect(), &codes)
        .answer(&question, Policy::None)
        .unwrap();
    assert_eq!(
        table.dimensions()[0].categories.len(),
        11,
        "all blocks stand in the table"
    );
    let drawn = labels(&table.chart());
    let codes: Vec<&str> = drawn.iter().map(|(code, _)| code.as_str()).collect();
    assert_eq!(
        codes,
        [
            "F00-F09", "F10-F19", "F20-F29", "F30-F39", "F40-F48", "F50-F59", "other"
        ]
    );
    // The rest is F60 and F70: 1 + 1.
    assert_eq!(
        drawn.iter().map(|(_, cases)| *cases).collect::<Vec<_>>(),
        [3.0, 2.0, 1.0, 1.0, 1.0, 1.0, 2.0]
    );
}

#[test]
fn compared_diagnoses_count_by_the_last_in_a_series_and_by_all_in_a_cross_section() {
    // F432 until the 10th, then M545: the last in January is M545.
    let facts = vec![
        Fact {
            diagnosis: 1,
            ..period(1, 0, "2013-01-01", "2013-01-10")
        },
        Fact {
            diagnosis: 2,
            arrival: 2,
            ..period(1, 0, "2013-01-11", "2013-01-20")
        },
    ];
    let warehouse = coded(facts, &["F432", "M545"]);
    let ask = |view| {
        let question = Question {
            diagnoses: vec![
                Diagnosis::Category("F43".to_owned()),
                Diagnosis::Chapter("F00-F99".to_owned()),
                Diagnosis::Chapter("M00-M99".to_owned()),
            ],
            ..question(
                "jamfor_diagnoser",
                Scope::National,
                view,
                "2013-01",
                "2013-01",
            )
        };
        warehouse.answer(&question, Policy::None).unwrap()
    };
    let cross = ask(View::Cross);
    assert_eq!([0, 1, 2].map(|at| row(&cross, &[at])[0]), [1.0, 1.0, 1.0]);
    let series = ask(View::Series);
    assert_eq!(
        [0, 1, 2].map(|at| row(&series, &[0, at])[0]),
        [0.0, 0.0, 1.0]
    );
}

#[test]
fn a_report_by_unit_shows_care_units_or_what_is_below_them() {
    // One case with certificates at E0 and at E1, which is a unit of E0.
    let facts = vec![
        period(1, 0, "2013-01-01", "2013-01-10"),
        Fact {
            arrival: 2,
            unit: 1,
            ..period(1, 0, "2013-01-11", "2013-01-20")
        },
    ];
    let entry = |name: &str, parent: Option<&str>| UnitEntry {
        name: name.to_owned(),
        parent: parent.map(str::to_owned),
        care_provider: "VG0".to_owned(),
    };
    let directory = UnitDirectory::new([
        ("E0".to_owned(), entry("Berg", None)),
        ("E1".to_owned(), entry("Dal", Some("E0"))),
        ("E2".to_owned(), entry("Ås", None)),
    ]);
    let warehouse = warehouse(facts).with_units(directory);
    let ask = |view, depth| {
        let question = Question {
            depth,
            ..question(
                "sjukfall_per_enhet",
                units("VG0", &[]),
                view,
                "2013-01",
                "2013-01",
            )
        };
        warehouse.answer(&question, Policy::None).unwrap()
    };
    let cross = ask(View::Cross, UnitDepth::CareUnits);
    assert_eq!(labels(&cross), [("E0".to_owned(), 1.0)]);
    assert_eq!(
        labels(&ask(View::Cross, UnitDepth::SubUnits)),
        [("E1".to_owned(), 1.0)]
    );
    // A series shows every care unit, also the one without cases.
    let series = ask(View::Series, UnitDepth::CareUnits);
    let names: Vec<&str> = series.dimensions()[1]
        .categories
        .iter()
        .map(|c| c.label.sv.as_str())
        .collect();
    assert_eq!(names, ["Berg", "Ås"]);
    assert_eq!([0, 1].map(|at| row(&series, &[0, at])[0]), [1.0, 0.0]);
}

#[test]
fn a_case_counts_for_each_doctor_as_each_was_at_the_latest_certificate() {
    let profile = |sex, age| DoctorProfile {
        sex,
        age,
        positions: vec![201_010],
    };
    let mut doctors = Doctors::new();
    // Doctor 0 turned 60 between her two certificates; doctor 1 is a man of known sex and unknown age.
    doctors.profile_at(1, profile(Sex::Woman, 59));
    doctors.profile_at(2, profile(Sex::Woman, 60));
    doctors.profile_at(3, profile(Sex::Man, 0));
    let by = |arrival, doctor, start, end| Fact {
        arrival,
        doctor,
        ..period(1, 0, start, end)
    };
    let mut warehouse = warehouse(vec![
        by(1, 0, "2013-01-01", "2013-01-05"),
        by(2, 0, "2013-01-06", "2013-01-10"),
        by(3, 1, "2013-01-11", "2013-01-15"),
    ])
    .with_doctors(doctors);
    warehouse.names.doctors = vec!["D0".to_owned(), "D1".to_owned()];
    let counted = |report: &str| {
        let question = question(report, units("VG0", &[]), View::Cross, "2013-01", "2013-01");
        let table = warehouse.answer(&question, Policy::None).unwrap();
        labels(&table)
            .into_iter()
            .filter(|(_, cases)| *cases > 0.0)
            .collect::<Vec<_>>()
    };
    assert_eq!(counted("lakarkonalder"), [("2-60".to_owned(), 1.0)]);
    // Both have the position: the case counts twice under it.
    assert_eq!(counted("lakarbefattning"), [("201010".to_owned(), 2.0)]);
    assert_eq!(
        counted("sjukfall_per_lakare"),
        [("D0".to_owned(), 1.0), ("D1".to_owned(), 1.0)]
    );
}

#[test]
fn two_doctors_of_one_name_are_told_apart_by_id() {
    let mut doctors = Doctors::new();
    doctors.name("D0", "Anna Andersson");
    doctors.name("D1", "anna andersson");
    let mut warehouse = warehouse(vec![
        period(1, 0, "2013-01-01", "2013-01-05"),
        Fact {
            doctor: 1,
            ..period(2, 0, "2013-01-01", "2013-01-05")
        },
    ])
    .with_doctors(doctors);
    warehouse.names.doctors = vec!["D0".to_owned(), "D1".to_owned()];
    let question = question(
        "sjukfall_per_lakare",
        units("VG0", &[]),
        View::Cross,
        "2013-01",
        "2013-01",
    );
    let table = warehouse.answer(&question, Policy::None).unwrap();
    let names: Vec<&str> = table.dimensions()[0]
        .categories
        .iter()
        .map(|c| c.label.sv.as_str())
        .collect();
    assert_eq!(names, ["Anna Andersson D0", "anna andersson D1"]);
}
