/// A piecewise-constant hazard of return from day 15 of a case on.
///
/// **Units**: days of the case counted in covered days; day 15 is the first day that makes it a long case.
#[derive(Debug, Clone, Copy)]
pub struct Curve {
    from: [f64; Self::MOST],
    rate: [f64; Self::MOST],
    len: usize,
}

impl Curve {
    /// Most pieces a curve can have: SRS v3's 20 and one split by an intervention, with room.
    pub const MOST: usize = 24;

    /// A curve without pieces: nobody ever returns.
    #[must_use]
    pub fn new() -> Self {
        Self {
            from: [0.0; Self::MOST],
            rate: [0.0; Self::MOST],
            len: 0,
        }
    }

    /// Adds a piece that begins on `day` with `rate` returns a day and lasts until the next piece.
    /// Pieces beyond [`Self::MOST`] are ignored.
    pub fn push(&mut self, day: f64, rate: f64) {
        if self.len < Self::MOST {
            self.from[self.len] = day;
            self.rate[self.len] = rate;
            self.len += 1;
        }
    }

    /// P(the case covers at least `day` days), given that it covers 15.
    #[must_use]
    pub fn reaching(&self, day: f64) -> f64 {
        (-self.cumulative(day)).exp()
    }

    /// Fills `shares` with [`Self::reaching`] of `first` and the days after it.
    pub(crate) fn reaching_each(&self, first: i32, shares: &mut [f64]) {
        let (mut piece, mut day) = (0, f64::from(first));
        let mut left = shares.iter_mut();
        while left.len() > 0 {
            while piece < self.len && self.from[piece] <= day {
                piece += 1;
            }
            // Until `next` the survival falls by the same factor every day.
            let next = if piece < self.len {
                self.from[piece]
            } else {
                f64::INFINITY
            };
            let mut share = self.reaching(day);
            let factor = (-self.rate[..piece].last().unwrap_or(&0.0)).exp();
            while day < next {
                let Some(slot) = left.next() else { return };
                *slot = share;
                share *= factor;
                day += 1.0;
            }
        }
    }

    /// Cumulative hazard up to `day`.
    #[must_use]
    pub fn cumulative(&self, day: f64) -> f64 {
        let mut total = 0.0;
        for piece in 0..self.len {
            if day <= self.from[piece] {
                break;
            }
            let until = if piece + 1 < self.len {
                self.from[piece + 1].min(day)
            } else {
                day
            };
            total += self.rate[piece] * (until - self.from[piece]);
        }
        total
    }

    /// The day on which the cumulative hazard reaches `target`; infinite if it never does.
    #[must_use]
    pub fn day_of(&self, target: f64) -> f64 {
        let mut left = target;
        for piece in 0..self.len {
            let until = if piece + 1 < self.len {
                self.from[piece + 1]
            } else {
                f64::INFINITY
            };
            let room = self.rate[piece] * (until - self.from[piece]);
            if left <= room || (piece + 1 == self.len && self.rate[piece] > 0.0) {
                return self.from[piece] + left / self.rate[piece];
            }
            left -= room;
        }
        f64::INFINITY
    }

    /// The same curve with all rates from `day` on multiplied by exp(`log_ratio`).
    #[must_use]
    pub fn changed_from(&self, day: f64, log_ratio: f64) -> Self {
        let factor = log_ratio.exp();
        let mut changed = Self::new();
        for piece in 0..self.len {
            let begins = self.from[piece];
            let until = if piece + 1 < self.len {
                self.from[piece + 1]
            } else {
                f64::INFINITY
            };
            if begins >= day {
                changed.push(begins, self.rate[piece] * factor);
            } else {
                changed.push(begins, self.rate[piece]);
                if day < until {
                    changed.push(day, self.rate[piece] * factor);
                }
            }
        }
        changed
    }
}

impl Default for Curve {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_pieces() -> Curve {
        let mut curve = Curve::new();
        curve.push(15.0, 0.02);
        curve.push(30.0, 0.01);
        curve
    }

    #[test]
    fn survival_by_hand() {
        let curve = two_pieces();
        // 15 days at .02 and 60 at .01: .3 + .6 = .9.
        assert!((curve.cumulative(90.0) - 0.9).abs() < 1e-12);
        assert!((curve.reaching(90.0) - (-0.9_f64).exp()).abs() < 1e-12);
        assert!((curve.reaching(15.0) - 1.0).abs() < 1e-12);
        assert!((curve.day_of(0.9) - 90.0).abs() < 1e-9);
        assert!((curve.day_of(0.1) - 20.0).abs() < 1e-9);
    }

    #[test]
    fn every_day_at_once_is_every_day_by_itself() {
        let mut curve = two_pieces();
        // Pieces may begin within a day, and two on the same.
        curve.push(60.25, 0.03);
        curve.push(60.5, 0.05);
        let mut shares = [0.0; 200];
        curve.reaching_each(10, &mut shares);
        for (day, share) in (10..).zip(shares) {
            let alone = curve.reaching(f64::from(day));
            assert!((share - alone).abs() < 1e-12, "{day}: {share} {alone}");
        }
    }

    #[test]
    fn an_effect_begins_on_its_day() {
        // Hazard doubled from day 40: .3 + 10·.01 + 50·.02 = 1.4.
        let changed = two_pieces().changed_from(40.0, 2.0_f64.ln());
        assert!((changed.cumulative(90.0) - 1.4).abs() < 1e-12);
        assert!((changed.cumulative(40.0) - 0.4).abs() < 1e-12);
    }
}
