//! The cases of a feature batch and what of their length is known on a given day.

use arrow::array::{Array, BooleanArray, RecordBatch, StringArray};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Date32Type, Int32Type};

use crate::error::{Error, Result};
use crate::intervals::Intervals;

/// Cases in batch order with their follow-up as far as the batch knows it.
#[derive(Debug, Clone)]
pub struct Cohort {
    /// First day of each case, days since 1970-01-01.
    pub start: Vec<i32>,
    /// As-of day of each case: the features are what was known then, and the case was ongoing then.
    pub as_of: Vec<i32>,
    /// Length in days so far, at least the as-of day.
    pub length: Vec<i32>,
    /// False = ongoing at the end of data: censored at `length`.
    pub ended: Vec<bool>,
}

/// What is known of one case's length when follow-up stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FollowUp {
    /// As-of day.
    pub as_of: i32,
    /// Days of leave seen.
    pub length: i32,
    /// The case was seen to end after `length` days.
    pub ended: bool,
    /// Days that could have been seen: from the start to the end of follow-up, both counted.
    pub observable: i32,
}

/// Span of whole intervals in which one case was at risk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Episode {
    /// First interval at risk.
    pub first: u8,
    /// Number of intervals at risk; 0 = nothing can be learnt from the case.
    pub count: u8,
    /// The case ended in the last of them.
    pub event: bool,
}

impl Cohort {
    /// Reads `start_date` (Date32), `as_of_day`, `length_days` (Int32) and `ended` (Boolean).
    ///
    /// # Errors
    /// A missing column, another type, a null, or a length below 1.
    pub fn read(batch: &RecordBatch) -> Result<Self> {
        let start = read_dates(batch, "start_date")?;
        let as_of = read_days(batch, "as_of_day")?;
        let length = read_days(batch, "length_days")?;
        let ended = read_flags(batch, "ended")?;
        if let Some(row) = length.iter().position(|&days| days < 1) {
            return Err(Error::Value {
                column: "length_days".into(),
                row,
                found: i64::from(length[row]),
                expected: "at least 1".to_owned(),
            });
        }
        // Covered days leave out short gaps, the as-of day does not: who was on leave then has
        // come at least that far.
        let length = length.iter().zip(&as_of);
        let length = length.map(|(&days, &as_of)| days.max(as_of)).collect();
        Ok(Self {
            start,
            as_of,
            length,
            ended,
        })
    }

    /// Number of cases.
    #[must_use]
    pub fn len(&self) -> usize {
        self.start.len()
    }

    /// True when there is no case.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.start.is_empty()
    }

    /// What was known of case `row` on `last_day` (days since 1970-01-01, counted as seen).
    ///
    /// A case whose last day of leave is `last_day` or later is ongoing then, whatever came after.
    #[must_use]
    pub fn follow_up(&self, row: usize, last_day: i32) -> FollowUp {
        let observable = last_day - self.start[row] + 1;
        let ended = self.ended[row] && self.length[row] < observable;
        let length = self.length[row].min(observable);
        FollowUp {
            as_of: self.as_of[row],
            length,
            ended,
            observable,
        }
    }
}

impl FollowUp {
    /// Whole intervals at risk.
    ///
    /// An interval counts only when the case could be observed through all of it (and one day
    /// more, which tells whether it went on): the rule looks at the calendar, not at the outcome,
    /// so that ongoing and ended cases drop the same intervals and hazards stay unbiased.
    #[must_use]
    pub fn episode(&self, intervals: &Intervals) -> Episode {
        let begins = (0..intervals.count()).find(|&k| intervals.after(k) >= self.as_of - 1);
        let Some(first) = begins else {
            return Episode {
                first: 0,
                count: 0,
                event: false,
            };
        };
        let mut episode = Episode {
            first: first as u8,
            count: 0,
            event: false,
        };
        if self.ended && self.length <= intervals.after(first) {
            return episode;
        }
        for k in first..intervals.count() {
            let closes = self.length <= intervals.until(k);
            if self.observable <= intervals.until(k) || (closes && !self.ended) {
                break;
            }
            episode.count += 1;
            episode.event = closes;
            if closes {
                break;
            }
        }
        episode
    }

    /// Whether the case lasted beyond `day`: `None` when follow-up stopped before that was known.
    #[must_use]
    pub fn beyond(&self, day: i32) -> Option<bool> {
        match (self.length > day, self.ended) {
            (true, _) => Some(true),
            (false, true) => Some(false),
            (false, false) => None,
        }
    }
}

/// The `case_id` column as text.
///
/// # Errors
/// A missing column, a type that is not text, or a null.
pub(crate) fn case_ids(batch: &RecordBatch) -> Result<StringArray> {
    let array = column(batch, "case_id")?;
    let text = cast(array, &DataType::Utf8)?;
    let text = text.as_any().downcast_ref::<StringArray>().cloned();
    let ids = text.ok_or_else(|| mismatch("case_id", array.as_ref(), "text"))?;
    refuse_nulls(&ids, "case_id")?;
    Ok(ids)
}

/// The `as_of_day` column.
///
/// # Errors
/// A missing column, another type or a null.
pub(crate) fn as_of_days(batch: &RecordBatch) -> Result<Vec<i32>> {
    read_days(batch, "as_of_day")
}

fn read_days(batch: &RecordBatch, name: &str) -> Result<Vec<i32>> {
    let array = column(batch, name)?;
    if !array.data_type().is_integer() {
        return Err(mismatch(name, array.as_ref(), "Int32"));
    }
    refuse_nulls(array.as_ref(), name)?;
    let days = cast(array, &DataType::Int32)?;
    let days = arrow::array::AsArray::as_primitive_opt::<Int32Type>(&days);
    let days = days.ok_or_else(|| mismatch(name, array.as_ref(), "Int32"))?;
    refuse_nulls(days, name)?;
    Ok(days.values().to_vec())
}

