use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Check;
use crate::{Municipality, Region};

/// Kind of a list of codes and names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ListKind {
    /// KVÅ, klassifikation av vårdåtgärder (surgical and medical).
    Kva,
    /// KSH97-P, the primary-care diagnoses.
    Ksh97Primary,
    /// KSH97 in full.
    Ksh97,
    /// SSYK 2012, occupations.
    Ssyk,
    /// Names of occupations.
    Occupation,
    /// SUN, levels of education; the code is level, a point and number.
    Education,
    /// Regions (län).
    Region,
    /// Municipalities (kommuner).
    Municipality,
    /// Postal codes; the name is the municipality's code (the first one, when a postal code lies in several).
    PostalCode,
    /// Unit types (verksamhetstyper).
    UnitType,
    /// Groups of unit types.
    UnitTypeGroup,
    /// Positions (befattningar).
    Position,
}

impl ListKind {
    /// All kinds.
    pub const ALL: [Self; 12] = [
        Self::Kva,
        Self::Ksh97Primary,
        Self::Ksh97,
        Self::Ssyk,
        Self::Occupation,
        Self::Education,
        Self::Region,
        Self::Municipality,
        Self::PostalCode,
        Self::UnitType,
        Self::UnitTypeGroup,
        Self::Position,
    ];

    /// Name for people.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Kva => "KVÅ",
            Self::Ksh97Primary => "KSH97-P",
            Self::Ksh97 => "KSH97",
            Self::Ssyk => "SSYK 2012",
            Self::Occupation => "occupation names",
            Self::Education => "SUN education levels",
            Self::Region => "regions",
            Self::Municipality => "municipalities",
            Self::PostalCode => "postal codes",
            Self::UnitType => "unit types",
            Self::UnitTypeGroup => "unit type groups",
            Self::Position => "positions",
        }
    }

    /// File name of the canonical copy, without ending.
    pub(super) fn stem(self) -> &'static str {
        match self {
            Self::Kva => "kva",
            Self::Ksh97Primary => "ksh97_p",
            Self::Ksh97 => "ksh97",
            Self::Ssyk => "ssyk",
            Self::Occupation => "occupation",
            Self::Education => "education",
            Self::Region => "region",
            Self::Municipality => "municipality",
            Self::PostalCode => "postal_code",
            Self::UnitType => "unit_type",
            Self::UnitTypeGroup => "unit_type_group",
            Self::Position => "position",
        }
    }
}

/// One code and its name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CodeRow {
    /// The code.
    pub code: String,
    /// The name; of a postal code the municipality's code.
    pub name: String,
}

/// A list of codes and names, sorted by code, each code once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeList {
    /// What it lists.
    pub kind: ListKind,
    /// Its rows.
    pub rows: Vec<CodeRow>,
}

impl CodeList {
    /// A list of rows in any order; of a code that comes twice the first row stays.
    #[must_use]
    pub fn new(kind: ListKind, mut rows: Vec<CodeRow>) -> Self {
        rows.sort_by(|a, b| a.code.cmp(&b.code));
        rows.dedup_by(|later, first| later.code == first.code);
        Self { kind, rows }
    }

    /// The name of a code.
    #[must_use]
    pub fn name(&self, code: &str) -> Option<&str> {
        let at = self
            .rows
            .binary_search_by(|row| row.code.as_str().cmp(code))
            .ok()?;
        self.rows.get(at).map(|row| row.name.as_str())
    }

    /// Adds the rows of another list of the same kind.
    pub(super) fn unite(&mut self, other: Self) {
        let mut rows = std::mem::take(&mut self.rows);
        rows.extend(other.rows);
        *self = Self::new(self.kind, rows);
    }

    /// Regions and municipalities are checked against the built-in tables.
    pub(super) fn checks(&self) -> Vec<Check> {
        let built_in: BTreeSet<(&str, &str)> = match self.kind {
            ListKind::Region => Region::ALL.iter().map(|r| (r.code, r.name)).collect(),
            ListKind::Municipality => Municipality::all()
                .iter()
                .map(|m| (m.code, m.name))
                .collect(),
            _ => return Vec::new(),
        };
        let found = self
            .rows
            .iter()
            .filter(|row| built_in.contains(&(row.code.as_str(), row.name.as_str())))
            .count();
        vec![Check::of(
            "holds every built-in code under the same name",
            found == built_in.len(),
            &format!("{found} of {}", built_in.len()),
        )]
    }
}
