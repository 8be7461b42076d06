use crate::ahead::LONG;
use crate::documents::shares;
use crate::history::{BEYOND, GAP_CHANCES, GAP_EDGE, GAP_WIDEST, WITH_GAPS};

/// First and last day on which a certificate is signed, counted from its first new day.
pub(crate) const SIGNED: (i32, i32) = (-3, 2);

/// Fewest and most days that a late document is on its way.
pub(crate) const LATE: (i32, i32) = (2, 20);

/// How far the certificates known on day 15 (a calendar day) reach: what they give away of a case's length, since a
/// certificate is cut where the case ends.
///
/// The last certificate known covers `days` new days, to covered day c. Either the case ends there or a gap begins, and
/// the certificate was planned for `days` or more; or the case goes on, it was planned for exactly `days`, and the next
/// one is not known yet. The posterior of the length weighs these by the same assumptions that draw the documents.
///
/// **Left out**: a step of degree beyond day 30 that a known certificate may announce, a mistaken double that arrives
/// before the right document, and a second certificate that overtakes a first one whose gap it would hide.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Reach {
    /// Covered days before the last known certificate.
    pub before: i32,
    /// Covered days that it adds.
    pub days: i32,
    /// Last calendar day that it covers, and the one on which it was signed: both counted from day 15.
    pub last: i32,
    pub signed: i32,
    /// Gaps before it, and after how many covered days the last of them.
    pub gaps: i32,
    pub last_gap: i32,
    /// Share of documents that are late.
    pub late_rate: f64,
}

impl Reach {
    /// Whether the leave is known to go on on day 15.
    pub(crate) fn in_force(&self) -> bool {
        self.last >= 0
    }

    /// P(> [`BEYOND`] days | > 14 days, covariates, this reach), where `lengths` holds P(length = 15, 16, …) by
    /// covariates alone. `None` when none of these lengths could be.
    pub(crate) fn beyond(&self, lengths: &[f64]) -> Option<[f64; 5]> {
        let end = self.before + self.days;
        let (exactly, least) = shares(self.before, self.days);
        let on = exactly * self.next_unknown(0);
        let gap = least * self.next_unknown_after_gap();
        let (mut total, mut beyond) = (0.0, [0.0; 5]);
        for (length, prior) in (LONG..).zip(lengths).filter(|(length, _)| *length >= end) {
            let (none, here) = self.gap_chances(length);
            let likelihood = if length == end {
                none * least
            } else {
                none * on + here * gap
            };
            total += prior * likelihood;
            for (share, days) in beyond.iter_mut().zip(BEYOND) {
                if length.unsigned_abs() > days {
                    *share += prior * likelihood;
                }
            }
        }
        (total > 0.0).then(|| beyond.map(|share| share / total))
    }

    /// P(the earlier gaps and none until the certificate's end), P(the earlier gaps and one at its end), for a case of
    /// this length.
    fn gap_chances(&self, length: i32) -> (f64, f64) {
        let end = self.before + self.days;
        if length <= WITH_GAPS || self.last_gap > length - GAP_EDGE {
            return (if self.gaps == 0 { 1.0 } else { 0.0 }, 0.0);
        }
        let [any, second] = GAP_CHANCES;
        let (one, two) = (any * (1.0 - second), any * second);
        // A gap begins after GAP_EDGE to length − GAP_EDGE covered days, each alike.
        let each = 1.0 / f64::from(length - 2 * GAP_EDGE + 1);
        let later = 1.0 - each * f64::from((end.min(length - GAP_EDGE) - GAP_EDGE + 1).max(0));
        // One gap on a given day (two on the same day are one), all others later.
        let single = one * each + two * (2.0 * each * later + each * each);
        let double = 2.0 * two * each * each;
        let (none, here) = match self.gaps {
            0 => (1.0 - any + one * later + two * later * later, single),
            1 => (single, double),
            _ => (double, 0.0),
        };
        let possible = (GAP_EDGE..=length - GAP_EDGE).contains(&end);
        (none, if possible { here } else { 0.0 })
    }

    /// P(the next certificate is unknown on day 15), if it begins `free` days after this one's end.
    fn next_unknown(&self, free: i32) -> f64 {
        let (first, last) = SIGNED;
        let unknown: f64 = (first..=last)
            .map(|lead| (self.last + 1 + free + lead).max(self.signed))
            .map(|signed| {
                if signed > 0 {
                    1.0
                } else {
                    self.late_rate * later_than(-signed)
                }
            })
            .sum();
        unknown / f64::from(last - first + 1)
    }

    fn next_unknown_after_gap(&self) -> f64 {
        let all: f64 = (1..=GAP_WIDEST).map(|free| self.next_unknown(free)).sum();
        all / f64::from(GAP_WIDEST)
    }
}

/// Share of late documents that are on their way for more than `days` days.
fn later_than(days: i32) -> f64 {
    let (least, most) = LATE;
    f64::from((most - days.max(least - 1)).max(0)) / f64::from(most - least + 1)
}

#[cfg(test)]
mod tests;
