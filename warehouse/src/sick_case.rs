//! The stored table `sick_case`: the official cases (gap 5, one care provider), built anew for each snapshot.

use std::{collections::HashMap, sync::Arc};

use arrow::{
    array::{
        AsArray, BooleanBuilder, Date32Builder, Int8Builder, Int16Builder, Int32Builder,
        Int64Builder, RecordBatch, StringBuilder,
    },
    datatypes::{DataType, Field, Int64Type, Schema, SchemaRef},
};
use frisk_engine::{Change, DataFile};
use sha2::{Digest, Sha256};

use crate::{
    Error, Fact,
    cases::{SickCase, SickCases, ValidCaseRules},
    load::{self, Bucket},
    tables::{Table, Tables},
};

/// `sick_case`: one row a case of one person at one care provider, sorted by care provider, person and start.
#[must_use]
pub fn schema() -> SchemaRef {
    let text = DataType::Utf8;
    Arc::new(Schema::new(vec![
        // First 16 hex digits of SHA-256 over care provider, person key and first day.
        Field::new("case_id", text.clone(), false),
        Field::new("care_provider_id", text.clone(), false),
        Field::new("person_key", DataType::Int64, false),
        Field::new("start_date", DataType::Date32, false),
        Field::new("end_date", DataType::Date32, false),
        // Distinct days with a certificate.
        Field::new("length_days", DataType::Int32, false),
        Field::new("certificates", DataType::Int16, false),
        Field::new("first_certificate_id", text.clone(), false),
        Field::new("sex", DataType::Int8, false),
        // At the last day of the last certificate.
        Field::new("age", DataType::Int16, false),
        Field::new("first_diagnosis", text.clone(), true),
        Field::new("diagnosis", text.clone(), true),
        Field::new("first_degree", DataType::Int8, false),
        Field::new("degree", DataType::Int8, false),
        Field::new("region", text.clone(), false),
        Field::new("care_unit_id", text.clone(), false),
        Field::new("unit_id", text.clone(), false),
        Field::new("doctor_id", text, false),
        // Not known to be over: a certificate may still come that joins it.
        Field::new("ongoing", DataType::Boolean, false),
    ]))
}

/// Each build carries the version of `period` that it was made from.
const APPLICATION: &str = "frisk-cases";

/// Whether the table is not the one of the newest periods.
///
/// # Errors
/// When a table cannot be read.
pub fn is_stale(tables: &Tables) -> Result<bool, Error> {
    let built = tables
        .runtime
        .wait(tables.lake.transaction(Table::SICK_CASE.name, APPLICATION))?;
    Ok(built != Some(tables.state(Table::PERIOD, None)?.version))
}

/// Builds the table anew from the sealed periods and commits it. Returns the number of cases.
///
/// # Errors
/// When a table cannot be read or written.
pub fn build(tables: &Tables, now_ms: i64) -> Result<i64, Error> {
    let periods = tables.state(Table::PERIOD, None)?;
    let through = last_known(tables, &periods)?;
    let before = tables.state(Table::SICK_CASE, None)?;
    let prefix = format!("s{:08}", before.version + 1);
    let mut change = Change {
        remove: before.files,
        transaction: Some((APPLICATION.to_owned(), periods.version)),
        ..Change::default()
    };
    let built: Result<Vec<DataFile>, Error> = {
        use rayon::prelude::*;
        let buckets: Vec<(u32, Vec<&DataFile>)> = Tables::buckets(&periods).into_iter().collect();
        buckets
            .par_iter()
            .map(|(bucket, files)| {
                let rows = cases(tables, files, through)?;
                tables.write(Table::SICK_CASE, Some(*bucket), &prefix, &rows)
            })
            .collect()
    };
    change.add = built?;
    let cases = change.add.iter().map(|f| f.rows).sum();
    tables
        .runtime
        .wait(tables.lake.commit(Table::SICK_CASE.name, change, now_ms))?;
    Ok(cases)
}

fn last_known(tables: &Tables, periods: &frisk_engine::TableState) -> Result<i32, Error> {
    let mut last = i32::MIN;
    for file in &periods.files {
        for batch in tables.read(Table::PERIOD, file, Some(&["known_date"]))? {
            let days = batch
                .column(0)
                .as_primitive::<arrow::datatypes::Date32Type>();
            last = last.max(arrow::compute::max(days).unwrap_or(last));
        }
    }
    Ok(last)
}

/// The cases of one bucket.
fn cases(tables: &Tables, files: &[&DataFile], through: i32) -> Result<RecordBatch, Error> {
    let bucket = Bucket::active(tables, files)?;
    let ids = certificate_ids(tables, files)?;
    let rules = ValidCaseRules::official();
    let mut rows = Rows::default();
    let same = |a: &Fact, b: &Fact| a.person == b.person && a.provider == b.provider;
    for patient in bucket.facts.chunk_by(same) {
        for case in SickCases::new(patient, rules) {
            let ongoing = rules.joins(case.end, through);
            let first = ids.get(&patient[case.first].arrival);
            rows.push(&bucket, &patient[case.first..=case.last], case, ongoing);
            rows.first_certificate
                .append_value(first.map_or("", String::as_str));
        }
    }
    rows.finish()
}

