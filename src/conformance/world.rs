use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, Result, bail};
use chrono::{Datelike, NaiveDate};
use frisk_codes::{Icd10, Sex};
use frisk_ingest::normalize_hsa_id;
use frisk_warehouse::{Capacity, Population, RegionList, Warehouse};
use serde_json::{Value, json};

use super::{
    access,
    case::Given,
    catalogue::Catalogue,
    documents, region_file,
    store::Store,
    values::{Row, flag, number, text},
};

/// Places for calculations when they are allowed; the runner asks one question at a time.
const PLACES: usize = 1;

/// A region's list of units and the day of its upload; a region without a list is registered all the same.
#[derive(Debug, Clone, Default)]
struct Upload {
    list: RegionList,
    day: Option<NaiveDate>,
}

/// Everything that the steps of a case have made true. Source: the kit's §3 and §4.
#[derive(Debug)]
pub(super) struct World<'a> {
    pub(super) today: NaiveDate,
    pub(super) threshold: u32,
    pub(super) catalogue: Catalogue,
    store: Store,
    population: Population,
    /// The list of each registered region, by care provider.
    regions: BTreeMap<String, Upload>,
    /// Users who have asked to see doctors one by one.
    doctor_readers: BTreeSet<String>,
    /// What has come in, as of the latest [`Self::load`].
    loaded: Option<Warehouse>,
    region_files: PathBuf,
    capacity: Capacity,
    icd10: &'a Arc<Icd10>,
    rows: usize,
}

impl<'a> World<'a> {
    /// The state that every case starts from.
    pub(super) fn new(region_files: &Path, icd10: &'a Arc<Icd10>) -> Self {
        Self {
            today: NaiveDate::from_ymd_opt(2015, 1, 1).unwrap_or_default(),
            threshold: 1,
            catalogue: Catalogue::new(),
            store: Store::new(),
            population: Population::new(),
            regions: BTreeMap::new(),
            doctor_readers: BTreeSet::new(),
            loaded: None,
            region_files: region_files.to_owned(),
            capacity: Capacity::new(PLACES),
            icd10,
            rows: 0,
        }
    }

    /// Makes a given step true.
    pub(super) fn give(&mut self, step: &Given) -> Result<()> {
        match step.given.as_str() {
            "today" => self.today = step.date.context("a date is missing")?,
            "threshold" => {
                let value = step.value.as_ref().and_then(Value::as_u64);
                self.threshold = u32::try_from(value.context("a value is missing")?)?;
            }
            "clear" => self.clear(),
            "certificates" => {
                if step.replace {
                    self.clear();
                }
                for row in &step.rows {
                    self.certificate(row)?;
                }
            }
            "population" => self.population = population(&step.rows)?,
            "block_calculation" => {
                let blocked = step
                    .value
                    .as_ref()
                    .and_then(Value::as_bool)
                    .unwrap_or_default();
                self.capacity.set_limit(if blocked { 0 } else { PLACES });
            }
            // Uploads are steps with expectations: see `upload`.
            "region_files" => self
                .regions
                .values_mut()
                .for_each(|upload| *upload = Upload::default()),
            "doctors" => step.rows.iter().for_each(|row| self.catalogue.doctor(row)),
            "user_settings" => step.rows.iter().for_each(|row| self.setting(row)),
            "messages" => {
                for row in &step.rows {
                    self.rows += 1;
                    self.store
                        .queue(documents::message(row, self.rows, self.today));
                }
                self.store.deliver(&self.catalogue, self.today)?;
            }
            "sent_to_recipient" => {
                for row in &step.rows {
                    self.rows += 1;
                    let document = documents::sent(row, self.rows, self.today);
                    self.store.take(&document, &self.catalogue, self.today)?;
                }
            }
            "process_messages" => {
                for _ in 0..step.times {
                    self.store.deliver(&self.catalogue, self.today)?;
                }
            }
            other => bail!("the given step {other:?} is not known"),
        }
        Ok(())
    }

