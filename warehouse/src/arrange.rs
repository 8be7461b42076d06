//! Published tables put together or cut down: what comes out holds no cell that was not published.

use crate::{Category, Cell, Dimension, Error, PublishedTable};

impl PublishedTable {
    /// Only some categories of one dimension, in the order given.
    ///
    /// # Errors
    /// [`Error::Question`] if the dimension has no category of that code.
    pub fn keep<S: AsRef<str>>(&self, dimension: usize, codes: &[S]) -> Result<Self, Error> {
        let Some(old) = self.dimensions.get(dimension) else {
            return Ok(self.clone());
        };
        let place = |code: &S| {
            let found = old.categories.iter().position(|c| c.code == code.as_ref());
            found.ok_or_else(|| Error::Question {
                what: "value",
                found: code.as_ref().to_owned(),
                expected: format!("a value of {}", old.id),
            })
        };
        let places = codes.iter().map(place).collect::<Result<Vec<_>, _>>()?;
        let inner: usize = sizes(&self.dimensions[dimension + 1..]);
        let block = old.categories.len() * inner;
        let mut cells = Vec::with_capacity(self.cells.len());
        for outer in self.cells.chunks(block.max(1)) {
            for &place in &places {
                cells.extend_from_slice(&outer[place * inner..(place + 1) * inner]);
            }
        }
        let mut table = self.clone();
        table.dimensions[dimension].categories = places
            .iter()
            .map(|&place| old.categories[place].clone())
            .collect();
        table.cells = cells;
        Ok(table)
    }

    /// Tables that differ in one thing, as one table with that thing as its first dimension.
    ///
    /// Input: one table a category of `dimension`, all of one report, view and period. Groups that a table leaves out
    /// because nobody is in them are zero in it.
    ///
    /// # Errors
    /// [`Error::Table`] if there are not as many tables as categories, or their dimensions differ.
    pub fn stack(dimension: Dimension, tables: &[&Self]) -> Result<Self, Error> {
        let unlike = |problem: &str| Error::Table {
            table: dimension.id.clone(),
            problem: problem.to_owned(),
        };
        let (Some(first), true) = (tables.first(), tables.len() == dimension.categories.len())
        else {
            return Err(unlike("one table a category is needed"));
        };
        let ids = |table: &Self| -> Vec<String> {
            table.dimensions.iter().map(|d| d.id.clone()).collect()
        };
        if tables.iter().any(|table| ids(table) != ids(first)) {
            return Err(unlike("the tables have different dimensions"));
        }
        let united = unite(tables);
        let mut cells = Vec::with_capacity(tables.len() * sizes(&united));
        for table in tables {
            cells.extend(table.spread(&united));
        }
        let mut stacked = (*first).clone();
        for note in tables.iter().flat_map(|table| &table.notes) {
            if !stacked.notes.contains(note) {
                stacked.notes.push(note.clone());
            }
        }
        stacked.dimensions = std::iter::once(dimension).chain(united).collect();
        stacked.cells = cells;
        Ok(stacked)
    }

    /// The same table with its dimensions in another order (`order[i]` = which dimension comes in place i).
    ///
    /// # Errors
    /// [`Error::Table`] if the order does not name each dimension once.
    pub fn reorder(&self, order: &[usize]) -> Result<Self, Error> {
        let mut sorted = order.to_vec();
        sorted.sort_unstable();
        if !sorted.iter().copied().eq(0..self.dimensions.len()) {
            return Err(Error::Table {
                table: self.report.clone(),
                problem: "an order must name each dimension once".to_owned(),
            });
        }
        let mut strides = vec![1; self.dimensions.len()];
        for at in (0..self.dimensions.len().saturating_sub(1)).rev() {
            strides[at] = strides[at + 1] * self.dimensions[at + 1].categories.len();
        }
        let dimensions: Vec<Dimension> = order
            .iter()
            .map(|&at| self.dimensions[at].clone())
            .collect();
        let cells = (0..self.cells.len())
            .map(|index| {
                let mut rest = index;
                let mut from = 0;
                for (dimension, &at) in dimensions.iter().zip(order).rev() {
                    from += rest % dimension.categories.len() * strides[at];
                    rest /= dimension.categories.len();
                }
                self.cells[from]
            })
            .collect();
        let mut table = self.clone();
        table.dimensions = dimensions;
        table.cells = cells;
        Ok(table)
    }

    /// The same table with a dimension of one category before the others: the measure that all cells are of.
    #[must_use]
    pub fn with_only(mut self, dimension: Dimension) -> Self {
        if dimension.categories.len() == 1 {
            self.dimensions.insert(0, dimension);
        }
        self
    }

    /// The same table with a dimension under another name.
    #[must_use]
    pub fn renamed(mut self, old: &str, new: &str) -> Self {
        for dimension in self.dimensions.iter_mut().filter(|d| d.id == old) {
            new.clone_into(&mut dimension.id);
        }
        self
    }

