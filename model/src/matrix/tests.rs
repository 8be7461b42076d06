use std::sync::Arc;

use arrow::array::{ArrayRef, DictionaryArray, Float64Array, StringArray};
use arrow::datatypes::Int8Type;

use super::*;
use crate::error::Error;

fn batch(dictionary: bool) -> RecordBatch {
    let texts = vec![
        Some("b"),
        Some("a"),
        None,
        Some("b"),
        Some("c"),
        Some("b"),
        Some("a"),
        Some(""),
    ];
    let text: ArrayRef = if dictionary {
        Arc::new(texts.into_iter().collect::<DictionaryArray<Int8Type>>())
    } else {
        Arc::new(StringArray::from(texts))
    };
    let numbers = vec![
        Some(1.0),
        Some(2.0),
        Some(3.0),
        Some(4.0),
        None,
        Some(4.0),
        Some(4.0),
        Some(9.0),
    ];
    let number: ArrayRef = Arc::new(Float64Array::from(numbers));
    RecordBatch::try_from_iter_with_nullable(vec![("t", text, true), ("x", number, true)]).unwrap()
}

fn plans() -> Vec<FeaturePlan> {
    let text = FeaturePlan::category("t").below("u", 2);
    let mut number = FeaturePlan::number("x");
    number.kind = crate::spec::Kind::Quantiles { bins: 2 };
    vec![text, number]
}

#[test]
fn levels_are_sorted_rare_ones_collapse_and_cuts_are_quantiles() {
    let rows: Vec<usize> = (0..8).collect();
    let spec = FeatureSpec::learn(&batch(false), &plans(), &rows).unwrap();
    let levels = vec!["a".to_owned(), "b".to_owned()];
    assert_eq!(
        spec.features[0].encoding,
        Encoding::Category {
            levels,
            parent: Some("u".into())
        }
    );
    // Missing 2 of 8 (null and empty), other 1 (c), a 2, b 3.
    assert_eq!(spec.features[0].reference, vec![0.25, 0.125, 0.25, 0.375]);
    // Sorted 1 2 3 4 4 4 9: rank 7·1/2 = 3 → 3.
    assert_eq!(
        spec.features[1].encoding,
        Encoding::Numeric {
            cuts: vec![3.0],
            lowest: 1.0,
            highest: 9.0
        }
    );
    let matrix = Encoder::new(&spec).encode(&batch(false)).unwrap();
    assert_eq!(matrix.columns()[0], vec![3, 2, 0, 3, 1, 3, 2, 0]);
    assert_eq!(matrix.columns()[1], vec![1, 1, 1, 2, 0, 2, 2, 2]);
}

#[test]
fn a_dictionary_gives_the_same_codes_as_plain_text() {
    let rows: Vec<usize> = (0..8).collect();
    let plain = FeatureSpec::learn(&batch(false), &plans(), &rows).unwrap();
    let packed = FeatureSpec::learn(&batch(true), &plans(), &rows).unwrap();
    assert_eq!(plain, packed);
    let encoder = Encoder::new(&plain);
    assert_eq!(
        encoder.encode(&batch(false)).unwrap(),
        encoder.encode(&batch(true)).unwrap()
    );
}

#[test]
fn a_missing_or_mistyped_column_is_named() {
    let rows = [0];
    let absent = FeatureSpec::learn(&batch(false), &[FeaturePlan::number("y")], &rows);
    assert!(matches!(absent, Err(Error::MissingColumn { column }) if column == "y"));
    let text = FeatureSpec::learn(&batch(false), &[FeaturePlan::number("t")], &rows);
    assert!(matches!(text, Err(Error::ColumnType { column, .. }) if column == "t"));
    let number = FeatureSpec::learn(&batch(false), &[FeaturePlan::category("x")], &rows);
    assert!(matches!(number, Err(Error::ColumnType { column, .. }) if column == "x"));
}

#[test]
fn levels_are_learnt_from_training_rows_only() {
    let spec = FeatureSpec::learn(&batch(false), &plans(), &[1, 6]).unwrap();
    let levels = vec!["a".to_owned()];
    assert_eq!(
        spec.features[0].encoding,
        Encoding::Category {
            levels,
            parent: Some("u".into())
        }
    );
    assert_eq!(
        spec.features[1].encoding,
        Encoding::Numeric {
            cuts: vec![2.0],
            lowest: 2.0,
            highest: 4.0
        }
    );
}

#[test]
fn an_optional_column_may_be_absent_and_is_used_when_present() {
    let optional = |column| FeaturePlan {
        optional: true,
        ..FeaturePlan::number(column)
    };
    let plans = [optional("y"), optional("x")];
    let spec = FeatureSpec::learn(&batch(false), &plans, &[0, 1]).unwrap();
    let columns: Vec<&str> = spec.features.iter().map(|f| f.column.as_str()).collect();
    assert_eq!(columns, ["x"]);
}
