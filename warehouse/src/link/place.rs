use std::{collections::HashMap, sync::Arc};

use arrow::array::{Array, BooleanArray, RecordBatch, StringArray};
use chrono::NaiveDate;
use frisk_ingest::{Unit, UnitRegister};

use super::{Bundle, dates, flags, numbers, texts, with};
use crate::Error;

/// The columns that a unit decides.
type Of = fn(&Unit) -> &str;
const COLUMNS: [(&str, Of); 4] = [
    ("care_provider_id", |unit| &unit.care_provider_id),
    ("care_unit_id", |unit| &unit.care_unit_id),
    ("region", |unit| &unit.region),
    ("municipality", |unit| &unit.municipality),
];

/// The bundle with the certificates and periods of units that were unknown placed where the register has them on the
/// day of signing. A unit that the register still does not know, or knows without a care provider, goes on waiting.
pub(crate) fn place(bundle: Bundle, register: &UnitRegister) -> Result<Bundle, Error> {
    let units = found(&bundle.certificate, register)?;
    if units.iter().all(Option::is_none) {
        return Ok(bundle);
    }
    let known = flags(&bundle.certificate, "unit_known")?;
    let known: BooleanArray = (0..known.len())
        .map(|row| {
            let now = units[row].is_some().then_some(true);
            now.or_else(|| known.is_valid(row).then(|| known.value(row)))
        })
        .collect();
    let arrivals = numbers(&bundle.certificate, "arrival")?;
    let by_arrival: HashMap<i64, &Unit> = units
        .iter()
        .enumerate()
        .filter_map(|(row, unit)| Some((arrivals.value(row), (*unit)?)))
        .collect();
    let of_period: Vec<Option<&Unit>> = numbers(&bundle.period, "arrival")?
        .values()
        .iter()
        .map(|arrival| by_arrival.get(arrival).copied())
        .collect();
    let certificate = with(&bundle.certificate, "unit_known", Arc::new(known))?;
    Ok(Bundle {
        certificate: placed(&certificate, &units)?,
        period: placed(&bundle.period, &of_period)?,
        ..bundle
    })
}

/// For each certificate that waits for its unit: the unit, once the register knows it.
pub(crate) fn found<'r>(
    certificate: &RecordBatch,
    register: &'r UnitRegister,
) -> Result<Vec<Option<&'r Unit>>, Error> {
    let known = flags(certificate, "unit_known")?;
    let (units, days) = (
        texts(certificate, "unit_id")?,
        dates(certificate, "signed_date")?,
    );
    Ok((0..certificate.num_rows())
        .map(|row| {
            if !known.is_valid(row) || known.value(row) {
                return None;
            }
            let day = NaiveDate::from_epoch_days(days.value(row))?;
            let unit = register.on(units.value(row), day);
            unit.filter(|unit| !unit.care_provider_id.is_empty())
        })
        .collect())
}

fn placed(rows: &RecordBatch, units: &[Option<&Unit>]) -> Result<RecordBatch, Error> {
    let mut placed = rows.clone();
    for (name, of) in COLUMNS {
        let before = texts(rows, name)?;
        let texts = units
            .iter()
            .enumerate()
            .map(|(row, unit)| unit.map_or_else(|| before.value(row), of));
        placed = with(
            &placed,
            name,
            Arc::new(StringArray::from_iter_values(texts)),
        )?;
    }
    Ok(placed)
}
