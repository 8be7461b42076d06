use frisk_codes::Sex;
use rayon::prelude::*;

use crate::check::{REACHING_30, margins_2017};
use crate::curve::Curve;
use crate::diagnosis::Category;

/// Days at which a base curve is pinned.
const KNOTS: [f64; 5] = [15.0, 30.0, 90.0, 180.0, 365.0];

/// Days at which an intervention may begin: covered days of the case.
pub(crate) const OFFER_DAYS: [i32; 4] = [30, 45, 60, 75];

/// P(a case of a year becomes one of two years). Source: `PREDICTION.md` §E2, S37.
const YEAR_TO_TWO: f64 = 0.627;

/// A long case of a pilot world: what the fit has to average over.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pilot {
    pub sex: Sex,
    /// Log ratio of the return hazard, without the subcode's part.
    pub log_ratio: f64,
    /// Offered an intervention after earlier leave?
    pub earlier_leave: bool,
}

/// Offers as they enter a survival: probability without and with earlier leave, and effect.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Offers {
    pub plain: f64,
    pub after_leave: f64,
    pub effect: f64,
}

impl Offers {
    pub(crate) fn probability(&self, earlier_leave: bool) -> f64 {
        if earlier_leave {
            self.after_leave
        } else {
            self.plain
        }
    }
}

/// Frisk's own hazards: one base curve a category, proportional effects of covariates.
#[derive(Debug, Clone)]
pub(crate) struct Own {
    /// Cumulative base hazard at [`KNOTS`] for each category.
    base: Vec<[f64; 5]>,
}

impl Own {
    /// The curves of a world without covariates: −ln of the published shares.
    pub(crate) fn plain(categories: &[Category]) -> Self {
        let exponent = early_exponent();
        let base = categories.iter().map(|category| {
            let targets = targets(category, exponent);
            [
                0.0,
                -targets[0].ln(),
                -targets[1].ln(),
                -targets[2].ln(),
                -targets[3].ln(),
            ]
        });
        Self {
            base: base.collect(),
        }
    }

    /// Curves that give the published shares on average over the cases of a pilot world.
    ///
    /// Solves, knot by knot, mean over cases of P(reach the knot) = published share for the base's cumulative
    /// hazard: the mean falls strictly with it, so bisection finds the only root. A case of the pilot counts in
    /// a category in proportion to P(category | its sex), because categories depend on sex alone.
    pub(crate) fn fitted(
        categories: &[Category],
        pilot: &[Pilot],
        chance: &[[f64; 2]],
        offers: Offers,
    ) -> Self {
        let exponent = early_exponent();
        let bins = Bins::of(pilot);
        let base = categories.par_iter().zip(chance).map(|(category, chance)| {
            let mix = bins.mix(category, *chance, offers);
            let mut base = [0.0; 5];
            for (knot, target) in targets(category, exponent).into_iter().enumerate() {
                base[knot + 1] = solve(&base, knot + 1, target, &mix, offers.effect);
            }
            base
        });
        Self {
            base: base.collect(),
        }
    }

    /// The curve of a case of `category` whose return hazard is exp(`log_ratio`) times the base.
    pub(crate) fn curve(&self, category: usize, log_ratio: f64) -> Curve {
        curve(&self.base[category], log_ratio.exp())
    }
}

fn curve(base: &[f64; 5], factor: f64) -> Curve {
    let mut curve = Curve::new();
    for knot in 0..4 {
        let rate = (base[knot + 1] - base[knot]) / (KNOTS[knot + 1] - KNOTS[knot]);
        curve.push(KNOTS[knot], rate.max(1e-9) * factor);
    }
    curve.push(KNOTS[4], -YEAR_TO_TWO.ln() / 365.0 * factor);
    curve
}

/// Shares at 30, 90, 180 and 365 days.
fn targets(category: &Category, exponent: f64) -> [f64; 4] {
    let [at_90, at_180, at_365] = category.reaching;
    [at_90.powf(exponent), at_90, at_180, at_365]
}

/// κ such that P(≥ 30) = P(≥ 90)^κ gives the published .789 over all 23 diagnoses: only the pooled share at
/// 30 days is published, so one exponent serves all. Assumption.
fn early_exponent() -> f64 {
    let rows = margins_2017();
    let total: f64 = rows.iter().map(|row| f64::from(row.cases)).sum();
    let share = |kappa: f64| {
        rows.iter()
            .map(|row| f64::from(row.cases) * row.reaching[0].powf(kappa))
            .sum::<f64>()
            / total
    };
    bisect(0.05, 0.9, |kappa| share(kappa) > REACHING_30)
}

/// Where `above` turns from true to false between `low` and `high`.
fn bisect(mut low: f64, mut high: f64, above: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..44 {
        let middle = f64::midpoint(low, high);
        if above(middle) {
            low = middle
        } else {
            high = middle
        }
    }
    f64::midpoint(low, high)
}

