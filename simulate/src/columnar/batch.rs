use std::sync::Arc;

use arrow::array::{
    ArrayRef, BooleanBuilder, Date32Builder, Int8Builder, Int16Builder, Int32Builder, Int64Array,
    Int64Builder, ListBuilder, RecordBatch, StringBuilder,
};
use arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use chrono::{Datelike, NaiveDate};
use frisk_ingest::schema;

use super::Part;
use crate::Error;
use crate::care::{Care, Unit};
use crate::documents::Draft;
use crate::person::whole_years;
use crate::plan::day_number;
use crate::region::REGIONS;

/// Rows of `certificate` and `period` being collected. Arrivals count from 0 here; [`Batches::finish`] shifts them.
pub(crate) struct Batches {
    certificates: Certificates,
    periods: Periods,
    count: i64,
}

/// Certificates of a chunk, about: room for so many from the start.
const ROOM: usize = 8_192;

/// A column of texts of about `length` bytes.
fn text(length: usize) -> StringBuilder {
    StringBuilder::with_capacity(ROOM, ROOM * length)
}

fn texts() -> ListBuilder<StringBuilder> {
    ListBuilder::with_capacity(text(16), ROOM).with_field(Arc::new(Field::new(
        "element",
        DataType::Utf8,
        true,
    )))
}

fn list<'a>(builder: &mut ListBuilder<StringBuilder>, values: impl Iterator<Item = &'a str>) {
    for value in values {
        builder.values().append_value(value);
    }
    builder.append(true);
}

/// Builders in the order of [`schema::certificate`].
struct Certificates {
    id: StringBuilder,
    kind: StringBuilder,
    version: StringBuilder,
    person: Int64Builder,
    sex: Int8Builder,
    birth_year: Int16Builder,
    age: Int16Builder,
    age_signed: Int16Builder,
    age_signed_month: Int16Builder,
    signed: Date32Builder,
    known: Date32Builder,
    provider: StringBuilder,
    care_unit: StringBuilder,
    unit: StringBuilder,
    region: StringBuilder,
    municipality: StringBuilder,
    doctor: StringBuilder,
    diagnosis: StringBuilder,
    side: ListBuilder<StringBuilder>,
    start: Date32Builder,
    end: Date32Builder,
    periods: Int16Builder,
    occupations: ListBuilder<StringBuilder>,
    based_on: ListBuilder<StringBuilder>,
    prognosis: StringBuilder,
    prognosis_days: Int32Builder,
    measures: ListBuilder<StringBuilder>,
    infection: BooleanBuilder,
    relation: StringBuilder,
    related: StringBuilder,
    signed_document: BooleanBuilder,
    revoked: Date32Builder,
}

/// Builders in the order of [`schema::period`].
struct Periods {
    provider: StringBuilder,
    person: Int64Builder,
    start: Date32Builder,
    end: Date32Builder,
    arrival: Vec<i64>,
    degree: Int8Builder,
    sex: Int8Builder,
    age: Int16Builder,
    diagnosis: StringBuilder,
    care_unit: StringBuilder,
    unit: StringBuilder,
    doctor: StringBuilder,
    region: StringBuilder,
    municipality: StringBuilder,
    kind: StringBuilder,
    id: StringBuilder,
    known: Date32Builder,
    revoked: Date32Builder,
}

/// What both tables say of a certificate.
struct Shared<'a> {
    draft: &'a Draft,
    unit: &'a Unit,
    person: i64,
    age: i16,
    known: i32,
    revoked: Option<i32>,
}

impl Batches {
    pub(crate) fn new() -> Self {
        Self {
            certificates: Certificates::new(),
            periods: Periods::new(),
            count: 0,
        }
    }

    /// Certificates collected.
    pub(crate) fn len(&self) -> usize {
        self.count.unsigned_abs() as usize
    }

    pub(crate) fn add(&mut self, person: i64, draft: &Draft, care: &Care) {
        let certificate = &draft.certificate;
        let end = certificate
            .periods
            .iter()
            .map(|period| period.end)
            .max()
            .unwrap_or(certificate.signed_at.date());
        let shared = Shared {
            draft,
            unit: &care.units[draft.unit],
            person,
            age: whole_years(certificate.patient.birth_date, end) as i16,
            known: day_number(certificate.sent_at.unwrap_or(certificate.signed_at).date()),
            revoked: draft.revoked_at.map(|at| day_number(at.date())),
        };
        self.certificates.add(&shared, end);
        self.periods.add(&shared, self.count);
        self.count += 1;
    }

