mod protect;

use serde::{Deserialize, Serialize};

use crate::{Cube, Level, PublishedTable, Question, Scope};

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
    /// A report on doctors one by one, for a reader who has not asked to see them: how it looks, without names or
    /// figures. Source: conformance kit §12, `meddelanden_per_lakare`.
    Masked,
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

    /// The policy for a question of an audience; reports on doctors one by one are masked for readers who have not asked
    /// to see them. Source: conformance kit §12, `meddelanden_per_lakare`.
    #[must_use]
    pub fn for_question(question: &Question, threshold: u32, sees_doctors: bool) -> Self {
        Self::for_scope(&question.scope, threshold).for_doctors(&question.report, sees_doctors)
    }

    /// This policy, or the masked one for a report on doctors one by one that its reader has not asked to see.
    #[must_use]
    pub fn for_doctors(self, report: &str, sees_doctors: bool) -> Self {
        if crate::reports::is_opt_in(report) && !sees_doctors {
            return Self::Masked;
        }
        self
    }

    /// Name in files and addresses.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Compat { .. } => "compat",
            Self::Masked => "masked",
        }
    }

    /// The cube as it may be shown. The only way to a [`PublishedTable`].
    #[must_use]
    pub fn protect(self, cube: Cube) -> PublishedTable {
        protect::publish(cube, self)
    }

    /// A value of one care provider, sex and cell as it goes into a sum.
    pub(crate) fn keep(self, value: u32) -> u64 {
        if value >= self.threshold() {
            value.into()
        } else {
            0
        }
    }

    /// The smallest value of one care provider, sex and cell that is kept.
    fn threshold(self) -> u32 {
        match self {
            Self::Compat { threshold } => threshold,
            Self::None | Self::Masked => 0,
        }
    }
}
