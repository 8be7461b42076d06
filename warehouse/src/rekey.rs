//! The tables under new person keys: rows move to the buckets of their new keys.
//!
//! Each table is read and written twice: file by file into pieces for the new buckets, then bucket by bucket into one
//! sorted file, so that never more than a bucket a thread is in memory.

use std::{collections::HashMap, sync::Arc};

use arrow::{
    array::{ArrayRef, AsArray, Int64Array, RecordBatch},
    datatypes::Int64Type,
};
use frisk_engine::{Change, DataFile};
use rayon::prelude::*;

use crate::{
    Error, intake, parquet_file,
    rewrite::Rewritten,
    seal,
    tables::{Table, Tables},
    traces,
};

const PIECES: &str = "_frisk/pieces";
const PERSON: &str = "person_key";

/// Writes all tables that name persons with the new key of each. Cases are not written: they are built anew.
/// `step` is called after each table.
///
/// # Errors
/// When a key has no new one, or a file cannot be read or written.
pub fn with_keys(
    tables: &Tables,
    number: i64,
    keys: &HashMap<i64, i64>,
    step: &mut dyn FnMut(&str),
) -> Result<Rewritten, Error> {
    let mut rewritten = Rewritten::default();
    remove_pieces(tables)?;
    for &table in Table::ALL {
        if !table.names_person() || table.name == Table::SICK_CASE.name {
            continue;
        }
        let state = tables.state(table, None)?;
        let rows: i64 = state.files.iter().map(|file| file.rows).sum();
        let prefix = format!("k{number:08}");
        let add = if table.bucketed {
            cut(tables, table, &state.files, keys)?;
            gather(tables, table, &prefix)?
        } else {
            in_place(tables, table, &state.files, (&prefix, keys))?
        };
        let written: i64 = add.iter().map(|file| file.rows).sum();
        if written != rows {
            return Err(Error::Table {
                table: table.name.to_owned(),
                problem: format!("{written} rows written, {rows} expected"),
            });
        }
        rewritten
            .rows
            .insert(table.name.to_owned(), rows.unsigned_abs());
        let change = Change {
            add,
            remove: state.files,
            ..Change::default()
        };
        if !change.remove.is_empty() {
            rewritten.changes.insert(table.name.to_owned(), change);
        }
        remove_pieces(tables)?;
        step(table.name);
    }
    Ok(rewritten)
}

/// Cuts each file into pieces for the buckets of the new keys.
fn cut(
    tables: &Tables,
    table: Table,
    files: &[DataFile],
    keys: &HashMap<i64, i64>,
) -> Result<(), Error> {
    files.par_iter().enumerate().try_for_each(|(at, file)| {
        let batches: Result<Vec<_>, Error> = tables
            .rows(table, file)?
            .iter()
            .map(|rows| translate(table, rows, keys))
            .collect();
        let rows = intake::together(table, &batches?)?;
        for (bucket, part) in intake::split(&rows, tables.layout())? {
            let (bytes, _) = parquet_file::encode(&part, table.name)?;
            let path = format!("{PIECES}/{bucket:06}/{at:06}.parquet");
            tables.runtime.wait(tables.lake.put(&path, bytes))?;
        }
        Ok(())
    })
}

/// Puts the pieces of each bucket together.
fn gather(tables: &Tables, table: Table, prefix: &str) -> Result<Vec<DataFile>, Error> {
    let pieces = tables.runtime.wait(tables.lake.list(PIECES))?;
    let of = |path: &String| path.split('/').nth(2).and_then(|b| b.parse::<u32>().ok());
    pieces
        .chunk_by(|a, b| of(a) == of(b))
        .collect::<Vec<_>>()
        .into_par_iter()
        .map(|pieces| {
            let mut batches = Vec::new();
            for path in pieces {
                let bytes = tables.runtime.wait(tables.lake.get(path))?;
                let bytes = parquet_file::bytes(bytes.unwrap_or_default());
                batches.extend(parquet_file::decode(bytes, None)?);
            }
            let rows = seal::sort(table, &intake::together(table, &batches)?)?;
            tables.write(table, pieces.first().and_then(of), prefix, &rows)
        })
        .collect()
}

/// Writes the files of a table that is not cut into buckets one by one.
fn in_place(
    tables: &Tables,
    table: Table,
    files: &[DataFile],
    (prefix, keys): (&str, &HashMap<i64, i64>),
) -> Result<Vec<DataFile>, Error> {
    let mut add = Vec::with_capacity(files.len());
    for file in files {
        let batches: Result<Vec<_>, Error> = tables
            .rows(table, file)?
            .iter()
            .map(|rows| translate(table, rows, keys))
            .collect();
        let rows = intake::together(table, &batches?)?;
        add.push(tables.write(table, traces::bucket(file), prefix, &rows)?);
    }
    Ok(add)
}

/// The same rows under the new keys.
fn translate(
    table: Table,
    rows: &RecordBatch,
    keys: &HashMap<i64, i64>,
) -> Result<RecordBatch, Error> {
    let at = rows.schema().index_of(PERSON)?;
    let old = rows.column(at).as_primitive::<Int64Type>();
    // An event that names nobody goes on doing so.
    let new: Option<Vec<Option<i64>>> = old
        .iter()
        .map(|key| match key {
            None => Some(None),
            Some(key) => keys.get(&key).copied().map(Some),
        })
        .collect();
    let new = new.ok_or_else(|| Error::Table {
        table: table.name.to_owned(),
        problem: "a person key has no new one".to_owned(),
    })?;
    let mut columns: Vec<ArrayRef> = rows.columns().to_vec();
    columns[at] = Arc::new(Int64Array::from(new));
    Ok(RecordBatch::try_new(rows.schema(), columns)?)
}

/// Removes the pieces, also those of a run that died.
pub(crate) fn remove_pieces(tables: &Tables) -> Result<(), Error> {
    for path in tables.runtime.wait(tables.lake.list(PIECES))? {
        tables.runtime.wait(tables.lake.delete(&path))?;
    }
    Ok(())
}
