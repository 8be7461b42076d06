use frisk_codes::Text;

use super::{
    report::{ALL_LEVELS, BOTH_VIEWS, Count, Denominator, Report, ReportInfo, UnitColumn},
    subjects::{self, by_subject},
};

/// Messages by subject. Source: `PEERS.md` §1.1, conformance kit §12.
pub(super) const REPORT: Report = Report {
    info: ReportInfo {
        slug: "meddelanden_totalt",
        title: Text::new("Meddelanden per ämne", "Messages by subject"),
        definition: Text::new(
            "Antal meddelanden om läkarintyg per ämne, efter den månad då intyget signerades.",
            "Number of messages about certificates by subject, by the month in which the certificate was signed.",
        ),
        levels: ALL_LEVELS,
        views: BOTH_VIEWS,
    },
    grouping: |_| by_subject(),
    count: Count::Messages {
        units: UnitColumn::ByDepth,
        place: |message, at, groups| subjects::add(message, 0, at, groups),
    },
    denominator: Denominator::None,
};
