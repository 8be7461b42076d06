use frisk_codes::{Region, Text};

use super::{BySex, Row, Sums};
use crate::{Category, Cell, Cube, Dimension, Role, reports::Denominator};

/// Dimensions and cells of the table.
pub(super) fn table(cube: &Cube, sums: Sums) -> (Vec<Dimension>, Vec<Cell>) {
    let Sums {
        mut groups,
        places,
        rows,
    } = sums;
    let (table, measures) = match cube.denominator {
        Denominator::None => (rows.iter().map(values).collect(), None),
        Denominator::AllRegions => (with_all_regions(&mut groups, &rows), None),
        Denominator::Inhabitants => {
            let counted = with_all_regions(&mut groups, &rows);
            let bases = inhabitants(cube, &groups);
            (per_thousand(&counted, &bases), Some(inhabitant_measures()))
        }
        Denominator::ListedPatients => {
            let counted: Vec<Row> = rows.iter().map(values).collect();
            let base = |place: &usize| {
                cube.bases.get(*place).map_or([Cell::Missing; 3], |base| {
                    [count(base[0]), Cell::Missing, Cell::Missing]
                })
            };
            let bases: Vec<Row> = places.iter().map(base).collect();
            (per_thousand(&counted, &bases), Some(listed_measures()))
        }
        Denominator::Whole => (shares(&mut groups, &rows), Some(share_measures())),
    };
    let mut dimensions: Vec<Dimension> = cube.months.iter().cloned().collect();
    // The only group of a series says nothing that the title does not say.
    if cube.months.is_none() || !cube.grouping.single {
        dimensions.extend(groups);
    }
    dimensions.extend(measures);
    dimensions.push(sexes());
    (dimensions, table.into_flattened())
}

fn values(row: &BySex) -> Row {
    row.map(Cell::Value)
}

/// The sum of all regions before the regions.
fn with_all_regions(groups: &mut [Dimension], rows: &[BySex]) -> Vec<Row> {
    if let Some(regions) = groups.first_mut() {
        regions
            .categories
            .insert(0, category("all", Text::new("Samtliga län", "All regions")));
    }
    let all = rows.iter().fold([0.0; 3], |sum: BySex, row| {
        std::array::from_fn(|sex| sum[sex] + row[sex])
    });
    std::iter::once(&all).chain(rows).map(values).collect()
}

/// Inhabitants of all regions together and of each.
fn inhabitants(cube: &Cube, groups: &[Dimension]) -> Vec<Row> {
    let row = |women: Option<u64>, men: Option<u64>| {
        let both = women.zip(men).map(|(women, men)| women + men);
        [count(both), count(women), count(men)]
    };
    let people =
        |category: &Category| match (category.code.as_str(), Region::from_code(&category.code)) {
            ("all", _) => row(country(cube, 2), country(cube, 1)),
            (_, Some(region)) => {
                let base = cube.bases.get(region.index());
                base.map_or([Cell::Missing; 3], |&[_, men, women]| row(women, men))
            }
            _ => [Cell::Missing; 3],
        };
    groups
        .iter()
        .flat_map(|d| &d.categories)
        .map(people)
        .collect()
}

/// Inhabitants of the country of one sex: of the regions that have figures.
fn country(cube: &Cube, sex: usize) -> Option<u64> {
    let known: Vec<u64> = cube.bases.iter().filter_map(|r| r[sex]).collect();
    (!known.is_empty()).then(|| known.iter().sum())
}

fn count(number: Option<u64>) -> Cell {
    number.map_or(Cell::Missing, |n| Cell::Value(n as f64))
}

/// Cases, what they are set against, and cases per 1,000 of it.
fn per_thousand(cases: &[Row], bases: &[Row]) -> Vec<Row> {
    let mut table = Vec::with_capacity(cases.len() * 3);
    for (cases, base) in cases.iter().zip(bases) {
        let share = std::array::from_fn(|sex| share_per_thousand(cases[sex], base[sex]));
        table.extend([*cases, *base, share]);
    }
    table
}

/// Cases per 1,000 with two decimals, half to even, divided in single precision as the peer does.
///
/// Source: conformance kit §12, "Rounding".
fn share_per_thousand(cases: Cell, base: Cell) -> Cell {
    match (cases, base) {
        (Cell::Value(cases), Cell::Value(base)) if base > 0.0 => {
            let share = cases as f32 / (base as f32 / 1000.0);
            Cell::Value((f64::from(share) * 100.0).round_ties_even() / 100.0)
        }
        _ => Cell::Missing,
    }
}

/// Whole, part and share in whole percent rounded down of each group, and of all groups together last.
fn shares(groups: &mut [Dimension], rows: &[BySex]) -> Vec<Row> {
    let size: usize = groups.iter().map(|d| d.categories.len()).product();
    if let Some(types) = groups.first_mut() {
        types
            .categories
            .push(category("all", Text::new("Totalt", "Total")));
    }
    let mut table = Vec::new();
    for month in rows.chunks(size.max(1) * 2) {
        let mut all = [[0.0; 3]; 2];
        for group in month.chunks_exact(2) {
            for (all, row) in all.iter_mut().zip(group) {
                *all = std::array::from_fn(|sex| all[sex] + row[sex]);
            }
            table.extend(share(&group[0], &group[1]));
        }
        table.extend(share(&all[0], &all[1]));
    }
    table
}

fn share(whole: &BySex, part: &BySex) -> [Row; 3] {
    let percent = std::array::from_fn(|sex| {
        Cell::Value(if whole[sex] == 0.0 {
            0.0
        } else {
            (100.0 * part[sex] / whole[sex]).floor()
        })
    });
    [values(whole), values(part), percent]
}

fn inhabitant_measures() -> Dimension {
    measures(vec![
        category("cases", Text::new("Antal sjukfall", "Sick cases")),
        category("inhabitants", Text::new("Antal invånare", "Inhabitants")),
        category(
            "per_1000",
            Text::new(
                "Antal sjukfall per 1000 invånare",
                "Sick cases per 1,000 inhabitants",
            ),
        ),
    ])
}

fn listed_measures() -> Dimension {
    measures(vec![
        category("cases", Text::new("Antal sjukfall", "Sick cases")),
        category("listed", Text::new("Antal listningar", "Listed patients")),
        category(
            "per_1000",
            Text::new(
                "Antal sjukfall per tusen listningar",
                "Sick cases per 1,000 listed patients",
            ),
        ),
    ])
}

fn share_measures() -> Dimension {
    measures(vec![
        category(
            "sent",
            Text::new("Antal skickade intyg", "Certificates sent"),
        ),
        category(
            "with",
            Text::new(
                "Antal med begäran om komplettering",
                "Certificates with a completion request",
            ),
        ),
        category("percent", Text::new("Andel i procent", "Share in percent")),
    ])
}

fn measures(categories: Vec<Category>) -> Dimension {
    Dimension {
        id: "measure".to_owned(),
        label: Text::new("Mått", "Measure").into(),
        role: Role::Metric,
        categories,
    }
}

fn sexes() -> Dimension {
    Dimension {
        id: "sex".to_owned(),
        label: Text::new("Kön", "Sex").into(),
        role: Role::Classification,
        categories: vec![
            category("total", Text::new("Totalt", "Total")),
            category("women", Text::new("Kvinnor", "Women")),
            category("men", Text::new("Män", "Men")),
        ],
    }
}

fn category(code: &str, label: Text) -> Category {
    Category {
        code: code.to_owned(),
        label: label.into(),
    }
}
