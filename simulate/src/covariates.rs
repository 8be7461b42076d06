use frisk_codes::{Degree, Sex};

use crate::region::Area;

/// Occupation status (sysselsättning), KV_FKMU_0002.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Occupation {
    Employed,
    Jobseeker,
    ParentalLeave,
    Student,
}

impl Occupation {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Employed => "NUVARANDE_ARBETE",
            Self::Jobseeker => "ARBETSSOKANDE",
            Self::ParentalLeave => "FORALDRALEDIG",
            Self::Student => "STUDIER",
        }
    }
}

/// The doctor's prognosis on the first certificate (LISJP question 39).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Prognosis {
    GreatChance,
    WithinDays(i32),
    Unclear,
    Unlikely,
}

/// What is known about a case on its 15th day and drives its length.
///
/// Everything here can be read from the certificates: sex and age from the number, the region from the unit,
/// occupation from question 28, degree from 32, the diagnoses from 6, the prognosis from 39,
/// earlier leave from earlier certificates.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Covariates {
    pub sex: Sex,
    /// Whole years at the case's start.
    pub age: i32,
    pub area: Area,
    pub occupation: Occupation,
    /// First degree of the first certificate.
    pub degree: Degree,
    /// Days on leave in the 365 days before the start.
    pub earlier_days: i32,
    /// A side diagnosis on the first certificate.
    pub side_diagnosis: bool,
    /// FK 7263 has none.
    pub prognosis: Option<Prognosis>,
}

/// Scales all effects of [`Covariates::log_ratio`]; set so that the truth's AUC at day 15 for > 90 days is about .68
/// (`PREDICTION.md` §0.1: .681 for SRS v3's coefficients).
const STRENGTH: f64 = 0.62;

impl Covariates {
    /// Log ratio of the return hazard against the reference person. Own assumptions; directions as in the literature
    /// of `PREDICTION.md` §A1 (unemployment, earlier leave and age slow the return).
    pub(crate) fn log_ratio(&self) -> f64 {
        let sex = if self.sex == Sex::Woman { -0.04 } else { 0.04 };
        let age = [0.2, 0.05, 0.0, -0.05, -0.15][self.age_band()];
        let area = match self.area {
            Area::North => -0.08,
            Area::Middle => -0.02,
            Area::Stockholm => 0.1,
            Area::West => 0.0,
            Area::South => 0.04,
        };
        let occupation = match self.occupation {
            Occupation::Employed => 0.08,
            Occupation::Jobseeker => -0.55,
            Occupation::ParentalLeave => 0.0,
            Occupation::Student => -0.1,
        };
        let degree = match self.degree {
            Degree::Full => 0.06,
            Degree::ThreeQuarters => -0.25,
            Degree::Half => -0.2,
            Degree::Quarter => 0.05,
        };
        let earlier = [0.12, -0.1, -0.4, -0.65][self.earlier_band()];
        let side = if self.side_diagnosis { -0.12 } else { 0.03 };
        let prognosis = self.prognosis.map_or(0.0, |prognosis| match prognosis {
            Prognosis::GreatChance => 0.1,
            Prognosis::WithinDays(..=60) => 0.15,
            Prognosis::WithinDays(_) => -0.05,
            Prognosis::Unclear => -0.15,
            Prognosis::Unlikely => -0.3,
        });
        STRENGTH * (sex + age + area + occupation + degree + earlier + side + prognosis)
    }

    /// SRS v3's five age bands: –29, 30–39, 40–49, 50–56, 57–.
    pub(crate) fn age_band(&self) -> usize {
        [30, 40, 50, 57]
            .iter()
            .filter(|limit| self.age >= **limit)
            .count()
    }

    /// SRS v3's bands of earlier leave: none, 1–90, 91–180, 181–366 days.
    pub(crate) fn earlier_band(&self) -> usize {
        [1, 91, 181]
            .iter()
            .filter(|limit| self.earlier_days >= **limit)
            .count()
    }
}
