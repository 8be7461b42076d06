//! Settings: built-in defaults, then `frisk.toml`, then `FRISK_…`, then the command line.

use std::{net::SocketAddr, path::PathBuf};

use clap::Args;
use figment::{
    Figment,
    providers::{Env, Format, Serialized, Toml},
};
use serde::{Deserialize, Serialize};

/// All settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    /// Warehouse: a folder or object store URL.
    pub(crate) warehouse: String,
    /// SQLite file of vault, receipts and audit log.
    pub(crate) state: PathBuf,
    /// File with the installation's keys (see `docs/operations.md`).
    pub(crate) key: PathBuf,
    /// Folder of imported code lists, unit register and population.
    pub(crate) reference: PathBuf,
    /// Folder of models.
    pub(crate) models: PathBuf,
    /// Address that is served.
    pub(crate) bind: SocketAddr,
    /// Smallest count that open statistics show (1 shows all).
    pub(crate) threshold: u32,
    /// Documents a batch.
    pub(crate) batch: usize,
    /// Buckets of a new warehouse.
    pub(crate) buckets: u32,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            warehouse: "frisk-data/warehouse".into(),
            state: "frisk-data/state.sqlite".into(),
            key: "frisk-data/person.key".into(),
            reference: "frisk-data/reference".into(),
            models: "frisk-data/models".into(),
            bind: SocketAddr::from(([127, 0, 0, 1], 8080)),
            threshold: 5,
            batch: 5_000,
            buckets: 16,
        }
    }
}

/// Settings that any command takes on its line.
#[derive(Debug, Clone, Default, Args, Serialize)]
pub(crate) struct Overrides {
    /// Warehouse: a folder or object store URL.
    #[arg(long, global = true, value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    warehouse: Option<String>,
    /// SQLite file of vault, receipts and audit log.
    #[arg(long, global = true, value_name = "FILE")]
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<PathBuf>,
    /// File with the installation's keys.
    #[arg(long, global = true, value_name = "FILE")]
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<PathBuf>,
    /// Folder of imported code lists, unit register and population.
    #[arg(long, global = true, value_name = "DIR")]
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<PathBuf>,
    /// Folder of models.
    #[arg(long, global = true, value_name = "DIR")]
    #[serde(skip_serializing_if = "Option::is_none")]
    models: Option<PathBuf>,
}

impl Config {
    /// The settings in force.
    pub(crate) fn load(overrides: &Overrides) -> Result<Self, Box<figment::Error>> {
        Self::figment(overrides).extract().map_err(Box::new)
    }

    fn figment(overrides: &Overrides) -> Figment {
        Figment::from(Serialized::defaults(Self::default()))
            .merge(Toml::file("frisk.toml"))
            .merge(Env::prefixed("FRISK_").ignore(&["now", "log", "failpoint", "cache"]))
            .merge(Serialized::defaults(overrides))
    }

    /// Each setting, its value and where it came from.
    pub(crate) fn sources(overrides: &Overrides) -> Vec<(String, String, String)> {
        let figment = Self::figment(overrides);
        let Ok(serde_json::Value::Object(values)) =
            Self::load(overrides).map(|c| serde_json::to_value(c).unwrap_or_default())
        else {
            return Vec::new();
        };
        values
            .into_iter()
            .map(|(name, value)| {
                let source = figment
                    .find_metadata(&name)
                    .map_or_else(|| "default".to_owned(), |m| m.name.to_string());
                (name, value.to_string(), source)
            })
            .collect()
    }
}
