use std::collections::{BTreeMap, BTreeSet};

use frisk_codes::Sex;
use frisk_ingest::{UnitRegister, UnitRow, normalize_hsa_id};
use frisk_warehouse::{DoctorProfile, UnitDirectory, UnitEntry};

use super::values::{Row, filled, flag, number, text};

/// The care providers that exist. Source: the kit's §5.
const PROVIDERS: [&str; 3] = ["fvg1", "fvg2", "fvg3"];
/// The care units that exist from the start, and their provider. Source: the kit's §5.
const UNITS: [(&str, &str); 5] = [
    ("enhet1", "fvg1"),
    ("enhet2", "fvg1"),
    ("enhet3", "fvg3"),
    ("enhet4", "fvg3"),
    ("enhet5", "fvg2"),
];
/// Stands for "no unit" in a row.
const NO_UNIT: &str = "UTANENHETSID";

/// A unit of the unit table: units that certificates have come from.
#[derive(Debug, Clone)]
pub(super) struct TableUnit {
    /// Upper-case id of the care unit, if it is a sub-unit.
    pub(super) parent: Option<String>,
    /// Name as the latest row gives it.
    name: String,
}

/// The catalogue of units (HSA) and the unit table, as certificate rows change them. Source: the kit's §4.1 and §5.
#[derive(Debug, Clone)]
pub(super) struct Catalogue {
    units: BTreeMap<String, UnitRow>,
    table: BTreeMap<String, TableUnit>,
    doctors: BTreeMap<String, Doctor>,
}

/// A doctor of the catalogue. Source: the kit's §4.2.
#[derive(Debug, Clone)]
pub(super) struct Doctor {
    pub(super) name: String,
    pub(super) profile: DoctorProfile,
}

impl Catalogue {
    /// The catalogue that every case starts with.
    pub(super) fn new() -> Self {
        let unit = |(unit, provider): &(&str, &str)| {
            let row = UnitRow {
                unit_id: (*unit).to_owned(),
                care_provider_id: (*provider).to_owned(),
                name: format!("Enhet {unit}"),
                ..UnitRow::default()
            };
            (normalize_hsa_id(unit), row)
        };
        Self {
            units: UNITS.iter().map(unit).collect(),
            table: BTreeMap::new(),
            doctors: BTreeMap::new(),
        }
    }

    /// Adds or replaces a doctor. Source: the kit's §4.2.
    pub(super) fn doctor(&mut self, row: &Row) {
        let or =
            |column: &str, default: &str| text(row, column).unwrap_or_else(|| default.to_owned());
        let name = match flag(row, "skyddad") {
            true => "Läkare med skyddad personuppgift".to_owned(),
            false => format!(
                "{} {}",
                or("förnamn", "Läkarförnamn"),
                or("efternamn", "Läkarefternamn")
            ),
        };
        let profile = DoctorProfile {
            sex: match or("kön", "UNKNOWN").as_str() {
                "MALE" => Sex::Man,
                "FEMALE" => Sex::Woman,
                _ => Sex::Unknown,
            },
            age: number(row, "ålder")
                .and_then(|age| age.try_into().ok())
                .unwrap_or_default(),
            positions: or("befattningar", "")
                .split(',')
                .filter_map(|code| code.trim().parse().ok())
                .collect(),
        };
        self.doctors
            .insert(normalize_hsa_id(&or("id", "")), Doctor { name, profile });
    }

    /// A doctor that the catalogue has, by id in any spelling.
    pub(super) fn known_doctor(&self, id: &str) -> Option<&Doctor> {
        self.doctors.get(&normalize_hsa_id(id))
    }

    /// Empties the unit table.
    pub(super) fn clear_table(&mut self) {
        self.table.clear();
    }

    /// What inserting a certificate row does to the catalogue and the unit table.
    pub(super) fn insert(&mut self, row: &Row) {
        let written = text(row, "enhet").unwrap_or_default();
        let id = normalize_hsa_id(&written);
        if id == NO_UNIT {
            return;
        }
        let parent = filled(row, "huvudenhet")
            .map(|parent| normalize_hsa_id(&parent))
            .filter(|parent| *parent != id);
        let provider = match parent.as_ref().and_then(|parent| self.units.get(parent)) {
            Some(parent) => parent.care_provider_id.clone(),
            None => provider_of(row),
        };
        let named = filled(row, "enhetsnamn");
        self.units.insert(
            id.clone(),
            UnitRow {
                unit_id: id.clone(),
                name: named.clone().unwrap_or_else(|| name_of(&written)),
                parent_id: parent.clone().unwrap_or_default(),
                care_provider_id: provider,
                county: text(row, "län").unwrap_or_else(|| "23".to_owned()),
                municipality: text(row, "kommun").unwrap_or_else(|| "80".to_owned()),
                ..UnitRow::default()
            },
        );
        if !id.starts_with("EJHSA") {
            let name = named.unwrap_or(written);
            self.table.insert(id, TableUnit { parent, name });
        }
    }

