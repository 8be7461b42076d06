//! Records to rows: placed, keyed, each version once.

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use frisk_codes::CodeList;
use sha2::{Digest, Sha256};

use super::checks::Placed;
use super::seen_records::{Arrival, Version, by_id, by_person};
use super::{Origin, Rules, mask};
use crate::document::DocumentKey;
use crate::reading::Fault;
use crate::record::{Detail, Record, RecordKind};
use crate::register::normalize_hsa_id;

/// Rows of the tables of records.
#[derive(Debug, Default)]
pub(super) struct RecordRows {
    pub(super) interventions: Vec<RecordRow>,
    pub(super) ends: Vec<RecordRow>,
    pub(super) listings: Vec<RecordRow>,
    pub(super) ledger: Vec<LedgerRow>,
}

/// One record that stands.
#[derive(Debug)]
pub(super) struct RecordRow {
    pub(super) arrival: i64,
    pub(super) key: [u8; 16],
    pub(super) record_id: Option<String>,
    pub(super) person_key: i64,
    pub(super) detail: Detail,
    pub(super) placed: Placed,
    pub(super) known: NaiveDate,
    pub(super) came: Came,
}

/// Where a row came from and when.
#[derive(Debug, Clone)]
pub(super) struct Came {
    pub(super) document: DocumentKey,
    pub(super) source: String,
    pub(super) row: u32,
    pub(super) received: NaiveDate,
}

/// A version of a record that came: what the next run must know to take each version once.
#[derive(Debug)]
pub(super) struct LedgerRow {
    pub(super) arrival: i64,
    pub(super) kind: RecordKind,
    pub(super) key: [u8; 16],
    pub(super) version: [u8; 16],
    pub(super) person_key: i64,
    pub(super) updated: Option<NaiveDateTime>,
    pub(super) removed: bool,
    pub(super) came: Came,
}

impl RecordRows {
    /// Takes a record that is new.
    pub(super) fn add(&mut self, record: Record, placed: Placed, new: &Arrival, came: Came) {
        let kind = new.version.kind;
        self.ledger.push(LedgerRow {
            arrival: new.number,
            kind,
            key: new.version.key,
            version: new.version.content,
            person_key: new.version.person_key,
            updated: record.updated,
            removed: record.removed,
            came: came.clone(),
        });
        if let Some(person_key) = new.moved_from {
            // The record was another person's: it no longer stands there.
            self.ledger.push(LedgerRow {
                arrival: new.number,
                kind,
                key: new.version.key,
                version: new.version.content,
                person_key,
                updated: record.updated,
                removed: true,
                came: came.clone(),
            });
        }
        let Some(detail) = record.detail.filter(|_| !record.removed) else {
            return;
        };
        let row = RecordRow {
            arrival: new.number,
            key: new.version.key,
            record_id: record.record_id.as_deref().map(mask),
            person_key: new.version.person_key,
            known: record.known.unwrap_or_else(|| detail.date()),
            detail,
            placed,
            came,
        };
        match kind {
            RecordKind::Intervention => self.interventions.push(row),
            RecordKind::ObservationEnd => self.ends.push(row),
            RecordKind::Listing => self.listings.push(row),
        }
    }
}

impl Came {
    pub(super) fn of(origin: &Origin<'_>, row: u32, received: NaiveDate) -> Self {
        Self {
            document: origin.key,
            source: mask(origin.source),
            row,
            received,
        }
    }
}

