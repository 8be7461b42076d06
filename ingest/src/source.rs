use std::path::{Path, PathBuf};

use crate::Error;

/// A document file that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Name relative to where the search began, with `/` between folders.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
}

/// The documents under a path: the file itself, or of a folder and its folders the `.xml` and `.json` files and the
/// files of records (told from their beginning), sorted by name.
///
/// # Errors
/// Each item is an error where a folder or file could not be looked at; the search goes on.
pub fn documents_in(path: &Path) -> impl Iterator<Item = Result<Found, Error>> + use<> {
    Search {
        root: path.to_owned(),
        stack: vec![(path.to_owned(), true)],
    }
}

struct Search {
    root: PathBuf,
    /// What is still to look at, next last; whether it was asked for by name.
    stack: Vec<(PathBuf, bool)>,
}

impl Iterator for Search {
    type Item = Result<Found, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        while let Some((path, asked)) = self.stack.pop() {
            match std::fs::metadata(&path) {
                Err(source) => return Some(Err(Error::Source { path, source })),
                Ok(about) if about.is_dir() => {
                    // A linked folder could lead in a circle.
                    if !asked && path.is_symlink() {
                        continue;
                    }
                    if let Err(error) = self.push_folder(&path) {
                        return Some(Err(error));
                    }
                }
                Ok(_) if asked || is_document(&path) => {
                    let name = self.name(&path);
                    return Some(Ok(Found { name, path }));
                }
                Ok(_) => {}
            }
        }
        None
    }
}

impl Search {
    fn push_folder(&mut self, folder: &Path) -> Result<(), Error> {
        let fault = |source| Error::Source {
            path: folder.to_owned(),
            source,
        };
        let entries = std::fs::read_dir(folder).map_err(fault)?;
        let mut paths = entries
            .map(|entry| entry.map(|e| (e.path(), false)).map_err(fault))
            .collect::<Result<Vec<_>, _>>()?;
        paths.sort();
        self.stack.extend(paths.into_iter().rev());
        Ok(())
    }

    fn name(&self, path: &Path) -> String {
        let relative = path
            .strip_prefix(&self.root)
            .ok()
            .filter(|r| !r.as_os_str().is_empty());
        let relative = relative.unwrap_or_else(|| path.file_name().map_or(path, Path::new));
        let parts: Vec<_> = relative.iter().map(|p| p.to_string_lossy()).collect();
        parts.join("/")
    }
}

fn is_document(path: &Path) -> bool {
    let extension = path.extension().map(|e| e.to_ascii_lowercase());
    match extension.as_deref().and_then(std::ffi::OsStr::to_str) {
        Some("xml" | "json") => true,
        // Lists of all kinds lie about as such files: only those of records are meant.
        Some("csv" | "tsv" | "txt" | "ndjson" | "parquet") => {
            crate::record::file_holds_records(path)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_documents_sorted_in_folders_and_files() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("b")).unwrap();
        for name in [
            "c.xml",
            "a.JSON",
            "b/z.xml",
            "b/y.txt",
            "readme.md",
            "list.csv",
        ] {
            std::fs::write(folder.path().join(name), "unit_id,name\nA,B\n").unwrap();
        }
        let records = "personnummer;orsak;datum\n";
        std::fs::write(folder.path().join("b/ends.txt"), records).unwrap();
        let names: Vec<String> = documents_in(folder.path())
            .map(|f| f.unwrap().name)
            .collect();
        assert_eq!(names, ["a.JSON", "b/ends.txt", "b/z.xml", "c.xml"]);
        // A file asked for by name counts whatever it is called.
        let one: Vec<_> = documents_in(&folder.path().join("b/y.txt")).collect();
        assert_eq!(one[0].as_ref().unwrap().name, "y.txt");
        let none: Vec<_> = documents_in(&folder.path().join("missing")).collect();
        assert!(matches!(none[..], [Err(Error::Source { .. })]));
    }
}
