use std::path::PathBuf;

use frisk_ingest::{Document, DocumentKey, Fault, Format, Outcome, Reading};

use crate::clock;

/// Something that a source hands over.
#[expect(dead_code, reason = "archives, which make the other two, come next")]
#[derive(Debug)]
pub(crate) enum Incoming {
    /// A file that is read when its turn comes, in parallel with others.
    File {
        /// Name in the tables.
        name: String,
        /// Where it is.
        path: PathBuf,
    },
    /// A document whose bytes are here.
    Document(Document),
    /// What the source does not read, such as an archive in an archive: it becomes a reject row.
    Refused {
        /// Name in the tables.
        name: String,
        /// Id of the rule.
        rule: &'static str,
        /// What was expected.
        message: &'static str,
    },
}

impl Incoming {
    /// Bytes that it holds in memory now.
    pub(crate) fn weight(&self) -> usize {
        match self {
            Self::Document(document) => document.bytes.len(),
            Self::File { .. } | Self::Refused { .. } => 0,
        }
    }

    /// Reads and decodes it; no reading for a document that `came_before`.
    pub(crate) fn read(
        self,
        came_before: impl Fn(DocumentKey) -> bool,
    ) -> Result<Arrived, std::io::Error> {
        let document = match self {
            Self::Document(document) => document,
            Self::File { name, path } => {
                let bytes = std::fs::read(&path).map_err(|error| {
                    std::io::Error::new(error.kind(), format!("{}: {error}", path.display()))
                })?;
                Document::new(name, bytes)
            }
            Self::Refused {
                name,
                rule,
                message,
            } => {
                let reading = refused(&name, rule, message);
                return Ok(Arrived {
                    name,
                    reading: (!came_before(reading.key)).then_some(reading),
                });
            }
        };
        let document = document.received_on(clock::today());
        let key = document.key();
        let reading = (!came_before(key)).then(|| frisk_ingest::read(&document, None));
        Ok(Arrived {
            name: document.source,
            reading,
        })
    }
}

/// The reading of something that was not read; its name stands for its bytes.
fn refused(name: &str, rule: &'static str, message: &'static str) -> Reading {
    Reading {
        key: Document::new(String::new(), name.as_bytes().to_vec()).key(),
        format: Format::Unknown,
        certificate_type: None,
        certificate_id: None,
        unit_id: None,
        written_date: None,
        software: None,
        outcome: Outcome::Unsupported,
        faults: vec![Fault::error(rule, "", message)],
    }
}

/// A document that was read.
#[derive(Debug)]
pub(crate) struct Arrived {
    /// Name in the tables.
    pub(crate) name: String,
    /// What it says; `None` when the warehouse has it already.
    pub(crate) reading: Option<Reading>,
}
