use frisk_codes::{Text, is_long};

use super::report::{ALL_LEVELS, BOTH_VIEWS, Count, Denominator, Grouping, Report, ReportInfo};

/// Cases of more than 90 days. Source: `PEERS.md` §1.2 ("Long = realDays > 90").
pub(super) const REPORT: Report = Report {
    info: ReportInfo {
        slug: "langa_sjukfall",
        title: Text::new("Långa sjukfall", "Long sick cases"),
        definition: Text::new(
            "Antal sjukfall som är längre än 90 dagar vid periodens slut. Dagar med intyg räknas en gång, dagar utan intyg räknas inte.",
            "Number of sick cases longer than 90 days by the end of the period. Days with a certificate count once, days without do not count.",
        ),
        levels: ALL_LEVELS,
        views: BOTH_VIEWS,
    },
    grouping: |_| Grouping::single("91-", Text::new("Mer än 90 dagar", "More than 90 days")),
    count: Count::Cases(|case, _, groups| {
        if is_long(case.length_days) {
            groups.add(0);
        }
    }),
    denominator: Denominator::None,
};
