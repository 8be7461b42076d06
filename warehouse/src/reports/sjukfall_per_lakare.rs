use frisk_codes::Text;

use super::report::{BOTH_VIEWS, Count, Denominator, Grouping, Report, ReportInfo, category, name};
use crate::{Level, View, reports::Context};

/// Cases by doctor. Source: `PEERS.md` §1.1, conformance kit §12.
pub(super) const REPORT: Report = Report {
    info: ReportInfo {
        slug: "sjukfall_per_lakare",
        title: Text::new("Sjukfall per läkare", "Sick cases by doctor"),
        definition: Text::new(
            "Antal sjukfall per läkare. Läkaren för det senast påbörjade intyget avgör i tidsserien; i tvärsnittet räknas sjukfallet en gång för varje läkare som har skrivit intyg i det.",
            "Number of sick cases by doctor. The doctor of the latest certificate begun decides in the time series; in the cross-section a case counts once for each doctor who has written certificates in it.",
        ),
        levels: &[Level::Unit],
        views: BOTH_VIEWS,
    },
    grouping: by_doctor,
    count: Count::Cases(|case, at, groups| {
        if at.view == View::Series {
            at.of(case.last().doctor)
                .iter()
                .for_each(|group| groups.add(*group));
            return;
        }
        for fact in case.facts {
            at.of(fact.doctor)
                .iter()
                .for_each(|group| groups.add(*group));
        }
    }),
    denominator: Denominator::None,
};

/// A group a doctor, by name; those without a count are left out.
pub(super) fn by_doctor(context: &Context<'_>) -> Grouping {
    let names = &context.names.doctors;
    let called = |number: usize| context.doctors.name_of(&names[number]);
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by_cached_key(|&number| (called(number).to_lowercase(), names[number].clone()));
    let categories = order
        .iter()
        .map(|&number| category(&names[number], name(called(number))));
    let mut places = vec![Vec::new(); names.len()];
    for (place, &number) in order.iter().enumerate() {
        places[number] = vec![place];
    }
    let grouping = Grouping::new(
        "doctor",
        Text::new("Läkare", "Doctor"),
        categories.collect(),
    );
    Grouping { places, ..grouping }.all_optional()
}
