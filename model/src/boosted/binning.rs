//! Values to bins: one byte a value, row by row.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// A column before binning.
#[derive(Debug, Clone, PartialEq)]
pub enum RawColumn {
    /// Numbers; NaN = missing.
    Numbers(Vec<f64>),
    /// Level numbers 1, 2, …; 0 = missing. Their order means nothing.
    Levels(Vec<u16>),
}

/// How one column is binned. Bin 0 is always "missing".
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Binning {
    /// Ascending cuts; bin 1 + (how many cuts lie below the value).
    Numbers(Vec<f64>),
    /// Levels with a bin of their own, most frequent first, from bin 2 on; bin 1 = the others.
    Levels(Vec<u16>),
}

/// The binning of all columns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Binner {
    /// One entry a column.
    pub columns: Vec<Binning>,
}

/// Bins of n rows × p columns, row by row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BinnedMatrix {
    rows: usize,
    columns: usize,
    bins: Vec<u8>,
    /// Bins in use of each column.
    pub(super) used: Vec<u16>,
    /// Columns whose bins have no order.
    pub(super) unordered: Vec<bool>,
}

/// Most bins of a column.
pub(super) const BINS: usize = 256;
/// Rows looked at to find the cuts.
const SAMPLE: usize = 200_000;
/// Rows that a bin of numbers should hold at least.
const LEAST_IN_BIN: usize = 3;

impl RawColumn {
    fn len(&self) -> usize {
        match self {
            Self::Numbers(values) => values.len(),
            Self::Levels(levels) => levels.len(),
        }
    }
}

impl Binner {
    /// Learns cuts at quantiles (at most `most` bins besides "missing") and the frequent levels.
    ///
    /// # Errors
    /// [`Error::Parameter`] unless 2 ≤ `most` ≤ 255.
    pub fn learn(columns: &[RawColumn], most: usize) -> Result<Self> {
        if !(2..BINS).contains(&most) {
            return Err(Error::Parameter {
                name: "bins",
                found: most.to_string(),
                expected: "2 to 255",
            });
        }
        let learn = |column: &RawColumn| match column {
            RawColumn::Numbers(values) => Binning::Numbers(cuts(values, most)),
            RawColumn::Levels(levels) => Binning::Levels(frequent(levels, most - 1)),
        };
        Ok(Self {
            columns: columns.iter().map(learn).collect(),
        })
    }

    /// Bins columns of equal length.
    ///
    /// # Errors
    /// [`Error::Shape`] for another number of columns, columns of unequal length, or a column of
    /// the other kind.
    pub fn bin(&self, columns: &[RawColumn]) -> Result<BinnedMatrix> {
        let rows = columns.first().map_or(0, RawColumn::len);
        let width = self.columns.len();
        let odd = columns.iter().map(RawColumn::len).find(|&len| len != rows);
        if columns.len() != width || odd.is_some() {
            return Err(Error::Shape {
                what: "columns (or rows of a column)",
                found: odd.unwrap_or(columns.len()),
                expected: odd.map_or(width, |_| rows),
            });
        }
        let mut bins = vec![0; rows * width];
        for (at, (binning, column)) in self.columns.iter().zip(columns).enumerate() {
            let targets = bins.iter_mut().skip(at).step_by(width);
            match (binning, column) {
                (Binning::Numbers(cuts), RawColumn::Numbers(values)) => targets
                    .zip(values)
                    .for_each(|(bin, &value)| *bin = bin_of(cuts, value)),
                (Binning::Levels(levels), RawColumn::Levels(values)) => {
                    let table = level_table(levels);
                    let bin = |level: u16| table.get(usize::from(level)).copied().unwrap_or(1);
                    targets
                        .zip(values)
                        .for_each(|(to, &level)| *to = bin(level));
                }
                _ => {
                    return Err(Error::Shape {
                        what: "kind of column",
                        found: at,
                        expected: at,
                    });
                }
            }
        }
        Ok(BinnedMatrix {
            rows,
            columns: width,
            bins,
            used: self.columns.iter().map(Binning::used).collect(),
            unordered: self.columns.iter().map(Binning::unordered).collect(),
        })
    }
}

