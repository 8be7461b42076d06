use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The record of something done to the whole installation: an erasure, a rotation of keys.
///
/// It holds no identity, so that it can be kept when the person is gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operation {
    /// Running number of the rewriting of tables that it stands for.
    pub number: i64,
    /// What was done: one JSON object.
    pub record: String,
}

impl Operation {
    /// SHA-256 of the record, 64 hexadecimal digits: what its audit row names.
    #[must_use]
    pub fn hash(&self) -> String {
        let hash = Sha256::digest(self.record.as_bytes());
        hash.iter().map(|b| format!("{b:02x}")).collect()
    }
}

/// A stored row about a person that is neither in the vault nor in the audit log, such as a stored prediction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldRow {
    /// Its table.
    pub table: String,
    /// Column and value, as text.
    pub values: Vec<(String, String)>,
}
