use serde::{Deserialize, Serialize};

use crate::Error;

/// What a perturbation table is made from.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Shape {
    /// Largest noise, in either direction.
    pub largest: u32,
    /// Variance of the noise.
    pub variance: f64,
    /// Published values from 1 to this never appear.
    pub forbidden: u32,
    /// Whether, below zero, larger noise is never more probable than the next smaller.
    pub monotone: bool,
}

impl Shape {
    /// The installation's default: noise up to 5, variance 3, no published 1 or 2, monotone (`DISCLOSURE.md` §10).
    pub const DEFAULT: Self = Self {
        largest: 5,
        variance: 3.0,
        forbidden: 2,
        monotone: true,
    };

    /// The smallest count whose noise no longer depends on the count.
    #[must_use]
    pub fn last_row(self) -> u32 {
        if self.forbidden == 0 {
            self.largest
        } else {
            self.largest + self.forbidden + 1
        }
    }

    fn check(self) -> Result<Self, Error> {
        let wrong = |expected: String| Error::Shape {
            found: format!("{self:?}"),
            expected,
        };
        if self.largest == 0 || self.largest > 50 {
            return Err(wrong("noise between 1 and 50".to_owned()));
        }
        if self.forbidden >= self.largest {
            return Err(wrong(
                "fewer forbidden values than the noise is large".to_owned(),
            ));
        }
        // A count i ≤ forbidden can go to 0 or to forbidden + 1 at the nearest: mean 0 forces variance i (f + 1 − i).
        let least = (1..=self.forbidden)
            .map(|i| f64::from(i * (self.forbidden + 1 - i)))
            .fold(0.0, f64::max);
        let most = f64::from(self.largest * self.largest);
        if !(self.variance > least && self.variance < most) {
            return Err(wrong(format!("a variance above {least} and below {most}")));
        }
        Ok(self)
    }
}

/// One possible outcome of a row: the noise and its probability.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Noise {
    /// What is added to the count.
    pub value: i32,
    /// How probable it is.
    pub probability: f64,
}

/// A perturbation table (störningstabell): for each count, the distribution of its noise.
///
/// Among all distributions with mean 0 and the given variance that never give a forbidden or negative value, each row is
/// the one of maximum entropy. A count of zero gets no noise.
///
/// Source: `DISCLOSURE.md` §4.2 (Giessing 2016; Fraser & Wooton 2006).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PerturbationTable {
    shape: Shape,
    rows: Vec<Vec<Noise>>,
    #[serde(skip)]
    thresholds: Vec<Vec<u64>>,
}

impl PerturbationTable {
    /// The table of a shape.
    ///
    /// # Errors
    /// [`Error::Shape`] if no such table exists.
    pub fn new(shape: Shape) -> Result<Self, Error> {
        let shape = shape.check()?;
        let mut rows = vec![vec![Noise {
            value: 0,
            probability: 1.0,
        }]];
        for count in 1..=shape.last_row() {
            rows.push(row(shape, count)?);
        }
        let thresholds = rows.iter().map(|row| thresholds(row)).collect();
        Ok(Self {
            shape,
            rows,
            thresholds,
        })
    }

    /// What it was made from.
    #[must_use]
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// The distribution of the noise of a count.
    #[must_use]
    pub fn row(&self, count: u64) -> &[Noise] {
        &self.rows[self.place(count)]
    }

    /// The noise that a key picks for a count. The key's place between 0 and 2^64 is the place in the distribution.
    #[must_use]
    pub fn noise(&self, count: u64, key: u64) -> i32 {
        let place = self.place(count);
        let at = self.thresholds[place].partition_point(|&end| end <= key);
        let row = &self.rows[place];
        row[at.min(row.len() - 1)].value
    }

    fn place(&self, count: u64) -> usize {
        let last = self.rows.len() - 1;
        usize::try_from(count).map_or(last, |count| count.min(last))
    }
}

/// The ends of the intervals of all outcomes but the last, as places between 0 and 2^64.
fn thresholds(row: &[Noise]) -> Vec<u64> {
    let mut sum = 0.0;
    row[..row.len() - 1]
        .iter()
        .map(|noise| {
            sum += noise.probability;
            // A cast of a value in 0..2^64 keeps its whole part.
            (sum * 2f64.powi(64)) as u64
        })
        .collect()
}

