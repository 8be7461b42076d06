use crate::{
    Fact,
    cases::{CaseInPeriod, Days, SickCase, SickCases, ValidCaseRules},
};

/// Cases of one patient in each of several reporting periods, when everything may be seen: one pass over the whole
/// history. Gives what [`crate::cases::CaseBuilder`] gives without a filter (tested against it).
///
/// Why one pass is enough: cases are built in start order, so a case built from what had begun by the last day of a
/// reporting period is the beginning of the case built from the whole history; and a period that ended before the
/// reporting period cannot join two cases inside it.
///
/// **Input**: the periods of one patient at one care provider, sorted by (start, arrival, degree); reporting periods
/// in time order, not overlapping; `own` is working memory. **Output**: `visit(index of the reporting period, case)`.
pub fn cases_by_period(
    patient: &[Fact],
    periods: &[Days],
    rules: ValidCaseRules,
    own: &mut Vec<Fact>,
    mut visit: impl FnMut(usize, CaseInPeriod<'_>),
) {
    for case in SickCases::new(patient, rules) {
        let facts = &patient[case.first..=case.last];
        let first = periods.partition_point(|p| p.last < case.start);
        for (index, period) in periods.iter().enumerate().skip(first) {
            if period.first > case.end {
                break;
            }
            if let Some(seen) = in_period(facts, case, *period, own) {
                visit(index, seen);
            }
        }
    }
}

/// The case as far as it had begun by the period's last day; `None` if it has no day in the period.
fn in_period<'a>(
    facts: &[Fact],
    case: SickCase,
    period: Days,
    own: &'a mut Vec<Fact>,
) -> Option<CaseInPeriod<'a>> {
    own.clear();
    let (mut length_days, mut covered) = (0, case.start - 1);
    for fact in facts.iter().take_while(|f| f.start <= period.last) {
        length_days += (fact.end - fact.start.max(covered + 1) + 1).max(0);
        covered = covered.max(fact.end);
        if fact.end >= period.first {
            own.push(*fact);
        }
    }
    let first = own.first()?;
    Some(CaseInPeriod {
        start: first.start,
        end: own.iter().map(|f| f.end).max()?,
        length_days,
        inner: &[],
        facts: own,
    })
}
