use crate::truth::TruthRow;

/// Area under the ROC curve of `scored` = (score, outcome), ties counted half; `None` without both outcomes.
#[must_use]
pub fn auc(scored: &mut [(f64, bool)]) -> Option<f64> {
    let weighted: Vec<(f64, f64)> = scored
        .iter()
        .map(|(score, hit)| (*score, f64::from(u8::from(*hit))))
        .collect();
    weighted_auc(weighted)
}

/// The truth's AUC at day 15 for cases of more than `days` days: its probability against what truly happened,
/// over all cases > 14 days.
///
/// Only 30, 60, 90, 180 and 365 days are in the truth; other days give `None`.
#[must_use]
pub fn oracle_auc(truth: &[TruthRow], days: u32) -> Option<f64> {
    let mut scored = Vec::with_capacity(truth.len());
    for row in truth.iter().filter(|row| row.length_days > 14) {
        scored.push((row.beyond(days)?, row.length_days > days));
    }
    auc(&mut scored)
}

/// As [`oracle_auc`], with all that is knowable on day 15: how far the certificates known that day reach, too.
#[must_use]
pub fn knowable_auc(truth: &[TruthRow], days: u32) -> Option<f64> {
    let mut scored = Vec::with_capacity(truth.len());
    for row in truth.iter().filter(|row| row.length_days > 14) {
        scored.push((row.known(days)?, row.length_days > days));
    }
    auc(&mut scored)
}

/// What [`oracle_auc`] is on average over all outcomes that the truth allows: free of the outcomes' noise.
#[must_use]
pub fn expected_auc(truth: &[TruthRow], days: u32) -> Option<f64> {
    let rows = truth.iter().filter(|row| row.length_days > 14);
    let weighted: Option<Vec<(f64, f64)>> =
        rows.map(|row| row.beyond(days).map(|p| (p, p))).collect();
    weighted_auc(weighted?)
}

/// AUC of (score, probability of the outcome).
fn weighted_auc(mut scored: Vec<(f64, f64)>) -> Option<f64> {
    scored.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut below, mut won, mut hits) = (0.0, 0.0, 0.0);
    let mut at = 0;
    while at < scored.len() {
        let tied = scored[at..]
            .iter()
            .take_while(|(score, _)| *score == scored[at].0)
            .count();
        let group = &scored[at..at + tied];
        let hit: f64 = group.iter().map(|(_, p)| p).sum();
        let miss = tied as f64 - hit;
        won += hit * (below + miss / 2.0);
        below += miss;
        hits += hit;
        at += tied;
    }
    (hits > 0.0 && below > 0.0).then(|| won / (hits * below))
}

#[cfg(test)]
mod tests {
    use super::auc;

    #[test]
    fn auc_by_hand() {
        // Pairs (hit, miss): .9>.5, .9>.1, .5=.5 (half), .5>.1 → 3.5 of 4.
        let mut scored = [(0.9, true), (0.5, true), (0.5, false), (0.1, false)];
        assert_eq!(auc(&mut scored), Some(3.5 / 4.0));
        assert_eq!(auc(&mut [(0.5, true)]), None);
    }
}
