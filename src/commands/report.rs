use std::collections::BTreeSet;

use clap::ValueEnum;
use frisk_codes::Reference;
use frisk_warehouse::{
    Month, Policy, Question, Scope, Snapshot, Tables, View, Warehouse, export::Format,
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
        .with_population(registers::population(&reference));
    let scope = scope(args, &warehouse)?;
    let view = view(args);
    let (first, last) = Question::default_range(scope.level(), view, through);
    let question = Question {
        report: args.name.clone(),
        view,
        from: args.from.unwrap_or(first),
        to: args.to.unwrap_or(last),
        scope,
    };
    let policy = Policy::for_scope(&question.scope, config.threshold);
    let table = warehouse.answer(&question, policy)?;
    let language = match args.language {
        LanguageName::Sv => frisk_codes::Language::Sv,
        LanguageName::En => frisk_codes::Language::En,
    };
    output::bytes(&format.write(&table, language)?)?;
    Ok(())
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
