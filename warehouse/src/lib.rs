//! Batches to tables to sick cases to statistics and feature batches.
#![deny(missing_docs)]

mod answer;
mod arrange;
mod capacity;
mod cases;
mod certificates;
mod cube;
mod diagnosis;
mod doctor;
pub mod erase;
mod error;
pub mod export;
pub mod extracts;
mod fact;
pub mod features;
mod filter;
mod intake;
mod ledger;
mod link;
mod load;
mod notice;
mod observation;
pub mod operator;
pub mod overview;
mod palette;
mod parity;
mod parquet_file;
mod policy;
mod population;
mod quality;
mod question;
mod records;
mod region_list;
pub mod rekey;
pub mod reports;
pub mod rewrite;
mod seal;
mod selection;
pub mod sick_case;
mod snapshot;
pub mod tables;
mod traces;
mod unit_directory;
pub mod vacuum;
mod warehouse;

pub use capacity::{Capacity, Permit};
pub use cases::{
    CaseBuilder, CaseInPeriod, CaseRules, CaseScope, Days, SickCase, SickCases, ValidCaseRules,
    cases_by_period, for_each_case,
};
pub use certificates::{CertificateFact, CertificateReader, Certificates, MessageFact};
pub use cube::{Category, Cell, Cube, Dimension, Label, PublishedTable, Role};
pub use diagnosis::Diagnosis;
pub use doctor::{DoctorProfile, Doctors};
pub use error::Error;
pub use fact::{Fact, Facts, Interner, Names, Revoked, facts_from_batches};
pub use filter::{DateChoice, Filter, TypeChoice, choose_dates};
pub use intake::{Intake, Prepared, rows_of};
pub use ledger::Ledger;
pub use link::Bundle;
pub use notice::Notice;
pub use observation::ObservationEnds;
pub use overview::{Overview, OverviewPart, OverviewRow};
pub use parity::Parity;
pub use policy::Policy;
pub use population::Population;
pub use quality::{QualityRow, QualityScope, quality};
pub use question::{Level, Month, Question, Scope, UnitDepth, View};
pub use region_list::{RegionList, RegionListFault, RegionListRow};
pub use seal::{finish_sealing, seal, seal_with};
pub use selection::Selection;
pub use snapshot::Snapshot;
pub use tables::{Layout, Table, Tables};
pub use traces::{Traces, all_persons};
pub use unit_directory::{UnitDirectory, UnitEntry};
pub use warehouse::Warehouse;
