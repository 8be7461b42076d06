//! What is stored, how it is cut into buckets and sorted, and where.

use std::{collections::BTreeMap, sync::Arc};

use arrow::{
    array::{RecordBatch, new_null_array},
    datatypes::{DataType, Field, Schema, SchemaRef},
};
use frisk_engine::{DataFile, Lake, Relation, Runtime, TableState};
use serde::{Deserialize, Serialize};

use crate::{Error, Snapshot, parquet_file};

/// One stored table.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// Name, which is its folder.
    pub name: &'static str,
    /// What a row is.
    pub row: &'static str,
    /// Whether it is cut into buckets by person (column `person_key`).
    pub bucketed: bool,
    /// Columns that the rows of a sealed file are sorted by; none = its files stay as they were written.
    pub order: &'static [&'static str],
    schema: fn() -> SchemaRef,
}

impl Table {
    /// All tables. A new one is a constant here and a schema: warehouses that exist get it when they are next opened
    /// for writing; snapshots of before read it as empty.
    pub const ALL: &'static [Self] = &[
        Self::CERTIFICATE,
        Self::PERIOD,
        Self::REVOCATION,
        Self::MESSAGE,
        Self::EVENT,
        Self::REJECT,
        Self::SICK_CASE,
        Self::INTERVENTION,
        Self::OBSERVATION_END,
        Self::LISTING,
        Self::RECORD,
    ];
    /// Certificates.
    pub const CERTIFICATE: Self = Self {
        name: "certificate",
        row: "one certificate (läkarintyg), sorted by person and arrival",
        bucketed: true,
        order: &["person_key", "arrival"],
        schema: frisk_ingest::schema::certificate,
    };
    /// Periods.
    pub const PERIOD: Self = Self {
        name: "period",
        row: "one valid period (nedsättningsperiod), sorted by care provider, person and start",
        bucketed: true,
        order: &[
            "care_provider_id",
            "person_key",
            "start_date",
            "arrival",
            "degree",
        ],
        schema: frisk_ingest::schema::period,
    };
    /// Revocations.
    pub const REVOCATION: Self = Self {
        name: "revocation",
        row: "one revocation (makulering), also of a certificate that has not come",
        bucketed: true,
        order: &["person_key", "arrival"],
        schema: frisk_ingest::schema::revocation,
    };
    /// Messages.
    pub const MESSAGE: Self = Self {
        name: "message",
        row: "one message (ärende) about a certificate, also of one that has not come",
        bucketed: true,
        order: &["person_key", "arrival"],
        schema: frisk_ingest::schema::message,
    };
    /// Events.
    pub const EVENT: Self = Self {
        name: "event",
        row: "something that happened to a certificate, also to one that has not come",
        bucketed: true,
        order: &["person_key", "arrival"],
        schema: frisk_ingest::schema::event,
    };
    /// Rejects.
    pub const REJECT: Self = Self {
        name: "reject",
        row: "one fault found in a document",
        bucketed: false,
        order: &[],
        schema: frisk_ingest::schema::reject,
    };
    /// Sick cases.
    pub const SICK_CASE: Self = Self {
        name: "sick_case",
        row: "one sick case (sjukfall) of a person at a care provider, gap 5",
        bucketed: true,
        order: &[],
        schema: crate::sick_case::schema,
    };

    /// Interventions.
    pub const INTERVENTION: Self = Self {
        name: "intervention",
        row: "one intervention (åtgärd), or one that a certificate proposes, sorted by person and start",
        bucketed: true,
        order: &["person_key", "start_date", "source", "arrival", "code"],
        schema: frisk_ingest::schema::intervention,
    };
    /// Ends of observation.
    pub const OBSERVATION_END: Self = Self {
        name: "observation_end",
        row: "one reason why a person is no longer followed, sorted by person and day",
        bucketed: true,
        order: &["person_key", "end_date", "arrival"],
        schema: frisk_ingest::schema::observation_end,
    };
    /// Listings.
    pub const LISTING: Self = Self {
        name: "listing",
        row: "one listing (listning) of a person at a unit, sorted by person and first day",
        bucketed: true,
        order: &["person_key", "from_date", "arrival"],
        schema: frisk_ingest::schema::listing,
    };
    /// Versions of records. Sealed after the tables whose rows it lets stand.
    pub const RECORD: Self = Self {
        name: "record",
        row: "one version of an intervention, end of observation or listing that came, sorted by person and arrival",
        bucketed: true,
        order: &["person_key", "arrival", "removed"],
        schema: frisk_ingest::schema::record,
    };

    /// Schema of its files: without the partition column.
    #[must_use]
    pub fn schema(self) -> SchemaRef {
        (self.schema)()
    }

    fn delta_schema(self) -> SchemaRef {
        let schema = self.schema();
        if !self.bucketed {
            return schema;
        }
        let mut fields: Vec<_> = schema.fields().iter().cloned().collect();
        fields.push(Arc::new(Field::new("bucket", DataType::Int32, false)));
        Arc::new(Schema::new(fields))
    }
}

