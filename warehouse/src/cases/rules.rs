use serde::{Deserialize, Serialize};

use crate::Error;

/// Within what the periods of one person join into one case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseScope {
    /// One care provider (vårdgivare): the official statistics. Source: `PEERS.md` §1.3 item 1.
    CareProvider,
    /// One care unit (vårdenhet): the coordinator's list.
    Unit,
    /// The person, wherever the certificates were written: the risk model.
    Person,
}

/// How periods join into sick cases (sjukfall).
///
/// ```
/// use frisk_warehouse::{CaseRules, CaseScope};
///
/// let official = CaseRules::new().check()?;
/// let coordinator = CaseRules::new().gap_days(30).scope(CaseScope::Unit).check()?;
/// assert_eq!((official.gap_days(), coordinator.gap_days()), (5, 30));
/// assert!(CaseRules::new().gap_days(-1).check().is_err());
/// # Ok::<(), frisk_warehouse::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CaseRules {
    gap_days: i32,
    scope: CaseScope,
}

impl CaseRules {
    /// The rules of the official statistics: at most 5 free days between, one care provider.
    ///
    /// Source: `PEERS.md` §1.3 items 1 and 3.
    #[must_use]
    pub fn new() -> Self {
        Self {
            gap_days: 5,
            scope: CaseScope::CareProvider,
        }
    }

    /// Most whole days without a certificate inside one case.
    #[must_use]
    pub fn gap_days(mut self, days: i32) -> Self {
        self.gap_days = days;
        self
    }

    /// Within what periods join.
    #[must_use]
    pub fn scope(mut self, scope: CaseScope) -> Self {
        self.scope = scope;
        self
    }

    /// The checked rules.
    ///
    /// # Errors
    /// The gap is not 0–365 days.
    pub fn check(self) -> Result<ValidCaseRules, Error> {
        if (0..=365).contains(&self.gap_days) {
            Ok(ValidCaseRules(self))
        } else {
            Err(Error::Question {
                what: "gap in days",
                found: self.gap_days.to_string(),
                expected: "0 to 365".to_owned(),
            })
        }
    }
}

impl Default for CaseRules {
    fn default() -> Self {
        Self::new()
    }
}

/// Checked [`CaseRules`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ValidCaseRules(CaseRules);

impl ValidCaseRules {
    /// The rules of the official statistics.
    #[must_use]
    pub fn official() -> Self {
        Self(CaseRules::new())
    }

    /// Most whole days without a certificate inside one case.
    #[must_use]
    pub fn gap_days(self) -> i32 {
        self.0.gap_days
    }

    /// Within what periods join.
    #[must_use]
    pub fn scope(self) -> CaseScope {
        self.0.scope
    }

    /// Whether a period that starts on `start` joins a case that ends on `end` (both days since 1970-01-01).
    ///
    /// Source: `PEERS.md` §1.3 item 3: a case is closed when `end + gap + 1 < start`.
    #[must_use]
    pub fn joins(self, end: i32, start: i32) -> bool {
        start <= end + self.0.gap_days + 1
    }
}
