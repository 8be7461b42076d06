//! What was known about a case on one of its days: the feature batch that `model` learns from and scores.
//!
//! Leakage is shut out here: a certificate counts only from the day it was known (sent, else signed), a revocation
//! only from its own day, and prior leave only as far as it was known (`PREDICTION.md` §B4). The outcome comes from
//! everything that is known today; a case that may still go on is censored, not short, and so is one whose person is no longer
//! followed (died, emigrated, retired).

mod certificate;
mod history;
mod rows;

use frisk_codes::Icd10;
use frisk_engine::DataFile;

use crate::{
    CaseRules, CaseScope, Error, ObservationEnds, Snapshot, ValidCaseRules,
    load::{self, Bucket},
    tables::{Table, Tables},
};
use arrow::{array::RecordBatch, compute::concat_batches};
use certificate::Certificates;
use history::{History, Moment};
use rows::Rows;

pub use rows::{certificate_days_level, schema};

/// Which days of which cases are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// Every case that reached the day (1 = its first day): for training and evaluation.
    EveryCase {
        /// Day of the case.
        day: i32,
    },
    /// The case of one person that goes on that date (days since 1970-01-01): for serving.
    Person {
        /// Keyed hash of the person.
        person: i64,
        /// The date.
        date: i32,
    },
}

/// Features of cases, gap 5, all care providers of a person together: n cases → m ≤ n rows, without those that were
/// not known to go on at the day.
///
/// Cost: one read of the periods and certificates; a person's cases cost the square of their number.
///
/// # Errors
/// When a table is missing or has another shape.
pub fn features(
    tables: &Tables,
    snapshot: &Snapshot,
    icd10: &Icd10,
    asked: Asked,
) -> Result<RecordBatch, Error> {
    let rules = CaseRules::new().scope(CaseScope::Person).check()?;
    let ends = ObservationEnds::read(tables, snapshot)?;
    let data_through = snapshot.data_through.to_epoch_days();
    let through = |person| ends.through(person, data_through);
    let certificates = tables.state_in(Table::CERTIFICATE, snapshot)?;
    let certificate_files = Tables::buckets(&certificates);
    let wanted = match asked {
        Asked::Person { person, .. } => Some(tables.layout().bucket(person)),
        Asked::EveryCase { .. } => None,
    };
    let parts = load::buckets(tables, snapshot, |tables, files| {
        let bucket = files.first().and_then(|f| f.partition.get("bucket"));
        let bucket = bucket.and_then(|b| b.parse().ok());
        if wanted.is_some() && wanted != bucket {
            return Ok(None);
        }
        let own = bucket.and_then(|b| certificate_files.get(&b));
        let certificates = Certificates::read(tables, own.map_or(&[], Vec::as_slice))?;
        bucket_rows(tables, files, &certificates, icd10, rules, &through, asked).map(Some)
    })?;
    let parts: Vec<RecordBatch> = parts.into_iter().flatten().collect();
    Ok(concat_batches(&schema(), &parts)?)
}

fn bucket_rows(
    tables: &Tables,
    files: &[&DataFile],
    certificates: &Certificates,
    icd10: &Icd10,
    rules: ValidCaseRules,
    through: &(dyn Fn(i64) -> i32 + Sync),
    asked: Asked,
) -> Result<RecordBatch, Error> {
    let bucket = Bucket::read(tables, files)?;
    let mut rows = Rows::new(&bucket.texts, certificates, icd10);
    for history in History::of(&bucket) {
        match asked {
            Asked::EveryCase { day } => {
                let through = through(history.person());
                for case in history.cases(rules) {
                    let date = case.start + day - 1;
                    if case.end >= date
                        && date <= through
                        && let Some(moment) = Moment::of(&history, date, rules)
                    {
                        rows.push(&moment, case.start, history.outcome(case, through, rules));
                    }
                }
            }
            Asked::Person { person, date } if person == history.person() => {
                if let Some(moment) = Moment::of(&history, date, rules) {
                    let start = moment.case().start;
                    let so_far = history::Outcome {
                        length_days: date - start + 1,
                        ended: false,
                    };
                    rows.push(&moment, start, so_far);
                }
            }
            Asked::Person { .. } => {}
        }
    }
    rows.finish()
}
