//! How a data file is written: zstd, row groups cut where the person changes, page statistics on.

use arrow::{
    array::{AsArray, RecordBatch},
    datatypes::{DataType, Field, Int64Type, Schema},
};
use parquet::{
    arrow::{
        ArrowWriter, ProjectionMask,
        arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder},
    },
    basic::{Compression, ZstdLevel},
    file::{
        properties::{EnabledStatistics, WriterProperties},
        reader::ChunkReader,
    },
    schema::types::ColumnPath,
};
use sha2::{Digest, Sha256};
use std::sync::Arc;

use crate::Error;

/// Rows a row group aims at.
const ROW_GROUP: usize = 128 * 1024;

/// The bytes of a file that holds the rows, and the first 16 hex digits of their SHA-256.
pub(crate) fn encode(rows: &RecordBatch, table: &str) -> Result<(Vec<u8>, String), Error> {
    let mut properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(1)?))
        .set_statistics_enabled(EnabledStatistics::Page)
        .set_max_row_group_row_count(Some(4 * ROW_GROUP))
        .set_created_by(format!("frisk {table}"));
    for column in ["person_key", "arrival"] {
        properties = properties.set_column_dictionary_enabled(ColumnPath::from(column), false);
    }
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, rows.schema(), Some(properties.build()))?;
    let mut from = 0;
    while from < rows.num_rows() {
        let to = cut(rows, from);
        writer.write(&rows.slice(from, to - from))?;
        writer.flush()?;
        from = to;
    }
    writer.close()?;
    let hash = Sha256::digest(&bytes);
    let name = hash[..8].iter().map(|b| format!("{b:02x}")).collect();
    Ok((bytes, name))
}

/// Where the row group that starts at `from` ends: after about [`ROW_GROUP`] rows, where the person changes.
fn cut(rows: &RecordBatch, from: usize) -> usize {
    let mut to = (from + ROW_GROUP).min(rows.num_rows());
    if let Some(persons) = rows.column_by_name("person_key") {
        let persons = persons.as_primitive::<Int64Type>();
        while to < rows.num_rows() && persons.value(to) == persons.value(to - 1) {
            to += 1;
        }
    }
    to
}

/// All rows of a file; text columns come as dictionaries when columns are chosen.
pub(crate) fn decode<R: ChunkReader + 'static>(
    file: R,
    columns: Option<&[&str]>,
) -> Result<Vec<RecordBatch>, Error> {
    let metadata = ArrowReaderMetadata::load(&file, ArrowReaderOptions::new())?;
    let builder = match columns {
        None => ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata),
        Some(columns) => {
            let schema = with_dictionaries(metadata.schema());
            let options = ArrowReaderOptions::new().with_schema(Arc::new(schema));
            let metadata = ArrowReaderMetadata::try_new(Arc::clone(metadata.metadata()), options)?;
            let mask = ProjectionMask::columns(
                metadata.metadata().file_metadata().schema_descr(),
                columns.iter().copied(),
            );
            ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata).with_projection(mask)
        }
    };
    let batches: Result<Vec<_>, _> = builder.with_batch_size(ROW_GROUP).build()?.collect();
    Ok(batches?)
}

/// The same schema with text columns as dictionaries, so that texts are decoded once a row group.
fn with_dictionaries(schema: &Schema) -> Schema {
    let fields = schema.fields().iter().map(|field| {
        if field.data_type() == &DataType::Utf8 && field.name() != "certificate_id" {
            let text = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
            Arc::new(Field::new(field.name(), text, field.is_nullable()))
        } else {
            Arc::clone(field)
        }
    });
    Schema::new(fields.collect::<Vec<_>>())
}

/// Bytes as a file.
pub(crate) fn bytes(bytes: Vec<u8>) -> impl ChunkReader + 'static {
    ::bytes::Bytes::from(bytes)
}
