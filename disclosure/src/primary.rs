use serde::{Deserialize, Serialize};

/// Who is behind a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Contributors {
    /// Distinct persons.
    pub persons: u64,
    /// Distinct persons that are not the insider's own (a unit knows its own cells); the same as `persons` without one.
    pub persons_outside: u64,
    /// Sum of the measure: cases, or days.
    pub total: u64,
    /// Largest contribution of one person.
    pub largest: u64,
    /// Second largest contribution of one person.
    pub second: u64,
}

/// When a cell is too small to be shown.
///
/// Source: `DISCLOSURE.md` §2.1, §2.4.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrimaryRules {
    /// Fewest distinct persons that may be shown; at least 3.
    pub threshold: u64,
    /// The second largest contributor must not come closer to the largest than this percentage (p % rule).
    pub percent: u64,
}

impl PrimaryRules {
    /// Five persons, 10 % (`DISCLOSURE.md` §10).
    pub const DEFAULT: Self = Self {
        threshold: 5,
        percent: 10,
    };

    /// Ten persons: sensitive diagnoses below the region.
    pub const SENSITIVE: Self = Self {
        threshold: 10,
        percent: 10,
    };

    /// Whether a count must be hidden: somebody is in it, but too few persons, or too few besides those of an insider.
    #[must_use]
    pub fn hides_count(&self, cell: &Contributors) -> bool {
        let threshold = self.threshold.max(3);
        let few = |persons: u64| persons > 0 && persons < threshold;
        few(cell.persons) || few(cell.persons_outside)
    }

    /// Whether a sum must be hidden: its count must be, or the second largest contributor could work out the largest too
    /// well (total − largest − second < percent of largest).
    #[must_use]
    pub fn hides_sum(&self, cell: &Contributors) -> bool {
        let others = cell.total.saturating_sub(cell.largest + cell.second);
        self.hides_count(cell) || (cell.total > 0 && others * 100 < self.percent * cell.largest)
    }

    /// The values of one row of a sensitive part (diagnoses of a place) that tell what the whole group has, and with them
    /// the row's zeros: one value holds all persons but at most two.
    ///
    /// Source: `DISCLOSURE.md` §2.3, with at most `largest_group` persons in the row.
    #[must_use]
    pub fn hides_group(&self, row: &[u64], largest_group: u64) -> Vec<usize> {
        let persons: u64 = row.iter().sum();
        if persons == 0 || persons > largest_group {
            return Vec::new();
        }
        let Some(telling) = row.iter().position(|&n| n + 2 >= persons) else {
            return Vec::new();
        };
        (0..row.len())
            .filter(|&at| at == telling || row[at] == 0)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(persons: u64) -> Contributors {
        Contributors {
            persons,
            persons_outside: persons,
            ..Contributors::default()
        }
    }

    #[test]
    fn persons_count_not_cases() {
        let rules = PrimaryRules::DEFAULT;
        assert!(!rules.hides_count(&cell(0)));
        assert!(rules.hides_count(&cell(4)));
        assert!(!rules.hides_count(&cell(5)));
        // Three cases of one person.
        let one = Contributors {
            total: 30,
            ..cell(1)
        };
        assert!(rules.hides_count(&one));
        // Nine persons, of whom six are one unit's own: the unit sees the three others.
        let insider = Contributors {
            persons_outside: 3,
            ..cell(9)
        };
        assert!(rules.hides_count(&insider));
        assert!(PrimaryRules::SENSITIVE.hides_count(&cell(9)));
        // A threshold below three protects nobody.
        let weak = PrimaryRules {
            threshold: 1,
            ..rules
        };
        assert!(weak.hides_count(&cell(2)));
    }

    #[test]
    fn the_second_largest_must_not_find_the_largest() {
        let rules = PrimaryRules::DEFAULT;
        // 100 + 50 of 159: the others have 9, less than 10 % of 100.
        let close = Contributors {
            total: 159,
            largest: 100,
            second: 50,
            ..cell(6)
        };
        assert!(rules.hides_sum(&close));
        let far = Contributors {
            total: 160,
            ..close
        };
        assert!(!rules.hides_sum(&far));
    }

    #[test]
    fn a_group_that_all_have_the_same_is_hidden_with_its_zeros() {
        let rules = PrimaryRules::DEFAULT;
        assert_eq!(rules.hides_group(&[0, 7, 0], 20), [0, 1, 2]);
        assert_eq!(rules.hides_group(&[2, 7, 0], 20), [1, 2]);
        assert_eq!(rules.hides_group(&[3, 7, 0], 20), [0_usize; 0]);
        assert_eq!(rules.hides_group(&[0, 30, 0], 20), [0_usize; 0]);
    }
}
