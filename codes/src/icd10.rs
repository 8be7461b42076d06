mod chapter;
mod index;
mod levels;
mod official;
#[cfg(test)]
mod tests;

pub use levels::Levels;
pub(crate) use official::{Draft, Part};

use serde::{Deserialize, Serialize};

use crate::error::shown;
use crate::{Error, Text};
use index::{CodeIndex, Key};

/// Name of the internal group of diagnoses that are no valid ICD-10 code.
///
/// Source: conformance kit §6.5.
pub const WITHOUT_VALID_CODE: Text =
    Text::new("Utan giltig ICD-10 kod", "Without a valid ICD-10 code");

/// Level of the classification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Chapter (kapitel).
    Chapter,
    /// Block (avsnitt).
    Block,
    /// Category (kategori): three characters.
    Category,
    /// Code (kod): four or more characters.
    Code,
}

/// One row of the classification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Range or code: `F00-F99`, `F40-F48`, `F43`, `F438A`.
    pub id: String,
    /// Swedish name; empty when the list has none (categories of the built-in list).
    pub name: String,
    /// English name; only chapters have one.
    pub english: Option<String>,
}

/// Where a category stands: places in the lists of chapters, blocks and categories.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    chapter: usize,
    block: usize,
    category: usize,
}

/// ICD-10-SE: chapters and blocks built in, categories and codes by import.
///
/// Source: Socialstyrelsen, Internationell statistisk klassifikation av sjukdomar och relaterade hälsoproblem.
#[derive(Debug, Clone)]
pub struct Icd10 {
    chapters: Vec<Entry>,
    blocks: Vec<Entry>,
    categories: Vec<Entry>,
    codes: Vec<Entry>,
    places: Vec<Option<Place>>,
    index: CodeIndex,
}

impl Icd10 {
    /// The built-in list: 22 chapters and the blocks. A category (letter and two digits) is known when it falls in a
    /// block; no code of four or more characters is known.
    #[must_use]
    pub fn builtin() -> Self {
        let blocks = builtin_blocks();
        let categories = blocks
            .iter()
            .flat_map(|block| category_numbers(&block.id))
            .map(|number| Entry::new(&category_id(number), ""))
            .collect();
        let mut list = Self {
            chapters: builtin_chapters(),
            blocks,
            categories,
            codes: Vec::new(),
            places: Vec::new(),
            index: CodeIndex::default(),
        };
        list.place_categories();
        list
    }

    /// The list of imported categories and codes under the built-in chapters and the given blocks.
    ///
    /// # Errors
    /// A category that lies in no block or no chapter; a code whose category is unknown.
    pub(crate) fn of(
        file: &str,
        blocks: Vec<Entry>,
        mut categories: Vec<Entry>,
        mut codes: Vec<Entry>,
    ) -> Result<Self, Error> {
        categories.sort_by(|a, b| a.id.cmp(&b.id));
        categories.dedup_by(|a, b| a.id == b.id);
        codes.sort_by(|a, b| a.id.cmp(&b.id));
        codes.dedup_by(|a, b| a.id == b.id);
        let index = CodeIndex::new(&codes);
        let mut list = Self {
            chapters: builtin_chapters(),
            blocks,
            categories,
            codes,
            places: Vec::new(),
            index,
        };
        list.place_categories();
        list.check(file)?;
        Ok(list)
    }

    /// Chapters, in order.
    #[must_use]
    pub fn chapters(&self) -> &[Entry] {
        &self.chapters
    }

    /// Blocks, in order.
    #[must_use]
    pub fn blocks(&self) -> &[Entry] {
        &self.blocks
    }

    /// Categories, in order; of the built-in list without names.
    #[must_use]
    pub fn categories(&self) -> &[Entry] {
        &self.categories
    }

    /// Codes of four or more characters, in order; none in the built-in list.
    #[must_use]
    pub fn codes(&self) -> &[Entry] {
        &self.codes
    }

