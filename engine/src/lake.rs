use std::{collections::HashMap, path::PathBuf, sync::Arc};

use arrow::datatypes::SchemaRef;
use deltalake::{
    DeltaTable, DeltaTableBuilder, DeltaTableError,
    kernel::{
        Action, Add, Remove, StructField, Transaction,
        engine::arrow_conversion::TryIntoKernel,
        transaction::{CommitBuilder, CommitProperties},
    },
    protocol::{DeltaOperation, SaveMode},
};
use futures::{FutureExt, TryStreamExt, future::BoxFuture};
use object_store::{ObjectStore, ObjectStoreExt, PutPayload, path::Path};
use url::Url;

use crate::{Change, DataFile, Error, TableState};

/// A folder of Delta tables on an object store.
#[derive(Debug, Clone)]
pub struct Lake {
    root: Url,
    store: Arc<dyn ObjectStore>,
    local: Option<PathBuf>,
}

impl Lake {
    /// Opens the folder; it is made when it is local and absent.
    ///
    /// # Errors
    /// [`Error::Location`] when the location is neither a folder nor a URL of a known store.
    pub fn open(location: &str) -> Result<Self, Error> {
        let wrong = |problem: String| Error::Location {
            location: location.to_owned(),
            problem,
        };
        let root = if location.contains("://") {
            let mut url = Url::parse(location).map_err(|e| wrong(e.to_string()))?;
            if !url.path().ends_with('/') {
                url.set_path(&format!("{}/", url.path()));
            }
            url
        } else {
            std::fs::create_dir_all(location).map_err(|e| wrong(e.to_string()))?;
            let folder = std::fs::canonicalize(location).map_err(|e| wrong(e.to_string()))?;
            Url::from_directory_path(&folder).map_err(|()| wrong("not an absolute path".into()))?
        };
        let local = root.to_file_path().ok();
        if let Some(folder) = &local {
            std::fs::create_dir_all(folder).map_err(|e| wrong(e.to_string()))?;
        }
        let (store, prefix) = object_store::parse_url(&root).map_err(|e| wrong(e.to_string()))?;
        let store: Arc<dyn ObjectStore> =
            Arc::new(object_store::prefix::PrefixStore::new(store, prefix));
        Ok(Self { root, store, local })
    }

    /// The local folder, when the warehouse is one.
    #[must_use]
    pub fn local(&self) -> Option<&std::path::Path> {
        self.local.as_deref()
    }

