//! Rows to Arrow, column by column in the order of [`crate::schema`].

use std::sync::Arc;

use arrow::array::{
    ArrayRef, BooleanArray, Date32Array, Int8Array, Int16Array, Int32Array, Int64Array,
    ListBuilder, StringArray, StringBuilder,
};
use arrow::datatypes::{DataType, Field, SchemaRef};
use arrow::record_batch::RecordBatch;
use chrono::{Datelike, NaiveDate};

use super::checks::Placed;
use crate::certificate::{Certificate, SickPeriod};
use crate::document::DocumentKey;
use crate::identity::age_at;
use crate::reading::Fault;
use crate::{Error, schema};

#[derive(Debug)]
pub(super) struct CertificateRow {
    /// Place among the batch's arrivals.
    pub(super) offset: i64,
    pub(super) document: DocumentKey,
    pub(super) person_key: i64,
    pub(super) age: i16,
    pub(super) periods: Vec<SickPeriod>,
    pub(super) placed: Placed,
    pub(super) received: NaiveDate,
    pub(super) software: Option<String>,
    pub(super) certificate: Certificate,
}

#[derive(Debug)]
pub(super) struct PeriodRow {
    /// Index of its certificate's row.
    pub(super) certificate: usize,
    pub(super) period: SickPeriod,
}

#[derive(Debug)]
pub(super) struct RevocationRow {
    pub(super) offset: i64,
    pub(super) certificate_id: String,
    pub(super) person_key: i64,
    pub(super) revoked_date: NaiveDate,
    pub(super) document: DocumentKey,
}

#[derive(Debug)]
pub(super) struct RejectRow {
    pub(super) document: DocumentKey,
    pub(super) source: String,
    pub(super) format: &'static str,
    pub(super) certificate_type: Option<String>,
    pub(super) certificate_id: Option<String>,
    pub(super) unit_id: Option<String>,
    /// What became of the document.
    pub(super) verdict: &'static str,
    pub(super) received: NaiveDate,
    pub(super) written: Option<NaiveDate>,
    pub(super) software: Option<String>,
    pub(super) fault: Fault,
}

impl CertificateRow {
    /// The day from which it was known: sent, else signed.
    fn known_date(&self) -> NaiveDate {
        self.certificate
            .sent_at
            .unwrap_or(self.certificate.signed_at)
            .date()
    }

    /// The patient's age in whole years on a day.
    fn age_on(&self, day: NaiveDate) -> i16 {
        age_at(self.certificate.patient.birth_date, day)
    }

    fn diagnosis(&self) -> Option<&str> {
        self.certificate.diagnoses.first().map(|d| d.code.as_str())
    }
}

/// Days since 1970-01-01, as Arrow counts them.
fn days(date: NaiveDate) -> i32 {
    const EPOCH_FROM_CE: i32 = 719_163;
    date.num_days_from_ce() - EPOCH_FROM_CE
}

/// Makes columns of rows.
pub(super) struct Columns<'r, R> {
    pub(super) rows: &'r [R],
}

