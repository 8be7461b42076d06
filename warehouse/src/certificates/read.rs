use std::collections::{HashMap, HashSet};

use arrow::{
    array::{Array, ArrayRef, AsArray, ListArray, RecordBatch, StringArray},
    compute::cast,
    datatypes::{DataType, Date32Type, Int8Type, Int16Type, Int64Type},
};
use frisk_codes::{CertificateType, MessageSubject};
use frisk_ingest::EventKind;

use super::{CertificateFact, Certificates, MessageFact};
use crate::{Error, Interner, Revoked};

/// First day of signing that counts: 1 January 2010. Source: conformance kit §6.8.
const EARLIEST: i32 = 14_610;
/// Party that pays for sick leave (Försäkringskassan), in upper case.
const PAYER: &str = "FKASSA";

/// Puts certificates, what has been sent, and messages together, in whatever order they come.
#[derive(Debug, Clone, Default)]
pub struct CertificateReader {
    certificates: Vec<CertificateFact>,
    /// Place of the certificates whose id matters.
    ids: HashMap<String, usize>,
    /// Certificates that messages are about, if all messages have been read; else every id matters.
    told: Option<HashSet<String>>,
    sent: HashSet<String>,
    messages: Vec<Told>,
}

/// A message before its certificate is looked up.
#[derive(Debug, Clone)]
struct Told {
    certificate_id: String,
    subject: MessageSubject,
    sex: u8,
    questions: Vec<u16>,
}

impl CertificateReader {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// No messages come after this: from now on only certificates that a message is about keep their id.
    #[must_use]
    pub(crate) fn without_more_messages(mut self) -> Self {
        let ids = self
            .messages
            .iter()
            .map(|message| message.certificate_id.clone());
        self.told = Some(ids.collect());
        self
    }

    /// Adds the rows of a `certificate` batch (schema [`frisk_ingest::schema::certificate`], further columns ignored).
    ///
    /// # Errors
    /// The batch lacks a column or has it in another type.
    pub fn certificates(
        &mut self,
        batch: &RecordBatch,
        revoked: &Revoked,
        interner: &mut Interner,
    ) -> Result<(), Error> {
        let text = |name| texts(batch, "certificate", name);
        let (id, kind, diagnosis) = (
            text("certificate_id")?,
            text("certificate_type")?,
            text("diagnosis")?,
        );
        let (provider, care_unit) = (text("care_provider_id")?, text("care_unit_id")?);
        let (unit, doctor) = (text("unit_id")?, text("doctor_id")?);
        let typed = |name, kind: DataType| typed(batch, "certificate", name, &kind);
        let arrival = typed("arrival", DataType::Int64)?;
        let signed = typed("signed_date", DataType::Date32)?;
        let sex = typed("sex", DataType::Int8)?;
        let age = typed("age", DataType::Int16)?;
        let is_told = |name: &str, row| {
            batch
                .column_by_name(name)
                .is_some_and(|column| column.is_valid(row))
        };
        let age_at = |name: &str, row: usize| {
            // Rows of before these columns were kept have the age at the certificate's last day only.
            let kept = batch
                .column_by_name(name)
                .filter(|column| column.is_valid(row));
            kept.unwrap_or(&age).as_primitive::<Int16Type>().value(row)
        };
        for row in 0..batch.num_rows() {
            let signed = signed.as_primitive::<Date32Type>().value(row);
            let kind = CertificateType::from_code(kind.value(row)).filter(|_| signed >= EARLIEST);
            let Some(kind) = kind else {
                continue;
            };
            let fact = CertificateFact {
                arrival: arrival.as_primitive::<Int64Type>().value(row),
                signed,
                provider: interner.providers.number(provider.value(row)),
                care_unit: interner.units.number(care_unit.value(row)),
                unit: interner.units.number(unit.value(row)),
                doctor: interner.doctors.number(doctor.value(row)),
                diagnosis: match diagnosis.is_valid(row) {
                    true => interner.diagnoses.number(diagnosis.value(row)),
                    false => 0,
                },
                age_signed: age_at("age_signed", row),
                age_month: age_at("age_signed_month", row),
                kind,
                sex: sex.as_primitive::<Int8Type>().value(row).unsigned_abs(),
                revoked: is_told("revoked_date", row) || revoked.contains(id.value(row)),
                sent: is_told("sent_to_insurer_date", row),
                completion: is_told("completion_requested_date", row),
            };
            if self
                .told
                .as_ref()
                .is_none_or(|told| told.contains(id.value(row)))
            {
                self.ids
                    .insert(id.value(row).to_owned(), self.certificates.len());
            }
            self.certificates.push(fact);
        }
        Ok(())
    }

