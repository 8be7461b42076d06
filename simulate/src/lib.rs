#![doc = include_str!("../README.md")]
#![deny(missing_docs)]

mod ahead;
mod care;
pub mod check;
mod columnar;
mod covariates;
mod curve;
mod diagnosis;
mod documents;
mod error;
mod fault;
mod hazards;
mod history;
mod knowable;
mod lots;
mod number;
mod observation;
mod person;
mod plan;
mod population;
mod region;
mod rng;
mod truth;
mod world;
mod write;
mod xml;

pub use care::{Doctor, Provider, Unit};
pub use columnar::{Columnar, Part, WrittenRows, columnar, write_columnar};
pub use curve::Curve;
pub use error::Error;
pub use fault::Fault;
pub use hazards::{FileHazards, Hazards};
pub use number::check_digit;
pub use plan::{FOLLOW_UP_DAYS, InterventionPlan, Plan};
pub use region::{Area, REGIONS, Region};
pub use truth::{TruthRow, read_truth};
pub use world::World;
pub use write::{Written, write};
