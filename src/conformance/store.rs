use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use anyhow::Result;
use arrow::{array::AsArray, record_batch::RecordBatch};
use chrono::NaiveDate;
use frisk_codes::Icd10;
use frisk_ingest::{
    BatchBuilder, Document, Outcome, PersonalNumber, Rules, Secret, Seen, UnknownUnit, read,
};
use frisk_warehouse::{
    CertificateReader, Doctors, Interner, Parity, Revoked, Snapshot, Warehouse, facts_from_batches,
};

use super::catalogue::Catalogue;

/// Runs after which a waiting message is looked at again. Source: the kit's §4.3.
const TRIES: [u32; 9] = [0, 3, 9, 18, 50, 100, 250, 550, 1500];

/// A message that waits for its certificate.
#[derive(Debug)]
struct Waiting {
    document: Document,
    certificate_id: String,
    tries: u32,
}

/// What the documents of a case have become: the rows that a warehouse would commit.
#[derive(Debug)]
pub(super) struct Store {
    secret: Secret,
    seen: Seen,
    periods: Vec<RecordBatch>,
    certificates: Vec<RecordBatch>,
    /// Birth dates by person key, as the vault would give them.
    births: HashMap<i64, NaiveDate>,
    /// Ids of the certificates that have come.
    here: HashSet<String>,
    messages: Vec<RecordBatch>,
    events: Vec<RecordBatch>,
    /// Messages that wait for their certificate.
    waiting: Vec<Waiting>,
    revocations: Vec<RecordBatch>,
    /// Doctors as they were known when their certificates came.
    doctors: Doctors,
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
            certificates: Vec::new(),
            births: HashMap::new(),
            here: HashSet::new(),
            messages: Vec::new(),
            events: Vec::new(),
            waiting: Vec::new(),
            doctors: Doctors::new(),
            revocations: Vec::new(),
            next_arrival: 1,
        }
    }

    /// Forgets everything but how far the arrival numbers have come.
    pub(super) fn clear(&mut self) {
        self.seen = Seen::new();
        self.periods.clear();
        self.certificates.clear();
        self.here.clear();
        self.messages.clear();
        self.events.clear();
        self.waiting.clear();
        self.doctors = Doctors::new();
        self.revocations.clear();
    }

    /// Takes one document in, as the ingest command does, with the catalogue as it is now.
    pub(super) fn take(
        &mut self,
        document: &Document,
        catalogue: &Catalogue,
        today: NaiveDate,
    ) -> Result<()> {
        let rules = Rules {
            secret: &self.secret,
            register: &catalogue.register(),
            today,
            unknown_unit: UnknownUnit::Reject,
            kva: None,
        };
        let mut builder = BatchBuilder::new(&rules);
        builder.push(&document.source, read(document, None), &mut self.seen)?;
        let batch = builder.finish(self.next_arrival)?;
        if batch.certificate.num_rows() > 0 {
            self.doctor(&batch.certificate, catalogue);
            let ids = batch.certificate.column_by_name("certificate_id");
            let ids = ids.map(|ids| ids.as_string::<i32>()).into_iter().flatten();
            self.here.extend(ids.flatten().map(str::to_owned));
        }
        for identity in &batch.identities {
            let number = identity.open(&self.secret)?;
            if let Ok(number) = PersonalNumber::parse(&number) {
                self.births.insert(identity.person_key, number.birth_date());
            }
        }
        self.next_arrival += batch.arrivals;
        self.certificates.push(batch.certificate);
        self.periods.push(batch.period);
        self.messages.push(batch.message);
        self.events.push(batch.event);
        self.revocations.push(batch.revocation);
        Ok(())
    }

    /// Whether any certificate has come.
    pub(super) fn has_certificates(&self) -> bool {
        !self.here.is_empty()
    }

    /// Queues a message about a certificate. Source: the kit's §4.3.
    pub(super) fn queue(&mut self, document: Document) {
        // A person id that does not parse makes no message.
        if let Outcome::Message(message) = read(&document, None).outcome {
            self.waiting.push(Waiting {
                document,
                certificate_id: message.certificate_id,
                tries: 0,
            });
        }
    }

    /// One run of the message job: a message whose certificate has come is taken in; one that waits is looked at again
    /// after some runs only. Source: the kit's §4.3.
    pub(super) fn deliver(&mut self, catalogue: &Catalogue, today: NaiveDate) -> Result<()> {
        for mut message in std::mem::take(&mut self.waiting) {
            if TRIES.contains(&message.tries) && self.here.contains(&message.certificate_id) {
                self.take(&message.document, catalogue, today)?;
            } else {
                message.tries += 1;
                self.waiting.push(message);
            }
        }
        Ok(())
    }

    /// Keeps what the catalogue knows of the doctor of a certificate that has come. Source: the kit's §4.2.
    fn doctor(&mut self, certificate: &RecordBatch, catalogue: &Catalogue) {
        let ids = certificate
            .column_by_name("doctor_id")
            .map(|ids| ids.as_string::<i32>());
        for id in ids.into_iter().flatten().flatten() {
            if let Some(doctor) = catalogue.known_doctor(id) {
                self.doctors.name(id, &doctor.name);
                self.doctors
                    .profile_at(self.next_arrival, doctor.profile.clone());
            }
        }
    }

    /// A warehouse of what has been taken in.
    pub(super) fn warehouse(&self, icd10: &Arc<Icd10>, today: NaiveDate) -> Result<Warehouse> {
        let mut interner = Interner::new();
        let revoked = Revoked::from_batches(&self.revocations)?;
        let facts = facts_from_batches(&self.periods, &revoked, &mut interner)?;
        let mut certificates = CertificateReader::new();
        for batch in &self.certificates {
            certificates.certificates(batch, &revoked, &mut interner)?;
        }
        let snapshot = Snapshot {
            name: format!("arrival-{}", self.next_arrival - 1),
            tables: Default::default(),
            data_through: today,
        };
        for batch in &self.messages {
            certificates.messages(batch)?;
        }
        for batch in &self.events {
            certificates.events(batch)?;
        }
        let names = interner.into_names();
        Ok(
            Warehouse::in_memory(snapshot, vec![facts], names, Arc::clone(icd10))
                .with_certificates(certificates.finish())
                .with_births(self.births.clone())
                .with_doctors(self.doctors.clone())
                .with_parity(Parity::Peer),
        )
    }
}
