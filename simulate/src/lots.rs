use crate::curve::Curve;
use crate::rng::Stream;

/// How the length of a long case is drawn.
#[derive(Debug)]
pub(crate) enum Lots {
    /// Independently.
    Free,
    /// By systematic sampling within a stratum; see [`Systematic`].
    Systematic(Systematic),
}

/// Systematic (Madow) sampling with unequal probabilities: each case falls into a band of lengths with exactly its
/// own probability, and the number of cases of a stratum in a band stays within about one of what is expected.
///
/// Bands are decided from the longest down, so that the rarest is the most exact. Within a band the length is random.
#[derive(Debug)]
pub(crate) struct Systematic {
    /// Running sums by stratum and band, below one. They begin at one half, so that a count is its expectation rounded
    /// to the nearest whole.
    phases: Vec<[f64; 4]>,
}

/// Lower ends of the bands in days, longest first.
const BANDS: [f64; 4] = [365.0, 180.0, 90.0, 30.0];

impl Systematic {
    pub(crate) fn new(strata: usize) -> Self {
        Self {
            phases: vec![[0.5; 4]; strata],
        }
    }

    fn draw(&mut self, stratum: usize, curve: &Curve, rng: &mut Stream) -> f64 {
        let mut longer = 0.0;
        for (phase, day) in self.phases[stratum].iter_mut().zip(BANDS) {
            let reached = curve.reaching(day);
            *phase += (reached - longer) / (1.0 - longer).max(1e-12);
            if *phase >= 1.0 {
                *phase -= 1.0;
                return longer + (reached - longer) * (1.0 - rng.unit());
            }
            longer = reached;
        }
        longer + (1.0 - longer) * (1.0 - rng.unit())
    }
}

impl Lots {
    /// A number v in (0, 1]: the case lasts until the day on which its survival falls to v.
    pub(crate) fn draw(&mut self, stratum: usize, curve: &Curve, rng: &mut Stream) -> f64 {
        match self {
            Self::Free => 1.0 - rng.unit(),
            Self::Systematic(systematic) => systematic.draw(stratum, curve, rng),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Purpose;

    #[test]
    fn counts_stay_within_two_of_the_expected() {
        let mut rng = Stream::new(7, Purpose::History, 0);
        let mut lots = Lots::Systematic(Systematic::new(1));
        let (mut expected, mut found) = ([0.0; 4], [0.0; 4]);
        for case in 0..2_000 {
            let mut curve = Curve::new();
            curve.push(15.0, 0.004 + 0.000_01 * f64::from(case % 700));
            let v = lots.draw(0, &curve, &mut rng);
            let length = curve.day_of(-v.ln());
            for (band, day) in BANDS.into_iter().enumerate() {
                expected[band] += curve.reaching(day);
                found[band] += f64::from(u8::from(length >= day));
            }
        }
        // Independent draws would miss the share at 90 days by about sqrt(2000 · .6 · .4) = 22 cases.
        for band in 0..4 {
            assert!(
                (expected[band] - found[band]).abs() < 2.0 + band as f64,
                "{expected:?} {found:?}"
            );
        }
    }
}
