/// A linear scale from values to places, with round ticks from zero.
#[derive(Debug, Clone)]
pub(super) struct Scale {
    top: f64,
    step: f64,
    from: f64,
    to: f64,
}

impl Scale {
    /// A scale from 0 to at least `most`, drawn from `from` (value 0) to `to`.
    pub(super) fn new(most: f64, from: f64, to: f64) -> Self {
        let step = step(most);
        let top = (most / step).ceil().max(1.0) * step;
        Self {
            top,
            step,
            from,
            to,
        }
    }

    pub(super) fn at(&self, value: f64) -> f64 {
        self.from + (self.to - self.from) * value / self.top
    }

    /// The ticks, 0 first.
    pub(super) fn ticks(&self) -> impl Iterator<Item = f64> + use<> {
        let (step, top) = (self.step, self.top);
        let count = (top / step).round();
        (0..=20_u8)
            .map(f64::from)
            .take_while(move |n| *n <= count)
            .map(move |n| n * step)
    }
}

/// 1, 2 or 5 times a power of ten, so that there are three to six steps; at least 1 for counts.
fn step(most: f64) -> f64 {
    let rough = (most / 4.0).max(f64::MIN_POSITIVE);
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|m| m * power)
        .find(|step| *step >= rough)
        .unwrap_or(10.0 * power);
    if most >= 4.0 || most <= 0.0 {
        step.max(1.0)
    } else {
        step
    }
}

#[cfg(test)]
mod tests {
    use super::Scale;

    #[test]
    fn ticks_are_round_and_cover_the_values() {
        let ticks = |most| Scale::new(most, 0.0, 1.0).ticks().collect::<Vec<_>>();
        assert_eq!(ticks(187.0), [0.0, 50.0, 100.0, 150.0, 200.0]);
        assert_eq!(ticks(9.0), [0.0, 5.0, 10.0]);
        assert_eq!(ticks(0.0), [0.0, 1.0]);
    }

    #[test]
    fn values_lie_between_the_ends() {
        let scale = Scale::new(100.0, 200.0, 0.0);
        assert!((scale.at(0.0) - 200.0).abs() < 1e-9);
        assert!((scale.at(50.0) - 100.0).abs() < 1e-9);
    }
}