    /// The URL of an object.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.root)
    }

    /// Writes an object whole or not at all.
    pub fn put(&self, path: &str, bytes: Vec<u8>) -> BoxFuture<'static, Result<(), Error>> {
        let (store, path) = (Arc::clone(&self.store), path.to_owned());
        async move {
            store
                .put(&Path::from(path.as_str()), PutPayload::from(bytes))
                .await
                .map(drop)
                .map_err(|source| Error::Store { path, source })
        }
        .boxed()
    }

    /// Reads an object; `None` when it does not exist.
    pub fn get(&self, path: &str) -> BoxFuture<'static, Result<Option<Vec<u8>>, Error>> {
        let (store, path) = (Arc::clone(&self.store), path.to_owned());
        async move {
            let got = match store.get(&Path::from(path.as_str())).await {
                Ok(got) => got,
                Err(object_store::Error::NotFound { .. }) => return Ok(None),
                Err(source) => return Err(Error::Store { path, source }),
            };
            let bytes = got.bytes().await;
            bytes
                .map(|b| Some(b.to_vec()))
                .map_err(|source| Error::Store { path, source })
        }
        .boxed()
    }

    /// Removes an object; that it does not exist is no error.
    pub fn delete(&self, path: &str) -> BoxFuture<'static, Result<(), Error>> {
        let (store, path) = (Arc::clone(&self.store), path.to_owned());
        async move {
            match store.delete(&Path::from(path.as_str())).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
                Err(source) => Err(Error::Store { path, source }),
            }
        }
        .boxed()
    }

    /// Paths of the objects below a folder, sorted.
    pub fn list(&self, folder: &str) -> BoxFuture<'static, Result<Vec<String>, Error>> {
        let (store, path) = (Arc::clone(&self.store), folder.to_owned());
        async move {
            let found: Vec<_> = store
                .list(Some(&Path::from(path.as_str())))
                .map_ok(|meta| meta.location.to_string())
                .try_collect()
                .await
                .map_err(|source| Error::Store { path, source })?;
            let mut found = found;
            found.sort();
            Ok(found)
        }
        .boxed()
    }

    pub(crate) fn store(&self) -> Arc<dyn ObjectStore> {
        Arc::clone(&self.store)
    }

    pub(crate) fn table_url(&self, table: &str) -> Result<Url, Error> {
        self.root
            .join(&format!("{table}/"))
            .map_err(|e| Error::Location {
                location: format!("{}{table}", self.root),
                problem: e.to_string(),
            })
    }

    /// Makes a table unless it exists.
    pub fn create(
        &self,
        table: &str,
        schema: SchemaRef,
        partition_by: &[&str],
    ) -> BoxFuture<'static, Result<(), Error>> {
        let (url, table) = (self.table_url(table), table.to_owned());
        let partition_by: Vec<String> = partition_by.iter().map(|&c| c.to_owned()).collect();
        async move {
            let columns: Result<Vec<StructField>, _> = schema
                .fields()
                .iter()
                .map(|field| field.as_ref().try_into_kernel())
                .collect();
            let columns = columns.map_err(|e| Error::delta(&table, DeltaTableError::from(e)))?;
            let delta = DeltaTableBuilder::from_url(url?)
                .and_then(DeltaTableBuilder::build)
                .map_err(|e| Error::delta(&table, e))?;
            delta
                .create()
                .with_save_mode(SaveMode::Ignore)
                .with_columns(columns)
                .with_partition_columns(partition_by)
                .await
                .map(drop)
                .map_err(|e| Error::delta(&table, e))
        }
        .boxed()
    }

    /// Adds the columns of a schema that a table lacks; each must allow null, which is what earlier rows have there.
    pub fn widen(&self, table: &str, schema: SchemaRef) -> BoxFuture<'static, Result<(), Error>> {
        let (url, table) = (self.table_url(table), table.to_owned());
        async move {
            widen(url?, &schema)
                .await
                .map_err(|e| Error::delta(&table, e))
        }
        .boxed()
    }

    /// The state of a table at a version, newest by default; `None` when there is no such table.
    pub fn state(
        &self,
        table: &str,
        version: Option<i64>,
    ) -> BoxFuture<'static, Result<Option<TableState>, Error>> {
        let (url, table) = (self.table_url(table), table.to_owned());
        async move {
            let Some(delta) = load(url?, version)
                .await
                .map_err(|e| Error::delta(&table, e))?
            else {
                return Ok(None);
            };
            state_of(&delta)
                .map(Some)
                .map_err(|e| Error::delta(&table, e))
        }
        .boxed()
    }

    /// The newest number of an application's transactions that a table has seen.
    pub fn transaction(
        &self,
        table: &str,
        app: &str,
    ) -> BoxFuture<'static, Result<Option<i64>, Error>> {
        let (url, table, app) = (self.table_url(table), table.to_owned(), app.to_owned());
        async move {
            let Some(delta) = load(url?, None)
                .await
                .map_err(|e| Error::delta(&table, e))?
            else {
                return Ok(None);
            };
            let log_store = delta.log_store();
            match delta.snapshot() {
                Ok(state) => state.transaction_version(log_store.as_ref(), app).await,
                Err(e) => Err(e),
            }
            .map_err(|e| Error::delta(&table, e))
        }
        .boxed()
    }

    /// Commits a change and says which version then holds it. A change whose transaction number the table has already
    /// seen is not applied again, so that it can be repeated after a crash.
    pub fn commit(
        &self,
        table: &str,
        change: Change,
        now_ms: i64,
    ) -> BoxFuture<'static, Result<i64, Error>> {
        let (url, table) = (self.table_url(table), table.to_owned());
        async move {
            commit(url?, &change, now_ms)
                .await
                .map_err(|e| Error::delta(&table, e))
        }
        .boxed()
    }
}

