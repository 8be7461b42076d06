use std::fmt::Write as _;

use frisk_codes::Language;

use super::{decimals, heading, number};
use crate::{Cell, Dimension, Month, PublishedTable, Role};

/// Longest text in one pair of quotes; longer ones go on in the next pair.
const LONGEST: usize = 200;

/// A value that is withheld, and one that does not exist, as statistical offices write them.
const SUPPRESSED: &str = "\"..\"";
const MISSING: &str = "\".\"";

/// PX (PC-Axis 2013), UTF-8, with the chosen language first and the other beside it.
///
/// The last dimension is the heading, the others are the stub; months are a time variable. Keywords are in the order that
/// the format prescribes. Source: PX-file format specification 2013, Statistics Sweden.
pub(super) fn write(table: &PublishedTable, language: Language) -> String {
    let mut file = PxFile::default();
    let other = match language {
        Language::Sv => Language::En,
        Language::En => Language::Sv,
    };
    file.text("CHARSET", "", &["ANSI"]);
    file.text("AXIS-VERSION", "", &["2013"]);
    file.text("CODEPAGE", "", &["utf-8"]);
    file.text("LANGUAGE", "", &[language.code()]);
    file.text("LANGUAGES", "", &[language.code(), other.code()]);
    let decimals = decimals(table).to_string();
    file.raw("DECIMALS", &decimals);
    file.raw("SHOWDECIMALS", &decimals);
    file.text("MATRIX", "", &[&table.report().replace('_', "-")]);
    for (language, tag) in [(language, ""), (other, other.code())] {
        describe(&mut file, table, language, tag);
    }
    file.text("INFOFILE", "", &[&format!("snapshot {}", table.snapshot())]);
    file.data(table);
    file.out
}

/// What stands beside the figures, in one language.
fn describe(file: &mut PxFile, table: &PublishedTable, language: Language, tag: &str) {
    let (subject, unit, source) = match language {
        Language::Sv => ("Sjukskrivning", "antal", "Frisk, läkarintyg"),
        Language::En => (
            "Sick leave",
            "number",
            "Frisk, doctors' sick-leave certificates",
        ),
    };
    file.text("SUBJECT-AREA", tag, &[subject]);
    file.text("SUBJECT-CODE", tag, &["SL"]);
    file.text("TITLE", tag, &[&title(table, language)]);
    file.text("CONTENTS", tag, &[table.title().get(language)]);
    file.text("UNITS", tag, &[unit]);
    let labels: Vec<&str> = table
        .dimensions()
        .iter()
        .map(|d| d.label.get(language))
        .collect();
    let (heading_label, stub) = match labels.split_last() {
        Some((last, rest)) => (*last, rest),
        None => return,
    };
    if !stub.is_empty() {
        file.text("STUB", tag, stub);
    }
    file.text("HEADING", tag, &[heading_label]);
    for dimension in table.dimensions() {
        variable(file, dimension, language, tag);
    }
    file.text("SOURCE", tag, &[source]);
    file.text("NOTEX", tag, &[&heading(table, language).join("#")]);
    let (withheld, missing) = match language {
        Language::Sv => ("skyddat värde", "uppgift finns inte"),
        Language::En => ("withheld to protect persons", "there is no such figure"),
    };
    file.text("DATASYMBOL1", tag, &[missing]);
    file.text("DATASYMBOL2", tag, &[withheld]);
}

/// One variable: its values, its codes, and its months if it is time.
fn variable(file: &mut PxFile, dimension: &Dimension, language: Language, tag: &str) {
    let label = dimension.label.get(language);
    let values: Vec<&str> = dimension
        .categories
        .iter()
        .map(|c| c.label.get(language))
        .collect();
    let codes: Vec<&str> = dimension
        .categories
        .iter()
        .map(|c| c.code.as_str())
        .collect();
    file.about("VALUES", tag, label, &values);
    if dimension.role == Role::Time {
        file.months(tag, label, &codes);
    }
    file.about("CODES", tag, label, &codes);
    file.about("VARIABLE-TYPE", tag, label, &[kind(dimension.role)]);
}

