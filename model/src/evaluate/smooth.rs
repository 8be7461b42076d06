//! Loess of an outcome on a probability.

/// How to smooth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Loess {
    /// Share of the cases in each local fit.
    pub span: f64,
    /// Points at which the local line is fitted; between them the curve is linear.
    pub points: usize,
}

impl Default for Loess {
    /// Span .75, as Austin and Steyerberg (Stat Med 2019;38:4051) use for the ICI; 101 points.
    fn default() -> Self {
        Self {
            span: 0.75,
            points: 101,
        }
    }
}

/// A smoothed curve, linear between its points.
#[derive(Debug, Clone, PartialEq)]
pub struct Smooth {
    x: Vec<f64>,
    y: Vec<f64>,
}

/// Local linear regression with tricube weights on the nearest share of the cases (Cleveland
/// 1979, without robustness steps), times the case weights.
#[must_use]
pub fn loess(x: &[f64], y: &[bool], weight: &[f64], how: Loess) -> Smooth {
    let mut order: Vec<usize> = (0..x.len()).collect();
    order.sort_unstable_by(|&a, &b| x[a].total_cmp(&x[b]).then(a.cmp(&b)));
    let rows = Rows {
        x: order.iter().map(|&row| x[row]).collect(),
        y: order
            .iter()
            .map(|&row| f64::from(u8::from(y[row])))
            .collect(),
        weight: order.iter().map(|&row| weight[row]).collect(),
    };
    let neighbours = ((how.span * x.len() as f64) as usize).clamp(2.min(x.len()), x.len());
    let grid = rows.grid(how.points);
    let fitted = grid.iter().map(|&at| rows.local(at, neighbours)).collect();
    Smooth { x: grid, y: fitted }
}

impl Smooth {
    /// Value of the curve; constant outside its points.
    #[must_use]
    pub fn at(&self, x: f64) -> f64 {
        let right = self.x.partition_point(|&known| known < x);
        if right == 0 || right == self.x.len() {
            let end = right.min(self.y.len().saturating_sub(1));
            return self.y.get(end).copied().unwrap_or(f64::NAN);
        }
        let share = (x - self.x[right - 1]) / (self.x[right] - self.x[right - 1]);
        self.y[right - 1] + share * (self.y[right] - self.y[right - 1])
    }

    /// The points of the curve.
    #[must_use]
    pub fn points(&self) -> Vec<(f64, f64)> {
        self.x.iter().copied().zip(self.y.iter().copied()).collect()
    }
}

/// Cases in order of x.
struct Rows {
    x: Vec<f64>,
    y: Vec<f64>,
    weight: Vec<f64>,
}

impl Rows {
    /// Distinct values at evenly spaced ranks, ends included.
    fn grid(&self, points: usize) -> Vec<f64> {
        let last = self.x.len().saturating_sub(1);
        let count = points.max(2).min(self.x.len());
        let rank = |point: usize| last * point / count.saturating_sub(1).max(1);
        let mut grid: Vec<f64> = (0..count).map(|point| self.x[rank(point)]).collect();
        grid.dedup();
        grid
    }

    /// First of the `neighbours` cases nearest to `at`.
    fn nearest(&self, at: f64, neighbours: usize) -> usize {
        let (mut low, mut high) = (0, self.x.len() - neighbours);
        while low < high {
            let middle = usize::midpoint(low, high);
            if at - self.x[middle] > self.x[middle + neighbours] - at {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    fn local(&self, at: f64, neighbours: usize) -> f64 {
        let first = self.nearest(at, neighbours);
        let window = first..first + neighbours;
        let radius = (at - self.x[first]).max(self.x[window.end - 1] - at);
        let (mut w, mut wx, mut wy, mut wxx, mut wxy) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for row in window {
            let distance = self.x[row] - at;
            let closeness = if radius > 0.0 {
                1.0 - (distance.abs() / radius).powi(3)
            } else {
                1.0
            };
            let weight = self.weight[row] * closeness.max(0.0).powi(3);
            w += weight;
            wx += weight * distance;
            wy += weight * self.y[row];
            wxx += weight * distance * distance;
            wxy += weight * distance * self.y[row];
        }
        let spread = w * wxx - wx * wx;
        if spread > 1e-12 * w * w * radius * radius && radius > 0.0 {
            (wxx * wy - wx * wxy) / spread
        } else {
            wy / w
        }
    }
}
