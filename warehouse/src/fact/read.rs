use std::collections::HashSet;

use arrow::{
    array::{Array, ArrayRef, AsArray, RecordBatch, StringArray},
    compute::cast,
    datatypes::{DataType, Date32Type, Int8Type, Int16Type, Int64Type},
};

use crate::{Error, Fact, Facts, Interner};

/// Ids of revoked certificates, also of those that have not come yet.
///
/// Source: `PEERS.md` §1.4: a certificate that comes after its revocation is inactive too.
#[derive(Debug, Clone, Default)]
pub struct Revoked(HashSet<String>);

impl Revoked {
    /// The revoked certificates of `revocation` batches.
    ///
    /// # Errors
    /// A batch lacks the column or has it in another type.
    pub fn from_batches(revocation: &[RecordBatch]) -> Result<Self, Error> {
        let mut ids = HashSet::new();
        for batch in revocation {
            let column = texts(batch, "revocation", "certificate_id")?;
            ids.extend(column.iter().flatten().map(str::to_owned));
        }
        Ok(Self(ids))
    }

    /// Whether the certificate is revoked.
    #[must_use]
    pub fn contains(&self, certificate_id: &str) -> bool {
        self.0.contains(certificate_id)
    }
}

/// Facts of the active periods in `period` batches, sorted.
///
/// **Input**: n period rows (schema [`frisk_ingest::schema::period`], further columns ignored), and what is revoked.
/// **Output**: m ≤ n facts, without the periods of revoked certificates.
///
/// # Errors
/// A batch lacks a column or has it in another type.
pub fn facts_from_batches(
    period: &[RecordBatch],
    revoked: &Revoked,
    interner: &mut Interner,
) -> Result<Facts, Error> {
    let mut facts = Facts {
        facts: Vec::with_capacity(period.iter().map(RecordBatch::num_rows).sum()),
    };
    for batch in period {
        read_batch(batch, revoked, interner, &mut facts.facts)?;
    }
    facts.sort();
    Ok(facts)
}

fn read_batch(
    batch: &RecordBatch,
    revoked: &Revoked,
    interner: &mut Interner,
    facts: &mut Vec<Fact>,
) -> Result<(), Error> {
    let table = "period";
    let text = |name| texts(batch, table, name);
    let provider = text("care_provider_id")?;
    let care_unit = text("care_unit_id")?;
    let unit = text("unit_id")?;
    let doctor = text("doctor_id")?;
    let diagnosis = text("diagnosis")?;
    let region = text("region")?;
    let certificate = text("certificate_id")?;
    let person = typed(batch, table, "person_key", &DataType::Int64)?;
    let person = person.as_primitive::<Int64Type>();
    let arrival = typed(batch, table, "arrival", &DataType::Int64)?;
    let arrival = arrival.as_primitive::<Int64Type>();
    let start = typed(batch, table, "start_date", &DataType::Date32)?;
    let start = start.as_primitive::<Date32Type>();
    let end = typed(batch, table, "end_date", &DataType::Date32)?;
    let end = end.as_primitive::<Date32Type>();
    let degree = typed(batch, table, "degree", &DataType::Int8)?;
    let degree = degree.as_primitive::<Int8Type>();
    let sex = typed(batch, table, "sex", &DataType::Int8)?;
    let sex = sex.as_primitive::<Int8Type>();
    let age = typed(batch, table, "age", &DataType::Int16)?;
    let age = age.as_primitive::<Int16Type>();
    let revocation = typed(batch, table, "revoked_date", &DataType::Date32)?;
    for row in 0..batch.num_rows() {
        if revocation.is_valid(row) || revoked.contains(certificate.value(row)) {
            continue;
        }
        facts.push(Fact {
            person: person.value(row),
            arrival: arrival.value(row),
            start: start.value(row),
            end: end.value(row),
            provider: interner.providers.number(provider.value(row)),
            care_unit: interner.units.number(care_unit.value(row)),
            unit: interner.units.number(unit.value(row)),
            doctor: interner.doctors.number(doctor.value(row)),
            diagnosis: match diagnosis.is_valid(row) {
                true => interner.diagnoses.number(diagnosis.value(row)),
                false => 0,
            },
            age: age.value(row),
            region: region.value(row).parse().unwrap_or_default(),
            degree: degree.value(row).unsigned_abs(),
            sex: sex.value(row).unsigned_abs(),
        });
    }
    Ok(())
}

