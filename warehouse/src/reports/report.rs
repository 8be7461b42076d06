use frisk_codes::{CertificateType, Text};
use serde::Serialize;

use crate::{
    Category, CertificateFact, Dimension, DoctorProfile, Fact, Label, Level, MessageFact, Role,
    View, cases::CaseInPeriod, reports::Context,
};

/// What a report is: its entry in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ReportInfo {
    /// Name in addresses and commands, such as `sjukfall_totalt`.
    pub slug: &'static str,
    /// Title.
    pub title: Text,
    /// What one unit of the count is, and into which categories it falls.
    pub definition: Text,
    /// Levels that it can be asked at.
    pub levels: &'static [Level],
    /// Views that it has.
    pub views: &'static [View],
}

/// All three levels.
pub(super) const ALL_LEVELS: &[Level] = &[Level::National, Level::Region, Level::Unit];
/// Both views.
pub(super) const BOTH_VIEWS: &[View] = &[View::Series, View::Cross];

/// What the counts are set against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Denominator {
    /// Nothing: the counts are the figures.
    None,
    /// The inhabitants of each region, and all regions first.
    Inhabitants,
    /// Nothing, but with the sum of all regions first.
    AllRegions,
    /// The listed patients of each care unit.
    ListedPatients,
    /// Each group is counted twice: all, and those that have something; the share of the second in the first, and the
    /// sum of all groups last.
    Whole,
}

impl Denominator {
    /// How many counts a group has.
    pub(crate) fn planes(self) -> usize {
        match self {
            Self::Whole => 2,
            _ => 1,
        }
    }
}

/// One report: what it counts, and how that falls into groups.
#[derive(Clone, Copy)]
pub(crate) struct Report {
    pub(crate) info: ReportInfo,
    /// The groups.
    pub(crate) grouping: fn(&Context<'_>) -> Grouping,
    pub(crate) count: Count,
    pub(crate) denominator: Denominator,
}

/// What a report counts, and the groups of one of it.
#[derive(Clone, Copy)]
pub(crate) enum Count {
    /// Sick cases.
    Cases(fn(&CaseInPeriod<'_>, &Placing<'_>, &mut Groups)),
    /// Sick cases by their number of certificates, so that each must be put together step by step wherever units may
    /// be unseen.
    CasesByCertificates(fn(&CaseInPeriod<'_>, &Placing<'_>, &mut Groups)),
    /// Certificates by the month of their signing.
    Certificates(fn(&CertificateFact, &Placing<'_>, &mut Groups)),
    /// Messages by the month in which their certificate was signed.
    Messages {
        /// Which of the certificate's units is looked at.
        units: UnitColumn,
        /// The groups of a message.
        place: fn(&MessageFact, &Placing<'_>, &mut Groups),
    },
}

/// Which unit of a certificate is looked at when units are chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum UnitColumn {
    /// The care unit, or the unit where the question is about the units below care units.
    ByDepth,
    /// The unit.
    Unit,
}

/// Where a count is placed: the question's view, what stands behind the numbers, and the report's own places.
pub(crate) struct Placing<'a> {
    pub(crate) view: View,
    pub(crate) context: &'a Context<'a>,
    /// [`Grouping::places`] of the report.
    pub(crate) places: &'a [Vec<usize>],
}

impl Placing<'_> {
    /// The groups of a number in the column that the report groups by.
    pub(super) fn of(&self, number: u32) -> &[usize] {
        self.places.get(number as usize).map_or(&[], Vec::as_slice)
    }

    /// The groups of a certificate type.
    pub(super) fn of_kind(&self, kind: CertificateType) -> &[usize] {
        let number = CertificateType::ALL.iter().position(|known| *known == kind);
        number
            .and_then(|number| self.places.get(number))
            .map_or(&[], Vec::as_slice)
    }

