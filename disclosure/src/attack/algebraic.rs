use crate::Matrix;

/// A prime below 2^61: sums of two products of remainders fit 128 bits.
const PRIME: u64 = (1 << 61) - 1;

/// The hidden cells that are sums and differences of shown ones: each can be worked out exactly, whatever the numbers.
///
/// Input: `shown`, one flag a cell. Arithmetic modulo a prime near 2^61: a cell that can be worked out is always found; one
/// that cannot is reported with a chance below 1 in 10^15. Cost: as elimination of the shown columns.
///
/// Source: `DISCLOSURE.md` §7.1.
#[must_use]
pub fn recover(matrix: &Matrix, shown: &[bool]) -> Vec<usize> {
    let mut echelon: Vec<Option<Vec<(u32, u64)>>> = vec![None; matrix.rows()];
    let column = |cell: usize| -> Vec<(u32, u64)> {
        matrix.columns()[cell]
            .rows()
            .iter()
            .map(|&row| (row, 1))
            .collect()
    };
    let mut cells: Vec<usize> = (0..matrix.columns().len())
        .filter(|&cell| shown[cell])
        .collect();
    // Short columns first keep the echelon sparse.
    cells.sort_by_key(|&cell| (matrix.columns()[cell].rows().len(), cell));
    for cell in cells {
        let reduced = reduced(column(cell), &echelon);
        if let Some(&(row, value)) = reduced.first() {
            let inverse = power(value, PRIME - 2);
            let unit = reduced.iter().map(|&(r, v)| (r, times(v, inverse)));
            echelon[row as usize] = Some(unit.collect());
        }
    }
    (0..matrix.columns().len())
        .filter(|&cell| !shown[cell] && !matrix.columns()[cell].rows().is_empty())
        .filter(|&cell| reduced(column(cell), &echelon).is_empty())
        .collect()
}

/// What is left of a column after taking out every multiple of the echelon's.
fn reduced(column: Vec<(u32, u64)>, echelon: &[Option<Vec<(u32, u64)>>]) -> Vec<(u32, u64)> {
    let mut rest = column;
    let mut at = 0;
    while at < rest.len() {
        let (row, value) = rest[at];
        match &echelon[row as usize] {
            None => at += 1,
            Some(pivot) => rest = less(&rest, pivot, value),
        }
    }
    rest
}

/// `column − factor · pivot`, modulo the prime, without zeros.
fn less(column: &[(u32, u64)], pivot: &[(u32, u64)], factor: u64) -> Vec<(u32, u64)> {
    let mut sum = Vec::with_capacity(column.len() + pivot.len());
    let (mut i, mut j) = (0, 0);
    while i < column.len() || j < pivot.len() {
        let left = column.get(i).map_or(u32::MAX, |c| c.0);
        let right = pivot.get(j).map_or(u32::MAX, |c| c.0);
        let row = left.min(right);
        let mut value = 0;
        if left == row {
            value = column[i].1;
            i += 1;
        }
        if right == row {
            value = (value + PRIME - times(factor, pivot[j].1)) % PRIME;
            j += 1;
        }
        if value != 0 {
            sum.push((row, value));
        }
    }
    sum
}

fn times(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b) % u128::from(PRIME);
    u64::try_from(product).unwrap_or(0)
}

fn power(base: u64, mut exponent: u64) -> u64 {
    let (mut base, mut result) = (base, 1);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = times(result, base);
        }
        base = times(base, base);
        exponent >>= 1;
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subtraction_is_found_and_nothing_else() {
        // Rows a, b, c; cells: a, b, c, a+b, a+b+c.
        let mut matrix = Matrix::new(3);
        for rows in [vec![0], vec![1], vec![2], vec![0, 1], vec![0, 1, 2]] {
            matrix.add(rows).unwrap();
        }
        // Total and a+b are shown: c follows, a and b do not.
        assert_eq!(recover(&matrix, &[false, false, false, true, true]), [2]);
        // With b shown as well, a follows.
        assert_eq!(recover(&matrix, &[false, true, false, true, true]), [0, 2]);
        assert_eq!(recover(&matrix, &[false; 5]), [0_usize; 0]);
    }
}
