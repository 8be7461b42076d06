//! One file a subcommand.

pub(crate) mod audit;
pub(crate) mod bench;
pub(crate) mod config;
pub(crate) mod conformance;
pub(crate) mod doctor;
pub(crate) mod erase;
pub(crate) mod evaluate;
pub(crate) mod extract;
pub(crate) mod ingest;
pub(crate) mod model;
pub(crate) mod quality;
pub(crate) mod query;
pub(crate) mod reference;
pub(crate) mod refresh;
pub(crate) mod report;
pub(crate) mod risk;
pub(crate) mod serve;
pub(crate) mod simulate;
pub(crate) mod snapshots;
pub(crate) mod survival;
pub(crate) mod train;
pub(crate) mod vacuum;
pub(crate) mod validate;
pub(crate) mod vault;
