use serde::{Deserialize, Serialize};

/// Degree of sick leave (sjukskrivningsgrad): the share of work capacity that is lost, in percent.
///
/// Source: socialförsäkringsbalken (2010:110) 27 kap. 45 §: a quarter, a half, three quarters or the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "u8", try_from = "u8")]
#[repr(u8)]
pub enum Degree {
    /// 25 % (en fjärdedel).
    Quarter = 25,
    /// 50 % (hälften).
    Half = 50,
    /// 75 % (tre fjärdedelar).
    ThreeQuarters = 75,
    /// 100 % (helt nedsatt).
    Full = 100,
}

impl Degree {
    /// All degrees, lowest first.
    pub const ALL: [Self; 4] = [Self::Quarter, Self::Half, Self::ThreeQuarters, Self::Full];

    /// The degree in percent: 25, 50, 75 or 100.
    #[must_use]
    pub fn percent(self) -> u8 {
        self as u8
    }

    /// The degree of a percentage; `None` unless it is 25, 50, 75 or 100.
    #[must_use]
    pub fn from_percent(percent: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|d| d.percent() == percent)
    }

    /// The code of KV_FKMU_0003, the value set of LISJP question 32.1.
    #[must_use]
    pub fn fkmu_code(self) -> &'static str {
        match self {
            Self::Quarter => "EN_FJARDEDEL",
            Self::Half => "HALFTEN",
            Self::ThreeQuarters => "TRE_FJARDEDEL",
            Self::Full => "HELT_NEDSATT",
        }
    }

    /// The degree of a KV_FKMU_0003 code.
    #[must_use]
    pub fn from_fkmu_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|d| d.fkmu_code() == code)
    }
}

impl From<Degree> for u8 {
    fn from(degree: Degree) -> Self {
        degree.percent()
    }
}

impl TryFrom<u8> for Degree {
    type Error = String;

    fn try_from(percent: u8) -> Result<Self, Self::Error> {
        Self::from_percent(percent)
            .ok_or_else(|| format!("a degree is 25, 50, 75 or 100 percent, not {percent}"))
    }
}
