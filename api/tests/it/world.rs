//! An invented Sweden, small enough to count by hand or large enough to look at.

use std::{collections::BTreeMap, error::Error, net::SocketAddr, sync::Arc};

use arrow::{
    array::{Float64Array, Int32Array, RecordBatch, StringArray},
    datatypes::{DataType, Field, Schema},
};
use chrono::{NaiveDate, TimeZone, Utc};
use frisk_api::{
    App, CaseFeatures, Cases, DemoSecret, Estimate, Input, InputKind, Reason, RiskModel, Settings,
    UnitInfo,
};
use frisk_codes::Icd10;
use frisk_state::{SqliteStore, StateStore};
use frisk_warehouse::{Fact, Facts, Names, Snapshot, Warehouse};

/// A demo secret for tests.
pub(crate) const SECRET: &[u8] = b"a demo secret for tests only";

/// The units of the small world: two of one care provider, one of another.
pub(crate) fn units() -> Vec<UnitInfo> {
    let unit = |unit_id: &str, name: &str, provider: &str, region: &str| UnitInfo {
        unit_id: unit_id.to_owned(),
        name: name.to_owned(),
        care_provider_id: provider.to_owned(),
        region: region.to_owned(),
    };
    vec![
        unit("SE1-A", "Storängens vårdcentral", "SE1", "01"),
        unit("SE1-B", "Lillåns vårdcentral", "SE1", "01"),
        unit("SE2-C", "Havsbandets hälsocentral", "SE2", "12"),
    ]
}

/// Days since 1970-01-01.
pub(crate) fn day(year: i32, month: u32, day: u32) -> i32 {
    NaiveDate::from_ymd_opt(year, month, day).map_or(0, |d| d.to_epoch_days())
}

/// One period of a person in January 2025 at the numbered unit.
fn fact(person: i64, unit: u32, sex: u8) -> Fact {
    Fact {
        person,
        arrival: person,
        start: day(2025, 1, 10),
        end: day(2025, 1, 24),
        provider: if unit == 2 { 1 } else { 0 },
        care_unit: unit,
        unit,
        doctor: 0,
        diagnosis: 1,
        age: 44,
        region: if unit == 2 { 12 } else { 1 },
        degree: 100,
        sex,
    }
}

/// January 2025: at SE1-A seven women and five men, at SE1-B two women, at SE2-C four women. Data through 2025-06-30.
pub(crate) fn small_warehouse() -> Warehouse {
    let people = [(7, 0, 2), (5, 0, 1), (2, 1, 2), (4, 2, 2)];
    let mut facts = Facts::default();
    let mut person = 0;
    for (count, unit, sex) in people {
        for _ in 0..count {
            person += 1;
            facts.facts.push(fact(person, unit, sex));
        }
    }
    facts.sort();
    Warehouse::in_memory(
        snapshot("000001-small"),
        vec![facts],
        names(&units()),
        Icd10::builtin(),
    )
}

pub(crate) fn snapshot(name: &str) -> Snapshot {
    Snapshot {
        name: name.to_owned(),
        tables: BTreeMap::new(),
        data_through: NaiveDate::from_ymd_opt(2025, 6, 30).unwrap_or_default(),
    }
}

pub(crate) fn names(units: &[UnitInfo]) -> Names {
    let mut providers: Vec<String> = units.iter().map(|u| u.care_provider_id.clone()).collect();
    providers.dedup();
    Names {
        providers,
        units: units.iter().map(|u| u.unit_id.clone()).collect(),
        doctors: vec!["D1".to_owned()],
        diagnoses: [
            "", "F43", "M54", "F32", "J06", "S82", "G43", "O26", "R53", "C50", "I21", "K52",
        ]
        .map(str::to_owned)
        .to_vec(),
    }
}

/// Cases by id: `case-a` at SE1-A, `case-c` at SE2-C.
#[derive(Debug)]
pub(crate) struct FewCases(pub(crate) Vec<UnitInfo>);

