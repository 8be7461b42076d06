use frisk_codes::{Region, Text};

use crate::{
    Category, Cell, Cube, Dimension, Label, Policy, PublishedTable, Role, reports::Denominator,
};

/// Values of total, women and men.
type BySex = [f64; 3];

/// One row of the table to be: its cells for total, women and men.
type Row = [Cell; 3];

/// Applies the policy to each care provider's counts, sums, and lays out the table.
pub(super) fn publish(cube: Cube, policy: Policy) -> PublishedTable {
    let rows = sums(&cube, policy);
    let groups = cube.grouping.dimension.categories.len();
    let dropped: Vec<usize> = (cube.grouping.optional.iter().copied())
        .filter(|&group| {
            rows.iter()
                .skip(group)
                .step_by(groups)
                .all(|row| row[0] == 0.0)
        })
        .collect();
    let mut group_dimension = cube.grouping.dimension.clone();
    group_dimension.categories = kept(group_dimension.categories, &dropped);
    let rows = kept_rows(rows, groups, &dropped);
    let (dimensions, cells) = lay_out(&cube, group_dimension, &rows);
    let mut notes = cube.notes;
    notes.extend(note(policy));
    PublishedTable {
        report: cube.question.report.clone(),
        question: cube.question,
        title: cube.title,
        definition: cube.definition,
        notes,
        snapshot: cube.snapshot,
        policy,
        dimensions,
        cells,
    }
}

/// Sums over care providers: one row a month and group.
fn sums(cube: &Cube, policy: Policy) -> Vec<BySex> {
    let months = cube.months.as_ref().map_or(1, |d| d.categories.len());
    let rows = months * cube.grouping.dimension.categories.len();
    let mut total = vec![[0_u64; 3]; rows];
    for part in &cube.parts {
        for (row, counts) in total.iter_mut().zip(part.chunks_exact(3)) {
            for (sum, &count) in row.iter_mut().zip(counts) {
                *sum += policy.keep(count);
            }
        }
    }
    // Counts of cases are far below 2^53, so they are exact as f64.
    total
        .iter()
        .map(|[unknown, men, women]| [unknown + men + women, *women, *men].map(|n| n as f64))
        .collect()
}

fn kept<T>(items: Vec<T>, dropped: &[usize]) -> Vec<T> {
    let place = |(i, item)| (!dropped.contains(&i)).then_some(item);
    items.into_iter().enumerate().filter_map(place).collect()
}

fn kept_rows(rows: Vec<BySex>, groups: usize, dropped: &[usize]) -> Vec<BySex> {
    let place = |(i, row)| (!dropped.contains(&(i % groups))).then_some(row);
    rows.into_iter().enumerate().filter_map(place).collect()
}

fn lay_out(cube: &Cube, mut groups: Dimension, rows: &[BySex]) -> (Vec<Dimension>, Vec<Cell>) {
    let mut dimensions: Vec<Dimension> = cube.months.iter().cloned().collect();
    let table: Vec<Row> = match cube.denominator {
        Denominator::None => rows.iter().map(values).collect(),
        Denominator::AllRegions => with_all_regions(&mut groups, rows),
        Denominator::Inhabitants => {
            let counted = with_all_regions(&mut groups, rows);
            per_inhabitants(cube, &groups, &counted)
        }
    };
    // The only group of a series says nothing that the title does not say.
    if cube.months.is_none() || groups.categories.len() > 1 {
        dimensions.push(groups);
    }
    if cube.denominator == Denominator::Inhabitants {
        dimensions.push(measures());
    }
    dimensions.push(sexes());
    (dimensions, table.into_flattened())
}

fn values(row: &BySex) -> Row {
    row.map(Cell::Value)
}

/// The sum of all regions before the regions.
fn with_all_regions(groups: &mut Dimension, rows: &[BySex]) -> Vec<Row> {
    groups.categories.insert(
        0,
        Category {
            code: "all".to_owned(),
            label: Text::new("Samtliga län", "All regions").into(),
        },
    );
    let all = rows.iter().fold([0.0; 3], |sum: BySex, row| {
        std::array::from_fn(|sex| sum[sex] + row[sex])
    });
    std::iter::once(&all).chain(rows).map(values).collect()
}

