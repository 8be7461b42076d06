//! The tables without some persons: every file that holds a row about them is written anew without it.

use arrow::compute::{concat_batches, filter_record_batch, not};
use frisk_engine::{Change, DataFile};
use rayon::prelude::*;

use crate::{
    Error,
    rewrite::Rewritten,
    tables::{Table, Tables},
    traces::{self, Traces},
};

/// A file and what takes its place; `None` when none of its rows is left.
struct Exchange {
    before: DataFile,
    after: Option<DataFile>,
    removed: u64,
}

/// Writes the files without the rows of these traces. Cases are not written: they are built anew from the periods.
///
/// Cost: the files that can hold such rows are read, those that do are written.
///
/// # Errors
/// When a file cannot be read or written.
pub fn without(tables: &Tables, number: i64, traces: &Traces) -> Result<Rewritten, Error> {
    let prefix = format!("e{number:08}");
    let mut rewritten = Rewritten::default();
    for &table in Table::ALL {
        let state = tables.state(table, None)?;
        let files = traces.files(tables, table, &state);
        if table.name == Table::SICK_CASE.name {
            let removed = count(tables, table, &files, traces)?;
            rewritten.rows.insert(table.name.to_owned(), removed);
            continue;
        }
        let exchanged: Result<Vec<Option<Exchange>>, Error> = files
            .par_iter()
            .map(|file| exchange(tables, table, file, (&prefix, traces)))
            .collect();
        let mut change = Change::default();
        let mut removed = 0;
        for exchange in exchanged?.into_iter().flatten() {
            removed += exchange.removed;
            change.remove.push(exchange.before);
            change.add.extend(exchange.after);
        }
        rewritten.rows.insert(table.name.to_owned(), removed);
        if !change.remove.is_empty() {
            rewritten.changes.insert(table.name.to_owned(), change);
        }
    }
    Ok(rewritten)
}

fn exchange(
    tables: &Tables,
    table: Table,
    file: &DataFile,
    (prefix, traces): (&str, &Traces),
) -> Result<Option<Exchange>, Error> {
    let batches = tables.read(table, file, None)?;
    let mut kept = Vec::with_capacity(batches.len());
    let mut removed = 0;
    for rows in &batches {
        let about = traces.about(rows)?;
        removed += about.true_count() as u64;
        kept.push(filter_record_batch(rows, &not(&about)?)?);
    }
    let Some(first) = batches.first().filter(|_| removed > 0) else {
        return Ok(None);
    };
    let rows = concat_batches(&first.schema(), &kept)?;
    let after = if rows.num_rows() == 0 {
        None
    } else {
        Some(tables.write(table, traces::bucket(file), prefix, &rows)?)
    };
    Ok(Some(Exchange {
        before: file.clone(),
        after,
        removed,
    }))
}

fn count(
    tables: &Tables,
    table: Table,
    files: &[&DataFile],
    traces: &Traces,
) -> Result<u64, Error> {
    let mut count = 0;
    for file in files {
        for rows in tables.read(table, file, None)? {
            count += traces.about(&rows)?.true_count() as u64;
        }
    }
    Ok(count)
}
