use crate::{Cube, Error, Facts, Names, Policy, PublishedTable, Question};

/// A named version of all tables, and what it holds.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Snapshot {
    /// Name, such as `000012-5f3a9c01`: running number and hash of the table versions.
    pub name: String,
    /// Version of each Delta table.
    pub tables: std::collections::BTreeMap<String, i64>,
    /// Last day that a stored document was known: how far the data reach.
    pub data_through: chrono::NaiveDate,
}

/// The periods of one snapshot in memory, ready to be asked.
#[derive(Debug)]
pub struct Warehouse {
    snapshot: Snapshot,
    buckets: Vec<Facts>,
    names: Names,
    icd10: frisk_codes::Icd10,
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
        }
    }

    /// The snapshot that answers are made from.
    #[must_use]
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }
}
