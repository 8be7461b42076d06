//! Boosted trees on a table of raw numbers, for scripts/bench_boosted.py.
//!
//! usage: boosted ROWS TEST_ROWS COLUMNS LEVELS TREES LEAVES < table > predictions
//!
//! The table is f64, little-endian, column by column: COLUMNS columns of ROWS + TEST_ROWS numbers
//! (the first LEVELS of them level numbers from 0), then the outcome. Predictions of the test rows
//! go to stdout in the same form, figures to stderr.

use std::io::{Read, Write};
use std::time::Instant;

use frisk_model::boosted::{Binner, BoostedParams, RawColumn};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<usize> = std::env::args()
        .skip(1)
        .map(|text| text.parse())
        .collect::<Result<_, _>>()?;
    let [rows, test_rows, columns, levels, trees, leaves] = arguments[..] else {
        return Err("six numbers are expected".into());
    };
    let all = rows + test_rows;
    let read = || -> std::io::Result<Vec<f64>> {
        let mut bytes = vec![0; all * 8];
        std::io::stdin().lock().read_exact(&mut bytes)?;
        Ok(bytes
            .as_chunks::<8>()
            .0
            .iter()
            .map(|&number| f64::from_le_bytes(number))
            .collect())
    };
    let (mut train, mut test) = (Vec::new(), Vec::new());
    for at in 0..columns {
        let column = read()?;
        let raw = |part: &[f64]| {
            if at < levels {
                RawColumn::Levels(part.iter().map(|&level| level as u16 + 1).collect())
            } else {
                RawColumn::Numbers(part.to_vec())
            }
        };
        train.push(raw(&column[..rows]));
        test.push(raw(&column[rows..]));
    }
    let outcome: Vec<bool> = read()?[..rows].iter().map(|&y| y == 1.0).collect();
    let began = Instant::now();
    let binner = Binner::learn(&train, 255)?;
    let matrix = binner.bin(&train)?;
    drop(train);
    let binned = began.elapsed().as_secs_f64();
    let params = BoostedParams::default().trees(trees).leaves(leaves);
    let model = params.boost(&matrix, &outcome, &[])?;
    let fitted = began.elapsed().as_secs_f64();
    let test = binner.bin(&test)?;
    let began = Instant::now();
    let found = model.probabilities(&test);
    let scored = began.elapsed().as_secs_f64() / test_rows as f64;
    let began = Instant::now();
    let explained = test_rows.min(200);
    let sum: f64 = (0..explained)
        .flat_map(|row| model.contributions(test.row(row)))
        .sum();
    let explaining = began.elapsed().as_secs_f64() / explained as f64;
    eprintln!(
        "{{\"bin_s\":{binned:.3},\"train_s\":{fitted:.3},\"score_us\":{:.3},\"explain_us\":{:.1},\"trees\":{},\"sum\":{sum}}}",
        scored * 1e6,
        explaining * 1e6,
        model.trees.len()
    );
    let mut out = std::io::stdout().lock();
    for p in found {
        out.write_all(&p.to_le_bytes())?;
    }
    Ok(())
}
