use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::{Facts, Names};

/// A unit that certificates come from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UnitEntry {
    /// Name to show; empty = the HSA id.
    pub name: String,
    /// HSA id of the care unit that it is part of; `None` = it is a care unit itself.
    pub parent: Option<String>,
    /// HSA id of the care provider.
    pub care_provider: String,
}

/// The units that certificates have come from, by HSA id (upper case): names, care units and care providers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnitDirectory {
    units: BTreeMap<String, UnitEntry>,
}

impl UnitDirectory {
    /// A directory of units by HSA id, upper case.
    #[must_use]
    pub fn new(units: impl IntoIterator<Item = (String, UnitEntry)>) -> Self {
        Self {
            units: units.into_iter().collect(),
        }
    }

    /// The units of these periods as their latest period has them, without names.
    #[must_use]
    pub(crate) fn of_facts(buckets: &[Facts], names: &Names) -> Self {
        let none = || vec![None; names.units.len()];
        // Latest arrival, care unit and care provider of each unit.
        type Seen = Vec<Option<(i64, u32, u32)>>;
        let later = |seen: &mut Seen, unit: u32, found: (i64, u32, u32)| {
            if let Some(known) = seen.get_mut(unit as usize) {
                *known = (*known).max(Some(found));
            }
        };
        let seen: Seen = buckets
            .par_iter()
            .map(|bucket| {
                let mut seen = none();
                for fact in &bucket.facts {
                    later(
                        &mut seen,
                        fact.unit,
                        (fact.arrival, fact.care_unit, fact.provider),
                    );
                    if fact.unit != fact.care_unit {
                        later(
                            &mut seen,
                            fact.care_unit,
                            (fact.arrival, fact.care_unit, fact.provider),
                        );
                    }
                }
                seen
            })
            .reduce(none, |a, b| {
                a.into_iter().zip(b).map(|(a, b)| a.max(b)).collect()
            });
        let text =
            |texts: &[String], number: u32| texts.get(number as usize).cloned().unwrap_or_default();
        let entry = |(id, seen): (&String, Option<(i64, u32, u32)>)| {
            let (_, care_unit, provider) = seen?;
            let care_unit = text(&names.units, care_unit);
            let entry = UnitEntry {
                name: String::new(),
                parent: (care_unit != *id).then_some(care_unit),
                care_provider: text(&names.providers, provider),
            };
            Some((id.clone(), entry))
        };
        Self::new(names.units.iter().zip(seen).filter_map(entry))
    }

    /// The directory with names from a register; units that only the register has stay out.
    #[must_use]
    pub fn named<'n>(mut self, names: impl IntoIterator<Item = (&'n str, &'n str)>) -> Self {
        for (id, name) in names {
            if let Some(unit) = self.units.get_mut(id) {
                name.clone_into(&mut unit.name);
            }
        }
        self
    }

    /// A unit.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&UnitEntry> {
        self.units.get(id)
    }

    /// All units, by id.
    pub fn units(&self) -> impl Iterator<Item = (&str, &UnitEntry)> {
        self.units.iter().map(|(id, unit)| (id.as_str(), unit))
    }

    /// What a unit is called; its id if it has no name.
    #[must_use]
    pub fn name<'a>(&'a self, id: &'a str) -> &'a str {
        match self.units.get(id) {
            Some(unit) if !unit.name.is_empty() => &unit.name,
            _ => id,
        }
    }
}

impl UnitEntry {
    /// Whether it is a care unit (vårdenhet).
    #[must_use]
    pub fn is_care_unit(&self) -> bool {
        self.parent.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Fact, fact::tests::fact};

    #[test]
    fn the_latest_period_says_where_a_unit_belongs() {
        let names = Names {
            providers: vec!["VG0".to_owned(), "VG1".to_owned()],
            units: vec!["E0".to_owned(), "E1".to_owned(), "E2".to_owned()],
            ..Names::default()
        };
        let at = |arrival, unit, care_unit, provider| Fact {
            arrival,
            unit,
            care_unit,
            provider,
            ..fact(1, 2)
        };
        let buckets = [
            Facts {
                facts: vec![at(1, 1, 1, 0), at(3, 1, 0, 1)],
            },
            Facts {
                facts: vec![at(2, 1, 1, 0)],
            },
        ];
        let directory =
            UnitDirectory::of_facts(&buckets, &names).named([("E1", "Ett"), ("E9", "Nio")]);
        assert_eq!(directory.units().count(), 2);
        let unit = directory.get("E1").unwrap();
        assert_eq!(
            (unit.parent.as_deref(), unit.care_provider.as_str()),
            (Some("E0"), "VG1")
        );
        assert!(directory.get("E0").unwrap().is_care_unit());
        assert_eq!((directory.name("E1"), directory.name("E0")), ("Ett", "E0"));
    }
}
