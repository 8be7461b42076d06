use std::collections::BTreeSet;

use clap::ValueEnum;
use frisk_state::{AuditRow, SqliteStore, StateStore};
use frisk_warehouse::{Tables, Traces, rewrite::Rewrite, vacuum};
use serde_json::{Value, json};

use crate::{
    clock,
    config::Config,
    extract_text,
    key::{self, Keys},
    output::{self, Failure},
    person::{self, Person},
    rewriting::{self, Task, rotation},
};

/// Arguments of `frisk extract`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Whom: `-` for a personal number on standard input, or a person key.
    #[arg(value_parser = person::parse, allow_negative_numbers = true)]
    person: Person,
    /// For machines, or for the person: in Swedish, with an explanation of each field.
    #[arg(long, value_enum, default_value_t = Format::Json)]
    format: Format,
    /// Why, for the audit log; no personal number, no name.
    #[arg(long, default_value = "GDPR art. 15")]
    reason: String,
    /// The same as `--format json`.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One JSON object.
    Json,
    /// A page.
    Html,
    /// Plain text.
    Text,
}

pub(crate) fn run(args: &Args, config: &Config) -> Result<(), Failure> {
    let keys = Keys::load_or_create(&config.key)?;
    let person = args.person.key(&keys)?;
    let tables = Tables::open(&config.warehouse)?;
    if Rewrite::<Task>::promised(&tables)?.is_some() {
        return Err(Failure::unmet(
            "an erasure or a change of keys was begun and not ended; run it again first",
        ));
    }
    let store = key::open_store(config)?;
    let extract = extract(&tables, &store, (&keys, person))?;
    // Written first: without a row in the log there is no extract.
    let mark = extract["person"]["mark_in_audit_log"].as_str();
    let entry = rewriting::entry("extract_person", mark.unwrap_or("-"), &args.reason);
    store.append_audit(&entry)?;
    match args.format {
        Format::Html if !args.json => output::line(&extract_text::html(&extract)),
        Format::Text if !args.json => output::line(&extract_text::text(&extract)),
        _ => output::line(&extract.to_string()),
    }
    Ok(())
}

/// All that is held about a person, as it is stored now.
fn extract(
    tables: &Tables,
    store: &SqliteStore,
    (keys, person): (&Keys, i64),
) -> Result<Value, Failure> {
    let traces = Traces::of(tables, BTreeSet::from([person]))?;
    let mut rows = serde_json::Map::new();
    let mut held = 0;
    for (table, batches) in traces.rows(tables)? {
        let mut writer = arrow::json::ArrayWriter::new(Vec::new());
        for batch in &batches {
            held += batch.num_rows();
            writer.write(batch)?;
        }
        writer.finish()?;
        let bytes = writer.into_inner();
        let list = if bytes.is_empty() {
            json!([])
        } else {
            serde_json::from_slice(&bytes)?
        };
        rows.insert(table.name.to_owned(), list);
    }
    let identity = store.identity(person)?;
    if held == 0 && identity.is_none() {
        return Err(Failure::unmet("nothing is held about that person"));
    }
    let number = identity
        .map(|identity| rotation::open(&identity, &keys.opening()))
        .transpose()?
        .map(|(number, _)| number);
    let mark = number.as_ref().map(|number| keys.log().mark(number));
    let cases: Vec<String> = traces.cases.iter().cloned().collect();
    let audit = audit_rows(store, &traces, mark.as_deref())?;
    let state: Vec<Value> = store
        .held(person, &cases)?
        .into_iter()
        .map(|row| {
            let values: serde_json::Map<String, Value> = row
                .values
                .into_iter()
                .map(|(name, value)| (name, value.into()))
                .collect();
            json!({"table": row.table, "row": values})
        })
        .collect();
    Ok(json!({
        "made_at": clock::now().format("%Y-%m-%dT%H:%M:%S").to_string(),
        "person": {"person_key": person.to_string(), "personal_number": number, "mark_in_audit_log": mark},
        "tables": rows,
        "state": state,
        "audit": audit,
        "older_snapshots": older(tables)?,
    }))
}

/// Audit rows that name a case of the person, or the person's mark.
fn audit_rows(
    store: &SqliteStore,
    traces: &Traces,
    mark: Option<&str>,
) -> Result<Vec<Value>, Failure> {
    let mut found = Vec::new();
    let mut last = 0;
    loop {
        let rows: Vec<AuditRow> = store.audit_after(last, 10_000)?;
        let Some(end) = rows.last() else {
            return Ok(found);
        };
        last = end.row;
        for row in rows {
            let subject = &row.entry.subject;
            if traces.cases.contains(subject) || Some(subject.as_str()) == mark {
                found.push(json!({"row": row.row, "entry": row.entry}));
            }
        }
    }
}

/// Earlier snapshots that are kept: they can hold earlier forms of the same rows.
fn older(tables: &Tables) -> Result<Vec<String>, Failure> {
    let mut kept = Vec::new();
    for (name, _) in vacuum::published(tables)? {
        if vacuum::withdrawal(tables, &name)?.is_none() {
            kept.push(name);
        }
    }
    kept.pop();
    Ok(kept)
}