/// The id of each certificate by its running number.
pub(crate) fn certificate_ids(
    tables: &Tables,
    files: &[&DataFile],
) -> Result<HashMap<i64, String>, Error> {
    let mut ids = HashMap::new();
    for file in files {
        let columns = ["arrival", "certificate_id"];
        for batch in tables.read(Table::PERIOD, file, Some(&columns))? {
            let arrivals = load::column(&batch, "arrival")?.as_primitive::<Int64Type>();
            let texts = load::column(&batch, "certificate_id")?.as_string::<i32>();
            for row in 0..batch.num_rows() {
                ids.entry(arrivals.value(row))
                    .or_insert_with(|| texts.value(row).to_owned());
            }
        }
    }
    Ok(ids)
}

/// The key of a case: who, where, from when; tells nothing without the person key's secret.
#[must_use]
pub fn case_id(care_provider: &str, person: i64, start: i32) -> String {
    let hash = Sha256::digest(format!("{care_provider}|{person}|{start}"));
    hash[..8].iter().map(|b| format!("{b:02x}")).collect()
}

#[derive(Default)]
struct Rows {
    case_id: StringBuilder,
    care_provider: StringBuilder,
    person: Int64Builder,
    start: Date32Builder,
    end: Date32Builder,
    length: Int32Builder,
    certificates: Int16Builder,
    first_certificate: StringBuilder,
    sex: Int8Builder,
    age: Int16Builder,
    first_diagnosis: StringBuilder,
    diagnosis: StringBuilder,
    first_degree: Int8Builder,
    degree: Int8Builder,
    region: StringBuilder,
    care_unit: StringBuilder,
    unit: StringBuilder,
    doctor: StringBuilder,
    ongoing: BooleanBuilder,
}

impl Rows {
    /// Appends a case with the attributes of its last period, all but its first certificate.
    fn push(&mut self, bucket: &Bucket, own: &[Fact], case: SickCase, ongoing: bool) {
        let (Some(first), Some(last)) = (own.first(), own.last()) else {
            return;
        };
        let texts = &bucket.texts;
        let provider = texts.providers.text(last.provider);
        let diagnosis =
            |fact: &Fact| Some(texts.diagnoses.text(fact.diagnosis)).filter(|d| !d.is_empty());
        let mut certificates: Vec<i64> = own.iter().map(|f| f.arrival).collect();
        certificates.sort_unstable();
        certificates.dedup();
        self.case_id
            .append_value(case_id(provider, last.person, case.start));
        self.care_provider.append_value(provider);
        self.person.append_value(last.person);
        self.start.append_value(case.start);
        self.end.append_value(case.end);
        self.length.append_value(case.length_days);
        self.certificates
            .append_value(i16::try_from(certificates.len()).unwrap_or(i16::MAX));
        self.sex.append_value(last.sex.cast_signed());
        self.age.append_value(last.age);
        self.first_diagnosis.append_option(diagnosis(first));
        self.diagnosis.append_option(diagnosis(last));
        self.first_degree.append_value(first.degree.cast_signed());
        self.degree.append_value(last.degree.cast_signed());
        self.region.append_value(format!("{:02}", last.region));
        self.care_unit
            .append_value(texts.units.text(last.care_unit));
        self.unit.append_value(texts.units.text(last.unit));
        self.doctor.append_value(texts.doctors.text(last.doctor));
        self.ongoing.append_value(ongoing);
    }

    fn finish(mut self) -> Result<RecordBatch, Error> {
        Ok(RecordBatch::try_new(
            schema(),
            vec![
                Arc::new(self.case_id.finish()),
                Arc::new(self.care_provider.finish()),
                Arc::new(self.person.finish()),
                Arc::new(self.start.finish()),
                Arc::new(self.end.finish()),
                Arc::new(self.length.finish()),
                Arc::new(self.certificates.finish()),
                Arc::new(self.first_certificate.finish()),
                Arc::new(self.sex.finish()),
                Arc::new(self.age.finish()),
                Arc::new(self.first_diagnosis.finish()),
                Arc::new(self.diagnosis.finish()),
                Arc::new(self.first_degree.finish()),
                Arc::new(self.degree.finish()),
                Arc::new(self.region.finish()),
                Arc::new(self.care_unit.finish()),
                Arc::new(self.unit.finish()),
                Arc::new(self.doctor.finish()),
                Arc::new(self.ongoing.finish()),
            ],
        )?)
    }
}
