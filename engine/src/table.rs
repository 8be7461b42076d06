use std::collections::BTreeMap;

use arrow::datatypes::SchemaRef;
use serde::{Deserialize, Serialize};

/// One Parquet file of a table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DataFile {
    /// Path below the table's folder.
    pub path: String,
    /// Size in bytes.
    pub size: i64,
    /// Rows in it.
    pub rows: i64,
    /// Values of the partition columns.
    pub partition: BTreeMap<String, String>,
}

/// One version of a table: its schema (partition columns included) and files, in path order.
#[derive(Debug, Clone)]
pub struct TableState {
    /// Delta version.
    pub version: i64,
    /// Schema, partition columns included.
    pub schema: SchemaRef,
    /// Files of this version.
    pub files: Vec<DataFile>,
}

/// Files to add to and remove from a table in one commit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Files that come in; already written.
    pub add: Vec<DataFile>,
    /// Files that go out.
    pub remove: Vec<DataFile>,
    /// Name and number of the application transaction: a number that the table has already seen is not applied again.
    pub transaction: Option<(String, i64)>,
    /// Further numbers that the table's log keeps with the change, by name; [`crate::Lake::transaction`] reads them.
    #[serde(default)]
    pub notes: BTreeMap<String, i64>,
    /// Whether the rows stay the same (compaction).
    pub rearranged: bool,
}
