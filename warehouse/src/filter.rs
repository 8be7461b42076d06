//! What a question is narrowed to.

mod choice;
mod dates;

use std::collections::BTreeSet;

use frisk_codes::{AgeGroup, CertificateType, LengthGroup};
use serde::{Deserialize, Serialize};

pub use dates::{DateChoice, choose_dates};

use crate::Diagnosis;

/// What a question is narrowed to. All parts must hold; within a part any choice will do. `None` = not narrowed, an empty
/// choice matches nothing.
///
/// Source: `PEERS.md` §1.6, conformance kit §9.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// HSA ids of care units or units, upper case; those that the asker may not see have no effect.
    pub units: Option<BTreeSet<String>>,
    /// Diagnoses: those of the certificates.
    pub diagnoses: Option<Vec<Diagnosis>>,
    /// Age groups: the patient's age at the certificate.
    pub ages: Option<BTreeSet<AgeGroup>>,
    /// Lengths of the sick case.
    pub lengths: Option<BTreeSet<LengthGroup>>,
    /// Certificate types: of certificates and messages.
    pub types: TypeChoice,
}

impl Filter {
    /// Whether a case is put together from some certificates only.
    #[must_use]
    pub fn narrows_periods(&self) -> bool {
        self.units.is_some() || self.diagnoses.is_some() || self.ages.is_some()
    }

    /// Whether it narrows at all.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.narrows_periods()
            || self.lengths.is_some()
            || matches!(self.types, TypeChoice::Only(_))
    }
}

/// Which certificate types count in reports of messages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TypeChoice {
    /// Those that Försäkringskassan asks about: [`TypeChoice::USUAL`].
    #[default]
    Usual,
    /// All.
    Any,
    /// Some.
    Only(BTreeSet<CertificateType>),
}

impl TypeChoice {
    /// What [`Self::Usual`] is. Source: conformance kit §9 and §16.
    pub const USUAL: [CertificateType; 7] = [
        CertificateType::Fk7263,
        CertificateType::Lisjp,
        CertificateType::Luse,
        CertificateType::LuaeNa,
        CertificateType::LuaeFs,
        CertificateType::Fk3226,
        CertificateType::Fk7809,
    ];

    /// Whether a type counts.
    #[must_use]
    pub fn holds(&self, kind: CertificateType) -> bool {
        match self {
            Self::Usual => Self::USUAL.contains(&kind),
            Self::Any => true,
            Self::Only(kinds) => kinds.contains(&kind),
        }
    }
}
