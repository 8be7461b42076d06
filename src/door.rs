//! The door of the warehouse: documents from any source come in here, in bounded batches, each exactly once.

use std::sync::{
    PoisonError, RwLock,
    mpsc::{Receiver, SyncSender, sync_channel},
};

use frisk_codes::{CodeList, ListKind, Reference};
use frisk_ingest::{
    Batch, BatchBuilder, Counts, DocumentKey, ErasureList, Fault, Outcome, Reading, Rules, Secret,
    UnitRegister, UnknownUnit,
};
use frisk_state::{Identity, Receipt, StateStore};
use frisk_warehouse::{Intake, Ledger, Prepared, Snapshot, Tables, rows_of, seal_with, sick_case};
use rayon::prelude::*;

use crate::{
    batches::batches,
    clock,
    config::Config,
    failpoint,
    incoming::{Arrived, Incoming},
    key::Keys,
    output::{self, Failure},
    registers, rewriting,
};

/// What became of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fate {
    /// A certificate that is in the tables.
    Accepted,
    /// A revocation that is in the tables.
    Revoked,
    /// The warehouse had it.
    Duplicate,
    /// Against the rules; which ones.
    Rejected(Vec<Fault>),
    /// Of a format or type that is not read.
    Unsupported(Vec<Fault>),
}

/// What became of a batch.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    /// How many documents went which way.
    pub(crate) counts: Counts,
    /// What became of each document, in order.
    pub(crate) fates: Vec<Fate>,
}

/// The door. One process at a time has it (see [`crate::writer_lock`]).
pub(crate) struct Door<'a> {
    store: &'a dyn StateStore,
    intake: Intake<'a>,
    secret: Secret,
    register: UnitRegister,
    unknown_unit: UnknownUnit,
    kva: Option<CodeList>,
    ledger: RwLock<Ledger>,
    number: i64,
    arrival: i64,
}

/// Called with the number of a batch and its fates before the batch is promised.
pub(crate) type Note<'n> = dyn FnMut(i64, &[Fate]) -> Result<(), Failure> + 'n;

impl<'a> Door<'a> {
    /// Opens the door: carries the batch through that the last run promised and did not settle, then reads what came
    /// before. Memory: about 64 bytes a document in the warehouse.
    pub(crate) fn open(
        config: &Config,
        tables: &'a Tables,
        store: &'a dyn StateStore,
        unknown_unit: UnknownUnit,
    ) -> Result<Self, Failure> {
        let reference = Reference::open(&config.reference)?;
        if reference.units.is_empty() {
            output::say(
                "no unit register: every unit counts as unknown, without a region \
                 (import one with `frisk reference import DIR`)",
            );
        }
        let intake = Intake::new(tables);
        carry_through(&intake, store)?;
        rewriting::carry_through(config, tables, store)?;
        let keys = Keys::load_or_create(&config.key)?;
        let erased = ErasureList::new(&keys.log(), store.buried()?);
        Ok(Self {
            store,
            secret: keys.secret(),
            register: registers::units(&reference),
            unknown_unit,
            kva: reference.list(ListKind::Kva).cloned(),
            ledger: RwLock::new(Ledger::read(tables)?.without(erased)),
            number: intake.next_number()?,
            arrival: intake.next_arrival()?,
            intake,
        })
    }

    /// Lets in all that a source has, in batches of at most `size` documents; the next batch is read and decoded while
    /// the one before is committed. Memory does not grow with the number of documents.
    pub(crate) fn take_all(
        &mut self,
        source: impl Iterator<Item = Result<Incoming, Failure>> + Send,
        size: usize,
    ) -> Result<Counts, Failure> {
        let bar = output::spinner("documents");
        let mut total = Counts::default();
        // Away from self while another thread reads it.
        let ledger = std::mem::take(&mut self.ledger);
        let taken = std::thread::scope(|scope| {
            let (send, receive) = sync_channel(1);
            let known = &ledger;
            scope.spawn(move || decode(source, size, known, &send));
            receive_all(&receive, |read| {
                let taken = self.take_read(read, known, &mut |_, _| Ok(()))?;
                total += taken.counts;
                bar.inc(taken.counts.read);
                Ok(())
            })
        });
        self.ledger = ledger;
        bar.finish_and_clear();
        taken.map(|()| total)
    }

