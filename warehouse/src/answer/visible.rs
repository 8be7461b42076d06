use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::{Fact, Scope, Warehouse};

/// Which periods a question may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Visible {
    /// All care providers, all units.
    Everything,
    /// Everything of one care provider.
    Provider(u32),
    /// Some units of one care provider: the period's unit or care unit.
    Units { provider: u32, units: Vec<bool> },
    /// Some care units of any care provider.
    CareUnits(Vec<bool>),
    /// A care provider that has no periods.
    Nothing,
}

impl Visible {
    /// The care provider, where only one is seen.
    pub(super) fn provider(&self) -> Option<u32> {
        match self {
            Self::Provider(provider) | Self::Units { provider, .. } => Some(*provider),
            Self::Everything | Self::CareUnits(_) | Self::Nothing => None,
        }
    }

    /// Whether every period of the care provider may be seen, so that nothing need be filtered or extended.
    pub(super) fn whole_history(&self) -> bool {
        matches!(self, Self::Everything | Self::Provider(_))
    }

    /// Whether one period may be seen.
    pub(super) fn sees(&self, fact: &Fact) -> bool {
        let listed = |units: &[bool], unit: u32| units.get(unit as usize) == Some(&true);
        match self {
            Self::Everything => true,
            Self::Provider(provider) => fact.provider == *provider,
            Self::Units { provider, units } => {
                fact.provider == *provider
                    && (listed(units, fact.care_unit) || listed(units, fact.unit))
            }
            Self::CareUnits(units) => listed(units, fact.care_unit),
            Self::Nothing => false,
        }
    }
}

/// What a scope may see.
pub(super) fn of(warehouse: &Warehouse, scope: &Scope) -> Visible {
    match scope {
        Scope::National => Visible::Everything,
        Scope::Region { region } => Visible::CareUnits(region_units(warehouse, region)),
        Scope::Units {
            care_provider,
            units,
        } => units_of(warehouse, care_provider, units),
    }
}

fn units_of(warehouse: &Warehouse, care_provider: &str, units: &BTreeSet<String>) -> Visible {
    let providers = &warehouse.names.providers;
    let Some(provider) = providers.iter().position(|id| id == care_provider) else {
        return Visible::Nothing;
    };
    let provider = u32::try_from(provider).unwrap_or(u32::MAX);
    if units.is_empty() {
        return Visible::Provider(provider);
    }
    Visible::Units {
        provider,
        units: listed(warehouse, units),
    }
}

fn listed(warehouse: &Warehouse, units: &BTreeSet<String>) -> Vec<bool> {
    let names = warehouse.names.units.iter();
    names.map(|id| units.contains(id)).collect()
}

/// The care units of a region: its own list, else those whose periods carry the region's code.
fn region_units(warehouse: &Warehouse, region: &str) -> Vec<bool> {
    if let Some(units) = warehouse.region_units.get(region) {
        return listed(warehouse, units);
    }
    let code: u8 = region.parse().unwrap_or_default();
    let none = || vec![false; warehouse.names.units.len()];
    warehouse
        .buckets
        .par_iter()
        .map(|bucket| {
            let mut units = none();
            for fact in bucket.facts.iter().filter(|f| f.region == code) {
                units[fact.care_unit as usize] = true;
            }
            units
        })
        .reduce(none, |a, b| a.iter().zip(b).map(|(a, b)| *a || b).collect())
}
