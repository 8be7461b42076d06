use std::sync::Arc;

use arrow::{
    array::{
        BooleanBuilder, Date32Builder, Float64Builder, Int32Builder, RecordBatch, StringBuilder,
    },
    datatypes::{DataType, Field, Schema, SchemaRef},
};
use chrono::{Datelike, NaiveDate};
use frisk_codes::{AgeGroup, Icd10, Language, Sex};

use super::{
    certificate::{Certificates, Details},
    history::{Moment, Outcome},
};
use crate::{Error, Interner, sick_case};

/// Days before a case in which earlier leave is counted.
const EARLIER_DAYS: i32 = 365;

const TEXTS: [&str; 13] = [
    "diagnosis",
    "category",
    "chapter",
    "degree_start",
    "degree_now",
    "sex",
    "age_group",
    "region",
    "occupation",
    "prognosis",
    "certificate_type",
    "season",
    "last_certificate_days",
];
const NUMBERS: [&str; 9] = [
    "age",
    "prescribed_days",
    "days_left",
    "certificates",
    "prior_days_365",
    "prior_cases_365",
    "prior_same_category",
    "side_diagnoses",
    "measures",
];

/// The feature batch: `case_id`, `first_certificate_id`, `start_date`, `as_of_day`, outcome, then features.
#[must_use]
pub fn schema() -> SchemaRef {
    let mut fields = vec![
        Field::new("case_id", DataType::Utf8, false),
        // Id of the first certificate known on the day.
        Field::new("first_certificate_id", DataType::Utf8, false),
        Field::new("start_date", DataType::Date32, false),
        // Day of the case on which this was known; 1 = its first day.
        Field::new("as_of_day", DataType::Int32, false),
        // Days from first to last day (gaps of the rules included), as far as data reach.
        Field::new("length_days", DataType::Int32, false),
        // Known to be over; otherwise censored at length_days.
        Field::new("ended", DataType::Boolean, false),
    ];
    fields.extend(TEXTS.map(|name| Field::new(name, DataType::Utf8, true)));
    fields.extend(NUMBERS.map(|name| Field::new(name, DataType::Float64, true)));
    Arc::new(Schema::new(fields))
}

pub(super) struct Rows<'a> {
    texts: &'a Interner,
    certificates: &'a Certificates,
    icd10: &'a Icd10,
    case_id: StringBuilder,
    first_certificate: StringBuilder,
    start: Date32Builder,
    as_of: Int32Builder,
    length: Int32Builder,
    ended: BooleanBuilder,
    text: [StringBuilder; 13],
    number: [Float64Builder; 9],
}

impl<'a> Rows<'a> {
    pub(super) fn new(
        texts: &'a Interner,
        certificates: &'a Certificates,
        icd10: &'a Icd10,
    ) -> Self {
        Self {
            texts,
            certificates,
            icd10,
            case_id: StringBuilder::new(),
            first_certificate: StringBuilder::new(),
            start: Date32Builder::new(),
            as_of: Int32Builder::new(),
            length: Int32Builder::new(),
            ended: BooleanBuilder::new(),
            text: std::array::from_fn(|_| StringBuilder::new()),
            number: std::array::from_fn(|_| Float64Builder::new()),
        }
    }

    pub(super) fn push(&mut self, moment: &Moment, start: i32, outcome: Outcome) {
        let first = &moment.own()[0];
        let details = self.certificates.get(first.arrival);
        self.case_id
            .append_value(sick_case::case_id("", first.person, start));
        self.first_certificate
            .append_value(details.map_or("", |d| &d.id));
        self.start.append_value(start);
        self.as_of.append_value(moment.date - start + 1);
        self.length.append_value(outcome.length_days);
        self.ended.append_value(outcome.ended);
        let texts = self.text_values(moment);
        for (builder, value) in self.text.iter_mut().zip(texts) {
            builder.append_option(value.filter(|v| !v.is_empty()));
        }
        let numbers = self.number_values(moment);
        for (builder, value) in self.number.iter_mut().zip(numbers) {
            builder.append_value(value);
        }
    }

