//! What the warehouse has already, so that nothing enters twice.

use std::collections::HashSet;

use arrow::{
    array::{AsArray, RecordBatch, StringArray},
    compute::cast,
    datatypes::DataType,
};
use frisk_ingest::{DocumentKey, ErasureList, Seen};

use crate::{
    Error,
    tables::{Table, Tables},
};

/// Documents and events that came before.
///
/// Memory: about 64 bytes a stored document.
#[derive(Debug, Default)]
pub struct Ledger {
    documents: HashSet<u128>,
    erased: Option<ErasureList>,
    /// Events (certificate created, certificate revoked) that came before.
    pub seen: Seen,
}

impl Ledger {
    /// Reads it from the newest versions of the tables.
    ///
    /// # Errors
    /// When a table cannot be read.
    pub fn read(tables: &Tables) -> Result<Self, Error> {
        let mut ledger = Self::default();
        let columns = ["certificate_type", "certificate_id", "document_key"];
        ledger.each(
            tables,
            Table::CERTIFICATE,
            &columns,
            |ledger, [kind, id, key]| {
                ledger.seen.insert_certificate(kind, id, parse(key));
            },
        )?;
        let columns = ["certificate_id", "document_key", "document_key"];
        ledger.each(
            tables,
            Table::REVOCATION,
            &columns,
            |ledger, [id, key, _]| {
                ledger.seen.insert_revocation(id, parse(key));
            },
        )?;
        let columns = ["document_key", "document_key", "document_key"];
        ledger.each(tables, Table::REJECT, &columns, |_, _| {})?;
        Ok(ledger)
    }

    /// With what was erased: such documents, and events of such certificates, count as ones that came before.
    #[must_use]
    pub fn without(mut self, erased: ErasureList) -> Self {
        self.seen = self.seen.without(erased.clone());
        self.erased = Some(erased);
        self
    }

    fn was_erased(&self, key: DocumentKey) -> bool {
        self.erased
            .as_ref()
            .is_some_and(|erased| erased.holds_document(key))
    }

    /// Whether the document came before; from now on it has.
    pub fn came_before(&mut self, key: DocumentKey) -> bool {
        self.was_erased(key) || !self.documents.insert(short(key))
    }

    /// Whether the document came before.
    #[must_use]
    pub fn holds(&self, key: DocumentKey) -> bool {
        self.documents.contains(&short(key)) || self.was_erased(key)
    }

    fn each(
        &mut self,
        tables: &Tables,
        table: Table,
        columns: &[&str; 3],
        take: impl Fn(&mut Self, [&str; 3]),
    ) -> Result<(), Error> {
        let state = tables.state(table, None)?;
        for file in &state.files {
            for batch in tables.read(table, file, Some(columns))? {
                let [a, b, c] = [
                    texts(&batch, columns[0])?,
                    texts(&batch, columns[1])?,
                    texts(&batch, columns[2])?,
                ];
                let keys = texts(&batch, "document_key")?;
                for row in 0..batch.num_rows() {
                    if let Some(key) = parse(keys.value(row)) {
                        self.documents.insert(short(key));
                    }
                    take(self, [a.value(row), b.value(row), c.value(row)]);
                }
            }
        }
        Ok(())
    }
}

fn texts(batch: &RecordBatch, name: &str) -> Result<StringArray, Error> {
    let column = batch.column_by_name(name).ok_or_else(|| Error::Table {
        table: "certificate".to_owned(),
        problem: format!("no column {name}"),
    })?;
    Ok(cast(column, &DataType::Utf8)?.as_string::<i32>().clone())
}

/// A document key from its 64 hexadecimal digits.
fn parse(hex: &str) -> Option<DocumentKey> {
    let mut key = [0; 32];
    if hex.len() != 64 {
        return None;
    }
    for (at, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(hex.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(DocumentKey(key))
}

fn short(key: DocumentKey) -> u128 {
    let mut half = [0; 16];
    half.copy_from_slice(&key.0[..16]);
    u128::from_be_bytes(half)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_back_from_its_hex() {
        let key = DocumentKey(std::array::from_fn(|i| u8::try_from(7 * i % 256).unwrap()));
        assert_eq!(parse(&key.hex()), Some(key));
        assert_eq!(parse("00"), None);
        assert_eq!(parse(&"zz".repeat(32)), None);
    }
}
