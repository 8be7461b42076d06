//! Rows: exactly once, numbered, keyed, placed.

use arrow::array::{Array, AsArray, RecordBatch};
use arrow::datatypes::{Date32Type, Int8Type, Int16Type, Int64Type};
use chrono::NaiveDate;
use frisk_ingest::{
    Batch, BatchBuilder, Counts, Document, Rules, Secret, Seen, UnitRegister, UnitRow, UnknownUnit,
    read, schema,
};

use crate::documents::{FK7263, FK7263_JSON, LISJP, REVOKE, edit, read_text};

fn register() -> UnitRegister {
    UnitRegister::from_rows([
        UnitRow {
            unit_id: "se5560000000-e1".to_owned(),
            parent_id: "SE5560000000-P1".to_owned(),
            ..UnitRow::default()
        },
        UnitRow {
            unit_id: "SE5560000000-P1".to_owned(),
            care_provider_id: "SE5560000000-V9".to_owned(),
            county: "23".to_owned(),
            municipality: "80".to_owned(),
            ..UnitRow::default()
        },
    ])
}

fn build(
    register: &UnitRegister,
    unknown_unit: UnknownUnit,
    texts: &[&str],
    seen: &mut Seen,
    first: i64,
) -> Batch {
    let secret = Secret::new([1; 32]);
    let rules = Rules {
        secret: &secret,
        register,
        today: NaiveDate::from_ymd_opt(2025, 3, 31).unwrap(),
        unknown_unit,
        kva: None,
    };
    let mut builder = BatchBuilder::new(&rules);
    for text in texts {
        builder
            .push("a/19811228-9874.xml", read_text(text), seen)
            .unwrap();
    }
    builder.finish(first).unwrap()
}

fn texts(batch: &RecordBatch, column: &str) -> Vec<Option<String>> {
    let column = batch.column_by_name(column).unwrap().as_string::<i32>();
    column.iter().map(|v| v.map(ToOwned::to_owned)).collect()
}

fn text(batch: &RecordBatch, column: &str) -> String {
    texts(batch, column)[0].clone().unwrap()
}

fn arrivals(batch: &RecordBatch) -> Vec<i64> {
    batch
        .column_by_name("arrival")
        .unwrap()
        .as_primitive::<Int64Type>()
        .values()
        .to_vec()
}

fn day(text: &str) -> i32 {
    let epoch = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap();
    i32::try_from((text.parse::<NaiveDate>().unwrap() - epoch).num_days()).unwrap()
}

#[test]
fn a_certificate_makes_its_rows() {
    let batch = build(
        &register(),
        UnknownUnit::Reject,
        &[LISJP],
        &mut Seen::new(),
        7,
    );
    assert_eq!(batch.certificate.schema(), schema::certificate());
    assert_eq!(batch.period.schema(), schema::period());
    let c = &batch.certificate;
    assert_eq!(arrivals(c), [7]);
    for (column, expected) in [
        ("certificate_id", "påhittat-0001"),
        ("certificate_type", "LISJP"),
        ("care_provider_id", "SE5560000000-V9"),
        ("care_unit_id", "SE5560000000-P1"),
        ("unit_id", "SE5560000000-E1"),
        ("region", "23"),
        ("municipality", "2380"),
        ("diagnosis", "M54P"),
        ("relation", "FRLANG"),
        ("prognosis", "ATER_X_ANTAL_DGR"),
    ] {
        assert_eq!(text(c, column), expected, "{column}");
    }
    let date = |column: &str| {
        c.column_by_name(column)
            .unwrap()
            .as_primitive::<Date32Type>()
            .value(0)
    };
    assert_eq!(date("start_date"), day("2025-03-10"));
    assert_eq!(date("end_date"), day("2025-04-06"));
    // Known when sent, the day after it was signed.
    assert_eq!(
        (date("signed_date"), date("known_date")),
        (day("2025-03-10"), day("2025-03-11"))
    );
    // Born 1981-12-28, so 43 on 2025-04-06.
    assert_eq!(
        c.column_by_name("age")
            .unwrap()
            .as_primitive::<Int16Type>()
            .value(0),
        43
    );
    let p = &batch.period;
    assert_eq!(arrivals(p), [7, 7]);
    assert_eq!(
        p.column_by_name("degree")
            .unwrap()
            .as_primitive::<Int8Type>()
            .values()
            .to_vec(),
        [100, 50]
    );
    assert_eq!(
        p.column_by_name("sex")
            .unwrap()
            .as_primitive::<Int8Type>()
            .values()
            .to_vec(),
        [1, 1]
    );
    assert_eq!(p.column_by_name("revoked_date").unwrap().null_count(), 2);
    // The person key of the rows is that of the vault, and the vault opens.
    let key = c
        .column_by_name("person_key")
        .unwrap()
        .as_primitive::<Int64Type>()
        .value(0);
    assert_eq!(batch.identities.len(), 1);
    assert_eq!(batch.identities[0].person_key, key);
    assert_eq!(
        batch.identities[0].open(&Secret::new([1; 32])).unwrap(),
        "198112289874"
    );
    assert_eq!(batch.reject.num_rows(), 0);
}

