use chrono::{NaiveDate, NaiveDateTime};
use frisk_codes::{CertificateType, Degree, MessageSubject, Sex};
use frisk_ingest::{
    BatchBuilder, Certificate, CertificateEvent, Document, Event, EventKind, Format, Message,
    Outcome, Patient, Reading, Relation, Revocation, Rules, Secret, Seen, SickPeriod, Signer,
    UnitRegister, UnitRow, UnknownUnit,
};

use super::*;
use crate::{Intake, Layout, Snapshot, rows_of};

const WOMAN: &str = "198112289874";
const OTHER: &str = "197904071295";

fn at(text: &str) -> NaiveDateTime {
    text.parse().unwrap()
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn certificate(id: &str, replaces: Option<&str>) -> Outcome {
    let period = SickPeriod {
        start: day("2024-03-01"),
        end: day("2024-03-14"),
        degree: Degree::Full,
    };
    Outcome::Certificate(Box::new(Certificate {
        id: id.to_owned(),
        kind: CertificateType::Lisjp,
        version: "1.3".to_owned(),
        event: Event::Created,
        signed_at: at("2024-03-01T10:00:00"),
        sent_at: None,
        patient: Patient {
            number: WOMAN.to_owned(),
            birth_date: day("1981-12-28"),
            sex: Sex::Woman,
        },
        signer: Signer {
            doctor_id: "D1".to_owned(),
            unit_id: "E1".to_owned(),
            care_provider_id: "VG0".to_owned(),
            ..Signer::default()
        },
        diagnoses: Vec::new(),
        periods: vec![period],
        reductions: Vec::new(),
        occupations: Vec::new(),
        based_on: Vec::new(),
        prognosis: None,
        measures: Vec::new(),
        infection_control: false,
        relations: replaces
            .map(|id| Relation {
                kind: "ERSATT".to_owned(),
                certificate_id: id.to_owned(),
            })
            .into_iter()
            .collect(),
        signed_document: false,
    }))
}

pub(crate) fn revocation(id: &str, sent: &str) -> Outcome {
    Outcome::Revocation(Revocation {
        certificate_id: id.to_owned(),
        number: WOMAN.to_owned(),
        sent_at: at(sent),
    })
}

fn sent(id: &str, when: &str, recipient: &str, number: Option<&str>) -> Outcome {
    Outcome::Event(Box::new(CertificateEvent {
        message_id: None,
        kind: EventKind::Sent,
        at: Some(at(when)),
        certificate_id: id.to_owned(),
        certificate_type: None,
        type_version: String::new(),
        number: number.map(str::to_owned),
        unit_id: "E1".to_owned(),
        care_provider_id: String::new(),
        parent: None,
        role: String::new(),
        origin: String::new(),
        recipient: Some(recipient.to_owned()),
        message: None,
    }))
}

pub(crate) fn completion(certificate: &str, number: &str) -> Outcome {
    Outcome::Message(Box::new(Message {
        id: "m1".to_owned(),
        reference_id: None,
        subject: MessageSubject::Completion,
        certificate_id: certificate.to_owned(),
        number: number.to_owned(),
        unit_id: "E1".to_owned(),
        sent_at: at("2024-03-20T09:00:00"),
        last_date_to_answer: None,
        answer_to: None,
        reminder_of: None,
        complements: Vec::new(),
        sender: "FKASSA".to_owned(),
    }))
}

/// What was read of a document; `name` stands for its bytes.
pub(crate) fn reading(name: &str, outcome: Outcome) -> Reading {
    Reading {
        key: Document::new("", name.as_bytes().to_vec()).key(),
        format: Format::Unknown,
        certificate_type: None,
        certificate_id: None,
        unit_id: None,
        written_date: None,
        software: None,
        outcome,
        faults: Vec::new(),
    }
}

/// A warehouse into which documents come one by one.
pub(crate) struct House {
    _folder: tempfile::TempDir,
    pub(crate) tables: Tables,
    seen: Seen,
    register: UnitRegister,
}

impl House {
    pub(crate) fn new(buckets: u32, register: UnitRegister) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let layout = Layout {
            buckets,
            ..Layout::default()
        };
        let tables = Tables::open_or_create(folder.path().to_str().unwrap(), layout).unwrap();
        Self {
            _folder: folder,
            tables,
            seen: Seen::new(),
            register,
        }
    }

    /// Takes a document in; `name` stands for its bytes.
    pub(crate) fn take(&mut self, name: &str, outcome: Outcome) -> frisk_ingest::Counts {
        self.take_reading(reading(name, outcome))
    }

    /// Takes what was read of a document in as a batch of its own.
    pub(crate) fn take_reading(&mut self, reading: Reading) -> frisk_ingest::Counts {
        let secret = Secret::new([7; 32]);
        let rules = Rules {
            secret: &secret,
            register: &self.register,
            today: day("2024-06-01"),
            unknown_unit: UnknownUnit::Flag,
            kva: None,
        };
        let mut builder = BatchBuilder::new(&rules);
        builder.push("test", reading, &mut self.seen).unwrap();
        let intake = Intake::new(&self.tables);
        let batch = builder.finish(intake.next_arrival().unwrap()).unwrap();
        let number = intake.next_number().unwrap();
        let prepared = intake
            .prepare(number, &rows_of(&batch), batch.counts)
            .unwrap();
        intake.promise(&prepared).unwrap();
        intake.commit(&prepared, 0, &mut |_| {}).unwrap();
        intake.settle().unwrap();
        batch.counts
    }

    pub(crate) fn seal(&self) -> usize {
        seal_with(&self.tables, &self.register, 0).unwrap()
    }

    /// All that the tables hold but the order of arrival, a line a row.
    fn content(&self) -> String {
        let snapshot = Snapshot::publish(&self.tables).unwrap();
        let mut text = String::new();
        for table in ["certificate", "period", "revocation", "message", "event"] {
            let order = match table {
                "period" => "certificate_id, start_date",
                _ => "certificate_id, document_key",
            };
            let sql = format!("SELECT * EXCEPT (arrival) FROM {table} ORDER BY {order}");
            let rows = self.tables.query(&snapshot, &sql).unwrap();
            let shown = arrow::util::pretty::pretty_format_batches(&rows).unwrap();
            text.push_str(&format!("{table}\n{shown}\n"));
        }
        text
    }

    /// One value of the tables.
    fn value(&self, sql: &str) -> String {
        let snapshot = Snapshot::publish(&self.tables).unwrap();
        let rows = self.tables.query(&snapshot, sql).unwrap();
        let options = arrow::util::display::FormatOptions::default().with_null("null");
        let column = rows[0].column(0);
        arrow::util::display::array_value_to_string(column, 0)
            .map(|text| match column.is_null(0) {
                true => options.null().to_owned(),
                false => text,
            })
            .unwrap()
    }
}

