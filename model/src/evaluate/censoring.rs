//! Kaplan–Meier of the censoring time, for inverse-probability-of-censoring weights.

use crate::cohort::FollowUp;

/// P(follow-up reaches beyond a day).
///
/// Days are discrete: a case that ended after `length` days was seen not to be on leave on the
/// day after, so its follow-up reaches beyond `length`; a case ongoing at the end of its
/// follow-up was censored at `length`. A censoring on a day therefore comes after the ends of
/// the day before and before the ends of the same day.
#[derive(Debug, Clone, PartialEq)]
pub struct Censoring {
    /// Days with censored cases, ascending, and P(follow-up > day).
    steps: Vec<(i32, f64)>,
}

impl Censoring {
    /// Product limit over all cases, each entering on its as-of day.
    #[must_use]
    pub fn learn(follow_ups: &[FollowUp]) -> Self {
        let entered = sorted(follow_ups.iter().map(|follow_up| follow_up.as_of));
        let left = sorted(follow_ups.iter().map(|follow_up| follow_up.length));
        let ongoing = follow_ups.iter().filter(|follow_up| !follow_up.ended);
        let censored = sorted(ongoing.map(|follow_up| follow_up.length));
        let mut steps: Vec<(i32, f64)> = Vec::new();
        let mut uncensored = 1.0;
        for group in censored.chunk_by(|a, b| a == b) {
            let day = group[0];
            let entered = entered.partition_point(|&as_of| as_of <= day);
            let gone = left.partition_point(|&length| length < day);
            uncensored *= 1.0 - group.len() as f64 / (entered - gone).max(1) as f64;
            steps.push((day, uncensored));
        }
        Self { steps }
    }

    /// P(follow-up reaches beyond `day`).
    #[must_use]
    pub fn uncensored_beyond(&self, day: i32) -> f64 {
        let at = self.steps.partition_point(|&(step, _)| step <= day);
        if at == 0 { 1.0 } else { self.steps[at - 1].1 }
    }
}

fn sorted(days: impl Iterator<Item = i32>) -> Vec<i32> {
    let mut days: Vec<i32> = days.collect();
    days.sort_unstable();
    days
}