#[test]
fn each_event_counts_once_and_arrivals_have_no_holes() {
    let mut seen = Seen::new();
    let again = edit(LISJP, "Stel rygg", "Mycket stel rygg");
    let rejected = edit(LISJP, "M54-P", "M5");
    let texts_in = [
        LISJP,
        &rejected,
        LISJP,
        &again,
        REVOKE,
        REVOKE,
        "hej",
        "<a/>",
        FK7263,
        FK7263_JSON,
    ];
    let batch = build(&register(), UnknownUnit::Reject, &texts_in, &mut seen, 1);
    let counts = Counts {
        read: 10,
        accepted: 3,
        rejected: 2,
        duplicate: 3,
        revoked: 1,
        unsupported: 1,
        ..Counts::default()
    };
    assert_eq!(batch.counts, counts);
    assert_eq!(arrivals(&batch.certificate), [1, 3, 4]);
    assert_eq!(arrivals(&batch.revocation), [2]);
    assert_eq!(batch.arrivals, 4);
    assert_eq!(seen.len(), 4);
    // The same person, sealed once.
    assert_eq!(batch.identities.len(), 1);
    let rules = texts(&batch.reject, "rule");
    let differs = rules
        .iter()
        .flatten()
        .filter(|r| *r == "duplicate.differs")
        .count();
    assert_eq!(differs, 1);
    // The number in the file's name is masked.
    assert!(
        texts(&batch.reject, "source")
            .iter()
            .flatten()
            .all(|s| s == "a/….xml")
    );
    // Once more: all duplicates.
    let batch = build(
        &register(),
        UnknownUnit::Reject,
        &[LISJP, REVOKE, FK7263],
        &mut seen,
        5,
    );
    assert_eq!((batch.counts.duplicate, batch.arrivals), (3, 0));
}

#[test]
fn seen_can_be_filled_again() {
    let mut seen = Seen::new();
    let document = Document::new("x", LISJP.as_bytes().to_vec());
    assert!(seen.insert_certificate("LISJP", "påhittat-0001", Some(document.key())));
    assert!(!seen.insert_certificate("LISJP", "påhittat-0001", None));
    assert!(seen.insert_certificate("FK7263", "påhittat-0001", None));
    assert!(seen.insert_revocation("påhittat-0001", None));
    assert!(!seen.is_empty());
    let batch = build(
        &register(),
        UnknownUnit::Reject,
        &[LISJP, REVOKE],
        &mut seen,
        1,
    );
    assert_eq!((batch.counts.duplicate, batch.reject.num_rows()), (2, 0));
}

#[test]
fn periods_are_tested_one_by_one() {
    // 2030-04-01 is past five years from 2025-03-31; 2030-03-31 is not.
    let late = edit(LISJP, "2025-04-06", "2030-04-01");
    let batch = build(
        &register(),
        UnknownUnit::Reject,
        &[&late],
        &mut Seen::new(),
        1,
    );
    assert_eq!((batch.counts.accepted, batch.period.num_rows()), (1, 1));
    // The reader's warning, then the error that puts the period out.
    let rules = ["period.ends_late", "period.late"].map(|rule| Some(rule.to_owned()));
    assert_eq!(texts(&batch.reject, "rule"), rules);
    assert_eq!(text(&batch.reject, "location"), "period[2]");
    let just = edit(LISJP, "2025-04-06", "2030-03-31");
    assert_eq!(
        build(
            &register(),
            UnknownUnit::Reject,
            &[&just],
            &mut Seen::new(),
            1
        )
        .period
        .num_rows(),
        2
    );

    // A first day long before signing is a warning of the reader's; it is not looked at here.
    let rule = |text: &str| {
        let batch = build(
            &register(),
            UnknownUnit::Reject,
            &[text],
            &mut Seen::new(),
            1,
        );
        let rules = self::texts(&batch.reject, "rule").into_iter().flatten();
        let rules = rules.filter(|rule| rule != "period.starts_early");
        (batch.period.num_rows(), rules.collect::<Vec<_>>())
    };
    assert_eq!(
        rule(&edit(FK7263, "<t:end>2016-02-29", "<t:end>2016-01-31")),
        (0, vec!["period.order".to_owned()])
    );
    assert_eq!(
        rule(&edit(FK7263, "<t:start>2016-02-01", "<t:start>2009-12-31")),
        (0, vec!["period.early".to_owned()])
    );
    assert_eq!(
        rule(&edit(FK7263, "<t:start>2016-02-01", "<t:start>2010-01-01")),
        (1, vec![])
    );
    // Born after the last day; 2018-12-28 is after 2016-02-29, and the check digit is right: 1·2, 8, 1·2, 2, 2·2, 8, 9·2→9, 8, 7·2→5
    // = 2+8+2+2+4+8+9+8+5 = 48, check digit 2.
    assert_eq!(
        rule(&edit(FK7263, "198112289874", "201812289872")),
        (1, vec!["period.age".to_owned()])
    );
}

