//! The product-limit estimate of survival.

use super::{Observation, Z, moments, sorted};

/// Kaplan–Meier curve with Greenwood's variance. Any cause counts as the event.
#[derive(Debug, Clone, PartialEq)]
pub struct KaplanMeier {
    steps: Vec<Step>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Step {
    time: f64,
    survival: f64,
    /// Σ d / (n (n − d)): the variance of ln S.
    greenwood: f64,
    /// d / (n (n − d)) of this step; 0 when nobody is left.
    term: f64,
    events: f64,
}

/// How a confidence interval is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Interval {
    /// On ln(−ln S): stays within 0 and 1 (the recommended one).
    #[default]
    LogLog,
    /// On ln S: the default of R's `survfit`.
    Log,
}

/// Survival at one time, with a 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SurvivalAt {
    /// P(event later than the time).
    pub survival: f64,
    /// Standard error (Greenwood).
    pub standard_error: f64,
    /// Lower end.
    pub lower: f64,
    /// Upper end.
    pub upper: f64,
}

/// Mean of min(time of event, a limit).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RestrictedMean {
    /// The mean, in units of time.
    pub mean: f64,
    /// Its standard error.
    pub standard_error: f64,
}

impl KaplanMeier {
    /// Estimates the curve.
    #[must_use]
    pub fn fit(observations: &[Observation]) -> Self {
        let (mut survival, mut greenwood) = (1.0, 0.0);
        let mut steps = Vec::new();
        for moment in moments(&sorted(observations)) {
            let events = moment.events(None);
            if events == 0.0 {
                continue;
            }
            let left = moment.at_risk - events;
            let last = left <= moment.at_risk * 1e-12;
            survival *= if last { 0.0 } else { left / moment.at_risk };
            let term = if last {
                0.0
            } else {
                events / (moment.at_risk * left)
            };
            greenwood += term;
            steps.push(Step {
                time: moment.time,
                survival,
                greenwood,
                term,
                events,
            });
        }
        Self { steps }
    }

    /// Survival at a time.
    #[must_use]
    pub fn at(&self, time: f64, interval: Interval) -> SurvivalAt {
        let passed = self.steps.partition_point(|step| step.time <= time);
        let step = passed.checked_sub(1).map(|at| self.steps[at]);
        let (survival, greenwood) = step.map_or((1.0, 0.0), |step| (step.survival, step.greenwood));
        let (lower, upper) = bounds(survival, greenwood, interval);
        SurvivalAt {
            survival,
            standard_error: survival * greenwood.sqrt(),
            lower,
            upper,
        }
    }

    /// Number of events.
    #[must_use]
    pub fn events(&self) -> f64 {
        self.steps.iter().map(|step| step.events).sum()
    }

    /// Median and its 95 % interval: the first times at which the curve, or its upper or lower
    /// bound, is at most a half. `None` where that is never reached.
    #[must_use]
    pub fn median(&self, interval: Interval) -> [Option<f64>; 3] {
        let first = |low: &dyn Fn(&Step) -> f64| {
            let at = self
                .steps
                .iter()
                .position(|step| low(step) <= 0.5 + 1e-12)?;
            let time = self.steps[at].time;
            // Exactly a half over a stretch: the middle of the stretch, as in R.
            let next = self.steps.get(at + 1).map(|step| step.time);
            match next {
                Some(next) if (low(&self.steps[at]) - 0.5).abs() < 1e-12 => {
                    Some(0.5 * (time + next))
                }
                _ => Some(time),
            }
        };
        let bound = |step: &Step| bounds(step.survival, step.greenwood, interval);
        [
            first(&|step| step.survival),
            first(&|step| bound(step).0),
            first(&|step| bound(step).1),
        ]
    }

    /// Mean time up to `limit`: the area under the curve, with its standard error
    /// √Σ (area after the step)² d / (n (n − d)).
    #[must_use]
    pub fn restricted_mean(&self, limit: f64) -> RestrictedMean {
        let (mut area, mut variance) = (0.0, 0.0);
        let mut until = limit;
        for step in self.steps.iter().rev().filter(|step| step.time < limit) {
            area += step.survival * (until - step.time);
            variance += area * area * step.term;
            until = step.time;
        }
        RestrictedMean {
            mean: area + until,
            standard_error: variance.sqrt(),
        }
    }
}

fn bounds(survival: f64, greenwood: f64, interval: Interval) -> (f64, f64) {
    if survival <= 0.0 || survival >= 1.0 {
        return (survival, survival);
    }
    let wide = Z * greenwood.sqrt();
    match interval {
        Interval::Log => (survival * (-wide).exp(), (survival * wide.exp()).min(1.0)),
        Interval::LogLog => {
            let wide = wide / survival.ln();
            (survival.powf((-wide).exp()), survival.powf(wide.exp()))
        }
    }
}
