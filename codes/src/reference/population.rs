use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Check;
use super::table::{Row, Table};
use crate::{Error, Municipality, Region, Sex};

/// Name of the list.
pub(super) const NAME: &str = "population";

/// Number of people (folkmängd) of a region, a sex and ages, at 31 December of a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PopulationRow {
    /// Region, two digits; `00` = the whole country.
    pub region: String,
    /// Municipality, four digits; empty = the whole region.
    #[serde(default)]
    pub municipality: String,
    /// Sex; never unknown.
    pub sex: Sex,
    /// Youngest age in whole years.
    pub age_from: u16,
    /// Oldest age in whole years, inclusive; `None` = no upper end.
    pub age_to: Option<u16>,
    /// The year at whose end they were counted.
    pub year: i32,
    /// People.
    pub count: u64,
}

/// The rows of a table; `None` if it is no population table.
///
/// Two forms: `region,sex,age_from,age_to,year,count` (perhaps with `municipality`; the count may be called
/// `residents`, as `frisk simulate` does), and SCB's: region, kön, perhaps ålder, and a column a year whose
/// heading ends in the year (table BE0101).
///
/// # Errors
/// If a value has another form.
pub(super) fn read(table: &Table) -> Result<Option<Vec<PopulationRow>>, Error> {
    let count_column = ["count", "residents"]
        .into_iter()
        .find(|column| table.has(&["region", "sex", "year", column]));
    if let Some(column) = count_column {
        return table
            .rows()
            .map(|row| own(&row, column))
            .collect::<Result<_, _>>()
            .map(Some);
    }
    let years = years(table);
    if !table.has(&["region", "kön"]) || years.is_empty() {
        return Ok(None);
    }
    let mut rows = Vec::new();
    for row in table.rows() {
        scb(&row, &years, &mut rows)?;
    }
    Ok(Some(rows))
}

/// A row of Frisk's own form.
fn own(row: &Row<'_>, count_column: &str) -> Result<PopulationRow, Error> {
    Ok(PopulationRow {
        region: row.value("region", REGION, region)?,
        municipality: row.value("municipality", MUNICIPALITY, municipality)?,
        sex: row.value("sex", SEX, sex)?,
        age_from: row.value("age_from", "whole years, or empty", |text| {
            if text.is_empty() {
                Some(0)
            } else {
                text.parse().ok()
            }
        })?,
        age_to: row.value("age_to", "whole years, or empty for no upper end", |text| {
            if text.is_empty() {
                Some(None)
            } else {
                text.parse().ok().map(Some)
            }
        })?,
        year: row.value("year", "a year such as 2023", year)?,
        count: row.value(count_column, COUNT, count)?,
    })
}

/// The rows of a row of SCB's form, one a year.
fn scb(row: &Row<'_>, years: &[(usize, i32)], rows: &mut Vec<PopulationRow>) -> Result<(), Error> {
    let region = row.value("region", REGION, region)?;
    let sex = row.value("kön", SEX, sex)?;
    let (age_from, age_to) =
        row.value("ålder", "an age such as 16 år, 100+ år or 16-64 år", ages)?;
    for (at, year) in years {
        let count = count(row.at(*at)).ok_or_else(|| row.wrong(&year.to_string(), COUNT))?;
        rows.push(PopulationRow {
            region: region.clone(),
            municipality: String::new(),
            sex,
            age_from,
            age_to,
            year: *year,
            count,
        });
    }
    Ok(())
}

const REGION: &str = "a region code such as 23 or SCB's 23 Jämtlands län, 00 for the country";
const MUNICIPALITY: &str =
    "a four-digit municipality code such as 2309, or empty for the whole region";
const SEX: &str = "1 or man for men, 2 or woman for women (also män, kvinnor)";
const COUNT: &str = "a whole number of people";

/// Columns whose heading ends in a year.
fn years(table: &Table) -> Vec<(usize, i32)> {
    table
        .header()
        .iter()
        .enumerate()
        .filter_map(|(at, name)| Some((at, year(name.rsplit(' ').next()?)?)))
        .collect()
}

/// A year of four digits.
fn year(text: &str) -> Option<i32> {
    let year = text.parse().ok()?;
    (1900..2100).contains(&year).then_some(year)
}

/// Region of a code, or of SCB's code and name.
fn region(text: &str) -> Option<String> {
    let code = text.split(' ').next()?;
    let code = format!("{code:0>2}");
    (code == "00" || Region::from_code(&code).is_some()).then_some(code)
}

/// The code of a municipality; empty = the whole region.
fn municipality(code: &str) -> Option<String> {
    (code.is_empty() || Municipality::from_code(code).is_some()).then(|| code.to_owned())
}

/// Sex of a code or a word.
fn sex(text: &str) -> Option<Sex> {
    match text.to_lowercase().as_str() {
        "1" | "man" | "men" | "män" | "1 män" | "m" => Some(Sex::Man),
        "2" | "woman" | "women" | "kvinnor" | "kvinna" | "2 kvinnor" | "k" | "f" => {
            Some(Sex::Woman)
        }
        _ => None,
    }
}

/// A number of people; blanks between thousands do not count.
fn count(text: &str) -> Option<u64> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    digits.parse().ok()
}

/// Ages of `16 år`, `100+ år`, `16-64 år`, `totalt ålder` or nothing (all ages).
fn ages(text: &str) -> Option<(u16, Option<u16>)> {
    let text = text.to_lowercase();
    let text = text.trim_end_matches("år").trim();
    if text.is_empty() || text.starts_with("tot") {
        return Some((0, None));
    }
    if let Some(from) = text.strip_suffix('+') {
        return Some((from.trim().parse().ok()?, None));
    }
    match text.split_once(['-', '–']) {
        Some((from, to)) => Some((from.trim().parse().ok()?, Some(to.trim().parse().ok()?))),
        None => text.parse().ok().map(|age| (age, Some(age))),
    }
}

/// Every region stands in every year, and no cell twice.
pub(super) fn checks(rows: &[PopulationRow]) -> Vec<Check> {
    let cells: BTreeSet<((&str, &str), i8, u16, i32)> = rows
        .iter()
        .map(|row| {
            let place = (row.region.as_str(), row.municipality.as_str());
            (place, row.sex.code(), row.age_from, row.year)
        })
        .collect();
    let twice = rows.len() - cells.len();
    let years: BTreeSet<i32> = rows.iter().map(|row| row.year).collect();
    let places: BTreeSet<(&str, i32)> = rows
        .iter()
        .filter(|row| row.region != "00")
        .map(|row| (row.region.as_str(), row.year))
        .collect();
    let astray = rows
        .iter()
        .filter(|row| !row.municipality.is_empty() && !row.municipality.starts_with(&row.region))
        .count();
    vec![
        Check::of(
            "every municipality lies in its region",
            astray == 0,
            &format!("{astray} do not"),
        ),
        Check::of(
            "no cell stands twice",
            twice == 0,
            &format!("{twice} twice"),
        ),
        Check::of(
            "every region stands in every year",
            places.len() == years.len() * Region::ALL.len(),
            &format!(
                "{} regions × years of {}",
                places.len(),
                years.len() * Region::ALL.len()
            ),
        ),
    ]
}
