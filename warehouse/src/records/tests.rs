//! Records from files to sealed tables: the version that stands, whoever it is of, and what certificates propose.

use arrow::array::AsArray;
use arrow::datatypes::{Date32Type, Int64Type};
use chrono::NaiveDate;
use frisk_ingest::{BatchBuilder, Document, Rules, Secret, UnitRegister, UnknownUnit, read};

use crate::{Intake, Layout, Ledger, ObservationEnds, Snapshot, Tables, rows_of, seal};

const LISJP: &str = include_str!("../../../ingest/tests/fixtures/lisjp.xml");
const REVOKE: &str = include_str!("../../../ingest/tests/fixtures/revoke.xml");
const A: &str = "191212121212";
const B: &str = "198112289874";

/// A warehouse that takes a document a batch, as after a restart each time.
struct World {
    tables: Tables,
    secret: Secret,
    _folder: tempfile::TempDir,
}

impl World {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let location = folder.path().join("w").display().to_string();
        Self {
            tables: Tables::open_or_create(&location, Layout::default()).unwrap(),
            secret: Secret::new([3; 32]),
            _folder: folder,
        }
    }

    /// Takes documents in one batch and seals.
    fn take(&self, texts: &[&str]) {
        let register = UnitRegister::default();
        let rules = Rules {
            secret: &self.secret,
            register: &register,
            today: NaiveDate::from_ymd_opt(2025, 6, 30).unwrap(),
            unknown_unit: UnknownUnit::Flag,
            kva: None,
        };
        let mut ledger = Ledger::read(&self.tables).unwrap();
        let intake = Intake::new(&self.tables);
        let mut builder = BatchBuilder::new(&rules);
        for text in texts {
            let document = Document::new("d", text.as_bytes().to_vec());
            builder
                .push("d", read(&document, None), &mut ledger.seen)
                .unwrap();
        }
        let batch = builder.finish(intake.next_arrival().unwrap()).unwrap();
        let number = intake.next_number().unwrap();
        let prepared = intake
            .prepare(number, &rows_of(&batch), batch.counts)
            .unwrap();
        intake.promise(&prepared).unwrap();
        intake.commit(&prepared, 1, &mut |_| {}).unwrap();
        intake.settle().unwrap();
        seal(&self.tables, 1).unwrap();
    }

    /// The first columns of a query's rows as text, `|` between them.
    fn ask(&self, sql: &str) -> Vec<String> {
        let snapshot = Snapshot::publish(&self.tables).unwrap();
        let mut lines = Vec::new();
        for batch in self.tables.query(&snapshot, sql).unwrap() {
            let texts: Vec<_> = batch
                .columns()
                .iter()
                .map(|c| arrow::compute::cast(c, &arrow::datatypes::DataType::Utf8).unwrap())
                .collect();
            for row in 0..batch.num_rows() {
                let cells = texts.iter().map(|t| t.as_string::<i32>().value(row));
                lines.push(cells.collect::<Vec<_>>().join("|"));
            }
        }
        lines
    }

    fn key(&self, number: &str) -> i64 {
        self.secret.person_key(number).0
    }
}

const HEADING: &str = "record_id,personnummer,kod,datum,status\n";
const STANDING: &str = "SELECT record_id, code, person_key FROM intervention ORDER BY record_id";

#[test]
fn the_version_that_stands_is_the_newest_also_after_restarts() {
    let world = World::new();
    world.take(&[&format!(
        "{HEADING}r1,{A},GC001,2025-03-01,\nr2,{A},GC001,2025-03-02,\nr3,{A},AW026,2025-03-03,\n"
    )]);
    let (a, b) = (world.key(A), world.key(B));
    let before = [
        format!("r1|GC001|{a}"),
        format!("r2|GC001|{a}"),
        format!("r3|AW026|{a}"),
    ];
    assert_eq!(world.ask(STANDING), before);

    // r1 has another code, r2 is another person's (who lies in another bucket), r3 is taken back.
    let layout = world.tables.layout();
    assert_ne!(layout.bucket(a), layout.bucket(b));
    world.take(&[&format!(
        "{HEADING}r1,{A},DV077,2025-03-01,\nr2,{B},GC001,2025-03-02,\nr3,{A},,,borttagen\n"
    )]);
    let after = [format!("r1|DV077|{a}"), format!("r2|GC001|{b}")];
    assert_eq!(world.ask(STANDING), after);

    // The rows of before, in a file with another heading: nothing changes.
    world.take(&[&format!(
        "id;personnummer;kod;datum;status\nr1;{A};GC001;2025-03-01;\nr3;{A};AW026;2025-03-03;\n"
    )]);
    assert_eq!(world.ask(STANDING), after);
    // 3 versions, then 3 and one that leaves the old person.
    assert_eq!(world.ask("SELECT count(*) FROM record"), ["7"]);
    // Sealing again finds nothing to do.
    assert_eq!(seal(&world.tables, 2).unwrap(), 0);
}

