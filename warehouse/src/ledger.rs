//! What the warehouse has already, so that nothing enters twice.

use std::collections::HashSet;

use arrow::{
    array::{Array, AsArray, RecordBatch, StringArray},
    compute::cast,
    datatypes::DataType,
};
use frisk_ingest::{DocumentKey, ErasureList, Seen, event_identity};

use crate::{
    Error, records,
    tables::{Table, Tables},
};

/// Documents and events that came before.
///
/// Memory: about 64 bytes a stored document.
#[derive(Debug, Default)]
pub struct Ledger {
    documents: HashSet<u128>,
    erased: Option<ErasureList>,
    /// Certificates, revocations, messages and events that came before.
    pub seen: Seen,
}

impl Ledger {
    /// Reads it from the newest versions of the tables.
    ///
    /// # Errors
    /// When a table cannot be read.
    pub fn read(tables: &Tables) -> Result<Self, Error> {
        let mut ledger = Self::default();
        let columns = ["document_key", "certificate_type", "certificate_id"];
        ledger.each(tables, Table::CERTIFICATE, &columns, |seen, row| {
            seen.insert_certificate(row[1], row[2], parse(row[0]));
        })?;
        let columns = ["document_key", "certificate_id"];
        ledger.each(tables, Table::REVOCATION, &columns, |seen, row| {
            seen.insert_revocation(row[1], parse(row[0]));
        })?;
        let columns = ["document_key", "message_id", "source"];
        ledger.each(tables, Table::MESSAGE, &columns, |seen, row| {
            seen.insert_message(row[1], row[2], parse(row[0]));
        })?;
        let columns = [
            "document_key",
            "source",
            "certificate_id",
            "kind",
            "recipient",
            "by_certificate_id",
            "message_id",
            "event_time",
        ];
        ledger.each(tables, Table::EVENT, &columns, |seen, row| {
            // What a relation tells comes and goes with its certificate.
            if row[1] == "event" {
                let identity = event_identity([row[2], row[3], row[4], row[5], row[6], row[7]]);
                seen.insert_event(&identity, parse(row[0]));
            }
        })?;
        ledger.each(tables, Table::REJECT, &["document_key"], |_, _| {})?;
        ledger.each(tables, Table::RECORD, &["document_key"], |_, _| {})?;
        for (arrival, version) in records::versions(tables)? {
            ledger.seen.records.insert(version, arrival);
        }
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

    /// Takes the rows of a table, text by text in the order of `columns`, the document key first; null is empty.
    fn each(
        &mut self,
        tables: &Tables,
        table: Table,
        columns: &[&str],
        take: impl Fn(&mut Seen, &[&str]),
    ) -> Result<(), Error> {
        let state = tables.state(table, None)?;
        for file in &state.files {
            for batch in tables.read(table, file, Some(columns))? {
                let texts: Result<Vec<StringArray>, Error> =
                    columns.iter().map(|name| texts(&batch, name)).collect();
                let texts = texts?;
                let mut of_row = vec![""; columns.len()];
                for row in 0..batch.num_rows() {
                    for (text, column) in of_row.iter_mut().zip(&texts) {
                        *text = if column.is_valid(row) {
                            column.value(row)
                        } else {
                            ""
                        };
                    }
                    if let Some(key) = parse(of_row[0]) {
                        self.documents.insert(short(key));
                    }
                    take(&mut self.seen, &of_row);
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
