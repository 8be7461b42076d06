//! The sick-case operator over the stored periods: a bucket at a time, one read and one linear merge, in parallel.
//!
//! Cost: `O(periods)`; memory: the periods of as many buckets as there are threads, plus the cases.

use std::sync::Arc;

use arrow::{
    array::{
        ArrayRef, Date32Array, DictionaryArray, Int8Array, Int16Array, Int32Array, Int64Array,
        RecordBatch, StringArray,
    },
    datatypes::{DataType, Field, Int32Type, Schema, SchemaRef},
};

use crate::{
    Error, Fact, Facts, SickCase, Snapshot, ValidCaseRules, for_each_case,
    load::{self, Bucket},
    tables::{Table, Tables},
};

/// What the operator gives: one row a case, with the attributes of its last period.
#[must_use]
pub fn schema() -> SchemaRef {
    let text = || DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
    Arc::new(Schema::new(vec![
        Field::new("care_provider_id", text(), false),
        Field::new("person_key", DataType::Int64, false),
        Field::new("start_date", DataType::Date32, false),
        Field::new("end_date", DataType::Date32, false),
        // Distinct days with a certificate.
        Field::new("length_days", DataType::Int32, false),
        Field::new("periods", DataType::Int32, false),
        Field::new("diagnosis", text(), false),
        Field::new("degree", DataType::Int8, false),
        Field::new("unit_id", text(), false),
        Field::new("doctor_id", text(), false),
        // Highest over the case.
        Field::new("age", DataType::Int16, false),
        Field::new("sex", DataType::Int8, false),
    ]))
}

/// The cases of a snapshot's active periods under the given rules, a batch a bucket.
///
/// # Errors
/// When a table is missing or has another shape.
pub fn sick_cases(
    tables: &Tables,
    snapshot: &Snapshot,
    rules: ValidCaseRules,
) -> Result<Vec<RecordBatch>, Error> {
    load::buckets(tables, snapshot, |tables, files| {
        let mut bucket = Bucket::active(tables, files)?;
        let facts = Facts {
            facts: std::mem::take(&mut bucket.facts),
        };
        let mut rows = Rows::default();
        for_each_case(&facts, rules, |patient, case| rows.push(patient, case));
        rows.finish(&bucket)
    })
}

/// Reads the columns that the operator reads and does nothing with them: what any operator would have to pay.
///
/// # Errors
/// When a file cannot be read.
pub fn bare_scan(tables: &Tables, snapshot: &Snapshot) -> Result<usize, Error> {
    let rows = load::buckets(tables, snapshot, |tables, files| {
        let mut rows = 0;
        for file in files {
            for batch in tables.read(Table::PERIOD, file, Some(&load::COLUMNS))? {
                rows += batch.num_rows();
            }
        }
        Ok(rows)
    })?;
    Ok(rows.iter().sum())
}

#[derive(Default)]
struct Rows {
    provider: Vec<i32>,
    person: Vec<i64>,
    start: Vec<i32>,
    end: Vec<i32>,
    length: Vec<i32>,
    periods: Vec<i32>,
    diagnosis: Vec<i32>,
    degree: Vec<i8>,
    unit: Vec<i32>,
    doctor: Vec<i32>,
    age: Vec<i16>,
    sex: Vec<i8>,
}

impl Rows {
    fn push(&mut self, patient: &[Fact], case: SickCase) {
        let own = &patient[case.first..=case.last];
        let last = &patient[case.last];
        self.provider.push(last.provider.cast_signed());
        self.person.push(last.person);
        self.start.push(case.start);
        self.end.push(case.end);
        self.length.push(case.length_days);
        self.periods
            .push(i32::try_from(own.len()).unwrap_or(i32::MAX));
        self.diagnosis.push(last.diagnosis.cast_signed());
        self.degree.push(last.degree.cast_signed());
        self.unit.push(last.unit.cast_signed());
        self.doctor.push(last.doctor.cast_signed());
        self.age
            .push(own.iter().map(|f| f.age).max().unwrap_or(last.age));
        self.sex.push(last.sex.cast_signed());
    }

    fn finish(self, bucket: &Bucket) -> Result<RecordBatch, Error> {
        let text = |numbers: Vec<i32>, texts: &[String]| -> Result<ArrayRef, Error> {
            let texts = StringArray::from_iter_values(texts);
            let array =
                DictionaryArray::<Int32Type>::try_new(Int32Array::from(numbers), Arc::new(texts))?;
            Ok(Arc::new(array))
        };
        let texts = &bucket.texts;
        Ok(RecordBatch::try_new(
            schema(),
            vec![
                text(self.provider, texts.providers.texts())?,
                Arc::new(Int64Array::from(self.person)),
                Arc::new(Date32Array::from(self.start)),
                Arc::new(Date32Array::from(self.end)),
                Arc::new(Int32Array::from(self.length)),
                Arc::new(Int32Array::from(self.periods)),
                text(self.diagnosis, texts.diagnoses.texts())?,
                Arc::new(Int8Array::from(self.degree)),
                text(self.unit, texts.units.texts())?,
                text(self.doctor, texts.doctors.texts())?,
                Arc::new(Int16Array::from(self.age)),
                Arc::new(Int8Array::from(self.sex)),
            ],
        )?)
    }
}
