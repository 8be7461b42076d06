//! Days that are held against today, or against the patient's birth.
//!
//! A text that is no date is a value's affair and reported there; here it passes.

use chrono::NaiveDate;

use super::relation::{Must, Spot};
use super::structure::parse_date;
use super::text::number;
use crate::decode::space::Space;

/// A part's date is not after today.
pub(super) const NOT_IN_FUTURE: Must = Must::Hold(
    |spot| parse_date(spot.text()).is_none_or(|day| day <= spot.today),
    "får datumet inte vara senare än i dag",
);

/// The date of a part's `partialDate` is not after today …
pub(super) const DAY_NOT_IN_FUTURE: Must = Must::Hold(
    |spot| partial(spot).is_some_and(|text| parse_date(text).is_none_or(|day| day <= spot.today)),
    "får datumet inte vara senare än i dag",
);

/// … and not before the patient was born.
pub(super) const DAY_AFTER_BIRTH: Must = Must::Hold(
    |spot| {
        partial(spot).is_some_and(|text| match (birth(spot), parse_date(text)) {
            (Some(birth), Some(day)) => birth <= day,
            _ => true,
        })
    },
    "får datumet inte vara tidigare än patientens födelsedatum",
);

/// The year of a part's `partialDate` is not after this one …
pub(super) const YEAR_NOT_IN_FUTURE: Must = Must::Hold(
    |spot| number(partial(spot).unwrap_or_default()) <= this_year(spot),
    "får året inte vara senare än i år",
);

/// … and not before the patient's birth year.
pub(super) const YEAR_AFTER_BIRTH: Must = Must::Hold(
    |spot| {
        number(person(spot).get(..4).unwrap_or_default())
            <= number(partial(spot).unwrap_or_default())
    },
    "får året inte vara tidigare än patientens födelseår",
);

fn this_year(spot: &Spot<'_, '_>) -> f64 {
    use chrono::Datelike;
    f64::from(spot.today.year())
}

/// The value of a part's first `partialDate`.
fn partial<'t>(spot: &Spot<'_, 't>) -> Option<&'t str> {
    let tree = spot.answers.tree;
    let date = spot
        .part
        .and_then(|p| tree.child(p.at, Space::TYPES, "partialDate"));
    let value = date.and_then(|date| tree.child(date, Space::TYPES, "value"));
    value.map(|value| tree.text(value))
}

/// The patient's number.
fn person<'t>(spot: &Spot<'_, 't>) -> &'t str {
    let tree = spot.answers.tree;
    let found = [
        (Space::CORE, "patient"),
        (Space::CORE, "person-id"),
        (Space::TYPES, "extension"),
    ]
    .into_iter()
    .try_fold(spot.answers.certificate, |at, (space, name)| {
        tree.child(at, space, name)
    });
    found.map_or("", |id| tree.text(id))
}

/// The patient's birth date by her number; a coordination number's day is 60 more.
pub(super) fn birth(spot: &Spot<'_, '_>) -> Option<NaiveDate> {
    let number = person(spot);
    let part = |range: std::ops::Range<usize>| number.get(range)?.parse::<u32>().ok();
    let (year, month, day) = (part(0..4)?, part(4..6)?, part(6..8)?);
    let day = if day < 60 { day } else { day - 60 };
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}
