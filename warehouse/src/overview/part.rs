use frisk_codes::CertificateType;
use serde::{Deserialize, Serialize};

use crate::{Filter, TypeChoice};

/// A part of the overview.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OverviewPart {
    /// Women and men.
    Sex,
    /// Diagnosis groups.
    Diagnosis,
    /// Age groups.
    Age,
    /// Degrees.
    Degree,
    /// Lengths.
    Length,
    /// Cases of more than 90 days.
    Long,
    /// Regions, by cases per 1,000 inhabitants; only of the whole country.
    Region,
    /// Share of sent sick-leave certificates with a completion request; only of units.
    Completions,
}

impl OverviewPart {
    /// All parts.
    pub const ALL: [Self; 8] = [
        Self::Sex,
        Self::Diagnosis,
        Self::Age,
        Self::Degree,
        Self::Length,
        Self::Long,
        Self::Region,
        Self::Completions,
    ];

    /// The filter that it is counted with: completions are those of sick-leave certificates.
    pub(super) fn filter(self, chosen: &Filter) -> Filter {
        if self != Self::Completions {
            return chosen.clone();
        }
        let sick_leave = CertificateType::ALL
            .into_iter()
            .filter(|kind| kind.makes_sick_cases());
        let kinds = match &chosen.types {
            TypeChoice::Only(kinds) if !sick_leave.clone().any(|kind| kinds.contains(&kind)) => {
                Default::default()
            }
            _ => sick_leave.collect(),
        };
        Filter {
            types: TypeChoice::Only(kinds),
            ..chosen.clone()
        }
    }

    /// The report that counts it.
    #[must_use]
    pub fn report(self) -> &'static str {
        match self {
            Self::Sex => "sjukfall_totalt",
            Self::Diagnosis => "diagnosgrupp",
            Self::Age => "oversikt_aldersgrupp",
            Self::Degree => "sjukskrivningsgrad",
            Self::Length => "sjukskrivningslangd",
            Self::Long => "langa_sjukfall",
            Self::Region => "lan",
            Self::Completions => "komplettering_andel_intyg",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_has_a_report() {
        for part in OverviewPart::ALL {
            assert!(crate::reports::find(part.report()).is_ok(), "{part:?}");
        }
    }
}
