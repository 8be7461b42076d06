//! The peer's colours, so that a chart here looks like the chart that people know.
//!
//! Source: conformance kit §16.

use frisk_codes::{AgeGroup, DiagnosisGroup, OverviewAgeGroup};

use crate::{Dimension, OverviewPart, PublishedTable};

/// Series colours by place.
pub(crate) const SERIES: [&str; 14] = [
    "#E11964", "#032C53", "#FFBA3E", "#799745", "#3CA3FF", "#C37EB2", "#2A5152", "#FB7F4D",
    "#5CC2BC", "#704F38", "#600030", "#006697", "#5D5D5D", "#EA8025",
];
/// Code of an overview row that sums the groups without a row of their own.
pub(crate) const REST_CODE: &str = "rest";
/// What is summed from several groups, and what is not known.
const REST: &str = "#5D5D5D";
/// Colours of the twelve age groups.
const AGES: [&str; 12] = [
    "#E11964", "#032C53", "#FFBA3E", "#799745", "#3CA3FF", "#C37EB2", "#2A5152", "#FB7F4D",
    "#5CC2BC", "#704F38", "#600030", "#006697",
];
/// Colours of the overview's six age groups.
const OVERVIEW_AGES: [&str; 6] = [
    "#E11964", "#FFBA3E", "#3CA3FF", "#2A5152", "#5CC2BC", "#006697",
];
/// Colours of the degrees 25, 50, 75 and 100 %.
const DEGREES: [(&str, &str); 4] = [
    ("25", "#E11964"),
    ("50", "#032C53"),
    ("75", "#FFBA3E"),
    ("100", "#799745"),
];
/// Colours of the diagnosis groups, in report order.
const DIAGNOSES: [&str; 8] = [
    "#E11964", "#032C53", "#FFBA3E", "#799745", "#3CA3FF", "#C37EB2", "#2A5152", "#FB7F4D",
];
/// Colours of the subjects of messages.
const SUBJECTS: [(&str, &str); 6] = [
    ("AVSTMN", "#E11964"),
    ("KOMPLT", "#032C53"),
    ("KONTKT", "#FFBA3E"),
    ("OKANT", REST),
    ("PAMINN", "#799745"),
    ("OVRIGT", "#3CA3FF"),
];

impl PublishedTable {
    /// Colour of a category of a dimension in the peer's charts, `#RRGGBB`; `None` where it has none of its own.
    #[must_use]
    pub fn colour(&self, dimension: usize, category: usize) -> Option<&'static str> {
        let dimension = self.dimensions().get(dimension)?;
        colour(dimension, category)
    }
}

fn colour(dimension: &Dimension, place: usize) -> Option<&'static str> {
    let code = dimension.categories.get(place)?.code.as_str();
    match dimension.id.as_str() {
        "age_group" => age(code),
        "degree" => of(&DEGREES, code),
        "diagnosis_group" => diagnosis(code),
        "subject" => of(&SUBJECTS, code),
        "certificate_type" => SERIES.get(place).copied(),
        _ => None,
    }
}

fn of(colours: &[(&str, &'static str)], code: &str) -> Option<&'static str> {
    colours
        .iter()
        .find(|(known, _)| *known == code)
        .map(|(_, colour)| *colour)
}

fn age(code: &str) -> Option<&'static str> {
    let place = AgeGroup::ALL.iter().position(|group| group.id() == code)?;
    AGES.get(place).copied()
}

fn diagnosis(code: &str) -> Option<&'static str> {
    let place = DiagnosisGroup::ALL
        .iter()
        .position(|group| group.id() == code)?;
    DIAGNOSES.get(place).copied()
}

/// Colour of an overview row.
pub(crate) fn overview(part: OverviewPart, code: &str) -> Option<&'static str> {
    match (part, code) {
        (OverviewPart::Diagnosis | OverviewPart::Age, REST_CODE) => Some(REST),
        (OverviewPart::Diagnosis, code) => diagnosis(code),
        (OverviewPart::Age, code) => {
            let place = OverviewAgeGroup::ALL
                .iter()
                .position(|group| group.id() == code)?;
            OVERVIEW_AGES.get(place).copied()
        }
        (OverviewPart::Degree, code) => of(&DEGREES, code),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_have_the_colours_of_the_kit() {
        assert_eq!(age("66-"), Some("#006697"));
        assert_eq!(diagnosis("mental"), Some("#032C53"));
        // The group "Övrigt" is not the rest.
        assert_eq!(overview(OverviewPart::Diagnosis, "other"), Some("#3CA3FF"));
        assert_eq!(overview(OverviewPart::Age, "61-"), Some("#006697"));
        assert_eq!(overview(OverviewPart::Degree, "100"), Some("#799745"));
        assert_eq!(
            overview(OverviewPart::Diagnosis, REST_CODE),
            Some("#5D5D5D")
        );
    }
}
