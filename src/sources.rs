//! Where documents come from. A source gives them one by one; none lists or holds them all.

use std::path::PathBuf;

use frisk_ingest::{Found, documents_in};

use crate::{incoming::Incoming, output::Failure};

/// All that some paths hold, one path after the other.
pub(crate) struct Sources {
    documents: Box<dyn Iterator<Item = Result<Incoming, Failure>> + Send>,
}

impl Sources {
    /// The documents of files and folders.
    ///
    /// # Errors
    /// When one of the paths is not there; nothing is then read.
    pub(crate) fn of(paths: &[PathBuf]) -> Result<Self, Failure> {
        for path in paths {
            if !path.exists() {
                return Err(Failure::usage(format!(
                    "{}: no such file or folder",
                    path.display()
                )));
            }
        }
        let paths = paths.to_vec();
        let found = paths.into_iter().flat_map(|path| documents_in(&path));
        let documents = found.map(|found| Ok(found.map(file)?));
        Ok(Self {
            documents: Box::new(documents),
        })
    }
}

impl Iterator for Sources {
    type Item = Result<Incoming, Failure>;

    fn next(&mut self) -> Option<Self::Item> {
        self.documents.next()
    }
}

fn file(found: Found) -> Incoming {
    Incoming::File {
        name: found.name,
        path: found.path,
    }
}
