use crate::rng::Stream;

/// Days that a first certificate is planned for, and how likely. Assumption.
const FIRST: [(i32, f64); 5] = [(7, 0.2), (14, 0.25), (14, 0.2), (21, 0.2), (28, 0.15)];

/// Days of later certificates, equally likely. Assumption.
const LATER: [i32; 6] = [14, 21, 28, 28, 30, 42];

/// Days of certificates after 120 covered days, equally likely. Assumption.
const LONG: [i32; 4] = [30, 60, 60, 90];

/// Draws the days that the certificate after `covered` covered days is planned for.
pub(super) fn draw(covered: i32, rng: &mut Stream) -> i32 {
    match covered {
        0 => FIRST[rng.weighted(&FIRST.map(|(_, weight)| weight))].0,
        1..=120 => *rng.pick(&LATER),
        _ => *rng.pick(&LONG),
    }
}

/// Probability that the certificate after `covered` covered days is planned for exactly `days`, and for at least.
pub(crate) fn shares(covered: i32, days: i32) -> (f64, f64) {
    let even = |all: &[i32]| {
        let weight = 1.0 / all.len() as f64;
        sums(all.iter().map(|planned| (*planned, weight)), days)
    };
    match covered {
        0 => sums(FIRST.into_iter(), days),
        1..=120 => even(&LATER),
        _ => even(&LONG),
    }
}

fn sums(all: impl Iterator<Item = (i32, f64)>, days: i32) -> (f64, f64) {
    all.filter(|(planned, _)| *planned >= days).fold(
        (0.0, 0.0),
        |(exactly, least), (planned, weight)| {
            let hit = if planned == days { weight } else { 0.0 };
            (exactly + hit, least + weight)
        },
    )
}

#[cfg(test)]
mod tests {
    use super::shares;

    #[test]
    fn shares_by_hand() {
        let near = |found: (f64, f64), exactly: f64, least: f64| {
            assert!((found.0 - exactly).abs() < 1e-12 && (found.1 - least).abs() < 1e-12);
        };
        // First: 14 has .25 + .2; at least 14 all but the .2 of 7.
        near(shares(0, 14), 0.45, 0.8);
        near(shares(0, 20), 0.0, 0.35);
        // Later: 28 twice of six; 28, 28, 30, 42 are at least 22.
        near(shares(14, 28), 2.0 / 6.0, 4.0 / 6.0);
        near(shares(14, 22), 0.0, 4.0 / 6.0);
        near(shares(121, 90), 0.25, 0.25);
        near(shares(121, 91), 0.0, 0.0);
    }
}
