//! Rows of records to Arrow, column by column in the order of [`crate::schema`].

use std::sync::Arc;

use arrow::array::{ArrayRef, Int64Array};
use arrow::record_batch::RecordBatch;

use super::record_rows::{Came, LedgerRow, RecordRow};
use super::rows::{Columns, batch};
use crate::record::Detail;
use crate::{Error, schema};

/// Bytes as hex digits.
fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The columns of provenance.
fn came<'r, R>(c: &Columns<'r, R>, of: impl Fn(&'r R) -> &'r Came) -> [ArrayRef; 4] {
    [
        c.text(|r| of(r).document.hex()),
        c.maybe_text(|r| Some(&of(r).source)),
        c.maybe_int32(|r| i32::try_from(of(r).row).ok()),
        c.maybe_date(|r| Some(of(r).received)),
    ]
}

/// What an intervention says.
struct Intervention<'r> {
    code: &'r str,
    code_system: &'r str,
    end: Option<chrono::NaiveDate>,
    status: &'static str,
    given_by: Option<&'r str>,
}

fn intervention(row: &RecordRow) -> Option<Intervention<'_>> {
    let Detail::Intervention {
        code,
        code_system,
        end,
        status,
        given_by,
        ..
    } = &row.detail
    else {
        return None;
    };
    Some(Intervention {
        code,
        code_system,
        end: *end,
        status: status.name(),
        given_by: given_by.as_deref(),
    })
}

pub(super) fn interventions(rows: &[RecordRow]) -> Result<RecordBatch, Error> {
    let pairs: Vec<(&RecordRow, Intervention<'_>)> = rows
        .iter()
        .filter_map(|row| Some((row, intervention(row)?)))
        .collect();
    let c = Columns { rows: &pairs };
    let mut columns = vec![
        c.int64(|(r, _)| r.arrival),
        c.maybe_text(|(r, _)| Some(hex(&r.key))),
        c.maybe_text(|(r, _)| r.record_id.as_ref()),
        c.int64(|(r, _)| r.person_key),
        c.text(|(_, i)| i.code),
        c.text(|(_, i)| i.code_system),
        c.date(|(r, _)| r.detail.date()),
        c.maybe_date(|(_, i)| i.end),
        c.text(|(_, i)| i.status),
        c.text(|(r, _)| &r.placed.care_provider_id),
        c.text(|(r, _)| &r.placed.care_unit_id),
        c.text(|(r, _)| &r.placed.unit_id),
        c.text(|(r, _)| &r.placed.region),
        c.maybe_text(|(_, i)| i.given_by),
        c.text(|_| "register"),
        c.date(|(r, _)| r.known),
    ];
    columns.extend(came(&c, |(r, _)| &r.came));
    batch("intervention", schema::intervention(), columns)
}

pub(super) fn observation_ends(rows: &[RecordRow]) -> Result<RecordBatch, Error> {
    let c = Columns { rows };
    let mut columns = vec![
        c.int64(|r| r.arrival),
        c.text(|r| hex(&r.key)),
        c.maybe_text(|r| r.record_id.as_ref()),
        c.int64(|r| r.person_key),
        c.text(|r| match &r.detail {
            Detail::ObservationEnd { kind, .. } => kind.name(),
            _ => "",
        }),
        c.date(|r| r.detail.date()),
        c.text(|r| &r.placed.region),
        c.date(|r| r.known),
    ];
    columns.extend(came(&c, |r| &r.came));
    batch("observation_end", schema::observation_end(), columns)
}

pub(super) fn listings(rows: &[RecordRow]) -> Result<RecordBatch, Error> {
    let c = Columns { rows };
    let mut columns = vec![
        c.int64(|r| r.arrival),
        c.text(|r| hex(&r.key)),
        c.maybe_text(|r| r.record_id.as_ref()),
        c.int64(|r| r.person_key),
        c.text(|r| &r.placed.care_provider_id),
        c.text(|r| &r.placed.care_unit_id),
        c.text(|r| &r.placed.unit_id),
        c.text(|r| &r.placed.region),
        c.date(|r| r.detail.date()),
        c.maybe_date(|r| match &r.detail {
            Detail::Listing { to, .. } => *to,
            _ => None,
        }),
        c.date(|r| r.known),
    ];
    columns.extend(came(&c, |r| &r.came));
    batch("listing", schema::listing(), columns)
}

pub(super) fn ledger(rows: &[LedgerRow]) -> Result<RecordBatch, Error> {
    let c = Columns { rows };
    let updated: Int64Array = rows
        .iter()
        .map(|r| r.updated.map(|time| time.and_utc().timestamp_millis()))
        .collect();
    let mut columns = vec![
        c.int64(|r| r.arrival),
        c.text(|r| r.kind.name()),
        c.text(|r| hex(&r.key)),
        c.text(|r| hex(&r.version)),
        c.int64(|r| r.person_key),
        Arc::new(updated),
        c.flag(|r| r.removed),
    ];
    columns.extend(came(&c, |r| &r.came));
    batch("record", schema::record(), columns)
}
