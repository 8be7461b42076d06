use std::{collections::HashMap, sync::Arc};

use arrow::{
    array::{Array, RecordBatch, UInt32Array},
    compute::{interleave, take_record_batch},
};

use super::{Places, Strays, column, id_key, texts, with};
use crate::Error;

/// What a message takes over from its certificate.
const FROM_CERTIFICATE: [&str; 10] = [
    "certificate_type",
    "signed_date",
    "care_provider_id",
    "care_unit_id",
    "unit_id",
    "region",
    "municipality",
    "doctor_id",
    "diagnosis",
    "revoked_date",
];

/// One message an id: SendMessageToCare before an event that tells of it, then the least document key.
pub(super) fn newest(rows: &RecordBatch) -> Result<RecordBatch, Error> {
    let (ids, sources) = (texts(rows, "message_id")?, texts(rows, "source")?);
    let keys = texts(rows, "document_key")?;
    let rank = |row: usize| (sources.value(row) != "message", keys.value(row));
    let mut best: HashMap<String, usize> = HashMap::with_capacity(rows.num_rows());
    for row in 0..rows.num_rows() {
        best.entry(id_key(ids.value(row)))
            .and_modify(|kept| {
                if rank(row) < rank(*kept) {
                    *kept = row;
                }
            })
            .or_insert(row);
    }
    if best.len() == rows.num_rows() {
        return Ok(rows.clone());
    }
    let mut kept: Vec<u32> = best
        .into_values()
        .filter_map(|row| u32::try_from(row).ok())
        .collect();
    kept.sort_unstable();
    Ok(take_record_batch(rows, &UInt32Array::from(kept))?)
}

/// The messages with what their certificates say, from here or from another bucket; else as they were.
pub(super) fn filled(
    rows: &RecordBatch,
    certificate: &RecordBatch,
    here: &Places,
    strays: &Strays,
) -> Result<RecordBatch, Error> {
    let empty = certificate.slice(0, 0);
    let far = strays.certificates.as_ref().unwrap_or(&empty);
    let there = Places::of(far)?;
    let ids = texts(rows, "certificate_id")?;
    let from: Vec<(usize, usize)> = (0..rows.num_rows())
        .map(|row| {
            let id = ids.value(row);
            let found = here.get(id).map(|at| (0, at));
            let found = found.or_else(|| there.get(id).map(|at| (1, at)));
            found.unwrap_or((2, row))
        })
        .collect();
    let mut filled = rows.clone();
    for name in FROM_CERTIFICATE {
        let sources: [&dyn Array; 3] = [
            column(certificate, name)?,
            column(far, name)?,
            column(rows, name)?,
        ];
        let column = interleave(&sources, &from)?;
        filled = with(&filled, name, Arc::clone(&column))?;
    }
    Ok(filled)
}
