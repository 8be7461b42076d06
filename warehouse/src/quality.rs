//! How good the documents are: what was read, accepted and rejected, by which rules, of each unit, sending system and
//! month. Counts documents, never persons.

use std::collections::{BTreeMap, BTreeSet};

use arrow::{
    array::{AsArray, RecordBatch},
    compute::cast,
    datatypes::{DataType, Int64Type},
};
use serde::Serialize;

use crate::{Error, Snapshot, Tables, link};

/// The documents of one unit, sending system and month.
///
/// The month is that of signing or sending, else that of coming in. Documents that came before, byte for byte, are not
/// counted; a different document under an id that came before is. Files of records (interventions, listings, ends of
/// observation) are not counted: their faults are rows of `reject`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct QualityRow {
    /// HSA id of the unit, or `unknown`. An event is counted at its own unit, a revocation at its certificate's.
    pub unit: String,
    /// The system that sent them, or `unknown`.
    pub software: String,
    /// `YYYY-MM`.
    pub month: String,
    /// Documents: the sum of accepted, rejected, unsupported and duplicate.
    pub read: i64,
    /// Certificates, revocations, messages and events that made a row.
    pub accepted: i64,
    /// Documents that made none because of a fault.
    pub rejected: i64,
    /// Documents of a format or type that is not read.
    pub unsupported: i64,
    /// Other documents under an id that came before.
    pub duplicate: i64,
    /// Accepted documents with a warning or without some of their periods.
    pub flagged: i64,
    /// Rejected documents whose certificate id is that of an accepted certificate: corrected since.
    pub mended: i64,
    /// Documents by rule that they break, errors and warnings.
    pub rules: BTreeMap<String, i64>,
}

/// Which documents.
#[derive(Debug, Clone, Default)]
pub struct QualityScope {
    /// HSA ids of units, upper case; empty = all.
    pub units: BTreeSet<String>,
    /// First month, `YYYY-MM`; empty = from the beginning.
    pub from: String,
    /// Last month, `YYYY-MM`; empty = to the end.
    pub to: String,
}

impl QualityScope {
    fn holds(&self, unit: &str, month: &str) -> bool {
        (self.units.is_empty() || self.units.contains(unit))
            && (self.from.is_empty() || month >= self.from.as_str())
            && (self.to.is_empty() || month <= self.to.as_str())
    }
}

/// Every document once: `faulty` those with a fault, `accepted` those that made a row, `document` all.
const DOCUMENTS: &str = "
WITH faulty AS (
  SELECT document_key, max(unit_id) AS unit_id, max(software) AS software,
    max(coalesce(written_date, received_date)) AS day, coalesce(max(verdict), 'rejected') AS verdict,
    lower(trim(max(certificate_id))) AS id
  FROM reject WHERE format NOT IN ('csv', 'parquet', 'fhir-r4') GROUP BY document_key),
placed AS (
  SELECT lower(trim(certificate_id)) AS id, max(unit_id) AS unit_id FROM certificate GROUP BY 1),
accepted AS (
  SELECT document_key, unit_id, software, signed_date AS day FROM certificate
  UNION ALL
  SELECT document_key, coalesce(unit_id, addressed_unit_id), CAST(NULL AS VARCHAR), sent_date FROM message
    WHERE source = 'message'
  UNION ALL
  SELECT document_key, unit_id, CAST(NULL AS VARCHAR), event_date FROM event WHERE source = 'event'
  UNION ALL
  SELECT r.document_key, p.unit_id, CAST(NULL AS VARCHAR), r.revoked_date FROM revocation r
    LEFT JOIN placed p ON p.id = lower(trim(r.certificate_id))),
document AS (
  SELECT a.document_key, a.unit_id, a.software, a.day, 'accepted' AS verdict,
    f.document_key IS NOT NULL AS flagged, false AS mended
  FROM accepted a LEFT JOIN faulty f ON f.document_key = a.document_key
  UNION ALL
  SELECT f.document_key, f.unit_id, f.software, f.day, f.verdict, false,
    f.verdict = 'rejected' AND p.id IS NOT NULL
  FROM faulty f LEFT JOIN accepted a ON a.document_key = f.document_key LEFT JOIN placed p ON p.id = f.id
  WHERE a.document_key IS NULL),
named AS (
  SELECT document_key, coalesce(nullif(unit_id, ''), 'unknown') AS unit,
    coalesce(nullif(software, ''), 'unknown') AS software,
    coalesce(substr(CAST(day AS VARCHAR), 1, 7), 'unknown') AS month, verdict, flagged, mended
  FROM document)
";

const COUNTS: &str = "SELECT unit, software, month, count(*) AS read,
  count(*) FILTER (WHERE verdict = 'accepted') AS accepted,
  count(*) FILTER (WHERE verdict = 'rejected') AS rejected,
  count(*) FILTER (WHERE verdict = 'unsupported') AS unsupported,
  count(*) FILTER (WHERE verdict = 'duplicate') AS duplicate,
  count(*) FILTER (WHERE flagged) AS flagged,
  count(*) FILTER (WHERE mended) AS mended
FROM named GROUP BY unit, software, month";

const RULES: &str =
    "SELECT n.unit, n.software, n.month, r.rule, count(DISTINCT r.document_key) AS documents
FROM reject r JOIN named n ON n.document_key = r.document_key
GROUP BY n.unit, n.software, n.month, r.rule";

