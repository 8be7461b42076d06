use frisk_codes::Text;

use super::report::{BOTH_VIEWS, Count, Denominator, Grouping, Report, ReportInfo, category};
use crate::{Level, doctor::POSITIONS};

/// Cases by the doctor's position. Source: conformance kit §12 and §16.
pub(super) const REPORT: Report = Report {
    info: ReportInfo {
        slug: "lakarbefattning",
        title: Text::new(
            "Sjukfall per läkarbefattning",
            "Sick cases by the doctor's position",
        ),
        definition: Text::new(
            "Antal sjukfall per läkarens befattning när intyget kom in. Läkaren för det senast påbörjade intyget avgör i tidsserien; i tvärsnittet räknas sjukfallet för varje läkare, och för varje befattning som läkaren har.",
            "Number of sick cases by the doctor's position when the certificate came in. The doctor of the latest certificate begun decides in the time series; in the cross-section a case counts for each doctor, and for each position that the doctor has.",
        ),
        levels: &[Level::Unit],
        views: BOTH_VIEWS,
    },
    grouping: |_| {
        let positions = POSITIONS
            .iter()
            .map(|(code, label)| category(&code.to_string(), *label));
        Grouping::new(
            "position",
            Text::new("Befattning", "Position"),
            positions.collect(),
        )
        .all_optional()
    },
    count: Count::Cases(|case, at, groups| {
        for profile in at.doctors(case) {
            profile
                .positions()
                .into_iter()
                .for_each(|group| groups.add_again(group));
        }
    }),
    denominator: Denominator::None,
};
