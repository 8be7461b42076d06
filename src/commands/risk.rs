use std::{fmt::Write as _, fs::File, path::PathBuf, time::Instant};

use csv::StringRecord;
use frisk_model::{
    TextTable,
    srs::{SrsBook, SrsRisk, SrsSheet},
};

use crate::{
    config::Config,
    output::{self, Failure},
    training::{self, AS_OF_DAY},
};

/// Arguments of `frisk risk`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Table with a header; one row a case.
    #[arg(long, value_name = "FILE.csv")]
    input: PathBuf,
    /// Folder with SRS's `model_coefficients.csv` and `model_breaks.csv`; the table then has SRS's column names.
    #[arg(long, value_name = "DIR")]
    srs: Option<PathBuf>,
    /// Day of the case on which is asked.
    #[arg(long, default_value_t = AS_OF_DAY, value_parser = clap::value_parser!(i32).range(1..))]
    day: i32,
    /// One JSON object a row (there is no other form).
    #[arg(long)]
    json: bool,
}

/// Days that are answered for.
const HORIZONS: [i32; 4] = [30, 90, 180, 365];
/// Rows that are written at once.
const AT_ONCE: usize = 4_096;

pub(crate) fn run(args: &Args, config: &Config) -> Result<(), Failure> {
    let file = File::open(&args.input)
        .map_err(|error| Failure::usage(format!("{}: {error}", args.input.display())))?;
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(file);
    let header = reader.headers()?.clone();
    let started = Instant::now();
    let rows = match &args.srs {
        Some(folder) => {
            let book = SrsBook::load(folder).map_err(Failure::usage)?;
            if book.is_empty() {
                let expected = "coefficients of version 3.0 are expected";
                return Err(Failure::usage(format!("{}: {expected}", folder.display())));
            }
            by_srs(&book, &header, &mut reader, args.day)?
        }
        None => by_model(config, &header, reader, args.day)?,
    };
    output::say(&format!(
        "{rows} rows in {:.3} s",
        started.elapsed().as_secs_f64()
    ));
    Ok(())
}

fn by_srs(
    book: &SrsBook,
    header: &StringRecord,
    reader: &mut csv::Reader<File>,
    day: i32,
) -> Result<usize, Failure> {
    let sheet = SrsSheet::new(header).map_err(Failure::usage)?;
    let mut record = StringRecord::new();
    let mut text = String::new();
    let mut row = 0;
    while reader.read_record(&mut record)? {
        let (diagnosis, answers) = sheet.read(&record);
        tell(&mut text, row, &book.score(diagnosis, &answers), day)?;
        row += 1;
        if row % AT_ONCE == 0 {
            output::bytes(text.as_bytes())?;
            text.clear();
        }
    }
    output::bytes(text.as_bytes())?;
    Ok(row)
}

/// Appends the answer for one row. Codes and names of questions hold nothing that JSON would escape.
fn tell(text: &mut String, row: usize, risk: &SrsRisk<'_>, day: i32) -> std::fmt::Result {
    write!(text, "{{\"row\":{row},\"diagnosis_used\":")?;
    match risk.diagnosis_used {
        Some(code) => write!(text, "\"{code}\"")?,
        None => text.push_str("null"),
    }
    write!(
        text,
        ",\"status\":\"{}\",\"survival\":{{",
        risk.status.word()
    )?;
    if let Some(curve) = &risk.curve {
        for (at, horizon) in HORIZONS.iter().enumerate() {
            let comma = if at == 0 { "" } else { "," };
            write!(
                text,
                "{comma}\"{horizon}\":{}",
                curve.survival_from(day, *horizon)
            )?;
        }
    }
    text.push('}');
    if !risk.unanswered.is_empty() {
        write!(
            text,
            ",\"unanswered\":[\"{}\"]",
            risk.unanswered.join("\",\"")
        )?;
    }
    text.push_str("}\n");
    Ok(())
}

fn by_model(
    config: &Config,
    header: &StringRecord,
    reader: csv::Reader<File>,
    day: i32,
) -> Result<usize, Failure> {
    let artefact = training::in_use(&config.models)?.ok_or_else(|| {
        Failure::usage("no model in use; `frisk train` makes one, `--srs DIR` does without")
    })?;
    let records = reader.into_records().collect::<Result<Vec<_>, _>>()?;
    let table = TextTable::new(header.clone(), records);
    let (batch, lacking) = table
        .for_scoring(&artefact.spec, day)
        .map_err(Failure::usage)?;
    if !lacking.is_empty() {
        output::say(&format!(
            "taken as missing, without a column: {}",
            lacking.join(", ")
        ));
    }
    for (row, risk) in artefact
        .score(&batch)
        .map_err(Failure::usage)?
        .iter()
        .enumerate()
    {
        let survival: serde_json::Map<String, serde_json::Value> = artefact
            .horizons
            .iter()
            .filter_map(|&day| Some((day.to_string(), risk.curve.beyond(day)?.into())))
            .collect();
        let unlike: Vec<&str> = risk
            .unlike
            .iter()
            .map(|unlike| unlike.feature.as_str())
            .collect();
        output::line(
            &serde_json::json!({"row": row, "diagnosis_used": risk.reference_group, "status": "OK",
                "survival": survival, "unlike": unlike, "notice": artefact.notice})
            .to_string(),
        );
    }
    Ok(table.len())
}
