//! Levels, cut-points and reference shares learnt from training rows.

use std::collections::BTreeMap;

use arrow::array::{Array, RecordBatch};

use super::{derived, numbers, texts};
use crate::error::{Error, Result};
use crate::spec::{Encoding, Feature, FeaturePlan, Kind};

const MOST_LEVELS: usize = 65_000;

pub(super) fn feature(batch: &RecordBatch, plan: &FeaturePlan, rows: &[usize]) -> Result<Feature> {
    plan.check()?;
    let array = &derived::column(batch, &plan.column)?;
    let (encoding, codes) = match &plan.kind {
        Kind::Category { min_count, parent } => {
            let texts = texts::Texts::read(&plan.column, array)?;
            let levels = levels(&texts, rows, *min_count);
            if levels.len() > MOST_LEVELS {
                let column = plan.column.clone();
                return Err(Error::TooManyLevels {
                    column,
                    levels: levels.len(),
                });
            }
            let codes = texts::encode(&plan.column, array, &texts::LevelIndex::new(&levels))?;
            (
                Encoding::Category {
                    levels,
                    parent: parent.clone(),
                },
                codes,
            )
        }
        Kind::Quantiles { .. } | Kind::Edges { .. } => {
            let values = numbers::read(&plan.column, array)?;
            let sorted = sorted_values(&values, rows);
            let encoding = numeric(&plan.kind, &sorted);
            let cuts = if let Encoding::Numeric { cuts, .. } = &encoding {
                cuts.clone()
            } else {
                vec![]
            };
            (encoding, numbers::encode(&plan.column, array, &cuts)?)
        }
    };
    let reference = shares(&codes, rows, encoding.codes());
    Ok(Feature {
        column: plan.column.clone(),
        group: plan.group.clone(),
        encoding,
        timing: plan.timing,
        penalty: plan.penalty,
        deviation_penalty: plan.deviation_penalty,
        reference,
    })
}

fn levels(texts: &texts::Texts, rows: &[usize], min_count: usize) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for text in rows.iter().filter_map(|&row| texts.get(row)) {
        *counts.entry(text).or_default() += 1;
    }
    let kept = counts.into_iter().filter(|(_, count)| *count >= min_count);
    kept.map(|(level, _)| level.to_owned()).collect()
}

fn sorted_values(values: &arrow::array::Float64Array, rows: &[usize]) -> Vec<f64> {
    let present = rows
        .iter()
        .filter(|&&row| !values.is_null(row))
        .map(|&row| values.value(row));
    let mut sorted: Vec<f64> = present.filter(|value| value.is_finite()).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted
}

fn numeric(kind: &Kind, sorted: &[f64]) -> Encoding {
    let lowest = sorted.first().copied().unwrap_or(0.0);
    let highest = sorted.last().copied().unwrap_or(0.0);
    let cuts = match kind {
        Kind::Edges { edges } => edges.clone(),
        Kind::Quantiles { bins } => quantile_cuts(sorted, *bins),
        Kind::Category { .. } => vec![],
    };
    Encoding::Numeric {
        cuts,
        lowest,
        highest,
    }
}

/// Values at ranks n·i/bins: a bin holds what is at most its cut, so heavy ties share one bin.
fn quantile_cuts(sorted: &[f64], bins: usize) -> Vec<f64> {
    let Some(&highest) = sorted.last() else {
        return vec![];
    };
    let at = |bin: usize| sorted[(sorted.len() * bin / bins).saturating_sub(1)];
    let mut cuts: Vec<f64> = (1..bins).map(at).filter(|&cut| cut < highest).collect();
    cuts.dedup();
    cuts
}

fn shares(codes: &[u16], rows: &[usize], count: usize) -> Vec<f64> {
    let mut counts = vec![0_usize; count];
    for &row in rows {
        counts[usize::from(codes[row])] += 1;
    }
    let total = rows.len().max(1) as f64;
    counts
        .into_iter()
        .map(|count| count as f64 / total)
        .collect()
}
