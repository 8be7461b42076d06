use frisk_warehouse::{Cell, Dimension, PublishedTable};

use super::values::{Row, filled};

/// Columns that name a group.
pub(super) const KEYS: [&str; 5] = [
    "grupp",
    "åldersgrupp",
    "sjukskrivningsgrad",
    "sjukskrivningslängd",
    "antal intyg",
];

/// The figures of one row: of the group that was asked for, and of all groups.
#[derive(Debug, Clone, Copy)]
pub(super) struct Picked {
    /// Total, women and men of the group; `None` if there is no such group.
    pub(super) group: Option<[Cell; 3]>,
    /// Sum over all groups of the row.
    pub(super) all: Cell,
}

/// The row that an input asks for; `None` if the table has no such row. Source: the kit's §11.
pub(super) fn pick(table: &PublishedTable, input: &Row, chart: bool) -> Option<Picked> {
    let mut at = Vec::new();
    let mut group_at = None;
    for dimension in table.dimensions() {
        let index = match dimension.id.as_str() {
            "sex" => continue,
            "month" => Some(contains(dimension, &month(input)?)?),
            "region" => Some(equals(dimension, &filled(input, "län")?)?),
            "measure" => Some(measure(dimension, input, chart)?),
            _ => {
                group_at = Some(at.len());
                KEYS.iter()
                    .find_map(|key| filled(input, key))
                    .and_then(|wanted| contains(dimension, &wanted))
            }
        };
        at.push(index);
    }
    let group = at.iter().copied().collect::<Option<Vec<usize>>>();
    let group = group.and_then(|at| by_sex(table, &at));
    let all = match group_at {
        Some(place) => all_groups(table, &at, place),
        None => group?[0],
    };
    Some(Picked { group, all })
}

fn by_sex(table: &PublishedTable, at: &[usize]) -> Option<[Cell; 3]> {
    let cell = |sex| table.cell(&[at, &[sex]].concat());
    Some([cell(0)?, cell(1)?, cell(2)?])
}

/// Totals of all groups of a row, summed.
fn all_groups(table: &PublishedTable, at: &[Option<usize>], place: usize) -> Cell {
    let groups = table
        .dimensions()
        .get(place)
        .map_or(0, |d| d.categories.len());
    let total = |group: usize| {
        let index = |(i, at): (usize, &Option<usize>)| if i == place { Some(group) } else { *at };
        let at: Option<Vec<usize>> = at.iter().enumerate().map(index).collect();
        match table.cell(&[at?.as_slice(), &[0]].concat())? {
            Cell::Value(value) => Some(value),
            Cell::Suppressed | Cell::Missing => None,
        }
    };
    (0..groups)
        .map(total)
        .sum::<Option<f64>>()
        .map_or(Cell::Missing, Cell::Value)
}

/// The label of a month, such as `feb 2013`.
fn month(input: &Row) -> Option<String> {
    Some(format!(
        "{} {}",
        filled(input, "månad")?,
        filled(input, "år")?
    ))
}

fn contains(dimension: &Dimension, wanted: &str) -> Option<usize> {
    dimension
        .categories
        .iter()
        .position(|c| c.label.sv.contains(wanted))
}

fn equals(dimension: &Dimension, wanted: &str) -> Option<usize> {
    dimension
        .categories
        .iter()
        .position(|c| c.label.sv == wanted)
}

/// The group of columns: contained, whatever the case; a chart shows the share.
fn measure(dimension: &Dimension, input: &Row, chart: bool) -> Option<usize> {
    if chart {
        return dimension
            .categories
            .iter()
            .position(|c| c.code == "per_1000");
    }
    let wanted = filled(input, "kolumngrupp")?.to_lowercase();
    dimension
        .categories
        .iter()
        .position(|c| c.label.sv.to_lowercase().contains(&wanted))
}
