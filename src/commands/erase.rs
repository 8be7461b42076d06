use std::{collections::BTreeSet, path::PathBuf};

use chrono::NaiveDate;
use frisk_state::{StateStore, looks_personal};
use frisk_warehouse::{Traces, all_persons};

use crate::{
    config::Config,
    door,
    key::Keys,
    output::{self, Failure},
    person::{self, Person},
    rewriting::{Writer, erasure},
};

/// Arguments of `frisk erase`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Whom: `-` for a personal number on standard input, or a person key.
    #[arg(value_parser = person::parse, allow_negative_numbers = true)]
    person: Option<Person>,
    /// Whom: a file with one personal number a line.
    #[arg(long, value_name = "FILE", conflicts_with = "person")]
    file: Option<PathBuf>,
    /// Instead of persons: every certificate, with all that hangs on it, whose dates all lie before this day.
    #[arg(long, value_name = "DATE", conflicts_with_all = ["person", "file"])]
    before: Option<NaiveDate>,
    /// Why, for the record and the audit log; no personal number, no name.
    #[arg(long)]
    reason: String,
    /// Keep no list of what was erased: the same documents are accepted when they come again.
    #[arg(long)]
    forget: bool,
    /// Nothing but one JSON object on stdout (there is no other form).
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args, config: &Config) -> Result<(), Failure> {
    if looks_personal(&args.reason) {
        return Err(Failure::usage(
            "--reason looks as if it held a personal number; expected a reason without one",
        ));
    }
    let persons = persons(args, config)?;
    let (writer, done) = Writer::open(config)?;
    let begun_before = done.is_some();
    if let Some(record) = done {
        output::line(&record.to_string());
    }
    // What batches left open is sealed first, so that files are in buckets.
    door::publish(&writer.tables)?;
    let (traces, asked) = match (args.before, persons) {
        (Some(day), _) => {
            let traces = Traces::before(&writer.tables, day.to_epoch_days())?;
            (traces, format!("before {day}"))
        }
        // What was asked is what an earlier run began and this one carried through.
        (None, persons) if begun_before && !any_held(&writer, &persons)? => return Ok(()),
        (None, persons) => {
            if !any_held(&writer, &persons)? {
                return Err(Failure::unmet(
                    "nothing is held about them; nothing was done",
                ));
            }
            (Traces::of(&writer.tables, persons)?, "persons".to_owned())
        }
    };
    let order = erasure::Order {
        asked,
        reason: &args.reason,
        forget: args.forget,
    };
    let record = erasure::run(&writer, &traces, &order)?;
    output::line(&record.to_string());
    if !args.json {
        output::say(
            "erased; a running `frisk serve` shows what it loaded until it is started again, and copies outside this \
             installation (backups, exports, inboxes) are not touched",
        );
    }
    Ok(())
}

fn persons(args: &Args, config: &Config) -> Result<BTreeSet<i64>, Failure> {
    let keys = Keys::load_or_create(&config.key)?;
    match (args.person, &args.file, args.before) {
        (Some(person), None, None) => Ok([person.key(&keys)?].into()),
        (None, Some(file), None) => person::keys_in(file, &keys),
        (None, None, Some(_)) => Ok(BTreeSet::new()),
        _ => Err(Failure::usage(
            "whom? Expected `-` (personal number on standard input), a person key, --file FILE or --before DATE",
        )),
    }
}

/// Whether there is something to erase.
fn any_held(writer: &Writer<'_>, persons: &BTreeSet<i64>) -> Result<bool, Failure> {
    if !all_persons(&writer.tables)?.is_disjoint(persons) {
        return Ok(true);
    }
    for &person in persons {
        if writer.store.identity(person)?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}
