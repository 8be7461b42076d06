#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

mod batch;
mod certificate;
mod decode;
mod diagnosis;
mod document;
mod error;
mod event;
mod identity;
mod message;
mod reading;
mod record;
mod register;
pub mod schema;
mod source;
mod validate;

pub use batch::{
    Batch, BatchBuilder, Counts, RowCounts, Rules, Seen, SeenRecords, Version, event_identity, mask,
};
pub use certificate::{
    Certificate, Diagnosis, Event, Patient, Prognosis, Reduction, Relation, SickPeriod, Signer,
};
pub use decode::{MAX_DOCUMENT_BYTES, read, read_line};
pub use diagnosis::diagnosis_code;
pub use document::{Document, DocumentKey};
pub use error::Error;
pub use event::{CertificateEvent, EventKind, EventMessage};
pub use identity::{
    ErasureList, LogKey, NumberFault, PersonKey, PersonalNumber, ReserveNumber, SealedIdentity,
    Secret,
};
pub use message::{Complement, Message};
pub use reading::{Fault, Format, Outcome, Reading, Revocation, Severity, Verdict};
pub use record::{
    Detail, EndKind, KVA, Record, RecordFile, RecordKind, Records, Status, looks_like_records,
    records_of_csv, records_of_fhir, records_of_parquet,
};
pub use register::{Unit, UnitRegister, UnitRow, UnknownUnit, normalize_hsa_id};
pub use source::{Found, documents_in};
