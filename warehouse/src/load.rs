//! From the files of a snapshot to [`Facts`]: the columns that counting needs, texts as numbers.

use arrow::{
    array::{Array, ArrayRef, AsArray, DictionaryArray, RecordBatch},
    datatypes::{Date32Type, Int8Type, Int16Type, Int32Type, Int64Type},
};
use frisk_engine::DataFile;
use rayon::prelude::*;

use crate::{
    Error, Fact, Facts, Interner, Snapshot,
    fact::Column,
    tables::{Table, Tables},
};

/// The columns of `period` that are read.
pub(crate) const COLUMNS: [&str; 15] = [
    "care_provider_id",
    "person_key",
    "start_date",
    "end_date",
    "arrival",
    "degree",
    "sex",
    "age",
    "diagnosis",
    "care_unit_id",
    "unit_id",
    "doctor_id",
    "region",
    "known_date",
    "revoked_date",
];

/// The active periods of a snapshot, a bucket each, and the texts behind their numbers.
///
/// Cost: one read of the columns; buckets in parallel.
///
/// # Errors
/// When a file is missing or has another shape.
pub(crate) fn facts(tables: &Tables, snapshot: &Snapshot) -> Result<(Vec<Facts>, Interner), Error> {
    let buckets = buckets(tables, snapshot, Bucket::active)?;
    let mut all = Interner::new();
    let maps: Vec<Map> = buckets
        .iter()
        .map(|b| Map::into(&mut all, &b.texts))
        .collect();
    let facts = buckets
        .into_par_iter()
        .zip(maps)
        .map(|(mut bucket, map)| {
            bucket.facts.iter_mut().for_each(|fact| map.apply(fact));
            Facts {
                facts: bucket.facts,
            }
        })
        .collect();
    Ok((facts, all))
}

/// Every bucket of a snapshot's periods, read in parallel.
pub(crate) fn buckets<T: Send>(
    tables: &Tables,
    snapshot: &Snapshot,
    read: impl Fn(&Tables, &[&DataFile]) -> Result<T, Error> + Sync,
) -> Result<Vec<T>, Error> {
    let state = tables.state_in(Table::PERIOD, snapshot)?;
    let buckets: Vec<Vec<&DataFile>> = Tables::buckets(&state).into_values().collect();
    buckets
        .par_iter()
        .map(|files| read(tables, files))
        .collect()
}

/// New number of each old one, a column each.
struct Map {
    providers: Vec<u32>,
    units: Vec<u32>,
    doctors: Vec<u32>,
    diagnoses: Vec<u32>,
}

impl Map {
    fn into(to: &mut Interner, from: &Interner) -> Self {
        let map = |to: &mut Column, from: &Column| {
            from.texts().iter().map(|text| to.number(text)).collect()
        };
        Self {
            providers: map(&mut to.providers, &from.providers),
            units: map(&mut to.units, &from.units),
            doctors: map(&mut to.doctors, &from.doctors),
            diagnoses: map(&mut to.diagnoses, &from.diagnoses),
        }
    }

    fn apply(&self, fact: &mut Fact) {
        fact.provider = self.providers[fact.provider as usize];
        fact.unit = self.units[fact.unit as usize];
        fact.care_unit = self.units[fact.care_unit as usize];
        fact.doctor = self.doctors[fact.doctor as usize];
        fact.diagnosis = self.diagnoses[fact.diagnosis as usize];
    }
}

/// When a period became known and when it was revoked, in days since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) from: i32,
    pub(crate) revoked: Option<i32>,
}

/// The periods of one bucket with texts of its own.
#[derive(Debug, Default)]
pub(crate) struct Bucket {
    /// Periods in table order.
    pub(crate) facts: Vec<Fact>,
    /// When each was known; empty unless all periods were asked for.
    pub(crate) known: Vec<Known>,
    /// The texts behind the numbers.
    pub(crate) texts: Interner,
}

impl Bucket {
    /// The active periods.
    pub(crate) fn active(tables: &Tables, files: &[&DataFile]) -> Result<Self, Error> {
        let mut bucket = Self::read(tables, files)?;
        let mut known = std::mem::take(&mut bucket.known).into_iter();
        bucket
            .facts
            .retain(|_| known.next().is_some_and(|k| k.revoked.is_none()));
        Ok(bucket)
    }

