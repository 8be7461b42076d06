use frisk_codes::Region;
use frisk_warehouse::{Policy, Scope};

use crate::problem::Problem;

/// What is open to all: the nation and its regions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum OpenScope {
    /// The nation.
    National,
    /// A region, by its two-digit code.
    Region(&'static Region),
}

impl OpenScope {
    /// The region of a code.
    pub(crate) fn region(code: &str) -> Result<Self, Problem> {
        Region::ALL
            .iter()
            .find(|region| region.code == code)
            .map(Self::Region)
            .ok_or_else(|| {
                Problem::question(
                    "region",
                    "en länskod med två siffror, till exempel 12",
                    "a two-digit region code, such as 12",
                )
            })
    }
}

/// The right to ask for one scope, with the policy that goes with it. Its fields are private: it is made from an
/// [`OpenScope`], or by [`super::Authorized`] from the units of an assignment, and in no other way.
#[derive(Debug, Clone)]
pub(crate) struct Granted {
    scope: Scope,
    own: bool,
}

impl Granted {
    /// The right that everybody has.
    pub(crate) fn open(open: &OpenScope) -> Self {
        let scope = match open {
            OpenScope::National => Scope::National,
            OpenScope::Region(region) => Scope::Region {
                region: region.code.to_owned(),
            },
        };
        Self { scope, own: false }
    }

    pub(super) fn own_units(scope: Scope) -> Self {
        Self { scope, own: true }
    }

    pub(crate) fn scope(&self) -> &Scope {
        &self.scope
    }

    /// Whether the figures are a unit's own: not for caches, and not protected.
    pub(crate) fn is_own(&self) -> bool {
        self.own
    }

    /// How small counts are protected for this audience.
    pub(crate) fn policy(&self, threshold: u32) -> Policy {
        if self.own {
            Policy::None
        } else {
            Policy::Compat { threshold }
        }
    }
}
