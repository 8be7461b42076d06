//! The feature batch of a snapshot, and where models are kept.

use std::path::Path;

use arrow::record_batch::RecordBatch;
use frisk_codes::Reference;
use frisk_model::{Artefact, registry::Registry};
use frisk_warehouse::{
    Snapshot, Tables,
    features::{self, Asked},
};

use crate::{clock, config::Config, output::Failure};

/// Day of a case on which the model predicts. Source: SRS predicts for cases of more than 14 days.
pub(crate) const AS_OF_DAY: i32 = 15;

/// Every case that reached day 15, as it was known on that day.
pub(crate) fn batch(config: &Config) -> Result<(Snapshot, RecordBatch), Failure> {
    let tables = Tables::open(&config.warehouse)?;
    let snapshot = Snapshot::newest(&tables)?;
    let icd10 = Reference::open(&config.reference)?.icd10().into_owned();
    let asked = Asked::EveryCase { day: AS_OF_DAY };
    let batch = features::features(&tables, &snapshot, &icd10, asked)?;
    Ok((snapshot, batch))
}

/// Stores a model and puts it to use.
pub(crate) fn store(models: &Path, artefact: &Artefact) -> Result<String, Failure> {
    Ok(Registry::new(models).store(artefact, clock::now().and_utc())?)
}

/// The model in use; `None` when there is none.
pub(crate) fn in_use(models: &Path) -> Result<Option<Artefact>, Failure> {
    Ok(Registry::new(models).in_use()?)
}
