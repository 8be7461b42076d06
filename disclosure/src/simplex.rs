use crate::Error;

/// Below this a coefficient counts as zero.
const TINY: f64 = 1e-9;

/// A linear program in equality form, solved by the primal simplex method on a dense tableau: `A x = b`, `x ≥ 0`.
///
/// Made once with a first feasible corner; many objectives are then tried from where the last one ended.
#[derive(Debug, Clone)]
pub(crate) struct Simplex {
    /// Rows of the tableau: coefficients of all variables, then the right side.
    tableau: Vec<Vec<f64>>,
    /// The variable that each row belongs to.
    basis: Vec<usize>,
    variables: usize,
}

impl Simplex {
    /// Finds a first corner. Rows that follow from others fall away.
    ///
    /// # Errors
    /// [`Error::Steps`] if the search does not end. The program must have a solution.
    pub(crate) fn new(rows: &[(Vec<usize>, f64)], variables: usize) -> Result<Self, Error> {
        let width = variables + rows.len();
        let tableau: Vec<Vec<f64>> = rows
            .iter()
            .enumerate()
            .map(|(at, (ones, right))| {
                let mut row = vec![0.0; width + 1];
                for &variable in ones {
                    row[variable] = 1.0;
                }
                row[variables + at] = 1.0;
                row[width] = *right;
                row
            })
            .collect();
        let mut program = Self {
            basis: (variables..width).collect(),
            tableau,
            variables: width,
        };
        let mut cost = vec![0.0; width];
        cost[variables..].fill(1.0);
        program.minimise(&cost)?;
        program.drop_artificial(variables);
        Ok(program)
    }

    /// Takes the helper variables of the first search out: turns their rows to real variables, or drops the rows.
    fn drop_artificial(&mut self, variables: usize) {
        let width = self.variables;
        let mut row = 0;
        while row < self.basis.len() {
            if self.basis[row] < variables {
                row += 1;
                continue;
            }
            match (0..variables).find(|&v| self.tableau[row][v].abs() > TINY) {
                Some(variable) => {
                    self.turn(row, variable);
                    row += 1;
                }
                None => {
                    self.tableau.swap_remove(row);
                    self.basis.swap_remove(row);
                }
            }
        }
        for line in &mut self.tableau {
            let right = line[width];
            line.truncate(variables);
            line.push(right);
        }
        self.variables = variables;
    }

    /// The least value of `cost · x`; infinite below is `-∞`.
    ///
    /// # Errors
    /// [`Error::Steps`] if it does not end.
    pub(crate) fn minimise(&mut self, cost: &[f64]) -> Result<f64, Error> {
        let right = self.variables;
        let mut reduced = cost.to_vec();
        reduced.push(0.0);
        for (line, &basic) in self.tableau.iter().zip(&self.basis) {
            let factor = reduced[basic];
            if factor != 0.0 {
                for (r, value) in reduced.iter_mut().zip(line) {
                    *r -= factor * value;
                }
            }
        }
        let most = 50 * (self.variables + self.basis.len()) + 1000;
        let mut idle = 0;
        for _ in 0..most {
            // The steepest column; after many steps without progress the first, which cannot go round in circles.
            let columns = (0..self.variables).filter(|&v| reduced[v] < -TINY);
            let entering = if idle > 50 {
                columns.min()
            } else {
                columns.min_by(|&a, &b| reduced[a].total_cmp(&reduced[b]))
            };
            let Some(entering) = entering else {
                return Ok(-reduced[right]);
            };
            let Some(row) = self.leaving(entering) else {
                return Ok(f64::NEG_INFINITY);
            };
            idle = if self.tableau[row][right] > TINY {
                0
            } else {
                idle + 1
            };
            self.turn(row, entering);
            let factor = reduced[entering];
            for (r, value) in reduced.iter_mut().zip(&self.tableau[row]) {
                *r -= factor * value;
            }
        }
        Err(Error::Steps { steps: most })
    }

    /// The row that limits a variable that grows; among equals the one of the smallest basic variable.
    fn leaving(&self, entering: usize) -> Option<usize> {
        let right = self.variables;
        let mut best: Option<(f64, usize)> = None;
        for (row, line) in self.tableau.iter().enumerate() {
            if line[entering] > TINY {
                let ratio = line[right].max(0.0) / line[entering];
                let better = best.is_none_or(|(least, at)| {
                    ratio < least - 1e-12
                        || (ratio <= least + 1e-12 && self.basis[row] < self.basis[at])
                });
                if better {
                    best = Some((ratio, row));
                }
            }
        }
        best.map(|(_, row)| row)
    }

    /// Makes a variable basic in a row.
    fn turn(&mut self, row: usize, variable: usize) {
        let factor = self.tableau[row][variable];
        for value in &mut self.tableau[row] {
            *value /= factor;
        }
        let pivot = self.tableau[row].clone();
        let places: Vec<usize> = (0..pivot.len()).filter(|&at| pivot[at] != 0.0).collect();
        for (at, line) in self.tableau.iter_mut().enumerate() {
            let factor = line[variable];
            if at == row || factor == 0.0 {
                continue;
            }
            for &place in &places {
                line[place] -= factor * pivot[place];
                if line[place].abs() < 1e-12 {
                    line[place] = 0.0;
                }
            }
        }
        self.basis[row] = variable;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // x + y = 4, y + z = 3, x, y, z ≥ 0: y lies in 0..3, x = 4 − y in 1..4, z = 3 − y in 0..3.
    #[test]
    fn the_ends_of_a_small_program() {
        let rows = [(vec![0, 1], 4.0), (vec![1, 2], 3.0), (vec![0, 1], 4.0)];
        let mut program = Simplex::new(&rows, 3).unwrap();
        let ends = |program: &mut Simplex, v: usize| {
            let mut cost = [0.0; 3];
            cost[v] = 1.0;
            let low = program.minimise(&cost).unwrap();
            cost[v] = -1.0;
            (low, -program.minimise(&cost).unwrap())
        };
        let near = |(a, b): (f64, f64), (c, d): (f64, f64)| {
            assert!((a - c).abs() < 1e-9 && (b - d).abs() < 1e-9, "{a} {b}");
        };
        near(ends(&mut program, 0), (1.0, 4.0));
        near(ends(&mut program, 1), (0.0, 3.0));
        near(ends(&mut program, 2), (0.0, 3.0));
        // A variable in no row has no upper end.
        let mut free = Simplex::new(&[(vec![0], 2.0)], 2).unwrap();
        assert_eq!(free.minimise(&[0.0, -1.0]).unwrap(), f64::NEG_INFINITY);
    }
}
