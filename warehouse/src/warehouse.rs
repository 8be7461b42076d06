use std::collections::{BTreeMap, BTreeSet};

use crate::{Capacity, Facts, Names, Population};

/// A named version of all tables, and what it holds.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Snapshot {
    /// Name, such as `000012-5f3a9c01`: running number and hash of the table versions.
    pub name: String,
    /// Version of each Delta table.
    pub tables: BTreeMap<String, i64>,
    /// Last day that a stored document was known: how far the data reach.
    pub data_through: chrono::NaiveDate,
}

/// The periods of one snapshot in memory, ready to be asked.
#[derive(Debug)]
pub struct Warehouse {
    pub(crate) snapshot: Snapshot,
    pub(crate) buckets: Vec<Facts>,
    pub(crate) names: Names,
    pub(crate) icd10: frisk_codes::Icd10,
    pub(crate) population: Population,
    pub(crate) region_units: BTreeMap<String, BTreeSet<String>>,
    pub(crate) capacity: Capacity,
}

impl Warehouse {
    /// A warehouse of periods that are already in memory, sorted as [`Facts`] demands.
    #[must_use]
    pub fn in_memory(
        snapshot: Snapshot,
        buckets: Vec<Facts>,
        names: Names,
        icd10: frisk_codes::Icd10,
    ) -> Self {
        Self {
            snapshot,
            buckets,
            names,
            icd10,
            population: Population::new(),
            region_units: BTreeMap::new(),
            capacity: Capacity::default(),
        }
    }

    /// With inhabitants as denominators.
    #[must_use]
    pub fn with_population(mut self, population: Population) -> Self {
        self.population = population;
        self
    }

    /// With a region's own list of care units (HSA ids, upper case), whatever region the units lie in; without a list
    /// a region is the care units whose periods carry its code.
    ///
    /// Source: `PEERS.md` §1.8.
    #[must_use]
    pub fn with_region_units(mut self, region: &str, units: BTreeSet<String>) -> Self {
        self.region_units.insert(region.to_owned(), units);
        self
    }

    /// With a gate for how many questions are counted at once.
    #[must_use]
    pub fn with_capacity(mut self, capacity: Capacity) -> Self {
        self.capacity = capacity;
        self
    }

    /// The snapshot that answers are made from.
    #[must_use]
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// The periods, by bucket of persons.
    #[must_use]
    pub fn buckets(&self) -> &[Facts] {
        &self.buckets
    }

    /// The texts behind the numbers of the periods.
    #[must_use]
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// The classification that diagnoses are looked up in.
    #[must_use]
    pub fn icd10(&self) -> &frisk_codes::Icd10 {
        &self.icd10
    }
}
