//! Curves of reference groups: Kaplan–Meier on the intervals, by diagnosis with fallback.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::cohort::Episode;
use crate::hazard::life_table;
use crate::intervals::Intervals;
use crate::matrix::CodedMatrix;
use crate::spec::FeatureSpec;

/// Hazards of one group of training cases.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reference {
    /// Training cases in the group.
    pub cases: usize,
    /// Ends ÷ at risk in each interval.
    pub hazards: Vec<f64>,
}

/// The groups of one column, by level.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReferenceLevel {
    /// Column of the feature batch.
    pub column: String,
    /// Level → hazards.
    pub groups: BTreeMap<String, Reference>,
}

/// Reference curves from the most specific column to everybody.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReferenceCurves {
    /// The columns, most specific first.
    pub levels: Vec<ReferenceLevel>,
    /// All training cases.
    pub overall: Reference,
}

/// Persons at risk below which an interval of a group borrows the hazard of everybody.
const LEAST_AT_RISK: f64 = 10.0;

impl ReferenceCurves {
    /// Kaplan–Meier hazards for each level with at least `least_cases` training cases of each
    /// column named, most specific column first. Columns that the spec lacks are skipped.
    #[must_use]
    pub fn learn(
        spec: &FeatureSpec,
        matrix: &CodedMatrix,
        episodes: &[Episode],
        intervals: &Intervals,
        columns: &[String],
        least_cases: usize,
    ) -> Self {
        let overall = kaplan_meier(episodes, intervals, None);
        let positions = columns.iter().filter_map(|column| spec.position(column));
        let levels = positions.map(|position| {
            let mut members: BTreeMap<u16, Vec<Episode>> = BTreeMap::new();
            for (&code, &episode) in matrix.columns()[position].iter().zip(episodes) {
                if code > 1 {
                    members.entry(code).or_default().push(episode);
                }
            }
            let large = members
                .into_iter()
                .filter(|(_, group)| group.len() >= least_cases);
            let encoding = &spec.features[position].encoding;
            let curve = |(code, group): (u16, Vec<Episode>)| {
                (
                    encoding.label(code),
                    kaplan_meier(&group, intervals, Some(&overall)),
                )
            };
            let column = spec.features[position].column.clone();
            ReferenceLevel {
                column,
                groups: large.map(curve).collect(),
            }
        });
        let levels = levels.collect();
        Self { levels, overall }
    }
}

/// Reference groups by code instead of by name.
#[derive(Debug, Clone)]
pub(crate) struct ReferenceIndex {
    levels: Vec<(usize, Vec<Option<usize>>)>,
    groups: Vec<(String, Vec<f64>)>,
    everybody: Vec<f64>,
    display: usize,
}

impl ReferenceIndex {
    pub(crate) fn new(spec: &FeatureSpec, curves: &ReferenceCurves) -> Self {
        let everybody = curves.overall.hazards.clone();
        let mut index = Self {
            levels: Vec::new(),
            groups: Vec::new(),
            everybody,
            display: 0,
        };
        for level in &curves.levels {
            let Some(position) = spec.position(&level.column) else {
                continue;
            };
            let encoding = &spec.features[position].encoding;
            let mut by_code = vec![None; encoding.codes()];
            for (code, at) in by_code.iter_mut().enumerate().skip(2) {
                let label = encoding.label(code as u16);
                if let Some(group) = level.groups.get(&label) {
                    *at = Some(index.groups.len());
                    index.groups.push((label, group.hazards.clone()));
                }
            }
            index.levels.push((position, by_code));
        }
        index.display = 1.min(index.levels.len().saturating_sub(1));
        index
    }

    /// The level whose curve is shown beside a risk: the one above the most specific.
    pub(crate) fn display(&self) -> usize {
        self.display
    }

    /// Name and hazards of the first level, from `from` on, with a curve for the case's code.
    pub(crate) fn of(&self, codes: &[u16], from: usize) -> (&str, &[f64]) {
        let found = self
            .levels
            .iter()
            .skip(from)
            .find_map(|(position, by_code)| {
                by_code
                    .get(usize::from(codes[*position]))
                    .copied()
                    .flatten()
            });
        match found {
            Some(group) => (&self.groups[group].0, &self.groups[group].1),
            None => ("all", &self.everybody),
        }
    }
}

fn kaplan_meier(
    episodes: &[Episode],
    intervals: &Intervals,
    fallback: Option<&Reference>,
) -> Reference {
    let (at_risk, ends) = life_table(episodes, intervals.count());
    let hazard = |k: usize| match fallback {
        Some(everybody) if at_risk[k] < LEAST_AT_RISK => everybody.hazards[k],
        _ if at_risk[k] == 0.0 => 0.0,
        _ => ends[k] / at_risk[k],
    };
    Reference {
        cases: episodes.len(),
        hazards: (0..intervals.count()).map(hazard).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cohort::FollowUp;

    #[test]
    fn the_curve_of_everybody_equals_lifelines() {
        // KaplanMeierFitter().fit(T − (1 − E)/2, E): a case ongoing on day L was seen through L − 1.
        let lengths = [2, 3, 3, 5, 5, 6, 8, 9, 9, 12];
        let ended = [1, 1, 0, 1, 0, 1, 0, 1, 0, 0].map(|e| e == 1);
        let intervals = Intervals::new((1..=13).collect()).unwrap();
        let episode = |(length, ended): (i32, bool)| {
            let observable = if ended { 99 } else { length };
            FollowUp {
                as_of: 1,
                length,
                ended,
                observable,
            }
            .episode(&intervals)
        };
        let episodes: Vec<Episode> = lengths.into_iter().zip(ended).map(episode).collect();
        let hazards = kaplan_meier(&episodes, &intervals, None).hazards;
        let curve = crate::curve::Curve::from_hazards(&intervals, &hazards, 1);
        let expected = [
            (2, 0.9),
            (3, 0.7875),
            (4, 0.7875),
            (5, 0.65625),
            (6, 0.525),
            (8, 0.525),
            (9, 0.2625),
            (11, 0.2625),
        ];
        for (day, expected) in expected {
            assert!(
                (curve.beyond(day).unwrap() - expected).abs() < 1e-12,
                "day {day}: {curve:?}"
            );
        }
    }
}