    /// Adds the rows of a `message` batch (schema [`frisk_ingest::schema::message`], further columns ignored). A question
    /// that is no number is left out.
    ///
    /// # Errors
    /// The batch lacks a column or has it in another type.
    pub fn messages(&mut self, batch: &RecordBatch) -> Result<(), Error> {
        let id = texts(batch, "message", "certificate_id")?;
        let subject = texts(batch, "message", "subject")?;
        let sex = typed(batch, "message", "sex", &DataType::Int8)?;
        let asked = column(batch, "message", "question_ids")?;
        let asked: &ListArray = asked.as_list();
        for row in 0..batch.num_rows() {
            let questions = cast(&asked.value(row), &DataType::Utf8)?;
            let questions = questions.as_string::<i32>().iter().flatten();
            self.messages.push(Told {
                certificate_id: id.value(row).to_owned(),
                subject: MessageSubject::of(subject.value(row)),
                sex: sex.as_primitive::<Int8Type>().value(row).unsigned_abs(),
                questions: questions.filter_map(|number| number.parse().ok()).collect(),
            });
        }
        Ok(())
    }

    /// Adds the rows of an `event` batch (schema [`frisk_ingest::schema::event`], further columns ignored): that a
    /// certificate was sent to Försäkringskassan (`FKASSA`); nothing else counts.
    ///
    /// # Errors
    /// The batch lacks a column or has it in another type.
    pub fn events(&mut self, batch: &RecordBatch) -> Result<(), Error> {
        let id = texts(batch, "event", "certificate_id")?;
        let kind = texts(batch, "event", "kind")?;
        let recipient = texts(batch, "event", "recipient")?;
        for row in 0..batch.num_rows() {
            let to_payer =
                recipient.is_valid(row) && recipient.value(row).trim().eq_ignore_ascii_case(PAYER);
            if to_payer && kind.value(row) == EventKind::Sent.code() {
                self.sent.insert(id.value(row).to_owned());
            }
        }
        Ok(())
    }

    /// Certificates with what is known of them, and the messages whose certificate has come.
    #[must_use]
    pub fn finish(mut self) -> Certificates {
        for id in &self.sent {
            if let Some(fact) = self
                .ids
                .get(id)
                .and_then(|place| self.certificates.get_mut(*place))
            {
                fact.sent = true;
            }
        }
        let mut messages = Vec::with_capacity(self.messages.len());
        for message in self.messages {
            let place = self.ids.get(&message.certificate_id);
            let Some(fact) = place.and_then(|place| self.certificates.get_mut(*place)) else {
                continue;
            };
            fact.completion |= message.subject == MessageSubject::Completion;
            messages.push(MessageFact {
                certificate: *fact,
                subject: message.subject,
                sex: message.sex,
                questions: message.questions,
            });
        }
        Certificates::new(self.certificates, messages)
    }
}

fn column<'b>(batch: &'b RecordBatch, table: &str, name: &str) -> Result<&'b ArrayRef, Error> {
    batch.column_by_name(name).ok_or_else(|| Error::Table {
        table: table.to_owned(),
        problem: format!("column {name} is missing"),
    })
}

fn typed(batch: &RecordBatch, table: &str, name: &str, kind: &DataType) -> Result<ArrayRef, Error> {
    Ok(cast(column(batch, table, name)?, kind)?)
}

fn texts(batch: &RecordBatch, table: &str, name: &str) -> Result<StringArray, Error> {
    Ok(typed(batch, table, name, &DataType::Utf8)?
        .as_string::<i32>()
        .clone())
}
