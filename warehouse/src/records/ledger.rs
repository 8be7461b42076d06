use arrow::{
    array::{Array, AsArray, RecordBatch},
    datatypes::Int64Type,
};
use chrono::DateTime;
use frisk_ingest::{RecordKind, Version};

use crate::{
    Error,
    tables::{Table, Tables},
};

/// Every version of a record that came, with its arrival number, in order of arrival; of two rows with one number the
/// one that stands comes last.
pub(crate) fn versions(tables: &Tables) -> Result<Vec<(i64, Version)>, Error> {
    let state = tables.state(Table::RECORD, None)?;
    let mut versions = Vec::new();
    for file in &state.files {
        for batch in tables.rows(Table::RECORD, file)? {
            append(&batch, &mut versions)?;
        }
    }
    versions.sort_by_key(|(arrival, version): &(i64, Version)| (*arrival, !version.removed));
    Ok(versions)
}

fn append(batch: &RecordBatch, versions: &mut Vec<(i64, Version)>) -> Result<(), Error> {
    let column = |name: &str| {
        batch.column_by_name(name).ok_or_else(|| Error::Table {
            table: Table::RECORD.name.to_owned(),
            problem: format!("no column {name}"),
        })
    };
    let arrivals = column("arrival")?.as_primitive::<Int64Type>();
    let kinds = column("kind")?.as_string::<i32>();
    let keys = column("record_key")?.as_string::<i32>();
    let contents = column("version_key")?.as_string::<i32>();
    let persons = column("person_key")?.as_primitive::<Int64Type>();
    let updated = column("updated_ms")?.as_primitive::<Int64Type>();
    let removed = column("removed")?.as_boolean();
    for row in 0..batch.num_rows() {
        let kind = [
            RecordKind::Intervention,
            RecordKind::ObservationEnd,
            RecordKind::Listing,
        ]
        .into_iter()
        .find(|kind| kind.name() == kinds.value(row));
        let (Some(kind), Some(key), Some(content)) =
            (kind, half(keys.value(row)), half(contents.value(row)))
        else {
            return Err(Error::Table {
                table: Table::RECORD.name.to_owned(),
                problem: "a kind or key that this program does not know".to_owned(),
            });
        };
        let updated = updated.is_valid(row).then(|| updated.value(row));
        let version = Version {
            kind,
            key,
            content,
            person_key: persons.value(row),
            updated: updated
                .and_then(DateTime::from_timestamp_millis)
                .map(|time| time.naive_utc()),
            removed: removed.value(row),
        };
        versions.push((arrivals.value(row), version));
    }
    Ok(())
}

/// 16 bytes of their 32 hex digits.
fn half(hex: &str) -> Option<[u8; 16]> {
    let mut bytes = [0; 16];
    if hex.len() != 32 {
        return None;
    }
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(hex.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(bytes)
}
