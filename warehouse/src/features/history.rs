use crate::{
    Fact, SickCase, ValidCaseRules,
    cases::SickCases,
    load::{Bucket, Known},
};

/// All that is stored about one person's leave, at all care providers, in the order (start, arrival, degree).
#[derive(Debug)]
pub(super) struct History {
    facts: Vec<(Fact, Known)>,
    active: Vec<Fact>,
}

/// How a case went on after the day that it is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Outcome {
    /// Days from the first to the last day, short gaps included, no later than the last day that data reach.
    pub(super) length_days: i32,
    /// Whether it is known to be over.
    pub(super) ended: bool,
}

impl History {
    /// The histories of a bucket, by person.
    pub(super) fn of(bucket: &Bucket) -> Vec<Self> {
        let mut all: Vec<(Fact, Known)> = bucket
            .facts
            .iter()
            .copied()
            .zip(bucket.known.iter().copied())
            .collect();
        all.sort_by_key(|(f, _)| (f.person, f.start, f.arrival, f.degree));
        all.chunk_by(|(a, _), (b, _)| a.person == b.person)
            .map(|facts| Self {
                facts: facts.to_vec(),
                active: facts
                    .iter()
                    .filter(|(_, known)| known.revoked.is_none())
                    .map(|(fact, _)| *fact)
                    .collect(),
            })
            .collect()
    }

    pub(super) fn person(&self) -> i64 {
        self.facts.first().map_or(0, |(f, _)| f.person)
    }

    /// The cases as they are known today.
    pub(super) fn cases(&self, rules: ValidCaseRules) -> impl Iterator<Item = SickCase> {
        SickCases::new(&self.active, rules)
    }

    /// The outcome of a case as it is known on the last day that data reach.
    pub(super) fn outcome(&self, case: SickCase, through: i32, rules: ValidCaseRules) -> Outcome {
        Outcome {
            length_days: case.end.min(through) - case.start + 1,
            ended: !rules.joins(case.end, through),
        }
    }
}

/// What was known of a person's leave on one date, while she was on leave.
#[derive(Debug)]
pub(super) struct Moment {
    /// The date, in days since 1970-01-01.
    pub(super) date: i32,
    facts: Vec<Fact>,
    cases: Vec<SickCase>,
    at: usize,
}

impl Moment {
    /// What was known on a date; `None` when no case was known to go on that day.
    pub(super) fn of(history: &History, date: i32, rules: ValidCaseRules) -> Option<Self> {
        let facts: Vec<Fact> = history
            .facts
            .iter()
            .filter(|(_, k)| k.from <= date && k.revoked.is_none_or(|revoked| revoked > date))
            .map(|(fact, _)| *fact)
            .collect();
        let cases: Vec<SickCase> = SickCases::new(&facts, rules).collect();
        let at = cases
            .iter()
            .position(|c| c.start <= date && date <= c.end)?;
        Some(Self {
            date,
            facts,
            cases,
            at,
        })
    }

    /// The case that goes on.
    pub(super) fn case(&self) -> SickCase {
        self.cases[self.at]
    }

    /// Its periods.
    pub(super) fn own(&self) -> &[Fact] {
        let case = self.case();
        &self.facts[case.first..=case.last]
    }

    /// Its last period begun by the date.
    pub(super) fn last(&self) -> &Fact {
        let own = self.own();
        own.iter()
            .rev()
            .find(|fact| fact.start <= self.date)
            .unwrap_or(&own[0])
    }

    /// Earlier cases that reached into the days before this one.
    pub(super) fn earlier(&self, days: i32) -> impl Iterator<Item = (&SickCase, &[Fact])> {
        let start = self.case().start;
        self.cases[..self.at]
            .iter()
            .filter(move |case| case.end >= start - days)
            .map(|case| (case, &self.facts[case.first..=case.last]))
    }

    /// Distinct days with a certificate in the days before this case.
    pub(super) fn earlier_days(&self, days: i32) -> i32 {
        let start = self.case().start;
        self.earlier(days)
            .map(|(_, facts)| covered(facts, start - days, start - 1))
            .sum()
    }
}

