//! The cases and units of a snapshot, as the service asks for them.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use arrow::{
    array::{AsArray, Int32Array, RecordBatch, StringArray},
    compute::cast,
    datatypes::{DataType, Date32Type, Int64Type},
};
use frisk_api::{CaseFeatures, Cases, UnitInfo};
use frisk_codes::{Icd10, Reference};
use frisk_warehouse::{
    Snapshot, Tables,
    features::{self, Asked},
};

use crate::{output::Failure, training::AS_OF_DAY};

/// Where a case is and whose it is.
#[derive(Debug, Clone)]
struct Place {
    person: i64,
    start: i32,
    end: i32,
    unit: String,
    care_provider: String,
}

/// Cases and units of one snapshot; features are read from the tables when they are asked for.
#[derive(Debug)]
pub(crate) struct StoredCases {
    tables: Tables,
    snapshot: Snapshot,
    icd10: Icd10,
    places: HashMap<String, Place>,
    units: Vec<UnitInfo>,
}

impl StoredCases {
    pub(crate) fn load(
        tables: &Tables,
        snapshot: &Snapshot,
        reference: &Reference,
    ) -> Result<Self, Failure> {
        let mut places = HashMap::new();
        let mut counts: BTreeMap<String, (u64, String, String)> = BTreeMap::new();
        let sql = "SELECT case_id, person_key, start_date, end_date, care_unit_id, care_provider_id, region FROM sick_case";
        for batch in tables.query(snapshot, sql)? {
            let [ids, units, providers, regions] = [0, 4, 5, 6].map(|at| texts(&batch, at));
            let (ids, units, providers, regions) = (ids?, units?, providers?, regions?);
            let persons = batch.column(1).as_primitive::<Int64Type>();
            let starts = batch.column(2).as_primitive::<Date32Type>();
            let ends = batch.column(3).as_primitive::<Date32Type>();
            for row in 0..batch.num_rows() {
                let place = Place {
                    person: persons.value(row),
                    start: starts.value(row),
                    end: ends.value(row),
                    unit: units.value(row).to_owned(),
                    care_provider: providers.value(row).to_owned(),
                };
                let count = counts.entry(place.unit.clone()).or_insert_with(|| {
                    (
                        0,
                        place.care_provider.clone(),
                        regions.value(row).to_owned(),
                    )
                });
                count.0 += 1;
                places.insert(ids.value(row).to_owned(), place);
            }
        }
        Ok(Self {
            tables: tables.clone(),
            snapshot: snapshot.clone(),
            icd10: reference.icd10().into_owned(),
            places,
            units: units(counts, reference),
        })
    }
}

/// The units by number of cases, with their names from the register.
fn units(counts: BTreeMap<String, (u64, String, String)>, reference: &Reference) -> Vec<UnitInfo> {
    let names: HashMap<String, &str> = reference
        .units
        .iter()
        .map(|unit| {
            (
                frisk_ingest::normalize_hsa_id(&unit.unit_id),
                unit.name.as_str(),
            )
        })
        .collect();
    let mut ordered: Vec<_> = counts.into_iter().collect();
    ordered.sort_by(|a, b| b.1.0.cmp(&a.1.0).then(a.0.cmp(&b.0)));
    ordered
        .into_iter()
        .map(|(unit_id, (_, care_provider_id, region))| UnitInfo {
            name: names
                .get(&unit_id)
                .map_or_else(|| unit_id.clone(), |&name| name.to_owned()),
            unit_id,
            care_provider_id,
            region,
        })
        .collect()
}

fn texts(batch: &RecordBatch, at: usize) -> Result<StringArray, Failure> {
    Ok(cast(batch.column(at), &DataType::Utf8)?
        .as_string::<i32>()
        .clone())
}

impl StoredCases {
    /// What was known of a person's leave on a date; no row when she was not known to be on leave.
    fn known_on(&self, place: &Place, date: i32) -> Result<RecordBatch, frisk_warehouse::Error> {
        let asked = Asked::Person {
            person: place.person,
            date,
        };
        features::features(&self.tables, &self.snapshot, &self.icd10, asked)
    }
}

/// The same features of a case that has lasted until a day of its own.
fn lasted_until(day: i32, batch: &RecordBatch) -> Result<RecordBatch, arrow::error::ArrowError> {
    let mut columns = batch.columns().to_vec();
    for name in ["as_of_day", "length_days"] {
        let at = batch.schema().index_of(name)?;
        columns[at] = Arc::new(Int32Array::from(vec![day; batch.num_rows()]));
    }
    RecordBatch::try_new(batch.schema(), columns)
}

impl Cases for StoredCases {
    fn features(
        &self,
        case_id: &str,
    ) -> Result<Option<CaseFeatures>, Box<dyn std::error::Error + Send + Sync>> {
        let Some(place) = self.places.get(case_id) else {
            return Ok(None);
        };
        // As of the last day that data reach, or of the case's last day when that came before.
        let date = self.snapshot.data_through.to_epoch_days().min(place.end);
        // The model learns from what was known on day 15, so it is told that, and that the case has lasted until now.
        let early = self.known_on(place, date.min(place.start + AS_OF_DAY - 1))?;
        let batch = if early.num_rows() == 0 {
            self.known_on(place, date)?
        } else {
            early
        };
        if batch.num_rows() == 0 {
            return Ok(None);
        }
        let start = batch
            .column_by_name("start_date")
            .map_or(place.start, |days| {
                days.as_primitive::<Date32Type>().value(0)
            });
        let day = date - start + 1;
        Ok(Some(CaseFeatures {
            unit_id: place.unit.clone(),
            care_provider_id: place.care_provider.clone(),
            batch: lasted_until(day, &batch)?,
            as_of_day: day.unsigned_abs(),
        }))
    }

    fn units(&self) -> Vec<UnitInfo> {
        self.units.clone()
    }
}
