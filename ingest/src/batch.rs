//! Readings to rows: exactly once, numbered in order of arrival, personal numbers keyed.

mod checks;
mod event_rows;
mod mask;
mod message_rows;
mod record_batches;
mod record_rows;
mod rows;
mod seen;
mod seen_records;

use std::collections::HashSet;
use std::sync::Arc;

use arrow::array::new_null_array;
use arrow::datatypes::SchemaRef;
use arrow::record_batch::RecordBatch;
use chrono::NaiveDate;
use frisk_codes::CodeList;

use crate::Error;
use crate::certificate::Certificate;
use crate::document::DocumentKey;
use crate::event::CertificateEvent;
use crate::identity::{SealedIdentity, Secret};
use crate::reading::{Fault, Outcome, Reading, Revocation};
use crate::record::Records;
use crate::register::{UnitRegister, UnknownUnit};
use event_rows::EventRow;
use message_rows::MessageRow;
use record_rows::{Came, RecordRows};
use rows::{CertificateRow, PeriodRow, RejectRow, RevocationRow};

pub use mask::mask;
use seen::Insertion;
pub use seen::{Seen, event_identity};
use seen_records::Place;
pub use seen_records::{SeenRecords, Version};

/// Verdicts of documents, as `reject` has them.
const ACCEPTED: &str = "accepted";
const REJECTED: &str = "rejected";

/// What a batch is built with.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'r> {
    /// The installation's secret.
    pub secret: &'r Secret,
    /// The units that are known.
    pub register: &'r UnitRegister,
    /// The day of processing: periods that end more than five years later are dropped.
    pub today: NaiveDate,
    /// What to do with certificates of unknown units.
    pub unknown_unit: UnknownUnit,
    /// KVÅ, when it is imported: codes of interventions are looked up in it.
    pub kva: Option<&'r CodeList>,
}

/// How many documents went which way; `read` is the sum of the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Counts {
    /// Documents pushed.
    pub read: u64,
    /// Certificates that made a row.
    pub accepted: u64,
    /// Documents that made none because of a fault.
    pub rejected: u64,
    /// Events that had come before.
    pub duplicate: u64,
    /// Revocations that made a row.
    pub revoked: u64,
    /// Documents of a format or type that is not read.
    pub unsupported: u64,
    /// Messages about certificates that made a row.
    #[serde(default)]
    pub messages: u64,
    /// Event documents that made a row.
    #[serde(default)]
    pub events: u64,
    /// Files of records that made a row.
    #[serde(default)]
    pub record_files: u64,
    /// Rows of the files of records.
    #[serde(default)]
    pub rows: RowCounts,
}

/// How many rows of files of records went which way; `read` is the sum of the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct RowCounts {
    /// Rows read.
    pub read: u64,
    /// Rows that stand, corrections among them.
    pub accepted: u64,
    /// Rows with a fault.
    pub rejected: u64,
    /// Rows that had come before, or are older than what stands.
    pub duplicate: u64,
    /// Rows that take a record back.
    pub removed: u64,
}

impl std::ops::AddAssign for RowCounts {
    fn add_assign(&mut self, other: Self) {
        self.read += other.read;
        self.accepted += other.accepted;
        self.rejected += other.rejected;
        self.duplicate += other.duplicate;
        self.removed += other.removed;
    }
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.read += other.read;
        self.accepted += other.accepted;
        self.rejected += other.rejected;
        self.duplicate += other.duplicate;
        self.revoked += other.revoked;
        self.unsupported += other.unsupported;
        self.messages += other.messages;
        self.events += other.events;
        self.record_files += other.record_files;
        self.rows += other.rows;
    }
}

/// Rows ready to commit, by the schemas of [`crate::schema`].
#[derive(Debug, Clone)]
pub struct Batch {
    /// Table `certificate`.
    pub certificate: RecordBatch,
    /// Table `period`.
    pub period: RecordBatch,
    /// Table `revocation`.
    pub revocation: RecordBatch,
    /// Table `message`.
    pub message: RecordBatch,
    /// Table `event`.
    pub event: RecordBatch,
    /// Table `reject`.
    pub reject: RecordBatch,
    /// Table `intervention`.
    pub intervention: RecordBatch,
    /// Table `observation_end`.
    pub observation_end: RecordBatch,
    /// Table `listing`.
    pub listing: RecordBatch,
    /// Table `record`.
    pub record: RecordBatch,
    /// For the vault: each person of the batch once.
    pub identities: Vec<SealedIdentity>,
    /// How many documents went which way.
    pub counts: Counts,
    /// How many arrival numbers were used: the next batch starts at `first_arrival + arrivals`.
    pub arrivals: i64,
}

