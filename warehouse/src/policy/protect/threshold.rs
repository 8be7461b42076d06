use super::BySex;
use crate::{Cube, reports::Denominator};

/// Sums over care providers of what each contributes after the threshold: one row a month, group and plane.
///
/// A value below the threshold is zero before summing. Of shares, the part is tested, and whole and part fall together;
/// of figures per listed patient, both sexes are tested together. Source: conformance kit §10.2.
pub(super) fn sums(cube: &Cube, threshold: u32) -> Vec<BySex> {
    let months = cube.months.as_ref().map_or(1, |d| d.categories.len());
    let mut total = vec![0_u64; months * cube.grouping.len() * cube.denominator.planes() * 3];
    let tested = match cube.denominator {
        Denominator::Whole => whole,
        Denominator::ListedPatients => both_sexes,
        Denominator::None | Denominator::Inhabitants | Denominator::AllRegions => alone,
    };
    let width = cube.denominator.planes() * 3;
    for part in &cube.parts {
        for (sums, counts) in total.chunks_exact_mut(width).zip(part.chunks_exact(width)) {
            for (sum, &count) in sums.iter_mut().zip(&tested(counts, threshold)) {
                *sum += u64::from(count);
            }
        }
    }
    // Counts are far below 2^53, so they are exact as f64.
    let by_sex = |row: &[u64]| match row {
        [unknown, men, women] => [unknown + men + women, *women, *men].map(|n| n as f64),
        _ => [0.0; 3],
    };
    total.chunks_exact(3).map(by_sex).collect()
}

/// A row's counts by sex, and of shares by sex of the whole and of the part.
type Counts = [u32; 6];

fn alone(counts: &[u32], threshold: u32) -> Counts {
    let mut kept = [0; 6];
    for (kept, &count) in kept
        .iter_mut()
        .zip(counts)
        .filter(|(_, count)| **count >= threshold)
    {
        *kept = count;
    }
    kept
}

fn both_sexes(counts: &[u32], threshold: u32) -> Counts {
    match counts.iter().sum::<u32>() >= threshold {
        true => alone(counts, 0),
        false => [0; 6],
    }
}

fn whole(counts: &[u32], threshold: u32) -> Counts {
    let mut kept = alone(counts, 0);
    for sex in 0..3 {
        if kept[sex + 3] < threshold {
            kept[sex] = 0;
            kept[sex + 3] = 0;
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_figure_is_tested_as_the_peer_does() {
        // 4 men and 6 women, threshold 5: the men fall; together they are 10 and stay.
        assert_eq!(alone(&[0, 4, 6], 5)[..3], [0, 0, 6]);
        assert_eq!(both_sexes(&[0, 4, 6], 5)[..3], [0, 4, 6]);
        assert_eq!(both_sexes(&[0, 2, 2], 5)[..3], [0, 0, 0]);
        // Of 20 men 4 have a completion, of 8 women 6: the men fall altogether.
        assert_eq!(whole(&[0, 20, 8, 0, 4, 6], 5), [0, 0, 8, 0, 0, 6]);
        // Threshold 1: without any completion there is no whole either.
        assert_eq!(whole(&[0, 20, 8, 0, 0, 1], 1), [0, 0, 8, 0, 0, 1]);
    }
}
