use frisk_codes::{OverviewAgeGroup, Text};

use super::report::{ALL_LEVELS, Count, Denominator, Grouping, Report, ReportInfo, category};
use crate::View;

/// Cases by the overview's six age groups. Source: conformance kit §13 and §16.
pub(super) const REPORT: Report = Report {
    info: ReportInfo {
        slug: "oversikt_aldersgrupp",
        title: Text::new("Översikt: åldersgrupp", "Overview: age group"),
        definition: Text::new(
            "Antal sjukfall per åldersgrupp, grovt indelat. Åldern är patientens ålder vid slutet av intyget; den högsta om sjukfallet har flera.",
            "Number of sick cases by broad age group. The age is the patient's at the end of the certificate; the highest if the case has several.",
        ),
        levels: ALL_LEVELS,
        views: &[View::Cross],
    },
    grouping: |_| {
        let groups = OverviewAgeGroup::ALL
            .iter()
            .map(|g| category(g.id(), g.bin().label));
        Grouping::new(
            "age_group",
            Text::new("Åldersgrupp", "Age group"),
            groups.collect(),
        )
    },
    count: Count::Cases(|case, _, groups| {
        groups.add(OverviewAgeGroup::of(case.age().into()).index());
    }),
    denominator: Denominator::None,
};
