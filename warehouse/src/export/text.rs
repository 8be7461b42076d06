use frisk_codes::Language;

use super::{heading, number};
use crate::{Cell, Dimension, PublishedTable};

/// A table for a terminal: the last dimension across, the others down.
pub(super) fn write(table: &PublishedTable, language: Language) -> String {
    let mut lines = heading(table, language);
    lines.push(String::new());
    let grid = grid(table, language);
    let columns = grid.first().map_or(0, Vec::len);
    let width = |column: usize| {
        let cells = grid.iter().map(|row| row[column].chars().count());
        cells.max().unwrap_or_default()
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let stubs = table.dimensions().len().saturating_sub(1);
    for row in &grid {
        let cells = row
            .iter()
            .zip(&widths)
            .enumerate()
            .map(|(i, (text, &width))| {
                if i < stubs {
                    format!("{text:<width$}")
                } else {
                    format!("{text:>width$}")
                }
            });
        let line = cells.collect::<Vec<_>>().join("  ");
        lines.push(line.trim_end().to_owned());
    }
    lines.join("\n") + "\n"
}

/// Header and rows as texts.
fn grid(table: &PublishedTable, language: Language) -> Vec<Vec<String>> {
    let Some((across, down)) = table.dimensions().split_last() else {
        return Vec::new();
    };
    let label = |dimension: &Dimension| dimension.label.get(language).to_owned();
    let mut header: Vec<String> = down.iter().map(label).collect();
    header.extend(
        across
            .categories
            .iter()
            .map(|c| c.label.get(language).to_owned()),
    );
    let mut grid = vec![header];
    for (index, cells) in table
        .cells()
        .chunks(across.categories.len().max(1))
        .enumerate()
    {
        let mut row = stub(down, index, language);
        row.extend(cells.iter().map(|&cell| shown(cell)));
        grid.push(row);
    }
    grid
}

fn stub(down: &[Dimension], index: usize, language: Language) -> Vec<String> {
    let mut rest = index;
    let mut labels: Vec<String> = Vec::with_capacity(down.len());
    for dimension in down.iter().rev() {
        let category = &dimension.categories[rest % dimension.categories.len()];
        labels.push(category.label.get(language).to_owned());
        rest /= dimension.categories.len();
    }
    labels.reverse();
    labels
}

/// `..` = withheld, `.` = there is no such figure, as statistics Sweden writes them.
fn shown(cell: Cell) -> String {
    match cell {
        Cell::Value(value) => number(value),
        Cell::Suppressed => "..".to_owned(),
        Cell::Missing => ".".to_owned(),
    }
}
