use rayon::prelude::*;

use super::visible::Visible;
use crate::{
    Fact, Facts, View,
    cases::{CaseBuilder, CaseInPeriod, Days, ValidCaseRules, cases_by_period},
    reports::{Context, Groups, Report},
};

/// Everything that counting one question needs.
pub(super) struct Counting<'a> {
    pub(super) report: &'a Report,
    pub(super) context: &'a Context<'a>,
    pub(super) view: View,
    pub(super) periods: Vec<Days>,
    pub(super) groups: usize,
    pub(super) visible: Visible,
}

/// Counts by care provider number; `None` = nothing counted yet.
type Parts = Vec<Option<Vec<u32>>>;

impl Counting<'_> {
    /// The counts of each care provider that has any, in the order of provider numbers: periods × groups × sex code.
    ///
    /// Buckets are counted in parallel; whole numbers add up to the same sums in any order.
    pub(super) fn count(&self, buckets: &[Facts]) -> Vec<Vec<u32>> {
        let parts = buckets
            .par_iter()
            .map(|bucket| self.count_bucket(bucket))
            .reduce(Vec::new, add);
        parts.into_iter().flatten().collect()
    }

    fn count_bucket(&self, bucket: &Facts) -> Parts {
        let mut tally = Tally {
            counting: self,
            parts: Vec::new(),
            groups: Groups::default(),
            own: Vec::new(),
        };
        if self.visible == Visible::Nothing {
            return tally.parts;
        }
        let mut facts = bucket.facts.as_slice();
        if let Some(provider) = self.visible.provider() {
            let from = facts.partition_point(|f| f.provider < provider);
            let to = facts.partition_point(|f| f.provider <= provider);
            facts = &facts[from..to];
        }
        for patient in facts.chunk_by(|a, b| a.person == b.person && a.provider == b.provider) {
            tally.patient(patient);
        }
        tally.parts
    }
}

fn add(mut a: Parts, b: Parts) -> Parts {
    if a.len() < b.len() {
        return add(b, a);
    }
    for (a, b) in a.iter_mut().zip(b) {
        match (a.as_mut(), b) {
            (Some(a), Some(b)) => a.iter_mut().zip(b).for_each(|(a, b)| *a += b),
            (None, Some(b)) => *a = Some(b),
            (_, None) => {}
        }
    }
    a
}

/// The counts of one bucket while they grow, and working memory.
struct Tally<'a> {
    counting: &'a Counting<'a>,
    parts: Parts,
    groups: Groups,
    own: Vec<Fact>,
}

impl Tally<'_> {
    fn patient(&mut self, patient: &[Fact]) {
        let visible = &self.counting.visible;
        if visible.whole_history() {
            return self.whole(patient);
        }
        let seen = patient.iter().filter(|fact| visible.sees(fact)).count();
        if seen == patient.len() && !self.counting.report.by_certificates {
            // Nothing lies at other units, so nothing can lengthen the cases.
            self.whole(patient);
        } else if seen > 0 {
            self.step_by_step(patient);
        }
    }

    /// All the patient's periods may be seen.
    fn whole(&mut self, patient: &[Fact]) {
        let mut own = std::mem::take(&mut self.own);
        let periods = &self.counting.periods;
        let rules = ValidCaseRules::official();
        cases_by_period(patient, periods, rules, &mut own, |period, case| {
            self.case(period, &case);
        });
        self.own = own;
    }

    /// Some of the patient's periods may be seen.
    fn step_by_step(&mut self, patient: &[Fact]) {
        let counting = self.counting;
        let builder = CaseBuilder {
            rules: ValidCaseRules::official(),
            extend: true,
        };
        for (index, &period) in counting.periods.iter().enumerate() {
            let sees = |fact: &Fact| counting.visible.sees(fact);
            builder.cases_in(patient, period, sees, |case| self.case(index, &case));
        }
    }

    fn case(&mut self, period: usize, case: &CaseInPeriod<'_>) {
        let Counting {
            report,
            context,
            view,
            periods,
            groups,
            ..
        } = self.counting;
        self.groups.0.clear();
        (report.place)(case, *view, context, &mut self.groups);
        let last = case.last();
        let provider = last.provider as usize;
        if self.parts.len() <= provider {
            self.parts.resize(provider + 1, None);
        }
        let counts =
            self.parts[provider].get_or_insert_with(|| vec![0; periods.len() * groups * 3]);
        for group in &self.groups.0 {
            counts[(period * groups + group) * 3 + usize::from(last.sex.min(2))] += 1;
        }
    }
}
