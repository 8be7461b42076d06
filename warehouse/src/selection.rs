use std::collections::BTreeSet;

use frisk_codes::{AgeGroup, LengthGroup};

use crate::{Diagnosis, Question, Scope, Warehouse};

/// What of all there is to choose from an answer has used: the "chosen filter" beside each report.
///
/// Source: conformance kit §15, "selection flags".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    /// Names of the units used, in order.
    pub units: Vec<String>,
    /// Whether those are all that the reader may see.
    pub all_units: bool,
    /// Whether no diagnosis is left out.
    pub all_diagnoses: bool,
    /// Length groups used.
    pub lengths: Vec<LengthGroup>,
    /// Whether no length is left out.
    pub all_lengths: bool,
    /// Age groups used.
    pub ages: Vec<AgeGroup>,
    /// Whether no age is left out.
    pub all_ages: bool,
}

impl Warehouse {
    /// What a question uses of what its reader may see.
    #[must_use]
    pub fn selection(&self, question: &Question) -> Selection {
        let visible = self.visible_units(&question.scope);
        let filter = &question.filter;
        let used = match &filter.units {
            Some(chosen) => &visible & chosen,
            None => visible.clone(),
        };
        Selection {
            all_units: used == visible,
            units: self.unit_labels(&used),
            all_diagnoses: filter
                .diagnoses
                .as_ref()
                .is_none_or(|chosen| self.are_all(chosen)),
            all_lengths: is_all(filter.lengths.as_ref(), LengthGroup::ALL.len()),
            lengths: chosen(filter.lengths.as_ref(), &LengthGroup::ALL),
            all_ages: is_all(filter.ages.as_ref(), AgeGroup::ALL.len()),
            ages: chosen(filter.ages.as_ref(), &AgeGroup::ALL),
        }
    }

    /// Units that a reader may see, by HSA id.
    fn visible_units(&self, scope: &Scope) -> BTreeSet<String> {
        match scope {
            Scope::National => BTreeSet::new(),
            Scope::Region { region } => self
                .region_lists
                .get(region)
                .map(crate::RegionList::units)
                .unwrap_or_default(),
            Scope::Units { units, .. } if !units.is_empty() => units.clone(),
            Scope::Units { care_provider, .. } => {
                let own = self
                    .units
                    .units()
                    .filter(|(_, unit)| unit.care_provider == *care_provider);
                own.map(|(id, _)| id.to_owned()).collect()
            }
        }
    }

    /// Names of units, sorted; the id after a name that two have.
    fn unit_labels(&self, units: &BTreeSet<String>) -> Vec<String> {
        let name = |id: &str| self.units.name(id).to_owned();
        let twice = |wanted: &str| units.iter().filter(|id| name(id) == wanted).count() > 1;
        let mut labels: Vec<String> = units
            .iter()
            .map(|id| match name(id) {
                name if twice(&name) => format!("{name} {id}"),
                name => name,
            })
            .collect();
        labels.sort();
        labels
    }

    /// Whether these are all chapters and what is in none.
    fn are_all(&self, chosen: &[Diagnosis]) -> bool {
        let chapters = self.icd10.chapters().iter();
        let mut all: Vec<Diagnosis> = chapters.map(|c| Diagnosis::Chapter(c.id.clone())).collect();
        all.push(Diagnosis::Invalid);
        all.len() == chosen.len() && all.iter().all(|one| chosen.contains(one))
    }
}

fn is_all<T>(chosen: Option<&BTreeSet<T>>, all: usize) -> bool {
    chosen.is_none_or(|chosen| chosen.len() == all)
}

fn chosen<T: Copy + Ord>(chosen: Option<&BTreeSet<T>>, all: &[T]) -> Vec<T> {
    match chosen {
        Some(chosen) => chosen.iter().copied().collect(),
        None => all.to_vec(),
    }
}