/// Cases, inhabitants and cases per 1,000 inhabitants of each region.
fn per_inhabitants(cube: &Cube, groups: &Dimension, cases: &[Row]) -> Vec<Row> {
    let regions: Vec<Row> = (cube.inhabitants.iter())
        .map(|&[_, men, women]| inhabitants(women, men))
        .collect();
    let all = inhabitants(country(cube, 2), country(cube, 1));
    let unknown = [Cell::Missing; 3];
    let mut table = Vec::with_capacity(cases.len() * 3);
    for (category, &count) in groups.categories.iter().zip(cases) {
        let people = match (category.code.as_str(), Region::from_code(&category.code)) {
            ("all", _) => all,
            (_, Some(region)) => regions.get(region.index()).copied().unwrap_or(unknown),
            _ => unknown,
        };
        let share = std::array::from_fn(|sex| per_thousand(count[sex], people[sex]));
        table.extend([count, people, share]);
    }
    table
}

/// Inhabitants of the country of one sex: of the regions that have figures.
fn country(cube: &Cube, sex: usize) -> Option<u64> {
    let known: Vec<u64> = cube.inhabitants.iter().filter_map(|r| r[sex]).collect();
    (!known.is_empty()).then(|| known.iter().sum())
}

fn inhabitants(women: Option<u64>, men: Option<u64>) -> Row {
    let both = women.zip(men).map(|(women, men)| women + men);
    [both, women, men].map(|n| n.map_or(Cell::Missing, |n| Cell::Value(n as f64)))
}

/// Cases per 1,000 inhabitants with two decimals, half to even, divided in single precision as the peer does.
///
/// Source: conformance kit §12, "Rounding".
fn per_thousand(cases: Cell, inhabitants: Cell) -> Cell {
    match (cases, inhabitants) {
        (Cell::Value(cases), Cell::Value(inhabitants)) if inhabitants > 0.0 => {
            let share = cases as f32 / (inhabitants as f32 / 1000.0);
            Cell::Value((f64::from(share) * 100.0).round_ties_even() / 100.0)
        }
        _ => Cell::Missing,
    }
}

fn measures() -> Dimension {
    let measure = |code: &str, label: Text| Category {
        code: code.to_owned(),
        label: label.into(),
    };
    Dimension {
        id: "measure".to_owned(),
        label: Text::new("Mått", "Measure").into(),
        role: Role::Metric,
        categories: vec![
            measure("cases", Text::new("Antal sjukfall", "Sick cases")),
            measure("inhabitants", Text::new("Antal invånare", "Inhabitants")),
            measure(
                "per_1000",
                Text::new(
                    "Antal sjukfall per 1000 invånare",
                    "Sick cases per 1,000 inhabitants",
                ),
            ),
        ],
    }
}

fn sexes() -> Dimension {
    let sex = |code: &str, label: Text| Category {
        code: code.to_owned(),
        label: label.into(),
    };
    Dimension {
        id: "sex".to_owned(),
        label: Text::new("Kön", "Sex").into(),
        role: Role::Classification,
        categories: vec![
            sex("total", Text::new("Totalt", "Total")),
            sex("women", Text::new("Kvinnor", "Women")),
            sex("men", Text::new("Män", "Men")),
        ],
    }
}

fn note(policy: Policy) -> Option<Label> {
    let Policy::Compat { threshold } = policy else {
        return None;
    };
    Some(Label {
        sv: format!(
            "För att skydda personer räknas ett värde under {threshold} som noll, per vårdgivare, kön och cell, innan vårdgivarna summeras. Summorna är därför för låga."
        ),
        en: format!(
            "To protect persons, a value below {threshold} counts as zero, per care provider, sex and cell, before the care providers are summed. The sums are therefore too low."
        ),
    })
}