/// All orders of `n` things.
fn orders(n: usize) -> Vec<Vec<usize>> {
    if n == 0 {
        return vec![Vec::new()];
    }
    let shorter = orders(n - 1);
    let insert = |order: &Vec<usize>, place: usize| {
        let mut order = order.clone();
        order.insert(place, n - 1);
        order
    };
    shorter
        .iter()
        .flat_map(|order| (0..n).map(move |place| insert(order, place)))
        .collect()
}

type Make = fn() -> Outcome;

/// Every order of the documents gives the same content, sealed after each document or once at the end.
fn any_order(documents: &[(&str, Make)]) -> String {
    let mut expected: Option<String> = None;
    for (round, order) in orders(documents.len()).iter().enumerate() {
        let mut house = House::new(2, UnitRegister::default());
        for &index in order {
            let (name, outcome) = documents[index];
            house.take(name, outcome());
            if round % 2 == 0 {
                house.seal();
            }
        }
        house.seal();
        let content = house.content();
        match &expected {
            None => expected = Some(content),
            Some(expected) => assert_eq!(*expected, content, "order {order:?}"),
        }
        assert_eq!(house.seal(), 0, "sealing again changed something");
    }
    expected.unwrap()
}

#[test]
fn orders_are_all() {
    // 4! = 24, all different.
    let all: std::collections::BTreeSet<_> = orders(4).into_iter().collect();
    assert_eq!(all.len(), 24);
}

#[test]
fn four_documents_in_any_order_give_the_same_tables() {
    let content = any_order(&[
        ("certificate", || certificate("Intyg-1", None)),
        // Ids are compared without regard to case and blanks.
        ("revocation", || {
            revocation(" intyg-1", "2024-04-02T08:00:00")
        }),
        ("sent", || {
            sent("INTYG-1", "2024-03-02T08:00:00", "fkassa", Some(WOMAN))
        }),
        ("message", || completion("intyg-1", WOMAN)),
    ]);
    // Signed 1 March, sent 2 March, completion asked for 20 March, revoked 2 April; the message has the unit.
    for expected in ["2024-03-02", "2024-03-20", "2024-04-02", "| VG0", "| true"] {
        assert!(
            content.contains(expected),
            "{expected} is missing:\n{content}"
        );
    }
}

#[test]
fn documents_of_other_persons_or_none_find_the_certificate() {
    // The message names another number, the event none: they lie in other buckets than the certificate.
    let content = any_order(&[
        ("certificate", || certificate("c1", None)),
        ("replacing", || certificate("c2", Some("c1"))),
        ("sent", || sent("c1", "2024-03-02T08:00:00", "FKASSA", None)),
        ("message", || completion("c1", OTHER)),
    ]);
    let first = content.lines().find(|l| l.starts_with("| c1 ")).unwrap();
    for expected in ["2024-03-02", "2024-03-20", "| c2 "] {
        assert!(first.contains(expected), "{expected} is missing: {first}");
    }
    assert!(content.contains("LISJP"));
}

