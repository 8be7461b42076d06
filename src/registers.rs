//! Imported reference data in the shapes that `ingest` and `warehouse` take.

use frisk_codes::Reference;
use frisk_ingest::{UnitRegister, UnitRow};
use frisk_warehouse::Population;

/// The unit register.
pub(crate) fn units(reference: &Reference) -> UnitRegister {
    UnitRegister::from_rows(reference.units.iter().map(|unit| UnitRow {
        unit_id: unit.unit_id.clone(),
        name: unit.name.clone(),
        parent_id: unit.care_unit_id.clone(),
        care_provider_id: unit.care_provider_id.clone(),
        county: unit.region.clone(),
        municipality: unit.municipality.clone(),
        valid_from: unit.valid_from,
        valid_to: unit.valid_to,
    }))
}

/// Inhabitants by region, sex and year.
pub(crate) fn population(reference: &Reference) -> Population {
    let mut sums = std::collections::BTreeMap::new();
    for row in &reference.population {
        *sums
            .entry((row.year, row.region.clone(), row.sex))
            .or_insert(0) += row.count;
    }
    let mut population = Population::new();
    for ((year, region, sex), count) in sums {
        population.set(year, &region, sex, count);
    }
    population
}

/// Names of units by HSA id, upper case.
pub(crate) fn unit_names(reference: &Reference) -> impl Iterator<Item = (&str, &str)> {
    let units = reference.units.iter();
    units.map(|unit| (unit.unit_id.as_str(), unit.name.as_str()))
}
