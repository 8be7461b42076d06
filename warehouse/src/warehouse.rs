use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, OnceLock},
};

use chrono::NaiveDate;

use crate::{
    Capacity, Certificates, Doctors, Error, Facts, Month, Names, Parity, Population, RegionList,
    Snapshot, Tables, UnitDirectory, load,
};

/// The periods of one snapshot in memory, ready to be asked.
#[derive(Debug, Clone)]
pub struct Warehouse {
    pub(crate) snapshot: Snapshot,
    pub(crate) buckets: Vec<Facts>,
    pub(crate) names: Names,
    pub(crate) icd10: Arc<frisk_codes::Icd10>,
    pub(crate) population: Population,
    pub(crate) region_lists: BTreeMap<String, RegionList>,
    pub(crate) units: UnitDirectory,
    pub(crate) doctors: Doctors,
    pub(crate) certificates: Certificates,
    pub(crate) parity: Parity,
    pub(crate) births: HashMap<i64, NaiveDate>,
    pub(crate) capacity: Capacity,
    first_month: OnceLock<Month>,
}

impl Warehouse {
    /// A warehouse of periods that are already in memory, sorted as [`Facts`] demands.
    #[must_use]
    pub fn in_memory(
        snapshot: Snapshot,
        buckets: Vec<Facts>,
        names: Names,
        icd10: impl Into<Arc<frisk_codes::Icd10>>,
    ) -> Self {
        let units = UnitDirectory::of_facts(&buckets, &names);
        Self {
            snapshot,
            buckets,
            names,
            icd10: icd10.into(),
            population: Population::new(),
            region_lists: BTreeMap::new(),
            units,
            doctors: Doctors::new(),
            certificates: Certificates::default(),
            parity: Parity::default(),
            births: HashMap::new(),
            capacity: Capacity::default(),
            first_month: OnceLock::new(),
        }
    }

    /// The active periods of a snapshot, its certificates and messages, read from its tables.
    ///
    /// # Errors
    /// When a table is missing or has another shape.
    pub fn load(
        tables: &Tables,
        snapshot: Snapshot,
        icd10: frisk_codes::Icd10,
    ) -> Result<Self, Error> {
        let (buckets, mut texts) = load::facts(tables, &snapshot)?;
        let certificates = crate::certificates::stored(tables, &snapshot, &mut texts)?;
        let names = texts.into_names();
        Ok(Self::in_memory(snapshot, buckets, names, icd10).with_certificates(certificates))
    }

    /// The care provider whose certificates a unit or care unit wrote last; `None` when it wrote none.
    #[must_use]
    pub fn care_provider_of(&self, unit: &str) -> Option<String> {
        let number = self.names.units.iter().position(|u| u == unit)?;
        let number = u32::try_from(number).ok()?;
        let facts = self.buckets.iter().flat_map(|bucket| &bucket.facts);
        let last = facts
            .filter(|f| f.unit == number || f.care_unit == number)
            .max_by_key(|f| f.arrival)?;
        self.names.providers.get(last.provider as usize).cloned()
    }

    /// With inhabitants as denominators.
    #[must_use]
    pub fn with_population(mut self, population: Population) -> Self {
        self.population = population;
        self
    }

    /// With a region's own list of care units and their listed patients, whatever region the units lie in; without a
    /// list a region is the care units whose periods carry its code.
    ///
    /// Source: `PEERS.md` §1.8.
    #[must_use]
    pub fn with_region_list(mut self, region: &str, list: RegionList) -> Self {
        self.region_lists.insert(region.to_owned(), list);
        self
    }

    /// With names and places of units; without, those of the periods.
    #[must_use]
    pub fn with_units(mut self, units: UnitDirectory) -> Self {
        self.units = units;
        self
    }

    /// With the names that a register gives to units by HSA id, upper case.
    #[must_use]
    pub fn with_unit_names<'n>(
        mut self,
        names: impl IntoIterator<Item = (&'n str, &'n str)>,
    ) -> Self {
        self.units = self.units.named(names);
        self
    }

    /// With what a register knows of doctors.
    #[must_use]
    pub fn with_doctors(mut self, doctors: Doctors) -> Self {
        self.doctors = doctors;
        self
    }

    /// With certificates of all types and the messages about them.
    #[must_use]
    pub fn with_certificates(mut self, certificates: Certificates) -> Self {
        self.certificates = certificates;
        self
    }

    /// With birth dates by person key, from the vault, for extracts that need ages to the day.
    #[must_use]
    pub fn with_births(mut self, births: HashMap<i64, NaiveDate>) -> Self {
        self.births = births;
        self
    }

    /// With the peer's rules also where they are errors, or without.
    #[must_use]
    pub fn with_parity(mut self, parity: Parity) -> Self {
        self.parity = parity;
        self
    }

    /// With a gate for how many questions are counted at once.
    #[must_use]
    pub fn with_capacity(mut self, capacity: Capacity) -> Self {
        self.capacity = capacity;
        self
    }

    /// The snapshot that answers are made from.
    #[must_use]
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// The first month that can be asked for: that of the earliest period, not before October 2013; without periods the
    /// month through which the data reach.
    ///
    /// Source: `PEERS.md` §1.4 (reports start 2013-10-01 at the earliest).
    #[must_use]
    pub fn first_month(&self) -> Month {
        *self.first_month.get_or_init(|| {
            let starts = self.buckets.iter().flat_map(|bucket| &bucket.facts);
            let last = self.snapshot.data_through;
            let earliest = starts.map(|fact| fact.start).min();
            let day = earliest
                .and_then(NaiveDate::from_epoch_days)
                .unwrap_or(last);
            let floor = NaiveDate::from_ymd_opt(2013, 10, 1).unwrap_or(last);
            Month::of(day.clamp(floor.min(last), last))
        })
    }

    /// The periods, by bucket of persons.
    #[must_use]
    pub fn buckets(&self) -> &[Facts] {
        &self.buckets
    }

    /// The texts behind the numbers of the periods.
    #[must_use]
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// The classification that diagnoses are looked up in.
    #[must_use]
    pub fn icd10(&self) -> &frisk_codes::Icd10 {
        &self.icd10
    }
}