#[test]
fn unknown_units_are_rejected_or_flagged() {
    let empty = UnitRegister::default();
    let batch = build(&empty, UnknownUnit::Reject, &[LISJP], &mut Seen::new(), 1);
    assert_eq!(
        (batch.counts.rejected, batch.certificate.num_rows()),
        (1, 0)
    );
    assert_eq!(text(&batch.reject, "severity"), "error");
    let batch = build(&empty, UnknownUnit::Flag, &[LISJP], &mut Seen::new(), 1);
    assert_eq!(batch.counts.accepted, 1);
    assert_eq!(
        (text(&batch.reject, "severity"), text(&batch.reject, "rule")),
        ("warning".to_owned(), "unit.unknown".to_owned())
    );
    let c = &batch.certificate;
    assert_eq!(
        (text(c, "region"), text(c, "municipality")),
        ("00".to_owned(), "0000".to_owned())
    );
    assert_eq!(
        (text(c, "care_unit_id"), text(c, "care_provider_id")),
        ("SE5560000000-E1".to_owned(), "SE5560000000-V1".to_owned())
    );
    let long = edit(LISJP, "påhittat-0001", &"x".repeat(51));
    let batch = build(&empty, UnknownUnit::Flag, &[&long], &mut Seen::new(), 1);
    assert_eq!(
        (batch.counts.rejected, text(&batch.reject, "rule")),
        (1, "certificate.id".to_owned())
    );
}

#[test]
fn rows_do_not_depend_on_how_documents_are_split_over_batches() {
    let documents = [LISJP, FK7263, REVOKE, FK7263_JSON, LISJP];
    let whole = build(
        &register(),
        UnknownUnit::Flag,
        &documents,
        &mut Seen::new(),
        1,
    );
    let mut seen = Seen::new();
    let first = build(
        &register(),
        UnknownUnit::Flag,
        &documents[..2],
        &mut seen,
        1,
    );
    let second = build(
        &register(),
        UnknownUnit::Flag,
        &documents[2..],
        &mut seen,
        1 + first.arrivals,
    );
    let joined =
        arrow::compute::concat_batches(&schema::period(), [&first.period, &second.period]).unwrap();
    assert_eq!(joined, whole.period);
    let joined = arrow::compute::concat_batches(
        &schema::certificate(),
        [&first.certificate, &second.certificate],
    )
    .unwrap();
    assert_eq!(joined, whole.certificate);
}

#[test]
fn nothing_that_leaves_holds_a_personal_number() {
    let secret = Secret::new([1; 32]);
    let register = UnitRegister::default();
    let rules = Rules {
        secret: &secret,
        register: &register,
        today: NaiveDate::from_ymd_opt(2025, 3, 31).unwrap(),
        unknown_unit: UnknownUnit::Flag,
        kva: None,
    };
    let mut builder = BatchBuilder::new(&rules);
    let mut seen = Seen::new();
    let broken = edit(LISJP, "198112289874", "19811228-9874");
    let odd = edit(LISJP, "198112289874", "198112289873").replace("påhittat-0001", "19811228-9874");
    for text in [LISJP, FK7263, FK7263_JSON, REVOKE, &broken, &odd] {
        let document = Document::new("x/198112289874/8112289874.xml", text.as_bytes().to_vec());
        builder
            .push(&document.source, read(&document, None), &mut seen)
            .unwrap();
    }
    let batch = builder.finish(1).unwrap();
    assert!(batch.reject.num_rows() > 0);
    for table in [&batch.reject, &batch.period, &batch.revocation] {
        let shown = arrow::util::pretty::pretty_format_batches(std::slice::from_ref(table))
            .unwrap()
            .to_string();
        // The certificate's own id is the sender's choice; all else must be clean.
        let shown = shown.replace("19811228-9874 ", "");
        assert!(
            !shown.contains("8112289874") && !shown.contains("81122898"),
            "{shown}"
        );
    }
}
