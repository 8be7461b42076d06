use serde::{Deserialize, Serialize};

/// Whether answers follow the peer where its rule is an error.
///
/// Source: `PEERS.md` §1.11, conformance kit §17. Each place that asks says what the difference is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Parity {
    /// The rule as it is meant.
    #[default]
    Meant,
    /// The peer's rule, for comparison with its figures.
    Peer,
}
