//! Grouping by chosen diagnoses, for the reports that look into or compare them.

use frisk_codes::Text;

use super::report::{Grouping, Groups, Placing, category};
use crate::{Diagnosis, cases::CaseInPeriod, reports::Context};

/// A group a diagnosis, in the order given; a period may lie in several.
pub(super) fn by_diagnosis(context: &Context<'_>, diagnoses: &[Diagnosis]) -> Grouping {
    let icd10 = context.icd10;
    let categories = diagnoses
        .iter()
        .map(|diagnosis| category(&diagnosis.id(), diagnosis.label(icd10)));
    let places = context.names.diagnoses.iter().map(|code| {
        let levels = icd10.resolve(code);
        let holds =
            |(place, diagnosis): (usize, &Diagnosis)| diagnosis.holds(&levels).then_some(place);
        diagnoses.iter().enumerate().filter_map(holds).collect()
    });
    Grouping {
        places: places.collect(),
        ..Grouping::new(
            "diagnosis",
            Text::new("Diagnos", "Diagnosis"),
            categories.collect(),
        )
    }
}

/// A case in the groups of its diagnoses.
pub(super) fn places(case: &CaseInPeriod<'_>, at: &Placing<'_>, groups: &mut Groups) {
    for fact in at.deciding(case) {
        at.of(fact.diagnosis)
            .iter()
            .for_each(|group| groups.add(*group));
    }
}
