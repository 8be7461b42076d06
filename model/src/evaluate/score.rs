//! Accuracy of probabilities, weighted.

/// Mean squared error.
#[must_use]
pub fn brier(p: &[f64], y: &[bool], weight: &[f64]) -> f64 {
    let squares: Vec<f64> = p
        .iter()
        .zip(y)
        .map(|(p, &y)| (p - number(y)).powi(2))
        .collect();
    mean(&squares, weight)
}

/// Mean −ln(probability of what happened), probabilities kept within 1e-15 of 0 and 1.
#[must_use]
pub fn log_loss(p: &[f64], y: &[bool], weight: &[f64]) -> f64 {
    let loss = |(p, &y): (&f64, &bool)| {
        let p = p.clamp(1e-15, 1.0 - 1e-15);
        if y { -p.ln() } else { -(-p).ln_1p() }
    };
    let losses: Vec<f64> = p.iter().zip(y).map(loss).collect();
    mean(&losses, weight)
}

/// Weighted share of positives.
pub(super) fn observed(y: &[bool], weight: &[f64]) -> f64 {
    let numbers: Vec<f64> = y.iter().map(|&y| number(y)).collect();
    mean(&numbers, weight)
}

/// Weighted mean.
pub(super) fn mean(values: &[f64], weight: &[f64]) -> f64 {
    let sum: f64 = values
        .iter()
        .zip(weight)
        .map(|(value, weight)| value * weight)
        .sum();
    sum / weight.iter().sum::<f64>()
}

/// Smallest value with at least the given share of the weight at or below it.
pub(super) fn quantile(values: &[f64], weight: &[f64], share: f64) -> f64 {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_unstable_by(|&a, &b| values[a].total_cmp(&values[b]).then(a.cmp(&b)));
    let aim = share * weight.iter().sum::<f64>();
    let mut below = 0.0;
    for &row in &order {
        below += weight[row];
        if below >= aim {
            return values[row];
        }
    }
    order.last().map_or(f64::NAN, |&row| values[row])
}

fn number(y: bool) -> f64 {
    f64::from(u8::from(y))
}
