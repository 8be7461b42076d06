use std::collections::HashMap;

use arrow::{
    array::{Array, ArrayRef, AsArray, RecordBatch},
    datatypes::{Int32Type, Int64Type},
};
use frisk_engine::DataFile;

use crate::{
    Error,
    tables::{Table, Tables},
};

/// What the features take from a certificate beside its periods.
#[derive(Debug, Default, Clone)]
pub(super) struct Details {
    pub(super) id: String,
    pub(super) kind: String,
    /// Occupation status codes, sorted, joined by `+`; empty when none is given.
    pub(super) occupation: String,
    /// Prognosis code, with `:days` where it has them; empty when none is given.
    pub(super) prognosis: String,
    pub(super) side_diagnoses: f64,
    pub(super) measures: f64,
}

/// The certificates of one bucket by running number.
#[derive(Debug, Default)]
pub(super) struct Certificates {
    by_arrival: HashMap<i64, Details>,
}

impl Certificates {
    pub(super) fn read(tables: &Tables, files: &[&DataFile]) -> Result<Self, Error> {
        let mut certificates = Self::default();
        for file in files {
            for batch in tables.read(Table::CERTIFICATE, file, None)? {
                certificates.append(&batch)?;
            }
        }
        Ok(certificates)
    }

    pub(super) fn get(&self, arrival: i64) -> Option<&Details> {
        self.by_arrival.get(&arrival)
    }

    fn append(&mut self, batch: &RecordBatch) -> Result<(), Error> {
        let arrival = column(batch, "arrival")?.as_primitive::<Int64Type>();
        let id = column(batch, "certificate_id")?.as_string::<i32>();
        let kind = column(batch, "certificate_type")?.as_string::<i32>();
        let prognosis = column(batch, "prognosis")?.as_string::<i32>();
        let days = column(batch, "prognosis_days")?.as_primitive::<Int32Type>();
        let occupations = column(batch, "occupations")?;
        let side_diagnoses = column(batch, "side_diagnoses")?.as_list::<i32>();
        let measures = column(batch, "measures")?.as_list::<i32>();
        for row in 0..batch.num_rows() {
            let mut told = String::new();
            if prognosis.is_valid(row) {
                prognosis.value(row).clone_into(&mut told);
                if days.is_valid(row) {
                    told = format!("{told}:{}", days.value(row));
                }
            }
            let details = Details {
                id: id.value(row).to_owned(),
                kind: kind.value(row).to_owned(),
                occupation: joined(occupations, row),
                prognosis: told,
                side_diagnoses: f64::from(side_diagnoses.value_length(row)),
                measures: f64::from(measures.value_length(row)),
            };
            self.by_arrival.insert(arrival.value(row), details);
        }
        Ok(())
    }
}

fn joined(lists: &ArrayRef, row: usize) -> String {
    let list = lists.as_list::<i32>().value(row);
    let mut texts: Vec<&str> = list.as_string::<i32>().iter().flatten().collect();
    texts.sort_unstable();
    texts.join("+")
}

fn column<'a>(batch: &'a RecordBatch, name: &str) -> Result<&'a ArrayRef, Error> {
    batch.column_by_name(name).ok_or_else(|| Error::Table {
        table: Table::CERTIFICATE.name.to_owned(),
        problem: format!("no column {name}"),
    })
}
