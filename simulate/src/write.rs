use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use chrono::NaiveDate;
use rayon::prelude::*;
use serde::Serialize;

use crate::history::Case;
use crate::observation::{self, EndRow};
use crate::person::Person;
use crate::plan::{Plan, from_day_number};
use crate::population;
use crate::region::REGIONS;
use crate::truth::TruthRow;
use crate::world::{CHUNK, Life, World};
use crate::{Error, xml};

/// What was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Written {
    /// Documents in all: certificates, faulty ones among them, and revocations.
    pub documents: u64,
    /// Faulty documents.
    pub faulty: u64,
    /// Revocations.
    pub revocations: u64,
    /// Sick cases in the truth.
    pub cases: u64,
    /// Interventions.
    pub interventions: u64,
    /// Ends of observation.
    pub observation_ends: u64,
}

/// A row of `faults.csv`.
#[derive(Debug, Serialize)]
struct FaultRow {
    file: String,
    certificate_id: String,
    rule_family: &'static str,
    fault: String,
}

/// A row of `interventions.csv`.
#[derive(Debug, Serialize)]
struct InterventionRow {
    person_number: String,
    code: &'static str,
    date: NaiveDate,
    unit_id: String,
}

/// A row of `units.csv`.
#[derive(Debug, Serialize)]
struct UnitRow<'a> {
    unit_id: &'a str,
    name: &'a str,
    care_unit_id: &'a str,
    care_provider_id: &'a str,
    care_provider_name: &'a str,
    region: &'a str,
    municipality: &'a str,
}

/// All that comes of one life.
#[derive(Default)]
struct Told {
    files: Vec<(String, String)>,
    truth: Vec<TruthRow>,
    faults: Vec<FaultRow>,
    interventions: Vec<InterventionRow>,
    ends: Vec<EndRow>,
    revocations: u64,
}

/// Writes a world into `folder`: documents, registers, truth and the plan.
///
/// **Output**: `documents/YYYY-MM/<certificate-id>.xml` (month of arrival; `<certificate-id>-revoked.xml` for
/// revocations), `units.csv`, `population.csv`, `interventions.csv`,
/// `observation_ends.csv`, `truth.csv`, `faults.csv`, `plan.json`.
/// No file name holds a personal number. `progress` is called with people done and people in all.
///
/// # Errors
/// [`Error::Plan`] for a plan that cannot be; [`Error::Io`] or [`Error::Csv`] with the path that could not be written.
pub fn write(plan: &Plan, folder: &Path, progress: &dyn Fn(u64, u64)) -> Result<Written, Error> {
    let world = World::new(plan)?;
    fs::create_dir_all(folder.join("documents")).map_err(Error::io(folder))?;
    registers(&world, folder)?;
    let mut tables = Tables::open(folder)?;
    let mut population = population::Counts::new(plan);
    let months = Mutex::new(BTreeSet::new());
    let mut written = Written::default();
    let mut lots = world.lots();
    for from in (0..plan.people).step_by(CHUNK as usize) {
        let until = (from + CHUNK).min(plan.people);
        let lives = world.lives(from..until, true, &mut lots);
        lives.iter().for_each(|life| population.add(&life.person));
        let told: Result<Vec<Told>, Error> = lives
            .par_iter()
            .map(|life| tell(&world, life, folder, &months))
            .collect();
        for one in told? {
            tables.add(&one, &mut written)?;
        }
        progress(until, plan.people);
    }
    population.write(&folder.join("population.csv"))?;
    tables.close()?;
    Ok(written)
}

/// Makes and writes the documents of a life.
fn tell(
    world: &World,
    life: &Life,
    folder: &Path,
    months: &Mutex<BTreeSet<String>>,
) -> Result<Told, Error> {
    let told = make(world, life);
    for (name, text) in &told.files {
        let path = folder.join("documents").join(name);
        let month = &name[..7];
        let known = months
            .lock()
            .is_ok_and(|mut months| !months.insert(month.to_owned()));
        if !known {
            let parent = folder.join("documents").join(month);
            fs::create_dir_all(&parent).map_err(Error::io(&parent))?;
        }
        if let Err(first) = fs::write(&path, text) {
            // Another thread may have taken the month and not yet made its folder.
            let parent = folder.join("documents").join(month);
            fs::create_dir_all(&parent).map_err(Error::io(&parent))?;
            fs::write(&path, text).map_err(|_| Error::Io {
                path: path.clone(),
                source: first,
            })?;
        }
    }
    Ok(told)
}

