use rayon::prelude::*;

use super::{
    narrowed::{AgeAt, Narrowed},
    visible::Visible,
};
use crate::{
    CertificateFact, Certificates, Fact, Facts,
    cases::{CaseBuilder, CaseInPeriod, Days, ValidCaseRules, cases_by_period},
    reports::{Count, Groups, Placing, Report, UnitColumn},
};

/// Everything that counting one question needs.
pub(super) struct Counting<'a> {
    pub(super) report: &'a Report,
    pub(super) placing: Placing<'a>,
    pub(super) periods: Vec<Days>,
    /// Groups times planes.
    pub(super) groups: usize,
    pub(super) visible: Visible,
    pub(super) narrowed: Narrowed,
}

/// Counts by care provider number; `None` = nothing counted yet.
type Parts = Vec<Option<Vec<u32>>>;

impl Counting<'_> {
    /// The counts of each care provider that has any, in the order of provider numbers: periods × groups × sex code.
    ///
    /// Buckets are counted in parallel; whole numbers add up to the same sums in any order.
    pub(super) fn count(&self, buckets: &[Facts], certificates: &Certificates) -> Vec<Vec<u32>> {
        let parts = match self.report.count {
            Count::Cases(_) | Count::CasesByCertificates(_) => buckets
                .par_iter()
                .map(|bucket| self.count_bucket(bucket))
                .reduce(Vec::new, add),
            Count::Certificates(place) => self.certificates(certificates, place),
            Count::Messages { units, place } => {
                let mut tally = self.tally();
                for message in &certificates.messages {
                    let Some(period) = self.month(&message.certificate, units, AgeAt::Month) else {
                        continue;
                    };
                    tally.groups.0.clear();
                    place(message, &self.placing, &mut tally.groups);
                    tally.add(period, message.certificate.provider, message.sex);
                }
                tally.parts
            }
        };
        parts.into_iter().flatten().collect()
    }

    fn certificates(
        &self,
        certificates: &Certificates,
        place: fn(&CertificateFact, &Placing<'_>, &mut Groups),
    ) -> Parts {
        let age = match self.report.denominator.planes() {
            1 => AgeAt::Signing,
            _ => AgeAt::Month,
        };
        let mut tally = self.tally();
        for certificate in &certificates.certificates {
            let Some(period) = self.month(certificate, UnitColumn::Unit, age) else {
                continue;
            };
            tally.groups.0.clear();
            place(certificate, &self.placing, &mut tally.groups);
            tally.add(period, certificate.provider, certificate.sex);
        }
        tally.parts
    }

    /// The period that a certificate was signed in; `None` if it may not be seen or was signed outside.
    fn month(&self, fact: &CertificateFact, column: UnitColumn, age: AgeAt) -> Option<usize> {
        let inside = |days: &Days| (days.first..=days.last).contains(&fact.signed);
        let period = self.periods.iter().position(inside)?;
        let seen =
            self.visible.sees_certificate(fact, column) && self.narrowed.certificate(fact, age);
        seen.then_some(period)
    }

    fn tally(&self) -> Tally<'_> {
        Tally {
            counting: self,
            parts: Vec::new(),
            groups: Groups::default(),
            own: Vec::new(),
        }
    }

    fn count_bucket(&self, bucket: &Facts) -> Parts {
        let mut tally = self.tally();
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

    fn sees(&self, fact: &Fact) -> bool {
        self.visible.sees(fact) && self.narrowed.period(fact)
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
        let counting = self.counting;
        if counting.visible.whole_history() && !counting.narrowed.narrows_periods() {
            return self.whole(patient);
        }
        let seen = patient.iter().filter(|fact| counting.sees(fact)).count();
        let by_certificates = matches!(counting.report.count, Count::CasesByCertificates(_));
        if seen == patient.len() && !by_certificates {
            // Nothing lies outside what is seen, so nothing can lengthen the cases.
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
            builder.cases_in(
                patient,
                period,
                |fact| counting.sees(fact),
                |case| self.case(index, &case),
            );
        }
    }

    fn case(&mut self, period: usize, case: &CaseInPeriod<'_>) {
        let counting = self.counting;
        if !counting.narrowed.case(case) {
            return;
        }
        self.groups.0.clear();
        if let Count::Cases(place) | Count::CasesByCertificates(place) = counting.report.count {
            place(case, &counting.placing, &mut self.groups);
        }
        let last = case.last();
        self.add(period, last.provider, last.sex);
    }

    /// Counts the groups at hand once each.
    fn add(&mut self, period: usize, provider: u32, sex: u8) {
        if self.groups.0.is_empty() {
            return;
        }
        let Counting {
            periods, groups, ..
        } = self.counting;
        let provider = provider as usize;
        if self.parts.len() <= provider {
            self.parts.resize(provider + 1, None);
        }
        let counts =
            self.parts[provider].get_or_insert_with(|| vec![0; periods.len() * groups * 3]);
        for group in &self.groups.0 {
            counts[(period * groups + group) * 3 + usize::from(sex.min(2))] += 1;
        }
    }
}