fn read_dates(batch: &RecordBatch, name: &str) -> Result<Vec<i32>> {
    let array = column(batch, name)?;
    refuse_nulls(array.as_ref(), name)?;
    let dates = arrow::array::AsArray::as_primitive_opt::<Date32Type>(array);
    let dates = dates.ok_or_else(|| mismatch(name, array.as_ref(), "Date32"))?;
    Ok(dates.values().to_vec())
}

fn read_flags(batch: &RecordBatch, name: &str) -> Result<Vec<bool>> {
    let array = column(batch, name)?;
    refuse_nulls(array.as_ref(), name)?;
    let flags = array.as_any().downcast_ref::<BooleanArray>();
    let flags = flags.ok_or_else(|| mismatch(name, array.as_ref(), "Boolean"))?;
    Ok(flags.values().iter().collect())
}

pub(crate) fn column<'a>(batch: &'a RecordBatch, name: &str) -> Result<&'a arrow::array::ArrayRef> {
    let found = batch.column_by_name(name);
    found.ok_or_else(|| Error::MissingColumn {
        column: name.to_owned(),
    })
}

pub(crate) fn mismatch(name: &str, array: &dyn Array, expected: &'static str) -> Error {
    Error::ColumnType {
        column: name.to_owned(),
        found: array.data_type().to_string(),
        expected,
    }
}

fn refuse_nulls(array: &dyn Array, name: &str) -> Result<()> {
    let null = (0..array.len()).find(|&row| array.null_count() > 0 && array.is_null(row));
    match null {
        Some(row) => Err(Error::Null {
            column: name.to_owned(),
            row,
        }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(length: i32, ended: bool, observable: i32) -> FollowUp {
        FollowUp {
            as_of: 15,
            length,
            ended,
            observable,
        }
    }

    fn intervals() -> Intervals {
        Intervals::new(vec![15, 30, 60, 90]).unwrap()
    }

    #[test]
    fn a_case_that_ends_counts_up_to_the_interval_of_its_end() {
        let long = case(61, true, 1000).episode(&intervals());
        assert_eq!(
            long,
            Episode {
                first: 0,
                count: 3,
                event: true
            }
        );
        let edge = case(60, true, 1000).episode(&intervals());
        assert_eq!(
            edge,
            Episode {
                first: 0,
                count: 2,
                event: true
            }
        );
        let beyond = case(91, true, 1000).episode(&intervals());
        assert_eq!(
            beyond,
            Episode {
                first: 0,
                count: 3,
                event: false
            }
        );
    }

    #[test]
    fn an_interval_half_observed_is_dropped_for_ended_and_ongoing_alike() {
        // 45 days observable: (30, 60] cannot be seen whole, so the end on day 40 is not used either.
        let ended = case(40, true, 45).episode(&intervals());
        let ongoing = case(45, false, 45).episode(&intervals());
        assert_eq!(ended, ongoing);
        assert_eq!(
            ended,
            Episode {
                first: 0,
                count: 1,
                event: false
            }
        );
    }

    #[test]
    fn a_later_as_of_day_enters_at_the_next_whole_interval() {
        let late = FollowUp {
            as_of: 40,
            length: 80,
            ended: true,
            observable: 500,
        };
        assert_eq!(
            late.episode(&intervals()),
            Episode {
                first: 2,
                count: 1,
                event: true
            }
        );
        let gone = FollowUp {
            as_of: 40,
            length: 50,
            ended: true,
            observable: 500,
        };
        assert_eq!(gone.episode(&intervals()).count, 0);
    }

    #[test]
    fn follow_up_is_cut_on_the_last_day_and_later_knowledge_is_dropped() {
        let cohort = Cohort {
            start: vec![100],
            as_of: vec![15],
            length: vec![50],
            ended: vec![true],
        };
        // Days 100..=149 are leave. On day 149 the case is ongoing (50th day), on day 150 it has ended.
        assert_eq!(cohort.follow_up(0, 149), case(50, false, 50));
        assert_eq!(cohort.follow_up(0, 150), case(50, true, 51));
        assert_eq!(cohort.follow_up(0, 120), case(21, false, 21));
        assert_eq!(case(50, false, 50).beyond(49), Some(true));
        assert_eq!(case(50, false, 50).beyond(50), None);
        assert_eq!(case(50, true, 51).beyond(50), Some(false));
    }

    #[test]
    fn covered_days_fewer_than_the_as_of_day_are_raised_to_it() {
        // On leave on day 15, but two days fell in a gap: 13 covered days.
        use std::sync::Arc;
        let days = |day: i32| Arc::new(arrow::array::Int32Array::from(vec![day]));
        let read = |length: i32| {
            let batch = RecordBatch::try_from_iter([
                (
                    "start_date",
                    Arc::new(arrow::array::Date32Array::from(vec![0])) as arrow::array::ArrayRef,
                ),
                ("as_of_day", days(15)),
                ("length_days", days(length)),
                ("ended", Arc::new(BooleanArray::from(vec![true]))),
            ]);
            Cohort::read(&batch.unwrap())
        };
        assert_eq!(read(13).unwrap().length, [15]);
        assert_eq!(read(40).unwrap().length, [40]);
        assert!(matches!(read(0), Err(Error::Value { column, .. }) if column == "length_days"));
    }
}