fn make(world: &World, life: &Life) -> Told {
    let (papers, truth) = world.told(life);
    let mut told = Told {
        truth,
        ..Told::default()
    };
    for draft in papers.iter().flat_map(|paper| &paper.drafts) {
        let certificate = &draft.certificate;
        let sent = certificate.sent_at.unwrap_or(certificate.signed_at);
        let name = format!("{}/{}.xml", sent.format("%Y-%m"), certificate.id);
        if let Some(fault) = draft.fault {
            told.faults.push(FaultRow {
                file: name.clone(),
                certificate_id: certificate.id.clone(),
                rule_family: fault.rule_family(),
                fault: format!("{fault:?}"),
            });
        }
        told.files.push((name, xml::register(draft)));
        if let (Some(revoked_at), Some(text)) = (draft.revoked_at, xml::revoke(draft)) {
            told.files.push((
                format!(
                    "{}/{}-revoked.xml",
                    revoked_at.format("%Y-%m"),
                    certificate.id
                ),
                text,
            ));
            told.revocations += 1;
        }
    }
    told.interventions = life
        .cases
        .iter()
        .filter_map(|case| intervention(world, &life.person, case))
        .collect();
    told.ends = observation::ends(&world.plan, life);
    told
}

/// The intervention of a case, if it took place in the world: sick-leave coordination (GC001), or by
/// diagnosis a rehabilitation measure. KVÅ codes as in the issue: GC001, DV077, AW026.
fn intervention(world: &World, person: &Person, case: &Case) -> Option<InterventionRow> {
    let day = case.day(case.treated()?);
    let date = from_day_number(day);
    let code = ["GC001", "DV077", "AW026"]
        [(crate::rng::mix(person.index ^ case.start as u64) % 3) as usize];
    (date <= world.plan.end).then(|| InterventionRow {
        person_number: person.number(),
        code,
        date,
        unit_id: world.care.units[case.unit].unit_id.clone(),
    })
}

fn registers(world: &World, folder: &Path) -> Result<(), Error> {
    let path = folder.join("plan.json");
    fs::write(&path, serde_json::to_string_pretty(&world.plan)?).map_err(Error::io(&path))?;
    let path = folder.join("units.csv");
    let mut writer = csv::Writer::from_path(&path).map_err(Error::csv(&path))?;
    for unit in &world.care.units {
        let provider = &world.care.providers[unit.provider];
        let row = UnitRow {
            unit_id: &unit.unit_id,
            name: &unit.name,
            care_unit_id: &unit.care_unit_id,
            care_provider_id: &provider.id,
            care_provider_name: &provider.name,
            region: REGIONS[unit.region].code,
            municipality: unit.municipality,
        };
        writer.serialize(row).map_err(Error::csv(&path))?;
    }
    writer.flush().map_err(Error::io(&path))
}

/// The CSV files that grow with the people.
struct Tables {
    truth: Table,
    faults: Table,
    interventions: Table,
    ends: Table,
}

struct Table {
    path: PathBuf,
    writer: csv::Writer<fs::File>,
}

impl Table {
    /// A table with its header, so that an empty one can be read too.
    fn open(folder: &Path, name: &str, header: &[&str]) -> Result<Self, Error> {
        let path = folder.join(name);
        let mut builder = csv::WriterBuilder::new();
        let mut writer = builder
            .has_headers(false)
            .from_path(&path)
            .map_err(Error::csv(&path))?;
        writer.write_record(header).map_err(Error::csv(&path))?;
        Ok(Self { path, writer })
    }

    fn add(&mut self, row: &impl Serialize) -> Result<(), Error> {
        self.writer.serialize(row).map_err(Error::csv(&self.path))
    }
}

impl Tables {
    fn open(folder: &Path) -> Result<Self, Error> {
        let truth = [
            "first_certificate_id",
            "care_provider_id",
            "start_date",
            "length_days",
            "documented_days",
            "censored",
            "diagnosis",
            "p_beyond_30",
            "p_beyond_60",
            "p_beyond_90",
            "p_beyond_180",
            "p_beyond_365",
            "treated",
            "treated_day",
            "length_untreated_days",
            "length_treated_days",
            "p_known_30",
            "p_known_60",
            "p_known_90",
            "p_known_180",
            "p_known_365",
        ];
        Ok(Self {
            truth: Table::open(folder, "truth.csv", &truth)?,
            faults: Table::open(
                folder,
                "faults.csv",
                &["file", "certificate_id", "rule_family", "fault"],
            )?,
            interventions: Table::open(
                folder,
                "interventions.csv",
                &["person_number", "code", "date", "unit_id"],
            )?,
            ends: Table::open(
                folder,
                "observation_ends.csv",
                &["person_number", "kind", "date", "known_date"],
            )?,
        })
    }

    fn add(&mut self, told: &Told, written: &mut Written) -> Result<(), Error> {
        written.documents += told.files.len() as u64;
        written.faulty += told.faults.len() as u64;
        written.revocations += told.revocations;
        written.cases += told.truth.len() as u64;
        written.interventions += told.interventions.len() as u64;
        written.observation_ends += told.ends.len() as u64;
        told.truth.iter().try_for_each(|row| self.truth.add(row))?;
        told.faults
            .iter()
            .try_for_each(|row| self.faults.add(row))?;
        told.interventions
            .iter()
            .try_for_each(|row| self.interventions.add(row))?;
        told.ends.iter().try_for_each(|row| self.ends.add(row))
    }

    fn close(self) -> Result<(), Error> {
        for mut table in [self.truth, self.faults, self.interventions, self.ends] {
            table.writer.flush().map_err(Error::io(&table.path))?;
        }
        Ok(())
    }
}