impl Batch {
    /// A batch of rows that never were documents (simulated ones): certificates and their periods alone, null in the
    /// columns that they lack.
    ///
    /// # Errors
    /// When the rows do not have the schemas of `certificate` and `period`.
    pub fn of_rows(certificate: RecordBatch, period: RecordBatch) -> Result<Self, Error> {
        let certificates = certificate.num_rows();
        let typed = |table, rows: RecordBatch, schema: SchemaRef| {
            let columns = schema.fields().iter().map(|field| {
                rows.column_by_name(field.name()).map_or_else(
                    || new_null_array(field.data_type(), rows.num_rows()),
                    Arc::clone,
                )
            });
            RecordBatch::try_new(Arc::clone(&schema), columns.collect())
                .map_err(|source| Error::Rows { table, source })
        };
        Ok(Self {
            certificate: typed("certificate", certificate, crate::schema::certificate())?,
            period: typed("period", period, crate::schema::period())?,
            revocation: RecordBatch::new_empty(crate::schema::revocation()),
            message: RecordBatch::new_empty(crate::schema::message()),
            event: RecordBatch::new_empty(crate::schema::event()),
            reject: RecordBatch::new_empty(crate::schema::reject()),
            intervention: RecordBatch::new_empty(crate::schema::intervention()),
            observation_end: RecordBatch::new_empty(crate::schema::observation_end()),
            listing: RecordBatch::new_empty(crate::schema::listing()),
            record: RecordBatch::new_empty(crate::schema::record()),
            identities: Vec::new(),
            counts: Counts {
                read: certificates as u64,
                accepted: certificates as u64,
                ..Counts::default()
            },
            arrivals: i64::try_from(certificates).unwrap_or(i64::MAX),
        })
    }
}

/// Collects readings into a batch. Sequential: the order of pushing is the order of arrival.
#[derive(Debug)]
pub struct BatchBuilder<'r> {
    rules: &'r Rules<'r>,
    certificates: Vec<CertificateRow>,
    periods: Vec<PeriodRow>,
    revocations: Vec<RevocationRow>,
    messages: Vec<MessageRow>,
    events: Vec<EventRow>,
    rejects: Vec<RejectRow>,
    records: RecordRows,
    persons: HashSet<i64>,
    identities: Vec<SealedIdentity>,
    counts: Counts,
    arrivals: i64,
}

/// Which document rows come from.
struct Origin<'s> {
    source: &'s str,
    key: DocumentKey,
    format: &'static str,
    certificate_type: Option<String>,
    certificate_id: Option<String>,
    unit_id: Option<String>,
    written_date: Option<NaiveDate>,
    software: Option<String>,
}

impl<'r> BatchBuilder<'r> {
    /// An empty batch.
    #[must_use]
    pub fn new(rules: &'r Rules<'r>) -> Self {
        Self {
            rules,
            certificates: Vec::new(),
            periods: Vec::new(),
            revocations: Vec::new(),
            messages: Vec::new(),
            events: Vec::new(),
            rejects: Vec::new(),
            records: RecordRows::default(),
            persons: HashSet::new(),
            identities: Vec::new(),
            counts: Counts::default(),
            arrivals: 0,
        }
    }

    /// How many documents went which way so far.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// Adds a reading; `source` is the document's name, `seen` what has come before, which grows.
    ///
    /// # Errors
    /// [`Error::Seal`] if the cipher refuses.
    pub fn push(&mut self, source: &str, reading: Reading, seen: &mut Seen) -> Result<(), Error> {
        self.counts.read += 1;
        let Reading {
            key,
            format,
            certificate_type,
            certificate_id,
            unit_id,
            written_date,
            software,
            outcome,
            faults,
        } = reading;
        let origin = Origin {
            source,
            key,
            format: format.name(),
            certificate_type,
            certificate_id,
            unit_id,
            written_date,
            software,
        };
        match outcome {
            Outcome::Certificate(certificate) => {
                self.certificate(&origin, *certificate, faults, seen)?
            }
            Outcome::Revocation(revocation) => {
                self.revocation(&origin, revocation, faults, seen)?
            }
            Outcome::Message(message) => {
                let number = message.number.clone();
                let message = MessageRow::of_message(*message);
                match self.message(&origin, message, Some(&number), seen)? {
                    Insertion::New => {
                        self.counts.messages += 1;
                        self.faults(&origin, ACCEPTED, faults);
                    }
                    before => self.duplicate(&origin, before),
                }
            }
            Outcome::Event(event) => self.event(&origin, *event, faults, seen)?,
            Outcome::Records(records) => self.records(&origin, *records, faults, seen)?,
            Outcome::Rejected | Outcome::Unusable => {
                self.counts.rejected += 1;
                self.faults(&origin, REJECTED, faults);
            }
            Outcome::Unsupported => {
                self.counts.unsupported += 1;
                self.faults(&origin, "unsupported", faults);
            }
        }
        Ok(())
    }

