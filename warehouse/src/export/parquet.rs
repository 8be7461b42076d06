use frisk_codes::Language;
use parquet::{
    arrow::ArrowWriter,
    basic::{Compression, ZstdLevel},
    file::properties::WriterProperties,
};

use super::record_batch;
use crate::{Error, PublishedTable};

/// Parquet, one row a cell; what stands beside the figures is in the schema's metadata.
pub(super) fn write(table: &PublishedTable, language: Language) -> Result<Vec<u8>, Error> {
    let batch = record_batch(table, language)?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .build();
    let mut out = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut out, batch.schema(), Some(properties))?;
    writer.write(&batch)?;
    writer.close()?;
    Ok(out)
}