impl<'r, R> Columns<'r, R> {
    pub(super) fn text<S: AsRef<str>>(&self, of: impl Fn(&'r R) -> S) -> ArrayRef {
        Arc::new(StringArray::from_iter_values(self.rows.iter().map(of)))
    }

    pub(super) fn maybe_text<S: AsRef<str>>(&self, of: impl Fn(&'r R) -> Option<S>) -> ArrayRef {
        Arc::new(self.rows.iter().map(of).collect::<StringArray>())
    }

    pub(super) fn texts<S: AsRef<str>>(&self, of: impl Fn(&'r R) -> Vec<S>) -> ArrayRef {
        let element = Field::new("element", DataType::Utf8, true);
        let mut lists = ListBuilder::new(StringBuilder::new()).with_field(element);
        for row in self.rows {
            for text in of(row) {
                lists.values().append_value(text);
            }
            lists.append(true);
        }
        Arc::new(lists.finish())
    }

    pub(super) fn date(&self, of: impl Fn(&'r R) -> NaiveDate) -> ArrayRef {
        Arc::new(Date32Array::from_iter_values(
            self.rows.iter().map(|r| days(of(r))),
        ))
    }

    pub(super) fn maybe_date(&self, of: impl Fn(&'r R) -> Option<NaiveDate>) -> ArrayRef {
        Arc::new(
            self.rows
                .iter()
                .map(|r| of(r).map(days))
                .collect::<Date32Array>(),
        )
    }

    pub(super) fn int8(&self, of: impl Fn(&'r R) -> i8) -> ArrayRef {
        Arc::new(Int8Array::from_iter_values(self.rows.iter().map(of)))
    }

    pub(super) fn int16(&self, of: impl Fn(&'r R) -> i16) -> ArrayRef {
        Arc::new(Int16Array::from_iter_values(self.rows.iter().map(of)))
    }

    pub(super) fn int64(&self, of: impl Fn(&'r R) -> i64) -> ArrayRef {
        Arc::new(Int64Array::from_iter_values(self.rows.iter().map(of)))
    }

    pub(super) fn maybe_int64(&self, of: impl Fn(&'r R) -> Option<i64>) -> ArrayRef {
        Arc::new(self.rows.iter().map(of).collect::<Int64Array>())
    }

    pub(super) fn maybe_int32(&self, of: impl Fn(&'r R) -> Option<i32>) -> ArrayRef {
        Arc::new(self.rows.iter().map(of).collect::<Int32Array>())
    }

    pub(super) fn flag(&self, of: impl Fn(&'r R) -> bool) -> ArrayRef {
        Arc::new(
            self.rows
                .iter()
                .map(|r| Some(of(r)))
                .collect::<BooleanArray>(),
        )
    }
}

pub(super) fn batch(
    table: &'static str,
    schema: SchemaRef,
    columns: Vec<ArrayRef>,
) -> Result<RecordBatch, Error> {
    RecordBatch::try_new(schema, columns).map_err(|source| Error::Rows { table, source })
}

pub(super) fn certificates(rows: &[CertificateRow], first: i64) -> Result<RecordBatch, Error> {
    let c = Columns { rows };
    let columns = vec![
        c.int64(|r| first + r.offset),
        c.text(|r| &r.certificate.id),
        c.text(|r| r.certificate.kind.code()),
        c.text(|r| &r.certificate.version),
        c.int64(|r| r.person_key),
        c.int8(|r| r.certificate.patient.sex.code()),
        c.int16(|r| i16::try_from(r.certificate.patient.birth_date.year()).unwrap_or_default()),
        c.int16(|r| r.age),
        c.date(|r| r.certificate.signed_at.date()),
        c.date(CertificateRow::known_date),
        c.text(|r| &r.placed.care_provider_id),
        c.text(|r| &r.placed.care_unit_id),
        c.text(|r| &r.placed.unit_id),
        c.text(|r| &r.placed.region),
        c.text(|r| &r.placed.municipality),
        c.text(|r| crate::normalize_hsa_id(&r.certificate.signer.doctor_id)),
        c.maybe_text(CertificateRow::diagnosis),
        c.texts(|r| {
            r.certificate
                .diagnoses
                .iter()
                .skip(1)
                .map(|d| &d.code)
                .collect()
        }),
        c.maybe_date(|r| r.periods.iter().map(|p| p.start).min()),
        c.maybe_date(|r| r.periods.iter().map(|p| p.end).max()),
        c.int16(|r| i16::try_from(r.periods.len()).unwrap_or(i16::MAX)),
        c.texts(|r| r.certificate.occupations.iter().collect()),
        c.texts(|r| r.certificate.based_on.iter().collect()),
        c.maybe_text(|r| r.certificate.prognosis.as_ref().map(|p| &p.code)),
        c.maybe_int32(|r| r.certificate.prognosis.as_ref().and_then(|p| p.days)),
        c.texts(|r| r.certificate.measures.iter().collect()),
        c.flag(|r| r.certificate.infection_control),
        c.maybe_text(|r| r.certificate.relations.first().map(|x| &x.kind)),
        c.maybe_text(|r| r.certificate.relations.first().map(|x| &x.certificate_id)),
        c.flag(|r| r.certificate.signed_document),
        c.text(|r| r.document.hex()),
        c.maybe_date(|_| None),
        c.date(|r| r.received),
        c.maybe_text(|r| r.software.as_ref()),
        c.flag(|r| r.placed.known),
        c.maybe_date(|_| None),
        c.maybe_text(|_| None::<&str>),
        c.maybe_text(|_| None::<&str>),
        c.maybe_date(|_| None),
        c.int16(|r| r.age_on(r.certificate.signed_at.date())),
        c.int16(|r| {
            let signed = r.certificate.signed_at.date();
            r.age_on(signed.with_day(1).unwrap_or(signed))
        }),
    ];
    batch("certificate", schema::certificate(), columns)
}

pub(super) fn periods(
    rows: &[PeriodRow],
    certificates: &[CertificateRow],
    first: i64,
) -> Result<RecordBatch, Error> {
    let pairs: Vec<(&CertificateRow, SickPeriod)> = rows
        .iter()
        .filter_map(|row| Some((certificates.get(row.certificate)?, row.period)))
        .collect();
    let c = Columns { rows: &pairs };
    let columns = vec![
        c.text(|(r, _)| &r.placed.care_provider_id),
        c.int64(|(r, _)| r.person_key),
        c.date(|(_, p)| p.start),
        c.date(|(_, p)| p.end),
        c.int64(|(r, _)| first + r.offset),
        c.int8(|(_, p)| i8::try_from(p.degree.percent()).unwrap_or_default()),
        c.int8(|(r, _)| r.certificate.patient.sex.code()),
        c.int16(|(r, _)| r.age),
        c.maybe_text(|(r, _)| r.diagnosis()),
        c.text(|(r, _)| &r.placed.care_unit_id),
        c.text(|(r, _)| &r.placed.unit_id),
        c.text(|(r, _)| crate::normalize_hsa_id(&r.certificate.signer.doctor_id)),
        c.text(|(r, _)| &r.placed.region),
        c.text(|(r, _)| &r.placed.municipality),
        c.text(|(r, _)| r.certificate.kind.code()),
        c.text(|(r, _)| &r.certificate.id),
        c.date(|(r, _)| r.known_date()),
        c.maybe_date(|_| None),
    ];
    batch("period", schema::period(), columns)
}

pub(super) fn revocations(rows: &[RevocationRow], first: i64) -> Result<RecordBatch, Error> {
    let c = Columns { rows };
    let columns = vec![
        c.int64(|r| first + r.offset),
        c.text(|r| &r.certificate_id),
        c.int64(|r| r.person_key),
        c.date(|r| r.revoked_date),
        c.text(|r| r.document.hex()),
        c.flag(|_| false),
    ];
    batch("revocation", schema::revocation(), columns)
}

pub(super) fn rejects(rows: &[RejectRow]) -> Result<RecordBatch, Error> {
    let c = Columns { rows };
    let columns = vec![
        c.text(|r| r.document.hex()),
        c.text(|r| &r.source),
        c.text(|r| r.format),
        c.maybe_text(|r| r.certificate_type.as_ref()),
        c.maybe_text(|r| r.certificate_id.as_ref()),
        c.maybe_text(|r| r.unit_id.as_ref()),
        c.text(|r| r.fault.severity.name()),
        c.text(|r| &r.fault.rule),
        c.text(|r| &r.fault.location),
        c.text(|r| &r.fault.message),
        c.text(|r| r.verdict),
        c.date(|r| r.received),
        c.maybe_date(|r| r.written),
        c.maybe_text(|r| r.software.as_ref()),
    ];
    batch("reject", schema::reject(), columns)
}
