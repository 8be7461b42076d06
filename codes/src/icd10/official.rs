use std::path::Path;

use super::{Entry, Icd10, builtin_blocks};
use crate::Error;
use crate::error::shown;
use crate::source_file::SourceFile;

/// What a file of the official list holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// Chapters (diagnoskapitel.txt, chapter.txt); recognised, but the built-in ones are used.
    Chapters,
    /// Blocks (block.txt).
    Blocks,
    /// Categories (digit3.txt).
    Categories,
    /// Codes of four or five characters (digit4.txt, digit5.txt).
    Codes,
}

impl Icd10 {
    /// The official list as Socialstyrelsen publishes it: a folder of text files with a code, tabs and a name a row.
    /// Files are recognised by what stands in them (ranges, three characters, four or more), whatever their names;
    /// other files are passed over. Text may be UTF-8, UTF-16 or Windows-1252.
    ///
    /// # Errors
    /// If the folder cannot be read, holds no categories or no codes, or a row is not of the file's form.
    pub fn from_dir(dir: &Path) -> Result<Self, Error> {
        let mut files = Vec::new();
        for entry in std::fs::read_dir(dir).map_err(|e| Error::io(dir, e))? {
            let path = entry.map_err(|e| Error::io(dir, e))?.path();
            let is_text = path
                .extension()
                .is_some_and(|e| e.eq_ignore_ascii_case("txt"));
            if is_text && path.is_file() {
                files.push(path);
            }
        }
        files.sort();
        let mut draft = Draft::default();
        for path in files {
            let file = SourceFile::read(&path)?;
            if let Some(part) = Part::of(&file) {
                draft.add(part, &file)?;
            }
        }
        draft.build(dir)
    }
}

/// Rows collected from the files of one edition.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    blocks: Vec<Entry>,
    categories: Vec<Entry>,
    codes: Vec<Entry>,
}

impl Draft {
    /// Adds a file's rows; gives their number.
    ///
    /// # Errors
    /// If a row is not of the file's form.
    pub(crate) fn add(&mut self, part: Part, file: &SourceFile) -> Result<usize, Error> {
        let rows = match part {
            Part::Chapters => return Ok(file.rows().count()),
            Part::Blocks => &mut self.blocks,
            Part::Categories => &mut self.categories,
            Part::Codes => &mut self.codes,
        };
        let before = rows.len();
        for (row, line) in file.rows() {
            let (code, name) = split(line);
            if is_heading(code) {
                continue;
            }
            let code = clean(code);
            if shape(&code) != Some(part) || name.is_empty() {
                return Err(Error::Value {
                    file: file.name(),
                    row,
                    column: if name.is_empty() { "name" } else { "code" }.to_owned(),
                    found: shown(line),
                    expected: part.form().to_owned(),
                });
            }
            rows.push(Entry::new(&code, name));
        }
        Ok(rows.len() - before)
    }

    /// Whether it has neither categories nor codes (only blocks or chapters).
    pub(crate) fn is_empty(&self) -> bool {
        self.categories.is_empty() && self.codes.is_empty()
    }

    /// How many codes it has.
    pub(crate) fn codes(&self) -> usize {
        self.codes.len()
    }

    /// Both editions; where both have a code, this one's name stays.
    pub(crate) fn unite(mut self, other: Self) -> Self {
        self.blocks.extend(other.blocks);
        self.categories.extend(other.categories);
        self.codes.extend(other.codes);
        self
    }

    /// The list; the built-in blocks when no file had any.
    ///
    /// # Errors
    /// If categories or codes are missing, or a code lies outside every category.
    pub(crate) fn build(mut self, dir: &Path) -> Result<Icd10, Error> {
        if self.categories.is_empty() {
            return Err(Error::missing(
                dir,
                "the list of categories",
                "digit3.txt of ICD-10-SE",
            ));
        }
        if self.codes.is_empty() {
            return Err(Error::missing(
                dir,
                "the list of codes",
                "digit4.txt and digit5.txt of ICD-10-SE",
            ));
        }
        self.blocks.sort_by(|a, b| a.id.cmp(&b.id));
        self.blocks.dedup_by(|a, b| a.id == b.id);
        if self.blocks.is_empty() {
            self.blocks = builtin_blocks();
        }
        Icd10::of(
            &dir.display().to_string(),
            self.blocks,
            self.categories,
            self.codes,
        )
    }
}

impl Part {
    /// What a file holds, by its first rows; `None` if it is no file of ICD-10-SE.
    pub(crate) fn of(file: &SourceFile) -> Option<Self> {
        let mut rows = file
            .rows()
            .map(|(_, line)| line)
            .filter(|line| !is_heading(split(line).0))
            .take(20)
            .peekable();
        rows.peek()?;
        let mut found = None;
        for line in rows {
            let part = if is_chapter(line) {
                Self::Chapters
            } else {
                line.contains('\t')
                    .then(|| shape(&clean(split(line).0)))??
            };
            if *found.get_or_insert(part) != part {
                return None;
            }
        }
        found
    }

    /// Name of the list that the file belongs to.
    pub(crate) fn list(self) -> &'static str {
        match self {
            Self::Chapters => "ICD-10-SE chapters",
            Self::Blocks => "ICD-10-SE blocks",
            Self::Categories => "ICD-10-SE categories",
            Self::Codes => "ICD-10-SE codes",
        }
    }

    /// The form of a row, for messages.
    fn form(self) -> &'static str {
        match self {
            Self::Chapters => "a range of categories and a name",
            Self::Blocks => "a range such as F40-F48, a tab and a name",
            Self::Categories => "a letter and two digits such as F43, a tab and a name",
            Self::Codes => "a code of four to eight characters such as F438A, a tab and a name",
        }
    }
}

/// Code and name of a row: before the first tab, and the first text after it.
fn split(line: &str) -> (&str, &str) {
    let (code, rest) = line.split_once('\t').unwrap_or((line, ""));
    let name = rest.split('\t').map(str::trim).find(|t| !t.is_empty());
    (code.trim(), name.unwrap_or_default())
}

/// Whether the first column is a heading such as `Kod:`.
fn is_heading(code: &str) -> bool {
    code.trim_end_matches(':').eq_ignore_ascii_case("kod")
}

/// A code without point, dagger and asterisk, upper-cased.
fn clean(code: &str) -> String {
    code.chars()
        .filter(|c| !['.', '†', '*', '+'].contains(c))
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

/// What a cleaned code is by its form.
fn shape(code: &str) -> Option<Part> {
    if let Some((from, to)) = code.split_once('-') {
        return (shape(from) == Some(Part::Categories) && shape(to) == Some(Part::Categories))
            .then_some(Part::Blocks);
    }
    let (category, rest) = code.split_at_checked(3)?;
    let known = super::category_number(category.as_bytes()).is_some();
    let tail = rest
        .bytes()
        .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    match (known && tail, rest.len()) {
        (true, 0) => Some(Part::Categories),
        (true, 1..=5) => Some(Part::Codes),
        _ => None,
    }
}

/// Whether a row is a chapter: `A00-B99Name`, or `01`, tabs, `Name (A00-B99)`.
fn is_chapter(line: &str) -> bool {
    let range = if line.contains('\t') {
        let (number, name) = split(line);
        (!number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
            .then(|| name.rsplit_once('(').map(|(_, r)| r.trim_end_matches(')')))
            .flatten()
    } else {
        line.get(..7)
    };
    range.is_some_and(|range| super::chapter::CHAPTERS.iter().any(|(id, _)| *id == range))
}
