use frisk_codes::{LengthGroup, Text};

use super::report::{
    ALL_LEVELS, BOTH_VIEWS, Count, Denominator, Grouping, Report, ReportInfo, category,
};

/// Cases by length. Source: conformance kit §7 (union of days) and §16 (bins).
pub(super) const REPORT: Report = Report {
    info: ReportInfo {
        slug: "sjukskrivningslangd",
        title: Text::new("Sjukfall per sjukskrivningslängd", "Sick cases by length"),
        definition: Text::new(
            "Antal sjukfall per längd: dagar med intyg som börjat senast vid periodens slut. Överlappande dagar räknas en gång, dagar utan intyg räknas inte, dagar i framtiden räknas.",
            "Number of sick cases by length: days with certificates begun by the end of the period. Overlapping days count once, days without a certificate do not count, days in the future do.",
        ),
        levels: ALL_LEVELS,
        views: BOTH_VIEWS,
    },
    grouping: |_| {
        let groups = LengthGroup::ALL
            .iter()
            .map(|g| category(g.id(), g.bin().label));
        Grouping::new(
            "length_group",
            Text::new("Sjukskrivningslängd", "Length"),
            groups.collect(),
        )
    },
    count: Count::Cases(|case, _, groups| groups.add(LengthGroup::of(case.length_days).index())),
    denominator: Denominator::None,
};
