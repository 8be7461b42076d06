//! What doctors propose in certificates (LISJP question 40), as rows of `intervention`.
//!
//! Derived anew from each bucket of certificates that changed, so that a certificate that was revoked proposes nothing.

use std::sync::Arc;

use arrow::{
    array::{
        Array, ArrayRef, AsArray, BooleanArray, RecordBatch, StringArray, StringBuilder,
        UInt32Array, new_null_array,
    },
    compute::{cast, filter_record_batch, take_record_batch},
    datatypes::DataType,
};
use frisk_engine::{Change, DataFile};
use frisk_ingest::Status;
use rayon::prelude::*;

use crate::{
    Error, intake, seal,
    tables::{Table, Tables},
};

/// Each derivation carries the version of `certificate` that it was made from.
const APPLICATION: &str = "frisk-proposals";

/// "Not relevant": the doctor proposes nothing.
const NOTHING: &str = "EJ_AKTUELLT";

/// The code system of question 40.
const CODE_SYSTEM: &str = "KV_FKMU_0004";

/// The files of a bucket, and the one that takes their place.
type Exchange<'f> = (&'f [&'f DataFile], Option<DataFile>);

/// Derives the proposals of the buckets whose certificates changed. Returns the number of buckets written.
pub(crate) fn propose(tables: &Tables, now_ms: i64) -> Result<usize, Error> {
    let certificates = tables.state(Table::CERTIFICATE, None)?;
    let done = tables.runtime.wait(
        tables
            .lake
            .transaction(Table::INTERVENTION.name, APPLICATION),
    )?;
    if done == Some(certificates.version) {
        return Ok(0);
    }
    let state = tables.state(Table::INTERVENTION, None)?;
    let before = Tables::buckets(&state);
    let prefix = format!("{}{:08}", seal::SEALED, state.version + 1);
    let changed: Vec<(u32, Vec<&DataFile>)> = Tables::buckets(&certificates)
        .into_iter()
        .filter(|(_, files)| files.iter().any(|file| is_newer(file, done)))
        .collect();
    let none = Vec::new();
    let written: Result<Vec<Exchange<'_>>, Error> = changed
        .par_iter()
        .map(|(bucket, files)| {
            let old = before.get(bucket).unwrap_or(&none);
            let rows = bucket_rows(tables, files, old)?;
            if rows.num_rows() == 0 {
                return Ok((old.as_slice(), None));
            }
            let rows = seal::sort(Table::INTERVENTION, &rows)?;
            let file = tables.write(Table::INTERVENTION, Some(*bucket), &prefix, &rows)?;
            Ok((old.as_slice(), Some(file)))
        })
        .collect();
    let mut change = Change {
        transaction: Some((APPLICATION.to_owned(), certificates.version)),
        ..Change::default()
    };
    for (old, new) in written? {
        change.remove.extend(old.iter().map(|&file| file.clone()));
        change.add.extend(new);
    }
    let count = change.add.len();
    tables
        .runtime
        .wait(tables.lake.commit(Table::INTERVENTION.name, change, now_ms))?;
    Ok(count)
}

/// Whether a sealed file was written after a version of its table; its name tells.
fn is_newer(file: &DataFile, done: Option<i64>) -> bool {
    let name = file.path.rsplit('/').next().unwrap_or("");
    let version = name
        .strip_prefix(seal::SEALED)
        .and_then(|rest| rest.split('-').next()?.parse::<i64>().ok());
    done.is_none_or(|done| version.is_none_or(|version| version > done))
}

/// The rows of a bucket: those of registers as they were, those of certificates anew.
fn bucket_rows(
    tables: &Tables,
    certificates: &[&DataFile],
    old: &[&DataFile],
) -> Result<RecordBatch, Error> {
    let mut parts = Vec::new();
    for file in old {
        for batch in tables.rows(Table::INTERVENTION, file)? {
            let sources = seal::texts(&batch, "source")?;
            let registered: BooleanArray = sources
                .iter()
                .map(|source| Some(source != Some("certificate")))
                .collect();
            parts.push(filter_record_batch(&batch, &registered)?);
        }
    }
    for file in certificates {
        for batch in tables.read(Table::CERTIFICATE, file, Some(&COLUMNS))? {
            parts.push(proposals(&batch)?);
        }
    }
    intake::together(Table::INTERVENTION, &parts)
}

const COLUMNS: [&str; 13] = [
    "arrival",
    "certificate_id",
    "person_key",
    "signed_date",
    "known_date",
    "care_provider_id",
    "care_unit_id",
    "unit_id",
    "region",
    "doctor_id",
    "measures",
    "revoked_date",
    "document_key",
];

/// A row for each measure of each certificate that stands.
fn proposals(batch: &RecordBatch) -> Result<RecordBatch, Error> {
    let measures = seal::column(batch, "measures")?.as_list::<i32>();
    let revoked = seal::column(batch, "revoked_date")?;
    let mut rows: Vec<u32> = Vec::new();
    let mut codes = StringBuilder::new();
    for row in 0..batch.num_rows() {
        if revoked.is_valid(row) || measures.is_null(row) {
            continue;
        }
        let own = cast(&measures.value(row), &DataType::Utf8)?;
        for code in own.as_string::<i32>().iter().flatten() {
            if code != NOTHING {
                rows.push(u32::try_from(row).unwrap_or(u32::MAX));
                codes.append_value(code);
            }
        }
    }
    let taken = take_record_batch(batch, &UInt32Array::from(rows.clone()))?;
    let same = |text: &str| -> ArrayRef { Arc::new(StringArray::from(vec![text; rows.len()])) };
    let codes: ArrayRef = Arc::new(codes.finish());
    let schema = Table::INTERVENTION.schema();
    let columns: Result<Vec<ArrayRef>, Error> = schema
        .fields()
        .iter()
        .map(|field| {
            let from = match field.name().as_str() {
                "code" => return Ok(Arc::clone(&codes)),
                "code_system" => return Ok(same(CODE_SYSTEM)),
                "status" => return Ok(same(Status::Proposed.name())),
                "source" => return Ok(same("certificate")),
                "record_id" => "certificate_id",
                "start_date" => "signed_date",
                "given_by" => "doctor_id",
                name if COLUMNS.contains(&name) => name,
                _ => return Ok(new_null_array(field.data_type(), rows.len())),
            };
            Ok(cast(seal::column(&taken, from)?, field.data_type())?)
        })
        .collect();
    Ok(RecordBatch::try_new(schema, columns?)?)
}
