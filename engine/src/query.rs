use std::sync::Arc;

use arrow::{datatypes::SchemaRef, record_batch::RecordBatch};
use datafusion::{
    datasource::{
        file_format::parquet::ParquetFormat,
        listing::{ListingOptions, ListingTable, ListingTableConfig, ListingTableUrl},
    },
    execution::context::SQLOptions,
    prelude::{SessionConfig, SessionContext},
};
use futures::{FutureExt, future::BoxFuture};

use crate::Error;

/// Something that a query can name: Parquet files of one shape, or rows that are in memory already.
#[derive(Debug, Clone)]
pub enum Relation {
    /// Parquet files by URL; without partition columns.
    Files {
        /// Schema of the files.
        schema: SchemaRef,
        /// Their URLs.
        urls: Vec<String>,
    },
    /// Rows in memory.
    Rows(RecordBatch),
}

/// Runs one read-only query over named relations; returns the schema and the rows.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that runs SQL, and only SQL that reads"
)]
pub fn query(
    sql: String,
    relations: Vec<(String, Relation)>,
) -> BoxFuture<'static, Result<(SchemaRef, Vec<RecordBatch>), Error>> {
    async move {
        let config = SessionConfig::new().with_information_schema(true);
        let context = SessionContext::new_with_config(config);
        for (name, relation) in relations {
            register(&context, &name, relation)?;
        }
        let options = SQLOptions::new()
            .with_allow_ddl(false)
            .with_allow_dml(false)
            .with_allow_statements(false);
        let frame = context
            .sql_with_options(&sql, options)
            .await
            .map_err(Error::from)?;
        let schema = Arc::clone(frame.schema().inner());
        let rows = frame.collect().await?;
        Ok((schema, rows))
    }
    .boxed()
}

fn register(context: &SessionContext, name: &str, relation: Relation) -> Result<(), Error> {
    match relation {
        Relation::Rows(batch) => {
            context.register_batch(name, batch)?;
        }
        Relation::Files { schema, urls } if urls.is_empty() => {
            context.register_batch(name, RecordBatch::new_empty(schema))?;
        }
        Relation::Files { schema, urls } => {
            let urls: Result<Vec<_>, _> = urls.iter().map(ListingTableUrl::parse).collect();
            let options = ListingOptions::new(Arc::new(ParquetFormat::default()));
            let config = ListingTableConfig::new_with_multi_paths(urls?)
                .with_listing_options(options)
                .with_schema(schema);
            context.register_table(name, Arc::new(ListingTable::try_new(config)?))?;
        }
    }
    Ok(())
}
