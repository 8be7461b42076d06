//! The two paths that every document and every period goes through, at growing sizes: cost must grow linearly.
//!
//! Side by side with peers on the same data: `make bench`.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use frisk_ingest::Document;
use frisk_warehouse::{Fact, Facts, ValidCaseRules, for_each_case};

const LISJP: &[u8] = include_bytes!("../ingest/tests/fixtures/lisjp.xml");

/// Three periods a person: two that join over a gap of four days, one a year later.
fn facts(persons: i64) -> Facts {
    let periods = [(0, 13), (18, 45), (400, 430)];
    let fact = |person: i64, (start, end): (i32, i32)| Fact {
        person,
        arrival: person,
        start,
        end,
        provider: 0,
        care_unit: 0,
        unit: 0,
        doctor: 0,
        diagnosis: 1,
        age: 40,
        region: 1,
        degree: 100,
        sex: 2,
    };
    Facts {
        facts: (0..persons)
            .flat_map(|person| periods.map(|days| fact(person, days)))
            .collect(),
    }
}

fn case_building(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("case_building");
    for persons in [1_000, 10_000, 100_000] {
        let facts = facts(persons);
        group.throughput(Throughput::Elements(facts.facts.len() as u64));
        group.bench_with_input(
            BenchmarkId::from_parameter(persons),
            &facts,
            |bencher, facts| {
                bencher.iter(|| {
                    let mut days = 0;
                    for_each_case(facts, ValidCaseRules::official(), |_, case| {
                        days += i64::from(case.length_days)
                    });
                    black_box(days)
                });
            },
        );
    }
    group.finish();
}

fn reading(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("xml_decode");
    for documents in [1, 10, 100] {
        group.throughput(Throughput::Elements(documents));
        group.bench_function(BenchmarkId::from_parameter(documents), |bencher| {
            let document = Document::new("lisjp.xml", LISJP.to_vec());
            bencher.iter(|| {
                for _ in 0..documents {
                    black_box(frisk_ingest::read(&document, None));
                }
            });
        });
    }
    group.finish();
}

criterion_group!(hot_paths, case_building, reading);
criterion_main!(hot_paths);
