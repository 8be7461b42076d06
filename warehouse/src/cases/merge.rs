use crate::{
    Fact, Facts,
    cases::{CaseScope, SickCase, ValidCaseRules},
};

/// The sick cases of one patient, streaming: one pass, no allocation.
///
/// **Input**: the periods of one patient within one scope, sorted by (start, arrival, degree).
/// **Output**: the cases in time order; every period is in exactly one.
#[derive(Debug, Clone)]
pub struct SickCases<'a> {
    facts: &'a [Fact],
    rules: ValidCaseRules,
    next: usize,
}

impl<'a> SickCases<'a> {
    /// The cases of these periods.
    #[must_use]
    pub fn new(facts: &'a [Fact], rules: ValidCaseRules) -> Self {
        debug_assert!(facts.is_sorted_by_key(|f| (f.start, f.arrival, f.degree)));
        Self {
            facts,
            rules,
            next: 0,
        }
    }
}

impl Iterator for SickCases<'_> {
    type Item = SickCase;

    fn next(&mut self) -> Option<SickCase> {
        let first = self.next;
        let opening = self.facts.get(first)?;
        let mut case = SickCase {
            start: opening.start,
            end: opening.end,
            length_days: opening.end - opening.start + 1,
            first,
            last: first,
        };
        for fact in &self.facts[first + 1..] {
            if !self.rules.joins(case.end, fact.start) {
                break;
            }
            // In start order the days so far end at `case.end`, so only days after it are new.
            case.length_days += (fact.end - fact.start.max(case.end + 1) + 1).max(0);
            case.end = case.end.max(fact.end);
            case.last += 1;
        }
        self.next = case.last + 1;
        Some(case)
    }
}

/// Calls `visit` with the periods of each patient in the scope and each of their cases.
///
/// With [`CaseScope::CareProvider`] the table order is the order needed and nothing is copied. [`CaseScope::Unit`] sorts
/// the few periods of a patient who has been at several care units; a care unit is looked at within its care provider.
/// [`CaseScope::Person`] puts together what a person has at several care providers. Cases come in table order, in the
/// last scope by person.
pub fn for_each_case(
    facts: &Facts,
    rules: ValidCaseRules,
    mut visit: impl FnMut(&[Fact], SickCase),
) {
    let mut patient = |facts: &[Fact]| {
        for case in SickCases::new(facts, rules) {
            visit(facts, case);
        }
    };
    match rules.scope() {
        CaseScope::CareProvider => facts.patients().for_each(patient),
        CaseScope::Unit => by_unit(facts, &mut patient),
        CaseScope::Person => by_person(facts, &mut patient),
    }
}

/// The periods of each patient at each care unit.
fn by_unit(facts: &Facts, patient: &mut impl FnMut(&[Fact])) {
    let mut sorted: Vec<Fact> = Vec::new();
    for facts in facts.patients() {
        if facts.iter().all(|f| f.care_unit == facts[0].care_unit) {
            patient(facts);
            continue;
        }
        sorted.clear();
        sorted.extend(facts);
        // Stable: within a care unit the order stays.
        sorted.sort_by_key(|f| f.care_unit);
        let units = sorted.chunk_by(|a, b| a.care_unit == b.care_unit);
        units.for_each(&mut *patient);
    }
}

