//! The best way to divide the rows of a leaf.

use super::binning::BinnedMatrix;
use super::histogram::{Histogram, Pair, unpack};
use super::loss::Rounding;
use super::params::BoostedValidParams;

/// A way to divide.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Split {
    pub(super) gain: f64,
    pub(super) column: usize,
    pub(super) left_bins: [u64; 4],
    pub(super) left: Pair,
    /// Values that the children would have, within the leaf's bounds.
    pub(super) values: [f64; 2],
}

/// Rows, sums and bounds of a leaf that is to be divided.
#[derive(Debug, Clone, Copy)]
pub(super) struct Whole {
    pub(super) rows: f64,
    pub(super) sum: Pair,
    pub(super) bounds: [f64; 2],
}

/// Everything that judging a split needs.
#[derive(Debug)]
pub(super) struct Search<'s> {
    pub(super) matrix: &'s BinnedMatrix,
    pub(super) params: &'s BoostedValidParams,
    pub(super) rounding: Rounding,
}

/// Added to the hessian of a level before levels are ordered, so that rare ones stay in the middle.
const SMOOTH: f64 = 10.0;
/// Extra L2 penalty of a split by levels: it has more freedom than a cut.
const LEVEL_PENALTY: f64 = 10.0;
/// Most levels on the smaller side.
const MOST_LEVELS: usize = 32;

/// The side that is built up, and what is left of the whole.
#[derive(Debug, Clone, Copy)]
struct Side {
    gradient: f64,
    hessian: f64,
    rows: f64,
}

impl Search<'_> {
    /// The best split of a leaf by its histogram; `None` when none gains.
    pub(super) fn best(&self, histogram: &Histogram, whole: &Whole) -> Option<Split> {
        let mut best: Option<Split> = None;
        for column in 0..self.matrix.columns() {
            let used = usize::from(self.matrix.used[column]);
            let sums = &histogram.columns[column][..used];
            if self.matrix.unordered[column] {
                self.by_levels(column, sums, whole, &mut best);
            } else {
                self.by_cut(column, sums, whole, &mut best);
            }
        }
        best
    }

    /// Bins 1..=t to the left, "missing" to either side.
    fn by_cut(&self, column: usize, sums: &[Pair], whole: &Whole, best: &mut Option<Split>) {
        let missing = sums[0];
        let starts: &[Pair] = if missing == 0 { &[0] } else { &[0, missing] };
        for &start in starts {
            let mut left = start;
            for (bin, &sum) in sums.iter().enumerate().skip(1) {
                if sum == 0 {
                    continue;
                }
                left = left.wrapping_add(sum);
                // What is missing alone on the right is a split too; beyond, nothing is left.
                if left == whole.sum {
                    break;
                }
                let Some((gain, values)) = self.gain(column, left, whole, 0.0) else {
                    continue;
                };
                if best.as_ref().is_none_or(|best| gain > best.gain) {
                    let mut left_bins = [0; 4];
                    (1..=bin).for_each(|bin| set(&mut left_bins, bin));
                    if start != 0 {
                        set(&mut left_bins, 0);
                    }
                    *best = Some(Split {
                        gain,
                        column,
                        left_bins,
                        left,
                        values,
                    });
                }
            }
        }
    }

    /// Levels in the order of their mean gradient, taken from either end.
    fn by_levels(&self, column: usize, sums: &[Pair], whole: &Whole, best: &mut Option<Split>) {
        let mean = |pair: Pair| {
            let (gradient, hessian) = self.read(pair);
            gradient / (hessian + SMOOTH)
        };
        let mut order: Vec<(f64, usize)> = sums
            .iter()
            .enumerate()
            .filter(|&(_, &sum)| sum != 0)
            .map(|(bin, &sum)| (mean(sum), bin))
            .collect();
        order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let most = MOST_LEVELS.min(order.len().saturating_sub(1));
        for from_above in [false, true] {
            let mut left: Pair = 0;
            let mut left_bins = [0; 4];
            for step in 0..most {
                let at = if from_above {
                    order.len() - 1 - step
                } else {
                    step
                };
                let bin = order[at].1;
                left = left.wrapping_add(sums[bin]);
                set(&mut left_bins, bin);
                let penalty = if order.len() > 2 { LEVEL_PENALTY } else { 0.0 };
                let Some((gain, values)) = self.gain(column, left, whole, penalty) else {
                    continue;
                };
                if best.as_ref().is_none_or(|best| gain > best.gain) {
                    *best = Some(Split {
                        gain,
                        column,
                        left_bins,
                        left,
                        values,
                    });
                }
            }
        }
    }

    /// Gain over leaving the leaf whole, and the children's values; `None` when not allowed.
    fn gain(
        &self,
        column: usize,
        left: Pair,
        whole: &Whole,
        extra: f64,
    ) -> Option<(f64, [f64; 2])> {
        let all = self.side(whole.sum, whole);
        let left = self.side(left, whole);
        let right = Side {
            gradient: all.gradient - left.gradient,
            hessian: all.hessian - left.hessian,
            rows: all.rows - left.rows,
        };
        for side in [&left, &right] {
            if side.rows < self.params.least_rows || side.hessian < self.params.least_hessian {
                return None;
            }
        }
        let penalty = self.params.penalty + extra;
        let values = [left.value(penalty, whole), right.value(penalty, whole)];
        let direction = f64::from(self.params.direction(column));
        if direction * (values[1] - values[0]) < 0.0 {
            return None;
        }
        let before = all.gained(all.value(self.params.penalty, whole), self.params.penalty);
        let after = left.gained(values[0], penalty) + right.gained(values[1], penalty);
        let gain = after - before;
        (gain > 1e-10).then_some((gain, values))
    }

    fn read(&self, pair: Pair) -> (f64, f64) {
        let (gradient, hessian) = unpack(pair);
        (
            f64::from(gradient) * self.rounding.gradient,
            f64::from(hessian) * self.rounding.hessian,
        )
    }

    /// Rows are told from the hessian: its share of the whole.
    fn side(&self, pair: Pair, whole: &Whole) -> Side {
        let (gradient, hessian) = self.read(pair);
        let (_, all) = self.read(whole.sum);
        Side {
            gradient,
            hessian,
            rows: whole.rows * hessian / all.max(f64::MIN_POSITIVE),
        }
    }
}

impl Side {
    fn value(&self, penalty: f64, whole: &Whole) -> f64 {
        let best = -self.gradient / (self.hessian + penalty);
        best.clamp(whole.bounds[0], whole.bounds[1])
    }

    /// Twice the loss that a value takes away: −(2 G v + (H + λ) v²).
    fn gained(&self, value: f64, penalty: f64) -> f64 {
        -(2.0 * self.gradient * value + (self.hessian + penalty) * value * value)
    }
}

fn set(bins: &mut [u64; 4], bin: usize) {
    bins[bin >> 6] |= 1 << (bin & 63);
}
