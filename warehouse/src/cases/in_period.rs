#[cfg(test)]
mod tests;

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
            // Whole, also where it runs on after the case (conformance kit §7, step 3; At5518).
            draft.days.push(span(before));
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
