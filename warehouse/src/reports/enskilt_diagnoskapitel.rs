use frisk_codes::Text;

use super::{
    diagnoses::{by_diagnosis, places},
    report::{BOTH_VIEWS, Count, Denominator, Report, ReportInfo},
};
use crate::{Category, Cell, Level, PublishedTable};

/// Cases of one diagnosis by what it is made of: a chapter by blocks, a block by categories, a category by codes.
///
/// Source: `PEERS.md` §1.1, conformance kit §12.
pub(super) const REPORT: Report = Report {
    info: ReportInfo {
        slug: SLUG,
        title: Text::new(
            "Sjukfall per enskilt diagnoskapitel",
            "Sick cases within a diagnosis",
        ),
        definition: Text::new(
            "Antal sjukfall per avsnitt i ett kapitel, per kategori i ett avsnitt eller per kod i en kategori. Huvuddiagnosen på det senast påbörjade intyget avgör i tidsserien; i tvärsnittet räknas sjukfallet en gång för varje diagnos som det har haft.",
            "Number of sick cases by block of a chapter, by category of a block or by code of a category. The main diagnosis of the latest certificate begun decides in the time series; in the cross-section a case counts once for each diagnosis that it has had.",
        ),
        levels: &[Level::National, Level::Region, Level::Unit],
        views: BOTH_VIEWS,
    },
    grouping: |context| {
        let children: Vec<_> = (context.question.diagnoses.iter())
            .flat_map(|diagnosis| diagnosis.children(context.icd10))
            .collect();
        by_diagnosis(context, &children)
    },
    count: Count::Cases(places),
    denominator: Denominator::None,
};

/// Name of the report.
pub(super) const SLUG: &str = "enskilt_diagnoskapitel";
/// Most groups that are drawn.
const MOST: usize = 7;

/// The groups that are drawn: those with cases, largest first; of more than seven the six largest and the rest
/// together; one empty group if there are none.
///
/// Source: conformance kit §12, "7-rule".
pub(super) fn largest(table: &PublishedTable) -> PublishedTable {
    let Some(at) = table.dimension("diagnosis") else {
        return table.clone();
    };
    let groups = &table.dimensions[at].categories;
    let sum = |group: usize| -> f64 {
        let cells = table
            .cells
            .chunks(3)
            .skip(group)
            .step_by(groups.len().max(1));
        cells.filter_map(|cells| value(cells[0])).sum()
    };
    let mut order: Vec<(usize, f64)> = (0..groups.len()).map(|group| (group, sum(group))).collect();
    order.retain(|(_, sum)| *sum > 0.0);
    // Stable: equal ones stay in the order of the classification.
    order.sort_by(|a, b| b.1.total_cmp(&a.1));
    let shown = if order.len() > MOST {
        MOST - 1
    } else {
        order.len()
    };
    let (shown, rest) = order.split_at(shown);
    let mut categories: Vec<Category> = shown
        .iter()
        .map(|(group, _)| groups[*group].clone())
        .collect();
    if !rest.is_empty() {
        categories.push(super::report::category(
            "other",
            Text::new("Övriga", "Others"),
        ));
    } else if categories.is_empty() {
        categories.push(super::report::category(
            "total",
            Text::new("Totalt", "Total"),
        ));
    }
    let row = |month: usize, group: usize| &table.cells[(month * groups.len() + group) * 3..][..3];
    let months = table.cells.len() / (groups.len() * 3).max(1);
    let mut cells = Vec::new();
    for month in 0..months.max(1) {
        for (group, _) in shown {
            cells.extend(row(month, *group));
        }
        if !rest.is_empty() {
            let sum = |sex: usize| {
                rest.iter()
                    .filter_map(|(group, _)| value(row(month, *group)[sex]))
                    .sum()
            };
            cells.extend([0, 1, 2].map(|sex| Cell::Value(sum(sex))));
        } else if shown.is_empty() {
            cells.extend([Cell::Value(0.0); 3]);
        }
    }
    let mut drawn = PublishedTable {
        cells,
        ..table.clone()
    };
    drawn.dimensions[at].categories = categories;
    drawn
}

fn value(cell: Cell) -> Option<f64> {
    match cell {
        Cell::Value(value) => Some(value),
        Cell::Suppressed | Cell::Missing => None,
    }
}
