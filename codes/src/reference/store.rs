use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::{CodeList, ListKind, ListVersion, Reference};
use crate::Error;
use crate::icd10::{Entry, Icd10, Level};
use crate::source_file::SourceFile;

/// File that says what the folder holds; written last.
const CONTENTS: &str = "versions.json";

/// What [`CONTENTS`] holds.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Contents {
    versions: Vec<ListVersion>,
    files: Vec<StoredFile>,
}

/// A canonical file and its hash.
#[derive(Debug, Serialize, Deserialize)]
struct StoredFile {
    name: String,
    sha256: String,
}

/// A row of the canonical ICD-10-SE file.
#[derive(Debug, Serialize, Deserialize)]
struct Icd10Row {
    level: Level,
    code: String,
    name: String,
}

impl Reference {
    /// Writes a canonical copy (UTF-8 csv, one file a list, and `versions.json`) into a folder.
    ///
    /// Each file is written beside its place and renamed; `versions.json` comes last.
    ///
    /// # Errors
    /// If the folder cannot be written.
    pub fn store(&self, dir: &Path) -> Result<(), Error> {
        std::fs::create_dir_all(dir).map_err(|e| Error::io(dir, e))?;
        let mut folder = Folder {
            dir,
            files: Vec::new(),
        };
        if let Some(list) = &self.icd10 {
            folder.write("icd10", &icd10_rows(list))?;
        }
        for list in &self.lists {
            folder.write(list.kind.stem(), &list.rows)?;
        }
        folder.write("unit", &self.units)?;
        folder.write("population", &self.population)?;
        folder.write("recommendation", &self.recommendations)?;
        let contents = Contents {
            versions: self.versions.clone(),
            files: folder.files,
        };
        let path = dir.join(CONTENTS);
        let json = serde_json::to_vec_pretty(&contents).map_err(|e| Error::io(&path, e.into()))?;
        write(&path, &json)
    }

    /// Reads what [`Reference::store`] wrote; a folder without `versions.json` holds nothing.
    ///
    /// # Errors
    /// If a file is missing, cannot be read, or is not the one that was written (SHA-256).
    pub fn open(dir: &Path) -> Result<Self, Error> {
        let path = dir.join(CONTENTS);
        if !path.exists() {
            return Ok(Self::default());
        }
        let bytes = std::fs::read(&path).map_err(|e| Error::io(&path, e))?;
        let contents: Contents =
            serde_json::from_slice(&bytes).map_err(|e| Error::io(&path, e.into()))?;
        let mut reference = Self {
            versions: contents.versions,
            ..Self::default()
        };
        for file in &contents.files {
            reference.load(dir, file)?;
        }
        Ok(reference)
    }

    /// Reads one canonical file.
    fn load(&mut self, dir: &Path, stored: &StoredFile) -> Result<(), Error> {
        let path = dir.join(format!("{}.csv", stored.name));
        let file = SourceFile::read(&path)?;
        if file.sha256 != stored.sha256 {
            return Err(Error::missing(
                &path,
                "the file that was stored",
                "the SHA-256 of versions.json; import the list again",
            ));
        }
        match stored.name.as_str() {
            "icd10" => self.icd10 = Some(icd10(&path, rows(&file)?)?),
            "unit" => self.units = rows(&file)?,
            "population" => self.population = rows(&file)?,
            "recommendation" => self.recommendations = rows(&file)?,
            name => {
                if let Some(kind) = ListKind::ALL.into_iter().find(|kind| kind.stem() == name) {
                    self.lists.push(CodeList::new(kind, rows(&file)?));
                }
            }
        }
        Ok(())
    }
}

/// A folder that is being written.
struct Folder<'a> {
    dir: &'a Path,
    files: Vec<StoredFile>,
}

impl Folder<'_> {
    /// Writes rows as csv; no file for no rows.
    fn write<T: Serialize>(&mut self, name: &str, rows: &[T]) -> Result<(), Error> {
        let path = self.dir.join(format!("{name}.csv"));
        if rows.is_empty() {
            return remove(&path);
        }
        let mut writer = csv::Writer::from_writer(Vec::new());
        for row in rows {
            writer
                .serialize(row)
                .map_err(|e| Error::io(&path, e.into()))?;
        }
        let bytes = writer
            .into_inner()
            .map_err(|e| Error::io(&path, e.into_error()))?;
        write(&path, &bytes)?;
        self.files.push(StoredFile {
            name: name.to_owned(),
            sha256: SourceFile::read(&path)?.sha256,
        });
        Ok(())
    }
}

/// Removes a file of an earlier import; it need not be there.
fn remove(path: &Path) -> Result<(), Error> {
    match std::fs::remove_file(path) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(Error::io(path, e)),
        _ => Ok(()),
    }
}

/// Writes a file beside its place and renames it.
fn write(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let beside = PathBuf::from(beside);
    std::fs::write(&beside, bytes).map_err(|e| Error::io(&beside, e))?;
    std::fs::rename(&beside, path).map_err(|e| Error::io(path, e))
}

/// The rows of a canonical file.
fn rows<T: DeserializeOwned>(file: &SourceFile) -> Result<Vec<T>, Error> {
    csv::Reader::from_reader(file.text.as_bytes())
        .into_deserialize()
        .collect::<Result<_, _>>()
        .map_err(|e: csv::Error| Error::io(&file.path, e.into()))
}

/// Blocks, categories and codes of a list as rows.
fn icd10_rows(list: &Icd10) -> Vec<Icd10Row> {
    [
        (Level::Block, list.blocks()),
        (Level::Category, list.categories()),
        (Level::Code, list.codes()),
    ]
    .into_iter()
    .flat_map(|(level, entries)| {
        entries.iter().map(move |entry| Icd10Row {
            level,
            code: entry.id.clone(),
            name: entry.name.clone(),
        })
    })
    .collect()
}

/// The list of rows.
fn icd10(path: &Path, rows: Vec<Icd10Row>) -> Result<Icd10, Error> {
    let of = |level: Level| {
        rows.iter()
            .filter(|row| row.level == level)
            .map(|row| Entry::new(&row.code, &row.name))
            .collect()
    };
    Icd10::of(
        &path.display().to_string(),
        of(Level::Block),
        of(Level::Category),
        of(Level::Code),
    )
}
