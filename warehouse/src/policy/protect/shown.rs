use std::collections::HashMap;

use super::{BySex, Sums};
use crate::{Cube, Dimension};

/// Leaves out the optional categories that are empty wherever they occur.
pub(super) fn groups(cube: &Cube, rows: Vec<BySex>) -> Sums {
    let planes = cube.denominator.planes();
    let mut sums = Sums {
        groups: cube.grouping.dimensions.clone(),
        places: (0..cube.grouping.len()).collect(),
        rows,
    };
    let optional = cube.grouping.optional.iter().enumerate();
    for (dimension, places) in optional.filter(|(_, places)| !places.is_empty()) {
        let sizes: Vec<usize> = sums.groups.iter().map(|d| d.categories.len()).collect();
        let inner: usize = sizes[dimension + 1..].iter().product();
        let category = |group: usize| group / inner.max(1) % sizes[dimension].max(1);
        let groups = sums.places.len();
        let mut empty = vec![true; sizes[dimension]];
        for (index, row) in sums.rows.iter().enumerate() {
            empty[category(index / planes % groups)] &= row[0] == 0.0;
        }
        let kept: Vec<bool> = (0..sizes[dimension])
            .map(|place| !(empty[place] && places.contains(&place)))
            .collect();
        let keep = |group: usize| kept[category(group)];
        let rows = sums.rows.iter().enumerate();
        sums.rows = rows
            .filter(|(index, _)| keep(index / planes % groups))
            .map(|(_, row)| *row)
            .collect();
        let places = sums.places.iter().enumerate();
        sums.places = places
            .filter(|(group, _)| keep(*group))
            .map(|(_, place)| *place)
            .collect();
        let mut place = 0;
        sums.groups[dimension].categories.retain(|_| {
            place += 1;
            kept[place - 1]
        });
    }
    sums
}

/// Categories with the same name, whatever the case, get their code after it: two doctors, two units.
///
/// Source: conformance kit §10.1.
pub(super) fn tell_apart(dimensions: &mut [Dimension]) {
    for dimension in dimensions {
        let mut often: HashMap<String, usize> = HashMap::new();
        for category in &dimension.categories {
            *often.entry(category.label.sv.to_lowercase()).or_default() += 1;
        }
        for category in &mut dimension.categories {
            if often
                .get(&category.label.sv.to_lowercase())
                .is_some_and(|times| *times > 1)
            {
                category.label.sv = format!("{} {}", category.label.sv, category.code);
                category.label.en = format!("{} {}", category.label.en, category.code);
            }
        }
    }
}

/// Names and values that say nothing: two women and two men everywhere.
pub(super) fn mask(sums: &mut Sums) {
    for (place, category) in sums
        .groups
        .iter_mut()
        .take(1)
        .flat_map(|d| &mut d.categories)
        .enumerate()
    {
        category.code = (place + 1).to_string();
        category.label.sv = "Inget Namn".to_owned();
        category.label.en = "No Name".to_owned();
    }
    sums.rows.fill([4.0, 2.0, 2.0]);
}
