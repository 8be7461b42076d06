use frisk_warehouse::{Cell, Dimension, PublishedTable, View};

use super::{
    case::Then,
    values::{Row, filled},
};

/// Columns that name a group.
pub(super) const KEYS: [&str; 11] = [
    "diagnoskategori",
    "åldersgrupp",
    "sjukskrivningsgrad",
    "sjukskrivningslängd",
    "antal intyg",
    "läkargrupp",
    "läkarbefattning",
    "vårdenhet",
    "läkare",
    "grupp",
    "ämne",
];

/// The figures of one row: of the group that was asked for, and of all groups.
#[derive(Debug, Clone, Copy)]
pub(super) struct Picked {
    /// Total, women and men of the group; `None` if there is no such group.
    pub(super) group: Option<[Cell; 3]>,
    /// Sum over all groups of the row.
    pub(super) all: Cell,
}

/// Where a row's cells stand: a place in each dimension but the last (sex); `None` in those of groups not found.
struct Place {
    at: Vec<Option<usize>>,
    /// The dimension whose groups are summed for the row's total.
    summed: Option<usize>,
}

/// The row that an input asks for; `None` if the table has no such row. Source: the kit's §11.
pub(super) fn pick(table: &PublishedTable, then: &Then, input: &Row) -> Option<Picked> {
    let place = find(table, then, input)?;
    let exact = place.at.iter().copied().collect::<Option<Vec<usize>>>();
    let group = exact.as_ref().and_then(|at| by_sex(table, at));
    let all = match place.summed {
        Some(dimension) => all_groups(table, &place.at, dimension),
        None => group?[0],
    };
    Some(Picked { group, all })
}

/// The dimension of the series that are drawn, and the place of the one that an input asks for.
pub(super) fn series(table: &PublishedTable, then: &Then, input: &Row) -> Option<(usize, usize)> {
    let groups = group_dimensions(table);
    let place = in_groups(table, &groups, then, input).pop()??;
    Some((*groups.last()?, place))
}

fn find(table: &PublishedTable, then: &Then, input: &Row) -> Option<Place> {
    let mut place = Place {
        at: Vec::new(),
        summed: None,
    };
    let groups: Vec<usize> = group_dimensions(table);
    let mut found = in_groups(table, &groups, then, input).into_iter();
    for (index, dimension) in table.dimensions().iter().enumerate() {
        let at = match dimension.id.as_str() {
            "sex" => continue,
            "month" => Some(equals(dimension, &month(input)?)?),
            "region" => Some(equals(dimension, &filled(input, "län")?)?),
            "measure" => Some(measure(dimension, input)?),
            _ => {
                place.summed = Some(index);
                let found = found.next().flatten();
                if groups.first() == Some(&index) && groups.len() == 2 && found.is_none() {
                    // Without the unit or doctor there is no row.
                    return None;
                }
                found
            }
        };
        place.at.push(at);
    }
    Some(place)
}

/// Places of the dimensions that are groups of the report.
fn group_dimensions(table: &PublishedTable) -> Vec<usize> {
    let plain = |id: &str| matches!(id, "sex" | "month" | "region" | "measure");
    let groups = table
        .dimensions()
        .iter()
        .enumerate()
        .filter(|(_, d)| !plain(&d.id));
    groups.map(|(place, _)| place).collect()
}

/// The place in each group dimension.
fn in_groups(
    table: &PublishedTable,
    groups: &[usize],
    then: &Then,
    input: &Row,
) -> Vec<Option<usize>> {
    let dimension = |place: usize| &table.dimensions()[place];
    match groups {
        [only] => {
            let wanted = KEYS.iter().find_map(|key| filled(input, key));
            vec![wanted.and_then(|wanted| contains(dimension(*only), &wanted))]
        }
        // Groups of a series are called "unit : subject".
        [first, second] if table.question().view == View::Series => {
            let wanted = filled(input, "grupp").unwrap_or_default();
            let joined = joined_labels(dimension(*first), dimension(*second));
            let found = joined
                .into_iter()
                .find(|(label, ..)| label.contains(&wanted));
            found.map_or(vec![None, None], |(_, a, b)| vec![Some(a), Some(b)])
        }
        [first, second] => {
            let row = filled(input, "vårdenhet").or_else(|| filled(input, "läkare"));
            let group = filled(input, "grupp").or_else(|| filled(input, "ämne"));
            if then.output == "chart" {
                let row = row.and_then(|row| contains_in_any_case(dimension(*first), &row));
                let group = group.and_then(|group| equals_in_any_case(dimension(*second), &group));
                return vec![row, group];
            }
            vec![
                row.and_then(|row| contains(dimension(*first), &row)),
                group.and_then(|group| contains(dimension(*second), &group)),
            ]
        }
        _ => Vec::new(),
    }
}