    fn clear(&mut self) {
        self.store.clear();
        self.catalogue.clear_table();
    }

    fn certificate(&mut self, row: &Row) -> Result<()> {
        self.rows += 1;
        self.catalogue.insert(row);
        let document = documents::of(row, self.rows, self.today);
        self.store.take(&document, &self.catalogue, self.today)
    }

    fn setting(&mut self, row: &Row) {
        let user = text(row, "användare").unwrap_or_default();
        match flag(row, "visa läkarrapporten") {
            true => self.doctor_readers.insert(user),
            false => self.doctor_readers.remove(&user),
        };
    }

    /// Whether a user has asked to see doctors one by one.
    pub(super) fn sees_doctors(&self, user: &str) -> bool {
        self.doctor_readers.contains(user)
    }

    /// Whether any certificate has come.
    pub(super) fn has_certificates(&self) -> bool {
        self.store.has_certificates()
    }

    pub(super) fn icd10(&self) -> &Icd10 {
        self.icd10
    }

    /// Uploads a region's list of units; the status as the kit writes it. Source: the kit's §4.5.
    pub(super) fn upload(&mut self, user: &str, file: &str) -> Result<Value> {
        let provider = access::provider_of_user(user)
            .with_context(|| format!("the user {user:?} is not known"))?;
        let today = self.today;
        let upload = self.regions.entry(provider).or_default();
        match region_file::read(&self.region_files, file)? {
            Ok(list) => {
                *upload = Upload {
                    list,
                    day: Some(today),
                };
                Ok(json!({"ok": true}))
            }
            Err(status) => Ok(status),
        }
    }

    /// The day on which a region's list was uploaded, ISO 8601.
    pub(super) fn uploaded(&self, care_provider: &str) -> Option<String> {
        let day = self.regions.get(care_provider)?.day?;
        Some(day.to_string())
    }

    /// Whether a care provider is registered as a region.
    pub(super) fn is_region(&self, care_provider: &str) -> bool {
        self.regions.contains_key(care_provider)
    }

    /// Makes a warehouse of what has come in, with denominators, region lists and the gate for calculations.
    pub(super) fn load(&mut self) -> Result<()> {
        let mut warehouse = self
            .store
            .warehouse(self.icd10, self.today)?
            .with_population(self.population.clone())
            .with_capacity(self.capacity.clone());
        for (provider, upload) in &self.regions {
            let known = upload.list.only(|unit| self.is_care_unit(unit));
            warehouse = warehouse.with_region_list(provider, known);
        }
        self.loaded = Some(warehouse);
        Ok(())
    }

    /// The loaded warehouse, with units named as a reader with these own care units knows them.
    pub(super) fn warehouse(&self, own: &BTreeSet<String>) -> Result<Warehouse> {
        let loaded = self.loaded.clone().context("nothing is loaded yet")?;
        Ok(loaded.with_units(self.catalogue.directory(own)))
    }

    /// Whether the unit table has the unit as a care unit.
    fn is_care_unit(&self, unit: &str) -> bool {
        let known = self.catalogue.table_unit(unit);
        known.is_some_and(|unit| unit.parent.is_none())
    }
}

/// Inhabitants by region; only figures of 31 December are ever used. Source: the kit's §4.6.
fn population(rows: &[Row]) -> Result<Population> {
    let mut population = Population::new();
    for row in rows {
        let date: NaiveDate = text(row, "datum").context("datum is missing")?.parse()?;
        if (date.month(), date.day()) != (12, 31) {
            continue;
        }
        let region = text(row, "länkod").context("länkod is missing")?;
        let region = format!("{:0>2}", normalize_hsa_id(&region));
        for (column, sex) in [("kvinnor", Sex::Woman), ("män", Sex::Man)] {
            let count = number(row, column).unwrap_or_default();
            population.set(
                date.year(),
                &region,
                sex,
                u64::try_from(count).unwrap_or_default(),
            );
        }
    }
    Ok(population)
}