    /// Both batches; the first certificate arrived as number `first`.
    pub(crate) fn finish(self, first: i64) -> Result<Part, Error> {
        let certificates = RecordBatch::try_new(
            simulated(&schema::certificate()),
            self.certificates.columns(first, self.count),
        )?;
        let periods = RecordBatch::try_new(schema::period(), self.periods.columns(first))?;
        Ok(Part {
            certificates,
            periods,
        })
    }
}

/// Columns that say how a document came in and what others say of it: not simulated here.
const NOT_SIMULATED: [&str; 7] = [
    "received_date",
    "software",
    "unit_known",
    "sent_to_insurer_date",
    "replaced_by",
    "complemented_by",
    "completion_requested_date",
];

/// The columns that are simulated.
fn simulated(schema: &Schema) -> SchemaRef {
    let fields = schema.fields().iter();
    let fields = fields.filter(|field| !NOT_SIMULATED.contains(&field.name().as_str()));
    Arc::new(Schema::new(fields.cloned().collect::<Vec<_>>()))
}

impl Certificates {
    fn new() -> Self {
        Self {
            id: text(36),
            kind: text(6),
            version: text(3),
            person: Int64Builder::new(),
            sex: Int8Builder::new(),
            birth_year: Int16Builder::new(),
            age: Int16Builder::new(),
            age_signed: Int16Builder::new(),
            age_signed_month: Int16Builder::new(),
            signed: Date32Builder::new(),
            known: Date32Builder::new(),
            provider: text(16),
            care_unit: text(18),
            unit: text(18),
            region: text(2),
            municipality: text(4),
            doctor: text(20),
            diagnosis: text(5),
            side: texts(),
            start: Date32Builder::new(),
            end: Date32Builder::new(),
            periods: Int16Builder::new(),
            occupations: texts(),
            based_on: texts(),
            prognosis: text(16),
            prognosis_days: Int32Builder::new(),
            measures: texts(),
            infection: BooleanBuilder::new(),
            relation: text(6),
            related: text(36),
            signed_document: BooleanBuilder::new(),
            revoked: Date32Builder::new(),
        }
    }

    fn add(&mut self, shared: &Shared<'_>, end: NaiveDate) {
        let certificate = &shared.draft.certificate;
        self.id.append_value(&certificate.id);
        self.kind.append_value(certificate.kind.code());
        self.version.append_value(&certificate.version);
        self.person.append_value(shared.person);
        self.sex.append_value(certificate.patient.sex.code());
        self.birth_year
            .append_value(certificate.patient.birth_date.year() as i16);
        self.age.append_value(shared.age);
        let (born, signed) = (certificate.patient.birth_date, certificate.signed_at.date());
        let month = signed.with_day(1).unwrap_or(signed);
        self.age_signed
            .append_value(whole_years(born, signed) as i16);
        self.age_signed_month
            .append_value(whole_years(born, month) as i16);
        self.signed
            .append_value(day_number(certificate.signed_at.date()));
        self.known.append_value(shared.known);
        self.provider
            .append_value(&certificate.signer.care_provider_id);
        self.care_unit.append_value(&shared.unit.care_unit_id);
        self.unit.append_value(&certificate.signer.unit_id);
        self.region.append_value(REGIONS[shared.unit.region].code);
        self.municipality.append_value(shared.unit.municipality);
        self.doctor.append_value(&certificate.signer.doctor_id);
        self.diagnosis.append_option(
            certificate
                .diagnoses
                .first()
                .map(|diagnosis| diagnosis.code.as_str()),
        );
        list(
            &mut self.side,
            certificate
                .diagnoses
                .iter()
                .skip(1)
                .map(|diagnosis| diagnosis.code.as_str()),
        );
        self.start.append_option(
            certificate
                .periods
                .iter()
                .map(|period| day_number(period.start))
                .min(),
        );
        self.end.append_value(day_number(end));
        self.periods.append_value(certificate.periods.len() as i16);
        list(
            &mut self.occupations,
            certificate.occupations.iter().map(String::as_str),
        );
        list(
            &mut self.based_on,
            certificate.based_on.iter().map(String::as_str),
        );
        self.prognosis.append_option(
            certificate
                .prognosis
                .as_ref()
                .map(|prognosis| prognosis.code.as_str()),
        );
        self.prognosis_days.append_option(
            certificate
                .prognosis
                .as_ref()
                .and_then(|prognosis| prognosis.days),
        );
        list(
            &mut self.measures,
            certificate.measures.iter().map(String::as_str),
        );
        self.infection.append_value(certificate.infection_control);
        self.relation.append_option(
            certificate
                .relations
                .first()
                .map(|relation| relation.kind.as_str()),
        );
        self.related.append_option(
            certificate
                .relations
                .first()
                .map(|relation| relation.certificate_id.as_str()),
        );
        self.signed_document
            .append_value(certificate.signed_document);
        self.revoked.append_option(shared.revoked);
    }