/// The quality of a snapshot's documents, by unit, system and month.
///
/// # Errors
/// When a table cannot be read.
pub fn quality(
    tables: &Tables,
    snapshot: &Snapshot,
    scope: &QualityScope,
) -> Result<Vec<QualityRow>, Error> {
    let mut rows: BTreeMap<[String; 3], QualityRow> = BTreeMap::new();
    for batch in tables.query(snapshot, &format!("{DOCUMENTS} {COUNTS}"))? {
        for (at, key) in keys(&batch)?.into_iter().enumerate() {
            let of = |name| number(&batch, name, at);
            let [unit, software, month] = key.clone();
            let row = QualityRow {
                unit,
                software,
                month,
                read: of("read")?,
                accepted: of("accepted")?,
                rejected: of("rejected")?,
                unsupported: of("unsupported")?,
                duplicate: of("duplicate")?,
                flagged: of("flagged")?,
                mended: of("mended")?,
                rules: BTreeMap::new(),
            };
            rows.insert(key, row);
        }
    }
    for batch in tables.query(snapshot, &format!("{DOCUMENTS} {RULES}"))? {
        let rules = link::texts(&batch, "rule")?;
        for (at, key) in keys(&batch)?.into_iter().enumerate() {
            if let Some(row) = rows.get_mut(&key) {
                let documents = number(&batch, "documents", at)?;
                row.rules.insert(rules.value(at).to_owned(), documents);
            }
        }
    }
    Ok(rows
        .into_values()
        .filter(|row| scope.holds(&row.unit, &row.month))
        .collect())
}

fn keys(batch: &RecordBatch) -> Result<Vec<[String; 3]>, Error> {
    let [units, systems, months] = [
        link::texts(batch, "unit")?,
        link::texts(batch, "software")?,
        link::texts(batch, "month")?,
    ];
    Ok((0..batch.num_rows())
        .map(|row| [&units, &systems, &months].map(|texts| texts.value(row).to_owned()))
        .collect())
}

fn number(batch: &RecordBatch, name: &str, row: usize) -> Result<i64, Error> {
    let column = batch.column_by_name(name).ok_or_else(|| Error::Table {
        table: "reject".to_owned(),
        problem: format!("no column {name}"),
    })?;
    let numbers = cast(column, &DataType::Int64)?;
    Ok(numbers.as_primitive::<Int64Type>().value(row))
}

#[cfg(test)]
mod tests {
    use frisk_ingest::{Fault, Format, Outcome, UnitRegister};

    use super::*;
    use crate::seal::tests::{House, certificate, completion, day, reading, revocation};

    #[test]
    fn documents_are_counted_once_by_unit_system_and_month() {
        let mut house = House::new(1, UnitRegister::default());
        // Rejected in May, corrected in March's certificate of the same id; from a system that names itself.
        let mut wrong = reading("wrong", Outcome::Rejected);
        wrong.certificate_id = Some("C1".to_owned());
        wrong.unit_id = Some("e1".to_owned());
        wrong.written_date = Some(day("2024-05-02"));
        wrong.software = Some("Journal X".to_owned());
        wrong.faults = vec![
            Fault::error("lisjp/q32", "/a", "expected one"),
            Fault::error("lisjp/q32", "/b", "expected one"),
            Fault::error("lisjp/q6", "/c", "expected one"),
        ];
        house.take_reading(wrong);
        // Rejected, never corrected, nothing known but the day it came: 1 June.
        let mut lost = reading("lost", Outcome::Rejected);
        lost.faults = vec![Fault::error("xml.malformed", "", "expected XML")];
        house.take_reading(lost);
        let mut records = reading("records", Outcome::Rejected);
        records.format = Format::RecordCsv;
        records.faults = vec![Fault::error("record/columns", "row 1", "expected date")];
        house.take_reading(records);
        house.take_reading(reading("other", Outcome::Unsupported));
        // Of an unknown unit: accepted with a warning.
        house.take("certificate", certificate("c1", None));
        house.take("again", certificate("c1", None));
        house.take("message", completion("c1", "198112289874"));
        house.take("revocation", revocation("c1", "2024-03-30T08:00:00"));
        house.seal();
        let snapshot = Snapshot::publish(&house.tables).unwrap();
        let rows = quality(&house.tables, &snapshot, &QualityScope::default()).unwrap();
        let shown: Vec<_> = rows
            .iter()
            .map(|r| {
                let counts = [
                    r.read,
                    r.accepted,
                    r.rejected,
                    r.duplicate,
                    r.flagged,
                    r.mended,
                ];
                (
                    r.unit.as_str(),
                    r.software.as_str(),
                    r.month.as_str(),
                    counts,
                )
            })
            .collect();
        // In March: certificate, message and revocation; the certificate's unit is unknown.
        assert_eq!(
            shown,
            [
                ("E1", "Journal X", "2024-05", [1, 0, 1, 0, 0, 1]),
                ("E1", "unknown", "2024-03", [3, 3, 0, 0, 1, 0]),
                // The lost one, and the other document under the same id; `other` left no fault row, the file of records
                // is not counted.
                ("unknown", "unknown", "2024-06", [2, 0, 1, 1, 0, 0]),
            ]
        );
        let rules = &rows.iter().find(|r| r.month == "2024-05").unwrap().rules;
        // Two faults by one rule in one document count once.
        let expected = [("lisjp/q32".to_owned(), 1), ("lisjp/q6".to_owned(), 1)];
        assert_eq!(rules, &BTreeMap::from(expected));
        let scope = QualityScope {
            units: BTreeSet::from(["E1".to_owned()]),
            to: "2024-04".to_owned(),
            ..QualityScope::default()
        };
        assert_eq!(quality(&house.tables, &snapshot, &scope).unwrap().len(), 1);
    }
}
