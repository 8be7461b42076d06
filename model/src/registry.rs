//! The folder of models: which is in use, which came before, who signed what.
//!
//! Artefacts are `<hash>.json`; `in-use` names one; `signatures.jsonl` and `history.jsonl` are
//! appended to and never rewritten.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::artefact::Artefact;
use crate::error::{Error, Result};

/// A folder of models.
#[derive(Debug, Clone)]
pub struct Registry {
    folder: PathBuf,
}

/// A person's sign-off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// The model.
    pub model: String,
    /// Who signed.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
    /// For what, or under which conditions.
    pub note: String,
}

/// A model put to use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Use {
    /// The model.
    pub model: String,
    /// When; `None` for a model put to use by an older program.
    pub at: Option<DateTime<Utc>>,
}

/// A model of the folder.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Hash.
    pub model: String,
    /// The artefact.
    pub artefact: Artefact,
    /// The sign-offs.
    pub signatures: Vec<Signature>,
    /// Serving now.
    pub in_use: bool,
}

const IN_USE: &str = "in-use";
const SIGNATURES: &str = "signatures.jsonl";
const HISTORY: &str = "history.jsonl";

impl Registry {
    /// The registry of a folder, which need not exist yet.
    #[must_use]
    pub fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
        }
    }

    /// Stores a model and puts it to use; returns its hash.
    ///
    /// # Errors
    /// [`Error::Io`] when the folder cannot be written.
    pub fn store(&self, artefact: &Artefact, at: DateTime<Utc>) -> Result<String> {
        fs::create_dir_all(&self.folder)?;
        let model = artefact.save(&self.folder)?;
        self.put_to_use(&model, at)?;
        Ok(model)
    }

    /// The model in use; `None` when there is none.
    ///
    /// # Errors
    /// As [`Artefact::load`].
    pub fn in_use(&self) -> Result<Option<Artefact>> {
        let name = self.name_in_use();
        name.map(|model| self.load(&model)).transpose()
    }

    /// All models by hash.
    ///
    /// # Errors
    /// As [`Artefact::load`].
    pub fn list(&self) -> Result<Vec<Entry>> {
        let signatures: Vec<Signature> = self.lines(SIGNATURES)?;
        let in_use = self.name_in_use();
        let mut models = self.names()?;
        models.sort();
        let entry = |model: String| {
            let of_it = signatures
                .iter()
                .filter(|signature| signature.model == model);
            Ok(Entry {
                artefact: self.load(&model)?,
                signatures: of_it.cloned().collect(),
                in_use: in_use.as_deref() == Some(&model),
                model,
            })
        };
        models.into_iter().map(entry).collect()
    }

    /// Signs a model off. `start` may be the first characters of its hash.
    ///
    /// # Errors
    /// [`Error::NoModel`] when no model, or more than one, begins so.
    pub fn sign(&self, start: &str, by: &str, note: &str, at: DateTime<Utc>) -> Result<Signature> {
        let signature = Signature {
            model: self.find(start)?,
            by: by.to_owned(),
            at,
            note: note.to_owned(),
        };
        self.append(SIGNATURES, &signature)?;
        Ok(signature)
    }

    /// Puts the model before the one in use back; returns its hash.
    ///
    /// # Errors
    /// [`Error::NoModel`] when there was none before.
    pub fn roll_back(&self, at: DateTime<Utc>) -> Result<String> {
        let now = self.name_in_use();
        let history: Vec<Use> = self.lines(HISTORY)?;
        let before = history
            .iter()
            .rev()
            .find(|used| Some(&used.model) != now.as_ref());
        let before = before.ok_or(Error::NoModel {
            expected: "a model that was in use before this one",
        })?;
        self.put_to_use(&before.model, at)?;
        Ok(before.model.clone())
    }

    /// What was in use, oldest first.
    ///
    /// # Errors
    /// [`Error::Io`] or [`Error::Json`].
    pub fn history(&self) -> Result<Vec<Use>> {
        self.lines(HISTORY)
    }

    fn put_to_use(&self, model: &str, at: DateTime<Utc>) -> Result<()> {
        if let (Some(now), true) = (self.name_in_use(), self.history()?.is_empty()) {
            let (model, at) = (now, None);
            self.append(HISTORY, &Use { model, at })?;
        }
        let new = self.folder.join(format!("{IN_USE}.new"));
        fs::write(&new, model)?;
        fs::rename(new, self.folder.join(IN_USE))?;
        let (model, at) = (model.to_owned(), Some(at));
        self.append(HISTORY, &Use { model, at })
    }

    fn name_in_use(&self) -> Option<String> {
        let name = fs::read_to_string(self.folder.join(IN_USE)).ok()?;
        Some(name.trim().to_owned())
    }

    fn load(&self, model: &str) -> Result<Artefact> {
        Artefact::load(&self.folder.join(format!("{model}.json")))
    }

    fn find(&self, start: &str) -> Result<String> {
        let mut found = self.names()?;
        found.retain(|model| model.starts_with(start));
        match (found.pop(), found.is_empty()) {
            (Some(model), true) => Ok(model),
            _ => Err(Error::NoModel {
                expected: "the first characters of exactly one model's hash",
            }),
        }
    }

    fn names(&self) -> Result<Vec<String>> {
        if !self.folder.exists() {
            return Ok(Vec::new());
        }
        let mut names = Vec::new();
        for file in fs::read_dir(&self.folder)? {
            let name = file?.file_name().to_string_lossy().into_owned();
            let hash = name
                .strip_suffix(".json")
                .filter(|hash| !hash.starts_with('.'));
            names.extend(hash.map(str::to_owned));
        }
        Ok(names)
    }

    fn lines<T: DeserializeOwned>(&self, file: &str) -> Result<Vec<T>> {
        let path = self.folder.join(file);
        if !path.exists() {
            return Ok(Vec::new());
        }
        let text = fs::read_to_string(path)?;
        text.lines()
            .map(|line| Ok(serde_json::from_str(line)?))
            .collect()
    }

    fn append<T: Serialize>(&self, file: &str, row: &T) -> Result<()> {
        let mut line = serde_json::to_string(row)?;
        line.push('\n');
        let path = self.folder.join(file);
        let mut file = OpenOptions::new().create(true).append(true).open(path)?;
        Ok(file.write_all(line.as_bytes())?)
    }
}