/// How a warehouse is laid out; fixed when it is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// Version of the layout.
    pub format: u32,
    /// Number of buckets that persons are cut into.
    pub buckets: u32,
    /// Whether it holds invented people only: demo identities are offered for such a warehouse alone.
    pub synthetic: bool,
}

impl Default for Layout {
    fn default() -> Self {
        Self {
            format: 1,
            buckets: 16,
            synthetic: false,
        }
    }
}

impl Layout {
    /// The bucket of a person.
    #[must_use]
    pub fn bucket(self, person_key: i64) -> u32 {
        let bucket = person_key.cast_unsigned() % u64::from(self.buckets.max(1));
        u32::try_from(bucket).unwrap_or(0)
    }
}

const LAYOUT: &str = "_frisk/warehouse.json";

/// The tables of one warehouse.
#[derive(Debug, Clone)]
pub struct Tables {
    pub(crate) lake: Lake,
    pub(crate) runtime: Arc<Runtime>,
    pub(crate) layout: Layout,
}

impl Tables {
    /// Opens a warehouse to write to; makes it with the given layout if it is not there yet. Tables and columns that
    /// an earlier program did not know are added.
    ///
    /// # Errors
    /// When the location cannot be used, or holds a warehouse of a later format.
    pub fn open_or_create(location: &str, layout: Layout) -> Result<Self, Error> {
        let (lake, runtime) = (Lake::open(location)?, Runtime::start()?);
        let stored = stored_layout(&lake, &runtime, location)?;
        for table in Table::ALL {
            let partition: &[&str] = if table.bucketed { &["bucket"] } else { &[] };
            runtime.wait(lake.create(table.name, table.delta_schema(), partition))?;
            runtime.wait(lake.widen(table.name, table.schema()))?;
        }
        if stored.is_none() {
            // Last: a warehouse is there when its layout is.
            runtime.wait(lake.put(LAYOUT, serde_json::to_vec(&layout)?))?;
        }
        Ok(Self::new(lake, runtime, stored.unwrap_or(layout)))
    }

    /// Opens a warehouse that exists.
    ///
    /// # Errors
    /// When there is none, or it is of a later format.
    pub fn open(location: &str) -> Result<Self, Error> {
        let (lake, runtime) = (Lake::open(location)?, Runtime::start()?);
        let layout = stored_layout(&lake, &runtime, location)?.ok_or_else(|| Error::Table {
            table: location.to_owned(),
            problem: "no warehouse here; `frisk ingest` makes one".to_owned(),
        })?;
        Ok(Self::new(lake, runtime, layout))
    }

    fn new(lake: Lake, runtime: Runtime, layout: Layout) -> Self {
        Self {
            lake,
            runtime: Arc::new(runtime),
            layout,
        }
    }

    /// How the warehouse is laid out.
    #[must_use]
    pub fn layout(&self) -> Layout {
        self.layout
    }

    /// The state of a table at a version, newest by default.
    ///
    /// # Errors
    /// When the table is not there or cannot be read.
    pub fn state(&self, table: Table, version: Option<i64>) -> Result<TableState, Error> {
        self.runtime
            .wait(self.lake.state(table.name, version))?
            .ok_or_else(|| Error::Table {
                table: table.name.to_owned(),
                problem: "missing".to_owned(),
            })
    }

    /// The newest state of a table; empty when the warehouse is older than the table.
    pub(crate) fn newest(&self, table: Table) -> Result<TableState, Error> {
        let state = self.runtime.wait(self.lake.state(table.name, None))?;
        Ok(state.unwrap_or_else(|| TableState {
            version: -1,
            schema: table.delta_schema(),
            files: Vec::new(),
        }))
    }

    /// The state of a table in a snapshot; empty when the table is younger than the snapshot.
    ///
    /// # Errors
    /// When the table is not there or cannot be read.
    pub fn state_in(&self, table: Table, snapshot: &Snapshot) -> Result<TableState, Error> {
        match snapshot.tables.get(table.name) {
            Some(&version) => self.state(table, Some(version)),
            None => Ok(TableState {
                version: -1,
                schema: table.delta_schema(),
                files: Vec::new(),
            }),
        }
    }

