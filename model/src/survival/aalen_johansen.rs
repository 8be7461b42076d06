//! Cumulative incidence when several causes compete.

use super::{Observation, moments, sorted};

/// Aalen–Johansen estimate of one cause.
#[derive(Debug, Clone, PartialEq)]
pub struct AalenJohansen {
    steps: Vec<Step>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Step {
    time: f64,
    incidence: f64,
    variance: f64,
}

/// Cumulative incidence at one time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Incidence {
    /// P(event of the cause by the time).
    pub incidence: f64,
    /// Standard error.
    pub standard_error: f64,
}

/// Sums over the steps so far, from which the variance at any later time follows.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    /// Σ a, Σ a F, Σ a F² with a = d / (n (n − d)) over all causes.
    all: [f64; 3],
    /// Σ S² d_k (n − d_k) / n³ of the cause.
    own: f64,
    /// Σ c, Σ c F with c = S d_k / n².
    cross: [f64; 2],
}

impl AalenJohansen {
    /// Estimates the incidence of `cause`; the other causes compete with it.
    ///
    /// The variance is the multinomial Greenwood formula (Gaynor et al. 1993), equal to the
    /// infinitesimal jackknife of R's `survfit`.
    #[must_use]
    pub fn fit(observations: &[Observation], cause: u8) -> Self {
        let (mut survival, mut incidence) = (1.0, 0.0);
        let mut sums = Sums::default();
        let mut steps = Vec::new();
        for moment in moments(&sorted(observations)) {
            let (any, own) = (moment.events(None), moment.events(Some(cause)));
            if any == 0.0 {
                continue;
            }
            let n = moment.at_risk;
            incidence += survival * own / n;
            sums.add(n, any, own, survival, incidence);
            survival *= (1.0 - any / n).max(0.0);
            steps.push(Step {
                time: moment.time,
                incidence,
                variance: sums.variance(incidence),
            });
        }
        Self { steps }
    }

    /// Cumulative incidence at a time.
    #[must_use]
    pub fn at(&self, time: f64) -> Incidence {
        let passed = self.steps.partition_point(|step| step.time <= time);
        let step = passed.checked_sub(1).map(|at| self.steps[at]);
        let (incidence, variance) = step.map_or((0.0, 0.0), |step| (step.incidence, step.variance));
        Incidence {
            incidence,
            standard_error: variance.max(0.0).sqrt(),
        }
    }

    /// Mean time since the event of the cause, up to a limit: the area under the incidence.
    #[must_use]
    pub fn restricted_time(&self, limit: f64) -> f64 {
        let mut until = limit;
        let mut area = 0.0;
        for step in self.steps.iter().rev().filter(|step| step.time < limit) {
            area += step.incidence * (until - step.time);
            until = step.time;
        }
        area
    }
}

impl Sums {
    fn add(&mut self, n: f64, any: f64, own: f64, survival: f64, incidence: f64) {
        let left = n - any;
        // When nobody is left the incidence stays as it is: later terms are 0.
        if left > n * 1e-12 {
            let a = any / (n * left);
            self.all[0] += a;
            self.all[1] += a * incidence;
            self.all[2] += a * incidence * incidence;
        }
        self.own += survival * survival * own * (n - own) / (n * n * n);
        let c = survival * own / (n * n);
        self.cross[0] += c;
        self.cross[1] += c * incidence;
    }

    /// Σ (F − F_j)² a_j + Σ own − 2 Σ (F − F_j) c_j.
    fn variance(&self, incidence: f64) -> f64 {
        let all = incidence * incidence * self.all[0] - 2.0 * incidence * self.all[1] + self.all[2];
        all + self.own - 2.0 * (incidence * self.cross[0] - self.cross[1])
    }
}
