use std::collections::BTreeMap;

use crate::Error;

/// One published cell as the inner rows that it sums: sorted, each once.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Column(Vec<u32>);

impl Column {
    /// The inner rows, sorted.
    #[must_use]
    pub fn rows(&self) -> &[u32] {
        &self.0
    }
}

/// Which inner rows (the finest classes that exist) each cell of all tables sums: one joint model of a release.
///
/// Source: `DISCLOSURE.md` §3.1; one matrix over the common finest rows is stronger than any linking of tables.
#[derive(Debug, Clone, Default)]
pub struct Matrix {
    rows: usize,
    columns: Vec<Column>,
}

impl Matrix {
    /// A model of `rows` inner rows without cells.
    #[must_use]
    pub fn new(rows: usize) -> Self {
        Self {
            rows,
            columns: Vec::new(),
        }
    }

    /// Adds a cell that sums some inner rows; returns its number.
    ///
    /// # Errors
    /// [`Error::Row`] if it names a row that does not exist.
    pub fn add(&mut self, rows: impl IntoIterator<Item = u32>) -> Result<usize, Error> {
        let mut rows: Vec<u32> = rows.into_iter().collect();
        rows.sort_unstable();
        rows.dedup();
        let cell = self.columns.len();
        if let Some(&row) = rows.iter().find(|&&row| row as usize >= self.rows) {
            return Err(Error::Row {
                cell,
                row: row as usize,
                rows: self.rows,
            });
        }
        self.columns.push(Column(rows));
        Ok(cell)
    }

    /// Adds every cell of a table: each combination of one value a dimension, where a value may be a total.
    ///
    /// Input: for each inner row and dimension, the values that it counts under (its own code, the codes above it, the
    /// total). Returns the values and the number of each cell, in order of the values.
    ///
    /// # Errors
    /// As [`Self::add`].
    pub fn add_crossing(
        &mut self,
        memberships: &[Vec<Vec<String>>],
    ) -> Result<Vec<(Vec<String>, usize)>, Error> {
        let mut cells: BTreeMap<Vec<String>, Vec<u32>> = BTreeMap::new();
        for (row, dimensions) in memberships.iter().enumerate() {
            let row = u32::try_from(row).unwrap_or(u32::MAX);
            let mut combinations: Vec<Vec<String>> = vec![Vec::new()];
            for values in dimensions {
                combinations = combinations
                    .iter()
                    .flat_map(|before| {
                        values.iter().map(|value| {
                            let mut next = before.clone();
                            next.push(value.clone());
                            next
                        })
                    })
                    .collect();
            }
            for combination in combinations {
                cells.entry(combination).or_default().push(row);
            }
        }
        cells
            .into_iter()
            .map(|(values, rows)| Ok((values, self.add(rows)?)))
            .collect()
    }

    /// Number of inner rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The cells.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The value of each cell from the value of each inner row.
    #[must_use]
    pub fn sums(&self, inner: &[u64]) -> Vec<u64> {
        let sum = |column: &Column| column.0.iter().map(|&row| inner[row as usize]).sum();
        self.columns.iter().map(sum).collect()
    }

    /// For each inner row, the cells that sum it.
    #[must_use]
    pub fn cells_of_rows(&self) -> Vec<Vec<u32>> {
        let mut cells = vec![Vec::new(); self.rows];
        for (cell, column) in self.columns.iter().enumerate() {
            for &row in &column.0 {
                cells[row as usize].push(u32::try_from(cell).unwrap_or(u32::MAX));
            }
        }
        cells
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crossing_has_every_margin() {
        // Two regions × two groups with totals: (2 + 1) × (2 + 1) = 9 cells.
        let own = |a: &str, b: &str| {
            vec![
                vec![a.to_owned(), "T".to_owned()],
                vec![b.to_owned(), "T".to_owned()],
            ]
        };
        let rows = [own("A", "x"), own("A", "y"), own("B", "x"), own("B", "y")];
        let mut matrix = Matrix::new(4);
        let cells = matrix.add_crossing(&rows).unwrap();
        assert_eq!(cells.len(), 9);
        let sums = matrix.sums(&[1, 2, 3, 4]);
        let value = |a: &str, b: &str| {
            let found = cells.iter().find(|(v, _)| v == &[a, b]).unwrap();
            sums[found.1]
        };
        assert_eq!(
            [
                value("T", "T"),
                value("A", "T"),
                value("T", "y"),
                value("B", "x")
            ],
            [10, 3, 6, 3]
        );
        assert!(matrix.add([4]).is_err());
    }
}
