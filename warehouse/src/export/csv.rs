use frisk_codes::Language;

use super::{heading, long, number, status};
use crate::{Cell, PublishedTable};

/// CSV as RFC 4180 has it, after lines of remarks that begin with `#`: one row a cell, codes and labels.
pub(super) fn write(table: &PublishedTable, language: Language) -> String {
    let mut out = String::new();
    for line in heading(table, language) {
        out.push_str(&format!("# {}\r\n", line.replace(['\r', '\n'], " ")));
    }
    let mut header: Vec<String> = Vec::new();
    for dimension in table.dimensions() {
        header.push(dimension.id.clone());
        header.push(format!("{}_label", dimension.id));
    }
    header.extend(["value".to_owned(), "status".to_owned()]);
    push_line(&mut out, header.iter().map(String::as_str));
    for row in long::rows(table) {
        let value = match row.cell {
            Cell::Value(value) => number(value),
            Cell::Suppressed | Cell::Missing => String::new(),
        };
        let labels = row.categories.iter();
        let fields = labels.flat_map(|c| [c.code.as_str(), c.label.get(language)]);
        push_line(&mut out, fields.chain([value.as_str(), status(row.cell)]));
    }
    out
}

fn push_line<'a>(out: &mut String, fields: impl Iterator<Item = &'a str>) {
    let fields: Vec<String> = fields.map(quoted).collect();
    out.push_str(&fields.join(","));
    out.push_str("\r\n");
}

/// A field in quotes where it needs them.
fn quoted(field: &str) -> String {
    if field.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}
