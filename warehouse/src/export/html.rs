use std::fmt::Write as _;

use frisk_codes::Language;

use super::{heading, number};
use crate::{Cell, PublishedTable};

/// A page of its own with the table and what stands beside it: no script, no style sheet from elsewhere; header cells
/// are marked, so that a screen reader says which row and column a figure is in.
pub(super) fn write(table: &PublishedTable, language: Language) -> String {
    let lines = heading(table, language);
    let title = escaped(table.title().get(language));
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n<style>{STYLE}</style>\n\
         </head>\n<body>\n<h1>{title}</h1>\n",
        language.code()
    );
    for line in lines.iter().skip(1) {
        let _ = writeln!(out, "<p>{}</p>", escaped(line));
    }
    body(&mut out, table, language);
    out.push_str("</body>\n</html>\n");
    out
}

const STYLE: &str = "body{font-family:sans-serif;margin:2rem;max-width:70rem}table{border-collapse:collapse}\
th,td{padding:.25rem .75rem;border-bottom:1px solid #bbb;text-align:left}td{text-align:right;font-variant-numeric:tabular-nums}";

fn body(out: &mut String, table: &PublishedTable, language: Language) {
    let Some((across, down)) = table.dimensions().split_last() else {
        return;
    };
    let _ = write!(
        out,
        "<table>\n<caption>{}</caption>\n<thead><tr>",
        escaped(table.title().get(language))
    );
    let labels = down.iter().map(|d| &d.label);
    for label in labels.chain(across.categories.iter().map(|c| &c.label)) {
        let _ = write!(
            out,
            "<th scope=\"col\">{}</th>",
            escaped(label.get(language))
        );
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    let width = across.categories.len().max(1);
    for (index, cells) in table.cells().chunks(width).enumerate() {
        let mut stub = Vec::new();
        let mut rest = index;
        for dimension in down.iter().rev() {
            stub.push(&dimension.categories[rest % dimension.categories.len()].label);
            rest /= dimension.categories.len();
        }
        out.push_str("<tr>");
        for label in stub.iter().rev() {
            let _ = write!(
                out,
                "<th scope=\"row\">{}</th>",
                escaped(label.get(language))
            );
        }
        for &cell in cells {
            let _ = write!(out, "<td>{}</td>", shown(cell));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n");
}

fn shown(cell: Cell) -> String {
    match cell {
        Cell::Value(value) => number(value),
        Cell::Suppressed => "..".to_owned(),
        Cell::Missing => ".".to_owned(),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