/// A kind of case in a category: how many, how fast, how likely to be offered an intervention.
struct Kind {
    weight: f64,
    factor: f64,
    offered: f64,
}

fn solve(base: &[f64; 5], knot: usize, target: f64, mix: &[Kind], effect: f64) -> f64 {
    let total: f64 = mix.iter().map(|kind| kind.weight).sum();
    let day = KNOTS[knot];
    let share = |height: f64| {
        let mut base = *base;
        base[knot..].fill(height);
        let reached = curve(&base, 1.0).cumulative(day);
        let eased: Vec<f64> = OFFER_DAYS
            .iter()
            .map(|from| {
                curve(&base, 1.0)
                    .changed_from(f64::from(*from), effect)
                    .cumulative(day)
            })
            .collect();
        let sum: f64 = mix
            .iter()
            .map(|kind| {
                let plain = (-kind.factor * reached).exp();
                if kind.offered == 0.0 {
                    return kind.weight * plain;
                }
                let helped = eased
                    .iter()
                    .map(|height| (-kind.factor * height).exp())
                    .sum::<f64>()
                    / 4.0;
                kind.weight * ((1.0 - kind.offered) * plain + kind.offered * helped)
            })
            .sum();
        sum / total
    };
    bisect(base[knot - 1], base[knot - 1] + 60.0, |height| {
        share(height) > target
    })
}

/// Pilot cases grouped by sex, earlier leave and log ratio.
struct Bins(Vec<(usize, bool, f64, f64)>);

impl Bins {
    /// Narrow enough: within a bin, the mean survival differs from that of the mean factor by a ten-thousandth.
    const WIDTH: f64 = 0.05;

    fn of(pilot: &[Pilot]) -> Self {
        let mut found = std::collections::BTreeMap::new();
        for case in pilot {
            let sex = usize::from(case.sex == Sex::Woman);
            let key = (
                sex,
                case.earlier_leave,
                (case.log_ratio / Self::WIDTH).round() as i64,
            );
            let (count, sum) = found.entry(key).or_insert((0.0, 0.0));
            *count += 1.0;
            *sum += case.log_ratio.exp();
        }
        Self(
            found
                .into_iter()
                .map(|((sex, leave, _), (count, sum))| (sex, leave, count, sum / count))
                .collect(),
        )
    }

    fn mix(&self, category: &Category, chance: [f64; 2], offers: Offers) -> Vec<Kind> {
        let mut mix = Vec::with_capacity(self.0.len() * category.subcodes.len());
        for (sex, leave, count, factor) in &self.0 {
            for sub in category.subcodes {
                mix.push(Kind {
                    weight: count * chance[*sex] * sub.weight,
                    factor: factor * sub.effect.exp(),
                    offered: if category.offered() {
                        offers.probability(*leave)
                    } else {
                        0.0
                    },
                });
            }
        }
        mix
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnosis::categories;

    #[test]
    fn without_covariates_the_curve_is_the_margin() {
        let all = categories(0.4);
        let own = Own::plain(&all);
        // F43 is the fifth row: .474, .291, .116.
        let curve = own.curve(4, 0.0);
        for (day, share) in [
            (90.0, 0.474),
            (180.0, 0.291),
            (365.0, 0.116),
            (730.0, 0.116 * 0.627),
        ] {
            assert!((curve.reaching(day) - share).abs() < 1e-9, "day {day}");
        }
    }

    #[test]
    fn the_fit_undoes_unequal_cases_and_interventions() {
        let all = categories(0.4);
        let pilot: Vec<Pilot> = [-0.8, 0.0, 0.5]
            .into_iter()
            .map(|log_ratio| Pilot {
                sex: Sex::Woman,
                log_ratio,
                earlier_leave: log_ratio < 0.0,
            })
            .collect();
        let offers = Offers {
            plain: 0.1,
            after_leave: 0.3,
            effect: 0.4,
        };
        let own = Own::fitted(&all, &pilot, &vec![[1.0, 1.0]; all.len()], offers);
        // Average over the three kinds and F43's subcodes, each offered or not, computed from the curves alone.
        let mut share = 0.0;
        for case in &pilot {
            let offered = offers.probability(case.earlier_leave);
            for sub in all[4].subcodes {
                let plain = own.curve(4, case.log_ratio + sub.effect);
                let helped: f64 = OFFER_DAYS
                    .iter()
                    .map(|day| plain.changed_from(f64::from(*day), 0.4).reaching(180.0))
                    .sum();
                share += sub.weight / 3.0
                    * ((1.0 - offered) * plain.reaching(180.0) + offered * helped / 4.0);
            }
        }
        assert!((share - 0.291).abs() < 1e-6, "{share}");
    }
}
