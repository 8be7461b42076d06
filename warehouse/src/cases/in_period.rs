use crate::{
    Fact,
    cases::{SickCases, ValidCaseRules},
};

/// A span of days, both ends inclusive, in days since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Days {
    /// First day.
    pub first: i32,
    /// Last day.
    pub last: i32,
}

impl Days {
    /// Whether the fact has at least one day in the span.
    #[must_use]
    pub fn overlaps(self, fact: &Fact) -> bool {
        fact.start <= self.last && fact.end >= self.first
    }
}

/// A sick case as one reporting period sees it.
///
/// Source: `PEERS.md` §1.3 and the conformance kit §7. The attributes come from the case's own periods that overlap
/// the reporting period; the length also from what was before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CaseInPeriod<'a> {
    /// The case's own periods: those that may be seen and overlap the reporting period, sorted by (start, arrival,
    /// degree). Never empty.
    pub facts: &'a [Fact],
    /// First day of the own periods, or of the earlier periods at other units.
    pub start: i32,
    /// Last day of the own periods.
    pub end: i32,
    /// Distinct calendar days with a certificate.
    pub length_days: i32,
    /// Certificates at other units that lie inside the case, by running number; may repeat.
    pub(crate) inner: &'a [i64],
}

impl CaseInPeriod<'_> {
    /// The last period by (start, arrival, degree): its attributes are the case's in a time series.
    #[must_use]
    pub fn last(&self) -> &Fact {
        &self.facts[self.facts.len() - 1]
    }

    /// Number of distinct certificates: the own ones and those at other units inside the case.
    #[must_use]
    pub fn certificates(&self) -> usize {
        let mut ids: Vec<i64> = self.facts.iter().map(|f| f.arrival).collect();
        ids.extend(self.inner);
        ids.sort_unstable();
        ids.dedup();
        ids.len()
    }

    /// Highest age over the own periods, in whole years.
    #[must_use]
    pub fn age(&self) -> i16 {
        self.facts.iter().map(|f| f.age).max().unwrap_or_default()
    }
}

/// A case while it is being put together.
#[derive(Debug, Clone, Default)]
struct Draft {
    facts: Vec<Fact>,
    start: i32,
    end: i32,
    days: Vec<Days>,
    inner: Vec<i64>,
}

impl Draft {
    fn of(facts: &[Fact]) -> Self {
        Self {
            start: facts.iter().map(|f| f.start).min().unwrap_or_default(),
            end: facts.iter().map(|f| f.end).max().unwrap_or_default(),
            days: facts.iter().map(span).collect(),
            facts: facts.to_vec(),
            inner: Vec::new(),
        }
    }

    fn absorb(&mut self, other: Self) {
        self.start = self.start.min(other.start);
        self.end = self.end.max(other.end);
        self.facts.extend(other.facts);
        self.days.extend(other.days);
        self.inner.extend(other.inner);
    }

    /// Adds the days of a fact that lie inside the case.
    fn add_clipped(&mut self, fact: &Fact) {
        let days = Days {
            first: fact.start.max(self.start),
            last: fact.end.min(self.end),
        };
        if days.first <= days.last {
            self.days.push(days);
        }
    }
}

fn span(fact: &Fact) -> Days {
    Days {
        first: fact.start,
        last: fact.end,
    }
}

/// Number of distinct days in the spans; sorts them.
fn union_days(spans: &mut [Days]) -> i32 {
    spans.sort_unstable();
    let (mut total, mut covered) = (0, i32::MIN);
    for days in spans {
        total += (days.last - days.first.max(covered) + 1).max(0);
        covered = covered.max(days.last + 1);
    }
    total
}

/// The peer's rule for one patient and one reporting period, step by step, with what may be seen as a filter.
///
/// This is the reference: slower than [`crate::cases::cases_by_period`], which must agree with it when everything may
/// be seen.
#[derive(Debug, Clone, Copy)]
pub struct CaseBuilder {
    /// How periods join.
    pub rules: ValidCaseRules,
    /// Whether periods at units that may not be seen lengthen the case (limited access, `PEERS.md` §1.3 item 6).
    pub extend: bool,
}

