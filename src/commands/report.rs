use std::collections::BTreeSet;

use clap::ValueEnum;
use frisk_codes::{Icd10, Reference};
use frisk_warehouse::{
    Diagnosis, Filter, Month, Policy, Question, Scope, Snapshot, Tables, UnitDepth, View,
    Warehouse, export::Format,
};

use crate::{
    config::Config,
    output::{self, Failure},
    registers,
};

/// Arguments of `frisk report`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Name of the report, such as `sjukfall_totalt`; `list` names them all.
    name: String,
    /// Whose cases.
    #[arg(long, value_enum, default_value_t = LevelName::National)]
    level: LevelName,
    /// Two-digit region code, with `--level region`.
    #[arg(long)]
    region: Option<String>,
    /// HSA id of the care provider, with `--level unit`.
    #[arg(long)]
    care_provider: Option<String>,
    /// HSA ids of units, with `--level unit`; without them the whole care provider.
    #[arg(long, value_name = "HSAID")]
    unit: Vec<String>,
    /// First month; by default as the level and view have it.
    #[arg(long, value_name = "YYYY-MM")]
    from: Option<Month>,
    /// Last month.
    #[arg(long, value_name = "YYYY-MM")]
    to: Option<Month>,
    /// Series or cross-section; by default the first that the report has.
    #[arg(long, value_enum)]
    view: Option<ViewName>,
    /// Diagnosis to look into, or to compare: F00-F99, F40-F48, F43 or F438A; may be repeated.
    #[arg(long)]
    diagnosis: Vec<String>,
    /// Narrows what is counted: diagnosis=F43, age=16-20, length=15-30, type=LISJP or unit=HSAID; may be repeated.
    #[arg(long, value_name = "PART=CHOICE")]
    filter: Vec<String>,
    /// In reports by unit: the units below care units.
    #[arg(long)]
    sub_units: bool,
    /// Show doctors one by one in the report that hides them otherwise.
    #[arg(long)]
    show_doctors: bool,
    /// Snapshot to ask; the newest by default.
    #[arg(long)]
    snapshot: Option<String>,
    /// Shape of the answer: table, csv, json-stat or parquet.
    #[arg(long, default_value = "table")]
    format: String,
    /// Language of labels.
    #[arg(long, value_enum, default_value_t = LanguageName::Sv)]
    language: LanguageName,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LevelName {
    National,
    Region,
    Unit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ViewName {
    Series,
    Cross,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LanguageName {
    Sv,
    En,
}

pub(crate) fn run(args: &Args, config: &Config) -> Result<(), Failure> {
    if args.name == "list" {
        for info in frisk_warehouse::reports::catalogue() {
            output::line(&format!("{:<24} {}", info.slug, info.title.sv));
        }
        return Ok(());
    }
    let format: Format = args
        .format
        .parse()
        .map_err(Failure::usage::<frisk_warehouse::Error>)?;
    let tables = Tables::open(&config.warehouse)?;
    let snapshot = match &args.snapshot {
        Some(name) => Snapshot::named(&tables, name)?,
        None => Snapshot::newest(&tables)?,
    };
    let reference = Reference::open(&config.reference)?;
    let through = snapshot.data_through;
    let warehouse = Warehouse::load(&tables, snapshot, reference.icd10().into_owned())?
        .with_population(registers::population(&reference))
        .with_unit_names(registers::unit_names(&reference));
    let scope = scope(args, &warehouse)?;
    let view = view(args);
    let (first, last) = Question::default_range(scope.level(), view, through);
    let from = args.from.unwrap_or(first);
    let question = Question {
        filter: filter(args, warehouse.icd10())?,
        diagnoses: diagnoses(args, warehouse.icd10())?,
        depth: if args.sub_units {
            UnitDepth::SubUnits
        } else {
            UnitDepth::CareUnits
        },
        ..Question::new(&args.name, scope, view, from, args.to.unwrap_or(last))
    };
    let policy = Policy::for_question(&question, config.threshold, args.show_doctors);
    let table = warehouse.answer(&question, policy)?;
    let language = match args.language {
        LanguageName::Sv => frisk_codes::Language::Sv,
        LanguageName::En => frisk_codes::Language::En,
    };
    output::bytes(&format.write(&table, language)?)?;
    Ok(())
}

/// What is counted of all that the scope has.
fn filter(args: &Args, icd10: &Icd10) -> Result<Filter, Failure> {
    let mut filter = Filter::default();
    for chosen in &args.filter {
        let (part, choice) = chosen.split_once('=').ok_or_else(|| {
            Failure::usage(format!(
                "--filter {chosen}: expected PART=CHOICE, such as diagnosis=F43"
            ))
        })?;
        filter.narrow(part, choice, icd10).map_err(Failure::usage)?;
    }
    Ok(filter)
}

/// What the report is about.
fn diagnoses(args: &Args, icd10: &Icd10) -> Result<Vec<Diagnosis>, Failure> {
    let chosen = args.diagnosis.iter().flat_map(|ids| ids.split(','));
    let mut ids: Vec<&str> = chosen.collect();
    if ids.is_empty() {
        ids = frisk_warehouse::reports::usual_diagnoses(&args.name).to_vec();
    }
    let parse = |id: &str| Diagnosis::parse(id, icd10).map_err(Failure::usage);
    ids.into_iter().map(parse).collect()
}

/// Whose cases; a unit's care provider is looked up when it is not given.
fn scope(args: &Args, warehouse: &Warehouse) -> Result<Scope, Failure> {
    Ok(match args.level {
        LevelName::National => Scope::National,
        LevelName::Region => Scope::Region {
            region: args.region.clone().ok_or_else(|| {
                Failure::usage("--level region needs --region with a two-digit code, such as 12")
            })?,
        },
        LevelName::Unit => {
            let units: BTreeSet<String> = args
                .unit
                .iter()
                .map(|unit| frisk_ingest::normalize_hsa_id(unit))
                .collect();
            let care_provider = match (&args.care_provider, units.first()) {
                (Some(provider), _) => frisk_ingest::normalize_hsa_id(provider),
                (None, Some(unit)) => warehouse.care_provider_of(unit).ok_or_else(|| {
                    Failure::usage(format!("no certificate of unit {unit} in this snapshot"))
                })?,
                (None, None) => {
                    return Err(Failure::usage(
                        "--level unit needs --unit or --care-provider with an HSA id",
                    ));
                }
            };
            Scope::Units {
                care_provider,
                units,
            }
        }
    })
}

/// The view asked for, else the first that the report has.
fn view(args: &Args) -> View {
    match args.view {
        Some(ViewName::Series) => View::Series,
        Some(ViewName::Cross) => View::Cross,
        None => {
            let info = frisk_warehouse::reports::catalogue()
                .iter()
                .find(|info| info.slug == args.name);
            info.and_then(|info| info.views.first().copied())
                .unwrap_or(View::Series)
        }
    }
}
