use frisk_codes::{AgeGroup, LengthGroup};

use crate::{
    CertificateFact, Diagnosis, Fact, Filter, Warehouse, cases::CaseInPeriod,
    diagnosis::exact_levels,
};

/// A filter's parts but the units, looked up once for a question.
#[derive(Debug)]
pub(super) struct Narrowed {
    /// By diagnosis number, of a period.
    diagnoses: Option<Vec<bool>>,
    /// By diagnosis number, of a certificate or message.
    exact: Option<Vec<bool>>,
    ages: Option<[bool; AgeGroup::ALL.len()]>,
    lengths: Option<[bool; LengthGroup::ALL.len()]>,
}

/// Which age of a certificate's patient decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AgeAt {
    /// On the day of signing.
    Signing,
    /// On the first day of the month of signing.
    Month,
}

impl Narrowed {
    pub(super) fn new(warehouse: &Warehouse, filter: &Filter) -> Self {
        let icd10 = &warehouse.icd10;
        let codes = &warehouse.names.diagnoses;
        let any = |chosen: &[Diagnosis], levels: frisk_codes::Levels<'_>| {
            chosen.iter().any(|diagnosis| diagnosis.holds(&levels))
        };
        let chosen = filter.diagnoses.as_deref();
        Self {
            diagnoses: chosen.map(|chosen| {
                codes
                    .iter()
                    .map(|code| any(chosen, icd10.resolve(code)))
                    .collect()
            }),
            exact: chosen.map(|chosen| {
                codes
                    .iter()
                    .map(|code| any(chosen, exact_levels(code, icd10)))
                    .collect()
            }),
            ages: (filter.ages.as_ref())
                .map(|ages| AgeGroup::ALL.map(|group| ages.contains(&group))),
            lengths: (filter.lengths.as_ref())
                .map(|lengths| LengthGroup::ALL.map(|group| lengths.contains(&group))),
        }
    }

    /// Whether it leaves periods out.
    pub(super) fn narrows_periods(&self) -> bool {
        self.diagnoses.is_some() || self.ages.is_some()
    }

    /// Whether a period is let through.
    pub(super) fn period(&self, fact: &Fact) -> bool {
        holds(self.diagnoses.as_deref(), fact.diagnosis as usize) && self.age(fact.age)
    }

    /// Whether a finished case is let through.
    pub(super) fn case(&self, case: &CaseInPeriod<'_>) -> bool {
        let group = LengthGroup::of(case.length_days).index();
        holds(self.lengths.as_ref().map(<[bool; 8]>::as_slice), group)
    }

    /// Whether a certificate is let through: by its code exactly, and by age unless all ages are chosen.
    ///
    /// Source: conformance kit §9, last paragraphs.
    pub(super) fn certificate(&self, fact: &CertificateFact, at: AgeAt) -> bool {
        let age = match at {
            AgeAt::Signing => fact.age_signed,
            AgeAt::Month => fact.age_month,
        };
        holds(self.exact.as_deref(), fact.diagnosis as usize) && self.age(age)
    }

    fn age(&self, age: i16) -> bool {
        let group = AgeGroup::of(age.into()).index();
        holds(self.ages.as_ref().map(<[bool; 12]>::as_slice), group)
    }
}

/// Whether a place is chosen; everything is when nothing was.
fn holds(chosen: Option<&[bool]>, place: usize) -> bool {
    chosen.is_none_or(|chosen| chosen.get(place) == Some(&true))
}
