//! Until when persons are followed: after death, emigration or retirement nothing more is known of their leave.

use std::collections::HashMap;

use arrow::{
    array::AsArray,
    datatypes::{Date32Type, Int64Type},
};
use rayon::prelude::*;

use crate::{
    Error, Snapshot, seal,
    tables::{Table, Tables},
};

/// The last day on which each person is followed, where that is known to have come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ObservationEnds {
    last: HashMap<i64, i32>,
}

/// The ends that hold for the whole country; a move ends only what one region follows.
const NATIONAL: [&str; 3] = ["death", "emigration", "pension"];

impl ObservationEnds {
    /// Reads the ends of a snapshot that hold for the whole country.
    ///
    /// **Output**: of several ends of a person the first counts. Memory: 16 bytes a person with an end.
    ///
    /// # Errors
    /// When the table cannot be read.
    pub fn read(tables: &Tables, snapshot: &Snapshot) -> Result<Self, Error> {
        Self::read_where(tables, snapshot, |kind, _| NATIONAL.contains(&kind))
    }

    /// Reads the ends that hold for what a region (two digits) follows: moves out of it among them.
    ///
    /// # Errors
    /// When the table cannot be read.
    pub fn read_for_region(
        tables: &Tables,
        snapshot: &Snapshot,
        region: &str,
    ) -> Result<Self, Error> {
        Self::read_where(tables, snapshot, |kind, of| {
            NATIONAL.contains(&kind) || of == region || of == "00"
        })
    }

    fn read_where(
        tables: &Tables,
        snapshot: &Snapshot,
        counts: impl Fn(&str, &str) -> bool + Sync,
    ) -> Result<Self, Error> {
        let state = tables.state_in(Table::OBSERVATION_END, snapshot)?;
        let columns = ["person_key", "kind", "end_date", "region"];
        let parts: Result<Vec<Vec<(i64, i32)>>, Error> = state
            .files
            .par_iter()
            .map(|file| {
                let mut found = Vec::new();
                for batch in tables.read(Table::OBSERVATION_END, file, Some(&columns))? {
                    let persons = seal::column(&batch, "person_key")?.as_primitive::<Int64Type>();
                    let dates = seal::column(&batch, "end_date")?.as_primitive::<Date32Type>();
                    let kinds = seal::texts(&batch, "kind")?;
                    let regions = seal::texts(&batch, "region")?;
                    found.extend(
                        (0..batch.num_rows())
                            .filter(|row| counts(kinds.value(*row), regions.value(*row)))
                            .map(|row| (persons.value(row), dates.value(row))),
                    );
                }
                Ok(found)
            })
            .collect();
        Ok(Self::of(parts?.into_iter().flatten()))
    }

    /// Ends by person: the first day (since 1970-01-01) on which she is no longer followed.
    #[must_use]
    pub fn of(ends: impl IntoIterator<Item = (i64, i32)>) -> Self {
        let mut last: HashMap<i64, i32> = HashMap::new();
        for (person, end) in ends {
            last.entry(person)
                .and_modify(|day| *day = (end - 1).min(*day))
                .or_insert(end - 1);
        }
        Self { last }
    }

    /// The last day on which a person is followed, given how far the data reach: no later than that.
    #[must_use]
    pub fn through(&self, person: i64, through: i32) -> i32 {
        self.last
            .get(&person)
            .map_or(through, |last| (*last).min(through))
    }

    /// Persons with an end.
    #[must_use]
    pub fn len(&self) -> usize {
        self.last.len()
    }

    /// Whether nobody has one.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.last.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_end_counts_and_never_later_than_the_data() {
        // Person 1: from day 100 and from day 90 on no longer followed: day 89 is her last.
        let ends = ObservationEnds::of([(1, 100), (1, 90), (2, 500)]);
        assert_eq!(ends.len(), 2);
        assert_eq!(ends.through(1, 300), 89);
        assert_eq!(ends.through(2, 300), 300);
        assert_eq!(ends.through(3, 300), 300);
    }
}
