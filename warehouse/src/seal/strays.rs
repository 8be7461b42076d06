use std::collections::{BTreeMap, BTreeSet, HashSet};

use arrow::{
    array::{Array, AsArray, BooleanArray, RecordBatch},
    compute::{cast, concat_batches, filter_record_batch},
    datatypes::DataType,
};
use frisk_engine::DataFile;
use frisk_ingest::UnitRegister;
use rayon::prelude::*;

use super::{Files, is_open};
use crate::{
    Bundle, Error, Table, Tables,
    link::{self, Marks, Strays, id_key},
};

/// What a sealing has to do.
#[derive(Default)]
pub(super) struct Waiting {
    /// The buckets whose linked tables must be looked through.
    pub(super) buckets: BTreeSet<u32>,
    /// What their rows must be told by rows of other buckets.
    pub(super) strays: Strays,
}

/// The tables whose rows look for a certificate.
const SEEKING: [Table; 3] = [Table::REVOCATION, Table::MESSAGE, Table::EVENT];

impl Waiting {
    pub(super) fn of(
        tables: &Tables,
        buckets: &BTreeMap<u32, Files<'_>>,
        register: &UnitRegister,
    ) -> Result<Self, Error> {
        let looked: Result<Vec<Look>, Error> = buckets
            .par_iter()
            .map(|(&bucket, files)| Look::at(tables, bucket, files, register))
            .collect();
        let looked = looked?;
        let mut waiting = Self {
            buckets: looked
                .iter()
                .filter(|look| look.changed)
                .map(|look| look.bucket)
                .collect(),
            strays: Strays::default(),
        };
        for look in &looked {
            look.mark(&mut waiting.strays.marks)?;
        }
        let sought: HashSet<&str> = looked
            .iter()
            .flat_map(|look| &look.sought)
            .map(|s| &**s)
            .collect();
        if sought.is_empty() {
            return Ok(waiting);
        }
        // What came now may be about a certificate anywhere; what waited longer only about one that came now.
        let new = looked
            .iter()
            .any(|look| look.changed && !look.sought.is_empty());
        let found: Result<Vec<Option<(u32, RecordBatch)>>, Error> = buckets
            .par_iter()
            .filter(|(bucket, _)| new || waiting.buckets.contains(bucket))
            .map(|(&bucket, files)| {
                let rows = certificates(tables, files, &sought, &waiting.strays.marks)?;
                Ok(rows.map(|rows| (bucket, rows)))
            })
            .collect();
        let mut rows = Vec::new();
        let mut ids = HashSet::new();
        for (bucket, found) in found?.into_iter().flatten() {
            let texts = link::texts(&found, "certificate_id")?;
            ids.extend(texts.iter().flatten().map(id_key));
            waiting.buckets.insert(bucket);
            rows.push(found);
        }
        for look in &looked {
            if look.sought.iter().any(|id| ids.contains(id)) {
                waiting.buckets.insert(look.bucket);
            }
        }
        waiting.strays.certificates = Some(concat_batches(&Table::CERTIFICATE.schema(), &rows)?);
        Ok(waiting)
    }
}

/// What a bucket waits for.
struct Look {
    bucket: u32,
    /// Whether files are open, or a unit that its certificates wait for is known.
    changed: bool,
    /// Certificates that its rows are about and that are not in it.
    sought: HashSet<String>,
    /// Those rows.
    rows: Vec<(Table, RecordBatch)>,
}

impl Look {
    fn at(
        tables: &Tables,
        bucket: u32,
        files: &Files<'_>,
        register: &UnitRegister,
    ) -> Result<Self, Error> {
        let open = |table: &Table| {
            let files = files.get(table.name);
            files.is_some_and(|files| files.iter().any(|file| is_open(file)))
        };
        let mut look = Self {
            bucket,
            changed: Bundle::TABLES.iter().any(open) || learnt(tables, files, register)?,
            sought: HashSet::new(),
            rows: Vec::new(),
        };
        for table in SEEKING {
            for file in files.get(table.name).into_iter().flatten() {
                if !is_open(file) && !waits(tables, table, file, "linked")? {
                    continue;
                }
                for rows in tables.rows(table, file)? {
                    let (linked, marks) = (link::flags(&rows, "linked")?, link::is_mark(&rows)?);
                    let seek: BooleanArray = (0..rows.num_rows())
                        .map(|row| Some(marks[row] && linked.is_valid(row) && !linked.value(row)))
                        .collect();
                    let rows = filter_record_batch(&rows, &seek)?;
                    if rows.num_rows() > 0 {
                        look.rows.push((table, rows));
                    }
                }
            }
        }
        look.keep_absent(tables, files)?;
        Ok(look)
    }

