use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::{CertificateFact, Fact, Question, Scope, UnitDepth, Warehouse, reports::UnitColumn};

/// Which periods a question may see, by where they come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Visible {
    /// All care providers, all units.
    Everything,
    /// Everything of one care provider.
    Provider(u32),
    /// Some units of one care provider, or of all.
    Units {
        /// `None` = of any care provider.
        provider: Option<u32>,
        /// By unit number: whether a period at it may be seen.
        units: Vec<bool>,
        /// By unit number: the same with the units below the chosen ones, for certificates and messages.
        with_below: Vec<bool>,
        depth: UnitDepth,
    },
    /// A care provider that has no periods.
    Nothing,
}

impl Visible {
    /// The care provider, where only one is seen.
    pub(super) fn provider(&self) -> Option<u32> {
        match self {
            Self::Provider(provider) => Some(*provider),
            Self::Units { provider, .. } => *provider,
            Self::Everything | Self::Nothing => None,
        }
    }

    /// Whether every period of the care provider may be seen, so that nothing need be filtered or extended.
    pub(super) fn whole_history(&self) -> bool {
        matches!(self, Self::Everything | Self::Provider(_))
    }

    /// Whether one period may be seen: its care unit or its unit is among those chosen; in a question about the units
    /// below care units, its unit.
    pub(super) fn sees(&self, fact: &Fact) -> bool {
        match self {
            Self::Everything => true,
            Self::Provider(provider) => fact.provider == *provider,
            Self::Units {
                provider,
                units,
                depth,
                ..
            } => {
                provider.is_none_or(|provider| fact.provider == provider)
                    && (listed(units, fact.unit)
                        || (*depth == UnitDepth::CareUnits && listed(units, fact.care_unit)))
            }
            Self::Nothing => false,
        }
    }

    /// Whether a certificate may be seen. Source: conformance kit §9, last paragraphs.
    pub(super) fn sees_certificate(&self, fact: &CertificateFact, column: UnitColumn) -> bool {
        match self {
            Self::Everything => true,
            Self::Provider(provider) => fact.provider == *provider,
            Self::Units {
                provider,
                with_below,
                depth,
                ..
            } => {
                let unit = match (column, depth) {
                    (UnitColumn::ByDepth, UnitDepth::CareUnits) => fact.care_unit,
                    (UnitColumn::ByDepth, UnitDepth::SubUnits) | (UnitColumn::Unit, _) => fact.unit,
                };
                provider.is_none_or(|provider| fact.provider == provider)
                    && listed(with_below, unit)
            }
            Self::Nothing => false,
        }
    }
}

fn listed(units: &[bool], unit: u32) -> bool {
    units.get(unit as usize) == Some(&true)
}

/// What a question may see.
pub(super) fn of(warehouse: &Warehouse, question: &Question) -> Visible {
    let chosen = question.filter.units.as_ref();
    match &question.scope {
        Scope::National => match chosen {
            None => Visible::Everything,
            Some(chosen) => units(warehouse, question, None, chosen.clone()),
        },
        Scope::Region { region } => {
            let mut listed = region_units(warehouse, region);
            if let Some(chosen) = chosen {
                listed.retain(|unit| chosen.contains(unit));
            }
            units(warehouse, question, None, listed)
        }
        Scope::Units {
            care_provider,
            units: own,
        } => {
            let providers = &warehouse.names.providers;
            let Some(provider) = providers.iter().position(|id| id == care_provider) else {
                return Visible::Nothing;
            };
            let provider = u32::try_from(provider).unwrap_or(u32::MAX);
            let seen = match (own.is_empty(), chosen) {
                (true, None) => return Visible::Provider(provider),
                (true, Some(chosen)) => chosen.clone(),
                (false, None) => own.clone(),
                (false, Some(chosen)) => own & chosen,
            };
            units(warehouse, question, Some(provider), seen)
        }
    }
}

/// The periods at some units. Of units that a reader has chosen for a question about the units below care units, the
/// care units themselves fall away.
fn units(
    warehouse: &Warehouse,
    question: &Question,
    provider: Option<u32>,
    mut units: BTreeSet<String>,
) -> Visible {
    let directory = &warehouse.units;
    let mut with_below = units.clone();
    for (id, unit) in directory.units() {
        if unit
            .parent
            .as_ref()
            .is_some_and(|parent| units.contains(parent))
        {
            with_below.insert(id.to_owned());
        }
    }
    if question.depth == UnitDepth::SubUnits && question.filter.units.is_some() {
        let below = |id: &String| directory.get(id).is_some_and(|unit| !unit.is_care_unit());
        units.retain(below);
        with_below.retain(below);
    }
    let numbered = |units: &BTreeSet<String>| {
        let names = warehouse.names.units.iter();
        names.map(|id| units.contains(id)).collect()
    };
    Visible::Units {
        provider,
        units: numbered(&units),
        with_below: numbered(&with_below),
        depth: question.depth,
    }
}

/// The care units of a region: its own list, else those whose periods carry the region's code.
fn region_units(warehouse: &Warehouse, region: &str) -> BTreeSet<String> {
    if let Some(list) = warehouse.region_lists.get(region) {
        return list.units();
    }
    let code: u8 = region.parse().unwrap_or_default();
    let none = || vec![false; warehouse.names.units.len()];
    let lying = warehouse
        .buckets
        .par_iter()
        .map(|bucket| {
            let mut units = none();
            for fact in bucket.facts.iter().filter(|f| f.region == code) {
                units[fact.care_unit as usize] = true;
            }
            units
        })
        .reduce(none, |a, b| a.iter().zip(b).map(|(a, b)| *a || b).collect());
    let names = warehouse.names.units.iter().zip(lying);
    names
        .filter(|(_, lies)| *lies)
        .map(|(id, _)| id.clone())
        .collect()
}