/// The row of one count.
fn row(shape: Shape, count: u32) -> Result<Vec<Noise>, Error> {
    let lowest = count.saturating_sub(shape.largest);
    let values: Vec<i32> = (lowest..=count + shape.largest)
        .filter(|&to| to == 0 || to > shape.forbidden)
        .map(|to| to.cast_signed() - count.cast_signed())
        .collect();
    // Each block is a run of outcomes that must be equally probable; at first each outcome is its own.
    let mut blocks: Vec<Vec<i32>> = values.iter().map(|&value| vec![value]).collect();
    loop {
        let probabilities = entropy(&blocks, shape).ok_or_else(|| Error::Shape {
            found: format!("{shape:?}"),
            expected: format!("a shape with a distribution for the count {count}"),
        })?;
        match shape
            .monotone
            .then(|| falls(&blocks, &probabilities))
            .flatten()
        {
            Some(at) => {
                let next = blocks.remove(at + 1);
                blocks[at].extend(next);
            }
            None => {
                let pairs = blocks.iter().zip(&probabilities);
                let noise = pairs.flat_map(|(block, &probability)| {
                    block.iter().map(move |&value| Noise { value, probability })
                });
                return Ok(noise.collect());
            }
        }
    }
}

/// The first block, left of zero, that is more probable than the next. Only neighbouring noises are compared: across a
/// gap of forbidden values the order says nothing.
fn falls(blocks: &[Vec<i32>], probabilities: &[f64]) -> Option<usize> {
    (0..blocks.len().saturating_sub(1)).find(|&at| {
        let (last, next) = (blocks[at].last(), blocks[at + 1].first());
        let neighbours = last.zip(next).is_some_and(|(&l, &n)| l < 0 && n == l + 1);
        neighbours && probabilities[at] > probabilities[at + 1] * (1.0 + 1e-12)
    })
}

/// Probability of each outcome of each block at maximum entropy under mean 0 and the variance; `None` if Newton's method
/// on the convex dual does not arrive. A monotone row has at most the variance, as in R's ptable: the order may leave no
/// better distribution with all of it.
fn entropy(blocks: &[Vec<i32>], shape: Shape) -> Option<Vec<f64>> {
    match newton(blocks, shape.variance, true)? {
        (_, multiplier) if multiplier > 0.0 && shape.monotone => {
            Some(newton(blocks, shape.variance, false)?.0)
        }
        (each, _) => Some(each),
    }
}

