//! The log-rank test between groups.

use super::{Observation, chi_square_tail};
use crate::error::{Error, Result};
use crate::hazard::Cholesky;

/// Observed against expected events, and the test.
#[derive(Debug, Clone, PartialEq)]
pub struct LogRank {
    /// Events of each group.
    pub observed: Vec<f64>,
    /// Events expected if all groups had one hazard.
    pub expected: Vec<f64>,
    /// The statistic.
    pub chi_square: f64,
    /// Groups − 1.
    pub freedom: usize,
    /// P(a larger statistic | no difference).
    pub p_value: f64,
}

/// Tests whether groups 0, 1, … have one hazard. Any cause counts as the event.
///
/// # Errors
/// [`Error::TooFew`] with fewer than two groups, [`Error::Shape`] for unequal lengths,
/// [`Error::Singular`] when a group was never at risk at an event.
pub fn log_rank(observations: &[Observation], group: &[usize]) -> Result<LogRank> {
    if observations.len() != group.len() {
        return Err(Error::Shape {
            what: "groups",
            found: group.len(),
            expected: observations.len(),
        });
    }
    let groups = group.iter().max().map_or(0, |most| most + 1);
    if groups < 2 {
        return Err(Error::TooFew {
            what: "groups",
            found: groups,
            needed: 2,
        });
    }
    let mut order: Vec<usize> = (0..observations.len()).collect();
    order.sort_by(|&a, &b| observations[b].time.total_cmp(&observations[a].time));
    let mut at_risk = vec![0.0; groups];
    let (mut observed, mut expected) = (vec![0.0; groups], vec![0.0; groups]);
    let free = groups - 1;
    let mut variance = vec![0.0; free * free];
    let same = |&a: &usize, &b: &usize| observations[a].time == observations[b].time;
    for at_once in order.chunk_by(same) {
        let mut events = 0.0;
        for &row in at_once {
            at_risk[group[row]] += 1.0;
            if observations[row].cause > 0 {
                events += 1.0;
                observed[group[row]] += 1.0;
            }
        }
        if events == 0.0 {
            continue;
        }
        let n: f64 = at_risk.iter().sum();
        let spread = if n > 1.0 {
            events * (n - events) / (n - 1.0)
        } else {
            0.0
        };
        for i in 0..groups {
            expected[i] += events * at_risk[i] / n;
        }
        for i in 0..free {
            for j in i..free {
                let own = if i == j { at_risk[i] / n } else { 0.0 };
                variance[i * free + j] += spread * (own - at_risk[i] * at_risk[j] / (n * n));
            }
        }
    }
    let excess: Vec<f64> = (0..free).map(|i| observed[i] - expected[i]).collect();
    let mut solved = excess.clone();
    Cholesky::of_upper(&variance, free)?.solve(&mut solved);
    let chi_square = excess.iter().zip(&solved).map(|(a, b)| a * b).sum();
    Ok(LogRank {
        observed,
        expected,
        chi_square,
        freedom: free,
        p_value: chi_square_tail(chi_square, free),
    })
}
