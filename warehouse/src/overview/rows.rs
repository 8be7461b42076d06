use frisk_codes::Text;

use super::{OverviewPart, OverviewRow, completions, regions};
use crate::{Category, Cell, Level, PublishedTable, palette};

/// A row before its change is worked out.
struct Pair {
    category: Category,
    current: Cell,
    previous: Cell,
}

/// The rows of a part as they are shown.
pub(super) fn of(
    part: OverviewPart,
    level: Level,
    current: &PublishedTable,
    previous: &PublishedTable,
) -> Vec<OverviewRow> {
    let rows = match part {
        OverviewPart::Region => return regions::rows(current, previous),
        OverviewPart::Completions => return completions::rows(current, previous),
        OverviewPart::Diagnosis => {
            let before = match level {
                Level::Unit => only_groups_of(previous, current),
                Level::National | Level::Region => previous.clone(),
            };
            let rows = pairs(&current.chart(), &before.chart());
            fold(
                rows,
                5..,
                Text::new("Andra diagnosgrupper", "Other diagnosis groups"),
            )
        }
        OverviewPart::Age => {
            // The youngest and the oldest are shown together, last.
            let mut rows = pairs(current, previous);
            rows.rotate_left(1);
            fold(
                rows,
                4..,
                Text::new("Andra åldersgrupper", "Other age groups"),
            )
        }
        OverviewPart::Degree => {
            let mut rows = pairs(current, previous);
            rows.reverse();
            rows
        }
        OverviewPart::Sex | OverviewPart::Length | OverviewPart::Long => pairs(current, previous),
    };
    rows.into_iter().map(|pair| row(part, pair)).collect()
}

fn row(part: OverviewPart, pair: Pair) -> OverviewRow {
    let change = match (pair.current, pair.previous) {
        (Cell::Value(current), Cell::Value(previous)) => change(part, current, previous),
        _ => None,
    };
    OverviewRow {
        colour: palette::overview(part, &pair.category.code),
        code: pair.category.code,
        label: pair.category.label,
        figure: pair.current,
        change,
    }
}

/// Change in percent; rounded half up for diagnoses and ages, cut off towards zero for the others.
///
/// Source: conformance kit §12, "Rounding".
fn change(part: OverviewPart, current: f64, previous: f64) -> Option<i64> {
    if part == OverviewPart::Length {
        return None;
    }
    if previous == 0.0 {
        return Some(0);
    }
    let percent = 100.0 * (current - previous) / previous;
    let whole = match part {
        OverviewPart::Diagnosis | OverviewPart::Age => (percent + 0.5).floor(),
        _ => percent.trunc(),
    };
    Some(whole as i64)
}

/// The totals of both tables, group by group; a group that one of them lacks is 0 there.
fn pairs(current: &PublishedTable, previous: &PublishedTable) -> Vec<Pair> {
    let Some(groups) = current.dimensions().first() else {
        return Vec::new();
    };
    let total = |table: &PublishedTable, code: &str| {
        let groups = table.dimensions().first()?;
        let at = groups.categories.iter().position(|c| c.code == code)?;
        table.cell(&[at, 0])
    };
    let later = previous
        .dimensions()
        .first()
        .into_iter()
        .flat_map(|d| &d.categories);
    let gone = later.filter(|c| groups.categories.iter().all(|g| g.code != c.code));
    let pair = |category: &Category| Pair {
        current: total(current, &category.code).unwrap_or(Cell::Value(0.0)),
        previous: total(previous, &category.code).unwrap_or(Cell::Value(0.0)),
        category: category.clone(),
    };
    groups.categories.iter().chain(gone).map(pair).collect()
}

/// The earlier table with only the groups that occur in the later one.
///
/// Source: conformance kit §13: at unit level the earlier figure counts only chapters that occur now.
fn only_groups_of(previous: &PublishedTable, current: &PublishedTable) -> PublishedTable {
    let mut kept = previous.clone();
    let width = kept.dimensions.last().map_or(1, |d| d.categories.len());
    let occurs = |code: &str| {
        let groups = current.dimensions().first()?;
        let at = groups.categories.iter().position(|c| c.code == code)?;
        current
            .cell(&[at, 0])
            .filter(|cell| *cell != Cell::Value(0.0))
    };
    let groups = kept
        .dimensions
        .first()
        .map(|d| d.categories.clone())
        .unwrap_or_default();
    for (category, cells) in groups.iter().zip(kept.cells.chunks_mut(width)) {
        if occurs(&category.code).is_none() {
            cells.fill(Cell::Value(0.0));
        }
    }
    kept
}

/// The rows from `rest` on summed into one.
fn fold(mut rows: Vec<Pair>, rest: std::ops::RangeFrom<usize>, label: Text) -> Vec<Pair> {
    if rows.len() <= rest.start {
        return rows;
    }
    let folded = rows.split_off(rest.start);
    let sum = |cell: fn(&Pair) -> Cell| {
        folded
            .iter()
            .map(cell)
            .fold(Cell::Value(0.0), |a, b| match (a, b) {
                (Cell::Value(a), Cell::Value(b)) => Cell::Value(a + b),
                _ => Cell::Suppressed,
            })
    };
    rows.push(Pair {
        category: Category {
            code: palette::REST_CODE.to_owned(),
            label: label.into(),
        },
        current: sum(|pair| pair.current),
        previous: sum(|pair| pair.previous),
    });
    rows
}
