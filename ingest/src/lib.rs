//! Bytes to checked certificates to Arrow batches and rejects.
#![deny(missing_docs)]

mod certificate;
pub mod schema;

pub use certificate::{
    Certificate, Diagnosis, Event, Patient, Prognosis, Relation, SickPeriod, Signer,
};
