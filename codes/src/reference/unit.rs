use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
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
    /// Kinds of unit (verksamhetstyp), codes separated by blanks; may be empty.
    #[serde(default)]
    pub unit_types: String,
    /// First day on which the row holds; `None` = from the beginning.
    #[serde(default)]
    pub valid_from: Option<NaiveDate>,
    /// Last day on which the row holds; `None` = until further notice.
    #[serde(default)]
    pub valid_to: Option<NaiveDate>,
}

impl UnitRow {
    /// Whether two rows hold on some same day.
    fn meets(&self, other: &Self) -> bool {
        let starts = |row: &Self| row.valid_from.unwrap_or(NaiveDate::MIN);
        let ends = |row: &Self| row.valid_to.unwrap_or(NaiveDate::MAX);
        starts(self) <= ends(other) && starts(other) <= ends(self)
    }
}

/// Columns that make a csv a unit register; `name`, `care_provider_name`, `municipality`, `unit_types`,
/// `valid_from` and `valid_to` may be missing.
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
        unit_types: row.get("unit_types").replace([',', ';', '|'], " "),
        valid_from: row.value("valid_from", DATE, date)?,
        valid_to: row.value("valid_to", DATE, date)?,
    })
}

const DATE: &str = "a date such as 2020-01-31, or nothing";

/// A date; empty is none.
fn date(text: &str) -> Option<Option<NaiveDate>> {
    match text {
        "" => Some(None),
        text => text.parse().ok().map(Some),
    }
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

/// Whether two of the rows hold on some same day.
fn overlap(rows: &[&UnitRow]) -> bool {
    (1..rows.len()).any(|at| rows[..at].iter().any(|row| row.meets(rows[at])))
}

/// Ids once each on any day, care units in the register, municipalities in their region.
pub(super) fn checks(units: &[UnitRow]) -> Vec<Check> {
    let ids: BTreeSet<&str> = units.iter().map(|unit| unit.unit_id.as_str()).collect();
    let mut by_id: BTreeMap<&str, Vec<&UnitRow>> = BTreeMap::new();
    for unit in units {
        by_id.entry(&unit.unit_id).or_default().push(unit);
    }
    let twice = by_id.values().filter(|rows| overlap(rows)).count();
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