    /// The facts of a case that decide: the last in a time series, all in a cross-section.
    ///
    /// Source: `PEERS.md` §1.3 item 7.
    pub(super) fn deciding<'c>(&self, case: &CaseInPeriod<'c>) -> &'c [Fact] {
        match self.view {
            View::Series => &case.facts[case.facts.len() - 1..],
            View::Cross => case.facts,
        }
    }

    /// What was known of the doctor who decides in a time series, of each doctor of the case in a cross-section; as
    /// each doctor's latest certificate has it.
    pub(super) fn doctors(&self, case: &CaseInPeriod<'_>) -> Vec<&DoctorProfile> {
        let mut latest: Vec<&Fact> = Vec::new();
        for fact in self.deciding(case).iter().rev() {
            if latest.iter().all(|known| known.doctor != fact.doctor) {
                latest.push(fact);
            }
        }
        let names = &self.context.names.doctors;
        let profile = |fact: &Fact| {
            let doctor = names.get(fact.doctor as usize).map_or("", String::as_str);
            self.context.doctors.of(fact.arrival, doctor)
        };
        latest.into_iter().map(profile).collect()
    }
}

/// The group dimensions of a report.
#[derive(Debug, Clone, Default)]
pub(crate) struct Grouping {
    /// The dimensions, slowest first; a group is a place in their product.
    pub(crate) dimensions: Vec<Dimension>,
    /// For each dimension, places that are shown only when they are not empty.
    pub(crate) optional: Vec<Vec<usize>>,
    /// Groups of each number of the column that the report groups by; empty where the report places by itself.
    pub(crate) places: Vec<Vec<usize>>,
    /// Whether it has one group that says nothing beside the title.
    pub(crate) single: bool,
}

impl Grouping {
    pub(super) fn new(id: &str, label: Text, categories: Vec<Category>) -> Self {
        Self {
            dimensions: vec![dimension(id, label, categories)],
            optional: vec![Vec::new()],
            ..Self::default()
        }
    }

    /// The only group of a report without groups.
    pub(super) fn single(id: &str, label: Text) -> Self {
        Self {
            single: true,
            ..Self::new(
                "group",
                Text::new("Grupp", "Group"),
                vec![category(id, label)],
            )
        }
    }

    /// With all groups of the first dimension shown only when they are not empty.
    pub(super) fn all_optional(mut self) -> Self {
        let groups = self.dimensions.first().map_or(0, |d| d.categories.len());
        if let Some(optional) = self.optional.first_mut() {
            *optional = (0..groups).collect();
        }
        self
    }

    /// With a second dimension inside the first.
    pub(super) fn by(mut self, other: Self) -> Self {
        self.dimensions.extend(other.dimensions);
        self.optional.extend(other.optional);
        self
    }

    /// Number of groups.
    pub(crate) fn len(&self) -> usize {
        self.dimensions.iter().map(|d| d.categories.len()).product()
    }
}

pub(super) fn dimension(id: &str, label: Text, categories: Vec<Category>) -> Dimension {
    Dimension {
        id: id.to_owned(),
        label: label.into(),
        role: Role::Classification,
        categories,
    }
}

pub(super) fn category(code: &str, label: impl Into<Label>) -> Category {
    Category {
        code: code.to_owned(),
        label: label.into(),
    }
}

/// A label that is the same in both languages: a name.
pub(super) fn name(text: &str) -> Label {
    Label {
        sv: text.to_owned(),
        en: text.to_owned(),
    }
}

/// The groups that one case, certificate or message falls into.
#[derive(Debug, Default)]
pub(crate) struct Groups(pub(crate) Vec<usize>);

impl Groups {
    /// Puts it into a group; a second time has no effect.
    pub(crate) fn add(&mut self, group: usize) {
        if !self.0.contains(&group) {
            self.0.push(group);
        }
    }

    /// Puts it into a group once more.
    pub(crate) fn add_again(&mut self, group: usize) {
        self.0.push(group);
    }
}
