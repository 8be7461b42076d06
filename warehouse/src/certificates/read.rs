use std::collections::{HashMap, HashSet};

use arrow::{
    array::{Array, ArrayRef, AsArray, RecordBatch, StringArray},
    compute::cast,
    datatypes::{DataType, Date32Type, Int8Type, Int16Type, Int64Type},
};
use frisk_codes::{CertificateType, MessageSubject, Sex};
use frisk_ingest::PersonalNumber;

use super::{CertificateFact, Certificates, MessageFact};
use crate::{Error, Interner, Revoked};

/// First day of signing that counts: 1 January 2010. Source: conformance kit §6.8.
const EARLIEST: i32 = 14_610;
/// Party that sick leave is paid by (Försäkringskassan), in upper case.
const PAYER: &str = "FKASSA";

/// Puts certificates, what has been sent, and messages together, in whatever order they come.
#[derive(Debug, Clone, Default)]
pub struct CertificateReader {
    certificates: Vec<(String, CertificateFact)>,
    sent: HashSet<String>,
    messages: Vec<(String, MessageSubject, Sex, Vec<u16>)>,
}

impl CertificateReader {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
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
        let id = texts(batch, "certificate_id")?;
        let kind = texts(batch, "certificate_type")?;
        let provider = texts(batch, "care_provider_id")?;
        let care_unit = texts(batch, "care_unit_id")?;
        let unit = texts(batch, "unit_id")?;
        let doctor = texts(batch, "doctor_id")?;
        let diagnosis = texts(batch, "diagnosis")?;
        let arrival = typed(batch, "arrival", &DataType::Int64)?;
        let signed = typed(batch, "signed_date", &DataType::Date32)?;
        let sex = typed(batch, "sex", &DataType::Int8)?;
        let age = typed(batch, "age", &DataType::Int16)?;
        let age_at = |name: &str, row: usize| {
            // Rows of before these columns were kept have the age at the certificate's last day only.
            let kept = batch
                .column_by_name(name)
                .filter(|column| column.is_valid(row));
            kept.unwrap_or(&age).as_primitive::<Int16Type>().value(row)
        };
        let revocation = typed(batch, "revoked_date", &DataType::Date32)?;
        for row in 0..batch.num_rows() {
            let signed = signed.as_primitive::<Date32Type>().value(row);
            let Some(kind) =
                CertificateType::from_code(kind.value(row)).filter(|_| signed >= EARLIEST)
            else {
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
                revoked: revocation.is_valid(row) || revoked.contains(id.value(row)),
                sent: false,
                completion: false,
            };
            self.certificates.push((id.value(row).to_owned(), fact));
        }
        Ok(())
    }

    /// A certificate was sent to a party; only Försäkringskassan (`FKASSA`) counts.
    pub fn sent(&mut self, certificate_id: &str, recipient: &str) {
        if recipient.trim().eq_ignore_ascii_case(PAYER) {
            self.sent.insert(certificate_id.to_owned());
        }
    }

    /// A message about a certificate. A question that is no number is left out.
    pub fn message(&mut self, message: &frisk_ingest::Message) {
        let asked = message.complements.iter();
        self.messages.push((
            message.certificate_id.clone(),
            message.subject,
            PersonalNumber::parse(&message.number).map_or(Sex::Unknown, |number| number.sex()),
            asked
                .filter_map(|asked| asked.question_id.parse().ok())
                .collect(),
        ));
    }

    /// Certificates with what is known of them, and the messages whose certificate has come.
    #[must_use]
    pub fn finish(self) -> Certificates {
        let completed: HashSet<&str> = (self.messages.iter())
            .filter(|(_, subject, ..)| *subject == MessageSubject::Completion)
            .map(|(id, ..)| id.as_str())
            .collect();
        let mut facts = Vec::with_capacity(self.certificates.len());
        let mut by_id: HashMap<&str, CertificateFact> = HashMap::new();
        for (id, fact) in &self.certificates {
            let fact = CertificateFact {
                sent: self.sent.contains(id),
                completion: completed.contains(id.as_str()),
                ..*fact
            };
            facts.push(fact);
            by_id.insert(id, fact);
        }
        let message = |(id, subject, sex, questions): &(String, MessageSubject, Sex, Vec<u16>)| {
            Some(MessageFact {
                certificate: *by_id.get(id.as_str())?,
                subject: *subject,
                sex: sex.code().unsigned_abs(),
                questions: questions.clone(),
            })
        };
        let messages = self.messages.iter().filter_map(message).collect();
        Certificates::new(facts, messages)
    }
}

fn typed(batch: &RecordBatch, name: &str, kind: &DataType) -> Result<ArrayRef, Error> {
    let column = batch.column_by_name(name).ok_or_else(|| Error::Table {
        table: "certificate".to_owned(),
        problem: format!("column {name} is missing"),
    })?;
    Ok(cast(column, kind)?)
}

fn texts(batch: &RecordBatch, name: &str) -> Result<StringArray, Error> {
    Ok(typed(batch, name, &DataType::Utf8)?
        .as_string::<i32>()
        .clone())
}
