//! Discrimination.

/// Weighted area under the ROC curve: P(p of a positive > p of a negative) + ½ P(equal).
///
/// NaN without both outcomes. With unit weights this is the Mann–Whitney statistic.
#[must_use]
pub fn auc(p: &[f64], y: &[bool], weight: &[f64]) -> f64 {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_unstable_by(|&a, &b| p[a].total_cmp(&p[b]).then(a.cmp(&b)));
    let (mut positives, mut negatives, mut won) = (0.0, 0.0, 0.0);
    for ties in order.chunk_by(|&a, &b| p[a] == p[b]) {
        let (mut up, mut down) = (0.0, 0.0);
        for &row in ties {
            if y[row] {
                up += weight[row];
            } else {
                down += weight[row];
            }
        }
        won += up * (negatives + 0.5 * down);
        positives += up;
        negatives += down;
    }
    won / (positives * negatives)
}
