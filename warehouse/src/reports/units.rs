//! Grouping by unit, for the reports by unit.

use std::collections::HashMap;

use frisk_codes::Text;

use super::report::{Grouping, category, name};
use crate::{Role, reports::Context};

/// A group a unit that the question may show, by name.
pub(super) fn by_unit(context: &Context<'_>) -> Grouping {
    of(context, &context.shown_units())
}

/// A group a unit, in the order given.
pub(super) fn of(context: &Context<'_>, units: &[&str]) -> Grouping {
    let place: HashMap<&str, usize> = units
        .iter()
        .enumerate()
        .map(|(place, id)| (*id, place))
        .collect();
    let categories = units
        .iter()
        .map(|id| category(id, name(context.units.name(id))));
    let places = context.names.units.iter();
    let places = places.map(|id| place.get(id.as_str()).copied().into_iter().collect());
    let mut grouping = Grouping {
        places: places.collect(),
        ..Grouping::new(
            "unit",
            Text::new("Vårdenhet", "Care unit"),
            categories.collect(),
        )
    };
    grouping.dimensions[0].role = Role::Geo;
    grouping
}
