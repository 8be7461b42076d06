//! Isotonic regression by pooling adjacent violators.

/// Weighted isotonic (never falling) fit of `y` on `x`, returned in the order of `x`.
///
/// Equal `x` share one value, as in scikit-learn. Source of the method: Barlow et al. 1972.
#[must_use]
pub fn isotonic(x: &[f64], y: &[bool], weight: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..x.len()).collect();
    order.sort_by(|&a, &b| x[a].total_cmp(&x[b]));
    let mut pools: Vec<Pool> = Vec::new();
    for ties in order.chunk_by(|&a, &b| x[a] == x[b]) {
        let mut pool = Pool::default();
        for &row in ties {
            pool.weight += weight[row];
            pool.sum += weight[row] * f64::from(u8::from(y[row]));
        }
        pool.count = ties.len();
        while let Some(last) = pools.last() {
            if last.mean() < pool.mean() {
                break;
            }
            pool = pool.join(last);
            pools.pop();
        }
        pools.push(pool);
    }
    let mut fitted = vec![0.0; x.len()];
    let mut rows = order.into_iter();
    for pool in &pools {
        for row in rows.by_ref().take(pool.count) {
            fitted[row] = pool.mean();
        }
    }
    fitted
}

#[derive(Debug, Clone, Copy, Default)]
struct Pool {
    sum: f64,
    weight: f64,
    count: usize,
}

impl Pool {
    fn mean(&self) -> f64 {
        if self.weight > 0.0 {
            self.sum / self.weight
        } else {
            0.0
        }
    }

    fn join(self, other: &Self) -> Self {
        Self {
            sum: self.sum + other.sum,
            weight: self.weight + other.weight,
            count: self.count + other.count,
        }
    }
}
