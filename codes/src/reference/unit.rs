use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Check;
use super::table::{Row, Table};
use crate::{Error, Municipality, Region};

/// Name of the list.
pub(super) const NAME: &str = "unit register";

/// A unit (enhet) of the register: where it lies and to whom it belongs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitRow {
    /// HSA id of the unit.
    pub unit_id: String,
    /// Name of the unit.
    pub name: String,
    /// HSA id of its care unit (vårdenhet); its own id when it is one.
    pub care_unit_id: String,
    /// HSA id of the care provider (vårdgivare).
    pub care_provider_id: String,
    /// Name of the care provider.
    pub care_provider_name: String,
    /// Region, two digits; `00` = unknown.
    pub region: String,
    /// Municipality, four digits; `0000` = unknown.
    pub municipality: String,
}

/// Columns that make a csv a unit register; `name`, `care_provider_name` and `municipality` may be missing.
const COLUMNS: [&str; 4] = ["unit_id", "care_unit_id", "care_provider_id", "region"];

/// The units of a table; `None` if it is no unit register.
///
/// # Errors
/// If a row lacks an id, or its region or municipality is no code of the official lists.
pub(super) fn read(table: &Table) -> Result<Option<Vec<UnitRow>>, Error> {
    if !table.has(&COLUMNS) {
        return Ok(None);
    }
    table
        .rows()
        .map(|row| unit(&row))
        .collect::<Result<_, _>>()
        .map(Some)
}

/// The unit of a row.
fn unit(row: &Row<'_>) -> Result<UnitRow, Error> {
    let id = row.text("unit_id", "an HSA id")?;
    let care_unit = match row.get("care_unit_id") {
        "" => id,
        care_unit => care_unit,
    };
    Ok(UnitRow {
        unit_id: id.to_owned(),
        name: row.get("name").to_owned(),
        care_unit_id: care_unit.to_owned(),
        care_provider_id: row.text("care_provider_id", "an HSA id")?.to_owned(),
        care_provider_name: row.get("care_provider_name").to_owned(),
        region: row.value(
            "region",
            "a two-digit region code such as 23, or 00",
            region,
        )?,
        municipality: row.value(
            "municipality",
            "a four-digit municipality code such as 2309, or 0000",
            municipality,
        )?,
    })
}

/// The code of a region; empty and `00` are unknown.
fn region(code: &str) -> Option<String> {
    let code = format!("{code:0>2}");
    (code == "00" || Region::from_code(&code).is_some()).then_some(code)
}

/// The code of a municipality; empty and `0000` are unknown.
fn municipality(code: &str) -> Option<String> {
    let code = format!("{code:0>4}");
    (code == "0000" || Municipality::from_code(&code).is_some()).then_some(code)
}

/// Ids once each, care units in the register, municipalities in their region.
pub(super) fn checks(units: &[UnitRow]) -> Vec<Check> {
    let ids: BTreeSet<&str> = units.iter().map(|unit| unit.unit_id.as_str()).collect();
    let twice = units.len() - ids.len();
    let orphans = units
        .iter()
        .filter(|unit| !ids.contains(unit.care_unit_id.as_str()))
        .count();
    let astray = units
        .iter()
        .filter(|unit| unit.municipality != "0000" && !unit.municipality.starts_with(&unit.region))
        .count();
    vec![
        Check::of(
            "every unit stands once",
            twice == 0,
            &format!("{twice} twice"),
        ),
        Check::of(
            "every unit's care unit is in the register",
            orphans == 0,
            &format!("{orphans} are not"),
        ),
        Check::of(
            "every unit's municipality lies in its region",
            astray == 0,
            &format!("{astray} do not"),
        ),
    ]
}
