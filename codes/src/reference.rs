mod list;
mod official;
mod population;
mod recommendation;
mod store;
mod table;
#[cfg(test)]
mod tests;
mod unit;
mod version;

pub use list::{CodeList, CodeRow, ListKind};
pub use population::PopulationRow;
pub use recommendation::Recommendation;
pub use unit::UnitRow;
pub use version::{Check, ListVersion};

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::icd10::{Draft, Part};
use crate::source_file::SourceFile;
use crate::{Error, Icd10};
use table::Table;

/// Reference data of an installation: the official lists in full, unit register, population and recommended lengths.
///
/// **Input**: a folder with files as their owners publish them ([`Reference::import`]), or the folder that
/// [`Reference::store`] wrote ([`Reference::open`]).
#[derive(Debug, Clone, Default)]
pub struct Reference {
    /// ICD-10-SE; `None` = only the built-in chapters and blocks.
    pub icd10: Option<Icd10>,
    /// Lists of codes and names, one a kind.
    pub lists: Vec<CodeList>,
    /// Care units (vårdenheter och enheter).
    pub units: Vec<UnitRow>,
    /// Population (folkmängd).
    pub population: Vec<PopulationRow>,
    /// Recommended lengths (FMB).
    pub recommendations: Vec<Recommendation>,
    /// A row a file that was read: what it is, where it came from, what was checked.
    pub versions: Vec<ListVersion>,
    /// Text files of the folder that are no list that Frisk knows; not stored.
    pub skipped: Vec<PathBuf>,
}

/// Largest file that is looked at, in bytes.
const LARGEST: u64 = 256 << 20;

impl Reference {
    /// Reads every list in a folder and its subfolders. Files are recognised by their columns and rows, not by name;
    /// text files (`.txt`, `.csv`, `.tsv`, `.ans`) that are no known list are named in [`Reference::skipped`].
    ///
    /// Several editions of ICD-10-SE (a folder each) are united, since certificates of many years are counted: a code
    /// is known when any edition has it.
    ///
    /// # Errors
    /// If the folder cannot be read, a file that was recognised has a row of another form, or no list was found.
    pub fn import(dir: &Path) -> Result<Self, Error> {
        let mut reference = Self::default();
        let mut editions: BTreeMap<PathBuf, Draft> = BTreeMap::new();
        for path in text_files(dir)? {
            let file = SourceFile::read(&path)?;
            let shown = path
                .strip_prefix(dir)
                .unwrap_or(&path)
                .display()
                .to_string();
            if let Some(part) = Part::of(&file) {
                let folder = path.parent().unwrap_or(dir).to_path_buf();
                let rows = editions.entry(folder).or_default().add(part, &file)?;
                reference
                    .versions
                    .push(ListVersion::new(part.list(), &shown, rows, &file));
            } else if !reference.read(&file, &shown)? {
                reference.skipped.push(path);
            }
        }
        reference.icd10 = unite(editions, dir, &mut reference.versions)?;
        if reference.versions.is_empty() {
            return Err(Error::missing(
                dir,
                "a known list",
                "files such as digit3.txt to digit5.txt, KSH97P_KOD.ANS, kommun.csv, a unit register or a population csv",
            ));
        }
        Ok(reference)
    }

    /// The list of a kind.
    #[must_use]
    pub fn list(&self, kind: ListKind) -> Option<&CodeList> {
        self.lists.iter().find(|list| list.kind == kind)
    }

