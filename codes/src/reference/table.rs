use crate::Error;
use crate::error::shown;
use crate::source_file::SourceFile;

/// A text file with a heading and separated columns.
#[derive(Debug)]
pub(super) struct Table {
    file: String,
    header: Vec<String>,
    /// Row number in the file and its fields.
    rows: Vec<(usize, csv::StringRecord)>,
}

impl Table {
    /// The table of a file whose first row is a heading of at least two columns, separated by comma, semicolon or tab;
    /// `None` if it is no such file.
    ///
    /// # Errors
    /// If a later row cannot be read as separated columns.
    pub(super) fn read(file: &SourceFile) -> Result<Option<Self>, Error> {
        let Some((_, first)) = file.rows().next() else {
            return Ok(None);
        };
        let Some(delimiter) = [b'\t', b';', b',']
            .into_iter()
            .find(|d| first.contains(char::from(*d)))
        else {
            return Ok(None);
        };
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .from_reader(file.text.as_bytes());
        let header = match reader.headers() {
            Ok(header) => header.iter().map(|h| h.trim().to_lowercase()).collect(),
            Err(_) => return Ok(None),
        };
        let rows = reader
            .records()
            .enumerate()
            .map(|(i, record)| {
                let row = i + 2;
                match record {
                    Ok(record) => Ok((record.position().map_or(row, |p| line(p.line())), record)),
                    Err(error) => Err(Error::Value {
                        file: file.name(),
                        row,
                        column: "all".to_owned(),
                        found: shown(&error.to_string()),
                        expected: "separated columns, quoted as in RFC 4180".to_owned(),
                    }),
                }
            })
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Some(Self {
            file: file.name(),
            header,
            rows,
        }))
    }

    /// Whether the heading has all these columns (lower case).
    pub(super) fn has(&self, columns: &[&str]) -> bool {
        columns.iter().all(|column| self.column(column).is_some())
    }

    /// Whether the heading is exactly these columns (lower case).
    pub(super) fn is(&self, columns: &[&str]) -> bool {
        self.header
            .iter()
            .map(String::as_str)
            .eq(columns.iter().copied())
    }

    /// The heading, lower case.
    pub(super) fn header(&self) -> &[String] {
        &self.header
    }

    /// Position of a column.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|column| column == name)
    }

    /// Its rows.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows
            .iter()
            .map(|(number, record)| Row {
                table: self,
                number: *number,
                record,
            })
            .filter(|row| row.record.iter().any(|field| !field.trim().is_empty()))
    }
}

/// A line number of the csv reader.
fn line(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// A row of a [`Table`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    table: &'a Table,
    number: usize,
    record: &'a csv::StringRecord,
}

impl<'a> Row<'a> {
    /// The field of a column, trimmed; empty when the row is too short or has no such column.
    pub(super) fn get(&self, column: &str) -> &'a str {
        self.table.column(column).map_or("", |at| self.at(at))
    }

    /// The field at a position, trimmed.
    pub(super) fn at(&self, at: usize) -> &'a str {
        self.record.get(at).unwrap_or_default().trim()
    }

    /// The field of a column, which may not be empty.
    pub(super) fn text(&self, column: &str, expected: &str) -> Result<&'a str, Error> {
        match self.get(column) {
            "" => Err(self.wrong(column, expected)),
            text => Ok(text),
        }
    }

    /// The field of a column as a value that a function makes of it.
    pub(super) fn value<T>(
        &self,
        column: &str,
        expected: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<T, Error> {
        parse(self.get(column)).ok_or_else(|| self.wrong(column, expected))
    }

    /// The error that the field of a column is not what is expected.
    pub(super) fn wrong(&self, column: &str, expected: &str) -> Error {
        Error::Value {
            file: self.table.file.clone(),
            row: self.number,
            column: column.to_owned(),
            found: shown(self.get(column)),
            expected: expected.to_owned(),
        }
    }
}