    /// Lets in one batch; what became of each document. `note` hears it before the batch is promised, so that what it
    /// writes holds if the number is committed, and only then.
    #[expect(
        dead_code,
        reason = "the watched folder, the queue and the service come next"
    )]
    pub(crate) fn take(
        &mut self,
        batch: Vec<Incoming>,
        note: &mut Note<'_>,
    ) -> Result<Taken, Failure> {
        let ledger = std::mem::take(&mut self.ledger);
        let taken = read_all(batch, &ledger).and_then(|read| self.take_read(read, &ledger, note));
        self.ledger = ledger;
        taken
    }

    /// The number of the last batch that is in the tables.
    pub(crate) fn last_number(&self) -> i64 {
        self.number - 1
    }

    fn take_read(
        &mut self,
        read: Vec<Arrived>,
        ledger: &RwLock<Ledger>,
        note: &mut Note<'_>,
    ) -> Result<Taken, Failure> {
        let (taken, batch) = self.build(read, ledger)?;
        if batch.counts.read == 0 {
            // All came before: no batch, so what is noted holds already.
            note(self.last_number(), &taken.fates)?;
            return Ok(taken);
        }
        let prepared = self
            .intake
            .prepare(self.number, &rows_of(&batch), batch.counts)?;
        failpoint::pass("prepared");
        let identities: Vec<Identity> = batch.identities.into_iter().map(identity).collect();
        self.store.put_identities(&identities)?;
        failpoint::pass("vaulted");
        note(self.number, &taken.fates)?;
        self.intake.promise(&prepared)?;
        failpoint::pass("promised");
        commit(&self.intake, self.store, &prepared)?;
        self.number += 1;
        self.arrival += batch.arrivals;
        Ok(taken)
    }

    /// Rows of what is new, and what became of each document.
    fn build(
        &self,
        read: Vec<Arrived>,
        ledger: &RwLock<Ledger>,
    ) -> Result<(Taken, Batch), Failure> {
        let rules = Rules {
            secret: &self.secret,
            register: &self.register,
            today: clock::today(),
            unknown_unit: self.unknown_unit,
            kva: self.kva.as_ref(),
        };
        let mut builder = BatchBuilder::new(&rules);
        let mut ledger = ledger.write().unwrap_or_else(PoisonError::into_inner);
        let mut fates = Vec::with_capacity(read.len());
        let mut again = 0;
        for arrived in read {
            match arrived.reading {
                Some(reading) if !ledger.came_before(reading.key) => {
                    let faults = faults_of(&reading);
                    let before = builder.counts();
                    builder.push(&arrived.name, reading, &mut ledger.seen)?;
                    fates.push(fate(before, builder.counts(), faults));
                }
                _ => {
                    again += 1;
                    fates.push(Fate::Duplicate);
                }
            }
        }
        let batch = builder.finish(self.arrival)?;
        let mut counts = batch.counts;
        counts.read += again;
        counts.duplicate += again;
        Ok((Taken { counts, fates }, batch))
    }
}

/// Carries the batch through that the last run promised and did not settle.
pub(crate) fn carry_through(intake: &Intake<'_>, store: &dyn StateStore) -> Result<(), Failure> {
    if let Some(promised) = intake.promised()? {
        output::say(&format!(
            "the last run died in batch {}; carrying it through",
            promised.number
        ));
        commit(intake, store, &promised)?;
    }
    Ok(())
}