/// Distinct days with a certificate from `first` to `last`; the facts sorted by start.
pub(super) fn covered(facts: &[Fact], first: i32, last: i32) -> i32 {
    let (mut days, mut until) = (0, first - 1);
    for fact in facts {
        let (start, end) = (fact.start.max(until + 1), fact.end.min(last));
        if end >= start {
            days += end - start + 1;
            until = end;
        }
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::tests::fact;

    fn bucket(rows: &[(i32, i32, i64, i32, Option<i32>)]) -> Bucket {
        let mut bucket = Bucket::default();
        for &(start, end, arrival, from, revoked) in rows {
            bucket.facts.push(Fact {
                arrival,
                ..fact(start, end)
            });
            bucket.known.push(Known { from, revoked });
        }
        bucket
    }

    #[test]
    fn a_certificate_counts_from_the_day_it_was_known() {
        // 1–14 known on day 1; renewal 15–40 known on day 20 only; day 15 was not known to be on leave.
        let history = History::of(&bucket(&[(1, 14, 1, 1, None), (15, 40, 2, 20, None)]));
        let rules = ValidCaseRules::official();
        assert!(Moment::of(&history[0], 15, rules).is_none());
        let day14 = Moment::of(&history[0], 14, rules).unwrap();
        assert_eq!(day14.case().end, 14);
        let day20 = Moment::of(&history[0], 20, rules).unwrap();
        assert_eq!((day20.case().end, day20.own().len()), (40, 2));
    }

    #[test]
    fn a_revocation_counts_from_its_own_day_and_never_in_the_outcome() {
        // 1–14, and 15–90 revoked on day 30. On day 20 it still stood; the outcome is 14 days.
        let history = History::of(&bucket(&[(1, 14, 1, 1, None), (15, 90, 2, 15, Some(30))]));
        let rules = ValidCaseRules::official();
        let day20 = Moment::of(&history[0], 20, rules).unwrap();
        assert_eq!(day20.case().end, 90);
        let case = history[0].cases(rules).next().unwrap();
        let outcome = history[0].outcome(case, 1000, rules);
        assert_eq!((outcome.length_days, outcome.ended), (14, true));
    }

    #[test]
    fn an_ongoing_case_is_censored_at_the_last_day_that_data_reach() {
        // 1–60 prescribed, data reach day 40: 40 days so far, not over. With data to day 70 (60 + 6 < 70) it is over.
        let history = History::of(&bucket(&[(1, 60, 1, 1, None)]));
        let rules = ValidCaseRules::official();
        let case = history[0].cases(rules).next().unwrap();
        let at40 = history[0].outcome(case, 40, rules);
        assert_eq!((at40.length_days, at40.ended), (40, false));
        let at66 = history[0].outcome(case, 66, rules);
        assert_eq!((at66.length_days, at66.ended), (60, false));
        let at67 = history[0].outcome(case, 67, rules);
        assert_eq!((at67.length_days, at67.ended), (60, true));
    }

    #[test]
    fn a_short_gap_does_not_shorten_the_time_on_leave() {
        // 1–10 and 14–20: covered 17 days, but on day 20 she has been away for 20 days, and day 15 was reached.
        let history = History::of(&bucket(&[(1, 10, 1, 1, None), (14, 20, 2, 14, None)]));
        let rules = ValidCaseRules::official();
        let case = history[0].cases(rules).next().unwrap();
        assert_eq!(history[0].outcome(case, 1000, rules).length_days, 20);
    }

    #[test]
    fn earlier_leave_is_counted_within_the_days_before_the_case() {
        // Earlier case days 100–129 (30 days); this one starts on day 460: the 365 days before are 95–459 → 30 days.
        // One that starts on day 480 sees 115–479 → days 115–129 = 15.
        for (start, expected) in [(460, 30), (480, 15)] {
            let history = History::of(&bucket(&[
                (100, 129, 1, 100, None),
                (start, start + 30, 2, start, None),
            ]));
            let moment = Moment::of(&history[0], start + 14, ValidCaseRules::official()).unwrap();
            assert_eq!(moment.earlier_days(365), expected);
            assert_eq!(moment.earlier(365).count(), 1);
        }
    }
}
