use frisk_codes::Reference;
use frisk_state::StateStore;
use frisk_warehouse::{Intake, Snapshot, Table, Tables, rewrite::Rewrite};

use crate::{
    config::Config,
    key,
    output::{self, Failure},
    rewriting::Task,
    training,
};

/// Arguments of `frisk doctor`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// One JSON object a check.
    #[arg(long)]
    json: bool,
}

/// One thing looked at: what, whether it is well, what was found or what to do.
type Check = (&'static str, Result<String, String>);

pub(crate) fn run(args: &Args, config: &Config) -> Result<(), Failure> {
    let checks = [
        ("key", key_file(config)),
        ("state store", state(config)),
        ("reference data", reference(config)),
        ("warehouse", warehouse(config)),
        ("snapshot files", files(config)),
        ("model", model(config)),
    ];
    let mut ill = 0;
    for (name, found) in checks {
        ill += u32::from(found.is_err());
        output::line(&tell((name, found), args.json));
    }
    if ill > 0 {
        return Err(Failure::unmet(format!("{ill} of 6 checks did not pass")));
    }
    Ok(())
}

fn tell((name, found): Check, json: bool) -> String {
    let (well, text) = match found {
        Ok(text) => (true, text),
        Err(text) => (false, text),
    };
    if json {
        serde_json::json!({"check": name, "passed": well, "found": text}).to_string()
    } else {
        format!(
            "{} {name:<15} {text}",
            if well { "ok     " } else { "MISSING" }
        )
    }
}

fn key_file(config: &Config) -> Result<String, String> {
    use std::os::unix::fs::PermissionsExt;
    let path = &config.key;
    let about = std::fs::metadata(path).map_err(|_| {
        format!(
            "{} is not there; the first `frisk ingest` makes it",
            path.display()
        )
    })?;
    let mode = about.permissions().mode() & 0o777;
    if mode & 0o077 == 0 {
        Ok(format!("{}, readable by its owner alone", path.display()))
    } else {
        Err(format!(
            "{} has mode {mode:o}; chmod 600 it",
            path.display()
        ))
    }
}

fn state(config: &Config) -> Result<String, String> {
    if !config.state.exists() {
        return Err(format!(
            "{} is not there; the first `frisk ingest` makes it",
            config.state.display()
        ));
    }
    let store = key::open_store(config).map_err(|e| e.text())?;
    let receipts = store.receipts().map_err(|e| e.to_string())?;
    let audit = store.verify_audit().map_err(|e| e.to_string())?;
    Ok(format!(
        "{} receipts, {audit} audit rows, chain whole",
        receipts.len()
    ))
}

fn reference(config: &Config) -> Result<String, String> {
    let reference = Reference::open(&config.reference).map_err(|e| e.to_string())?;
    let missing: Vec<&str> = [
        (reference.units.is_empty(), "unit register"),
        (reference.population.is_empty(), "population"),
    ]
    .iter()
    .filter_map(|(missing, name)| missing.then_some(*name))
    .collect();
    if missing.is_empty() {
        Ok(format!(
            "{} lists, {} units",
            reference.versions.len(),
            reference.units.len()
        ))
    } else {
        Err(format!(
            "no {}; `frisk reference import DIR`",
            missing.join(", no ")
        ))
    }
}

fn warehouse(config: &Config) -> Result<String, String> {
    let tables = Tables::open(&config.warehouse).map_err(|e| e.to_string())?;
    let promised = Intake::new(&tables).promised().map_err(|e| e.to_string())?;
    if let Some(batch) = promised {
        return Err(format!(
            "batch {} was promised and not settled; run `frisk ingest` again",
            batch.number
        ));
    }
    let begun = Rewrite::<Task>::promised(&tables).map_err(|e| e.to_string())?;
    if let Some(rewrite) = begun {
        return Err(format!(
            "rewriting {} (erasure or change of keys) was begun and not ended; run `frisk vacuum` or any ingest",
            rewrite.number
        ));
    }
    let snapshot = Snapshot::newest(&tables).map_err(|e| e.to_string())?;
    Ok(format!(
        "{}, data through {}",
        snapshot.name, snapshot.data_through
    ))
}

/// Every file that the newest snapshot names is there, with its size.
fn files(config: &Config) -> Result<String, String> {
    let tables = Tables::open(&config.warehouse).map_err(|e| e.to_string())?;
    let snapshot = Snapshot::newest(&tables).map_err(|e| e.to_string())?;
    let mut count = 0;
    for &table in Table::ALL {
        let state = tables
            .state_in(table, &snapshot)
            .map_err(|e| e.to_string())?;
        for file in &state.files {
            count += 1;
            let path = std::path::Path::new(&config.warehouse)
                .join(table.name)
                .join(&file.path);
            let size = std::fs::metadata(&path).map(|m| m.len()).ok();
            if size.and_then(|s| i64::try_from(s).ok()) != Some(file.size) {
                return Err(format!("{} is missing or has another size", path.display()));
            }
        }
    }
    Ok(format!("{count} files, all there"))
}

fn model(config: &Config) -> Result<String, String> {
    match training::in_use(&config.models) {
        Ok(Some(artefact)) => artefact.hash().map_err(|e| e.to_string()),
        Ok(None) => Err("none in use; `frisk train` makes one".to_owned()),
        Err(_) => {
            Err("the model in use cannot be read or is not the one that was stored".to_owned())
        }
    }
}
