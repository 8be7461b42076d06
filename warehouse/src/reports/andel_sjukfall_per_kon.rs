use frisk_codes::Text;

use super::{
    lan::regions,
    report::{Count, Denominator, Grouping, Report, ReportInfo},
};
use crate::{Level, View};

/// Women and men among the cases of each region. Source: conformance kit §12.
pub(super) const REPORT: Report = Report {
    info: ReportInfo {
        slug: "andel_sjukfall_per_kon",
        title: Text::new("Könsfördelning per län", "Sick cases by sex and region"),
        definition: Text::new(
            "Antal sjukfall för kvinnor och män per län. Länet är det där enheten som skrev det senast påbörjade intyget låg.",
            "Number of sick cases of women and men by region. The region is where the unit lay that wrote the latest certificate begun.",
        ),
        levels: &[Level::National],
        views: &[View::Cross],
    },
    grouping: |_| Grouping {
        // The unknown region too, cases or not.
        optional: vec![Vec::new()],
        ..regions()
    },
    count: Count::Cases(|case, at, groups| groups.add(at.context.region(case.last().region))),
    denominator: Denominator::AllRegions,
};