    fn certificate(
        &mut self,
        origin: &Origin<'_>,
        certificate: Certificate,
        mut faults: Vec<Fault>,
        seen: &mut Seen,
    ) -> Result<(), Error> {
        let placed = match checks::place(&certificate, self.rules, &mut faults) {
            Ok(placed) => placed,
            Err(fault) => {
                faults.push(fault);
                self.counts.rejected += 1;
                self.faults(origin, REJECTED, faults);
                return Ok(());
            }
        };
        let insertion = seen.certificate(certificate.kind.code(), &certificate.id, origin.key);
        if insertion != Insertion::New {
            self.duplicate(origin, insertion);
            return Ok(());
        }
        let periods = checks::periods(&certificate, self.rules.today, &mut faults);
        let person_key = self.identify(&certificate.patient.number)?;
        let row = self.certificates.len();
        self.periods.extend(periods.iter().map(|p| PeriodRow {
            certificate: row,
            period: *p,
        }));
        self.certificates.push(CertificateRow {
            offset: self.arrivals,
            document: origin.key,
            person_key,
            age: checks::age(&certificate),
            periods,
            placed,
            received: self.rules.today,
            software: origin.software.clone(),
            certificate,
        });
        self.arrivals += 1;
        self.counts.accepted += 1;
        self.faults(origin, ACCEPTED, faults);
        self.relations(origin, row);
        Ok(())
    }

    fn revocation(
        &mut self,
        origin: &Origin<'_>,
        revocation: Revocation,
        faults: Vec<Fault>,
        seen: &mut Seen,
    ) -> Result<(), Error> {
        let insertion = seen.revocation(&revocation.certificate_id, origin.key);
        if insertion != Insertion::New {
            self.duplicate(origin, insertion);
            return Ok(());
        }
        let person_key = self.identify(&revocation.number)?;
        self.revocations.push(RevocationRow {
            offset: self.arrivals,
            document: origin.key,
            person_key,
            revoked_date: revocation.sent_at.date(),
            certificate_id: revocation.certificate_id,
        });
        self.arrivals += 1;
        self.counts.revoked += 1;
        self.faults(origin, ACCEPTED, faults);
        Ok(())
    }

    /// Keeps a message unless it came before; `number` is that of the person it names.
    fn message(
        &mut self,
        origin: &Origin<'_>,
        message: MessageRow,
        number: Option<&str>,
        seen: &mut Seen,
    ) -> Result<Insertion, Error> {
        let insertion = seen.message(
            &message.certificate_id,
            &message.message_id,
            message.source,
            origin.key,
        );
        if insertion == Insertion::New {
            let person_key = number.map(|number| self.identify(number)).transpose()?;
            self.messages.push(MessageRow {
                offset: self.arrivals,
                document: origin.key,
                received: self.rules.today,
                person_key,
                ..message
            });
            self.arrivals += 1;
        }
        Ok(insertion)
    }

    /// An event makes a row, and so does the message that it tells of.
    fn event(
        &mut self,
        origin: &Origin<'_>,
        event: CertificateEvent,
        faults: Vec<Fault>,
        seen: &mut Seen,
    ) -> Result<(), Error> {
        let number = event.number.clone();
        let message = MessageRow::of_event(&event, self.rules.today);
        let row = EventRow::of_event(event);
        let insertion = seen.event(&row.certificate_id, &row.identity(), origin.key);
        if insertion != Insertion::New {
            self.duplicate(origin, insertion);
            return Ok(());
        }
        let person_key = number.as_deref().map(|n| self.identify(n)).transpose()?;
        self.happened(origin, EventRow { person_key, ..row });
        self.counts.events += 1;
        if let Some(message) = message {
            self.message(origin, message, number.as_deref(), seen)?;
        }
        self.faults(origin, ACCEPTED, faults);
        Ok(())
    }

    /// What the relations of a certificate say happened to others.
    fn relations(&mut self, origin: &Origin<'_>, certificate: usize) {
        let Some(row) = self.certificates.get(certificate) else {
            return;
        };
        for event in EventRow::of_relations(&row.certificate, row.person_key) {
            self.happened(origin, event);
        }
    }

