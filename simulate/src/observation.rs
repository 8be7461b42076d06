//! Ends of observation: death, emigration, old age, a move out of the region. In a random stream of its own, so that the
//! rest of the world does not depend on them.

use chrono::NaiveDate;
use serde::Serialize;

use crate::plan::{Plan, day_number, from_day_number};
use crate::rng::{Purpose, Stream};
use crate::world::Life;

/// A row of `observation_ends.csv`.
#[derive(Debug, Serialize)]
pub(crate) struct EndRow {
    person_number: String,
    kind: &'static str,
    date: NaiveDate,
    known_date: NaiveDate,
}

/// Moves out of the region a year. Assumption, as the next two.
const MOVES: f64 = 0.015;

/// Emigrations a year of people from 18 to 45.
const EMIGRATIONS: f64 = 0.005;

/// Deaths a year: `DEATHS.0 · exp(DEATHS.1 · age)`, about 1 in 1,000 at 40 and 6 in 100 at 80.
const DEATHS: (f64, f64) = (0.000_02, 0.1);

/// The age at which nobody is followed any more.
const PENSION: f64 = 67.0;

/// Longest time from an event to its being known, in days.
const DELAY: i32 = 14;

/// The ends of observation of a life within the world, at most one of a kind.
///
/// Nobody dies or emigrates before her last sick day: certificates of her prove otherwise. A move does not wait for that:
/// it only means that the region no longer follows her.
pub(crate) fn ends(plan: &Plan, life: &Life) -> Vec<EndRow> {
    let mut rng = Stream::new(plan.seed, Purpose::Observation, life.person.index);
    let (first, last) = (day_number(plan.start()), day_number(plan.end));
    let last_leave = life.cases.iter().map(|case| case.last()).max();
    let age = |day: i32| f64::from(day - life.person.birth) / 365.25;
    let from = first.max(life.person.birth);
    let middle = age(from + (last - from) / 2);
    let young = (18.0..45.0).contains(&middle);
    let drawn = [
        ("death", DEATHS.0 * (DEATHS.1 * middle).exp(), true),
        ("emigration", if young { EMIGRATIONS } else { 0.0 }, true),
        ("moved", MOVES, false),
    ]
    .map(|(kind, yearly, after_leave)| {
        // Always one draw a kind and one delay, so that kinds do not depend on each other.
        let wait = rng.wait(yearly.max(1e-9) / 365.25).min(1e8) as i32;
        let (day, delay) = (from + wait, rng.between(0, DELAY));
        let proven = after_leave && last_leave.is_some_and(|leave| day <= leave);
        (!proven && yearly > 0.0).then_some((kind, day, delay))
    });
    let birthday = life.person.birth + (PENSION * 365.25) as i32;
    let pension = (birthday >= first).then_some(("pension", birthday, 0));
    drawn
        .into_iter()
        .chain([pension])
        .flatten()
        .filter(|(_, day, delay)| day + delay <= last)
        .map(|(kind, day, delay)| EndRow {
            person_number: life.person.number(),
            kind,
            date: from_day_number(day),
            known_date: from_day_number(day + delay),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lots::Lots;
    use crate::world::World;

    #[test]
    fn moves_are_as_many_as_assumed_and_nobody_is_ill_after_death() {
        let plan = Plan {
            people: 20_000,
            years: 3,
            ..Plan::default()
        };
        let world = World::new(&plan).unwrap();
        let lives = world.lives(0..plan.people, false, &mut Lots::Free);
        let mut moves = 0.0_f64;
        for life in &lives {
            for end in ends(&plan, life) {
                moves += f64::from(end.kind == "moved");
                let day = day_number(end.date);
                let dead = matches!(end.kind, "death" | "emigration");
                assert!(!dead || life.cases.iter().all(|case| case.last() < day));
                assert!(end.known_date >= end.date && end.known_date <= plan.end);
            }
        }
        // 1 − exp(−.015 · 3) = .0440 of 20,000 = 880; standard error √(880 · .956) = 29; births and delays take 1 %.
        assert!((moves - 870.0).abs() < 120.0, "{moves}");
    }
}
