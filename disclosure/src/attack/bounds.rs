use std::collections::{BTreeMap, HashMap};

use crate::{Error, Matrix, simplex::Simplex};

/// What an outsider knows of a hidden cell: it lies between `low` and `high`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// The cell.
    pub cell: usize,
    /// Least possible value.
    pub low: f64,
    /// Largest possible value; infinite if nothing shown limits it.
    pub high: f64,
}

impl Bounds {
    /// Whether there is only one whole number between them (breach class B0).
    #[must_use]
    pub fn is_exact(&self) -> bool {
        (self.low - 1e-6).ceil() >= (self.high + 1e-6).floor()
    }
}

/// The least and largest value of each asked cell that agrees with every shown cell, when no inner row is negative.
///
/// Input: the true value of each shown cell (`values`, one a cell; hidden ones are not read). Inner rows that always stand
/// together are one variable; parts of the release that have no row in common are solved apart.
///
/// # Errors
/// [`Error::Steps`] if a program does not end.
///
/// Source: `DISCLOSURE.md` §7.2.
pub fn bounds(
    matrix: &Matrix,
    shown: &[bool],
    values: &[u64],
    asked: &[usize],
) -> Result<Vec<Bounds>, Error> {
    let problem = Problem::new(matrix, shown, values);
    let mut programs: HashMap<usize, Program> = HashMap::new();
    asked
        .iter()
        .map(|&cell| problem.ends(cell, &mut programs))
        .collect()
}

/// The equations with what is known taken out.
struct Problem<'a> {
    matrix: &'a Matrix,
    /// The variable of each inner row.
    variable_of_row: Vec<usize>,
    /// Value of each variable that follows from one shown cell alone.
    fixed: Vec<Option<f64>>,
    /// Shown cells in what is not fixed: variables, each once, and right side.
    equations: Vec<(Vec<usize>, f64)>,
    /// The part that each variable belongs to.
    part: Vec<usize>,
}

/// The equations of one part, solved up to a first corner.
struct Program {
    simplex: Simplex,
    place: BTreeMap<usize, usize>,
}

impl<'a> Problem<'a> {
    fn new(matrix: &'a Matrix, shown: &[bool], values: &[u64]) -> Self {
        // Rows in exactly the same cells cannot be told apart: one variable.
        let mut variables: HashMap<Vec<u32>, usize> = HashMap::new();
        let variable_of_row: Vec<usize> = matrix
            .cells_of_rows()
            .into_iter()
            .map(|cells| {
                let next = variables.len();
                *variables.entry(cells).or_insert(next)
            })
            .collect();
        let mut problem = Self {
            matrix,
            fixed: vec![None; variables.len()],
            part: (0..variables.len()).collect(),
            variable_of_row,
            equations: Vec::new(),
        };
        for (cell, _) in shown.iter().enumerate().filter(|(_, shown)| **shown) {
            let variables = problem.variables(cell);
            problem.equations.push((variables, values[cell] as f64));
        }
        problem.take_out_what_is_known();
        problem.part_up();
        problem
    }

    /// The variables of a cell, each once.
    fn variables(&self, cell: usize) -> Vec<usize> {
        let rows = self.matrix.columns()[cell].rows().iter();
        let mut variables: Vec<usize> = rows
            .map(|&row| self.variable_of_row[row as usize])
            .collect();
        variables.sort_unstable();
        variables.dedup();
        variables
    }

    /// Shown zeros and shown single variables fix variables; repeated until nothing new follows.
    fn take_out_what_is_known(&mut self) {
        loop {
            let mut found = false;
            for (variables, right) in &mut self.equations {
                variables.retain(|&v| match self.fixed[v] {
                    Some(value) => {
                        *right -= value;
                        false
                    }
                    None => true,
                });
                if right.abs() < 1e-9 {
                    found |= !variables.is_empty();
                    for &v in variables.iter() {
                        self.fixed[v] = Some(0.0);
                    }
                } else if let [only] = variables.as_slice() {
                    self.fixed[*only] = Some(*right);
                    found = true;
                }
            }
            if !found {
                self.equations
                    .retain(|(variables, _)| !variables.is_empty());
                return;
            }
        }
    }

