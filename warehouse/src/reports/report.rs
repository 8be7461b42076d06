use frisk_codes::Text;
use serde::Serialize;

use crate::{Category, Dimension, Label, Level, Role, View, cases::CaseInPeriod, reports::Context};

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
}

/// One report: how its cases fall into groups.
#[derive(Clone, Copy)]
pub(crate) struct Report {
    pub(crate) info: ReportInfo,
    /// The groups.
    pub(crate) grouping: fn(&Context<'_>) -> Grouping,
    /// The groups of one case.
    pub(crate) place: fn(&CaseInPeriod<'_>, View, &Context<'_>, &mut Groups),
    pub(crate) denominator: Denominator,
    /// Whether the number of certificates decides; then a case must be put together step by step wherever units may
    /// be unseen.
    pub(crate) by_certificates: bool,
}

/// The group dimension of a report.
#[derive(Debug, Clone)]
pub(crate) struct Grouping {
    pub(crate) dimension: Dimension,
    /// Places of groups that are shown only when they are not empty.
    pub(crate) optional: Vec<usize>,
}

impl Grouping {
    pub(super) fn new(id: &str, label: Text, categories: Vec<Category>) -> Self {
        Self {
            dimension: Dimension {
                id: id.to_owned(),
                label: label.into(),
                role: Role::Classification,
                categories,
            },
            optional: Vec::new(),
        }
    }

    /// The only group of a report without groups.
    pub(super) fn single(id: &str, label: Text) -> Self {
        Self::new(
            "group",
            Text::new("Grupp", "Group"),
            vec![category(id, label)],
        )
    }
}

pub(super) fn category(code: &str, label: impl Into<Label>) -> Category {
    Category {
        code: code.to_owned(),
        label: label.into(),
    }
}

/// The groups that one case falls into, each once.
#[derive(Debug, Default)]
pub(crate) struct Groups(pub(crate) Vec<usize>);

impl Groups {
    /// Puts the case into a group; a second time has no effect.
    pub(crate) fn add(&mut self, group: usize) {
        if !self.0.contains(&group) {
            self.0.push(group);
        }
    }

    /// Puts the case where its last period lies in a time series, and where any of its periods lie in a cross-section.
    ///
    /// Source: `PEERS.md` §1.3 item 7.
    pub(super) fn add_by_period(
        &mut self,
        case: &CaseInPeriod<'_>,
        view: View,
        group: impl Fn(&crate::Fact) -> usize,
    ) {
        match view {
            View::Series => self.add(group(case.last())),
            View::Cross => case.facts.iter().for_each(|fact| self.add(group(fact))),
        }
    }
}