    /// The units that certificates are taken from, as they are now.
    pub(super) fn register(&self) -> UnitRegister {
        let exists = |id: &str| !id.starts_with("EJHSA") && !id.ends_with("-FINNS-EJ");
        let known = |row: &UnitRow| {
            let provider = normalize_hsa_id(&row.care_provider_id);
            PROVIDERS.iter().any(|p| normalize_hsa_id(p) == provider)
        };
        let rows = self
            .units
            .iter()
            .filter(|(id, row)| exists(id) && known(row));
        UnitRegister::from_rows(rows.map(|(_, row)| row.clone()))
    }

    /// The care provider that a unit belongs to: that of its latest certificate.
    pub(super) fn provider(&self, unit: &str) -> Option<String> {
        let unit = self.units.get(&normalize_hsa_id(unit))?;
        Some(normalize_hsa_id(&unit.care_provider_id))
    }

    /// A unit of the unit table.
    pub(super) fn table_unit(&self, unit: &str) -> Option<&TableUnit> {
        self.table.get(&normalize_hsa_id(unit))
    }

    /// Ids of the units in the unit table whose care unit is this one.
    pub(super) fn sub_units(&self, care_unit: &str) -> impl Iterator<Item = &String> {
        let parent = normalize_hsa_id(care_unit);
        let under = move |unit: &TableUnit| unit.parent.as_ref() == Some(&parent);
        self.table
            .iter()
            .filter(move |(_, unit)| under(unit))
            .map(|(id, _)| id)
    }

    /// The units of the unit table as the reports name them: by the unit table, but a reader's own care units by the
    /// catalogue. Source: the kit's §10.1.
    pub(super) fn directory(&self, own: &BTreeSet<String>) -> UnitDirectory {
        let table = self.table.iter().map(|(id, unit)| {
            let entry = UnitEntry {
                name: unit.name.clone(),
                parent: unit.parent.clone(),
                care_provider: self.provider(id).unwrap_or_default(),
            };
            (id.clone(), entry)
        });
        let own = own.iter().filter_map(|id| {
            let known = self.units.get(id)?;
            let in_table = self.table.get(id);
            if in_table.is_some_and(|unit| unit.parent.is_some()) {
                return None;
            }
            let entry = UnitEntry {
                name: known.name.clone(),
                parent: None,
                care_provider: self.provider(id).unwrap_or_default(),
            };
            Some((id.clone(), entry))
        });
        UnitDirectory::new(table.chain(own).collect::<Vec<_>>())
    }
}

/// The catalogue's name of a unit without a name of its own. Source: the kit's §4.1.
fn name_of(written: &str) -> String {
    let id: String = written
        .split_whitespace()
        .collect::<String>()
        .to_lowercase();
    match id.strip_prefix("vg1-") {
        Some(rest) => format!("Verksamhet {}", rest.rsplit('-').next().unwrap_or(rest)),
        None => format!("Enhet {id}"),
    }
}

/// The name of a care provider. Source: the kit's §5.
pub(super) fn provider_name(care_provider: &str) -> Option<String> {
    let place = PROVIDERS
        .iter()
        .position(|id| normalize_hsa_id(id) == care_provider)?;
    Some(format!("Fitnessetestvårdgivare{}", place + 1))
}

/// The care provider of a row: named, or by its unit.
pub(super) fn provider_of(row: &Row) -> String {
    filled(row, "vardgivare").unwrap_or_else(|| {
        let unit = text(row, "enhet").unwrap_or_default();
        let known = UNITS.iter().find(|(id, _)| *id == unit);
        // Only these are told apart by the original's fixture; any other unit is the first provider's.
        match known {
            Some((_, "fvg3")) => "fvg3",
            _ => "fvg1",
        }
        .to_owned()
    })
}
