//! Harrell's C.

use super::Observation;

/// Pairs whose order of events is known, by whether the scores agree.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Concordance {
    /// The higher score had the earlier event.
    pub concordant: f64,
    /// The lower score had it.
    pub discordant: f64,
    /// Equal scores.
    pub tied: f64,
}

impl Concordance {
    /// (concordant + ½ tied) ÷ pairs.
    #[must_use]
    pub fn c(&self) -> f64 {
        let pairs = self.concordant + self.discordant + self.tied;
        (self.concordant + 0.5 * self.tied) / pairs
    }
}

/// Counts pairs: an event at a time, against those seen later, or censored at that time.
/// Any cause counts as the event; `score` = higher means earlier. O(n log n).
#[must_use]
pub fn concordance(observations: &[Observation], score: &[f64]) -> Concordance {
    let mut ranks: Vec<f64> = score.to_vec();
    ranks.sort_by(f64::total_cmp);
    ranks.dedup();
    let rank = |value: f64| ranks.partition_point(|&known| known < value);
    let mut order: Vec<usize> = (0..observations.len()).collect();
    order.sort_by(|&a, &b| observations[b].time.total_cmp(&observations[a].time));
    let mut later = Tally::new(ranks.len());
    let mut counts = Concordance::default();
    let same = |&a: &usize, &b: &usize| observations[a].time == observations[b].time;
    for at_once in order.chunk_by(same) {
        let event = |&&row: &&usize| observations[row].cause > 0;
        for &row in at_once.iter().filter(|row| !event(row)) {
            later.add(rank(score[row]), observations[row].weight);
        }
        for &row in at_once.iter().filter(event) {
            let (at, weight) = (rank(score[row]), observations[row].weight);
            let (below, upto) = (later.below(at), later.below(at + 1));
            counts.concordant += weight * below;
            counts.tied += weight * (upto - below);
            counts.discordant += weight * (later.total - upto);
        }
        for &row in at_once.iter().filter(event) {
            later.add(rank(score[row]), observations[row].weight);
        }
    }
    counts
}

/// Weights by rank, with sums of the lower ranks in O(log n) (a Fenwick tree).
struct Tally {
    tree: Vec<f64>,
    total: f64,
}

impl Tally {
    fn new(ranks: usize) -> Self {
        Self {
            tree: vec![0.0; ranks + 1],
            total: 0.0,
        }
    }

    fn add(&mut self, rank: usize, weight: f64) {
        self.total += weight;
        let mut at = rank + 1;
        while at < self.tree.len() {
            self.tree[at] += weight;
            at += at & at.wrapping_neg();
        }
    }

    fn below(&self, rank: usize) -> f64 {
        let mut at = rank;
        let mut sum = 0.0;
        while at > 0 {
            sum += self.tree[at];
            at &= at - 1;
        }
        sum
    }
}