impl CaseBuilder {
    /// Calls `visit` with each case of the patient in the period.
    ///
    /// **Input**: all active periods of one patient at one care provider, sorted by (start, arrival, degree); `seen`
    /// says which of them may be seen.
    pub fn cases_in(
        self,
        patient: &[Fact],
        period: Days,
        seen: impl Fn(&Fact) -> bool,
        mut visit: impl FnMut(CaseInPeriod<'_>),
    ) {
        let own: Vec<Fact> = patient
            .iter()
            .filter(|f| period.overlaps(f) && seen(f))
            .copied()
            .collect();
        if own.is_empty() {
            return;
        }
        let mut drafts: Vec<Draft> = SickCases::new(&own, self.rules)
            .map(|case| Draft::of(&own[case.first..=case.last]))
            .collect();
        self.look_back(&mut drafts, patient, period, &seen);
        if self.extend {
            drafts = self.over_other_units(drafts, patient);
            self.walk_backwards(&mut drafts, patient);
        }
        for draft in drafts {
            finish(draft, &mut visit);
        }
    }

    /// Step 2 of the kit's §7: earlier periods that may be seen lend their days, nothing else.
    fn look_back(
        self,
        drafts: &mut [Draft],
        patient: &[Fact],
        period: Days,
        seen: impl Fn(&Fact) -> bool,
    ) {
        let reach = period.first + self.rules.gap_days();
        if drafts.iter().all(|draft| draft.start > reach) {
            return;
        }
        let known: Vec<Fact> = patient
            .iter()
            .filter(|f| f.start <= period.last && seen(f))
            .copied()
            .collect();
        for case in SickCases::new(&known, self.rules) {
            let facts = &known[case.first..=case.last];
            for draft in drafts.iter_mut().filter(|d| facts.contains(&d.facts[0])) {
                draft.days.extend(facts.iter().map(span));
            }
        }
    }

    /// Step 3: cases that one case of the whole care provider spans are one, with the days between.
    fn over_other_units(self, drafts: Vec<Draft>, patient: &[Fact]) -> Vec<Draft> {
        let mut rest = drafts;
        let mut merged = Vec::with_capacity(rest.len());
        for full in SickCases::new(patient, self.rules) {
            let (inside, outside): (Vec<Draft>, Vec<Draft>) = rest
                .into_iter()
                .partition(|d| full.start <= d.end && full.end >= d.start);
            rest = outside;
            let Some(mut draft) = inside.into_iter().reduce(|mut a, b| {
                a.absorb(b);
                a
            }) else {
                continue;
            };
            for fact in &patient[full.first..=full.last] {
                draft.add_clipped(fact);
                if fact.start > draft.start && fact.end < draft.end {
                    draft.inner.push(fact.arrival);
                }
            }
            merged.push(draft);
        }
        merged
    }

    /// Step 3, second half: the earliest case grows backwards over any unit, never forwards.
    fn walk_backwards(self, drafts: &mut [Draft], patient: &[Fact]) {
        let Some(draft) = drafts.iter_mut().min_by_key(|d| d.start) else {
            return;
        };
        while let Some(before) = patient
            .iter()
            .filter(|f| f.start < draft.start && self.rules.joins(f.end, draft.start))
            .min_by_key(|f| f.start)
        {
            draft.start = before.start;
            draft.add_clipped(before);
            draft.inner.push(before.arrival);
        }
    }
}

fn finish(mut draft: Draft, visit: &mut impl FnMut(CaseInPeriod<'_>)) {
    draft
        .facts
        .sort_unstable_by_key(|f| (f.start, f.arrival, f.degree));
    visit(CaseInPeriod {
        facts: &draft.facts,
        start: draft.start,
        end: draft.end,
        length_days: union_days(&mut draft.days),
        inner: &draft.inner,
    });
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{cases::cases_by_period, fact::tests::fact};

    /// What a test looks at: start, end, length, age, degree of the last period, certificates.
    type Seen = (i32, i32, i32, i16, u8, usize);

    fn summary(case: &CaseInPeriod<'_>) -> Seen {
        let age = case.age();
        let degree = case.last().degree;
        (case.start, case.end, case.length_days, age, degree, case.certificates())
    }

    fn cases(patient: &[Fact], first: i32, last: i32, unit: Option<u32>) -> Vec<Seen> {
        let mut out = Vec::new();
        let builder = CaseBuilder {
            rules: ValidCaseRules::official(),
            extend: unit.is_some(),
        };
        let seen = |f: &Fact| unit.is_none_or(|unit| f.unit == unit);
        builder.cases_in(patient, Days { first, last }, seen, |case| out.push(summary(&case)));
        out
    }

    fn at(unit: u32, start: i32, end: i32, arrival: i64) -> Fact {
        Fact {
            unit,
            arrival,
            ..fact(start, end)
        }
    }

    #[test]
    fn a_month_that_is_only_a_gap_does_not_count() {
        // Days 1–30 and 36–40 are one case (5 free days), but 31–35 has no certificate.
        let patient = [fact(1, 30), fact(36, 40)];
        assert_eq!(cases(&patient, 31, 35, None), []);
        // Days 36–60: the own period is 36–40, the length also counts 1–30: 30 + 5 = 35.
        assert_eq!(cases(&patient, 36, 60, None), [(36, 40, 35, 40, 100, 1)]);
    }

    #[test]
    fn what_begins_after_the_period_is_not_known_yet() {
        // In days 1–10 the second period (day 11 on) has not begun, but the first counts to its end: 15 days.
        let patient = [fact(1, 15), Fact { degree: 50, ..fact(11, 40) }];
        assert_eq!(cases(&patient, 1, 10, None), [(1, 15, 15, 40, 100, 1)]);
        // In days 1–11 it has: days 1–40, and its degree is the last.
        assert_eq!(cases(&patient, 1, 11, None), [(1, 40, 40, 40, 50, 1)]);
    }

    #[test]
    fn the_last_period_is_by_start_then_arrival_then_degree() {
        let last = |mut patient: Vec<Fact>| {
            patient.sort_by_key(|f| (f.start, f.arrival, f.degree));
            cases(&patient, 1, 31, None)[0].4
        };
        // Same start: the one that arrived last decides, whatever its end.
        let later = Fact { degree: 25, arrival: 9, ..fact(1, 3) };
        assert_eq!(last(vec![later, fact(1, 20)]), 25);
        // Same certificate: the highest degree.
        assert_eq!(last(vec![fact(1, 3), Fact { degree: 75, ..fact(1, 20) }]), 100);
    }

    #[test]
    fn the_age_is_the_highest() {
        let patient = [Fact { age: 51, ..fact(1, 5) }, Fact { age: 50, ..fact(6, 9) }];
        assert_eq!(cases(&patient, 1, 31, None), [(1, 9, 9, 51, 100, 1)]);
    }

    #[test]
    fn other_units_lengthen_a_case_backwards_and_between_but_not_after() {
        // Unit 2 before (1–10), unit 1 (11–20), unit 2 between (21–25), unit 1 (26–30), unit 2 after (31–50).
        let patient = [
            at(2, 1, 10, 1),
            at(1, 11, 20, 2),
            at(2, 21, 25, 3),
            at(1, 26, 30, 4),
            at(2, 31, 50, 5),
        ];
        // Unit 1 sees one case, 1–30: own 10 + 5, between 5, before 10 = 30 days, four certificates.
        assert_eq!(cases(&patient, 1, 60, Some(1)), [(1, 30, 30, 40, 100, 4)]);
        // Unit 2 sees 1–50, all days, all five certificates.
        assert_eq!(cases(&patient, 1, 60, Some(2)), [(1, 50, 50, 40, 100, 5)]);
        // A unit without periods sees nothing.
        assert_eq!(cases(&patient, 1, 60, Some(3)), []);
    }

    #[test]
    fn a_gap_at_other_units_of_six_days_ends_the_walk_backwards() {
        // Unit 2 on days 1–10, unit 1 on 17–20: six free days between. 11–16 would have joined with five.
        let apart = [at(2, 1, 10, 1), at(1, 17, 20, 2)];
        assert_eq!(cases(&apart, 1, 31, Some(1)), [(17, 20, 4, 40, 100, 1)]);
        let close = [at(2, 1, 10, 1), at(1, 16, 20, 2)];
        assert_eq!(cases(&close, 1, 31, Some(1)), [(1, 20, 15, 40, 100, 2)]);
    }

    fn patient() -> impl Strategy<Value = Vec<Fact>> {
        let one = (0..200_i32, 0..40_i32, 1..6_i64, 1..=4_u8, 20..60_i16);
        proptest::collection::vec(one, 0..12).prop_map(|rows| {
            let mut facts: Vec<Fact> = rows
                .into_iter()
                .map(|(start, days, arrival, quarters, age)| Fact {
                    arrival,
                    degree: quarters * 25,
                    age,
                    ..fact(start, start + days)
                })
                .collect();
            facts.sort_by_key(|f| (f.start, f.arrival, f.degree));
            facts
        })
    }

    proptest! {
        /// One pass over the history gives what the rule gives step by step, for months and for one block.
        #[test]
        fn the_fast_path_agrees_with_the_rule(patient in patient(), width in 1..70_i32) {
            let periods: Vec<Days> = (0..=240 / width)
                .map(|i| Days { first: i * width, last: (i + 1) * width - 1 })
                .collect();
            let mut fast = vec![Vec::new(); periods.len()];
            let rules = ValidCaseRules::official();
            cases_by_period(&patient, &periods, rules, &mut Vec::new(), |i, case| {
                fast[i].push(summary(&case));
            });
            for (period, fast) in periods.iter().zip(fast) {
                prop_assert_eq!(cases(&patient, period.first, period.last, None), fast);
            }
        }

        /// Where everything may be seen, extension over other units changes neither what decides a report nor the
        /// length: only how far back the case begins and how many certificates it has.
        #[test]
        fn extension_adds_nothing_where_everything_is_seen(patient in patient(), width in 1..70_i32) {
            let without = |case: &CaseInPeriod<'_>| {
                (case.end, case.length_days, case.age(), case.facts.to_vec())
            };
            for first in (0..240).step_by(usize::try_from(width).unwrap()) {
                let period = Days { first, last: first + width - 1 };
                let rules = ValidCaseRules::official();
                let all = |extend| {
                    let mut out = Vec::new();
                    let builder = CaseBuilder { rules, extend };
                    builder.cases_in(&patient, period, |_| true, |case| out.push(without(&case)));
                    out
                };
                prop_assert_eq!(all(true), all(false));
            }
        }

        /// The length is the number of distinct days, counted one by one.
        #[test]
        fn length_is_the_number_of_distinct_days(patient in patient()) {
            for case in SickCases::new(&patient, ValidCaseRules::official()) {
                let facts = &patient[case.first..=case.last];
                let days: std::collections::BTreeSet<i32> =
                    facts.iter().flat_map(|f| f.start..=f.end).collect();
                prop_assert_eq!(case.length_days, i32::try_from(days.len()).unwrap());
            }
        }
    }
}
