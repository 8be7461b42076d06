use frisk_codes::Language;

use super::{heading, long, number, status};
use crate::{Cell, PublishedTable};

/// How a CSV file is punctuated.
#[derive(Debug, Clone, Copy)]
pub(super) struct Punctuation {
    /// Between fields.
    pub(super) separator: &'static str,
    /// Before decimals.
    pub(super) decimal: &'static str,
    /// First bytes of the file: Excel tells UTF-8 by a byte order mark.
    pub(super) mark: &'static str,
}

/// As RFC 4180 has it.
pub(super) const COMMA: Punctuation = Punctuation {
    separator: ",",
    decimal: ".",
    mark: "",
};

/// As a Swedish Excel opens it.
pub(super) const SEMICOLON: Punctuation = Punctuation {
    separator: ";",
    decimal: ",",
    mark: "\u{feff}",
};

/// CSV after lines of remarks that begin with `#`: one row a cell, codes and labels.
pub(super) fn write(table: &PublishedTable, language: Language, how: Punctuation) -> String {
    let mut out = how.mark.to_owned();
    for line in heading(table, language) {
        out.push_str(&format!("# {}\r\n", line.replace(['\r', '\n'], " ")));
    }
    let mut header: Vec<String> = Vec::new();
    for dimension in table.dimensions() {
        header.push(dimension.id.clone());
        header.push(format!("{}_label", dimension.id));
    }
    header.extend(["value".to_owned(), "status".to_owned()]);
    push_line(&mut out, header.iter().map(String::as_str), how.separator);
    for row in long::rows(table) {
        let value = match row.cell {
            Cell::Value(value) => number(value).replace('.', how.decimal),
            Cell::Suppressed | Cell::Missing => String::new(),
        };
        let labels = row.categories.iter();
        let fields = labels.flat_map(|c| [c.code.as_str(), c.label.get(language)]);
        push_line(
            &mut out,
            fields.chain([value.as_str(), status(row.cell)]),
            how.separator,
        );
    }
    out
}

pub(super) fn push_line<'a>(
    out: &mut String,
    fields: impl Iterator<Item = &'a str>,
    separator: &str,
) {
    let fields: Vec<String> = fields.map(|field| quoted(field, separator)).collect();
    out.push_str(&fields.join(separator));
    out.push_str("\r\n");
}

/// A field in quotes where it needs them.
fn quoted(field: &str, separator: &str) -> String {
    if field.contains(separator) || field.contains(['"', '\r', '\n']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}