    /// Joins variables that stand in one equation.
    fn part_up(&mut self) {
        fn root(part: &mut [usize], mut at: usize) -> usize {
            while part[at] != at {
                part[at] = part[part[at]];
                at = part[at];
            }
            at
        }
        for (variables, _) in &self.equations {
            for pair in variables.windows(2) {
                let (a, b) = (root(&mut self.part, pair[0]), root(&mut self.part, pair[1]));
                self.part[a.max(b)] = a.min(b);
            }
        }
        for at in 0..self.part.len() {
            self.part[at] = root(&mut self.part, at);
        }
    }

    /// The ends of one cell: the sum over the parts that it touches.
    fn ends(&self, cell: usize, programs: &mut HashMap<usize, Program>) -> Result<Bounds, Error> {
        let mut known = 0.0;
        let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for variable in self.variables(cell) {
            match self.fixed[variable] {
                Some(value) => known += value,
                None => parts.entry(self.part[variable]).or_default().push(variable),
            }
        }
        let (mut low, mut high) = (known, known);
        for (part, variables) in parts {
            let program = match programs.entry(part) {
                std::collections::hash_map::Entry::Occupied(found) => found.into_mut(),
                std::collections::hash_map::Entry::Vacant(free) => free.insert(self.program(part)?),
            };
            let mut cost = vec![0.0; program.place.len()];
            for variable in &variables {
                cost[program.place[variable]] = 1.0;
            }
            low += program.simplex.minimise(&cost)?;
            cost.iter_mut().for_each(|c| *c = -*c);
            high -= program.simplex.minimise(&cost)?;
        }
        Ok(Bounds { cell, low, high })
    }

    fn program(&self, part: usize) -> Result<Program, Error> {
        let members =
            (0..self.part.len()).filter(|&v| self.part[v] == part && self.fixed[v].is_none());
        let place: BTreeMap<usize, usize> = members.enumerate().map(|(at, v)| (v, at)).collect();
        let rows: Vec<(Vec<usize>, f64)> = self
            .equations
            .iter()
            .filter(|(variables, _)| variables.first().is_some_and(|&v| self.part[v] == part))
            .map(|(variables, right)| (variables.iter().map(|v| place[v]).collect(), *right))
            .collect();
        Ok(Program {
            simplex: Simplex::new(&rows, place.len())?,
            place,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // A 2 × 2 table, rows sum to 5 and 7, columns to 4 and 8, inner cells hidden: the first lies between max(0, 5 − 8) = 0
    // and min(5, 4) = 4 (Fréchet bounds).
    #[test]
    fn hidden_cells_of_a_square_lie_between_the_frechet_bounds() {
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
        ] {
            matrix.add(rows).unwrap();
        }
        let shown = [false, false, false, false, true, true, true, true];
        let values = [1, 4, 3, 4, 5, 7, 4, 8];
        let found = bounds(&matrix, &shown, &values, &[0, 3]).unwrap();
        assert!((found[0].low, found[0].high) == (0.0, 4.0));
        assert!((found[1].low, found[1].high) == (3.0, 7.0));
        assert!(!found[0].is_exact());
    }

    // A shown sum of zero shows its parts, though no algebra does: 0 = a + b.
    #[test]
    fn a_sum_of_zero_gives_its_parts_away() {
        let mut matrix = Matrix::new(3);
        for rows in [vec![0], vec![1], vec![2], vec![0, 1], vec![1, 2]] {
            matrix.add(rows).unwrap();
        }
        let found = bounds(
            &matrix,
            &[false, false, false, true, true],
            &[0, 0, 6, 0, 6],
            &[0, 2],
        )
        .unwrap();
        assert!(found.iter().all(Bounds::is_exact));
        assert!((found[1].low - 6.0).abs() < 1e-9);
    }
}
