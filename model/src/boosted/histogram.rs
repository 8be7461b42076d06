//! Sums of gradients by bin, in whole numbers.

use super::binning::{BINS, BinnedMatrix};

/// Σ gradient (upper 32 bits, signed) and Σ hessian (lower 32 bits, unsigned) in one word. Adding
/// words adds both, as long as neither leaves its 32 bits: see [`Rounding`](super::loss::Rounding).
pub(super) type Pair = i64;

/// The pair of a row.
pub(super) fn pack(gradient: i32, hessian: u32) -> Pair {
    (i64::from(gradient) << 32) + i64::from(hessian)
}

/// Gradient and hessian of a pair.
pub(super) fn unpack(pair: Pair) -> (i32, u32) {
    ((pair >> 32) as i32, (pair & 0xffff_ffff) as u32)
}

/// One sum a bin for each column.
#[derive(Debug, Clone)]
pub(super) struct Histogram {
    pub(super) columns: Vec<[Pair; BINS]>,
}

impl Histogram {
    pub(super) fn new(columns: usize) -> Self {
        Self {
            columns: vec![[0; BINS]; columns],
        }
    }

    /// Sums over all rows.
    pub(super) fn fill_all(&mut self, matrix: &BinnedMatrix, pairs: &[Pair]) {
        self.clear();
        for (bins, &pair) in matrix.bins().chunks_exact(matrix.columns()).zip(pairs) {
            self.add(bins, pair);
        }
    }

    /// Sums over the given rows.
    pub(super) fn fill(&mut self, matrix: &BinnedMatrix, pairs: &[Pair], rows: &[u32]) {
        self.clear();
        for &row in rows {
            let row = row as usize;
            self.add(matrix.row(row), pairs[row]);
        }
    }

    /// What is left of `self` when `part` is taken away.
    pub(super) fn subtract(&mut self, part: &Self) {
        for (column, part) in self.columns.iter_mut().zip(&part.columns) {
            let sums = column.iter_mut().zip(part);
            sums.for_each(|(sum, part)| *sum = sum.wrapping_sub(*part));
        }
    }

    #[inline]
    fn add(&mut self, bins: &[u8], pair: Pair) {
        for (column, &bin) in self.columns.iter_mut().zip(bins) {
            let sum = &mut column[usize::from(bin)];
            *sum = sum.wrapping_add(pair);
        }
    }

    fn clear(&mut self) {
        self.columns.iter_mut().for_each(|column| column.fill(0));
    }
}