    /// Keeps the rows whose certificate is not in this bucket.
    fn keep_absent(&mut self, tables: &Tables, files: &Files<'_>) -> Result<(), Error> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let here = ids(tables, files)?;
        for (_, rows) in &mut self.rows {
            let texts = link::texts(rows, "certificate_id")?;
            let absent: BooleanArray = texts
                .iter()
                .map(|id| Some(!here.contains(&id_key(id.unwrap_or("")))))
                .collect();
            *rows = filter_record_batch(rows, &absent)?;
            let texts = link::texts(rows, "certificate_id")?;
            self.sought.extend(texts.iter().flatten().map(id_key));
        }
        Ok(())
    }

    fn mark(&self, marks: &mut Marks) -> Result<(), Error> {
        for (table, rows) in &self.rows {
            match table.name {
                "revocation" => marks.revocations(rows)?,
                "message" => marks.messages(rows)?,
                _ => marks.events(rows)?,
            }
        }
        Ok(())
    }
}

/// Whether a sealed file has a row that says `false` there: it still looks for something.
fn waits(tables: &Tables, table: Table, file: &DataFile, name: &str) -> Result<bool, Error> {
    for rows in tables.read(table, file, Some(&[name]))? {
        if rows.column_by_name(name).is_some() {
            let flags = link::flags(&rows, name)?;
            if flags.iter().any(|flag| flag == Some(false)) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Whether the register knows a unit that a certificate of the bucket waits for.
fn learnt(tables: &Tables, files: &Files<'_>, register: &UnitRegister) -> Result<bool, Error> {
    if register.is_empty() {
        return Ok(false);
    }
    for file in files.get("certificate").into_iter().flatten() {
        if !waits(tables, Table::CERTIFICATE, file, "unit_known")? {
            continue;
        }
        for rows in tables.rows(Table::CERTIFICATE, file)? {
            if link::found(&rows, register)?.iter().any(Option::is_some) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// The ids of the certificates of a bucket.
fn ids(tables: &Tables, files: &Files<'_>) -> Result<HashSet<String>, Error> {
    let mut ids = HashSet::new();
    for file in files.get("certificate").into_iter().flatten() {
        for rows in tables.read(Table::CERTIFICATE, file, Some(&["certificate_id"]))? {
            let texts = cast(rows.column(0), &DataType::Utf8)?;
            ids.extend(texts.as_string::<i32>().iter().flatten().map(id_key));
        }
    }
    Ok(ids)
}

/// Those certificates of a bucket that rows of other buckets look for, linked; `None` if it has none of them.
fn certificates(
    tables: &Tables,
    files: &Files<'_>,
    sought: &HashSet<&str>,
    marks: &Marks,
) -> Result<Option<RecordBatch>, Error> {
    let here = ids(tables, files)?;
    let wanted: HashSet<&str> = sought
        .iter()
        .copied()
        .filter(|id| here.contains(*id))
        .collect();
    if wanted.is_empty() {
        return Ok(None);
    }
    let mut all = link::read(tables, files)?;
    for rows in [
        &mut all.certificate,
        &mut all.revocation,
        &mut all.event,
        &mut all.message,
    ] {
        let texts = link::texts(rows, "certificate_id")?;
        let keep: BooleanArray = texts
            .iter()
            .map(|id| Some(wanted.contains(id_key(id.unwrap_or("")).as_str())))
            .collect();
        *rows = filter_record_batch(rows, &keep)?;
    }
    let strays = Strays {
        marks: marks.clone(),
        certificates: None,
    };
    Ok(Some(all.linked_with(&strays)?.certificate))
}