    /// The four levels of a diagnosis code as a document has it.
    ///
    /// Only `A`–`Z` and `0`–`9` count, upper-cased. Characters are dropped from the end until the rest is a known code
    /// of four or more characters; else the first three are tried as a category (code: none); else the diagnosis is
    /// [`Levels::INVALID`].
    ///
    /// Source: conformance kit §6.5.
    #[must_use]
    pub fn resolve(&self, code: &str) -> Levels<'_> {
        let key = Key::of(code);
        let Some(place) = self.place(key) else {
            return Levels::INVALID;
        };
        let code = self
            .index
            .longest_prefix(key, 4)
            .and_then(|at| self.codes.get(at));
        Levels {
            chapter: id(&self.chapters, place.chapter),
            block: id(&self.blocks, place.block),
            category: id(&self.categories, place.category),
            code: code.map(|entry| entry.id.as_str()),
            valid: true,
        }
    }

    /// The row that is exactly this code or range, in any case; other characters than letters, digits and hyphen do
    /// not count. Categories are tried first, then blocks, chapters, codes.
    ///
    /// Source: conformance kit §6.5 (certificate table and messages).
    #[must_use]
    pub fn exact(&self, code: &str) -> Option<(Level, &Entry)> {
        let wanted: String = code
            .chars()
            .map(|c| c.to_ascii_uppercase())
            .filter(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || *c == '-')
            .collect();
        [
            (Level::Category, &self.categories),
            (Level::Block, &self.blocks),
            (Level::Chapter, &self.chapters),
            (Level::Code, &self.codes),
        ]
        .into_iter()
        .find_map(|(level, entries)| find(entries, &wanted).map(|entry| (level, entry)))
    }

    /// Name of a chapter, block, category or code in Swedish; `None` when it is unknown or has no name.
    #[must_use]
    pub fn name(&self, id: &str) -> Option<&str> {
        self.exact(id)
            .map(|(_, entry)| entry.name.as_str())
            .filter(|name| !name.is_empty())
    }

    /// The place of a key's category.
    fn place(&self, key: Key) -> Option<Place> {
        let [letter, tens, ones, ..] = key.prefix(3).to_be_bytes();
        let number = category_number(&[letter, tens, ones])?;
        self.places.get(number).copied().flatten()
    }

    /// Finds the chapter and the block of every category.
    fn place_categories(&mut self) {
        self.places = vec![None; 26 * 100];
        for (category, entry) in self.categories.iter().enumerate() {
            let (Some(number), Some(chapter), Some(block)) = (
                category_number(entry.id.as_bytes()),
                range_of(&self.chapters, &entry.id),
                range_of(&self.blocks, &entry.id),
            ) else {
                continue;
            };
            if let Some(place) = self.places.get_mut(number) {
                *place = Some(Place {
                    chapter,
                    block,
                    category,
                });
            }
        }
    }

    /// Every category has its place and every code its category.
    fn check(&self, file: &str) -> Result<(), Error> {
        for (row, entry) in self.categories.iter().chain(&self.codes).enumerate() {
            if self.place(Key::of(&entry.id)).is_none() {
                return Err(Error::Value {
                    file: file.to_owned(),
                    row: row + 1,
                    column: "code".to_owned(),
                    found: shown(&entry.id),
                    expected:
                        "a category inside a chapter and a block, or a code inside a category"
                            .to_owned(),
                });
            }
        }
        Ok(())
    }
}

impl Entry {
    /// A row without an English name.
    pub(crate) fn new(id: &str, name: &str) -> Self {
        Self {
            id: id.to_owned(),
            name: name.to_owned(),
            english: None,
        }
    }
}

/// The built-in chapters.
fn builtin_chapters() -> Vec<Entry> {
    chapter::CHAPTERS
        .iter()
        .map(|(id, name)| Entry {
            id: (*id).to_owned(),
            name: name.sv.to_owned(),
            english: Some(name.en.to_owned()),
        })
        .collect()
}

/// The built-in blocks.
pub(crate) fn builtin_blocks() -> Vec<Entry> {
    chapter::BLOCKS
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once(','))
        .map(|(id, name)| Entry::new(id, name.trim_matches('"')))
        .collect()
}

/// Id of the entry at a place.
fn id(entries: &[Entry], at: usize) -> Option<&str> {
    entries.get(at).map(|entry| entry.id.as_str())
}

/// The entry with an id, in a list sorted by id.
fn find<'a>(entries: &'a [Entry], id: &str) -> Option<&'a Entry> {
    let at = entries
        .binary_search_by(|entry| entry.id.as_str().cmp(id))
        .ok()?;
    entries.get(at)
}

/// Number of a category, letter × 100 + digits: `A00` → 0, `Z99` → 2599; `None` if it is not a letter and two digits.
fn category_number(id: &[u8]) -> Option<usize> {
    let [letter @ b'A'..=b'Z', tens @ b'0'..=b'9', ones @ b'0'..=b'9'] = *id else {
        return None;
    };
    let digits = usize::from(tens - b'0') * 10 + usize::from(ones - b'0');
    Some(usize::from(letter - b'A') * 100 + digits)
}

/// The inverse of [`category_number`].
fn category_id(number: usize) -> String {
    let letter = char::from(b'A' + u8::try_from(number / 100).unwrap_or_default());
    format!("{letter}{:02}", number % 100)
}

/// Numbers of the categories of a range such as `X85-Y09`; empty if it is no range.
fn category_numbers(range: &str) -> std::ops::Range<usize> {
    let ends = range.split_once('-').and_then(|(from, to)| {
        Some((
            category_number(from.as_bytes())?,
            category_number(to.as_bytes())?,
        ))
    });
    ends.map_or(0..0, |(from, to)| from..to + 1)
}

/// Place of the range that a category falls in.
fn range_of(ranges: &[Entry], category: &str) -> Option<usize> {
    let number = category_number(category.as_bytes())?;
    ranges
        .iter()
        .position(|range| category_numbers(&range.id).contains(&number))
}
