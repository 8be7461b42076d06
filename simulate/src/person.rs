use chrono::{Datelike, NaiveDate};
use frisk_codes::Sex;

use crate::covariates::Occupation;
use crate::number::personal_number;
use crate::plan::{Plan, day_number, from_day_number};
use crate::region::REGIONS;
use crate::rng::{Purpose, Stream, mix};

/// A resident.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Person {
    pub index: u64,
    /// Day number of birth.
    pub birth: i32,
    pub serial: u32,
    pub sex: Sex,
    /// Place in [`REGIONS`] and in the region's municipalities.
    pub region: usize,
    pub municipality: usize,
    pub occupation: Occupation,
    /// Multiplies how often the person falls ill; mean 1. Never how long: lengths depend on what can be observed.
    pub frailty: f64,
}

impl Person {
    pub(crate) fn birth_date(&self) -> NaiveDate {
        from_day_number(self.birth)
    }

    /// The personal number, 12 digits.
    pub(crate) fn number(&self) -> String {
        let born = self.birth_date();
        personal_number(born.year(), born.month(), born.day(), self.serial)
    }

    /// Whole years on a day.
    pub(crate) fn age_on(&self, day: i32) -> i32 {
        whole_years(self.birth_date(), from_day_number(day))
    }
}

/// Whole years from `born` to `day`.
pub(crate) fn whole_years(born: NaiveDate, day: NaiveDate) -> i32 {
    let before_birthday = (day.month(), day.day()) < (born.month(), born.day());
    day.year() - born.year() - i32::from(before_birthday)
}

/// Ages of residents: like Sweden's, flat to 70, falling to none at 100. Assumption, in rough agreement with SCB.
fn age_weight(age: f64) -> f64 {
    if age < 70.0 {
        1.0
    } else {
        ((100.0 - age) / 30.0).max(0.0)
    }
}

/// Share of residents aged 18–66 under [`age_weight`]: 49 of 70 + 30/2 = 85 weighted years.
pub(crate) const WORKING_SHARE: f64 = 49.0 / 85.0;

/// Draws residents by their index. Numbers are unique because residents are dealt out to birth days in order.
#[derive(Debug)]
pub(crate) struct Demography {
    seed: u64,
    people: u64,
    /// Day number of the first birth day.
    first: i32,
    /// Residents born before each birth day.
    before: Vec<u64>,
    /// For each of equal stretches of residents, the birth day of the first: where to search.
    guide: Vec<u32>,
    /// Multiplier of the permutation that scatters residents over birth days.
    step: u64,
    /// Birth numbers in use: from, how many, stride.
    serials: (u32, u32, u32),
    region_weights: Vec<f64>,
}

impl Demography {
    pub(crate) fn new(plan: &Plan) -> Self {
        let last = day_number(plan.end);
        let days = 36_525;
        let first = last - days + 1;
        let weights: Vec<f64> = (0..days)
            .map(|day| age_weight(f64::from(days - 1 - day) / 365.25))
            .collect();
        let total: f64 = weights.iter().sum();
        let mut sum = 0.0;
        let mut before = Vec::with_capacity(weights.len() + 1);
        for weight in &weights {
            before.push((sum / total * plan.people as f64).ceil() as u64);
            sum += weight;
        }
        before.push(plan.people);
        let most = before
            .windows(2)
            .map(|pair| pair[1] - pair[0])
            .max()
            .unwrap_or(0);
        // Birth numbers 980–999 are what Skatteverket gives its test numbers; larger worlds need them all.
        let serials = if most <= 20 {
            (980, 20, 7)
        } else {
            (0, 1000, 617)
        };
        let region_weights = REGIONS
            .iter()
            .map(|region| f64::from(region.thousands))
            .collect();
        let guide = guide(&before, plan.people);
        let step = coprime_step(plan.people);
        Self {
            seed: plan.seed,
            people: plan.people,
            first,
            before,
            guide,
            step,
            serials,
            region_weights,
        }
    }

    /// The birth day of the resident at `place` in order of birth.
    fn birth_day(&self, place: u64) -> usize {
        let stretch =
            (u128::from(place) * u128::from(STRETCHES) / u128::from(self.people)) as usize;
        let (from, to) = (
            self.guide[stretch] as usize,
            self.guide[stretch + 1] as usize + 1,
        );
        from + self.before[from..to].partition_point(|before| *before <= place) - 1
    }