#[test]
fn a_revoked_certificate_replaces_no_other() {
    let content = any_order(&[
        ("certificate", || certificate("c1", None)),
        ("replacing", || certificate("c2", Some("c1"))),
        ("revocation", || revocation("C2", "2024-04-02T08:00:00")),
        // A document that the person's other number sent: it lies in another bucket.
        ("message", || completion("c1", OTHER)),
    ]);
    let first = content.lines().find(|l| l.starts_with("| c1 ")).unwrap();
    assert!(first.contains("2024-03-20"), "{first}");
    assert!(!first.contains("| c2 "), "{first}");
}

#[test]
fn of_two_that_replace_a_certificate_the_one_that_stands_counts() {
    let mut house = House::new(1, UnitRegister::default());
    house.take("certificate", certificate("c1", None));
    house.take("older", certificate("c2", Some("c1")));
    house.take("newer", certificate("c3", Some("c1")));
    house.seal();
    // Both were signed at the same time: the greater id is the newer.
    let by = "SELECT replaced_by FROM certificate WHERE certificate_id = 'c1'";
    assert_eq!(house.value(by), "c3");
    house.take("revocation", revocation("c3", "2024-04-02T08:00:00"));
    house.seal();
    assert_eq!(house.value(by), "c2");
}

#[test]
fn a_message_keeps_up_with_a_certificate_in_another_bucket() {
    let mut house = House::new(2, UnitRegister::default());
    house.take("message", completion("c1", OTHER));
    house.take("certificate", certificate("c1", None));
    house.seal();
    assert_eq!(house.value("SELECT revoked_date FROM message"), "null");
    house.take("revocation", revocation("c1", "2024-04-02T08:00:00"));
    house.seal();
    assert_eq!(
        house.value("SELECT revoked_date FROM message"),
        "2024-04-02"
    );
}

#[test]
fn the_same_event_counts_once_and_others_do_not_mark() {
    let mut house = House::new(1, UnitRegister::default());
    house.take("certificate", certificate("c1", None));
    let to = |recipient| sent("c1", "2024-03-02T08:00:00", recipient, Some(WOMAN));
    assert_eq!(house.take("one", to("SKV")).events, 1);
    house.seal();
    let sent_day = "SELECT sent_to_insurer_date FROM certificate";
    assert_eq!(house.value(sent_day), "null");
    assert_eq!(house.take("two", to("FKASSA")).events, 1);
    // The same event in a document of other bytes.
    assert_eq!(house.take("three", to("FKASSA")).duplicate, 1);
    house.seal();
    assert_eq!(house.value("SELECT count(*) FROM event"), "2");
    assert_eq!(house.value(sent_day), "2024-03-02");
}

#[test]
fn a_certificate_of_an_unknown_unit_is_placed_when_the_register_learns() {
    let mut house = House::new(1, UnitRegister::default());
    house.take("certificate", certificate("c1", None));
    house.take("message", completion("c1", WOMAN));
    house.seal();
    let place = |table: &str| {
        format!(
            "SELECT care_provider_id || ' ' || care_unit_id || ' ' || region || ' ' || municipality FROM {table}"
        )
    };
    for table in ["certificate", "period", "message"] {
        assert_eq!(house.value(&place(table)), "VG0 E1 00 0000");
    }
    assert_eq!(house.value("SELECT unit_known FROM certificate"), "false");
    // Östersund: county 23, municipality 80.
    let row = UnitRow {
        unit_id: "e1".to_owned(),
        parent_id: "VE1".to_owned(),
        care_provider_id: "VG1".to_owned(),
        county: "23".to_owned(),
        municipality: "80".to_owned(),
        ..UnitRow::default()
    };
    house.register = UnitRegister::from_rows([row]);
    assert!(house.seal() > 0);
    for table in ["certificate", "period", "message"] {
        assert_eq!(house.value(&place(table)), "VG1 VE1 23 2380");
    }
    assert_eq!(house.value("SELECT unit_known FROM certificate"), "true");
    assert_eq!(house.seal(), 0);
}

#[test]
fn a_sealing_that_dies_between_two_tables_is_carried_through() {
    let undisturbed = {
        let mut house = House::new(1, UnitRegister::default());
        house.take("certificate", certificate("c1", None));
        house.take("revocation", revocation("c1", "2024-04-02T08:00:00"));
        house.seal();
        house.content()
    };
    for tables in 0..3 {
        let mut house = House::new(1, UnitRegister::default());
        house.take("certificate", certificate("c1", None));
        house.take("revocation", revocation("c1", "2024-04-02T08:00:00"));
        let planned = changes(&house.tables, &house.register).unwrap();
        promise(&house.tables, planned).unwrap();
        let bytes = house.tables.lake.get(PROMISE);
        let bytes = house.tables.runtime.wait(bytes).unwrap().unwrap();
        let promised: Changes = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(promised.len(), 3);
        for (table, change) in promised.into_iter().take(tables) {
            let commit = house.tables.lake.commit(&table, change, 0);
            house.tables.runtime.wait(commit).unwrap();
        }
        house.seal();
        assert_eq!(house.content(), undisturbed, "died after {tables} tables");
    }
}
