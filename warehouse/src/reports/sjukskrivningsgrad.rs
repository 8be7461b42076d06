use frisk_codes::{Degree, Text};

use super::report::{
    ALL_LEVELS, BOTH_VIEWS, Count, Denominator, Grouping, Report, ReportInfo, category,
};
use crate::Label;

/// Cases by degree. Source: conformance kit §7 and §12.
pub(super) const REPORT: Report = Report {
    info: ReportInfo {
        slug: "sjukskrivningsgrad",
        title: Text::new("Sjukfall per sjukskrivningsgrad", "Sick cases by degree"),
        definition: Text::new(
            "Antal sjukfall per sjukskrivningsgrad. Graden i den senast påbörjade perioden avgör i tidsserien; i tvärsnittet räknas sjukfallet en gång i varje grad som det har haft.",
            "Number of sick cases by degree of sick leave. The degree of the latest period begun decides in the time series; in the cross-section a case counts once in each degree that it has had.",
        ),
        levels: ALL_LEVELS,
        views: BOTH_VIEWS,
    },
    grouping: |_| {
        let groups = Degree::ALL.map(|degree| {
            let percent = degree.percent();
            let label = Label {
                sv: format!("{percent} % sjukskrivningsgrad"),
                en: format!("{percent} % sick leave"),
            };
            category(&percent.to_string(), label)
        });
        Grouping::new(
            "degree",
            Text::new("Sjukskrivningsgrad", "Degree"),
            groups.into(),
        )
    },
    // 25, 50, 75, 100 → 0, 1, 2, 3.
    count: Count::Cases(|case, at, groups| {
        for fact in at.deciding(case) {
            groups.add(usize::from(fact.degree.clamp(25, 100) / 25 - 1));
        }
    }),
    denominator: Denominator::None,
};
