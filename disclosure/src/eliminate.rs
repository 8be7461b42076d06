use std::collections::{BTreeSet, HashMap};

use crate::{Error, Matrix};

/// A column being reduced: (inner row, coefficient), sorted by row, without zeros.
type Sparse = Vec<(u32, i128)>;

/// Which cells must be hidden so that none of the primary ones can be worked out by adding and subtracting what is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Protection {
    /// Cells hidden besides the primary ones, in the order in which they were refused.
    pub secondary: Vec<usize>,
    /// Cells that had to be shown though they give a primary cell away: a release with any must be blocked.
    pub unsafe_forced: Vec<usize>,
}

/// What is to be protected.
#[derive(Debug, Clone)]
pub struct Task<'a> {
    /// The cells of all tables of the release.
    pub matrix: &'a Matrix,
    /// Cells that must be hidden.
    pub primary: &'a [bool],
    /// Cells that must be shown: published before, or public anyway.
    pub forced: &'a [bool],
    /// Inner rows of one person, who knows her own row (`DISCLOSURE.md` §3.5).
    pub singletons: &'a [bool],
    /// All cells that may be shown, the most wanted first.
    pub order: &'a [usize],
}

impl<'a> Task<'a> {
    /// The order of the candidates: zeros first unless they may be hidden, then the largest; among equals those with the
    /// largest neighbours, then by number. `weights` multiplies counts (1 where nothing else is wanted).
    ///
    /// Source: `DISCLOSURE.md` §3.4.
    #[must_use]
    pub fn default_order(
        matrix: &Matrix,
        counts: &[u64],
        weights: &[f64],
        zeros_may_be_hidden: bool,
    ) -> Vec<usize> {
        let weight: Vec<f64> = counts
            .iter()
            .zip(weights)
            .map(|(&count, weight)| (count as f64 + 1.0) * weight)
            .collect();
        let mut of_row = vec![0.0; matrix.rows()];
        for (column, weight) in matrix.columns().iter().zip(&weight) {
            for &row in column.rows() {
                of_row[row as usize] += weight;
            }
        }
        let near: Vec<f64> = matrix
            .columns()
            .iter()
            .map(|column| column.rows().iter().map(|&row| of_row[row as usize]).sum())
            .collect();
        let first = |cell: usize| counts[cell] == 0 && !zeros_may_be_hidden;
        let mut order: Vec<usize> = (0..counts.len()).collect();
        order.sort_by(|&a, &b| {
            first(b)
                .cmp(&first(a))
                .then(weight[b].total_cmp(&weight[a]))
                .then(near[b].total_cmp(&near[a]))
                .then(a.cmp(&b))
        });
        order
    }
}

/// Chooses which cells to show, one by one in the given order: a cell is hidden if showing it would make a primary cell a
/// sum of shown ones, or would reveal a sum over single persons.
///
/// The test is complete for linear recovery; only the order is a choice. Exact arithmetic.
///
/// # Errors
/// [`Error::Overflow`] if coefficients outgrow 128 bits.
///
/// Source: `DISCLOSURE.md` §3.3 (Langsrud 2024).
pub fn protect(task: &Task<'_>) -> Result<Protection, Error> {
    let mut elimination = Elimination::new(task);
    let mut protection = Protection::default();
    let forced = task.order.iter().filter(|&&cell| task.forced[cell]);
    let free = task.order.iter().filter(|&&cell| !task.forced[cell]);
    for &cell in forced.chain(free) {
        if task.primary[cell] {
            continue;
        }
        let column = elimination.candidates[cell].clone();
        if column.is_empty() {
            continue;
        }
        let reveals = elimination.reveals(&column)
            || column.iter().all(|&(row, _)| task.singletons[row as usize]);
        if reveals && !task.forced[cell] {
            protection.secondary.push(cell);
            elimination.drop_candidate(cell);
            continue;
        }
        if reveals {
            protection.unsafe_forced.push(cell);
        }
        elimination.publish(cell, &column)?;
    }
    Ok(protection)
}

