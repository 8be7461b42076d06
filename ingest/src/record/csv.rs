//! CSV: a heading, then a row a record; separated by semicolon, comma or tab; UTF-8, UTF-16 or Windows-1252.

use std::borrow::Cow;

use csv::{ReaderBuilder, StringRecord};

use super::columns::{Columns, EXPECTED};
use super::rows::Collector;
use super::{RecordFile, encoding};
use crate::reading::Format;

/// How much of a file is looked at to tell what it is.
const HEAD: usize = 8 << 10;

/// Whether the first line is a heading of records.
pub(super) fn may_be_records(bytes: &[u8]) -> bool {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    // UTF-16 needs whole units; a cut UTF-8 sign at the end of the head does not matter.
    let even = head.get(..head.len() & !1).unwrap_or(head);
    heading(&decoded(even)).is_some()
}

/// Reads a CSV file of records; `None` if its heading is not one of records.
pub(super) fn read(bytes: &[u8]) -> Option<RecordFile> {
    let text = decoded(bytes);
    let (columns, delimiter) = heading(&text)?;
    let file = RecordFile::new(Format::RecordCsv, columns.kind);
    let Some(kind) = columns.kind else {
        return Some(file.out("columns", "row 1", EXPECTED));
    };
    if let Some(column) = columns.twice {
        return Some(file.out("columns", "row 1", &format!("column {column} stands twice")));
    }
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(true)
        .flexible(true)
        .from_reader(text.as_bytes());
    let width = reader.headers().map_or(0, StringRecord::len);
    let mut collector = Collector::new(columns, kind);
    let mut cells = StringRecord::new();
    loop {
        match reader.read_record(&mut cells) {
            Ok(true) => {}
            Ok(false) => break,
            Err(_) => {
                collector.broken(line(reader.position().line()), "separated cells (RFC 4180)");
                break;
            }
        }
        let row = line(cells.position().map_or(0, csv::Position::line));
        let empty = cells.iter().all(|cell| cell.trim().is_empty());
        if cells.len() == width || empty {
            collector.push(row, &cells);
        } else {
            collector.broken(row, "as many cells as the heading has");
        }
    }
    let (records, faults) = collector.finish();
    Some(RecordFile {
        records: Some(records),
        faults,
        ..file
    })
}

/// The columns of the first line, and what parts them.
fn heading(text: &str) -> Option<(Columns, u8)> {
    let first = text.lines().next()?;
    [b';', b'\t', b','].into_iter().find_map(|delimiter| {
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .from_reader(first.as_bytes());
        let cells = reader.records().next()?.ok()?;
        Some((Columns::of(cells.iter())?, delimiter))
    })
}

/// The text of a file; what is no Unicode is read as Windows-1252, in which Excel saves.
fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    if let Some(text) = encoding::text(bytes) {
        return text;
    }
    // A head may end within a sign.
    match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_none() => {
            let whole = bytes.get(..error.valid_up_to()).unwrap_or_default();
            Cow::Owned(String::from_utf8_lossy(whole).into_owned())
        }
        // The letters of Swedish stand in Windows-1252 where ISO 8859-1 has them.
        _ => Cow::Owned(bytes.iter().map(|b| char::from(*b)).collect()),
    }
}

fn line(line: u64) -> u32 {
    u32::try_from(line).unwrap_or(u32::MAX)
}