    /// The cells in the order of dimensions that hold at least this table's categories; zero where it has none.
    fn spread(&self, united: &[Dimension]) -> Vec<Cell> {
        let places: Vec<Vec<Option<usize>>> = united
            .iter()
            .zip(&self.dimensions)
            .map(|(all, own)| {
                let place = |c: &Category| own.categories.iter().position(|o| o.code == c.code);
                all.categories.iter().map(place).collect()
            })
            .collect();
        let mut cells = Vec::with_capacity(sizes(united));
        for index in 0..sizes(united) {
            let mut rest = index;
            let mut indexes = Vec::with_capacity(united.len());
            for places in places.iter().rev() {
                indexes.push(places[rest % places.len()]);
                rest /= places.len();
            }
            indexes.reverse();
            let indexes: Option<Vec<usize>> = indexes.into_iter().collect();
            let cell = indexes.and_then(|indexes| self.cell(&indexes));
            cells.push(cell.unwrap_or(Cell::Value(0.0)));
        }
        cells
    }
}

/// The dimensions of all tables: the categories of the first, then those that only others have.
fn unite(tables: &[&PublishedTable]) -> Vec<Dimension> {
    let mut united: Vec<Dimension> = tables
        .first()
        .map_or_else(Vec::new, |table| table.dimensions.clone());
    for table in tables {
        for (all, own) in united.iter_mut().zip(&table.dimensions) {
            for category in &own.categories {
                if !all.categories.iter().any(|c| c.code == category.code) {
                    all.categories.push(category.clone());
                }
            }
        }
    }
    united
}

fn sizes(dimensions: &[Dimension]) -> usize {
    dimensions.iter().map(|d| d.categories.len()).product()
}

#[cfg(test)]
mod tests {
    use frisk_codes::Text;

    use super::*;
    use crate::{Month, Policy, Question, Role, Scope, View};

    fn dimension(id: &str, codes: &[&str]) -> Dimension {
        Dimension {
            id: id.to_owned(),
            label: Text::new("Rubrik", "Heading").into(),
            role: Role::Classification,
            categories: codes
                .iter()
                .map(|code| Category {
                    code: (*code).to_owned(),
                    label: Text::new("Värde", "Value").into(),
                })
                .collect(),
        }
    }

    fn table(dimensions: Vec<Dimension>, values: &[f64]) -> PublishedTable {
        let month: Month = "2025-01".parse().unwrap();
        PublishedTable {
            report: "r".to_owned(),
            question: Question::new("r", Scope::National, View::Series, month, month),
            title: Text::new("T", "T").into(),
            definition: Text::new("D", "D").into(),
            notes: Vec::new(),
            snapshot: "000001-ab".to_owned(),
            policy: Policy::None,
            dimensions,
            cells: values.iter().map(|&v| Cell::Value(v)).collect(),
        }
    }

    fn values(table: &PublishedTable) -> Vec<f64> {
        let value = |cell: &Cell| match cell {
            Cell::Value(value) => *value,
            Cell::Suppressed | Cell::Missing => f64::NAN,
        };
        table.cells.iter().map(value).collect()
    }

    // Rows a, b; columns x, y, z.
    fn grid() -> PublishedTable {
        let dimensions = vec![
            dimension("row", &["a", "b"]),
            dimension("column", &["x", "y", "z"]),
        ];
        table(dimensions, &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
    }

    #[test]
    fn categories_are_kept_in_the_order_asked() {
        let kept = grid().keep(1, &["z", "x"]).unwrap();
        assert_eq!(values(&kept), [3.0, 1.0, 6.0, 4.0]);
        let kept = grid().keep(0, &["b"]).unwrap();
        assert_eq!(values(&kept), [4.0, 5.0, 6.0]);
        assert!(grid().keep(1, &["q"]).is_err());
    }

    #[test]
    fn a_table_turned_has_the_same_cells_elsewhere() {
        let turned = grid().reorder(&[1, 0]).unwrap();
        assert_eq!(values(&turned), [1.0, 4.0, 2.0, 5.0, 3.0, 6.0]);
        assert_eq!(turned.reorder(&[1, 0]).unwrap(), grid());
        assert!(grid().reorder(&[0, 0]).is_err());
    }

    #[test]
    fn a_group_that_one_table_leaves_out_is_zero_there() {
        let one = table(vec![dimension("row", &["a"])], &[1.0]);
        let two = table(vec![dimension("row", &["a", "b"])], &[2.0, 3.0]);
        let stacked =
            PublishedTable::stack(dimension("region", &["01", "03"]), &[&one, &two]).unwrap();
        assert_eq!(values(&stacked), [1.0, 0.0, 2.0, 3.0]);
        assert!(PublishedTable::stack(dimension("region", &["01"]), &[&one, &two]).is_err());
    }
}