impl Cases for FewCases {
    fn features(
        &self,
        case_id: &str,
    ) -> Result<Option<CaseFeatures>, Box<dyn Error + Send + Sync>> {
        let (unit, provider) = match case_id {
            "case-a" => ("SE1-A", "SE1"),
            "case-c" => ("SE2-C", "SE2"),
            "case-broken" => return Err("the file /secret/path is broken".into()),
            _ => return Ok(None),
        };
        Ok(Some(CaseFeatures {
            unit_id: unit.to_owned(),
            care_provider_id: provider.to_owned(),
            batch: batch(case_id)?,
            as_of_day: 15,
        }))
    }

    fn units(&self) -> Vec<UnitInfo> {
        self.0.clone()
    }
}

fn batch(case_id: &str) -> Result<RecordBatch, arrow::error::ArrowError> {
    let schema = Schema::new(vec![
        Field::new("case_id", DataType::Utf8, false),
        Field::new("as_of_day", DataType::Int32, false),
        Field::new("diagnosis", DataType::Utf8, true),
        Field::new("age", DataType::Float64, true),
    ]);
    RecordBatch::try_new(
        Arc::new(schema),
        vec![
            Arc::new(StringArray::from(vec![case_id])),
            Arc::new(Int32Array::from(vec![15])),
            Arc::new(StringArray::from(vec!["F43"])),
            Arc::new(Float64Array::from(vec![44.0])),
        ],
    )
}

/// A model whose curve falls by half each 60 days after day 15; older people stay a little longer.
#[derive(Debug)]
pub(crate) struct HalvingModel;

impl RiskModel for HalvingModel {
    fn hash(&self) -> &str {
        "halving-model"
    }

    fn as_of_day(&self) -> u32 {
        15
    }

    fn inputs(&self) -> Vec<Input> {
        let input = |name: &str, kind| Input {
            name: name.to_owned(),
            kind,
        };
        vec![
            input("diagnosis", InputKind::Text),
            input("age", InputKind::Number),
            input("degree_now", InputKind::Text),
        ]
    }

    fn estimate(&self, batch: &RecordBatch) -> Result<Vec<Estimate>, String> {
        let ids = batch.column_by_name("case_id").ok_or("no case_id")?;
        let ids = ids
            .as_any()
            .downcast_ref::<StringArray>()
            .ok_or("case_id is not text")?;
        let ages = batch.column_by_name("age").ok_or("no age")?;
        let ages = ages
            .as_any()
            .downcast_ref::<Float64Array>()
            .ok_or("age is no number")?;
        let curve = |slower: f64| {
            let days = [22_u32, 30, 45, 60, 90, 120, 180, 240, 300, 365];
            days.map(|d| (d, 0.5_f64.powf((f64::from(d) - 15.0) / (60.0 * slower))))
                .to_vec()
        };
        let estimate = |(id, age): (Option<&str>, Option<f64>)| Estimate {
            case_id: id.unwrap_or_default().to_owned(),
            curve: curve(1.0 + age.unwrap_or(40.0) / 100.0),
            reference_group: "F43".to_owned(),
            reference_curve: curve(1.0),
            reasons: vec![
                reason("age", &format!("{} år", age.unwrap_or_default()), 0.14),
                reason("prior_days_365", "0", -0.06),
                reason("degree_now", "100", 0.04),
            ],
            unlike: Vec::new(),
        };
        Ok(ids.iter().zip(ages.iter()).map(estimate).collect())
    }
}

fn reason(feature: &str, value: &str, step: f64) -> Reason {
    Reason {
        feature: feature.to_owned(),
        value: value.to_owned(),
        step,
    }
}

/// Settings on loopback with demo identities.
pub(crate) fn settings() -> Settings {
    Settings {
        demo: Some(DemoSecret::new(SECRET)),
        synthetic: true,
        ..Settings::new(SocketAddr::from(([127, 0, 0, 1], 0)))
    }
}

/// The small world as a service, and its state store.
pub(crate) fn small() -> (App, Arc<SqliteStore>) {
    let store = Arc::new(SqliteStore::in_memory().expect("SQLite starts"));
    let app = App {
        warehouse: Arc::new(small_warehouse()),
        artefact: Some(Arc::new(HalvingModel)),
        cases: Arc::new(FewCases(units())),
        store: Arc::<SqliteStore>::clone(&store) as Arc<dyn StateStore>,
        clock: Arc::new(|| {
            Utc.timestamp_opt(1_751_500_000, 0)
                .single()
                .unwrap_or_default()
        }),
        settings: settings(),
    };
    (app, store)
}
