//! A really trained model behind the service.

use std::sync::Arc;

use arrow::{
    array::{
        ArrayRef, BooleanArray, Date32Array, Float64Array, Int32Array, RecordBatch, StringArray,
    },
    datatypes::{DataType, Field, Schema},
};
use axum::http::StatusCode;
use chrono::NaiveDate;
use frisk_api::{RiskModel, ServedModel};
use frisk_model::{Artefact, FeaturePlan, TrainOptions, train};

use crate::{client::Client, world};

const CASES: usize = 4_000;

/// Length of a case that lasts beyond day 14: quantiles of an exponential, mean 100 days for F43 and 30 for J06.
fn length(place: usize, mean: f64) -> i32 {
    let share = (place as f64 + 0.5) / (CASES / 2) as f64;
    15 + (-mean * (1.0 - share).ln()) as i32
}

/// Every other case F43, every other J06; begun through 2023, data through 2025-06-30, so that all but the longest ended.
fn batch() -> RecordBatch {
    let first = world::day(2023, 1, 1);
    let last = world::day(2025, 6, 30);
    let is_long = |i: usize| i.is_multiple_of(2);
    // Start days are spread by a step that shares no factor with the year, so that they do not follow the lengths.
    let start = |i: usize| first + i32::try_from((i / 2) * 149 % 880).unwrap();
    let full = |i: usize| length(i / 2, if is_long(i) { 100.0 } else { 30.0 });
    let over = |i: usize| start(i) + full(i) - 1 <= last;
    let seen = |i: usize| full(i).min(last - start(i) + 1);
    let all = 0..CASES;
    let rows: Vec<usize> = all.filter(|i| last - start(*i) >= 14).collect();
    let columns: Vec<(&str, DataType, ArrayRef)> = vec![
        (
            "case_id",
            DataType::Utf8,
            Arc::new(StringArray::from_iter_values(
                rows.iter().map(|i| format!("c{i}")),
            )),
        ),
        (
            "start_date",
            DataType::Date32,
            Arc::new(Date32Array::from_iter_values(
                rows.iter().map(|i| start(*i)),
            )),
        ),
        (
            "as_of_day",
            DataType::Int32,
            Arc::new(Int32Array::from_iter_values(rows.iter().map(|_| 15))),
        ),
        (
            "length_days",
            DataType::Int32,
            Arc::new(Int32Array::from_iter_values(rows.iter().map(|i| seen(*i)))),
        ),
        (
            "ended",
            DataType::Boolean,
            Arc::new(BooleanArray::from_iter(rows.iter().map(|i| Some(over(*i))))),
        ),
        (
            "diagnosis",
            DataType::Utf8,
            Arc::new(StringArray::from_iter_values(
                rows.iter().map(|i| if is_long(*i) { "F43" } else { "J06" }),
            )),
        ),
        (
            "age",
            DataType::Float64,
            Arc::new(Float64Array::from_iter_values(
                rows.iter().map(|i| (20 + i * 7 % 40) as f64),
            )),
        ),
    ];
    let fields: Vec<Field> = columns
        .iter()
        .map(|(name, kind, _)| Field::new(*name, kind.clone(), true))
        .collect();
    RecordBatch::try_new(
        Arc::new(Schema::new(fields)),
        columns.into_iter().map(|c| c.2).collect(),
    )
    .unwrap()
}

fn artefact() -> Artefact {
    let date = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
    let options = TrainOptions {
        features: vec![
            FeaturePlan::category("diagnosis"),
            FeaturePlan::number("age"),
        ],
        calibration: None,
        ..TrainOptions::new(date(2024, 10, 1), date(2025, 6, 30))
    };
    train(&batch(), &options).unwrap()
}

#[tokio::test]
async fn a_trained_model_answers_with_its_own_hash_and_the_truth_it_learnt() {
    let artefact = artefact();
    let served = ServedModel::new(&artefact).unwrap();
    assert_eq!(served.as_of_day(), 15);
    let (mut app, _) = world::small();
    app.artefact = Some(Arc::new(served));
    let client = Client::new(app);
    let beyond = async |diagnosis: &str| {
        let row = format!(r#"{{"diagnosis":"{diagnosis}","age":40,"sex":"woman"}}"#);
        let answer = client.post("/v1/risk", "application/json", row).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let risk = answer.json();
        assert_eq!(risk["model"], artefact.hash().unwrap());
        let points: Vec<(u64, f64)> = risk["curve"]
            .as_array()
            .unwrap()
            .iter()
            .map(|p| (p["day"].as_u64().unwrap(), p["beyond"].as_f64().unwrap()))
            .collect();
        assert!(
            points
                .windows(2)
                .all(|w| w[0].0 < w[1].0 && w[0].1 >= w[1].1)
        );
        points.into_iter().find(|(day, _)| *day == 90).unwrap().1
    };
    // Truth: P(length > 90 | beyond day 14) = exp(-76/100) = 0.468 and exp(-76/30) = 0.079.
    assert!((beyond("F43").await - 0.468).abs() < 0.05);
    assert!((beyond("J06").await - 0.079).abs() < 0.05);
}
