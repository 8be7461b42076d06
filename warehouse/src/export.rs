//! Published tables as files. Exporters take nothing but a [`PublishedTable`], which has passed disclosure control.

#[cfg(test)]
mod tests;

mod csv;
mod json_stat;
mod long;
mod parquet;
mod text;

use std::{fmt, str::FromStr};

use frisk_codes::Language;

pub use long::record_batch;

use crate::{Cell, Error, Label, Policy, PublishedTable};

/// A file format of a published table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Text for a terminal.
    Text,
    /// Comma-separated values, UTF-8, one row a cell.
    Csv,
    /// JSON-stat 2.0.
    JsonStat,
    /// Parquet, one row a cell.
    Parquet,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 4] = [Self::Text, Self::Csv, Self::JsonStat, Self::Parquet];

    /// Name on the command line and in addresses.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "table",
            Self::Csv => "csv",
            Self::JsonStat => "json-stat",
            Self::Parquet => "parquet",
        }
    }

    /// Media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Text => "text/plain; charset=utf-8",
            Self::Csv => "text/csv; charset=utf-8",
            Self::JsonStat => "application/json",
            Self::Parquet => "application/vnd.apache.parquet",
        }
    }

    /// The table as a file, with labels in one language.
    ///
    /// # Errors
    /// [`Error::Arrow`], [`Error::Parquet`] or [`Error::Json`] if the table cannot be written.
    pub fn write(self, table: &PublishedTable, language: Language) -> Result<Vec<u8>, Error> {
        match self {
            Self::Text => Ok(text::write(table, language).into_bytes()),
            Self::Csv => Ok(csv::write(table, language).into_bytes()),
            Self::JsonStat => json_stat::write(table, language),
            Self::Parquet => parquet::write(table, language),
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
            expected: match name {
                "px" | "xlsx" => {
                    format!("table, csv, json-stat or parquet; {name} is not built yet")
                }
                _ => "one of table, csv, json-stat, parquet".to_owned(),
            },
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

/// How small counts were protected, in words.
fn policy(policy: Policy) -> String {
    match policy {
        Policy::Compat { threshold } => format!("{} {threshold}", policy.name()),
        Policy::None => policy.name().to_owned(),
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
