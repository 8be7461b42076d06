//! How fast one core reads documents, beside a bare quick-xml pass over the same bytes: `read_speed [FILE or FOLDER] [SECONDS]`;
//! the hand-made LISJP document without a path. Times are this process's own CPU time, so a busy machine does not count.

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use chrono::NaiveDate;
use frisk_ingest::{
    BatchBuilder, Document, Rules, Secret, Seen, UnitRegister, UnknownUnit, Verdict, documents_in,
    read,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let documents = match args.next() {
        Some(path) => documents(Path::new(&path))?,
        None => vec![Document::new(
            "x",
            include_bytes!("../tests/fixtures/lisjp.xml").to_vec(),
        )],
    };
    let seconds = args.next().map_or(Ok(3.0), |s| s.parse::<f64>())?;
    let bytes: usize = documents.iter().map(|d| d.bytes.len()).sum();
    let accepted = documents
        .iter()
        .filter(|d| read(d, None).verdict() == Verdict::Accepted);
    eprintln!(
        "{} documents of {} bytes on average, {} accepted",
        documents.len(),
        bytes / documents.len().max(1),
        accepted.count()
    );
    // In turns, so that a change of the machine's pace falls on all of them.
    let (mut bare, mut whole, mut key) = (Pace::default(), Pace::default(), Pace::default());
    for _ in 0..10 {
        bare.measure(seconds / 30.0, &documents, |d| {
            black_box(bare_pass(&d.bytes));
        });
        whole.measure(seconds / 30.0, &documents, |d| {
            black_box(read(d, None));
        });
        key.measure(seconds / 30.0, &documents, |d| {
            black_box(d.key());
        });
    }
    bare.print("bare quick-xml pass");
    whole.print("decode and validate");
    key.print("of which the key (SHA-256)");
    eprintln!(
        "ratio to the bare pass: {:.2}",
        bare.micros() / whole.micros()
    );
    rows(&documents)
}

fn documents(path: &Path) -> Result<Vec<Document>, Box<dyn std::error::Error>> {
    let mut documents = Vec::new();
    for found in documents_in(path) {
        let found = found?;
        documents.push(Document::new(found.name, std::fs::read(&found.path)?));
    }
    if documents.is_empty() {
        return Err(format!("no documents under {}", path.display()).into());
    }
    Ok(documents)
}

/// All events of a document, none looked at.
fn bare_pass(bytes: &[u8]) -> usize {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return 0;
    };
    let (mut reader, mut events) = (quick_xml::Reader::from_str(text), 0);
    while let Ok(event) = reader.read_event() {
        if matches!(event, quick_xml::events::Event::Eof) {
            break;
        }
        black_box(&event);
        events += 1;
    }
    events
}

/// Documents and the CPU time they took.
#[derive(Default)]
struct Pace {
    documents: usize,
    seconds: f64,
}

impl Pace {
    fn measure(&mut self, seconds: f64, documents: &[Document], work: impl Fn(&Document)) {
        let (start, wall) = (cpu_seconds(), Instant::now());
        while wall.elapsed() < Duration::from_secs_f64(seconds) {
            documents.iter().for_each(&work);
            self.documents += documents.len();
        }
        self.seconds += match (start, cpu_seconds()) {
            (Some(start), Some(end)) => end - start,
            _ => wall.elapsed().as_secs_f64(),
        };
    }

    fn micros(&self) -> f64 {
        1e6 * self.seconds / self.documents.max(1) as f64
    }

    fn print(&self, what: &str) {
        let micros = self.micros();
        eprintln!("{what}: {micros:.1} µs, {:.0} documents/s", 1e6 / micros);
    }
}

/// Seconds this process has run on a CPU; Linux only.
fn cpu_seconds() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/schedstat").ok()?;
    let nanos = stat.split(' ').next()?.parse::<f64>().ok()?;
    Some(nanos / 1e9)
}

/// The documents read and built into one batch.
fn rows(documents: &[Document]) -> Result<(), Box<dyn std::error::Error>> {
    let (secret, register) = (Secret::new([0; 32]), UnitRegister::default());
    let rules = Rules {
        secret: &secret,
        register: &register,
        today: NaiveDate::from_ymd_opt(2026, 1, 1).unwrap_or_default(),
        unknown_unit: UnknownUnit::Flag,
        kva: None,
    };
    let (start, wall, mut seen) = (cpu_seconds(), Instant::now(), Seen::new());
    let mut builder = BatchBuilder::new(&rules);
    for document in documents {
        builder.push(&document.source, read(document, None), &mut seen)?;
    }
    let batch = builder.finish(1)?;
    let cpu = start.zip(cpu_seconds()).map(|(start, end)| end - start);
    let seconds = cpu.unwrap_or_else(|| wall.elapsed().as_secs_f64());
    eprintln!(
        "read and batch: {} documents in {seconds:.4} s of CPU",
        batch.counts.read
    );
    Ok(())
}