    fn text_values(&self, moment: &Moment) -> [Option<String>; 13] {
        let (first, last) = (&moment.own()[0], moment.last());
        let newest = self.newest(moment);
        let diagnosis = self.texts.diagnoses.text(last.diagnosis);
        let levels = self.icd10.resolve(diagnosis);
        let own = |text: Option<&str>| text.map(str::to_owned);
        [
            Some(diagnosis.to_owned()),
            own(levels.category),
            own(levels.chapter),
            Some(first.degree.to_string()),
            Some(last.degree.to_string()),
            Some(sex(last.sex).to_owned()),
            Some(
                AgeGroup::of(i32::from(last.age))
                    .label(Language::Sv)
                    .to_owned(),
            ),
            Some(format!("{:02}", last.region)),
            self.occupation(moment),
            newest.map(|d| d.prognosis.clone()),
            newest.map(|d| d.kind.clone()),
            NaiveDate::from_epoch_days(moment.case().start)
                .map(|date| format!("{:02}", date.month())),
            Some(last_certificate_days(moment)),
        ]
    }

    fn number_values(&self, moment: &Moment) -> [f64; 9] {
        let case = moment.case();
        let newest = self.newest(moment);
        let mut certificates: Vec<i64> = moment.own().iter().map(|f| f.arrival).collect();
        certificates.sort_unstable();
        certificates.dedup();
        let category = |diagnosis: u32| {
            self.icd10
                .resolve(self.texts.diagnoses.text(diagnosis))
                .category
        };
        let now = category(moment.last().diagnosis);
        let again = moment.earlier(EARLIER_DAYS).any(|(_, facts)| {
            now.is_some() && facts.iter().any(|fact| category(fact.diagnosis) == now)
        });
        [
            f64::from(moment.last().age),
            f64::from(case.length_days),
            f64::from(case.end - moment.date),
            f64::from(u32::try_from(certificates.len()).unwrap_or(u32::MAX)),
            f64::from(moment.earlier_days(EARLIER_DAYS)),
            f64::from(u32::try_from(moment.earlier(EARLIER_DAYS).count()).unwrap_or(u32::MAX)),
            f64::from(u8::from(again)),
            newest.map_or(0.0, |d| d.side_diagnoses),
            newest.map_or(0.0, |d| d.measures),
        ]
    }

    /// The certificate of the last period begun by the day.
    fn newest(&self, moment: &Moment) -> Option<&Details> {
        self.certificates.get(moment.last().arrival)
    }

    /// Occupation status as the newest certificate that gives one has it.
    fn occupation(&self, moment: &Moment) -> Option<String> {
        moment
            .own()
            .iter()
            .rev()
            .filter_map(|fact| self.certificates.get(fact.arrival))
            .map(|d| &d.occupation)
            .find(|occupation| !occupation.is_empty())
            .cloned()
    }

    pub(super) fn finish(mut self) -> Result<RecordBatch, Error> {
        let mut columns: Vec<arrow::array::ArrayRef> = vec![
            Arc::new(self.case_id.finish()),
            Arc::new(self.first_certificate.finish()),
            Arc::new(self.start.finish()),
            Arc::new(self.as_of.finish()),
            Arc::new(self.length.finish()),
            Arc::new(self.ended.finish()),
        ];
        for builder in &mut self.text {
            columns.push(Arc::new(builder.finish()));
        }
        for builder in &mut self.number {
            columns.push(Arc::new(builder.finish()));
        }
        Ok(RecordBatch::try_new(schema(), columns)?)
    }
}

/// The level of `last_certificate_days`: days that the certificate in force covers, `60+` from 60 on. Doctors write whole
/// weeks and months, so an odd number tells that an end was agreed.
#[must_use]
pub fn certificate_days_level(days: i32) -> String {
    match days {
        60.. => "60+".to_owned(),
        days => days.to_string(),
    }
}

fn last_certificate_days(moment: &Moment) -> String {
    let arrival = moment.last().arrival;
    let own = moment.own().iter().filter(|fact| fact.arrival == arrival);
    let (first, last) = own.fold((i32::MAX, i32::MIN), |(first, last), fact| {
        (first.min(fact.start), last.max(fact.end))
    });
    certificate_days_level(last - first + 1)
}

fn sex(code: u8) -> &'static str {
    match Sex::from_code(code.cast_signed()) {
        Sex::Woman => "woman",
        Sex::Man => "man",
        Sex::Unknown => "unknown",
    }
}
