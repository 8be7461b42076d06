mod certificates;
mod filters;
mod groups;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use frisk_codes::{Icd10, Sex};

use super::*;
use crate::{
    Cell, Fact, Facts, Filter, Names, OverviewPart, Population, Scope, Snapshot, fact::tests::fact,
};

fn day(text: &str) -> i32 {
    text.parse::<NaiveDate>().unwrap().to_epoch_days()
}

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

/// A period of a person at a care provider; unit numbers are provider × 2 and provider × 2 + 1.
fn period(person: i64, provider: u32, start: &str, end: &str) -> Fact {
    Fact {
        person,
        provider,
        unit: provider * 2,
        care_unit: provider * 2,
        arrival: person,
        ..fact(day(start), day(end))
    }
}

fn warehouse(facts: Vec<Fact>) -> Warehouse {
    // Two buckets by person, as the tables have them.
    let (odd, even): (Vec<Fact>, Vec<Fact>) = facts.into_iter().partition(|f| f.person % 2 == 1);
    let mut buckets = [odd, even].map(|facts| Facts { facts });
    buckets.iter_mut().for_each(Facts::sort);
    let snapshot = Snapshot {
        name: "000001-test".to_owned(),
        tables: BTreeMap::new(),
        data_through: NaiveDate::from_ymd_opt(2014, 1, 1).unwrap(),
    };
    let texts = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect();
    let names = Names {
        providers: texts(&["VG0", "VG1"]),
        units: texts(&["E0", "E1", "E2", "E3"]),
        doctors: texts(&["D"]),
        diagnoses: texts(&["", "F320", "M545", "X"]),
    };
    Warehouse::in_memory(snapshot, buckets.into(), names, Icd10::builtin())
}

fn question(report: &str, scope: Scope, view: View, from: &str, to: &str) -> Question {
    Question::new(report, scope, view, month(from), month(to))
}

fn units(care_provider: &str, units: &[&str]) -> Scope {
    Scope::Units {
        care_provider: care_provider.to_owned(),
        units: units
            .iter()
            .map(|u| (*u).to_owned())
            .collect::<BTreeSet<_>>(),
    }
}

/// Total, women and men of a row.
fn row(table: &PublishedTable, at: &[usize]) -> [f64; 3] {
    [0, 1, 2].map(|sex| match table.cell(&[at, &[sex]].concat()) {
        Some(Cell::Value(value)) => value,
        other => panic!("{at:?}: {other:?}"),
    })
}

#[test]
fn the_country_is_the_sum_over_care_providers() {
    // Person 1 has a case at both care providers: two cases. Person 2, a man, one in February only.
    let facts = vec![
        period(1, 0, "2013-01-20", "2013-02-03"),
        period(1, 1, "2013-02-01", "2013-02-10"),
        Fact {
            sex: 1,
            ..period(2, 1, "2013-02-28", "2013-02-28")
        },
    ];
    let warehouse = warehouse(facts);
    let ask = |scope| {
        let question = question("sjukfall_totalt", scope, View::Series, "2013-01", "2013-03");
        let table = warehouse.answer(&question, Policy::None).unwrap();
        [0, 1, 2].map(|month| row(&table, &[month]))
    };
    let nothing = [0.0, 0.0, 0.0];
    assert_eq!(
        ask(Scope::National),
        [[1.0, 1.0, 0.0], [3.0, 2.0, 1.0], nothing]
    );
    assert_eq!(ask(units("VG1", &[])), [nothing, [2.0, 1.0, 1.0], nothing]);
    assert_eq!(ask(units("VG9", &[])), [nothing, nothing, nothing]);
}

#[test]
fn a_small_value_is_zero_before_the_sum_never_after() {
    // Care provider 0: three women. Care provider 1: two women and three men.
    let mut facts: Vec<Fact> = (1..=3)
        .map(|p| period(p, 0, "2013-01-01", "2013-01-05"))
        .collect();
    facts.extend((4..=5).map(|p| period(p, 1, "2013-01-01", "2013-01-05")));
    facts.extend((6..=8).map(|p| Fact {
        sex: 1,
        ..period(p, 1, "2013-01-01", "2013-01-05")
    }));
    let warehouse = warehouse(facts);
    let question = question(
        "sjukfall_totalt",
        Scope::National,
        View::Cross,
        "2013-01",
        "2013-01",
    );
    let ask = |policy| row(&warehouse.answer(&question, policy).unwrap(), &[0]);
    assert_eq!(ask(Policy::None), [8.0, 5.0, 3.0]);
    // Threshold 3: the two women of provider 1 vanish, 3 + 0 women and 0 + 3 men stay.
    assert_eq!(ask(Policy::Compat { threshold: 3 }), [6.0, 3.0, 3.0]);
    // Threshold 4: nothing stays, though there are 5 women in the country.
    assert_eq!(ask(Policy::Compat { threshold: 4 }), [0.0, 0.0, 0.0]);
    let table = warehouse
        .answer(&question, Policy::Compat { threshold: 3 })
        .unwrap();
    assert!(
        table
            .notes()
            .iter()
            .any(|note| note.en.contains("below 3 counts as zero"))
    );
    assert_eq!(table.policy(), Policy::Compat { threshold: 3 });
}