    pub(crate) fn person(&self, index: u64) -> Person {
        let place = (u128::from(index) * u128::from(self.step) + u128::from(self.seed))
            % u128::from(self.people);
        let place = place as u64;
        let day = self.birth_day(place);
        let (from, count, stride) = self.serials;
        let nth = (place - self.before[day]) as u32;
        let shift = (mix(self.seed ^ day as u64) % u64::from(count)) as u32;
        let serial = from + (nth * stride + shift) % count;
        let sex = if serial % 2 == 1 {
            Sex::Man
        } else {
            Sex::Woman
        };
        let mut rng = Stream::new(self.seed, Purpose::Person, index);
        let region = rng.weighted(&self.region_weights);
        let towns = REGIONS[region].municipalities.len();
        let municipality = rng.weighted(&[0.5, 0.3, 0.2][..towns]);
        let occupation = match rng.weighted(&[0.86, 0.08, 0.02, 0.04]) {
            0 => Occupation::Employed,
            1 => Occupation::Jobseeker,
            2 => Occupation::ParentalLeave,
            _ => Occupation::Student,
        };
        // Mean: .4·.4 + .35·.9 + .2·1.6 + .05·4.1 = 1.
        let frailty = [0.4, 0.9, 1.6, 4.1][rng.weighted(&[0.4, 0.35, 0.2, 0.05])];
        Person {
            index,
            birth: self.first + day as i32,
            serial,
            sex,
            region,
            municipality,
            occupation,
            frailty,
        }
    }
}

/// Stretches of the guide.
const STRETCHES: u64 = 8_192;

fn guide(before: &[u64], people: u64) -> Vec<u32> {
    (0..=STRETCHES)
        .map(|stretch| {
            let place =
                (u128::from(stretch) * u128::from(people)).div_ceil(u128::from(STRETCHES)) as u64;
            let day = before.partition_point(|before| *before <= place) - 1;
            day.min(before.len() - 2) as u32
        })
        .collect()
}

/// A step near the golden section of `people` that shares no factor with it.
fn coprime_step(people: u64) -> u64 {
    let mut step = (people as f64 * 0.618_033_988_749_895) as u64 | 1;
    while gcd(step, people) != 1 {
        step += 2;
    }
    step
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::check_digit;
    use crate::plan::date;

    #[test]
    fn numbers_are_unique_valid_and_tell_sex_and_birth() {
        for people in [3_000, 700_000] {
            let demography = Demography::new(&Plan {
                people,
                ..Plan::default()
            });
            let mut seen = std::collections::HashSet::new();
            for index in 0..people {
                let person = demography.person(index);
                let number = person.number();
                let digits: Vec<u8> = number.bytes().map(|byte| byte - b'0').collect();
                assert_eq!(digits.len(), 12);
                assert_eq!(check_digit(digits[2..11].try_into().unwrap()), digits[11]);
                assert_eq!(digits[10] % 2 == 1, person.sex == Sex::Man);
                assert_eq!(
                    number[..8],
                    person.birth_date().format("%Y%m%d").to_string()
                );
                assert!(seen.insert(number), "a number twice among {people}");
            }
        }
    }

    #[test]
    fn whole_years_turn_on_the_birthday() {
        assert_eq!(whole_years(date(1980, 5, 2), date(2020, 5, 1)), 39);
        assert_eq!(whole_years(date(1980, 5, 2), date(2020, 5, 2)), 40);
    }

    #[test]
    fn half_are_women_and_58_per_cent_of_working_age() {
        let plan = Plan {
            people: 50_000,
            ..Plan::default()
        };
        let demography = Demography::new(&plan);
        let people: Vec<Person> = (0..plan.people)
            .map(|index| demography.person(index))
            .collect();
        let women = people
            .iter()
            .filter(|person| person.sex == Sex::Woman)
            .count() as f64
            / 50_000.0;
        assert!((women - 0.5).abs() < 0.02, "{women}");
        let last = day_number(plan.end);
        let working = people
            .iter()
            .filter(|person| (18..67).contains(&person.age_on(last)))
            .count() as f64
            / 50_000.0;
        assert!((working - WORKING_SHARE).abs() < 0.005, "{working}");
    }
}
