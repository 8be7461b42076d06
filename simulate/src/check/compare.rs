use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::{DAYS, Margin, margins};
use crate::plan::FOLLOW_UP_DAYS;

/// A sick case as the warehouse found it.
#[derive(Debug, Clone, Copy)]
pub struct Observed<'a> {
    /// Main diagnosis; its first three characters count.
    pub diagnosis: &'a str,
    /// First day.
    pub start: NaiveDate,
    /// Distinct days covered by certificates.
    pub covered_days: u32,
}

/// One published figure beside the simulated one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// Such as `share_of_cases_reaching_90_days/F43`.
    pub measure: String,
    /// Three characters, or `all`.
    pub diagnosis: String,
    /// Days.
    pub days: u32,
    /// Published share, cases started in 2017.
    pub published: f64,
    /// Share among the simulated cases; NaN without any.
    pub simulated: f64,
    /// simulated ÷ published.
    pub ratio: f64,
    /// Simulated cases > 14 days that the share is of.
    pub cases: u64,
    /// Cases expected to reach `days`: `cases` × published.
    pub expected_cases: f64,
}

/// Sets simulated cases beside every published margin.
///
/// **Input**: all cases of the warehouse; only those of more than 14 covered days count, and only those that began
/// at least [`FOLLOW_UP_DAYS`] days before `end`, so that 365 covered days would have been documented: no case is
/// censored, and none needs Kaplan–Meier.
#[must_use]
pub fn compare<'a>(cases: impl Iterator<Item = Observed<'a>>, end: NaiveDate) -> Vec<Row> {
    let mut counts: HashMap<String, [u64; 4]> = HashMap::new();
    for case in cases {
        let followed = (end - case.start).num_days() >= i64::from(FOLLOW_UP_DAYS);
        if followed && case.covered_days > 14 {
            let category: String = case.diagnosis.chars().take(3).collect();
            let count = counts.entry(category).or_default();
            count[0] += 1;
            for (place, days) in DAYS.into_iter().enumerate() {
                count[place + 1] += u64::from(case.covered_days >= days);
            }
        }
    }
    let all = margins();
    let listed = all.iter().filter(|margin| margin.days == DAYS[0]);
    let pooled = listed
        .filter_map(|margin| counts.get(margin.diagnosis))
        .fold([0; 4], |sum, one| add(sum, *one));
    counts.insert("all".to_owned(), pooled);
    all.iter()
        .map(|margin| {
            beside(
                margin,
                counts.get(margin.diagnosis).copied().unwrap_or_default(),
            )
        })
        .collect()
}

fn add(mut sum: [u64; 4], one: [u64; 4]) -> [u64; 4] {
    for (to, from) in sum.iter_mut().zip(one) {
        *to += from;
    }
    sum
}

fn beside(margin: &Margin, count: [u64; 4]) -> Row {
    let place = DAYS
        .iter()
        .position(|days| *days == margin.days)
        .map_or(1, |place| place + 1);
    let simulated = count[place] as f64 / count[0] as f64;
    Row {
        measure: format!(
            "share_of_cases_reaching_{}_days/{}",
            margin.days, margin.diagnosis
        ),
        diagnosis: margin.diagnosis.to_owned(),
        days: margin.days,
        published: margin.published,
        simulated,
        ratio: simulated / margin.published,
        cases: count[0],
        expected_cases: count[0] as f64 * margin.published,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::date;

    #[test]
    fn only_long_cases_that_could_be_followed_count() {
        let case = |diagnosis, start, covered_days| Observed {
            diagnosis,
            start,
            covered_days,
        };
        let cases = [
            case("F430", date(2020, 1, 1), 14),
            case("F438A", date(2020, 1, 1), 90),
            case("F432", date(2020, 1, 1), 89),
            case("F432", date(2024, 12, 31), 400),
            case("J189", date(2020, 1, 1), 400),
        ];
        let rows = compare(cases.into_iter(), date(2025, 12, 31));
        let of = |days| {
            rows.iter()
                .find(|row| row.diagnosis == "F43" && row.days == days)
                .unwrap()
                .clone()
        };
        // Two count (14 days is short; 365 days before the end is too late): one of two reaches 90.
        assert_eq!((of(90).cases, of(90).simulated), (2, 0.5));
        assert!((of(90).ratio - 0.5 / 0.474).abs() < 1e-12);
        assert_eq!(of(180).simulated, 0.0);
        let all = rows.iter().find(|row| row.diagnosis == "all").unwrap();
        assert_eq!(all.cases, 2);
    }
}
