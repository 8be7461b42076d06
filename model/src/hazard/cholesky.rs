//! Cholesky factorisation of a dense symmetric matrix, sequential and so bit-identical on rerun.

use crate::error::{Error, Result};

/// Lower factor L with A = L Lᵀ, stored by rows in a full square.
#[derive(Debug, Clone)]
pub(crate) struct Cholesky {
    size: usize,
    lower: Vec<f64>,
}

impl Cholesky {
    /// Factors the matrix whose **upper** triangle is given by rows.
    pub(crate) fn of_upper(upper: &[f64], size: usize) -> Result<Self> {
        let mut lower = vec![0.0; size * size];
        for row in 0..size {
            for col in 0..=row {
                lower[row * size + col] = upper[col * size + row];
            }
        }
        for row in 0..size {
            let (above, rest) = lower.split_at_mut(row * size);
            let current = &mut rest[..=row];
            for col in 0..row {
                let pivot = &above[col * size..=col * size + col];
                let (done, tail) = current.split_at_mut(col);
                tail[0] = (tail[0] - dot(done, &pivot[..col])) / pivot[col];
            }
            let (done, tail) = current.split_at_mut(row);
            let remainder = tail[0] - dot(done, done);
            if remainder.is_nan() || remainder <= tail[0].abs() * 1e-13 {
                return Err(Error::Singular { parameter: row });
            }
            tail[0] = remainder.sqrt();
        }
        Ok(Self { size, lower })
    }

    /// Solves A x = b in place.
    pub(crate) fn solve(&self, b: &mut [f64]) {
        for row in 0..self.size {
            let line = &self.lower[row * self.size..=row * self.size + row];
            b[row] = (b[row] - dot(&line[..row], &b[..row])) / line[row];
        }
        for row in (0..self.size).rev() {
            let line = &self.lower[row * self.size..=row * self.size + row];
            b[row] /= line[row];
            let value = b[row];
            for (target, factor) in b[..row].iter_mut().zip(line) {
                *target -= factor * value;
            }
        }
    }

    /// Diagonal of A⁻¹: squared column norms of L⁻¹.
    pub(crate) fn inverse_diagonal(&self) -> Vec<f64> {
        let mut diagonal = vec![0.0; self.size];
        let mut column = vec![0.0; self.size];
        for (start, total) in diagonal.iter_mut().enumerate() {
            column[start] = 1.0 / self.lower[start * self.size + start];
            for row in start + 1..self.size {
                let line = &self.lower[row * self.size..=row * self.size + row];
                column[row] = -dot(&line[start..row], &column[start..row]) / line[row];
            }
            *total = dot(&column[start..], &column[start..]);
        }
        diagonal
    }
}

/// Inner product in eight fixed lanes: vectorised, and the same bits every time.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let mut lanes = [0.0_f64; 8];
    let (head_a, tail_a) = a.as_chunks::<8>();
    let (head_b, tail_b) = b.as_chunks::<8>();
    for (x, y) in head_a.iter().zip(head_b) {
        for lane in 0..8 {
            lanes[lane] += x[lane] * y[lane];
        }
    }
    let tail: f64 = tail_a.iter().zip(tail_b).map(|(x, y)| x * y).sum();
    lanes.iter().sum::<f64>() + tail
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hand_factored_matrix_is_solved_and_inverted() {
        // A = [[4, 2], [2, 3]]: determinant 8, A⁻¹ = [[3, -2], [-2, 4]] / 8.
        let factor = Cholesky::of_upper(&[4.0, 2.0, 0.0, 3.0], 2).unwrap();
        let mut b = [8.0, 8.0];
        factor.solve(&mut b);
        // x = A⁻¹ b = [(24 - 16) / 8, (-16 + 32) / 8] = [1, 2].
        assert!((b[0] - 1.0).abs() < 1e-15 && (b[1] - 2.0).abs() < 1e-15);
        let diagonal = factor.inverse_diagonal();
        assert!((diagonal[0] - 0.375).abs() < 1e-15 && (diagonal[1] - 0.5).abs() < 1e-15);
    }

    #[test]
    fn a_singular_matrix_is_refused_by_parameter() {
        let singular = Cholesky::of_upper(&[1.0, 1.0, 0.0, 1.0], 2);
        assert!(matches!(singular, Err(Error::Singular { parameter: 1 })));
    }

    #[test]
    fn a_long_inner_product_counts_every_lane() {
        // 1² + … + 19² = 19·20·39/6 = 2470.
        let numbers: Vec<f64> = (1..=19).map(f64::from).collect();
        assert_eq!(dot(&numbers, &numbers), 2470.0);
    }
}
