use anyhow::Result;
use arrow::record_batch::RecordBatch;
use chrono::NaiveDate;
use frisk_codes::Icd10;
use frisk_ingest::{BatchBuilder, Document, Rules, Secret, Seen, UnitRegister, UnknownUnit, read};
use frisk_warehouse::{Interner, Revoked, Snapshot, Warehouse, facts_from_batches};

/// What the documents of a case have become: the rows that a warehouse would commit.
#[derive(Debug)]
pub(super) struct Store {
    secret: Secret,
    seen: Seen,
    periods: Vec<RecordBatch>,
    revocations: Vec<RecordBatch>,
    next_arrival: i64,
}

impl Store {
    /// An empty store; arrival numbers begin at 1.
    pub(super) fn new() -> Self {
        Self {
            // Any secret will do: nothing leaves this process.
            secret: Secret::new([7; 32]),
            seen: Seen::new(),
            periods: Vec::new(),
            revocations: Vec::new(),
            next_arrival: 1,
        }
    }

    /// Forgets everything but how far the arrival numbers have come.
    pub(super) fn clear(&mut self) {
        self.seen = Seen::new();
        self.periods.clear();
        self.revocations.clear();
    }

    /// Takes one document in, as the ingest command does.
    pub(super) fn take(
        &mut self,
        document: &Document,
        register: &UnitRegister,
        today: NaiveDate,
    ) -> Result<()> {
        let rules = Rules {
            secret: &self.secret,
            register,
            today,
            unknown_unit: UnknownUnit::Reject,
        };
        let mut builder = BatchBuilder::new(&rules);
        builder.push(&document.source, read(document, None), &mut self.seen)?;
        let batch = builder.finish(self.next_arrival)?;
        self.next_arrival += batch.arrivals;
        self.periods.push(batch.period);
        self.revocations.push(batch.revocation);
        Ok(())
    }

    /// A warehouse of what has been taken in.
    pub(super) fn warehouse(&self, icd10: &Icd10, today: NaiveDate) -> Result<Warehouse> {
        let mut interner = Interner::new();
        let revoked = Revoked::from_batches(&self.revocations)?;
        let facts = facts_from_batches(&self.periods, &revoked, &mut interner)?;
        let snapshot = Snapshot {
            name: format!("arrival-{}", self.next_arrival - 1),
            tables: Default::default(),
            data_through: today,
        };
        Ok(Warehouse::in_memory(
            snapshot,
            vec![facts],
            interner.into_names(),
            icd10.clone(),
        ))
    }
}
