//! P(still on leave beyond a day), from interval hazards.

use serde::{Deserialize, Serialize};

use crate::intervals::Intervals;

/// Survival from an as-of day on: P(length > t, given on leave on the as-of day).
///
/// **Units**: days since the first day of the case, day 1 = the first. Known at the ends of the
/// intervals; between them the hazard of the interval is spread evenly over its days.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Curve {
    /// The day on which the case is known to be ongoing.
    pub as_of_day: i32,
    /// The day before the as-of day, then the last day of each interval after it.
    pub days: Vec<i32>,
    /// P(length > day) at each of `days`; starts at 1, never rises.
    pub survival: Vec<f64>,
}

impl Curve {
    /// Curve of a case on leave on `as_of_day`, from one hazard an interval.
    ///
    /// An as-of day inside an interval takes the rest of it: (1 − h)^(days left / days of it).
    #[must_use]
    pub fn from_hazards(intervals: &Intervals, hazards: &[f64], as_of_day: i32) -> Self {
        let mut before = as_of_day - 1;
        let mut curve = Self {
            as_of_day,
            days: vec![before],
            survival: vec![1.0],
        };
        let mut alive = 1.0;
        for (k, hazard) in hazards.iter().enumerate() {
            let until = intervals.until(k);
            if until <= before || intervals.after(k) > before {
                continue;
            }
            let left = f64::from(until - before) / f64::from(intervals.width(k));
            alive *= if left == 1.0 {
                1.0 - hazard
            } else {
                (1.0 - hazard).powf(left)
            };
            before = until;
            curve.days.push(until);
            curve.survival.push(alive);
        }
        curve
    }

    /// P(length > `day`): 1 up to the day before the as-of day, `None` beyond the last interval.
    #[must_use]
    pub fn beyond(&self, day: i32) -> Option<f64> {
        let at = self.days.partition_point(|&known| known < day);
        if at == 0 {
            return Some(1.0);
        }
        let (right, left) = (self.days.get(at)?, self.days[at - 1]);
        let (low, high) = (self.survival[at], self.survival[at - 1]);
        if *right == day || high <= 0.0 {
            return Some(low);
        }
        let share = f64::from(day - left) / f64::from(right - left);
        Some(high * (low / high).powf(share))
    }

    /// P(length > day) at each horizon that the curve reaches.
    #[must_use]
    pub fn at(&self, horizons: &[i32]) -> Vec<(i32, f64)> {
        horizons
            .iter()
            .filter_map(|&day| self.beyond(day).map(|p| (day, p)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn intervals() -> Intervals {
        Intervals::new(vec![15, 22, 30, 60]).unwrap()
    }

    fn near(found: Option<f64>, expected: f64) {
        assert!(
            (found.unwrap() - expected).abs() < 1e-12,
            "{found:?}, expected {expected}"
        );
    }

    #[test]
    fn survival_is_the_product_of_the_intervals() {
        let curve = Curve::from_hazards(&intervals(), &[0.2, 0.5, 0.1], 15);
        near(curve.beyond(14), 1.0);
        near(curve.beyond(22), 0.8);
        near(curve.beyond(30), 0.8 * 0.5);
        near(curve.beyond(60), 0.8 * 0.5 * 0.9);
        assert_eq!(curve.beyond(61), None);
        // Half of (22, 30]: 0.8 · √0.5.
        near(curve.beyond(26), 0.8 * 0.5_f64.sqrt());
    }

    #[test]
    fn a_later_as_of_day_conditions_on_being_on_leave() {
        let whole = Curve::from_hazards(&intervals(), &[0.2, 0.5, 0.1], 15);
        let later = Curve::from_hazards(&intervals(), &[0.2, 0.5, 0.1], 27);
        // P(> 60 | on leave on day 27) = P(> 60) / P(> 26).
        near(
            later.beyond(60),
            whole.beyond(60).unwrap() / whole.beyond(26).unwrap(),
        );
        near(later.beyond(20), 1.0);
        let past = Curve::from_hazards(&intervals(), &[0.2, 0.5, 0.1], 90);
        assert_eq!(past.beyond(365), None);
    }
}