/// All columns, reduced by those that are shown.
struct Elimination<'a> {
    task: &'a Task<'a>,
    /// Columns of cells that are not decided yet; empty = a sum of shown cells.
    candidates: Vec<Sparse>,
    /// Columns of the primary cells, each different one once.
    primaries: Vec<Sparse>,
    /// Undecided cells with each row; may name cells that have the row no more.
    candidates_of_row: Vec<Vec<usize>>,
    primaries_of_row: Vec<Vec<usize>>,
    /// Primary columns by their direction.
    directions: HashMap<Sparse, BTreeSet<usize>>,
}

impl<'a> Elimination<'a> {
    fn new(task: &'a Task<'a>) -> Self {
        let columns = task.matrix.columns();
        let sparse =
            |cell: usize| -> Sparse { columns[cell].rows().iter().map(|&row| (row, 1)).collect() };
        let different: BTreeSet<Sparse> = (0..columns.len())
            .filter(|&cell| task.primary[cell])
            .map(sparse)
            .filter(|column| !column.is_empty())
            .collect();
        let mut new = Self {
            task,
            candidates: vec![Vec::new(); columns.len()],
            primaries: different.into_iter().collect(),
            candidates_of_row: vec![Vec::new(); task.matrix.rows()],
            primaries_of_row: vec![Vec::new(); task.matrix.rows()],
            directions: HashMap::new(),
        };
        for &cell in task.order.iter().filter(|&&cell| !task.primary[cell]) {
            new.candidates[cell] = sparse(cell);
            for &(row, _) in &new.candidates[cell] {
                new.candidates_of_row[row as usize].push(cell);
            }
        }
        for (at, column) in new.primaries.iter().enumerate() {
            new.directions
                .entry(direction(column))
                .or_default()
                .insert(at);
            for &(row, _) in column {
                new.primaries_of_row[row as usize].push(at);
            }
        }
        new
    }

    /// Whether a column is a multiple of a primary one.
    fn reveals(&self, column: &Sparse) -> bool {
        self.directions.contains_key(&direction(column))
    }

    fn drop_candidate(&mut self, cell: usize) {
        self.candidates[cell].clear();
    }

    /// Shows a cell: takes its pivot row out of all columns that are left.
    fn publish(&mut self, cell: usize, column: &Sparse) -> Result<(), Error> {
        self.candidates[cell].clear();
        let Some((row, value)) = self.pivot(column) else {
            return Ok(());
        };
        let overflow = Error::Overflow { cell };
        for other in std::mem::take(&mut self.candidates_of_row[row as usize]) {
            let Some(reduced) = reduce(&self.candidates[other], column, row, value) else {
                continue;
            };
            let reduced = reduced.ok_or_else(|| overflow.clone())?;
            for &(filled, _) in &reduced {
                if !has(&self.candidates[other], filled) {
                    self.candidates_of_row[filled as usize].push(other);
                }
            }
            self.candidates[other] = reduced;
        }
        for other in std::mem::take(&mut self.primaries_of_row[row as usize]) {
            let Some(reduced) = reduce(&self.primaries[other], column, row, value) else {
                continue;
            };
            let reduced = reduced.ok_or_else(|| overflow.clone())?;
            self.turn(other, reduced);
        }
        Ok(())
    }

    /// Gives a primary column its new value.
    fn turn(&mut self, primary: usize, reduced: Sparse) {
        let old = direction(&self.primaries[primary]);
        if let Some(same) = self.directions.get_mut(&old) {
            same.remove(&primary);
            if same.is_empty() {
                self.directions.remove(&old);
            }
        }
        for &(filled, _) in &reduced {
            if !has(&self.primaries[primary], filled) {
                self.primaries_of_row[filled as usize].push(primary);
            }
        }
        if !reduced.is_empty() {
            self.directions
                .entry(direction(&reduced))
                .or_default()
                .insert(primary);
        }
        self.primaries[primary] = reduced;
    }

    /// The row to eliminate by: not of a single person if there is another, then ±1, then the row of the fewest columns.
    fn pivot(&self, column: &Sparse) -> Option<(u32, i128)> {
        column.iter().copied().min_by_key(|&(row, value)| {
            let row = row as usize;
            let filled = self.candidates_of_row[row].len() + self.primaries_of_row[row].len();
            (self.task.singletons[row], value.abs() != 1, filled, row)
        })
    }
}

fn has(column: &Sparse, row: u32) -> bool {
    column.binary_search_by_key(&row, |&(r, _)| r).is_ok()
}

