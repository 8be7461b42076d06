use frisk_codes::{Language, Region, Text};

use super::report::{Count, Denominator, Grouping, Report, ReportInfo, category};
use crate::{Label, Level, Role, View};

/// Cases by region, and per 1,000 inhabitants. Source: conformance kit §12 and §4.6.
pub(super) const REPORT: Report = Report {
    info: ReportInfo {
        slug: "lan",
        title: Text::new("Sjukfall per län", "Sick cases by region"),
        definition: Text::new(
            "Antal sjukfall per län och per 1 000 invånare. Länet är det där enheten som skrev det senast påbörjade intyget låg; invånare den 31 december året före.",
            "Number of sick cases by region and per 1,000 inhabitants. The region is where the unit lay that wrote the latest certificate begun; inhabitants on 31 December the year before.",
        ),
        levels: &[Level::National],
        views: &[View::Cross],
    },
    grouping: |_| regions(),
    count: Count::Cases(|case, at, groups| groups.add(at.context.region(case.last().region))),
    denominator: Denominator::Inhabitants,
};

/// The 21 regions in report order, and the unknown one where it is not empty.
pub(super) fn regions() -> Grouping {
    let label = |region: &Region| Label {
        sv: region.label(Language::Sv).to_owned(),
        en: region.label(Language::En).to_owned(),
    };
    let categories = Region::ALL
        .iter()
        .chain([&Region::UNKNOWN])
        .map(|region| category(region.code, label(region)))
        .collect();
    let mut grouping = Grouping::new("region", Text::new("Län", "Region"), categories);
    grouping.dimensions[0].role = Role::Geo;
    grouping.optional = vec![vec![Region::ALL.len()]];
    grouping
}
