use std::sync::Arc;

use arrow::{
    array::{ArrayRef, Float64Array, Int32Array, RecordBatch, StringArray},
    datatypes::{DataType, Field, Schema},
};
use frisk_codes::{AgeGroup, Degree, Icd10, Language, Region};
use frisk_ingest::Certificate;
use frisk_warehouse::features::certificate_days_level;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{Input, InputKind, problem::Problem};

/// What is known of a case, as one row. Nothing of it is stored.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FeatureRow {
    /// Main diagnosis, ICD-10-SE.
    #[schema(example = "F438A")]
    pub(crate) diagnosis: String,
    /// Age in whole years, 16–100.
    #[schema(example = 43, minimum = 16, maximum = 100)]
    pub(crate) age: u16,
    /// `woman` or `man`.
    #[schema(example = "woman")]
    pub(crate) sex: String,
    /// Two-digit region code.
    #[schema(example = "12")]
    #[serde(default)]
    pub(crate) region: Option<String>,
    /// Occupation status (KV_FKMU_0002), such as `NUVARANDE_ARBETE`.
    #[schema(example = "NUVARANDE_ARBETE")]
    #[serde(default)]
    pub(crate) occupation: Option<String>,
    /// The doctor's prognosis (KV_FKMU_0006), with `:days` after `ATER_X_ANTAL_DGR` (KV_FKMU_0007).
    #[serde(default)]
    pub(crate) prognosis: Option<String>,
    /// Degree at the start of the case, percent.
    #[schema(example = 100)]
    #[serde(default)]
    pub(crate) degree: Option<u8>,
    /// Degree now, percent; without it, as at the start.
    #[serde(default)]
    pub(crate) degree_now: Option<u8>,
    /// Days that certificates cover so far, from the first to the last day certified.
    #[schema(example = 28)]
    #[serde(default)]
    pub(crate) prescribed_days: Option<u16>,
    /// Days from now to the last day certified.
    #[schema(example = 14)]
    #[serde(default)]
    pub(crate) days_left: Option<u16>,
    /// Certificates in the case so far.
    #[serde(default)]
    pub(crate) certificates: Option<u16>,
    /// Days on leave in the 365 days before the case.
    #[serde(default)]
    pub(crate) prior_days_365: Option<u16>,
    /// Cases in the 365 days before the case.
    #[serde(default)]
    pub(crate) prior_cases_365: Option<u16>,
    /// Earlier cases in 365 days with the same diagnosis category.
    #[serde(default)]
    pub(crate) prior_same_category: Option<u16>,
    /// Side diagnoses on the newest certificate.
    #[serde(default)]
    pub(crate) side_diagnoses: Option<u16>,
    /// Workplace measures on the newest certificate (LISJP question 40).
    #[serde(default)]
    pub(crate) measures: Option<u16>,
    /// Month in which the case began, 1–12.
    #[serde(default)]
    pub(crate) month: Option<u8>,
    /// Certificate type: `LISJP` or `FK7263`.
    #[serde(default)]
    pub(crate) certificate_type: Option<String>,
}

/// One value of a column.
enum Value {
    Text(Option<String>),
    Number(Option<f64>),
}

impl FeatureRow {
    /// The row of one certificate, as known on a day of the case that its first period begins.
    pub(crate) fn of_certificate(certificate: &Certificate, as_of_day: u32) -> Option<Self> {
        let start = certificate.periods.iter().map(|p| p.start).min()?;
        let end = certificate.periods.iter().map(|p| p.end).max()?;
        let day = start + chrono::Days::new(u64::from(as_of_day.saturating_sub(1)));
        let begun = |p: &&frisk_ingest::SickPeriod| p.start <= day;
        let first = certificate.periods.iter().min_by_key(|p| p.start)?;
        let last = certificate
            .periods
            .iter()
            .filter(begun)
            .max_by_key(|p| p.start);
        let days = |from: chrono::NaiveDate, to: chrono::NaiveDate| {
            u16::try_from((to - from).num_days()).ok()
        };
        Some(Self {
            diagnosis: certificate.diagnoses.first()?.code.clone(),
            age: u16::try_from(end.years_since(certificate.patient.birth_date)?).ok()?,
            sex: sex_name(certificate.patient.sex).to_owned(),
            occupation: certificate.occupations.first().cloned(),
            prognosis: certificate.prognosis.as_ref().map(prognosis_level),
            degree: Some(first.degree.percent()),
            degree_now: Some(last.unwrap_or(first).degree.percent()),
            prescribed_days: days(start, end).map(|n| n.saturating_add(1)),
            days_left: days(day.min(end), end),
            certificates: Some(1),
            side_diagnoses: u16::try_from(certificate.diagnoses.len() - 1).ok(),
            measures: u16::try_from(certificate.measures.len()).ok(),
            month: u8::try_from(chrono::Datelike::month(&start)).ok(),
            certificate_type: Some(certificate.kind.code().to_owned()),
            ..Self::default()
        })
    }

