use serde::{Deserialize, Serialize};

/// Type of certificate (intygstyp). Source: `PEERS.md` §1.2; KV Intygstyp 1.2.752.129.5.1.8.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum CertificateType {
    /// FK 7804, läkarintyg för sjukpenning (LISJP; the newer platform calls it fk7804).
    Lisjp,
    /// FK 7263, the sickness-benefit certificate before 2018.
    Fk7263,
}

impl CertificateType {
    /// The code in statistics and in the warehouse.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Lisjp => "LISJP",
            Self::Fk7263 => "FK7263",
        }
    }

    /// The type of a code as documents write it, in any case; `None` if Frisk does not know the type.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code.trim().to_ascii_uppercase().as_str() {
            "LISJP" | "FK7804" => Some(Self::Lisjp),
            "FK7263" => Some(Self::Fk7263),
            _ => None,
        }
    }

    /// Whether its periods make sick cases (sjukpenning: only LISJP and FK7263).
    #[must_use]
    pub fn makes_sick_cases(self) -> bool {
        matches!(self, Self::Lisjp | Self::Fk7263)
    }
}
