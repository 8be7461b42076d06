use frisk_codes::Text;

use super::{
    report::{BOTH_VIEWS, Count, Denominator, Groups, Placing, Report, ReportInfo},
    units::by_unit,
};
use crate::{Level, View, cases::CaseInPeriod};

/// Cases by care unit, or by the units below care units. Source: `PEERS.md` §1.1, conformance kit §12.
pub(super) const REPORT: Report = Report {
    info: ReportInfo {
        slug: "sjukfall_per_enhet",
        title: Text::new("Sjukfall per vårdenhet", "Sick cases by care unit"),
        definition: Text::new(
            "Antal sjukfall per vårdenhet eller enhet. Enheten för det senast påbörjade intyget avgör i tidsserien; i tvärsnittet räknas sjukfallet en gång för varje enhet som har skrivit intyg i det.",
            "Number of sick cases by care unit or unit. The unit of the latest certificate begun decides in the time series; in the cross-section a case counts once for each unit that has written certificates in it.",
        ),
        levels: &[Level::Region, Level::Unit],
        views: BOTH_VIEWS,
    },
    grouping: |context| {
        let units = by_unit(context);
        match context.question.view {
            View::Series => units,
            View::Cross => units.all_optional(),
        }
    },
    count: Count::Cases(place),
    denominator: Denominator::None,
};

/// A case at the units of its certificates.
pub(super) fn place(case: &CaseInPeriod<'_>, at: &Placing<'_>, groups: &mut Groups) {
    for fact in at.deciding(case) {
        let unit = at.context.unit_by_depth(fact.care_unit, fact.unit);
        at.of(unit).iter().for_each(|group| groups.add(*group));
    }
}
