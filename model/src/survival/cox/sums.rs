//! The partial likelihood with its derivatives, in one pass from the last time to the first.

use super::{CoxParams, Ties};

/// Subjects in the order of the pass.
#[derive(Debug)]
pub(super) struct Subjects<'p> {
    params: &'p CoxParams,
    means: Vec<f64>,
    /// Rows of each stratum by time, last first.
    by_time: Vec<Vec<usize>>,
    /// Rows of each stratum by entry, last first.
    by_entry: Vec<Vec<usize>>,
}

/// Value, gradient and information (upper triangle by rows).
#[derive(Debug, Clone)]
pub(super) struct Likelihood {
    pub(super) value: f64,
    pub(super) gradient: Vec<f64>,
    pub(super) information: Vec<f64>,
}

/// Σ w, Σ w x, Σ w x xᵀ (upper) over a set of subjects, w = weight · exp(xβ).
#[derive(Debug, Clone)]
struct Sums {
    w: f64,
    x: Vec<f64>,
    xx: Vec<f64>,
}

/// The events of one time.
#[derive(Debug, Clone)]
struct Events {
    time: f64,
    count: usize,
    weight: f64,
    /// Σ weight · x.
    observed: Vec<f64>,
    sums: Sums,
}

impl Sums {
    fn new(columns: usize) -> Self {
        Self {
            w: 0.0,
            x: vec![0.0; columns],
            xx: vec![0.0; columns * columns],
        }
    }

    fn add(&mut self, w: f64, x: &[f64]) {
        self.w += w;
        let columns = x.len();
        for i in 0..columns {
            self.x[i] += w * x[i];
            for j in i..columns {
                self.xx[i * columns + j] += w * x[i] * x[j];
            }
        }
    }
}

impl<'p> Subjects<'p> {
    pub(super) fn new(params: &'p CoxParams) -> Self {
        let rows = params.observations.len();
        let total: f64 = params.observations.iter().map(|one| one.weight).sum();
        let mut means = vec![0.0; params.columns];
        for (row, x) in params
            .covariates
            .chunks_exact(params.columns.max(1))
            .enumerate()
        {
            let share = params.observations[row].weight / total;
            means
                .iter_mut()
                .zip(x)
                .for_each(|(mean, x)| *mean += share * x);
        }
        let stratum = |row: usize| params.strata.get(row).copied().unwrap_or(0);
        let strata = (0..rows).map(stratum).max().map_or(0, |most| most + 1);
        let mut by_time = vec![Vec::new(); strata];
        (0..rows).for_each(|row| by_time[stratum(row)].push(row));
        let mut by_entry = if params.entry.is_empty() {
            vec![Vec::new(); strata]
        } else {
            by_time.clone()
        };
        let time = |row: usize| params.observations[row].time;
        by_time
            .iter_mut()
            .for_each(|rows| rows.sort_by(|&a, &b| time(b).total_cmp(&time(a))));
        by_entry.iter_mut().for_each(|rows| {
            rows.sort_by(|&a, &b| params.entry[b].total_cmp(&params.entry[a]));
        });
        Self {
            params,
            means,
            by_time,
            by_entry,
        }
    }

    pub(super) fn means(&self) -> &[f64] {
        &self.means
    }

    pub(super) fn likelihood(&self, beta: &[f64]) -> Likelihood {
        let columns = self.params.columns;
        let mut sums = Likelihood {
            value: 0.0,
            gradient: vec![0.0; columns],
            information: vec![0.0; columns * columns],
        };
        for stratum in 0..self.by_time.len() {
            self.pass(stratum, beta, |risk, events| {
                sums.event(self.params.ties, risk, events, beta);
            });
        }
        sums
    }