/// The version of a record: which record, and what it says. Whose it is stands beside it and is in neither hash, so
/// that both outlast a change of person keys; an id that could be a personal number is hashed under the secret.
pub(super) fn version(record: &Record, kind: RecordKind, rules: &Rules<'_>) -> Version {
    let unit = normalize_hsa_id(&record.unit_id);
    let provider = normalize_hsa_id(&record.care_provider_id);
    let key = match (&record.record_id, &record.detail) {
        (Some(id), _) if mask(id) != *id => by_id(half(&rules.secret.mac(id))),
        (Some(id), _) => by_id(hash(&[kind.name(), &provider, id])),
        (None, Some(detail)) => by_person(hash(&[kind.name(), &what(detail, &unit)])),
        (None, None) => by_person(hash(&[kind.name()])),
    };
    let said = format!(
        "{:?}|{:?}|{:?}|{:?}",
        record.detail, record.region, record.updated, record.known
    );
    let removed = if record.removed { "removed" } else { "" };
    Version {
        kind,
        key,
        content: hash(&[&unit, &provider, &said, removed]),
        person_key: rules.secret.person_key(&record.number).0,
        updated: record.updated,
        removed: record.removed,
    }
}

/// By what a record without an id is known, beside its person.
fn what(detail: &Detail, unit: &str) -> String {
    match detail {
        Detail::Intervention { code, start, .. } => format!("{code}|{start}|{unit}"),
        Detail::ObservationEnd { kind, .. } => kind.name().to_owned(),
        Detail::Listing { from, .. } => format!("{from}|{unit}"),
    }
}

/// 128 bits of SHA-256 over parts.
fn hash(parts: &[&str]) -> [u8; 16] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    half(&hash.finalize().into())
}

fn half(hash: &[u8; 32]) -> [u8; 16] {
    std::array::from_fn(|i| hash.get(i).copied().unwrap_or_default())
}

/// What keeps a record out that can be read.
pub(super) fn fault(record: &Record, kind: RecordKind, today: NaiveDate) -> Option<Fault> {
    let date = record.detail.as_ref().map(Detail::date)?;
    let column = match kind {
        RecordKind::Listing => "from_date",
        RecordKind::Intervention | RecordKind::ObservationEnd => "start_date",
    };
    let message = if date > today {
        "expected a day that is not after the day of processing"
    } else if date.year() < 1990 {
        "expected a day from 1990-01-01"
    } else {
        return None;
    };
    Some(Fault::error(
        format!("{}/{column}", kind.name()),
        format!("row {}", record.row),
        message,
    ))
}

/// Unit, care provider and region of a record: by the unit register, else as the row has them.
pub(super) fn place(
    record: &Record,
    kind: RecordKind,
    rules: &Rules<'_>,
) -> (Placed, Option<Fault>) {
    let unit_id = normalize_hsa_id(&record.unit_id);
    if let Some(unit) = rules.register.get(&unit_id) {
        let placed = Placed {
            known: true,
            unit_id: unit.unit_id.clone(),
            care_unit_id: unit.care_unit_id.clone(),
            care_provider_id: unit.care_provider_id.clone(),
            region: unit.region.clone(),
            municipality: unit.municipality.clone(),
        };
        return (placed, None);
    }
    let known = unit_id.is_empty() || rules.register.is_empty();
    let warning = (!known).then(|| {
        Fault::warning(
            format!("{}/unit.unknown", kind.name()),
            format!("row {}", record.row),
            "the unit is not in the unit register",
        )
    });
    let placed = Placed {
        known: false,
        care_unit_id: mask::mask_id(&unit_id),
        unit_id: mask::mask_id(&unit_id),
        care_provider_id: mask::mask_id(&normalize_hsa_id(&record.care_provider_id)),
        region: record.region.clone().unwrap_or_else(|| "00".to_owned()),
        municipality: "0000".to_owned(),
    };
    (placed, warning)
}

/// A code that is not in the imported KVÅ.
pub(super) fn unknown_code(record: &Record, list: Option<&CodeList>) -> Option<Fault> {
    let Some(Detail::Intervention {
        code, code_system, ..
    }) = &record.detail
    else {
        return None;
    };
    let unknown = code_system == "KVÅ" && list?.name(code).is_none();
    unknown.then(|| {
        Fault::warning(
            "intervention/code.unknown",
            format!("row {}", record.row),
            format!("KVÅ code {code} is not in the imported list"),
        )
    })
}