/// The probabilities with the multiplier of the variance, which stays 0 unless the limit `binds`.
fn newton(blocks: &[Vec<i32>], variance: f64, binds: bool) -> Option<(Vec<f64>, f64)> {
    // In a block of n equal outcomes the means of v and v² stand for each.
    let features: Vec<(f64, f64, f64)> = blocks
        .iter()
        .map(|block| {
            let n = block.len() as f64;
            let first: f64 = block.iter().map(|&v| f64::from(v)).sum();
            let second: f64 = block.iter().map(|&v| f64::from(v * v)).sum();
            (n, first / n, second / n)
        })
        .collect();
    let dual = |a: f64, b: f64| {
        let exponents: Vec<f64> = features.iter().map(|&(_, x, y)| a * x + b * y).collect();
        let top = exponents.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let weights: Vec<f64> = exponents
            .iter()
            .zip(&features)
            .map(|(e, &(n, _, _))| n * (e - top).exp())
            .collect();
        let sum: f64 = weights.iter().sum();
        let shares: Vec<f64> = weights.iter().map(|w| w / sum).collect();
        (top + sum.ln() - b * variance, shares)
    };
    let (mut a, mut b) = (0.0, 0.0);
    for _ in 0..200 {
        let (value, shares) = dual(a, b);
        let mean = |f: fn(&(f64, f64, f64)) -> f64| -> f64 {
            shares.iter().zip(&features).map(|(p, x)| p * f(x)).sum()
        };
        let (x, y) = (mean(|f| f.1), mean(|f| f.2));
        let (g, h) = (x, if binds { y - variance } else { 0.0 });
        if g.abs() < 1e-13 && h.abs() < 1e-13 * variance.max(1.0) {
            let each = shares.iter().zip(&features).map(|(p, f)| p / f.0);
            return Some((each.collect(), b));
        }
        let xx = mean(|f| f.1 * f.1) - x * x;
        let (xy, yy) = if binds {
            (mean(|f| f.1 * f.2) - x * y, mean(|f| f.2 * f.2) - y * y)
        } else {
            (0.0, 1.0)
        };
        let determinant = xx * yy - xy * xy;
        if determinant <= 1e-300 {
            return None;
        }
        let step = (
            (yy * g - xy * h) / determinant,
            (xx * h - xy * g) / determinant,
        );
        let mut scale = 1.0;
        // The dual falls along the step; halve it until it does by enough.
        let slope = g * step.0 + h * step.1;
        while scale > 1e-12 {
            let (next, _) = dual(a - scale * step.0, b - scale * step.1);
            if next <= value - 1e-4 * scale * slope + 1e-15 * value.abs() {
                break;
            }
            scale /= 2.0;
        }
        a -= scale * step.0;
        b -= scale * step.1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(largest: u32, variance: f64, forbidden: u32, monotone: bool) -> PerturbationTable {
        let shape = Shape {
            largest,
            variance,
            forbidden,
            monotone,
        };
        PerturbationTable::new(shape).unwrap()
    }

    fn check(row: &[Noise], wanted: &[(i32, f64)]) {
        assert_eq!(row.len(), wanted.len());
        for (found, &(value, probability)) in row.iter().zip(wanted) {
            assert_eq!(found.value, value);
            assert!(
                (found.probability - probability).abs() < 1e-6,
                "{found:?} {probability}"
            );
        }
    }

    // Values: the worked table of DISCLOSURE.md §4.3, computed there by dual Newton and agreeing with R's ptable 0.3.3.
    #[test]
    fn rows_are_those_of_the_worked_table() {
        let table = table(5, 3.0, 2, false);
        check(
            table.row(1),
            &[
                (-1, 0.734_470),
                (2, 0.136_720),
                (3, 0.072_796),
                (4, 0.037_430),
                (5, 0.018_584),
            ],
        );
        check(
            table.row(4),
            &[
                (-4, 0.083_280),
                (-1, 0.289_317),
                (0, 0.265_765),
                (1, 0.190_127),
                (2, 0.105_929),
                (3, 0.045_963),
                (4, 0.015_532),
                (5, 0.004_088),
            ],
        );
        let far: Vec<f64> = table.row(1000).iter().map(|n| n.probability).collect();
        for (found, wanted) in far.iter().zip([
            0.003_792, 0.016_591, 0.052_293, 0.118_730, 0.194_193, 0.228_801, 0.194_193,
        ]) {
            assert!((found - wanted).abs() < 1e-6);
        }
    }

    #[test]
    fn monotone_rows_are_those_of_r() {
        let table = table(5, 3.0, 2, true);
        check(
            table.row(4),
            &[
                (-4, 0.084_855),
                (-1, 0.277_921),
                (0, 0.277_921),
                (1, 0.189_394),
                (2, 0.105_125),
                (3, 0.045_455),
                (4, 0.015_311),
                (5, 0.004_017),
            ],
        );
    }

    #[test]
    fn every_row_has_its_moments_and_no_forbidden_value() {
        for (largest, variance, forbidden) in [
            (5, 3.0, 2),
            (5, 2.0, 1),
            (5, 2.0, 0),
            (3, 1.0, 0),
            (2, 1.0, 0),
        ] {
            for monotone in [false, true] {
                let table = table(largest, variance, forbidden, monotone);
                for count in 1..20_u32 {
                    let row = table.row(u64::from(count));
                    let sum = |f: fn(f64) -> f64| -> f64 {
                        row.iter()
                            .map(|n| n.probability * f(f64::from(n.value)))
                            .sum()
                    };
                    assert!((sum(|_| 1.0) - 1.0).abs() < 1e-9);
                    assert!(sum(|v| v).abs() < 1e-9);
                    // Left of zero the order may leave variance unused, as in R's ptable.
                    let spread = sum(|v| v * v);
                    assert!(spread < variance + 1e-9);
                    assert!(monotone || (spread - variance).abs() < 1e-9);
                    for noise in row {
                        let shown = count.cast_signed() + noise.value;
                        assert!(shown == 0 || shown > forbidden.cast_signed());
                    }
                }
            }
        }
        assert_eq!(
            table(5, 3.0, 2, true).row(0),
            [Noise {
                value: 0,
                probability: 1.0
            }]
        );
    }

    #[test]
    fn shapes_without_a_distribution_are_refused() {
        // Two forbidden values force the variance of a count of 1 to at least 1 × 2 = 2.
        let shape = Shape {
            largest: 5,
            variance: 2.0,
            forbidden: 2,
            monotone: false,
        };
        let error = PerturbationTable::new(shape).unwrap_err().to_string();
        assert!(error.contains("above 2"), "{error}");
    }

    #[test]
    fn a_key_picks_its_place_in_the_distribution() {
        let table = table(5, 3.0, 2, false);
        // Row 1: 0 up to .734470 of 2^64, then 3 up to .871190.
        let at = |share: f64| table.noise(1, (share * 2f64.powi(64)) as u64);
        assert_eq!(at(0.0), -1);
        assert_eq!(at(0.7344), -1);
        assert_eq!(at(0.7345), 2);
        assert_eq!(at(0.8711), 2);
        assert_eq!(table.noise(1, u64::MAX), 5);
        assert_eq!(table.noise(0, u64::MAX / 3), 0);
    }
}
