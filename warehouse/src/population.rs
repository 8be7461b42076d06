use std::collections::BTreeMap;

use frisk_codes::Sex;

/// Inhabitants by region, sex and year, on 31 December of that year: the denominators of per-inhabitant figures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Population {
    counts: BTreeMap<i32, BTreeMap<(String, i8), u64>>,
}

impl Population {
    /// No figures.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the inhabitants of a region (two-digit code) on 31 December of a year.
    pub fn set(&mut self, year: i32, region: &str, sex: Sex, inhabitants: u64) {
        self.counts
            .entry(year)
            .or_default()
            .insert((region.to_owned(), sex.code()), inhabitants);
    }

    /// Whether there are no figures at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// The year whose figures belong to a period that ends in `year`: the year before; if that is missing, the latest
    /// known; `None` if there is none.
    ///
    /// Source: conformance kit §4.6.
    #[must_use]
    pub fn year_for(&self, year: i32) -> Option<i32> {
        if self.counts.contains_key(&(year - 1)) {
            return Some(year - 1);
        }
        self.counts.keys().next_back().copied()
    }

    /// Inhabitants of a region on 31 December of a year; `None` if not known.
    #[must_use]
    pub fn get(&self, year: i32, region: &str, sex: Sex) -> Option<u64> {
        self.counts
            .get(&year)?
            .get(&(region.to_owned(), sex.code()))
            .copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_before_the_end_counts_else_the_latest() {
        let mut population = Population::new();
        assert_eq!(population.year_for(2014), None);
        population.set(2012, "23", Sex::Woman, 63_000);
        population.set(2015, "23", Sex::Woman, 64_000);
        assert_eq!(population.year_for(2013), Some(2012));
        assert_eq!(population.year_for(2014), Some(2015));
        assert_eq!(population.get(2015, "23", Sex::Woman), Some(64_000));
        assert_eq!(population.get(2015, "23", Sex::Man), None);
    }
}
