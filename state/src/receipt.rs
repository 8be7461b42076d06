use serde::{Deserialize, Serialize};

/// What became of one ingested batch. Counts are documents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Running number of the batch.
    pub batch: i64,
    /// Documents read.
    pub documents: u64,
    /// Documents accepted.
    pub accepted: u64,
    /// Documents rejected.
    pub rejected: u64,
    /// Documents that the warehouse already had.
    pub duplicate: u64,
    /// Revocations.
    pub revoked: u64,
    /// Name of the snapshot that the batch ended in.
    pub snapshot: String,
}
