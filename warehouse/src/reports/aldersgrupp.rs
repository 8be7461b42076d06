use frisk_codes::{AgeGroup, Text};

use super::report::{
    ALL_LEVELS, BOTH_VIEWS, Count, Denominator, Grouping, Report, ReportInfo, category,
};

/// Cases by age. Source: conformance kit §7 (highest age over the case's certificates) and §16 (bins).
pub(super) const REPORT: Report = Report {
    info: ReportInfo {
        slug: "aldersgrupp",
        title: Text::new("Sjukfall per åldersgrupp", "Sick cases by age group"),
        definition: Text::new(
            "Antal sjukfall per åldersgrupp. Åldern är patientens ålder vid slutet av intyget, även när det ligger i framtiden; den högsta om sjukfallet har flera intyg.",
            "Number of sick cases by age group. The age is the patient's at the end of the certificate, even in the future; the highest if the case has several certificates.",
        ),
        levels: ALL_LEVELS,
        views: BOTH_VIEWS,
    },
    grouping: |_| {
        let groups = AgeGroup::ALL
            .iter()
            .map(|g| category(g.id(), g.bin().label));
        Grouping::new(
            "age_group",
            Text::new("Åldersgrupp", "Age group"),
            groups.collect(),
        )
    },
    count: Count::Cases(|case, _, groups| groups.add(AgeGroup::of(case.age().into()).index())),
    denominator: Denominator::None,
};