#[test]
fn what_limits_an_answer_is_said_beside_it() {
    // The data reach 1 January 2014.
    let warehouse = warehouse(vec![period(1, 0, "2013-01-01", "2013-01-05")]);
    let notes = |scope, to| {
        let question = question("sjukfall_totalt", scope, View::Series, "2013-01", to);
        let table = warehouse.answer(&question, Policy::None).unwrap();
        table
            .notes()
            .iter()
            .map(|note| note.en.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(notes(Scope::National, "2013-12"), Vec::<String>::new());
    let ahead = notes(Scope::National, "2014-01");
    assert!(
        ahead[0].starts_with("The data reach 2014-01-01"),
        "{ahead:?}"
    );
    let unit = notes(units("VG0", &["E0"]), "2013-12");
    assert!(unit[0].contains("other units"), "{unit:?}");
    assert_eq!(notes(units("VG0", &[]), "2013-12"), Vec::<String>::new());
}

#[test]
fn open_scopes_are_protected_and_a_units_own_are_not() {
    let policy = |scope| Policy::for_scope(&scope, 5);
    assert_eq!(policy(Scope::National), Policy::Compat { threshold: 5 });
    let region = Scope::Region {
        region: "23".to_owned(),
    };
    assert_eq!(policy(region), Policy::Compat { threshold: 5 });
    assert_eq!(policy(units("VG0", &["E0"])), Policy::None);
}

#[test]
fn a_case_is_in_its_last_degree_in_a_series_and_in_all_in_a_cross_section() {
    // 100 % to 15 October, 50 % from the 16th: October and November count 50 %.
    let facts = vec![
        period(1, 0, "2014-10-01", "2014-10-15"),
        Fact {
            degree: 50,
            ..period(1, 0, "2014-10-16", "2014-11-02")
        },
    ];
    let warehouse = warehouse(facts);
    let ask = |view| {
        let question = question(
            "sjukskrivningsgrad",
            Scope::National,
            view,
            "2014-10",
            "2014-11",
        );
        warehouse.answer(&question, Policy::None).unwrap()
    };
    let series = ask(View::Series);
    let total = |at: &[usize]| row(&series, at)[0];
    // Groups are 25, 50, 75, 100 %.
    assert_eq!(
        [0, 1].map(|m| [0, 1, 2, 3].map(|g| total(&[m, g]))),
        [[0.0, 1.0, 0.0, 0.0]; 2]
    );
    let cross = ask(View::Cross);
    assert_eq!(
        [0, 1, 2, 3].map(|g| row(&cross, &[g])[0]),
        [0.0, 1.0, 0.0, 1.0]
    );
}

#[test]
fn chapters_sum_to_groups_and_no_valid_code_stands_only_when_it_occurs() {
    let with = |diagnosis, person| Fact {
        diagnosis,
        ..period(person, 0, "2013-01-01", "2013-01-31")
    };
    let ask = |facts| {
        let question = question(
            "diagnosgrupp",
            Scope::National,
            View::Cross,
            "2013-01",
            "2013-01",
        );
        warehouse(facts).answer(&question, Policy::None).unwrap()
    };
    let table = ask(vec![with(1, 1), with(1, 2), with(2, 3)]);
    // 22 chapters; F is the fifth, M the thirteenth.
    assert_eq!(table.dimensions()[0].categories.len(), 22);
    assert_eq!([row(&table, &[4])[0], row(&table, &[12])[0]], [2.0, 1.0]);
    // Groups: somatic, mental, musculoskeletal, …
    let groups = table.chart();
    assert_eq!(groups.dimensions()[0].categories.len(), 7);
    assert_eq!([0, 1, 2].map(|g| row(&groups, &[g])[0]), [0.0, 2.0, 1.0]);
    // "X" is no code, and 0 is none at all.
    let table = ask(vec![with(3, 1), with(0, 2), with(1, 3)]);
    assert_eq!(table.dimensions()[0].categories.len(), 23);
    assert_eq!(row(&table, &[22])[0], 2.0);
    assert_eq!(row(&table.chart(), &[7])[0], 2.0);
}

#[test]
fn long_cases_have_more_than_ninety_days() {
    // 1 January to 31 March 2013 is 31 + 28 + 31 = 90 days; one more is long from the month it is begun in.
    let ask = |end| {
        let facts = vec![period(1, 0, "2013-01-01", end)];
        let question = question(
            "langa_sjukfall",
            Scope::National,
            View::Cross,
            "2013-01",
            "2013-04",
        );
        row(
            &warehouse(facts).answer(&question, Policy::None).unwrap(),
            &[0],
        )[0]
    };
    assert_eq!([ask("2013-03-31"), ask("2013-04-01")], [0.0, 1.0]);
}

#[test]
fn a_region_is_its_care_units_and_their_cases_reach_back_over_other_units() {
    // Region 1's unit E0 has 40 days; before it, the same care provider's E1 in region 3 has 60.
    let before = Fact {
        unit: 1,
        care_unit: 1,
        region: 3,
        ..period(1, 0, "2013-01-01", "2013-03-01")
    };
    let facts = vec![before, period(1, 0, "2013-03-02", "2013-04-10")];
    let warehouse = warehouse(facts);
    let ask = |region: &str| {
        let scope = Scope::Region {
            region: region.to_owned(),
        };
        let question = question(
            "sjukskrivningslangd",
            scope,
            View::Cross,
            "2013-03",
            "2013-04",
        );
        let table = warehouse.answer(&question, Policy::None).unwrap();
        (0..8)
            .filter(|&g| row(&table, &[g])[0] == 1.0)
            .collect::<Vec<_>>()
    };
    // 31 + 28 + 1 = 60 days, then 30 + 10 = 40: 100 days, the fifth group (91–180).
    assert_eq!(ask("01"), [4]);
    // In region 03's eyes the case has 60 days: the third group (31–60); what follows elsewhere is not added.
    assert_eq!(ask("03"), [2]);
    let scope = Scope::Region {
        region: "99".to_owned(),
    };
    let wrong = question("sjukfall_totalt", scope, View::Cross, "2013-03", "2013-04");
    assert!(warehouse.answer(&wrong, Policy::None).is_err());
}

#[test]
fn regions_are_set_against_their_inhabitants_of_the_year_before() {
    let at = |region, person| Fact {
        region,
        ..period(person, 0, "2013-01-01", "2013-01-31")
    };
    let mut population = Population::new();
    population.set(2012, "10", Sex::Woman, 50_000);
    population.set(2012, "10", Sex::Man, 51_000);
    let warehouse = warehouse(vec![at(10, 1), at(10, 2), at(20, 3), at(99, 4)]);
    let warehouse = warehouse.with_population(population);
    let ask = question("lan", Scope::National, View::Cross, "2012-03", "2013-02");
    let table = warehouse.answer(&ask, Policy::None).unwrap();
    // All, 21 regions, and the unknown one, as it is not empty; Blekinge (10) is the first region.
    assert_eq!(table.dimensions()[0].categories.len(), 23);
    let cell = |region, measure, sex| table.cell(&[region, measure, sex]).unwrap();
    assert_eq!(cell(0, 0, 0), Cell::Value(4.0));
    assert_eq!(cell(1, 0, 0), Cell::Value(2.0));
    assert_eq!(cell(1, 1, 0), Cell::Value(101_000.0));
    // 2 women per 50 thousand: 0.04; both sexes 2 / 101 = 0.0198 → 0.02; no men.
    assert_eq!(
        [0, 1, 2].map(|sex| cell(1, 2, sex)),
        [0.02, 0.04, 0.0].map(Cell::Value)
    );
    // Dalarna (20) has a case but no known inhabitants.
    assert_eq!(cell(2, 0, 0), Cell::Value(1.0));
    assert_eq!(cell(2, 2, 0), Cell::Missing);
    assert_eq!(cell(22, 0, 0), Cell::Value(1.0));
}

#[test]
fn the_overview_compares_with_a_year_before() {
    // Asked on 6 May 2014: February–April 2014 against 2013. Two women now, one then: + 100 %.
    let facts = vec![
        period(1, 0, "2014-02-10", "2014-02-20"),
        period(2, 0, "2014-04-30", "2014-05-20"),
        period(3, 0, "2014-05-01", "2014-05-20"),
        period(4, 0, "2013-02-01", "2013-02-05"),
    ];
    let today = NaiveDate::from_ymd_opt(2014, 5, 6).unwrap();
    let overview = warehouse(facts)
        .overview(
            OverviewPart::Degree,
            &Scope::National,
            &Filter::default(),
            today,
            Policy::None,
        )
        .unwrap();
    let rows: Vec<_> = overview
        .rows
        .iter()
        .map(|r| (r.code.as_str(), r.figure, r.change))
        .collect();
    let none = |code| (code, Cell::Value(0.0), Some(0));
    assert_eq!(
        rows,
        [
            ("100", Cell::Value(2.0), Some(100)),
            none("75"),
            none("50"),
            none("25")
        ]
    );
}

#[test]
fn a_busy_warehouse_and_a_wrong_question_are_refused() {
    let warehouse = warehouse(Vec::new()).with_capacity(crate::Capacity::new(0));
    let ask = |report: &str, view, from, to| {
        let question = question(report, Scope::National, view, from, to);
        warehouse.answer(&question, Policy::None).unwrap_err()
    };
    let busy = ask("sjukfall_totalt", View::Series, "2013-01", "2013-02");
    assert!(matches!(busy, Error::Busy { limit: 0 }));
    let told = |error: Error| error.to_string();
    assert!(told(ask("x", View::Series, "2013-01", "2013-02")).contains("sjukfall_totalt"));
    assert!(told(ask("lan", View::Series, "2013-01", "2013-02")).contains("one of cross"));
    assert!(told(ask("lan", View::Cross, "2013-02", "2013-01")).contains("1 to 240 months"));
}
