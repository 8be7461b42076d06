//! Mean, median and spread of lengths in days.

/// The mean; `None` of nothing.
#[must_use]
pub fn mean(days: &[i32]) -> Option<f64> {
    let sum: i64 = days.iter().map(|days| i64::from(*days)).sum();
    (!days.is_empty()).then(|| sum as f64 / days.len() as f64)
}

/// The median: of an even number the mean of the two in the middle.
#[must_use]
pub fn median(days: &[i32]) -> Option<f64> {
    quantile(days, 2, 4)
}

/// The quantile `part / of`, linear between neighbours: at place `part × (n − 1) / of` from 0.
#[must_use]
pub fn quantile(days: &[i32], part: usize, of: usize) -> Option<f64> {
    let mut sorted = days.to_vec();
    sorted.sort_unstable();
    let last = sorted.len().checked_sub(1)?;
    let (place, rest) = (part * last / of, part * last % of);
    let (low, high) = (f64::from(*sorted.get(place)?), sorted.get(place + 1));
    let step = high.map_or(0.0, |high| f64::from(*high) - low);
    Some(low + step * rest as f64 / of as f64)
}

/// The standard deviation of a whole population: divided by n.
#[must_use]
pub fn standard_deviation(days: &[i32]) -> Option<f64> {
    let mean = mean(days)?;
    let squares: f64 = days
        .iter()
        .map(|days| (f64::from(*days) - mean).powi(2))
        .sum();
    Some((squares / days.len() as f64).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_lie_between_neighbours() {
        // 10, 20, 40, 80: place of the first quartile 3/4 → 10 + 0.75 × 10; of the median 1.5; of the third 2.25.
        let days = [80, 10, 40, 20];
        assert_eq!(quantile(&days, 1, 4), Some(17.5));
        assert_eq!(median(&days), Some(30.0));
        assert_eq!(quantile(&days, 3, 4), Some(50.0));
        assert_eq!(median(&[7]), Some(7.0));
        assert_eq!(
            (median(&[]), mean(&[]), standard_deviation(&[])),
            (None, None, None)
        );
    }

    #[test]
    fn the_deviation_is_that_of_the_population() {
        // 2, 4, 4, 4, 5, 5, 7, 9: mean 5, squares 9+1+1+1+0+0+4+16 = 32, 32/8 = 4.
        assert_eq!(standard_deviation(&[2, 4, 4, 4, 5, 5, 7, 9]), Some(2.0));
    }
}
