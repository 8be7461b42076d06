use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use chrono::{Datelike, NaiveDate};
use frisk_codes::{Icd10, Sex};
use frisk_ingest::normalize_hsa_id;
use frisk_warehouse::{Capacity, Population, Warehouse};
use serde_json::{Value, json};

use super::{
    access,
    case::Given,
    catalogue::Catalogue,
    documents, region_file,
    store::Store,
    values::{Row, number, text},
};

/// Places for calculations when they are allowed; the runner asks one question at a time.
const PLACES: usize = 1;

/// Everything that the steps of a case have made true. Source: the kit's §3 and §4.
#[derive(Debug)]
pub(super) struct World<'a> {
    pub(super) today: NaiveDate,
    pub(super) threshold: u32,
    pub(super) catalogue: Catalogue,
    store: Store,
    population: Population,
    /// Care units of each registered region, by care provider.
    regions: BTreeMap<String, BTreeSet<String>>,
    region_files: PathBuf,
    capacity: Capacity,
    icd10: &'a Icd10,
    rows: usize,
}

impl<'a> World<'a> {
    /// The state that every case starts from.
    pub(super) fn new(region_files: &Path, icd10: &'a Icd10) -> Self {
        Self {
            today: NaiveDate::from_ymd_opt(2015, 1, 1).unwrap_or_default(),
            threshold: 1,
            catalogue: Catalogue::new(),
            store: Store::new(),
            population: Population::new(),
            regions: BTreeMap::new(),
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
            "region_files" => self.regions.values_mut().for_each(BTreeSet::clear),
            // Nothing that the reports of sick cases show depends on these.
            "doctors" | "messages" | "sent_to_recipient" | "user_settings" | "process_messages" => {
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
        let register = self.catalogue.register();
        self.store.take(&document, &register, self.today)
    }

    /// Uploads a region's list of units; the status as the kit writes it. Source: the kit's §4.5.
    pub(super) fn upload(&mut self, user: &str, file: &str) -> Result<Value> {
        let provider = access::provider_of_user(user)
            .with_context(|| format!("the user {user:?} is not known"))?;
        let units = self.regions.entry(provider).or_default();
        match region_file::read(&self.region_files, file)? {
            Ok(listed) => {
                *units = listed;
                Ok(json!({"ok": true}))
            }
            Err(status) => Ok(status),
        }
    }

    /// Whether a care provider is registered as a region.
    pub(super) fn is_region(&self, care_provider: &str) -> bool {
        self.regions.contains_key(care_provider)
    }

    /// A warehouse of what has come in, with denominators, region lists and the gate for calculations.
    pub(super) fn warehouse(&self) -> Result<Warehouse> {
        let mut warehouse = self
            .store
            .warehouse(self.icd10, self.today)?
            .with_population(self.population.clone())
            .with_capacity(self.capacity.clone());
        for (provider, listed) in &self.regions {
            let known = listed.iter().filter(|unit| self.is_care_unit(unit));
            warehouse = warehouse.with_region_units(provider, known.cloned().collect());
        }
        Ok(warehouse)
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
