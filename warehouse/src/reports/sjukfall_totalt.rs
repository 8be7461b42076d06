use frisk_codes::Text;

use super::report::{ALL_LEVELS, BOTH_VIEWS, Count, Denominator, Grouping, Report, ReportInfo};

/// Number of sick cases. Source: `PEERS.md` §1.1, conformance kit §12.
pub(super) const REPORT: Report = Report {
    info: ReportInfo {
        slug: "sjukfall_totalt",
        title: Text::new("Sjukfall totalt", "Sick cases, total"),
        definition: Text::new(
            "Antal sjukfall med minst en dag i perioden. Ett sjukfall är en patients läkarintyg hos en vårdgivare med högst 5 dagar emellan.",
            "Number of sick cases with at least one day in the period. A sick case is one patient's certificates at one care provider with at most 5 days between them.",
        ),
        levels: ALL_LEVELS,
        views: BOTH_VIEWS,
    },
    grouping: |_| Grouping::single("total", Text::new("Totalt", "Total")),
    count: Count::Cases(|_, _, groups| groups.add(0)),
    denominator: Denominator::None,
};
