mod protect;

use serde::{Deserialize, Serialize};

use crate::{Cube, Level, PublishedTable, Scope};

/// How small counts are protected. Chosen by audience and installation, never by the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "policy", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Policy {
    /// No protection: a unit's own figures to the unit itself.
    None,
    /// The peer's rule: a value below the threshold, per care provider, sex and cell, is zero before summing
    /// (`PEERS.md` §1.5). For open tables until the cell key method is in place.
    Compat {
        /// Smallest value that is kept.
        threshold: u32,
    },
}

impl Policy {
    /// The policy for an audience: open tables of the country or of a region are protected, a unit's own are not.
    ///
    /// `threshold` is the installation's: the smallest value of one care provider, sex and cell that is kept.
    /// Source: `PEERS.md` §1.5.
    #[must_use]
    pub fn for_scope(scope: &Scope, threshold: u32) -> Self {
        match scope.level() {
            Level::National | Level::Region => Self::Compat { threshold },
            Level::Unit => Self::None,
        }
    }

    /// Name in files and addresses.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Compat { .. } => "compat",
        }
    }

    /// The cube as it may be shown. The only way to a [`PublishedTable`].
    #[must_use]
    pub fn protect(self, cube: Cube) -> PublishedTable {
        protect::publish(cube, self)
    }

    /// The value of one care provider, sex and cell as it goes into the sum.
    fn keep(self, value: u32) -> u64 {
        match self {
            Self::Compat { threshold } if value < threshold => 0,
            Self::None | Self::Compat { .. } => value.into(),
        }
    }
}