    /// All periods, also revoked ones.
    pub(crate) fn read(tables: &Tables, files: &[&DataFile]) -> Result<Self, Error> {
        if files.len() > 1 {
            return Err(Error::Table {
                table: Table::PERIOD.name.to_owned(),
                problem: "a bucket has open files; run `frisk ingest` to seal it".to_owned(),
            });
        }
        let mut bucket = Self::default();
        for file in files {
            let rows = usize::try_from(file.rows).unwrap_or(0);
            bucket.facts.reserve(rows);
            bucket.known.reserve(rows);
            for batch in tables.read(Table::PERIOD, file, Some(&COLUMNS))? {
                bucket.append(&batch)?;
            }
        }
        Ok(bucket)
    }

    fn append(&mut self, batch: &RecordBatch) -> Result<(), Error> {
        let provider = numbers(batch, "care_provider_id", &mut self.texts.providers)?;
        let unit = numbers(batch, "unit_id", &mut self.texts.units)?;
        let care_unit = numbers(batch, "care_unit_id", &mut self.texts.units)?;
        let doctor = numbers(batch, "doctor_id", &mut self.texts.doctors)?;
        let diagnosis = numbers(batch, "diagnosis", &mut self.texts.diagnoses)?;
        let mut regions = Column::default();
        let region = numbers(batch, "region", &mut regions)?;
        let regions: Vec<u8> = regions
            .texts()
            .iter()
            .map(|r| r.parse().unwrap_or(0))
            .collect();
        let person = column(batch, "person_key")?.as_primitive::<Int64Type>();
        let arrival = column(batch, "arrival")?.as_primitive::<Int64Type>();
        let start = column(batch, "start_date")?.as_primitive::<Date32Type>();
        let end = column(batch, "end_date")?.as_primitive::<Date32Type>();
        let degree = column(batch, "degree")?.as_primitive::<Int8Type>();
        let sex = column(batch, "sex")?.as_primitive::<Int8Type>();
        let age = column(batch, "age")?.as_primitive::<Int16Type>();
        let known = column(batch, "known_date")?.as_primitive::<Date32Type>();
        let revoked = column(batch, "revoked_date")?.as_primitive::<Date32Type>();
        for row in 0..batch.num_rows() {
            self.facts.push(Fact {
                person: person.value(row),
                arrival: arrival.value(row),
                start: start.value(row),
                end: end.value(row),
                provider: provider[row],
                care_unit: care_unit[row],
                unit: unit[row],
                doctor: doctor[row],
                diagnosis: diagnosis[row],
                age: age.value(row),
                region: regions[region[row] as usize],
                degree: degree.value(row).cast_unsigned(),
                sex: sex.value(row).cast_unsigned(),
            });
            self.known.push(Known {
                from: known.value(row),
                revoked: revoked.is_valid(row).then(|| revoked.value(row)),
            });
        }
        Ok(())
    }
}

pub(crate) fn column<'a>(batch: &'a RecordBatch, name: &str) -> Result<&'a ArrayRef, Error> {
    batch.column_by_name(name).ok_or_else(|| Error::Table {
        table: Table::PERIOD.name.to_owned(),
        problem: format!("no column {name}"),
    })
}

/// A text column as numbers; each distinct text of a dictionary is looked up once, a missing one is the empty text.
fn numbers(batch: &RecordBatch, name: &str, to: &mut Column) -> Result<Vec<u32>, Error> {
    let array = column(batch, name)?;
    let Some(dictionary) = array.as_any().downcast_ref::<DictionaryArray<Int32Type>>() else {
        return Err(Error::Table {
            table: Table::PERIOD.name.to_owned(),
            problem: format!("column {name} is {}, expected text", array.data_type()),
        });
    };
    let texts = dictionary.values().as_string::<i32>();
    let map: Vec<u32> = texts
        .iter()
        .map(|text| to.number(text.unwrap_or("")))
        .collect();
    let none = if dictionary.null_count() > 0 {
        to.number("")
    } else {
        0
    };
    Ok(dictionary
        .keys()
        .iter()
        .map(|key| key.and_then(|k| map.get(usize::try_from(k).ok()?).copied()))
        .map(|number| number.unwrap_or(none))
        .collect())
}