    /// Checks what no model may guess.
    ///
    /// **Errors**: [`Problem::Document`] with a sentence for each field; the value given is never repeated.
    pub(crate) fn check(&self, icd10: &Icd10) -> Result<(), Problem> {
        let mut faults = Vec::new();
        let mut expect = |holds: bool, fault: &str| {
            if !holds {
                faults.push(fault.to_owned());
            }
        };
        let known = icd10.resolve(&self.code()).chapter.is_some();
        expect(
            known,
            "diagnosis: expected a code of ICD-10-SE, such as F438A",
        );
        expect(
            (16..=100).contains(&self.age),
            "age: expected 16 to 100 years",
        );
        expect(
            matches!(self.sex.as_str(), "woman" | "man"),
            "sex: expected woman or man",
        );
        let degrees = [self.degree, self.degree_now].into_iter().flatten();
        expect(
            degrees.map(Degree::from_percent).all(|d| d.is_some()),
            "degree: expected 25, 50, 75 or 100",
        );
        let region = self.region.as_deref();
        expect(
            region.is_none_or(|code| Region::ALL.iter().any(|r| r.code == code)),
            "region: expected a two-digit region code, such as 12",
        );
        expect(
            self.month.is_none_or(|month| (1..=12).contains(&month)),
            "month: expected 1 to 12",
        );
        if faults.is_empty() {
            Ok(())
        } else {
            Err(Problem::Document { faults })
        }
    }

    /// The code as the warehouse has it: upper case, letters and digits only.
    fn code(&self) -> String {
        let kept = self.diagnosis.chars().filter(char::is_ascii_alphanumeric);
        kept.map(|c| c.to_ascii_uppercase()).collect()
    }

    /// Names of the fields that were not given; the model takes them as unknown.
    pub(crate) fn not_given(&self, inputs: &[Input]) -> Vec<String> {
        let missing = inputs.iter().filter(|input| {
            matches!(
                self.value(&input.name, None),
                Some(Value::Text(None) | Value::Number(None))
            )
        });
        missing.map(|input| input.name.clone()).collect()
    }

    /// One row with the columns that a model reads.
    pub(crate) fn batch(
        &self,
        as_of_day: u32,
        inputs: &[Input],
        icd10: &Icd10,
    ) -> Result<RecordBatch, Problem> {
        let id: ArrayRef = Arc::new(StringArray::from(vec!["request"]));
        let mut fields = vec![Field::new("case_id", DataType::Utf8, false)];
        let day = i32::try_from(as_of_day).unwrap_or(i32::MAX);
        fields.push(Field::new("as_of_day", DataType::Int32, false));
        let mut columns: Vec<ArrayRef> = vec![id, Arc::new(Int32Array::from(vec![day]))];
        for input in inputs {
            let value = self.value(&input.name, Some(icd10));
            let (kind, column): (DataType, ArrayRef) = match (input.kind, value) {
                (InputKind::Text, Some(Value::Text(text))) => {
                    (DataType::Utf8, Arc::new(StringArray::from(vec![text])))
                }
                (InputKind::Text, _) => (
                    DataType::Utf8,
                    Arc::new(StringArray::from(vec![None::<String>])),
                ),
                (InputKind::Number, Some(Value::Number(number))) => (
                    DataType::Float64,
                    Arc::new(Float64Array::from(vec![number])),
                ),
                (InputKind::Number, _) => (
                    DataType::Float64,
                    Arc::new(Float64Array::from(vec![None::<f64>])),
                ),
            };
            fields.push(Field::new(&input.name, kind, true));
            columns.push(column);
        }
        RecordBatch::try_new(Arc::new(Schema::new(fields)), columns)
            .map_err(|error| Problem::internal(&error))
    }

    /// The value of a column of the warehouse's feature batch; `None` for one that we do not know.
    fn value(&self, column: &str, icd10: Option<&Icd10>) -> Option<Value> {
        let text = |text: Option<String>| Some(Value::Text(text));
        let number = |number: Option<u16>| Some(Value::Number(number.map(f64::from)));
        let code = self.code();
        let levels = icd10.map(|icd10| icd10.resolve(&code));
        match column {
            "diagnosis" => text(Some(code)),
            "category" => text(Some(levels?.category?.to_owned())),
            "chapter" => text(Some(levels?.chapter?.to_owned())),
            "degree_start" => text(self.degree.map(|d| d.to_string())),
            "degree_now" => text(self.degree_now.or(self.degree).map(|d| d.to_string())),
            "sex" => text(Some(self.sex.clone())),
            "age_group" => text(Some(
                AgeGroup::of(i32::from(self.age))
                    .label(Language::Sv)
                    .to_owned(),
            )),
            "region" => text(self.region.clone()),
            "occupation" => text(self.occupation.clone()),
            "prognosis" => text(self.prognosis.clone()),
            "certificate_type" => text(self.certificate_type.clone()),
            "season" => text(self.month.map(|m| format!("{m:02}"))),
            "age" => number(Some(self.age)),
            "prescribed_days" => number(self.prescribed_days),
            "days_left" => number(self.days_left),
            // What one certificate covers is all that is covered; of several we do not know the newest.
            "last_certificate_days" => text(
                self.prescribed_days
                    .filter(|_| self.certificates.is_none_or(|n| n <= 1))
                    .map(|days| certificate_days_level(days.into())),
            ),
            "certificates" => number(self.certificates),
            "prior_days_365" => number(self.prior_days_365),
            "prior_cases_365" => number(self.prior_cases_365),
            "prior_same_category" => number(self.prior_same_category),
            "side_diagnoses" => number(self.side_diagnoses),
            "measures" => number(self.measures),
            _ => None,
        }
    }
}

/// The prognosis as the feature batch has it: the code, with `:days` where the doctor gives days.
fn prognosis_level(prognosis: &frisk_ingest::Prognosis) -> String {
    match prognosis.days {
        Some(days) => format!("{}:{days}", prognosis.code),
        None => prognosis.code.clone(),
    }
}

fn sex_name(sex: frisk_codes::Sex) -> &'static str {
    match sex {
        frisk_codes::Sex::Woman => "woman",
        frisk_codes::Sex::Man => "man",
        frisk_codes::Sex::Unknown => "unknown",
    }
}
