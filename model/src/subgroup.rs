//! The same model on parts of the population: is it right, and equally right, for all?

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::compute::cast;
use arrow::datatypes::DataType;
use serde::{Deserialize, Serialize};

use crate::artefact::Artefact;
use crate::assess::{EvaluateOptions, reached};
use crate::cohort::{Cohort, column};
use crate::error::Result;
use crate::evaluate::{Censoring, Known, auc};
use crate::train::day_number;

/// One part of the cases at one horizon.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Subgroup {
    /// Column that divides.
    pub column: String,
    /// Its level.
    pub level: String,
    /// Cases with a known outcome.
    pub known: usize,
    /// Share beyond the horizon, weighted for censoring.
    pub observed: f64,
    /// Mean probability.
    pub expected: f64,
    /// observed − expected.
    pub gap: f64,
    /// Half the width of the gap's 95 % interval.
    pub gap_margin: f64,
    /// Area under the ROC curve.
    pub auc: f64,
    /// Half the width of its 95 % interval (Hanley and McNeil 1982).
    pub auc_margin: f64,
    /// At SRS's cut-offs .39 and .62: share of the long cases at or above, and of the others.
    pub rates: [[f64; 2]; 2],
}

/// SRS's cut-offs.
const CUT_OFFS: [f64; 2] = [0.39, 0.62];
/// Fewest known cases, and of either outcome, for a part to be shown.
const LEAST: usize = 100;
const LEAST_OF_EITHER: usize = 20;

impl Artefact {
    /// Judges the model on each level of the given columns at a horizon.
    ///
    /// Levels with fewer than 100 known cases, or 20 of one outcome, are left out.
    ///
    /// # Errors
    /// A missing or mistyped column, by name.
    pub fn subgroups(
        &self,
        batch: &RecordBatch,
        options: &EvaluateOptions,
        horizon: i32,
        columns: &[&str],
    ) -> Result<Vec<Subgroup>> {
        let scorer = self.scorer();
        let cohort = Cohort::read(batch)?;
        let matrix = scorer.encode(batch)?;
        let from = day_number(options.from);
        let last_day = day_number(options.data_end) - options.lag_days;
        let (rows, follow_ups) = reached(&cohort, last_day, |start| start >= from);
        let known = Known::at(&follow_ups, &Censoring::learn(&follow_ups), horizon);
        let mut codes = Vec::new();
        let p: Vec<f64> = known
            .rows
            .iter()
            .map(|&at| {
                matrix.row_into(rows[at], &mut codes);
                let curve = scorer.curve(&codes, follow_ups[at].as_of);
                curve.beyond(horizon).unwrap_or(0.0)
            })
            .collect();
        let mut found = Vec::new();
        for &name in columns {
            let texts = cast(column(batch, name)?, &DataType::Utf8)?;
            let texts = texts.as_string::<i32>();
            let level = |at: usize| {
                let row = rows[known.rows[at]];
                if texts.is_null(row) {
                    ""
                } else {
                    texts.value(row)
                }
            };
            let mut order: Vec<usize> = (0..known.rows.len()).collect();
            order.sort_by(|&a, &b| level(a).cmp(level(b)));
            for part in order.chunk_by(|&a, &b| level(a) == level(b)) {
                let part_of = Part::pick(part, &p, &known);
                found.extend(part_of.judge(name, level(part[0])));
            }
        }
        Ok(found)
    }
}

/// Probabilities, outcomes and weights of one part.
struct Part {
    p: Vec<f64>,
    y: Vec<bool>,
    w: Vec<f64>,
}

impl Part {
    fn pick(rows: &[usize], p: &[f64], known: &Known) -> Self {
        Self {
            p: rows.iter().map(|&at| p[at]).collect(),
            y: rows.iter().map(|&at| known.outcome[at]).collect(),
            w: rows.iter().map(|&at| known.weight[at]).collect(),
        }
    }

    fn judge(&self, column: &str, level: &str) -> Option<Subgroup> {
        let long = self.y.iter().filter(|&&y| y).count();
        let short = self.y.len() - long;
        if self.y.len() < LEAST || long.min(short) < LEAST_OF_EITHER {
            return None;
        }
        let total: f64 = self.w.iter().sum();
        let mean = |value: &dyn Fn(usize) -> f64| -> f64 {
            (0..self.p.len())
                .map(|row| self.w[row] * value(row))
                .sum::<f64>()
                / total
        };
        let observed = mean(&|row| f64::from(u8::from(self.y[row])));
        let expected = mean(&|row| self.p[row]);
        let spread = mean(&|row| self.w[row] * self.p[row] * (1.0 - self.p[row]));
        let auc = auc(&self.p, &self.y, &self.w);
        Some(Subgroup {
            column: column.to_owned(),
            level: level.to_owned(),
            known: self.y.len(),
            observed,
            expected,
            gap: observed - expected,
            gap_margin: 1.96 * (spread / total).sqrt(),
            auc,
            auc_margin: 1.96 * auc_error(auc, long as f64, short as f64),
            rates: CUT_OFFS.map(|cut| [true, false].map(|outcome| self.rate(cut, outcome))),
        })
    }

    /// Share at or above the cut-off among those with an outcome.
    fn rate(&self, cut: f64, outcome: bool) -> f64 {
        let (mut above, mut all) = (0.0, 0.0);
        for row in (0..self.p.len()).filter(|&row| self.y[row] == outcome) {
            all += self.w[row];
            if self.p[row] >= cut {
                above += self.w[row];
            }
        }
        above / all
    }
}

/// Standard error of an AUC from its value and the numbers of either outcome.
fn auc_error(auc: f64, long: f64, short: f64) -> f64 {
    let (q1, q2) = (auc / (2.0 - auc), 2.0 * auc * auc / (1.0 + auc));
    let spread =
        auc * (1.0 - auc) + (long - 1.0) * (q1 - auc * auc) + (short - 1.0) * (q2 - auc * auc);
    (spread / (long * short)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_judged_by_hand() {
        // 100 cases at .7, 70 of them long; 100 at .3, 40 long: observed .55, expected .5.
        let y = (0..200).map(|row| if row < 100 { row < 70 } else { row < 140 });
        let part = Part {
            p: (0..200)
                .map(|row| if row < 100 { 0.7 } else { 0.3 })
                .collect(),
            y: y.collect(),
            w: vec![1.0; 200],
        };
        let found = part.judge("sex", "female").unwrap();
        assert!((found.gap - 0.05).abs() < 1e-12);
        // 1.96 √(.21 / 200).
        assert!((found.gap_margin - 1.96 * (0.21_f64 / 200.0).sqrt()).abs() < 1e-12);
        // Pairs of 110 long and 90 short: won 70 · 60, tied 70 · 30 + 40 · 60, lost 40 · 30.
        let auc = (70.0 * 60.0 + 0.5 * (70.0 * 30.0 + 40.0 * 60.0)) / (110.0 * 90.0);
        assert!((found.auc - auc).abs() < 1e-12);
        assert_eq!(found.rates[0], [70.0 / 110.0, 30.0 / 90.0]);
        // Hanley and McNeil's example, AUC .893 of 51 and 58: q₁ = .80668, q₂ = .84253, A² = .79745:
        // (.09555 + 50 · .00923 + 57 · .04508) / 2958 = .0010571, its root .0325 (published: .032).
        assert!((auc_error(0.893, 51.0, 58.0) - 0.0325).abs() < 1e-4);
    }
}
