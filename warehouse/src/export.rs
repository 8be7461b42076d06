//! Published tables as files. Exporters take nothing but a [`PublishedTable`], which has passed disclosure control.

#[cfg(test)]
mod tests;

mod arrow_file;
mod csv;
mod html;
mod json_stat;
mod long;
mod parquet;
mod px;
mod sdmx_csv;
mod text;
mod xlsx;

use std::{fmt, str::FromStr};

use frisk_codes::Language;

pub use json_stat::{Dataset, dataset};
pub use long::record_batch;

use crate::{Cell, Error, Label, Policy, PublishedTable};

/// A file format of a published table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Text for a terminal.
    Text,
    /// Comma-separated values, UTF-8, one row a cell.
    Csv,
    /// The same with semicolons, decimal commas and a byte order mark, for a Swedish Excel.
    CsvSemicolon,
    /// JSON-stat 2.0.
    JsonStat,
    /// PX (PC-Axis 2013), both languages.
    Px,
    /// XLSX: table, data and notes.
    Xlsx,
    /// Parquet, one row a cell.
    Parquet,
    /// Arrow IPC file, one row a cell.
    Arrow,
    /// SDMX-CSV 2.0.
    SdmxCsv,
    /// A page of its own.
    Html,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 10] = [
        Self::Text,
        Self::Csv,
        Self::CsvSemicolon,
        Self::JsonStat,
        Self::Px,
        Self::Xlsx,
        Self::Parquet,
        Self::Arrow,
        Self::SdmxCsv,
        Self::Html,
    ];

    /// Name on the command line and in addresses.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "table",
            Self::Csv => "csv",
            Self::CsvSemicolon => "csv-semicolon",
            Self::JsonStat => "json-stat",
            Self::Px => "px",
            Self::Xlsx => "xlsx",
            Self::Parquet => "parquet",
            Self::Arrow => "arrow",
            Self::SdmxCsv => "sdmx-csv",
            Self::Html => "html",
        }
    }

    /// Media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Text => "text/plain; charset=utf-8",
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::CsvSemicolon => "text/csv; charset=utf-8; header=present; delimiter=semicolon",
            Self::JsonStat => "application/vnd.json-stat+json",
            Self::Px => "application/vnd.px; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Parquet => "application/vnd.apache.parquet",
            Self::Arrow => "application/vnd.apache.arrow.file",
            Self::SdmxCsv => "application/vnd.sdmx.data+csv; version=2.0.0; charset=utf-8",
            Self::Html => "text/html; charset=utf-8",
        }
    }

    /// The ending of a file's name, without the dot.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Csv | Self::CsvSemicolon => "csv",
            Self::JsonStat => "json-stat.json",
            Self::Px => "px",
            Self::Xlsx => "xlsx",
            Self::Parquet => "parquet",
            Self::Arrow => "arrow",
            Self::SdmxCsv => "sdmx.csv",
            Self::Html => "html",
        }
    }

    /// The table as a file, with labels in one language.
    ///
    /// # Errors
    /// [`Error::Arrow`], [`Error::Parquet`], [`Error::Json`] or [`Error::Xlsx`] if the table cannot be written.
    pub fn write(self, table: &PublishedTable, language: Language) -> Result<Vec<u8>, Error> {
        match self {
            Self::Text => Ok(text::write(table, language).into_bytes()),
            Self::Csv => Ok(csv::write(table, language, csv::COMMA).into_bytes()),
            Self::CsvSemicolon => Ok(csv::write(table, language, csv::SEMICOLON).into_bytes()),
            Self::JsonStat => json_stat::write(table, language),
            Self::Px => Ok(px::write(table, language).into_bytes()),
            Self::Xlsx => xlsx::write(table, language),
            Self::Parquet => parquet::write(table, language),
            Self::Arrow => arrow_file::write(table, language),
            Self::SdmxCsv => Ok(sdmx_csv::write(table, language).into_bytes()),
            Self::Html => Ok(html::write(table, language).into_bytes()),
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        let found = Self::ALL.into_iter().find(|format| format.name() == name);
        found.ok_or_else(|| Error::Question {
            what: "format",
            found: name.to_owned(),
            expected: format!("one of {}", Self::ALL.map(Self::name).join(", ")),
        })
    }
}

impl Label {
    /// The label in one language.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Sv => &self.sv,
            Language::En => &self.en,
        }
    }
}

/// Why a cell has no value, in words; empty when it has one.
fn status(cell: Cell) -> &'static str {
    match cell {
        Cell::Value(_) => "",
        Cell::Suppressed => "suppressed",
        Cell::Missing => "missing",
    }
}

/// A value as people write it: whole numbers without decimals.
fn number(value: f64) -> String {
    value.to_string()
}

/// Most decimals that a value has, at most 6.
fn decimals(table: &PublishedTable) -> usize {
    let of = |cell: &Cell| match cell {
        Cell::Value(value) => number(*value)
            .split_once('.')
            .map_or(0, |(_, tail)| tail.len()),
        Cell::Suppressed | Cell::Missing => 0,
    };
    table.cells().iter().map(of).max().unwrap_or(0).min(6)
}

/// How small counts were protected, in words.
fn policy(policy: Policy) -> String {
    match policy {
        Policy::Compat { threshold } => format!("{} {threshold}", policy.name()),
        Policy::None | Policy::Masked => policy.name().to_owned(),
    }
}

/// The lines that must stand beside the figures: title, period, definition, notes, snapshot, policy.
fn heading(table: &PublishedTable, language: Language) -> Vec<String> {
    let (from, to) = table.period();
    let mut lines = vec![
        table.title().get(language).to_owned(),
        format!("{from} – {to}"),
        table.definition().get(language).to_owned(),
    ];
    lines.extend(
        table
            .notes()
            .iter()
            .map(|note| note.get(language).to_owned()),
    );
    let (snapshot, protection) = match language {
        Language::Sv => ("Utgåva", "röjandeskydd"),
        Language::En => ("Snapshot", "disclosure control"),
    };
    lines.push(format!(
        "{snapshot} {}, {protection}: {}",
        table.snapshot(),
        policy(table.policy())
    ));
    lines
}