fn kind(role: Role) -> &'static str {
    match role {
        Role::Time => "time",
        Role::Geo => "geographical",
        Role::Metric => "contents",
        Role::Classification => "classificatory",
    }
}

fn title(table: &PublishedTable, language: Language) -> String {
    let by = match language {
        Language::Sv => "efter",
        Language::En => "by",
    };
    let labels: Vec<&str> = table
        .dimensions()
        .iter()
        .map(|d| d.label.get(language))
        .collect();
    let (from, to) = table.period();
    let title = table.title().get(language);
    format!("{title} {by} {}. {from} – {to}", labels.join(", "))
}

/// A file being written.
#[derive(Default)]
struct PxFile {
    out: String,
}

impl PxFile {
    fn keyword(&mut self, keyword: &str, tag: &str, about: Option<&str>) {
        self.out.push_str(keyword);
        if !tag.is_empty() {
            let _ = write!(self.out, "[{tag}]");
        }
        if let Some(about) = about {
            let _ = write!(self.out, "(\"{}\")", clean(about));
        }
        self.out.push('=');
    }

    fn raw(&mut self, keyword: &str, value: &str) {
        self.keyword(keyword, "", None);
        let _ = writeln!(self.out, "{value};");
    }

    fn text(&mut self, keyword: &str, tag: &str, values: &[&str]) {
        self.keyword(keyword, tag, None);
        self.list(values);
    }

    fn about(&mut self, keyword: &str, tag: &str, variable: &str, values: &[&str]) {
        self.keyword(keyword, tag, Some(variable));
        self.list(values);
    }

    /// `TIMEVAL`: the months as `YYYYMM`; years as they are.
    fn months(&mut self, tag: &str, variable: &str, codes: &[&str]) {
        let monthly = codes.iter().all(|code| code.parse::<Month>().is_ok());
        self.keyword("TIMEVAL", tag, Some(variable));
        self.out
            .push_str(if monthly { "TLIST(M1)," } else { "TLIST(A1)," });
        let times: Vec<String> = codes.iter().map(|code| code.replace('-', "")).collect();
        self.list(&times.iter().map(String::as_str).collect::<Vec<_>>());
    }

    fn list(&mut self, values: &[&str]) {
        for (at, value) in values.iter().enumerate() {
            if at > 0 {
                self.out.push_str(",\n");
            }
            self.quote(value);
        }
        self.out.push_str(";\n");
    }

    /// A text in quotes, cut into pieces that fit a line.
    fn quote(&mut self, text: &str) {
        let text = clean(text);
        let characters: Vec<char> = text.chars().collect();
        for (at, piece) in characters.chunks(LONGEST).enumerate() {
            if at > 0 {
                self.out.push('\n');
            }
            let piece: String = piece.iter().collect();
            let _ = write!(self.out, "\"{piece}\"");
        }
        if characters.is_empty() {
            self.out.push_str("\"\"");
        }
    }

    fn data(&mut self, table: &PublishedTable) {
        self.out.push_str("DATA=\n");
        let across = table
            .dimensions()
            .last()
            .map_or(1, |d| d.categories.len())
            .max(1);
        for row in table.cells().chunks(across) {
            let cells: Vec<String> = row.iter().map(|&cell| shown(cell)).collect();
            self.out.push_str(&cells.join(" "));
            self.out.push('\n');
        }
        self.out.push_str(";\n");
    }
}

fn shown(cell: Cell) -> String {
    match cell {
        Cell::Value(value) => number(value),
        Cell::Suppressed => SUPPRESSED.to_owned(),
        Cell::Missing => MISSING.to_owned(),
    }
}

/// A text without what ends a PX text.
fn clean(text: &str) -> String {
    text.replace('"', "'").replace(['\r', '\n'], " ")
}
