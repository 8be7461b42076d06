//! Files whose rows are no certificates: interventions (åtgärder), ends of observation, listed patients.
//!
//! Told from the content: the heading of a CSV file, the columns of a Parquet file, the `resourceType` of FHIR JSON.
//! The forms are described in `docs/inputs.md`.

mod cell;
mod columns;
mod csv;
mod fhir;
mod kind;
mod parquet;
mod row;
mod rows;

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::decode::encoding;
use crate::document::Document;
use crate::reading::{Fault, Format, Outcome, Reading};

pub use kind::{EndKind, RecordKind, Status};
pub use row::{Detail, Record, Records};

/// The code system of KVÅ, klassifikation av vårdåtgärder. Source: Socialstyrelsen's OID register.
pub const KVA: &str = "1.2.752.116.1.3.2.1.4";

/// Files of records above this size are refused: 256 MiB.
const MAX_BYTES: usize = 256 << 20;

/// Faults kept of one file; one more says how many there were.
const MAX_FAULTS: usize = 10_000;

/// What reading the rows of a file came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordFile {
    /// The form of the file.
    pub format: Format,
    /// What its rows are; `None` when that cannot be told.
    pub kind: Option<RecordKind>,
    /// The rows that can be used; `None` when the file as a whole is out.
    pub records: Option<Records>,
    /// What was wrong, by row and column.
    pub faults: Vec<Fault>,
}

impl RecordFile {
    fn new(format: Format, kind: Option<RecordKind>) -> Self {
        Self {
            format,
            kind,
            records: None,
            faults: Vec::new(),
        }
    }

    /// A file that is out as a whole.
    fn out(mut self, rule: &str, location: &str, message: &str) -> Self {
        let kind = self.kind.map_or("record", RecordKind::name);
        let rule = format!("{kind}/{rule}");
        self.faults.push(Fault::error(rule, location, message));
        self
    }
}

/// Reads CSV; `None` if its heading is not one of records.
#[must_use]
pub fn records_of_csv(bytes: &[u8]) -> Option<RecordFile> {
    csv::read(bytes)
}

/// Reads Parquet; `None` if it is another kind of file, or its columns are not those of records.
#[must_use]
pub fn records_of_parquet(bytes: &[u8]) -> Option<RecordFile> {
    parquet::is_parquet(bytes)
        .then(|| parquet::read(bytes))
        .flatten()
}

/// Reads FHIR R4 `Procedure` resources in JSON: one, a `Bundle`, or one a line; `None` if there is none.
#[must_use]
pub fn records_of_fhir(bytes: &[u8]) -> Option<RecordFile> {
    fhir::read(&encoding::text(bytes)?)
}

/// Reads a file of records; `None` if the document is something else.
#[must_use]
pub(crate) fn read(document: &Document) -> Option<Reading> {
    let bytes = document.bytes.as_slice();
    let mut file = match first_sign(bytes)? {
        b'P' if parquet::is_parquet(bytes) => records_of_parquet(bytes),
        b'{' if fhir::may_be_fhir(bytes) => records_of_fhir(bytes),
        b'{' | b'[' | b'<' => None,
        _ if csv::may_be_records(bytes) => records_of_csv(bytes),
        _ => None,
    }?;
    if bytes.len() > MAX_BYTES {
        file.records = None;
        file = file.out("size", "", "expected at most 256 MiB: split the file");
    }
    let outcome = match file.records {
        Some(records) => Outcome::Records(Box::new(records)),
        None => Outcome::Rejected,
    };
    Some(Reading {
        key: document.key(),
        format: file.format,
        certificate_type: file.kind.map(|kind| kind.name().to_owned()),
        certificate_id: None,
        unit_id: None,
        written_date: None,
        software: document.software.clone(),
        outcome,
        faults: file.faults,
    })
}

/// Whether a file holds records, by its first kilobytes or its columns.
pub(crate) fn file_holds_records(path: &Path) -> bool {
    let Ok(mut file) = File::open(path) else {
        return false;
    };
    let mut head = Vec::new();
    if file.by_ref().take(8 << 10).read_to_end(&mut head).is_err() {
        return false;
    }
    if head.starts_with(b"PAR1") {
        parquet::file_holds_records(file)
    } else {
        looks_like_records(&head)
    }
}

/// Whether the first kilobytes of a text file show that it holds records.
#[must_use]
pub fn looks_like_records(head: &[u8]) -> bool {
    match first_sign(head) {
        Some(b'{') => fhir::may_be_fhir(head),
        Some(b'[' | b'<') | None => false,
        Some(_) => csv::may_be_records(head),
    }
}

/// The first byte that is no white space, after a byte order mark.
fn first_sign(bytes: &[u8]) -> Option<u8> {
    let rest = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    rest.iter().copied().find(|b| !b.is_ascii_whitespace())
}