/// All periods of each person.
fn by_person(facts: &Facts, patient: &mut impl FnMut(&[Fact])) {
    let mut parts: Vec<&[Fact]> = facts.patients().collect();
    parts.sort_unstable_by_key(|part| (part[0].person, part[0].provider));
    let mut sorted: Vec<Fact> = Vec::new();
    for parts in parts.chunk_by(|a, b| a[0].person == b[0].person) {
        if let [only] = parts {
            patient(only);
            continue;
        }
        sorted.clear();
        sorted.extend(parts.iter().copied().flatten());
        sorted.sort_by_key(|f| (f.start, f.arrival, f.degree));
        patient(&sorted);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cases::CaseRules;
    use crate::fact::tests::fact;

    fn cases(facts: &[Fact]) -> Vec<(i32, i32, i32)> {
        SickCases::new(facts, ValidCaseRules::official())
            .map(|c| (c.start, c.end, c.length_days))
            .collect()
    }

    #[test]
    fn five_free_days_join_and_six_split() {
        // Days 1–10, then free days 11–15 (five), next starts 16: one case; length 10 + 5 = 15 of 20 calendar days.
        assert_eq!(cases(&[fact(1, 10), fact(16, 20)]), [(1, 20, 15)]);
        // Free days 11–16 (six), next starts 17: two cases.
        assert_eq!(
            cases(&[fact(1, 10), fact(17, 20)]),
            [(1, 10, 10), (17, 20, 4)]
        );
    }

    #[test]
    fn overlapping_days_count_once() {
        // 1–10 and 5–12: days 1–12 = 12.
        assert_eq!(cases(&[fact(1, 10), fact(5, 12)]), [(1, 12, 12)]);
        // 1–30 holds 5–10 wholly; 33–34 comes 2 free days later: 30 + 2 = 32.
        assert_eq!(
            cases(&[fact(1, 30), fact(5, 10), fact(33, 34)]),
            [(1, 34, 32)]
        );
        // The same period twice is 10 days.
        assert_eq!(cases(&[fact(1, 10), fact(1, 10)]), [(1, 10, 10)]);
    }

    #[test]
    fn a_short_period_inside_a_long_one_does_not_close_the_case() {
        // 5–6 ends early, but the case ends on day 40; day 46 is 5 free days after it.
        assert_eq!(
            cases(&[fact(1, 40), fact(5, 6), fact(46, 46)]),
            [(1, 46, 41)]
        );
    }

    #[test]
    fn the_scope_decides_what_joins() {
        let at = |start, end, provider, care_unit| Fact {
            provider,
            care_unit,
            ..fact(start, end)
        };
        // One person: provider 1 has unit 1 (days 1–5) and unit 2 (6–9), provider 2 has unit 3 (10–12).
        let facts = Facts {
            facts: vec![at(1, 5, 1, 1), at(6, 9, 1, 2), at(10, 12, 2, 3)],
        };
        let lengths = |scope| {
            let mut out = Vec::new();
            let rules = CaseRules::new().scope(scope).check().unwrap();
            for_each_case(&facts, rules, |_, case| out.push(case.length_days));
            out
        };
        assert_eq!(lengths(CaseScope::CareProvider), [9, 3]);
        assert_eq!(lengths(CaseScope::Unit), [5, 4, 3]);
        assert_eq!(lengths(CaseScope::Person), [12]);
    }

    proptest::proptest! {
        /// Regrouping gives what sorting everything anew gives.
        #[test]
        fn scopes_agree_with_sorting_anew(
            rows in proptest::collection::vec((0..4_i64, 0..3_u32, 0..2_u32, 0..60_i32, 0..9_i32), 0..40),
        ) {
            // Care units 2p and 2p + 1 belong to care provider p.
            let period = |(arrival, (person, provider, unit, start, days))| Fact {
                person,
                provider,
                care_unit: provider * 2 + unit,
                arrival: i64::try_from(arrival as u64).unwrap(),
                ..fact(start, start + days)
            };
            let mut facts = Facts { facts: rows.into_iter().enumerate().map(period).collect() };
            facts.sort();
            for scope in [CaseScope::CareProvider, CaseScope::Unit, CaseScope::Person] {
                let rules = CaseRules::new().scope(scope).check().unwrap();
                let group = |f: &Fact| match scope {
                    CaseScope::CareProvider => (f.person, f.provider),
                    CaseScope::Unit => (f.person, f.care_unit),
                    CaseScope::Person => (f.person, 0),
                };
                let mut sorted = facts.facts.clone();
                sorted.sort_by_key(|f| (group(f), f.start, f.arrival));
                let mut expected: Vec<(i64, i32, i32, i32)> = Vec::new();
                for patient in sorted.chunk_by(|a, b| group(a) == group(b)) {
                    expected.extend(SickCases::new(patient, rules).map(|case| {
                        (patient[0].person, case.start, case.end, case.length_days)
                    }));
                }
                let mut found = Vec::new();
                for_each_case(&facts, rules, |patient, case| {
                    found.push((patient[0].person, case.start, case.end, case.length_days));
                });
                expected.sort_unstable();
                found.sort_unstable();
                proptest::prop_assert_eq!(found, expected);
            }
        }
    }
}