#[test]
fn a_removal_that_comes_first_keeps_the_record_out() {
    let world = World::new();
    world.take(&[&format!("{HEADING}r1,{A},,,makulerad\n")]);
    world.take(&[&format!("{HEADING}r1,{A},GC001,2025-03-01,\n")]);
    assert!(world.ask(STANDING).is_empty());
}

#[test]
fn a_certificate_proposes_until_it_is_revoked() {
    let world = World::new();
    let registered = format!("{HEADING}r1,{B},GC001,2025-03-01,\n");
    world.take(&[LISJP, &registered]);
    let sql = "SELECT source, code, status, record_id, start_date FROM intervention ORDER BY code";
    assert_eq!(
        world.ask(sql),
        [
            "certificate|ARBETSTRANING|proposed|påhittat-0001|2025-03-10",
            "register|GC001|completed|r1|2025-03-01",
            "certificate|HJALPMEDEL|proposed|påhittat-0001|2025-03-10",
        ]
    );
    world.take(&[REVOKE]);
    assert_eq!(world.ask(sql), ["register|GC001|completed|r1|2025-03-01"]);
}

#[test]
fn ends_of_observation_are_read_by_person() {
    let world = World::new();
    world.take(&[&format!(
        "personnummer,orsak,datum,region\n{A},död,2025-03-01,\n{A},pension,2025-04-01,\n{B},flyttad,2025-02-01,23\n"
    )]);
    let snapshot = Snapshot::publish(&world.tables).unwrap();
    let day = |text: &str| text.parse::<NaiveDate>().unwrap().to_epoch_days();
    let late = day("2025-06-30");
    let national = ObservationEnds::read(&world.tables, &snapshot).unwrap();
    assert_eq!(national.through(world.key(A), late), day("2025-02-28"));
    assert_eq!(national.through(world.key(B), late), late);
    let region = |code| ObservationEnds::read_for_region(&world.tables, &snapshot, code).unwrap();
    assert_eq!(region("23").through(world.key(B), late), day("2025-01-31"));
    assert_eq!(region("01").through(world.key(B), late), late);
}

#[test]
fn a_case_is_censored_where_its_person_is_no_longer_followed() {
    let world = World::new();
    // Another person's certificate of two months later: the data reach 2025-05-11, when it was sent.
    let later = LISJP
        .replace("påhittat-0001", "påhittat-0002")
        .replace(B, A)
        .replace("2025-04-06", "2025-06-06")
        .replace("2025-03-", "2025-05-");
    world.take(&[LISJP, &later]);
    let rows = |world: &World| {
        let snapshot = Snapshot::publish(&world.tables).unwrap();
        let asked = crate::features::Asked::EveryCase { day: 20 };
        let icd10 = frisk_codes::Icd10::builtin();
        let batch = crate::features::features(&world.tables, &snapshot, &icd10, asked).unwrap();
        assert_eq!(batch.num_rows(), 1);
        let start = batch.column_by_name("start_date").unwrap();
        let length = batch.column_by_name("length_days").unwrap();
        let ended = batch.column_by_name("ended").unwrap().as_boolean().value(0);
        let start = start.as_primitive::<Date32Type>().value(0);
        let length = arrow::compute::cast(length, &arrow::datatypes::DataType::Int64).unwrap();
        (start, length.as_primitive::<Int64Type>().value(0), ended)
    };
    // 2025-03-10 to 2025-04-06: 22 + 6 days.
    let (start, whole, ended) = rows(&world);
    assert_eq!((whole, ended), (28, true));
    let death = NaiveDate::from_epoch_days(start + 22).unwrap();
    world.take(&[&format!("personnummer,orsak,datum\n{B},död,{death}\n")]);
    // Followed on days 1 to 22 of the case; the death on day 23 does not end the case but the view of it.
    assert_eq!(rows(&world), (start, 22, false));
}