fn typed(batch: &RecordBatch, table: &str, name: &str, kind: &DataType) -> Result<ArrayRef, Error> {
    let column = batch.column_by_name(name).ok_or_else(|| Error::Table {
        table: table.to_owned(),
        problem: format!("column {name} is missing"),
    })?;
    if column.data_type() == kind {
        return Ok(ArrayRef::clone(column));
    }
    Ok(cast(column, kind)?)
}

fn texts(batch: &RecordBatch, table: &str, name: &str) -> Result<StringArray, Error> {
    let column = typed(batch, table, name, &DataType::Utf8)?;
    Ok(column.as_string::<i32>().clone())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow::array::{BooleanArray, Date32Array, Int8Array, Int16Array, Int64Array};

    use super::*;

    fn strings<const N: usize>(values: [&str; N]) -> ArrayRef {
        Arc::new(StringArray::from(values.to_vec()))
    }

    /// Three periods, the rows not in order; the last one carries a day of revocation.
    fn periods() -> RecordBatch {
        let schema = frisk_ingest::schema::period();
        RecordBatch::try_new(
            schema,
            vec![
                strings(["VG", "VG", "VG"]),
                Arc::new(Int64Array::from(vec![7, 7, 8])),
                Arc::new(Date32Array::from(vec![200, 100, 100])),
                Arc::new(Date32Array::from(vec![210, 120, 120])),
                Arc::new(Int64Array::from(vec![2, 1, 3])),
                Arc::new(Int8Array::from(vec![50, 100, 100])),
                Arc::new(Int8Array::from(vec![1, 1, 2])),
                Arc::new(Int16Array::from(vec![41, 40, 30])),
                Arc::new(StringArray::from(vec![Some("F320"), None, Some("M545")])),
                strings(["VE", "VE", "VE"]),
                strings(["E1", "VE", "VE"]),
                strings(["D", "D", "D"]),
                strings(["23", "00", "01"]),
                strings(["2380", "0000", "0180"]),
                strings(["LISJP", "LISJP", "LISJP"]),
                strings(["c2", "c1", "c3"]),
                Arc::new(Date32Array::from(vec![200, 100, 100])),
                Arc::new(Date32Array::from(vec![None, None, Some(130)])),
            ],
        )
        .unwrap()
    }

    #[test]
    fn active_periods_come_in_order_without_the_revoked() {
        let mut interner = Interner::new();
        let facts = facts_from_batches(&[periods()], &Revoked::default(), &mut interner).unwrap();
        let names = interner.into_names();
        let read: Vec<_> = facts
            .facts
            .iter()
            .map(|f| (f.person, f.start, f.degree, f.region, f.age))
            .collect();
        assert_eq!(read, [(7, 100, 100, 0, 40), (7, 200, 50, 23, 41)]);
        assert_eq!(names.diagnoses, ["", "F320"]);
        assert_eq!(names.units[facts.facts[1].unit as usize], "E1");
        assert_eq!(facts.facts[0].diagnosis, 0);
    }

    #[test]
    fn a_revocation_from_elsewhere_takes_all_periods_of_the_certificate() {
        let schema = frisk_ingest::schema::revocation();
        let revocation = RecordBatch::try_new(
            schema,
            vec![
                Arc::new(Int64Array::from(vec![4])),
                strings(["c1"]),
                Arc::new(Int64Array::from(vec![7])),
                Arc::new(Date32Array::from(vec![300])),
                strings(["00"]),
                Arc::new(BooleanArray::from(vec![None::<bool>])),
            ],
        )
        .unwrap();
        let revoked = Revoked::from_batches(&[revocation]).unwrap();
        let facts = facts_from_batches(&[periods()], &revoked, &mut Interner::new()).unwrap();
        assert_eq!(facts.facts.len(), 1);
        assert_eq!(facts.facts[0].start, 200);
    }
}
