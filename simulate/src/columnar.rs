//! The fast path: the same cases and certificates as Arrow batches, without documents.

mod batch;

use std::fs::File;
use std::path::Path;

use arrow::array::RecordBatch;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;
use rayon::prelude::*;

use crate::Error;
use crate::lots::Lots;
use crate::plan::Plan;
use crate::rng::mix;
use crate::world::{CHUNK, World};
use batch::Batches;

/// Certificates and their periods of some thousand people, in the schemas of [`frisk_ingest::schema`].
#[derive(Debug, Clone)]
pub struct Part {
    /// Rows of `certificate`.
    pub certificates: RecordBatch,
    /// Rows of `period`.
    pub periods: RecordBatch,
}

/// A world as Arrow batches, in order of people; faulty documents are left out, revoked ones marked.
///
/// `person_key` is a scattered person index under the seed, not the hash of a number; `document_key` is the
/// certificate's id, there being no document.
#[derive(Debug)]
pub struct Columnar {
    world: World,
    lots: Lots,
    next: u64,
    arrival: i64,
    ready: std::collections::VecDeque<Part>,
}

/// Begins a world as Arrow batches.
///
/// # Errors
/// [`Error::Plan`] when the plan does not pass [`Plan::check`].
pub fn columnar(plan: &Plan) -> Result<Columnar, Error> {
    let world = World::new(plan)?;
    let lots = world.lots();
    Ok(Columnar {
        world,
        lots,
        next: 0,
        arrival: 1,
        ready: std::collections::VecDeque::new(),
    })
}

impl Columnar {
    /// Makes the parts of the next people, several at once.
    fn refill(&mut self) -> Result<(), Error> {
        let people = self.world.plan.people;
        let until = (self.next + 8 * CHUNK).min(people);
        let chunks: Vec<(u64, u64)> = (self.next..until)
            .step_by(CHUNK as usize)
            .map(|from| (from, (from + CHUNK).min(until)))
            .collect();
        self.next = until;
        let world = &self.world;
        let filled: Vec<Batches> = match &mut self.lots {
            Lots::Free => chunks
                .par_iter()
                .map(|(from, to)| fill(world, *from..*to, &mut Lots::Free))
                .collect(),
            lots => chunks
                .iter()
                .map(|(from, to)| fill(world, *from..*to, lots))
                .collect(),
        };
        let mut firsts = Vec::with_capacity(filled.len());
        for batches in &filled {
            firsts.push(self.arrival);
            self.arrival += batches.len() as i64;
        }
        let parts: Result<Vec<Part>, Error> = filled
            .into_par_iter()
            .zip(firsts)
            .map(|(batches, first)| batches.finish(first))
            .collect();
        self.ready.extend(parts?);
        Ok(())
    }
}

fn fill(world: &World, people: std::ops::Range<u64>, lots: &mut Lots) -> Batches {
    let mut batches = Batches::new();
    let maker = world.maker(false);
    let clerk = world.clerk(true);
    for index in people {
        let person = world.demography.person(index);
        let key = mix(world.plan.seed ^ mix(index)) as i64;
        for (nth, case) in maker.history(&person, lots).iter().enumerate() {
            for draft in clerk
                .papers(&person, nth, case)
                .drafts
                .iter()
                .filter(|draft| draft.fault.is_none())
            {
                batches.add(key, draft, &world.care);
            }
        }
    }
    batches
}

impl Iterator for Columnar {
    type Item = Result<Part, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.ready.is_empty() && self.next < self.world.plan.people {
            if let Err(error) = self.refill() {
                return Some(Err(error));
            }
        }
        self.ready.pop_front().map(Ok)
    }
}

/// Rows written by [`write_columnar`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WrittenRows {
    /// Certificates.
    pub certificates: u64,
    /// Periods.
    pub periods: u64,
}

/// Writes a world as `certificate-NNNN.parquet` and `period-NNNN.parquet` into `folder`, a pair for about a million
/// certificates, zstd-compressed. `progress` is called with people done and people in all.
///
/// # Errors
/// [`Error::Plan`], or [`Error::Io`] and [`Error::Parquet`] when a file cannot be written.
pub fn write_columnar(
    plan: &Plan,
    folder: &Path,
    progress: &dyn Fn(u64, u64),
) -> Result<WrittenRows, Error> {
    std::fs::create_dir_all(folder).map_err(Error::io(folder))?;
    let mut parts = columnar(plan)?;
    let mut rows = WrittenRows::default();
    let (mut nth, mut held) = (0, Vec::new());
    let mut waiting = 0;
    while let Some(part) = parts.next() {
        let part = part?;
        waiting += part.certificates.num_rows();
        rows.certificates += part.certificates.num_rows() as u64;
        rows.periods += part.periods.num_rows() as u64;
        held.push(part);
        if waiting >= 1_000_000 {
            flush(folder, nth, &held)?;
            (nth, waiting) = (nth + 1, 0);
            held.clear();
        }
        progress(parts.next, plan.people);
    }
    flush(folder, nth, &held)?;
    Ok(rows)
}

fn flush(folder: &Path, nth: u32, parts: &[Part]) -> Result<(), Error> {
    let certificates = || {
        file(
            folder,
            &format!("certificate-{nth:04}.parquet"),
            parts.iter().map(|part| &part.certificates),
        )
    };
    let periods = || {
        file(
            folder,
            &format!("period-{nth:04}.parquet"),
            parts.iter().map(|part| &part.periods),
        )
    };
    let (first, second) = rayon::join(certificates, periods);
    first.and(second)
}

fn file<'a>(
    folder: &Path,
    name: &str,
    mut batches: impl Iterator<Item = &'a RecordBatch>,
) -> Result<(), Error> {
    let Some(first) = batches.next() else {
        return Ok(());
    };
    let path = folder.join(name);
    let output = File::create(&path).map_err(Error::io(&path))?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .build();
    let mut writer = ArrowWriter::try_new(output, first.schema(), Some(properties))?;
    writer.write(first)?;
    for batch in batches {
        writer.write(batch)?;
    }
    writer.close()?;
    Ok(())
}
