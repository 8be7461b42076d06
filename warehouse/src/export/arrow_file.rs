use arrow::ipc::writer::FileWriter;
use frisk_codes::Language;

use super::record_batch;
use crate::{Error, PublishedTable};

/// Arrow IPC file (Feather V2), one row a cell; what stands beside the figures is in the schema's metadata.
pub(super) fn write(table: &PublishedTable, language: Language) -> Result<Vec<u8>, Error> {
    let batch = record_batch(table, language)?;
    let mut writer = FileWriter::try_new(Vec::new(), &batch.schema())?;
    writer.write(&batch)?;
    writer.finish()?;
    Ok(writer.into_inner()?)
}
