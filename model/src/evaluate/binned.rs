//! Calibration error by bins.

/// Expected calibration error: Σ share of the bin · |observed − mean probability|, over bins of
/// equal width on [0, 1]; the upper end of a bin belongs to it.
#[must_use]
pub fn expected_calibration_error(p: &[f64], y: &[bool], weight: &[f64], bins: usize) -> f64 {
    let mut sums = vec![[0.0_f64; 2]; bins];
    let mut total = 0.0;
    for ((&p, &y), &weight) in p.iter().zip(y).zip(weight) {
        let bin = ((p * bins as f64).ceil() as usize).clamp(1, bins) - 1;
        sums[bin][0] += weight * p;
        sums[bin][1] += weight * f64::from(u8::from(y));
        total += weight;
    }
    let gaps = sums.iter().map(|[said, seen]| (said - seen).abs());
    gaps.sum::<f64>() / total
}

/// Integrated Brier score: the mean of Brier over time by the trapezoidal rule.
///
/// **Input**: ascending days and the Brier score at each. NaN with fewer than two.
#[must_use]
pub fn integrated_brier(days: &[f64], brier: &[f64]) -> f64 {
    let area: f64 = days
        .windows(2)
        .zip(brier.windows(2))
        .map(|(day, brier)| 0.5 * (brier[0] + brier[1]) * (day[1] - day[0]))
        .sum();
    match (days.first(), days.last()) {
        (Some(first), Some(last)) if last > first => area / (last - first),
        _ => f64::NAN,
    }
}