    fn happened(&mut self, origin: &Origin<'_>, event: EventRow) {
        self.events.push(EventRow {
            offset: self.arrivals,
            document: origin.key,
            received: self.rules.today,
            ..event
        });
        self.arrivals += 1;
    }

    /// Rows of a file: each version of a record once.
    fn records(
        &mut self,
        origin: &Origin<'_>,
        records: Records,
        mut faults: Vec<Fault>,
        seen: &mut Seen,
    ) -> Result<(), Error> {
        let kind = records.kind;
        let before = self.counts.rejected;
        let mut rows = RowCounts {
            read: records.rows.len() as u64 + records.rejected,
            rejected: records.rejected,
            ..RowCounts::default()
        };
        for record in records.rows {
            if let Some(fault) = record_rows::fault(&record, kind, self.rules.today) {
                faults.push(fault);
                rows.rejected += 1;
                continue;
            }
            let version = record_rows::version(&record, kind, self.rules);
            let Place::New(arrival) = seen.records.place(version) else {
                rows.duplicate += 1;
                continue;
            };
            self.identify(&record.number)?;
            if record.removed {
                rows.removed += 1;
            } else {
                rows.accepted += 1;
            }
            faults.extend(record_rows::unknown_code(&record, self.rules.kva));
            let (placed, warning) = record_rows::place(&record, kind, self.rules);
            faults.extend(warning);
            let came = Came::of(origin, record.row, self.rules.today);
            self.records.add(record, placed, &arrival, came);
        }
        if rows.accepted + rows.removed > 0 {
            self.counts.record_files += 1;
        } else if rows.duplicate > 0 || rows.rejected == 0 {
            self.counts.duplicate += 1;
        } else {
            self.counts.rejected += 1;
        }
        self.counts.rows += rows;
        let verdict = if self.counts.rejected > before {
            REJECTED
        } else {
            ACCEPTED
        };
        self.faults(origin, verdict, faults);
        Ok(())
    }

    /// An event that came before makes no row; a different document under the same id is worth a warning.
    fn duplicate(&mut self, origin: &Origin<'_>, insertion: Insertion) {
        self.counts.duplicate += 1;
        if insertion == Insertion::Differs {
            let message =
                "another document with this id and event came before; this one is left out";
            self.faults(
                origin,
                "duplicate",
                vec![Fault::warning("duplicate.differs", "", message)],
            );
        }
    }

    /// The person key of a number; the identity goes to the vault once a batch.
    fn identify(&mut self, number: &str) -> Result<i64, Error> {
        let key = self.rules.secret.person_key(number).0;
        if self.persons.insert(key) {
            self.identities
                .push(SealedIdentity::seal(self.rules.secret, number)?);
        }
        Ok(key)
    }

    fn faults(&mut self, origin: &Origin<'_>, verdict: &'static str, faults: Vec<Fault>) {
        let rows = faults.into_iter().map(|fault| RejectRow {
            document: origin.key,
            source: mask(origin.source),
            format: origin.format,
            certificate_type: origin.certificate_type.clone(),
            certificate_id: origin.certificate_id.as_deref().map(mask::mask_id),
            unit_id: origin.unit_id.as_deref().map(checks::shown_unit),
            verdict,
            received: self.rules.today,
            written: origin.written_date,
            software: origin.software.clone(),
            fault,
        });
        self.rejects.extend(rows);
    }

    /// The batch; arrival numbers begin at `first_arrival`.
    ///
    /// Certificates, revocations, messages and events are numbered together, without holes, in the order they were pushed, so a rerun
    /// over the same documents with the same [`Seen`] gives the same numbers.
    ///
    /// # Errors
    /// [`Error::Rows`] if rows do not fit their schema.
    pub fn finish(self, first_arrival: i64) -> Result<Batch, Error> {
        Ok(Batch {
            certificate: rows::certificates(&self.certificates, first_arrival)?,
            period: rows::periods(&self.periods, &self.certificates, first_arrival)?,
            revocation: rows::revocations(&self.revocations, first_arrival)?,
            message: message_rows::messages(&self.messages, first_arrival)?,
            event: event_rows::events(&self.events, first_arrival)?,
            reject: rows::rejects(&self.rejects)?,
            intervention: record_batches::interventions(&self.records.interventions)?,
            observation_end: record_batches::observation_ends(&self.records.ends)?,
            listing: record_batches::listings(&self.records.listings)?,
            record: record_batches::ledger(&self.records.ledger)?,
            identities: self.identities,
            counts: self.counts,
            arrivals: self.arrivals,
        })
    }
}
