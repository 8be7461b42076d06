use frisk_codes::Text;

use super::{
    report::{Count, Denominator, Report, ReportInfo},
    sjukfall_per_enhet, units,
};
use crate::{Level, View};

/// Cases of each care unit of a region per 1,000 patients listed with it. Source: conformance kit §12.
pub(super) const REPORT: Report = Report {
    info: ReportInfo {
        slug: "sjukfall_per_listningar_per_enhet",
        title: Text::new(
            "Sjukfall per 1 000 listningar per vårdenhet",
            "Sick cases per 1,000 listed patients by care unit",
        ),
        definition: Text::new(
            "Antal sjukfall per 1 000 listade patienter, per vårdenhet som regionens lista har ett antal listade för. Ett sjukfall räknas en gång för varje vårdenhet som har skrivit intyg i det.",
            "Number of sick cases per 1,000 listed patients, by care unit for which the region's list has a number. A case counts once for each care unit that has written certificates in it.",
        ),
        levels: &[Level::Region],
        views: &[View::Cross],
    },
    grouping: |context| {
        let mut shown = context.shown_units();
        shown.retain(|unit| {
            context
                .listed_patients(unit)
                .is_some_and(|patients| patients > 0)
        });
        units::of(context, &shown).all_optional()
    },
    count: Count::Cases(sjukfall_per_enhet::place),
    denominator: Denominator::ListedPatients,
};
