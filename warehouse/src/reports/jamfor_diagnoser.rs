use frisk_codes::Text;

use super::{
    diagnoses::{by_diagnosis, places},
    report::{ALL_LEVELS, BOTH_VIEWS, Count, Denominator, Report, ReportInfo},
};

/// Cases of any diagnoses beside each other, on any levels. Source: `PEERS.md` §1.1, conformance kit §12.
pub(super) const REPORT: Report = Report {
    info: ReportInfo {
        slug: SLUG,
        title: Text::new("Jämförelse av diagnoser", "Diagnoses compared"),
        definition: Text::new(
            "Antal sjukfall för varje vald diagnos: kapitel, avsnitt, kategori eller kod. Huvuddiagnosen på det senast påbörjade intyget avgör i tidsserien; i tvärsnittet räknas sjukfallet en gång för varje vald diagnos som det har haft.",
            "Number of sick cases of each diagnosis chosen: chapter, block, category or code. The main diagnosis of the latest certificate begun decides in the time series; in the cross-section a case counts once for each chosen diagnosis that it has had.",
        ),
        levels: ALL_LEVELS,
        views: BOTH_VIEWS,
    },
    grouping: |context| by_diagnosis(context, &context.question.diagnoses),
    count: Count::Cases(places),
    denominator: Denominator::None,
};

/// Name of the report.
pub(super) const SLUG: &str = "jamfor_diagnoser";