    fn columns(mut self, first: i64, count: i64) -> Vec<ArrayRef> {
        let id: ArrayRef = Arc::new(self.id.finish());
        vec![
            Arc::new(Int64Array::from_iter_values(first..first + count)),
            Arc::clone(&id),
            Arc::new(self.kind.finish()),
            Arc::new(self.version.finish()),
            Arc::new(self.person.finish()),
            Arc::new(self.sex.finish()),
            Arc::new(self.birth_year.finish()),
            Arc::new(self.age.finish()),
            Arc::new(self.signed.finish()),
            Arc::new(self.known.finish()),
            Arc::new(self.provider.finish()),
            Arc::new(self.care_unit.finish()),
            Arc::new(self.unit.finish()),
            Arc::new(self.region.finish()),
            Arc::new(self.municipality.finish()),
            Arc::new(self.doctor.finish()),
            Arc::new(self.diagnosis.finish()),
            Arc::new(self.side.finish()),
            Arc::new(self.start.finish()),
            Arc::new(self.end.finish()),
            Arc::new(self.periods.finish()),
            Arc::new(self.occupations.finish()),
            Arc::new(self.based_on.finish()),
            Arc::new(self.prognosis.finish()),
            Arc::new(self.prognosis_days.finish()),
            Arc::new(self.measures.finish()),
            Arc::new(self.infection.finish()),
            Arc::new(self.relation.finish()),
            Arc::new(self.related.finish()),
            Arc::new(self.signed_document.finish()),
            id,
            Arc::new(self.revoked.finish()),
            Arc::new(self.age_signed.finish()),
            Arc::new(self.age_signed_month.finish()),
        ]
    }
}

impl Periods {
    fn new() -> Self {
        Self {
            provider: text(16),
            person: Int64Builder::with_capacity(ROOM),
            start: Date32Builder::with_capacity(ROOM),
            end: Date32Builder::with_capacity(ROOM),
            arrival: Vec::with_capacity(ROOM),
            degree: Int8Builder::with_capacity(ROOM),
            sex: Int8Builder::with_capacity(ROOM),
            age: Int16Builder::with_capacity(ROOM),
            diagnosis: text(5),
            care_unit: text(18),
            unit: text(18),
            doctor: text(20),
            region: text(2),
            municipality: text(4),
            kind: text(6),
            id: text(36),
            known: Date32Builder::with_capacity(ROOM),
            revoked: Date32Builder::with_capacity(ROOM),
        }
    }

    fn add(&mut self, shared: &Shared<'_>, arrival: i64) {
        let certificate = &shared.draft.certificate;
        for period in &certificate.periods {
            self.provider
                .append_value(&certificate.signer.care_provider_id);
            self.person.append_value(shared.person);
            self.start.append_value(day_number(period.start));
            self.end.append_value(day_number(period.end));
            self.arrival.push(arrival);
            self.degree.append_value(period.degree.percent() as i8);
            self.sex.append_value(certificate.patient.sex.code());
            self.age.append_value(shared.age);
            self.diagnosis.append_option(
                certificate
                    .diagnoses
                    .first()
                    .map(|diagnosis| diagnosis.code.as_str()),
            );
            self.care_unit.append_value(&shared.unit.care_unit_id);
            self.unit.append_value(&certificate.signer.unit_id);
            self.doctor.append_value(&certificate.signer.doctor_id);
            self.region.append_value(REGIONS[shared.unit.region].code);
            self.municipality.append_value(shared.unit.municipality);
            self.kind.append_value(certificate.kind.code());
            self.id.append_value(&certificate.id);
            self.known.append_value(shared.known);
            self.revoked.append_option(shared.revoked);
        }
    }

    fn columns(mut self, first: i64) -> Vec<ArrayRef> {
        vec![
            Arc::new(self.provider.finish()),
            Arc::new(self.person.finish()),
            Arc::new(self.start.finish()),
            Arc::new(self.end.finish()),
            Arc::new(Int64Array::from_iter_values(
                self.arrival.iter().map(|arrival| arrival + first),
            )),
            Arc::new(self.degree.finish()),
            Arc::new(self.sex.finish()),
            Arc::new(self.age.finish()),
            Arc::new(self.diagnosis.finish()),
            Arc::new(self.care_unit.finish()),
            Arc::new(self.unit.finish()),
            Arc::new(self.doctor.finish()),
            Arc::new(self.region.finish()),
            Arc::new(self.municipality.finish()),
            Arc::new(self.kind.finish()),
            Arc::new(self.id.finish()),
            Arc::new(self.known.finish()),
            Arc::new(self.revoked.finish()),
        ]
    }
}
