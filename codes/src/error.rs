use std::path::{Path, PathBuf};

/// What went wrong when a code list was read or stored.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder could not be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The cause.
        source: std::io::Error,
    },
    /// A value is not what the list's form says.
    #[error("{file}, row {row}, column {column}: found {found}, expected {expected}")]
    Value {
        /// File name.
        file: String,
        /// Row, counted from 1, the heading included.
        row: usize,
        /// Column by name, or by number from 1.
        column: String,
        /// What stands there, shortened, runs of digits masked.
        found: String,
        /// What should stand there.
        expected: String,
    },
    /// Something that the list needs is not there.
    #[error("{}: {missing} is missing, expected {expected}", path.display())]
    Missing {
        /// The file or folder.
        path: PathBuf,
        /// What is missing.
        missing: String,
        /// What should be there.
        expected: String,
    },
}

impl Error {
    /// An error of the file system.
    pub(crate) fn io(path: &Path, source: std::io::Error) -> Self {
        Self::Io {
            path: path.to_path_buf(),
            source,
        }
    }

    /// Something is missing.
    pub(crate) fn missing(path: &Path, missing: &str, expected: &str) -> Self {
        Self::Missing {
            path: path.to_path_buf(),
            missing: missing.to_owned(),
            expected: expected.to_owned(),
        }
    }

    /// Whether trying again may help: only faults of the file system.
    #[must_use]
    pub fn retryable(&self) -> bool {
        matches!(self, Self::Io { .. })
    }
}

/// A value for an error message: at most 30 characters, every run of six or more digits masked, so that a file given
/// by mistake shows no personal number.
pub(crate) fn shown(value: &str) -> String {
    let mut out = String::new();
    let mut digits = String::new();
    for c in value.chars().chain(std::iter::once('\u{0}')) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        if digits.len() >= 6 {
            out.push('…');
        } else {
            out.push_str(&digits);
        }
        digits.clear();
        if c != '\u{0}' {
            out.push(c);
        }
    }
    let short: String = out.chars().take(30).collect();
    let tail = if short.len() < out.len() { "…" } else { "" };
    format!("{short:?}{tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_personal_number_is_masked() {
        assert_eq!(shown("191212121212 Tolvan"), "\"… Tolvan\"");
        assert_eq!(shown("19121212-1212"), "\"…-1212\"");
        assert_eq!(shown("F43"), "\"F43\"");
    }
}
