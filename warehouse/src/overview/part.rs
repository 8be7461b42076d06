use serde::{Deserialize, Serialize};

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
}

impl OverviewPart {
    /// All parts.
    pub const ALL: [Self; 6] = [
        Self::Sex,
        Self::Diagnosis,
        Self::Age,
        Self::Degree,
        Self::Length,
        Self::Long,
    ];

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
        }
    }
}
