//! How many documents a second one core reads: `read_speed [FILE] [SECONDS] [COUNT]`; the hand-made LISJP document without a file.

use std::hint::black_box;
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use frisk_ingest::{BatchBuilder, Document, Rules, Secret, Seen, UnitRegister, UnknownUnit, read};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let bytes = match args.next() {
        Some(path) => std::fs::read(path)?,
        None => include_bytes!("../tests/fixtures/lisjp.xml").to_vec(),
    };
    let seconds = args.next().map_or(Ok(3.0), |s| s.parse::<f64>())?;
    let document = Document::new("x", bytes);
    eprintln!(
        "{} bytes, verdict {}",
        document.bytes.len(),
        read(&document, None).verdict().name()
    );
    let rate = measure(seconds, || {
        black_box(read(black_box(&document), None));
    });
    eprintln!(
        "read: {rate:.0} documents/s of CPU time, {:.1} µs each",
        1e6 / rate
    );
    let rate = measure(seconds, || {
        black_box(black_box(&document).key());
    });
    eprintln!("of which the key: {:.1} µs", 1e6 / rate);
    let count = args.next().map_or(Ok(20_000), |n| n.parse())?;
    rows(&document, count)
}

/// Calls a second of this process's own CPU time, so that a busy machine does not count.
fn measure(seconds: f64, mut work: impl FnMut()) -> f64 {
    let (start, wall, mut count) = (cpu_seconds(), Instant::now(), 0_u32);
    while wall.elapsed() < Duration::from_secs_f64(seconds) {
        for _ in 0..100 {
            work();
        }
        count += 100;
    }
    let spent = match (start, cpu_seconds()) {
        (Some(start), Some(end)) => end - start,
        _ => wall.elapsed().as_secs_f64(),
    };
    f64::from(count) / spent
}

/// Seconds this process has run on a CPU; Linux only.
fn cpu_seconds() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/schedstat").ok()?;
    stat.split(' ')
        .next()?
        .parse::<f64>()
        .ok()
        .map(|ns| ns / 1e9)
}

/// So many documents with ids of their own, read and built into one batch.
fn rows(document: &Document, count: u32) -> Result<(), Box<dyn std::error::Error>> {
    let text = String::from_utf8(document.bytes.clone())?;
    let documents: Vec<Document> = (0..count)
        .map(|i| text.replace("påhittat-0001", &format!("påhittat-{i}")))
        .map(|text| Document::new("x", text.into_bytes()))
        .collect();
    let (secret, register) = (Secret::new([0; 32]), UnitRegister::default());
    let rules = Rules {
        secret: &secret,
        register: &register,
        today: NaiveDate::from_ymd_opt(2026, 1, 1).unwrap_or_default(),
        unknown_unit: UnknownUnit::Flag,
    };
    let (start, wall, mut seen) = (cpu_seconds(), Instant::now(), Seen::new());
    let mut builder = BatchBuilder::new(&rules);
    for document in &documents {
        builder.push(&document.source, read(document, None), &mut seen)?;
    }
    let batch = builder.finish(1)?;
    let cpu = start.zip(cpu_seconds()).map(|(start, end)| end - start);
    let seconds = cpu.unwrap_or_else(|| wall.elapsed().as_secs_f64());
    let count = batch.counts.read;
    eprintln!(
        "read and batch: {count} documents in {seconds:.2} s of CPU, {:?}",
        batch.counts
    );
    Ok(())
}
