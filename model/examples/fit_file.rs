//! Trains on an Arrow file of features (`frisk train --features FILE`) and tells the evaluation.
//!
//! usage: fit_file FILE SPLIT DATA_END [FACTOR]...

use std::fs::File;
use std::time::Instant;

use frisk_model::{TrainOptions, train};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, split, end, factors @ ..] = &arguments[..] else {
        return Err("FILE SPLIT DATA_END expected".into());
    };
    let reader = arrow::ipc::reader::FileReader::try_new(File::open(file)?, None)?;
    let schema = reader.schema();
    let batches = reader.collect::<Result<Vec<_>, _>>()?;
    let batch = arrow::compute::concat_batches(&schema, &batches)?;
    let factors = if factors.is_empty() {
        &["".to_owned()][..]
    } else {
        factors
    };
    for factor in factors {
        let mut options = TrainOptions::new(split.parse()?, end.parse()?);
        if !factor.is_empty() {
            options.penalty_factor = Some(factor.parse()?);
        }
        if std::env::var_os("NO_CALIBRATION").is_some() {
            options.calibration = None;
        }
        let began = Instant::now();
        let artefact = train(&batch, &options)?;
        eprintln!(
            "factor {}: {:.1} s, {} parameters",
            artefact.fit.penalty_factor,
            began.elapsed().as_secs_f64(),
            artefact.fit.standard_errors.len()
        );
        let Some(evaluation) = &artefact.evaluation else {
            continue;
        };
        for at in &evaluation.horizons {
            eprintln!(
                "{:>4} AUC {:.4} dx {:.4} Brier {:.4} logloss {:.5} intercept {:+.3} slope {:.3} ICI {:.4} E90 {:.4}",
                at.horizon_days,
                at.model.auc,
                at.diagnosis.auc,
                at.model.brier,
                at.model.log_loss,
                at.calibration.intercept,
                at.calibration.slope,
                at.calibration.ici,
                at.calibration.e90
            );
        }
    }
    Ok(())
}
