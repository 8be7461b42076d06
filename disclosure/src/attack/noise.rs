use crate::PerturbationTable;

/// Distribution of the difference of two independent noises of large counts: from −2D to 2D.
fn difference(table: &PerturbationTable) -> Vec<f64> {
    let row = table.row(u64::MAX);
    let largest = table.shape().largest as usize;
    let mut sums = vec![0.0; 4 * largest + 1];
    for a in row {
        for b in row {
            let at = usize::try_from(a.value - b.value + 2 * largest as i32).unwrap_or(0);
            sums[at] += a.probability * b.probability;
        }
    }
    sums
}

/// How much two published counts, whose sets differ by 1 to `threshold − 1` records, help somebody who guesses that
/// difference: the chance of the best guess less the chance of guessing blindly, with all differences as likely (B5).
///
/// Source: `DISCLOSURE.md` §7.4.
#[must_use]
pub fn guess_gain(table: &PerturbationTable, threshold: u32) -> f64 {
    let noise = difference(table);
    let possible = threshold.saturating_sub(1).max(1) as usize;
    let blind = 1.0 / possible as f64;
    let right: f64 = (0..noise.len() + possible)
        .map(|seen| {
            let likely = (1..=possible).filter_map(|d| noise.get(seen.checked_sub(d)?));
            likely.copied().fold(0.0, f64::max)
        })
        .sum();
    right * blind - blind
}

/// How many independent pairs of different sets must be averaged before their mean rounds to the right count with 95 %
/// (B6): (2 · 1.96)² · 2 V.
///
/// Source: `DISCLOSURE.md` §4.6.
#[must_use]
pub fn averaging_needed(table: &PerturbationTable) -> f64 {
    let z = 1.959_963_984_540_054;
    (2.0 * z) * (2.0 * z) * 2.0 * table.shape().variance
}

/// The chance that two noises are the largest in opposite directions, so that the true difference can only be one (B7).
///
/// Source: `DISCLOSURE.md` §4.5.
#[must_use]
pub fn saturation(table: &PerturbationTable) -> f64 {
    let row = table.row(u64::MAX);
    let (first, last) = (row.first(), row.last());
    first
        .zip(last)
        .map_or(1.0, |(a, b)| a.probability * b.probability)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Shape;

    fn table(largest: u32, variance: f64, forbidden: u32) -> PerturbationTable {
        let shape = Shape {
            largest,
            variance,
            forbidden,
            monotone: false,
        };
        PerturbationTable::new(shape).unwrap()
    }

    // DISCLOSURE.md §4.5: .0041 for D2 V1, 1.4e-5 for D5 V3, 3.0e-7 for D5 V2 (a chance a direction, squared).
    #[test]
    fn saturation_is_what_the_literature_says() {
        assert!((saturation(&table(2, 1.0, 0)) - 0.0041).abs() < 5e-5);
        assert!((saturation(&table(5, 3.0, 2)) - 1.4e-5).abs() < 5e-7);
        assert!((saturation(&table(5, 2.0, 1)) - 3.0e-7).abs() < 5e-8);
    }

    // DISCLOSURE.md §4.6: 30.7 V: 92 splits for V = 3, 61 for V = 2.
    #[test]
    fn averaging_takes_as_many_splits_as_worked_out() {
        assert_eq!(averaging_needed(&table(5, 3.0, 2)).round(), 92.0);
        assert_eq!(averaging_needed(&table(5, 2.0, 1)).round(), 61.0);
    }

    #[test]
    fn more_noise_helps_the_guesser_less() {
        let strong = guess_gain(&table(5, 3.0, 2), 5);
        let weak = guess_gain(&table(2, 1.0, 0), 5);
        assert!(strong < weak && strong > 0.0, "{strong} {weak}");
        // The gate of DISCLOSURE.md §7.4.
        assert!(strong <= 0.15, "{strong}");
    }
}