/// Names of all groups of a table, in order.
pub(super) fn group_names(table: &PublishedTable) -> Vec<String> {
    let dimensions = table.dimensions();
    match group_dimensions(table).as_slice() {
        [only] => dimensions[*only]
            .categories
            .iter()
            .map(|c| c.label.sv.clone())
            .collect(),
        [first, second] => {
            let joined = joined_labels(&dimensions[*first], &dimensions[*second]);
            joined.into_iter().map(|(label, ..)| label).collect()
        }
        _ => Vec::new(),
    }
}

fn joined_labels(first: &Dimension, second: &Dimension) -> Vec<(String, usize, usize)> {
    let mut labels = Vec::new();
    for (a, outer) in first.categories.iter().enumerate() {
        for (b, inner) in second.categories.iter().enumerate() {
            labels.push((format!("{} : {}", outer.label.sv, inner.label.sv), a, b));
        }
    }
    labels
}

fn by_sex(table: &PublishedTable, at: &[usize]) -> Option<[Cell; 3]> {
    let cell = |sex| table.cell(&[at, &[sex]].concat());
    Some([cell(0)?, cell(1)?, cell(2)?])
}

/// The row's total: of the group of all where there is one, else all groups summed.
fn all_groups(table: &PublishedTable, at: &[Option<usize>], place: usize) -> Cell {
    let categories = table
        .dimensions()
        .get(place)
        .map(|d| d.categories.as_slice())
        .unwrap_or_default();
    let value = |group: usize| {
        let index = |(i, at): (usize, &Option<usize>)| if i == place { Some(group) } else { *at };
        let at: Option<Vec<usize>> = at.iter().enumerate().map(index).collect();
        match table.cell(&[at?.as_slice(), &[0]].concat())? {
            Cell::Value(value) => Some(value),
            Cell::Suppressed | Cell::Missing => None,
        }
    };
    if let Some(all) = categories
        .iter()
        .position(|category| category.code == "all")
    {
        return value(all).map_or(Cell::Missing, Cell::Value);
    }
    let sum = (0..categories.len()).map(value).sum::<Option<f64>>();
    sum.map_or(Cell::Missing, Cell::Value)
}

/// The label of a month, such as `feb 2013`.
fn month(input: &Row) -> Option<String> {
    Some(format!(
        "{} {}",
        filled(input, "månad")?,
        filled(input, "år")?
    ))
}

fn position(dimension: &Dimension, is: impl Fn(&str) -> bool) -> Option<usize> {
    dimension.categories.iter().position(|c| is(&c.label.sv))
}

fn contains(dimension: &Dimension, wanted: &str) -> Option<usize> {
    position(dimension, |label| label.contains(wanted))
}

fn contains_in_any_case(dimension: &Dimension, wanted: &str) -> Option<usize> {
    let wanted = wanted.to_lowercase();
    position(dimension, |label| label.to_lowercase().contains(&wanted))
}

fn equals(dimension: &Dimension, wanted: &str) -> Option<usize> {
    position(dimension, |label| label == wanted)
}

fn equals_in_any_case(dimension: &Dimension, wanted: &str) -> Option<usize> {
    position(dimension, |label| {
        label.to_lowercase() == wanted.to_lowercase()
    })
}

/// The group of columns: contained, whatever the case; without one, what is drawn, which stands last.
fn measure(dimension: &Dimension, input: &Row) -> Option<usize> {
    match filled(input, "kolumngrupp") {
        Some(wanted) => contains_in_any_case(dimension, &wanted),
        None => dimension.categories.len().checked_sub(1),
    }
}