async fn widen(url: Url, schema: &SchemaRef) -> Result<(), DeltaTableError> {
    let Some(table) = load(url, None).await? else {
        return Ok(());
    };
    let present = table.snapshot()?.snapshot().arrow_schema();
    let missing: Result<Vec<StructField>, _> = schema
        .fields()
        .iter()
        .filter(|field| present.field_with_name(field.name()).is_err())
        .map(|field| field.as_ref().try_into_kernel())
        .collect();
    let missing = missing?;
    if !missing.is_empty() {
        table.add_columns().with_fields(missing).await?;
    }
    Ok(())
}

async fn load(url: Url, version: Option<i64>) -> Result<Option<DeltaTable>, DeltaTableError> {
    let builder = DeltaTableBuilder::from_url(url)?;
    let mut table = builder.build()?;
    if !table.verify_deltatable_existence().await? {
        return Ok(None);
    }
    match version.and_then(|v| u64::try_from(v).ok()) {
        Some(version) => table.load_version(version).await?,
        None => table.load().await?,
    }
    Ok(Some(table))
}

fn state_of(table: &DeltaTable) -> Result<TableState, DeltaTableError> {
    let snapshot = table.snapshot()?.snapshot();
    let mut files: Vec<DataFile> = snapshot
        .try_log_data()?
        .into_iter()
        .map(|file| DataFile {
            path: file.path().into_owned(),
            size: file.size(),
            rows: file
                .num_records()
                .and_then(|n| i64::try_from(n).ok())
                .unwrap_or(0),
            partition: file
                .partition_values_map()
                .into_iter()
                .filter_map(|(column, value)| value.map(|v| (column, v)))
                .collect(),
        })
        .collect();
    files.sort();
    Ok(TableState {
        version: i64::try_from(snapshot.version()).unwrap_or(i64::MAX),
        schema: snapshot.arrow_schema(),
        files,
    })
}

async fn commit(url: Url, change: &Change, now_ms: i64) -> Result<i64, DeltaTableError> {
    let mut table = DeltaTableBuilder::from_url(url)?.build()?;
    table.load().await?;
    let log_store = table.log_store();
    let mut properties = CommitProperties::default();
    if let Some((app, number)) = &change.transaction {
        let seen = table
            .snapshot()?
            .transaction_version(log_store.as_ref(), app)
            .await?;
        if seen.is_some_and(|seen| seen >= *number) {
            return Ok(table
                .version()
                .and_then(|v| i64::try_from(v).ok())
                .unwrap_or(0));
        }
        properties = properties.with_application_transaction(Transaction::new(app, *number));
    }
    for (name, number) in &change.notes {
        properties = properties.with_application_transaction(Transaction::new(name, *number));
    }
    let added = change
        .add
        .iter()
        .map(|file| Action::Add(add(file, change, now_ms)));
    let removed = change
        .remove
        .iter()
        .map(|file| Action::Remove(remove(file, change, now_ms)));
    let operation = DeltaOperation::Write {
        mode: SaveMode::Append,
        partition_by: None,
        predicate: None,
    };
    let done = CommitBuilder::from(properties)
        .with_actions(removed.chain(added).collect())
        .build(Some(table.snapshot()?), log_store, operation)
        .await?;
    Ok(i64::try_from(done.version()).unwrap_or(i64::MAX))
}

fn partition_values(file: &DataFile) -> HashMap<String, Option<String>> {
    file.partition
        .iter()
        .map(|(column, value)| (column.clone(), Some(value.clone())))
        .collect()
}

fn add(file: &DataFile, change: &Change, now_ms: i64) -> Add {
    Add {
        path: file.path.clone(),
        partition_values: partition_values(file),
        size: file.size,
        modification_time: now_ms,
        data_change: !change.rearranged,
        stats: Some(format!("{{\"numRecords\":{}}}", file.rows)),
        ..Add::default()
    }
}

fn remove(file: &DataFile, change: &Change, now_ms: i64) -> Remove {
    Remove {
        path: file.path.clone(),
        data_change: !change.rearranged,
        deletion_timestamp: Some(now_ms),
        extended_file_metadata: Some(true),
        partition_values: Some(partition_values(file)),
        size: Some(file.size),
        ..Remove::default()
    }
}
