use std::collections::BTreeMap;
use std::path::Path;

use chrono::Datelike;
use frisk_codes::Sex;
use serde::Serialize;

use crate::Error;
use crate::person::Person;
use crate::plan::{Plan, date, day_number};
use crate::region::REGIONS;

/// Upper ages of the age groups of Intygsstatistik (`PEERS.md` §1.2); the last group is 66 and over.
const UPPER: [i32; 11] = [15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65];

/// A row of `population.csv`: residents on 31 December.
#[derive(Debug, Serialize)]
struct Row {
    year: i32,
    region: &'static str,
    municipality: &'static str,
    sex: &'static str,
    age_from: i32,
    /// Empty for the oldest group.
    age_to: Option<i32>,
    count: u64,
}

/// Counts residents by year, place, sex and age group.
pub(crate) struct Counts {
    /// Year and day number of its 31 December.
    years: Vec<(i32, i32)>,
    found: BTreeMap<(usize, usize, usize, i8, usize), u64>,
}

impl Counts {
    /// The last days of all calendar years of the world, and the one before its first.
    pub(crate) fn new(plan: &Plan) -> Self {
        let years = (plan.start().year() - 1..=plan.end.year())
            .map(|year| (year, day_number(date(year, 12, 31))));
        Self {
            years: years.collect(),
            found: BTreeMap::new(),
        }
    }

    pub(crate) fn add(&mut self, person: &Person) {
        for (place, (_, day)) in self.years.iter().enumerate() {
            if person.birth <= *day {
                let age = person.age_on(*day);
                let group = UPPER.iter().filter(|upper| age > **upper).count();
                let key = (
                    place,
                    person.region,
                    person.municipality,
                    person.sex.code(),
                    group,
                );
                *self.found.entry(key).or_default() += 1;
            }
        }
    }

    pub(crate) fn write(&self, path: &Path) -> Result<(), Error> {
        let mut writer = csv::Writer::from_path(path).map_err(Error::csv(path))?;
        for ((place, region, town, sex, group), residents) in &self.found {
            let row = Row {
                year: self.years[*place].0,
                region: REGIONS[*region].code,
                municipality: REGIONS[*region].municipalities[*town].0,
                sex: if Sex::from_code(*sex) == Sex::Woman {
                    "woman"
                } else {
                    "man"
                },
                age_from: if *group == 0 {
                    0
                } else {
                    UPPER[*group - 1] + 1
                },
                age_to: UPPER.get(*group).copied(),
                count: *residents,
            };
            writer.serialize(row).map_err(Error::csv(path))?;
        }
        writer.flush().map_err(Error::io(path))
    }
}
