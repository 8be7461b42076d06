//! What is left of someone in the files of an installation: searched byte by byte, and in every Parquet file row by row.

use std::{
    collections::BTreeMap,
    fs::File,
    path::{Path, PathBuf},
};

use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use crate::frisk::Frisk;

/// Personal number → how many documents are about it.
pub(crate) fn numbers(sweden: &Path) -> BTreeMap<String, u32> {
    let mut numbers = BTreeMap::new();
    for path in files(&sweden.join("documents")) {
        let text = std::fs::read_to_string(path).unwrap();
        // The extension that follows the OID of personal or coordination numbers.
        for person in text.split("1.2.752.129.2.1.3.").skip(1) {
            let digits = person.chars().skip(2).skip_while(|c| !c.is_ascii_digit());
            let number: String = digits.take_while(char::is_ascii_digit).collect();
            if number.len() == 12 {
                *numbers.entry(number).or_insert(0) += 1;
            }
        }
    }
    numbers
}

/// The number that most documents are about.
pub(crate) fn busiest(sweden: &Path) -> String {
    let numbers = numbers(sweden);
    numbers
        .into_iter()
        .max_by_key(|(_, documents)| *documents)
        .unwrap()
        .0
}

/// What `frisk extract` says about a number.
pub(crate) fn extract(frisk: &Frisk, number: &str) -> Option<serde_json::Value> {
    let output = frisk
        .with_input(&["extract", "-"], number)
        .output()
        .unwrap();
    output
        .status
        .success()
        .then(|| serde_json::from_slice(&output.stdout).unwrap())
}

/// Texts of an extract's fields of some name, from all tables.
pub(crate) fn fields(extract: &serde_json::Value, name: &str) -> Vec<String> {
    let tables = extract["tables"].as_object().unwrap().values();
    let rows = tables.flat_map(|rows| rows.as_array().unwrap());
    let mut found: Vec<String> = rows
        .filter_map(|row| Some(row[name].as_str()?.to_owned()))
        .collect();
    found.sort();
    found.dedup();
    found
}

/// How a person or a text can stand in a file.
pub(crate) struct Wanted {
    texts: Vec<String>,
    bytes: Vec<Vec<u8>>,
}

impl Wanted {
    pub(crate) fn new(texts: Vec<String>) -> Self {
        let bytes = texts.iter().map(|text| text.clone().into_bytes());
        Self {
            bytes: bytes.collect(),
            texts,
        }
    }

    /// A person key: as digits, and as eight bytes in either order.
    pub(crate) fn key(mut self, key: i64) -> Self {
        self.texts.push(key.to_string());
        self.bytes.push(key.to_string().into_bytes());
        self.bytes.push(key.to_le_bytes().to_vec());
        self.bytes.push(key.to_be_bytes().to_vec());
        self
    }

    /// The files below the warehouse, and the state store's, in which one of these stands.
    pub(crate) fn found_in(&self, frisk: &Frisk) -> Vec<PathBuf> {
        let mut all = files(&frisk.warehouse());
        for part in ["state.sqlite", "state.sqlite-wal", "state.sqlite-shm"] {
            all.push(frisk.folder().join(part));
        }
        all.retain(|path| path.exists() && self.stands_in(path));
        all
    }

    fn stands_in(&self, path: &Path) -> bool {
        let bytes = std::fs::read(path).unwrap();
        let raw = self
            .bytes
            .iter()
            .any(|wanted| bytes.windows(wanted.len()).any(|window| window == wanted));
        raw || (path.extension().is_some_and(|e| e == "parquet") && self.stands_in_rows(path))
    }

    fn stands_in_rows(&self, path: &Path) -> bool {
        let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(path).unwrap())
            .unwrap()
            .build()
            .unwrap();
        let mut writer = arrow::json::LineDelimitedWriter::new(Vec::new());
        for batch in reader {
            writer.write(&batch.unwrap()).unwrap();
        }
        writer.finish().unwrap();
        let text = String::from_utf8(writer.into_inner()).unwrap();
        self.texts.iter().any(|wanted| text.contains(wanted))
    }
}

/// All files below a folder.
pub(crate) fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}
