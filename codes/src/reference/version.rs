use serde::{Deserialize, Serialize};

use crate::source_file::SourceFile;

/// A check of a list against what is known about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// What should hold.
    pub rule: String,
    /// Whether it does.
    pub passed: bool,
    /// What was found.
    pub found: String,
}

impl Check {
    /// The outcome of a check.
    #[must_use]
    pub fn of(rule: &str, passed: bool, found: &str) -> Self {
        Self {
            rule: rule.to_owned(),
            passed,
            found: found.to_owned(),
        }
    }
}

/// Where a list came from: one row a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListVersion {
    /// Name of the list, such as `ICD-10-SE codes`.
    pub name: String,
    /// File as given, relative to the imported folder.
    pub source_file: String,
    /// Rows that were read.
    pub rows: usize,
    /// SHA-256 of the file's bytes, hex.
    pub sha256: String,
    /// What was checked.
    pub checks: Vec<Check>,
}

impl ListVersion {
    /// The version of a file, nothing checked yet.
    pub(super) fn new(name: &str, source_file: &str, rows: usize, file: &SourceFile) -> Self {
        Self {
            name: name.to_owned(),
            source_file: source_file.to_owned(),
            rows,
            sha256: file.sha256.clone(),
            checks: Vec::new(),
        }
    }

    /// With the outcomes of checks.
    pub(super) fn with(mut self, checks: Vec<Check>) -> Self {
        self.checks = checks;
        self
    }

    /// Whether every check passed.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.checks.iter().all(|check| check.passed)
    }
}