    /// ICD-10-SE: the imported list, else the built-in one.
    #[must_use]
    pub fn icd10(&self) -> Cow<'_, Icd10> {
        self.icd10
            .as_ref()
            .map_or_else(|| Cow::Owned(Icd10::builtin()), Cow::Borrowed)
    }

    /// Takes over everything that another import holds: its lists replace lists of the same name here.
    pub fn merge(&mut self, newer: Self) {
        let names: Vec<String> = newer.versions.iter().map(|v| v.name.clone()).collect();
        self.versions
            .retain(|version| !names.contains(&version.name));
        self.lists
            .retain(|list| newer.lists.iter().all(|other| other.kind != list.kind));
        self.versions.extend(newer.versions);
        self.lists.extend(newer.lists);
        self.skipped.extend(newer.skipped);
        if newer.icd10.is_some() {
            self.icd10 = newer.icd10;
        }
        for_nonempty(&mut self.units, newer.units);
        for_nonempty(&mut self.population, newer.population);
        for_nonempty(&mut self.recommendations, newer.recommendations);
    }

    /// Reads a file that is no part of ICD-10-SE; `false` if it is no known list.
    fn read(&mut self, file: &SourceFile, shown: &str) -> Result<bool, Error> {
        if let Some((list, rows)) = official::read(file)? {
            let version = ListVersion::new(list.kind.name(), shown, rows, file);
            self.versions.push(version.with(list.checks()));
            self.add_list(list);
            return Ok(true);
        }
        let Some(table) = Table::read(file)? else {
            return Ok(false);
        };
        if let Some((list, rows)) = official::read_table(&table)? {
            let version = ListVersion::new(list.kind.name(), shown, rows, file);
            self.versions.push(version.with(list.checks()));
            self.add_list(list);
        } else if let Some(units) = unit::read(&table)? {
            let version = ListVersion::new(unit::NAME, shown, units.len(), file);
            self.versions.push(version.with(unit::checks(&units)));
            self.units.extend(units);
        } else if let Some(rows) = population::read(&table)? {
            let version = ListVersion::new(population::NAME, shown, rows.len(), file);
            self.versions.push(version.with(population::checks(&rows)));
            self.population.extend(rows);
        } else if let Some(rows) = recommendation::read(&table)? {
            self.versions.push(ListVersion::new(
                recommendation::NAME,
                shown,
                rows.len(),
                file,
            ));
            self.recommendations.extend(rows);
        } else {
            return Ok(false);
        }
        Ok(true)
    }

    /// Adds a list's rows to those of the same kind; a code that is already there keeps its first name.
    fn add_list(&mut self, list: CodeList) {
        match self.lists.iter_mut().find(|other| other.kind == list.kind) {
            Some(other) => other.unite(list),
            None => self.lists.push(list),
        }
    }
}

/// Replaces rows unless the new ones are none.
fn for_nonempty<T>(rows: &mut Vec<T>, newer: Vec<T>) {
    if !newer.is_empty() {
        *rows = newer;
    }
}

/// Unites the editions of ICD-10-SE; names of the edition with the most codes win.
fn unite(
    editions: BTreeMap<PathBuf, Draft>,
    dir: &Path,
    versions: &mut [ListVersion],
) -> Result<Option<Icd10>, Error> {
    let mut drafts: Vec<Draft> = editions
        .into_iter()
        .filter(|(_, draft)| !draft.is_empty())
        .map(|(_, draft)| draft)
        .collect();
    drafts.sort_by_key(|draft| std::cmp::Reverse(draft.codes()));
    let Some(united) = drafts.into_iter().reduce(Draft::unite) else {
        return Ok(None);
    };
    let list = united.build(dir)?;
    for version in versions
        .iter_mut()
        .filter(|v| [Part::Categories.list(), Part::Codes.list()].contains(&v.name.as_str()))
    {
        version.checks.push(Check::of(
            "every category lies in a chapter and a block, every code in a category",
            true,
            &format!(
                "{} categories, {} codes",
                list.categories().len(),
                list.codes().len()
            ),
        ));
    }
    Ok(Some(list))
}

/// Text files of a folder and its subfolders, sorted; hidden ones are passed over.
fn text_files(dir: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut found = Vec::new();
    let mut folders = vec![dir.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).map_err(|e| Error::io(&folder, e))? {
            let entry = entry.map_err(|e| Error::io(&folder, e))?;
            let kind = entry.file_type().map_err(|e| Error::io(&entry.path(), e))?;
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            if hidden {
                continue;
            }
            if kind.is_dir() {
                folders.push(entry.path());
            } else if is_text(&entry.path()) && entry.metadata().is_ok_and(|m| m.len() <= LARGEST) {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Whether a file's name ends as text lists do.
fn is_text(path: &Path) -> bool {
    path.extension().is_some_and(|end| {
        ["txt", "csv", "tsv", "ans"]
            .iter()
            .any(|known| end.eq_ignore_ascii_case(known))
    })
}
