use super::table::Table;
use super::{CodeList, CodeRow, ListKind};
use crate::Error;
use crate::error::shown;
use crate::source_file::SourceFile;

/// Reads a list without a heading of separated columns: KVÅ, KSH97, postal codes; the list and the rows read; `None` if
/// it is none of them.
///
/// # Errors
/// If a row of a recognised file has another form.
pub(super) fn read(file: &SourceFile) -> Result<Option<(CodeList, usize)>, Error> {
    let Some(form) = Form::of(file) else {
        return Ok(None);
    };
    let mut rows = Vec::new();
    for (number, line) in file.rows() {
        if form == Form::Kva && line.to_lowercase().starts_with("kod") {
            continue;
        }
        let row = form.row(line).ok_or_else(|| Error::Value {
            file: file.name(),
            row: number,
            column: "code".to_owned(),
            found: shown(line),
            expected: form.expected().to_owned(),
        })?;
        rows.push(row);
    }
    let kind = match form {
        Form::Kva => ListKind::Kva,
        Form::PostalCode => ListKind::PostalCode,
        Form::Ksh97 if rows.iter().any(|row| is_primary(&row.code)) => ListKind::Ksh97Primary,
        Form::Ksh97 => ListKind::Ksh97,
    };
    let read = rows.len();
    Ok(Some((CodeList::new(kind, rows), read)))
}

/// Form of a file without a csv heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// `Kod:`, tabs, `Kodtext:` and rows of letters and digits.
    Kva,
    /// Seven characters of code, then the name (KSH97's ANSI files).
    Ksh97,
    /// Postal code; place; county; its name; municipality; its name; parish.
    PostalCode,
}

impl Form {
    /// The form of a file by its first 20 rows.
    fn of(file: &SourceFile) -> Option<Self> {
        let rows: Vec<&str> = file.rows().map(|(_, line)| line).take(20).collect();
        let first = rows.first()?.to_lowercase();
        let form = if first.starts_with("kod:") && first.contains("kodtext") {
            return Some(Self::Kva);
        } else if first.contains(';') {
            Self::PostalCode
        } else {
            Self::Ksh97
        };
        let starts = form != Self::Ksh97 || rows.first().is_some_and(|row| is_category(row));
        (starts && rows.iter().all(|row| form.row(row).is_some())).then_some(form)
    }

    /// Code and name of a row; `None` if it has another form.
    fn row(self, line: &str) -> Option<CodeRow> {
        let (code, name) = match self {
            Self::Kva => {
                let (code, rest) = line.split_once('\t')?;
                let name = rest.split('\t').map(str::trim).find(|t| !t.is_empty())?;
                (code.trim(), name)
            }
            Self::Ksh97 => {
                let (code, name) = line.split_at_checked(7)?;
                (code.trim_end(), name.trim())
            }
            Self::PostalCode => {
                let fields: Vec<&str> = line.split(';').map(str::trim).collect();
                (*fields.first()?, *fields.get(4)?)
            }
        };
        let named = !name.is_empty() && !name.starts_with([',', ':', ';']);
        (self.fits(code) && named).then(|| CodeRow {
            code: code.to_owned(),
            name: name.to_owned(),
        })
    }

    /// Whether a code has the form's shape.
    fn fits(self, code: &str) -> bool {
        let plain = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
        let starts = code.starts_with(|c: char| c.is_ascii_uppercase());
        match self {
            Self::Kva => starts && code.len() <= 5 && code.chars().all(plain),
            Self::Ksh97 => starts && code.len() >= 2 && code.chars().all(|c| plain(c) || c == '-'),
            Self::PostalCode => code.len() == 5 && code.bytes().all(|b| b.is_ascii_digit()),
        }
    }

    /// What a row should be.
    fn expected(self) -> &'static str {
        match self {
            Self::Kva => "a code of one to five letters and digits, a tab and a name",
            Self::Ksh97 => "a code of up to seven characters, padded with blanks, and a name",
            Self::PostalCode => "a five-digit postal code; place; county; name; municipality",
        }
    }
}

/// Whether a code is one of KSH97-P's own: `A00-`, `A02-P`, `J069P`.
fn is_primary(code: &str) -> bool {
    let own = code.ends_with('-') || code.ends_with('P');
    own && code.len() <= 5 && is_category(code)
}

/// Whether a text starts with a letter and two digits.
fn is_category(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|b| b.is_ascii_uppercase())
        && bytes.take(2).filter(u8::is_ascii_digit).count() == 2
}

/// Reads a list with a csv heading; the list and the rows read; `None` if it is none that is known.
///
/// # Errors
/// If a row has no code or no name.
pub(super) fn read_table(table: &Table) -> Result<Option<(CodeList, usize)>, Error> {
    let Some((kind, code, name)) = columns(table) else {
        return Ok(None);
    };
    let mut rows = Vec::new();
    for row in table.rows() {
        let own = row.text(code, "a code")?;
        let code = match kind {
            ListKind::Education => format!("{}.{own}", row.text("level", "a level")?),
            _ => own.to_owned(),
        };
        rows.push(CodeRow {
            code,
            name: row.text(name, "a name")?.to_owned(),
        });
    }
    let kind = match kind {
        ListKind::UnitType if rows.iter().all(|row| row.code.len() <= 2) => ListKind::UnitTypeGroup,
        kind => kind,
    };
    let read = rows.len();
    Ok(Some((CodeList::new(kind, rows), read)))
}

/// Kind of a table by its heading, and its columns of code and name.
fn columns(table: &Table) -> Option<(ListKind, &'static str, &'static str)> {
    let known: [(&[&str], ListKind, &str, &str); 7] = [
        (&["ssyk", "benamning"], ListKind::Ssyk, "ssyk", "benamning"),
        (
            &["legacy_id", "benamning"],
            ListKind::Occupation,
            "legacy_id",
            "benamning",
        ),
        (
            &["level", "code", "text"],
            ListKind::Education,
            "code",
            "text",
        ),
        (&["lankod", "lan"], ListKind::Region, "lankod", "lan"),
        (
            &["kommunkod", "kommun"],
            ListKind::Municipality,
            "kommunkod",
            "kommun",
        ),
        (&["kod", "text"], ListKind::UnitType, "kod", "text"),
        (
            &["befattningskod", "klartext", "beskrivning"],
            ListKind::Position,
            "befattningskod",
            "klartext",
        ),
    ];
    known
        .into_iter()
        .find(|(header, ..)| table.is(header))
        .map(|(_, kind, code, name)| (kind, code, name))
}
