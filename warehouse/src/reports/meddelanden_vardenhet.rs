use frisk_codes::Text;

use super::{
    report::{BOTH_VIEWS, Count, Denominator, Report, ReportInfo, UnitColumn},
    subjects::{self, by_subject},
    units::by_unit,
};
use crate::Level;

/// Messages by unit and subject. Source: `PEERS.md` §1.1, conformance kit §12.
pub(super) const REPORT: Report = Report {
    info: ReportInfo {
        slug: "meddelanden_vardenhet",
        title: Text::new(
            "Meddelanden per ämne och enhet",
            "Messages by subject and unit",
        ),
        definition: Text::new(
            "Antal meddelanden om läkarintyg per vårdenhet eller enhet som utfärdade intyget, och per ämne, efter den månad då intyget signerades.",
            "Number of messages about certificates by the care unit or unit that issued the certificate, and by subject, by the month in which the certificate was signed.",
        ),
        levels: &[Level::Region, Level::Unit],
        views: BOTH_VIEWS,
    },
    grouping: |context| by_unit(context).all_optional().by(by_subject()),
    count: Count::Messages {
        units: UnitColumn::ByDepth,
        place: |message, at, groups| {
            let certificate = &message.certificate;
            let unit = at
                .context
                .unit_by_depth(certificate.care_unit, certificate.unit);
            for unit in at.of(unit) {
                subjects::add(message, *unit, at, groups);
            }
        },
    },
    denominator: Denominator::None,
};
