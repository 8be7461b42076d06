use frisk_codes::Degree;
use frisk_ingest::SickPeriod;

use crate::history::Case;
use crate::plan::from_day_number;
use crate::rng::Stream;

/// A stretch of a case that one certificate covers.
pub(super) struct Stretch {
    pub nth: i32,
    /// Covered days before it.
    pub covered: i32,
    pub days: i32,
    /// Calendar days it covers; an overlap begins earlier.
    pub first: i32,
    pub last: i32,
    pub signed: i32,
}

pub(super) fn stretch(
    case: &Case,
    (nth, covered): (i32, i32),
    days: i32,
    overlap: i32,
    signed: i32,
) -> Stretch {
    let to_gap = case
        .gaps
        .iter()
        .map(|(after, _)| after - covered)
        .filter(|left| *left > 0)
        .min();
    let days = days
        .min(case.length - covered)
        .min(to_gap.unwrap_or(i32::MAX));
    let first = (case.day(covered) - overlap).max(case.start);
    Stretch {
        nth,
        covered,
        days,
        first,
        last: case.day(covered + days - 1),
        signed,
    }
}

/// When a longer case goes down in degree: covered day and new degree.
pub(super) fn steps(case: &Case, rng: &mut Stream) -> Vec<(i32, Degree)> {
    let mut steps = Vec::new();
    let mut degree = case.covariates.degree;
    if case.length <= 45 || !rng.chance(0.5) {
        return steps;
    }
    let mut at = f64::from(case.length) * (0.5 + 0.3 * rng.unit());
    while let Some(next) = lower(degree, rng) {
        if at as i32 >= 30 && (at as i32) < case.length {
            steps.push((at as i32, next));
        }
        degree = next;
        at += (f64::from(case.length) - at) * (0.3 + 0.5 * rng.unit()) + 1.0;
        if rng.chance(0.6) {
            break;
        }
    }
    steps
}

fn lower(degree: Degree, rng: &mut Stream) -> Option<Degree> {
    match degree {
        Degree::Full if rng.chance(0.3) => Some(Degree::ThreeQuarters),
        Degree::Full | Degree::ThreeQuarters => Some(Degree::Half),
        Degree::Half => Some(Degree::Quarter),
        Degree::Quarter => None,
    }
}

/// The periods of a certificate, one a degree: cut where the degree changes.
pub(super) fn periods(case: &Case, stretch: &Stretch, steps: &[(i32, Degree)]) -> Vec<SickPeriod> {
    let until = stretch.covered + stretch.days;
    let mut degree = case.covariates.degree;
    let mut first = stretch.first;
    let mut periods = Vec::with_capacity(1);
    for (at, next) in steps.iter().filter(|(at, _)| *at < until) {
        if *at > stretch.covered {
            let day = case.day(*at);
            periods.push(SickPeriod {
                start: from_day_number(first),
                end: from_day_number(day - 1),
                degree,
            });
            first = day;
        }
        degree = *next;
    }
    periods.push(SickPeriod {
        start: from_day_number(first),
        end: from_day_number(stretch.last),
        degree,
    });
    periods
}