/// `value · column − factor · pivot`, divided by its greatest common divisor. Outer `None` = the column does not have the
/// row; inner `None` = overflow.
fn reduce(column: &Sparse, pivot: &Sparse, row: u32, value: i128) -> Option<Option<Sparse>> {
    let at = column.binary_search_by_key(&row, |&(r, _)| r).ok()?;
    let factor = column[at].1;
    let mut sum: Sparse = Vec::with_capacity(column.len() + pivot.len());
    let (mut left, mut right) = (column.iter().peekable(), pivot.iter().peekable());
    loop {
        let next = match (left.peek(), right.peek()) {
            (None, None) => break,
            (Some(&&(r, a)), None) => {
                left.next();
                (r, a.checked_mul(value))
            }
            (None, Some(&&(r, b))) => {
                right.next();
                (r, b.checked_mul(factor).and_then(i128::checked_neg))
            }
            (Some(&&(r, a)), Some(&&(s, b))) => {
                if r < s {
                    left.next();
                    (r, a.checked_mul(value))
                } else if s < r {
                    right.next();
                    (s, b.checked_mul(factor).and_then(i128::checked_neg))
                } else {
                    left.next();
                    right.next();
                    let difference = a
                        .checked_mul(value)
                        .zip(b.checked_mul(factor))
                        .and_then(|(a, b)| a.checked_sub(b));
                    (r, difference)
                }
            }
        };
        match next {
            (_, None) => return Some(None),
            (_, Some(0)) => {}
            (r, Some(n)) => sum.push((r, n)),
        }
    }
    Some(Some(divided(sum)))
}

/// The column divided by the greatest common divisor of its coefficients.
fn divided(mut column: Sparse) -> Sparse {
    let divisor = column
        .iter()
        .fold(0, |divisor, &(_, n)| gcd(divisor, n.unsigned_abs()));
    if divisor > 1 {
        let divisor = divisor.cast_signed();
        for (_, n) in &mut column {
            *n /= divisor;
        }
    }
    column
}

fn gcd(a: u128, b: u128) -> u128 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// The column up to a factor: divided, its first coefficient positive.
fn direction(column: &Sparse) -> Sparse {
    let mut column = divided(column.clone());
    if column.first().is_some_and(|&(_, n)| n < 0) {
        for (_, n) in &mut column {
            *n = -*n;
        }
    }
    column
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A 2 × 2 table with margins; inner rows 0..4, cells: 4 inner, 2 row sums, 2 column sums, the total.
    fn square() -> Matrix {
        let mut matrix = Matrix::new(4);
        for rows in [
            vec![0],
            vec![1],
            vec![2],
            vec![3],
            vec![0, 1],
            vec![2, 3],
            vec![0, 2],
            vec![1, 3],
            vec![0, 1, 2, 3],
        ] {
            matrix.add(rows).unwrap();
        }
        matrix
    }

    // In a 2 × 2 table with shown margins one hidden cell needs the three others hidden too (by hand: any of them shown
    // gives it by subtraction).
    #[test]
    fn one_hidden_cell_of_four_hides_all_four() {
        let matrix = square();
        let counts = matrix.sums(&[2, 30, 40, 50]);
        let order = Task::default_order(&matrix, &counts, &[1.0; 9], true);
        let primary: Vec<bool> = (0..9).map(|cell| cell == 0).collect();
        let task = Task {
            matrix: &matrix,
            primary: &primary,
            forced: &[false; 9],
            singletons: &[false; 4],
            order: &order,
        };
        let mut hidden = protect(&task).unwrap().secondary;
        hidden.sort_unstable();
        assert_eq!(hidden, [1, 2, 3]);
    }

    #[test]
    fn a_forced_cell_that_gives_a_primary_away_is_told() {
        let matrix = square();
        let counts = matrix.sums(&[2, 30, 40, 50]);
        let order = Task::default_order(&matrix, &counts, &[1.0; 9], true);
        let primary: Vec<bool> = (0..9).map(|cell| cell == 0).collect();
        // The row sum and its other cell were published before.
        let forced: Vec<bool> = (0..9).map(|cell| cell == 1 || cell == 4).collect();
        let task = Task {
            matrix: &matrix,
            primary: &primary,
            forced: &forced,
            singletons: &[false; 4],
            order: &order,
        };
        assert_eq!(protect(&task).unwrap().unsafe_forced.len(), 1);
    }
}
