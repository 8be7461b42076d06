//! One piecewise-constant hazard.

use super::question::{Answer, QUESTIONS};
use super::sheet::SrsAnswers;

/// Breaks and coefficients of one diagnosis.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SrsModel {
    /// Days at which the hazard changes; one more than intervals.
    breaks: Vec<f64>,
    /// Log-hazard of the reference answers, by interval.
    intercept: Vec<f64>,
    /// Position of the question and, answer by answer, its β by interval (zeros for the reference).
    effects: Vec<(usize, Vec<Vec<f64>>)>,
}

/// Survival of one case from day 15 on.
#[derive(Debug, Clone, PartialEq)]
pub struct SrsCurve {
    /// Days at which the hazard changes, and the cumulative hazard there.
    steps: Vec<(f64, f64)>,
}

/// The first day that SRS speaks of.
const FROM: i32 = 15;

impl SrsModel {
    pub(super) fn new(
        breaks: Vec<f64>,
        intercept: Vec<f64>,
        effects: Vec<(usize, Vec<Vec<f64>>)>,
    ) -> Self {
        Self {
            breaks,
            intercept,
            effects,
        }
    }

    /// The curve, or the questions without a valid answer.
    pub(super) fn curve(&self, answers: &SrsAnswers) -> Result<SrsCurve, Vec<&'static str>> {
        let mut logs = self.intercept.clone();
        let mut unanswered = Vec::new();
        for (question, effects) in &self.effects {
            let Answer::Given(at) = answers.0[*question] else {
                unanswered.push(QUESTIONS[*question].column);
                continue;
            };
            let effects = &effects[usize::from(at)];
            logs.iter_mut()
                .zip(effects)
                .for_each(|(log, effect)| *log += effect);
        }
        if unanswered.is_empty() {
            Ok(SrsCurve::new(&self.breaks, &logs))
        } else {
            Err(unanswered)
        }
    }
}

impl SrsCurve {
    fn new(breaks: &[f64], logs: &[f64]) -> Self {
        let mut cumulative = 0.0;
        let mut steps = Vec::with_capacity(breaks.len());
        steps.push((breaks[0], 0.0));
        for (pair, log) in breaks.windows(2).zip(logs) {
            cumulative += log.exp() * (pair[1] - pair[0]);
            steps.push((pair[1], cumulative));
        }
        Self { steps }
    }

    /// P(longer than `day`), given more than 14 days. After the last break nobody ends any more,
    /// as in the source.
    #[must_use]
    pub fn survival(&self, day: i32) -> f64 {
        (-self.cumulative(f64::from(day))).exp()
    }

    /// P(longer than `day`), given on leave on day `now`: S(day) / S(now), not rounded in between
    /// as SRS does it. 1 for a day that has been reached.
    #[must_use]
    pub fn survival_from(&self, now: i32, day: i32) -> f64 {
        if now <= FROM {
            return self.survival(day);
        }
        let gone = self.cumulative(f64::from(now));
        (gone - self.cumulative(f64::from(day))).min(0.0).exp()
    }

    fn cumulative(&self, day: f64) -> f64 {
        let at = self.steps.partition_point(|&(until, _)| until < day);
        let Some(&(until, above)) = self.steps.get(at) else {
            return self.steps.last().map_or(0.0, |last| last.1);
        };
        if at == 0 {
            return 0.0;
        }
        let (from, below) = self.steps[at - 1];
        below + (above - below) * (day - from) / (until - from)
    }
}
