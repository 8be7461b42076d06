use deltalake::{DeltaTableBuilder, DeltaTableError, protocol::checkpoints};
use futures::{FutureExt, TryStreamExt, future::BoxFuture};
use object_store::{ObjectStore, path::Path};
use url::Url;

use crate::{Error, Lake};

impl Lake {
    /// Makes the versions of a table before `oldest` unreadable: a checkpoint at `oldest` takes the place of the log
    /// entries before it, which are removed. Returns how many entries were removed.
    ///
    /// Data files are not touched. It can be repeated.
    pub fn forget_history(
        &self,
        table: &str,
        oldest: i64,
    ) -> BoxFuture<'static, Result<usize, Error>> {
        let (lake, url, table) = (self.clone(), self.table_url(table), table.to_owned());
        async move {
            if oldest <= 0 {
                return Ok(0);
            }
            let log = lake.list(&format!("{table}/_delta_log")).await?;
            let there =
                |path: &String| path.contains(".checkpoint.") && version_of(path) == Some(oldest);
            if !log.iter().any(there) {
                checkpoint(url?, oldest)
                    .await
                    .map_err(|e| Error::delta(&table, e))?;
            }
            let mut removed = 0;
            for path in log {
                if version_of(&path).is_some_and(|version| version < oldest) {
                    lake.delete(&path).await?;
                    removed += 1;
                }
            }
            Ok(removed)
        }
        .boxed()
    }

    /// Paths of the objects below a folder, sorted, each with the time of its last change (milliseconds since
    /// 1970-01-01).
    pub fn list_with_times(
        &self,
        folder: &str,
    ) -> BoxFuture<'static, Result<Vec<(String, i64)>, Error>> {
        let (store, path) = (self.store(), folder.to_owned());
        async move {
            let mut found: Vec<(String, i64)> = store
                .list(Some(&Path::from(path.as_str())))
                .map_ok(|meta| {
                    let changed = meta.last_modified.timestamp_millis();
                    (meta.location.to_string(), changed)
                })
                .try_collect()
                .await
                .map_err(|source| Error::Store { path, source })?;
            found.sort();
            Ok(found)
        }
        .boxed()
    }
}

async fn checkpoint(url: Url, version: i64) -> Result<(), DeltaTableError> {
    let mut table = DeltaTableBuilder::from_url(url)?.build()?;
    match u64::try_from(version) {
        Ok(version) => table.load_version(version).await?,
        Err(_) => table.load().await?,
    }
    checkpoints::create_checkpoint(&table, None).await
}

/// The version that an object of a log belongs to; none for the hint of the last checkpoint.
fn version_of(path: &str) -> Option<i64> {
    let name = path.rsplit('/').next()?;
    name.get(..20)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::version_of;

    #[test]
    fn the_version_is_the_number_that_a_name_begins_with() {
        for (path, version) in [
            ("period/_delta_log/00000000000000000012.json", Some(12)),
            (
                "period/_delta_log/00000000000000000007.checkpoint.parquet",
                Some(7),
            ),
            ("period/_delta_log/_last_checkpoint", None),
            ("period/_delta_log/short", None),
        ] {
            assert_eq!(version_of(path), version, "{path}");
        }
    }
}
