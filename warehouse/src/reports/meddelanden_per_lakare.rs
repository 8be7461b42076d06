use frisk_codes::Text;

use super::{
    report::{BOTH_VIEWS, Count, Denominator, Report, ReportInfo, UnitColumn},
    sjukfall_per_lakare::by_doctor,
    subjects::{self, by_subject},
};
use crate::Level;

/// Messages by doctor and subject; for readers who have asked to see doctors one by one.
///
/// Source: `PEERS.md` §1.1, conformance kit §12.
pub(super) const REPORT: Report = Report {
    info: ReportInfo {
        slug: "meddelanden_per_lakare",
        title: Text::new(
            "Meddelanden per ämne och läkare",
            "Messages by subject and doctor",
        ),
        definition: Text::new(
            "Antal meddelanden om läkarintyg per läkare som utfärdade intyget, och per ämne, efter den månad då intyget signerades.",
            "Number of messages about certificates by the doctor who issued the certificate, and by subject, by the month in which the certificate was signed.",
        ),
        levels: &[Level::Unit],
        views: BOTH_VIEWS,
    },
    grouping: |context| by_doctor(context).by(by_subject()),
    count: Count::Messages {
        units: UnitColumn::ByDepth,
        place: |message, at, groups| {
            for doctor in at.of(message.certificate.doctor) {
                subjects::add(message, *doctor, at, groups);
            }
        },
    },
    denominator: Denominator::None,
};
