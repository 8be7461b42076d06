use frisk_codes::{DiagnosisGroup, Language, Text, WITHOUT_VALID_CODE};

use super::report::{
    ALL_LEVELS, BOTH_VIEWS, Count, Denominator, Grouping, Report, ReportInfo, category,
};
use crate::{Category, Cell, Label, PublishedTable};

/// Cases by ICD-10 chapter; [`grouped`] sums the chapters into the groups that are drawn.
///
/// Source: conformance kit §12 and §6.5: the main diagnosis of the last certificate in a series, of all in a
/// cross-section.
pub(super) const REPORT: Report = Report {
    info: ReportInfo {
        slug: "diagnosgrupp",
        title: Text::new("Sjukfall per diagnosgrupp", "Sick cases by diagnosis group"),
        definition: Text::new(
            "Antal sjukfall per kapitel i ICD-10-SE. Huvuddiagnosen på det senast påbörjade intyget avgör i tidsserien; i tvärsnittet räknas sjukfallet en gång i varje kapitel som det har haft.",
            "Number of sick cases by chapter of ICD-10-SE. The main diagnosis of the latest certificate begun decides in the time series; in the cross-section a case counts once in each chapter that it has had.",
        ),
        levels: ALL_LEVELS,
        views: BOTH_VIEWS,
    },
    grouping: |context| {
        let chapters = context.icd10.chapters();
        let mut categories: Vec<Category> = chapters
            .iter()
            .map(|chapter| {
                let label = |name: &str| format!("{} {name}", chapter.id);
                let english = chapter.english.as_deref().unwrap_or(&chapter.name);
                category(
                    &chapter.id,
                    Label {
                        sv: label(&chapter.name),
                        en: label(english),
                    },
                )
            })
            .collect();
        categories.push(category(INVALID, WITHOUT_VALID_CODE));
        Grouping {
            optional: vec![vec![chapters.len()]],
            ..Grouping::new(
                CHAPTER,
                Text::new("Diagnoskapitel", "Diagnosis chapter"),
                categories,
            )
        }
    },
    count: Count::Cases(|case, at, groups| {
        for fact in at.deciding(case) {
            groups.add(at.context.chapter(fact.diagnosis));
        }
    }),
    denominator: Denominator::None,
};

/// Id of the chapter dimension.
const CHAPTER: &str = "diagnosis_chapter";
/// Code of the group without a valid diagnosis.
const INVALID: &str = "invalid";

/// A published table by chapter summed into the diagnosis groups that are drawn; the last group, without a valid code,
/// stands only where the table has it. A table without chapters comes back as it is.
///
/// A group with a withheld chapter is withheld. Source: conformance kit §12 and §16.
#[must_use]
pub fn grouped(table: &PublishedTable) -> PublishedTable {
    let Some(at) = table.dimensions.iter().position(|d| d.id == CHAPTER) else {
        return table.clone();
    };
    let chapters = &table.dimensions[at].categories;
    let group_of: Vec<usize> = chapters
        .iter()
        .map(|chapter| DiagnosisGroup::of_chapter(&chapter.code).index())
        .collect();
    let groups = group_of.iter().max().map_or(0, |last| last + 1);
    let inner: usize = table.dimensions[at + 1..]
        .iter()
        .map(|d| d.categories.len())
        .product();
    let outer = table.cells.len() / (inner * chapters.len()).max(1);
    let mut cells = vec![Cell::Value(0.0); outer * groups * inner];
    for (index, cell) in table.cells.iter().enumerate() {
        let (row, place) = (index / inner, index % inner);
        let (before, chapter) = (row / chapters.len(), row % chapters.len());
        let target = &mut cells[(before * groups + group_of[chapter]) * inner + place];
        *target = sum(*target, *cell);
    }
    let mut grouped = PublishedTable {
        cells,
        ..table.clone()
    };
    let dimension = &mut grouped.dimensions[at];
    dimension.id = "diagnosis_group".to_owned();
    dimension.label = Text::new("Diagnosgrupp", "Diagnosis group").into();
    dimension.categories = DiagnosisGroup::ALL[..groups].iter().map(group).collect();
    grouped
}

fn group(group: &DiagnosisGroup) -> Category {
    category(
        group.id(),
        Label {
            sv: group.label(Language::Sv),
            en: group.label(Language::En),
        },
    )
}

fn sum(a: Cell, b: Cell) -> Cell {
    match (a, b) {
        (Cell::Value(a), Cell::Value(b)) => Cell::Value(a + b),
        (Cell::Suppressed, _) | (_, Cell::Suppressed) => Cell::Suppressed,
        _ => Cell::Missing,
    }
}