    /// Runs one read-only SQL query on the tables of a snapshot, for the warehouse's owner: no disclosure control.
    ///
    /// # Errors
    /// When the query is not one that only reads, or fails.
    pub fn query(&self, snapshot: &Snapshot, sql: &str) -> Result<Vec<RecordBatch>, Error> {
        let mut relations = Vec::new();
        for &table in Table::ALL {
            let state = self.state_in(table, snapshot)?;
            let urls = state
                .files
                .iter()
                .map(|file| self.lake.url(&format!("{}/{}", table.name, file.path)))
                .collect();
            let schema = table.schema();
            relations.push((table.name.to_owned(), Relation::Files { schema, urls }));
        }
        let (schema, rows) = self
            .runtime
            .wait(frisk_engine::query(sql.to_owned(), relations))?;
        Ok(if rows.is_empty() {
            vec![RecordBatch::new_empty(schema)]
        } else {
            rows
        })
    }

    /// The files of each bucket of a table.
    pub(crate) fn buckets(state: &TableState) -> BTreeMap<u32, Vec<&DataFile>> {
        let mut buckets: BTreeMap<u32, Vec<&DataFile>> = BTreeMap::new();
        for file in &state.files {
            let bucket = file.partition.get("bucket").and_then(|b| b.parse().ok());
            buckets.entry(bucket.unwrap_or(0)).or_default().push(file);
        }
        buckets
    }

    /// Writes one file of a table. Its name says who wrote it (`prefix`) and what is in it.
    pub(crate) fn write(
        &self,
        table: Table,
        bucket: Option<u32>,
        prefix: &str,
        rows: &RecordBatch,
    ) -> Result<DataFile, Error> {
        let (bytes, hash) = parquet_file::encode(rows, table.name)?;
        let folder = bucket.map_or(String::new(), |b| format!("bucket={b}/"));
        let path = format!("{folder}{prefix}-{hash}.parquet");
        let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        self.runtime
            .wait(self.lake.put(&format!("{}/{path}", table.name), bytes))?;
        Ok(DataFile {
            path,
            size,
            rows: i64::try_from(rows.num_rows()).unwrap_or(i64::MAX),
            partition: bucket
                .map(|b| ("bucket".to_owned(), b.to_string()))
                .into_iter()
                .collect(),
        })
    }

    /// Reads all rows of a file in the table's present schema: columns that are younger than the file are null.
    pub(crate) fn rows(&self, table: Table, file: &DataFile) -> Result<Vec<RecordBatch>, Error> {
        let batches = self.read(table, file, None)?;
        batches.iter().map(|rows| widen(table, rows)).collect()
    }

    /// Reads all rows of a file as they were written, or some columns of it.
    pub(crate) fn read(
        &self,
        table: Table,
        file: &DataFile,
        columns: Option<&[&str]>,
    ) -> Result<Vec<RecordBatch>, Error> {
        let path = format!("{}/{}", table.name, file.path);
        if let Some(folder) = self.lake.local() {
            let path = folder.join(&path);
            let open = std::fs::File::open(&path).map_err(|source| Error::Io {
                path: path.display().to_string(),
                source,
            })?;
            return parquet_file::decode(open, columns);
        }
        let bytes = self.runtime.wait(self.lake.get(&path))?;
        let bytes = bytes.ok_or_else(|| Error::Table {
            table: table.name.to_owned(),
            problem: format!("file {} is missing", file.path),
        })?;
        parquet_file::decode(parquet_file::bytes(bytes), columns)
    }
}

/// The rows with null in each column that they lack.
fn widen(table: Table, rows: &RecordBatch) -> Result<RecordBatch, Error> {
    let schema = table.schema();
    if rows.schema() == schema {
        return Ok(rows.clone());
    }
    let columns = schema.fields().iter().map(|field| {
        rows.column_by_name(field.name()).map_or_else(
            || new_null_array(field.data_type(), rows.num_rows()),
            Arc::clone,
        )
    });
    Ok(RecordBatch::try_new(
        Arc::clone(&schema),
        columns.collect(),
    )?)
}

/// The layout of the warehouse that is there; `None` when there is none.
fn stored_layout(lake: &Lake, runtime: &Runtime, location: &str) -> Result<Option<Layout>, Error> {
    let Some(bytes) = runtime.wait(lake.get(LAYOUT))? else {
        return Ok(None);
    };
    let layout: Layout = serde_json::from_slice(&bytes)?;
    let known = Layout::default().format;
    if layout.format != known {
        return Err(Error::Table {
            table: location.to_owned(),
            problem: format!(
                "its layout has format {}, this program knows format {known}",
                layout.format
            ),
        });
    }
    Ok(Some(layout))
}

#[cfg(test)]
mod tests;