/// From the promise on: tables, receipt, promise away. Can be repeated from any point.
fn commit(intake: &Intake<'_>, store: &dyn StateStore, batch: &Prepared) -> Result<(), Failure> {
    intake.commit(batch, clock::now_ms(), &mut |table| failpoint::pass(table))?;
    failpoint::pass("committed");
    store.put_receipt(&Receipt {
        batch: batch.number,
        documents: batch.counts.read,
        accepted: batch.counts.accepted,
        rejected: batch.counts.rejected + batch.counts.unsupported,
        duplicate: batch.counts.duplicate,
        revoked: batch.counts.revoked,
        snapshot: String::new(),
    })?;
    failpoint::pass("receipted");
    intake.settle()?;
    failpoint::pass("settled");
    Ok(())
}

/// Seals, builds the cases and publishes a snapshot of what is in the tables.
pub(crate) fn publish(tables: &Tables) -> Result<Snapshot, Failure> {
    publish_placed(tables, &UnitRegister::default())
}

/// [`publish`], after certificates that wait for their unit are placed where the register has it.
pub(crate) fn publish_placed(
    tables: &Tables,
    register: &UnitRegister,
) -> Result<Snapshot, Failure> {
    let now = clock::now_ms();
    seal_with(tables, register, now)?;
    failpoint::pass("sealed");
    if sick_case::is_stale(tables)? {
        sick_case::build(tables, now)?;
    }
    failpoint::pass("built");
    Ok(Snapshot::publish(tables)?)
}

type Decoded = Result<Vec<Arrived>, Failure>;

/// Reads and decodes batch after batch until the source ends, or nobody listens any more.
fn decode(
    source: impl Iterator<Item = Result<Incoming, Failure>>,
    size: usize,
    ledger: &RwLock<Ledger>,
    send: &SyncSender<Decoded>,
) {
    for batch in batches(source, size) {
        let read = batch.and_then(|batch| read_all(batch, ledger));
        let failed = read.is_err();
        if send.send(read).is_err() || failed {
            return;
        }
    }
}

fn receive_all(
    receive: &Receiver<Decoded>,
    mut take: impl FnMut(Vec<Arrived>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    while let Ok(read) = receive.recv() {
        take(read?)?;
    }
    Ok(())
}

/// Reads and decodes documents in parallel, in order.
fn read_all(batch: Vec<Incoming>, ledger: &RwLock<Ledger>) -> Decoded {
    let holds = |key: DocumentKey| {
        let ledger = ledger.read().unwrap_or_else(PoisonError::into_inner);
        ledger.holds(key)
    };
    let read: Result<Vec<Arrived>, std::io::Error> = batch
        .into_par_iter()
        .map(|incoming| incoming.read(holds))
        .collect();
    Ok(read?)
}

/// The faults to tell the sender of: those of a document that did not become rows.
fn faults_of(reading: &Reading) -> Vec<Fault> {
    match reading.outcome {
        Outcome::Certificate(_) | Outcome::Revocation(_) => Vec::new(),
        _ => reading.faults.clone(),
    }
}

/// What became of a document, by what the counts grew by.
fn fate(before: Counts, after: Counts, faults: Vec<Fault>) -> Fate {
    if after.accepted > before.accepted {
        Fate::Accepted
    } else if after.revoked > before.revoked {
        Fate::Revoked
    } else if after.duplicate > before.duplicate {
        Fate::Duplicate
    } else if after.unsupported > before.unsupported {
        Fate::Unsupported(faults)
    } else if after.rejected > before.rejected {
        Fate::Rejected(faults)
    } else {
        // A message, an event or a file of records, which has rows of its own.
        Fate::Accepted
    }
}

/// A sealed identity as the vault takes it.
pub(crate) fn identity(sealed: frisk_ingest::SealedIdentity) -> Identity {
    Identity {
        person_key: sealed.person_key,
        mac: sealed.mac,
        nonce: sealed.nonce.to_vec(),
        sealed: sealed.ciphertext,
    }
}
