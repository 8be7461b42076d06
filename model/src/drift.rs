//! Whether the world still looks as it did when the model learnt.

use serde::{Deserialize, Serialize};

/// Above this a distribution counts as moved, above the second as another one (usual rule).
pub const PSI_ALARMS: [f64; 2] = [0.1, 0.25];
/// Standard deviations at which a month's calibration raises the alarm: chance .0027 a month.
pub const Z_ALARM: f64 = 3.0;
/// Share below which an empty class is taken, so that its logarithm exists.
const LEAST_SHARE: f64 = 1e-4;

/// Population stability index: Σ (now − then) ln(now / then) over classes.
///
/// **Input**: shares of each class then and counts now. **Output**: 0 = the same.
#[must_use]
pub fn stability(then: &[f64], now: &[usize]) -> f64 {
    let total = now.iter().sum::<usize>().max(1) as f64;
    let terms = then.iter().zip(now).map(|(&then, &now)| {
        let now = now as f64 / total;
        if then == 0.0 && now == 0.0 {
            return 0.0;
        }
        let (then, now) = (then.max(LEAST_SHARE), now.max(LEAST_SHARE));
        (now - then) * (now / then).ln()
    });
    terms.sum()
}

/// Predicted against observed over the cases begun in one month.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MonthlyCalibration {
    /// The month, as days since 1970-01-01 of its first day or any other running number.
    pub month: i32,
    /// Cases whose outcome is known.
    pub cases: usize,
    /// Mean probability.
    pub expected: f64,
    /// Share that lasted beyond the horizon.
    pub observed: f64,
    /// (observed − expected) ÷ its standard deviation if the probabilities were right.
    pub z: f64,
    /// Sum of z so far ÷ √months: a slow drift that no month shows.
    pub cumulative_z: f64,
    /// The month, or the sum so far, is out of bounds.
    pub alarm: bool,
}

/// Calibration in the large, month by month (ascending), over matured cases.
#[must_use]
pub fn monthly(month: &[i32], p: &[f64], beyond: &[bool]) -> Vec<MonthlyCalibration> {
    let mut order: Vec<usize> = (0..month.len()).collect();
    order.sort_by_key(|&row| month[row]);
    let (mut sum, mut months) = (0.0, 0.0_f64);
    let mut found = Vec::new();
    for rows in order.chunk_by(|&a, &b| month[a] == month[b]) {
        let count = rows.len() as f64;
        let expected: f64 = rows.iter().map(|&row| p[row]).sum();
        let observed = rows.iter().filter(|&&row| beyond[row]).count() as f64;
        let variance: f64 = rows.iter().map(|&row| p[row] * (1.0 - p[row])).sum();
        let z = (observed - expected) / variance.max(f64::MIN_POSITIVE).sqrt();
        sum += z;
        months += 1.0;
        let cumulative_z = sum / months.sqrt();
        found.push(MonthlyCalibration {
            month: month[rows[0]],
            cases: rows.len(),
            expected: expected / count,
            observed: observed / count,
            z,
            cumulative_z,
            alarm: z.abs() > Z_ALARM || cumulative_z.abs() > Z_ALARM + 1.0,
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use rand::{Rng, SeedableRng};
    use rand_xoshiro::Xoshiro256PlusPlus;

    use super::*;

    #[test]
    fn stability_by_hand() {
        // Shares .5 .5 → .6 .4: .1 ln 1.2 − .1 ln .8 = .1 ln 1.5.
        assert!((stability(&[0.5, 0.5], &[60, 40]) - 0.1 * 1.5_f64.ln()).abs() < 1e-12);
        assert_eq!(stability(&[0.25, 0.75, 0.0], &[25, 75, 0]), 0.0);
        assert!(stability(&[1.0, 0.0], &[50, 50]) > PSI_ALARMS[1]);
    }

    /// Months of 20,000 cases whose true log-odds lie `shift` off the model's; alarms in the first.
    fn alarms(shift: f64, months: i32, seed: u64) -> usize {
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(seed);
        let mut alarms = 0;
        for _ in 0..months {
            let (mut p, mut beyond) = (Vec::new(), Vec::new());
            for _ in 0..20_000 {
                let logit: f64 = rng.gen_range(-2.0..1.2);
                p.push(1.0 / (1.0 + (-logit).exp()));
                beyond.push(rng.gen_bool(1.0 / (1.0 + (-logit - shift).exp())));
            }
            alarms += usize::from(monthly(&vec![0; p.len()], &p, &beyond)[0].alarm);
        }
        alarms
    }

    #[test]
    fn the_published_drift_is_found_within_a_month_and_none_without() {
        // 2015 → 2017 moved P(> 90) by −.16 on the log-odds.
        assert_eq!(alarms(-0.16, 100, 1), 100);
        // Chance of a false alarm .0027 a month: 300 months give 3 or fewer with chance .99.
        assert!(alarms(0.0, 300, 2) <= 3);
    }
}