    /// Time and cumulative hazard at mean covariates of the first stratum, earliest first.
    pub(super) fn baseline(&self, beta: &[f64]) -> Vec<(f64, f64)> {
        let mut steps = Vec::new();
        if self.by_time.is_empty() {
            return steps;
        }
        let ties = self.params.ties;
        self.pass(0, beta, |risk, events| {
            let left = |k: usize| risk.w - events.gone(ties, k) * events.sums.w;
            let hazard = (0..events.count).map(|k| events.each() / left(k));
            steps.push((events.time, hazard.sum::<f64>()));
        });
        steps.reverse();
        let mut cumulative = 0.0;
        for step in &mut steps {
            cumulative += step.1;
            step.1 = cumulative;
        }
        steps
    }

    /// Goes through the event times of a stratum, last first, with the sums over those at risk.
    fn pass(&self, stratum: usize, beta: &[f64], mut at: impl FnMut(&Sums, &Events)) {
        let mut risk = Sums::new(beta.len());
        let mut entering = self.by_entry[stratum].iter().peekable();
        let mut x = vec![0.0; beta.len()];
        let seen = &self.params.observations;
        let same = |&a: &usize, &b: &usize| seen[a].time == seen[b].time;
        for at_once in self.by_time[stratum].chunk_by(same) {
            let mut events = Events::new(seen[at_once[0]].time, beta.len());
            for &row in at_once {
                let w = self.hazard(row, beta, &mut x);
                risk.add(w, &x);
                if seen[row].cause > 0 {
                    events.add(w, seen[row].weight, &x);
                }
            }
            while let Some(&row) = entering.next_if(|&&row| self.params.entry[row] >= events.time) {
                let w = self.hazard(row, beta, &mut x);
                risk.add(-w, &x);
            }
            if events.count > 0 {
                at(&risk, &events);
            }
        }
    }

    /// Centred covariates into `x`; returns weight · exp(xβ).
    fn hazard(&self, row: usize, beta: &[f64], x: &mut [f64]) -> f64 {
        let columns = self.params.columns;
        let given = &self.params.covariates[row * columns..(row + 1) * columns];
        let mut linear = 0.0;
        for (((x, given), mean), beta) in x.iter_mut().zip(given).zip(&self.means).zip(beta) {
            *x = given - mean;
            linear += *x * beta;
        }
        self.params.observations[row].weight * linear.exp()
    }
}

impl Events {
    fn new(time: f64, columns: usize) -> Self {
        Self {
            time,
            count: 0,
            weight: 0.0,
            observed: vec![0.0; columns],
            sums: Sums::new(columns),
        }
    }

    fn add(&mut self, w: f64, weight: f64, x: &[f64]) {
        self.count += 1;
        self.weight += weight;
        self.sums.add(w, x);
        let observed = self.observed.iter_mut().zip(x);
        observed.for_each(|(sum, x)| *sum += weight * x);
    }

    /// Weight of each of the tied events.
    fn each(&self) -> f64 {
        self.weight / self.count as f64
    }

    /// The share of the tied events that counts as gone before the k-th of them.
    fn gone(&self, ties: Ties, k: usize) -> f64 {
        match ties {
            Ties::Efron => k as f64 / self.count as f64,
            Ties::Breslow => 0.0,
        }
    }
}

impl Likelihood {
    fn event(&mut self, ties: Ties, risk: &Sums, events: &Events, beta: &[f64]) {
        let columns = beta.len();
        for (i, observed) in events.observed.iter().enumerate() {
            self.value += observed * beta[i];
            self.gradient[i] += observed;
        }
        let each = events.each();
        for k in 0..events.count {
            let gone = events.gone(ties, k);
            let w = risk.w - gone * events.sums.w;
            self.value -= each * w.ln();
            let mean = |i: usize| (risk.x[i] - gone * events.sums.x[i]) / w;
            for i in 0..columns {
                self.gradient[i] -= each * mean(i);
                for j in i..columns {
                    let at = i * columns + j;
                    let second = (risk.xx[at] - gone * events.sums.xx[at]) / w;
                    self.information[at] += each * (second - mean(i) * mean(j));
                }
            }
        }
    }
}
