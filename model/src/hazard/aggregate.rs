//! Equal cases counted once with a weight, where that saves work.

use std::collections::{HashMap, HashSet};

use crate::cohort::Episode;
use crate::matrix::CodedMatrix;

/// Distinct cases and how often each occurs.
#[derive(Debug)]
pub(super) struct Aggregate {
    pub(super) matrix: CodedMatrix,
    pub(super) episodes: Vec<Episode>,
    pub(super) weights: Vec<f64>,
}

/// Cases looked at to tell whether counting equal ones pays.
const SAMPLE: usize = 4096;

type Key = (Vec<u16>, u8, u8, bool);

/// Distinct cases in order of first occurrence; `None` when most cases of an evenly spaced
/// sample differ from each other.
pub(super) fn aggregate(matrix: &CodedMatrix, episodes: &[Episode]) -> Option<Aggregate> {
    let step = (episodes.len() / SAMPLE).max(1);
    let sample = (0..episodes.len()).step_by(step);
    let looked_at = sample.len();
    let distinct: HashSet<Key> = sample.map(|row| key(matrix, episodes, row)).collect();
    if distinct.len() * 2 > looked_at {
        return None;
    }
    let mut places: HashMap<Key, usize> = HashMap::new();
    let (mut rows, mut weights) = (Vec::new(), Vec::new());
    for row in 0..episodes.len() {
        let place = *places
            .entry(key(matrix, episodes, row))
            .or_insert(rows.len());
        if place == rows.len() {
            rows.push(row);
            weights.push(0.0);
        }
        weights[place] += 1.0;
    }
    let episodes = rows.iter().map(|&row| episodes[row]).collect();
    Some(Aggregate {
        matrix: matrix.take(&rows),
        episodes,
        weights,
    })
}

fn key(matrix: &CodedMatrix, episodes: &[Episode], row: usize) -> Key {
    let Episode {
        first,
        count,
        event,
    } = episodes[row];
    let codes = matrix.columns().iter().map(|column| column[row]).collect();
    (codes, first, count, event)
}
