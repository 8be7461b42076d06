use crate::curve::Curve;
use crate::hazards::OFFER_DAYS;
use crate::history::{BEYOND, LONGEST};

/// Shortest long case, in covered days.
pub(crate) const LONG: i32 = 15;

/// How long a long case may last, as far as its covariates tell: no offer of an intervention is known on day 15.
#[derive(Debug, Clone)]
pub(crate) struct Ahead {
    /// Without an offer.
    pub plain: Curve,
    /// Probability of an offer, on any of [`OFFER_DAYS`] alike.
    pub likely: f64,
    /// Log hazard ratio of the intervention.
    pub effect: f64,
}

impl Ahead {
    /// P(> [`BEYOND`] days | > 14 days).
    pub(crate) fn beyond(&self) -> [f64; 5] {
        self.mixed(|curve| BEYOND.map(|days| curve.reaching(f64::from(days) + 1.0)))
    }

    /// P(length = 15, 16, … [`LONGEST`] days | > 14 days); all that would last longer ends on the last.
    pub(crate) fn lengths(&self) -> Vec<f64> {
        const DAYS: usize = (LONGEST - LONG + 1) as usize;
        let reaching = self.mixed(|curve| {
            let mut share = [0.0; DAYS];
            curve.reaching_each(LONG, &mut share);
            share
        });
        let after = reaching[1..].iter().copied().chain([0.0]);
        reaching
            .iter()
            .zip(after)
            .map(|(this, next)| this - next)
            .collect()
    }

    fn mixed<const N: usize>(&self, of: impl Fn(&Curve) -> [f64; N]) -> [f64; N] {
        let mut share = of(&self.plain).map(|p| (1.0 - self.likely) * p);
        if self.likely > 0.0 {
            for from in OFFER_DAYS {
                let helped = of(&self.plain.changed_from(f64::from(from), self.effect));
                for (share, p) in share.iter_mut().zip(helped) {
                    *share += self.likely / OFFER_DAYS.len() as f64 * p;
                }
            }
        }
        share
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_by_hand() {
        let mut plain = Curve::new();
        plain.push(15.0, 0.02);
        let mut ahead = Ahead {
            plain,
            likely: 0.0,
            effect: 1.0,
        };
        let lengths = ahead.lengths();
        // P(15) = 1 − e^−.02; P(1460) = S(1460) = e^−(1445 · .02); in all 1.
        assert!((lengths[0] - (1.0 - (-0.02_f64).exp())).abs() < 1e-12);
        assert!((lengths[1_445] - (-28.9_f64).exp()).abs() < 1e-15);
        assert!((lengths.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        // The lengths are those of `beyond`, offers and all.
        ahead.likely = 0.4;
        let lengths = ahead.lengths();
        for (days, beyond) in BEYOND.into_iter().zip(ahead.beyond()) {
            let longer: f64 = lengths[days as usize - 14..].iter().sum();
            assert!((longer - beyond).abs() < 1e-9, "{days}: {longer} {beyond}");
        }
    }
}