impl Binning {
    fn used(&self) -> u16 {
        match self {
            Self::Numbers(cuts) => cuts.len() as u16 + 2,
            Self::Levels(levels) => levels.len() as u16 + 2,
        }
    }

    fn unordered(&self) -> bool {
        matches!(self, Self::Levels(_))
    }
}

impl BinnedMatrix {
    /// A matrix from its bins.
    pub(super) fn from_bins(bins: Vec<u8>, used: Vec<u16>, unordered: Vec<bool>) -> Self {
        let columns = used.len();
        Self {
            rows: bins.len() / columns.max(1),
            columns,
            bins,
            used,
            unordered,
        }
    }

    /// Number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Number of columns.
    #[must_use]
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// The bins of one row.
    #[must_use]
    pub fn row(&self, row: usize) -> &[u8] {
        &self.bins[row * self.columns..(row + 1) * self.columns]
    }

    /// All bins, row by row.
    pub(super) fn bins(&self) -> &[u8] {
        &self.bins
    }

    /// The given rows, in the given order.
    #[must_use]
    pub fn take(&self, rows: &[usize]) -> Self {
        let mut bins = Vec::with_capacity(rows.len() * self.columns);
        rows.iter()
            .for_each(|&row| bins.extend_from_slice(self.row(row)));
        Self {
            rows: rows.len(),
            bins,
            ..self.clone_shape()
        }
    }

    fn clone_shape(&self) -> Self {
        Self {
            rows: 0,
            columns: self.columns,
            bins: Vec::new(),
            used: self.used.clone(),
            unordered: self.unordered.clone(),
        }
    }
}

/// linfa's view of the matrix: samples × features, elements are bins.
impl linfa::dataset::Records for BinnedMatrix {
    type Elem = u8;

    fn nsamples(&self) -> usize {
        self.rows
    }

    fn nfeatures(&self) -> usize {
        self.columns
    }
}

pub(super) fn bin_of(cuts: &[f64], value: f64) -> u8 {
    if value.is_nan() {
        return 0;
    }
    (1 + cuts.partition_point(|&cut| cut < value)) as u8
}

fn level_table(levels: &[u16]) -> Vec<u8> {
    let most = levels.iter().max().map_or(0, |&most| usize::from(most));
    let mut table = vec![1; most + 1];
    for (bin, &level) in (2_u8..).zip(levels) {
        table[usize::from(level)] = bin;
    }
    table[0] = 0;
    table
}

/// Cuts half-way between neighbouring values, so that the bins hold about equally many rows.
fn cuts(values: &[f64], most: usize) -> Vec<f64> {
    let step = values.len().div_ceil(SAMPLE).max(1);
    let sample = values
        .iter()
        .step_by(step)
        .copied()
        .filter(|value| !value.is_nan());
    let mut sorted: Vec<f64> = sample.collect();
    sorted.sort_by(f64::total_cmp);
    let aim = sorted
        .len()
        .div_ceil(most)
        .max(LEAST_IN_BIN.min(sorted.len()));
    let mut cuts = Vec::new();
    let mut held = 0;
    let mut runs = sorted.chunk_by(|a, b| a == b).peekable();
    while let Some(run) = runs.next() {
        held += run.len();
        // A value that fills a bin alone is cut off on its left as well.
        let next_fills = runs.peek().is_some_and(|next| next.len() >= aim);
        if let Some(next) = runs.peek().filter(|_| held >= aim || next_fills)
            && cuts.len() + 1 < most
        {
            cuts.push(0.5 * (run[0] + next[0]));
            held = 0;
        }
    }
    cuts
}

fn frequent(levels: &[u16], most: usize) -> Vec<u16> {
    let mut counts: Vec<(usize, u16)> = Vec::new();
    for &level in levels.iter().filter(|&&level| level > 0) {
        let at = usize::from(level);
        while counts.len() <= at {
            counts.push((0, counts.len() as u16));
        }
        counts[at].0 += 1;
    }
    counts.retain(|&(count, _)| count > 0);
    counts.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    counts.truncate(most);
    counts.into_iter().map(|(_, level)| level).collect()
}
