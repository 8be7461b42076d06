//! Files of interventions, ends of observation and listed patients: read, judged by row, each version once.
//!
//! The persons are invented: the numbers are of Skatteverket's example kind, with days and check digits made up.

use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, Date32Array, Int64Array, RecordBatch, StringArray};
use arrow::datatypes::{Date32Type, Int64Type};
use chrono::NaiveDate;
use frisk_codes::{CodeList, CodeRow, ListKind};
use frisk_ingest::{
    Batch, BatchBuilder, Document, Outcome, Reading, RowCounts, Rules, Secret, Seen, UnitRegister,
    UnitRow, UnknownUnit, Verdict, read, records_of_parquet,
};
use parquet::arrow::ArrowWriter;

const A: &str = "19121212-1212";
const B: &str = "198112289874";

fn reading(bytes: &[u8]) -> Reading {
    read(&Document::new("x", bytes.to_vec()), None)
}

/// Rule and location of each fault.
fn faults(reading: &Reading) -> Vec<(&str, &str)> {
    let faults = reading.faults.iter();
    faults
        .map(|f| (f.rule.as_ref(), f.location.as_str()))
        .collect()
}

/// Pushes files into one batch.
fn build(files: &[&[u8]], seen: &mut Seen) -> Batch {
    let secret = Secret::new([1; 32]);
    let register = UnitRegister::from_rows([UnitRow {
        unit_id: "SE5560000000-E1".to_owned(),
        care_provider_id: "SE5560000000-V1".to_owned(),
        county: "23".to_owned(),
        municipality: "80".to_owned(),
        ..UnitRow::default()
    }]);
    let row = |code: &str| CodeRow {
        code: code.to_owned(),
        name: "påhittad".to_owned(),
    };
    let kva = CodeList::new(ListKind::Kva, vec![row("GC001"), row("DV077")]);
    let rules = Rules {
        secret: &secret,
        register: &register,
        today: NaiveDate::from_ymd_opt(2025, 3, 31).unwrap(),
        unknown_unit: UnknownUnit::Flag,
        kva: Some(&kva),
    };
    let mut builder = BatchBuilder::new(&rules);
    for file in files {
        builder
            .push("in/19121212-1212.csv", reading(file), seen)
            .unwrap();
    }
    builder.finish(1).unwrap()
}

fn texts(batch: &RecordBatch, column: &str) -> Vec<String> {
    let column = batch.column_by_name(column).unwrap().as_string::<i32>();
    column.iter().map(|v| v.unwrap_or("∅").to_owned()).collect()
}

fn days(batch: &RecordBatch, column: &str) -> Vec<String> {
    let column = batch
        .column_by_name(column)
        .unwrap()
        .as_primitive::<Date32Type>();
    let epoch = NaiveDate::from_ymd_opt(1970, 1, 1).unwrap();
    let day = |d: i32| (epoch + chrono::Days::new(u64::try_from(d).unwrap())).to_string();
    column
        .iter()
        .map(|v| v.map_or("∅".to_owned(), day))
        .collect()
}

fn persons(batch: &RecordBatch) -> Vec<i64> {
    let column = batch.column_by_name("person_key").unwrap();
    column.as_primitive::<Int64Type>().values().to_vec()
}

#[test]
fn swedish_csv_makes_rows_of_interventions() {
    // As Excel saves it in Sweden: semicolons, Windows-1252 (Å = C5, ä = E4).
    let file =
        b"Personnummer;\xC5tg\xE4rdskod;Startdatum;Slutdatum;Enhet;Utf\xF6rd av;Registrerad\r\n\
        19121212-1212;GC001;2025-01-07;2025-02-07;se5560000000-e1;Arbetsterapeut;2025-01-09\r\n\
        198112289874;dv077;20250301;;;;\r\n";
    let read = reading(file);
    assert_eq!(read.format.name(), "csv");
    assert_eq!(read.certificate_type.as_deref(), Some("intervention"));
    assert_eq!(
        (read.verdict(), faults(&read)),
        (Verdict::Accepted, Vec::new())
    );

    let batch = build(&[file], &mut Seen::new());
    let rows = &batch.intervention;
    assert_eq!(texts(rows, "code"), ["GC001", "DV077"]);
    assert_eq!(texts(rows, "code_system"), ["KVÅ", "KVÅ"]);
    assert_eq!(days(rows, "start_date"), ["2025-01-07", "2025-03-01"]);
    assert_eq!(days(rows, "end_date"), ["2025-02-07", "∅"]);
    assert_eq!(days(rows, "known_date"), ["2025-01-09", "2025-03-01"]);
    assert_eq!(texts(rows, "unit_id"), ["SE5560000000-E1", ""]);
    assert_eq!(texts(rows, "care_provider_id"), ["SE5560000000-V1", ""]);
    assert_eq!(texts(rows, "region"), ["23", "00"]);
    assert_eq!(texts(rows, "given_by"), ["Arbetsterapeut", "∅"]);
    assert_eq!(texts(rows, "source"), ["register", "register"]);
    assert_eq!(texts(rows, "source_file"), ["in/….csv", "in/….csv"]);
    assert_eq!(batch.record.num_rows(), 2);
    assert_eq!(batch.identities.len(), 2);
    let secret = Secret::new([1; 32]);
    let keys = ["191212121212", B].map(|number| secret.person_key(number).0);
    assert_eq!(persons(rows), keys);
    assert_eq!(batch.counts.record_files, 1);
    let expected = RowCounts {
        read: 2,
        accepted: 2,
        ..RowCounts::default()
    };
    assert_eq!(batch.counts.rows, expected);
    // No certificate came.
    assert_eq!((batch.counts.read, batch.counts.accepted), (1, 0));
}

#[test]
fn a_fault_names_row_and_column_and_only_that_row_is_out() {
    let file = format!(
        "person_number,code,start_date,end_date,status\n{A},GC001,2025-01-07,,\n\
         19121312-1212,GC001,2025-01-07,,\n{A},GC1,2025-01-07,,\n{A},GC001,7/1 2025,,\n\
         {A},GC001,2025-01-07,2025-01-06,\n{A},GC001,2025-01-07,,planned\n{A},GC001,2025-01-07\n\n\
         ,,,,\n{A},DV077,2025-01-08,,in-progress\n"
    );
    let read = reading(file.as_bytes());
    assert_eq!(
        faults(&read),
        [
            ("intervention/person_number", "row 3, column person_number"),
            ("intervention/code", "row 4, column code"),
            ("intervention/start_date", "row 5, column start_date"),
            ("intervention/end_date", "row 6, column end_date"),
            ("intervention/status", "row 7, column status"),
            ("intervention/row", "row 8"),
        ]
    );
    assert_eq!(read.verdict(), Verdict::Accepted);
    let Outcome::Records(records) = &read.outcome else {
        panic!("expected records");
    };
    assert_eq!((records.rows.len(), records.rejected), (2, 6));
    let batch = build(&[file.as_bytes()], &mut Seen::new());
    assert_eq!(
        texts(&batch.intervention, "status"),
        ["completed", "in-progress"]
    );
    assert_eq!(batch.reject.num_rows(), 6);
}

#[test]
fn a_file_that_is_out_says_what_is_missing() {
    let read = reading(b"personnummer;kod\n19121212-1212;GC001\n");
    assert_eq!(read.verdict(), Verdict::Rejected);
    assert_eq!(faults(&read), [("record/columns", "row 1")]);
    let read = reading(b"personnummer;kod;datum;date\n");
    assert_eq!(faults(&read), [("intervention/columns", "row 1")]);
    // All rows out: the file is out, and still its rows are told.
    let read = reading(b"personnummer;kod;datum\n1;GC001;2025-01-01\n");
    assert_eq!(read.verdict(), Verdict::Rejected);
    assert_eq!(faults(&read).len(), 1);
    // A heading alone is a file without rows.
    assert_eq!(
        reading(b"personnummer;kod;datum\n").verdict(),
        Verdict::Accepted
    );
    // Other lists are none of these.
    assert!(!matches!(
        reading(b"unit_id,name\nA,B\n").outcome,
        Outcome::Records(_)
    ));
}

#[test]
fn days_that_cannot_be_are_left_out_by_the_day_of_processing() {
    // Processed on 2025-03-31.
    let file = format!(
        "personnummer,kod,datum\n{A},GC001,2025-03-31\n{A},GC001,2025-04-01\n{A},GC001,1989-12-31\n"
    );
    let batch = build(&[file.as_bytes()], &mut Seen::new());
    assert_eq!(days(&batch.intervention, "start_date"), ["2025-03-31"]);
    assert_eq!(batch.counts.rows.rejected, 2);
    assert_eq!(texts(&batch.reject, "location"), ["row 3", "row 4"]);
}

#[test]
fn a_code_that_kva_does_not_have_and_a_unit_that_is_unknown_are_warnings() {
    let file = format!(
        "personnummer,kod,datum,enhet,kodsystem\n{A},AW026,2025-03-01,SE-X,\n{A},local-1,2025-03-02,,lokal\n"
    );
    let batch = build(&[file.as_bytes()], &mut Seen::new());
    assert_eq!(batch.intervention.num_rows(), 2);
    assert_eq!(
        texts(&batch.reject, "rule"),
        ["intervention/code.unknown", "intervention/unit.unknown"]
    );
    assert_eq!(texts(&batch.reject, "severity"), ["warning", "warning"]);
    assert_eq!(texts(&batch.intervention, "unit_id"), ["SE-X", ""]);
    assert_eq!(texts(&batch.intervention, "code_system"), ["KVÅ", "lokal"]);
}

#[test]
fn the_same_rows_come_once_also_in_another_file() {
    let mut seen = Seen::new();
    let row = format!("{A},GC001,2025-03-01\n");
    let one = format!("personnummer,kod,datum\n{row}{row}");
    // Other columns and order, and another row: the first is the same record.
    let other =
        format!("kod;personnummer;datum\nGC001;191212121212;20250301\nDV077;{B};20250301\n");
    let batch = build(
        &[one.as_bytes(), other.as_bytes(), one.as_bytes()],
        &mut seen,
    );
    assert_eq!(texts(&batch.intervention, "code"), ["GC001", "DV077"]);
    let rows = batch.counts.rows;
    assert_eq!((rows.read, rows.accepted, rows.duplicate), (6, 2, 4));
    assert_eq!((batch.counts.record_files, batch.counts.duplicate), (2, 1));
}

#[test]
fn a_correction_and_a_removal_go_by_the_record_id() {
    let heading = "record_id,personnummer,kod,datum,status\n";
    let first = format!("{heading}r1,{A},GC001,2025-03-01,\nr2,{A},GC001,2025-03-02,\n");
    // r1 had the wrong code and person, r2 is taken back by its id alone.
    let second = format!("{heading}r1,{B},DV077,2025-03-01,\nr2,{A},,,makulerad\n");
    let mut seen = Seen::new();
    build(&[first.as_bytes()], &mut seen);
    let batch = build(&[second.as_bytes()], &mut seen);
    assert_eq!(texts(&batch.intervention, "code"), ["DV077"]);
    let rows = batch.counts.rows;
    assert_eq!((rows.accepted, rows.removed, rows.duplicate), (1, 1, 0));
    // Ledger: r1 with its new person, r1 gone from the old one, r2 gone.
    let removed = batch.record.column_by_name("removed").unwrap().as_boolean();
    let removed: Vec<bool> = removed.iter().flatten().collect();
    assert_eq!(removed, [false, true, true]);
    let secret = Secret::new([1; 32]);
    let [a, b] = ["191212121212", B].map(|number| secret.person_key(number).0);
    assert_eq!(persons(&batch.record), [b, a, a]);
    // The first file again changes nothing.
    let again = build(&[first.as_bytes()], &mut seen);
    assert_eq!(
        (again.record.num_rows(), again.counts.rows.duplicate),
        (0, 2)
    );
}

#[test]
fn ends_of_observation_and_listings_have_tables_of_their_own() {
    let ends = format!(
        "personnummer;orsak;datum;län\n{A};avliden;2025-03-01;\n{B};UV;2024-12-31;23\n{B};okänd;2024-12-31;\n"
    );
    let listings = format!(
        "Personnummer;Enhet;Listad från;Listad till\n{A};SE5560000000-E1;2020-01-01;\n{B};;2020-01-01;\n"
    );
    let batch = build(&[ends.as_bytes(), listings.as_bytes()], &mut Seen::new());
    assert_eq!(
        texts(&batch.observation_end, "kind"),
        ["death", "emigration"]
    );
    assert_eq!(
        days(&batch.observation_end, "end_date"),
        ["2025-03-01", "2024-12-31"]
    );
    assert_eq!(texts(&batch.observation_end, "region"), ["00", "23"]);
    assert_eq!(days(&batch.listing, "from_date"), ["2020-01-01"]);
    assert_eq!(texts(&batch.listing, "region"), ["23"]);
    assert_eq!(
        texts(&batch.reject, "rule"),
        ["observation_end/kind", "listing/unit_id"]
    );
    assert_eq!(batch.counts.record_files, 2);
}

fn parquet_of(columns: Vec<(&str, ArrayRef)>) -> Vec<u8> {
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    bytes
}

#[test]
fn parquet_gives_what_csv_gives() {
    // 2025-03-01 is day 20148: 55 years × 365 + 13 leap days (1972 … 2020) + 1 (2024) + 31 + 28 = 20148.
    let file = parquet_of(vec![
        ("personnummer", Arc::new(StringArray::from(vec![A, B, "x"]))),
        (
            "kod",
            Arc::new(StringArray::from(vec!["GC001", "DV077", "DV077"])),
        ),
        (
            "datum",
            Arc::new(Date32Array::from(vec![20_148, 20_147, 20_147])),
        ),
        ("note", Arc::new(Int64Array::from(vec![1, 2, 3]))),
    ]);
    let read = reading(&file);
    assert_eq!(read.format.name(), "parquet");
    assert_eq!(
        faults(&read),
        [("intervention/person_number", "row 3, column personnummer")]
    );
    let batch = build(&[&file], &mut Seen::new());
    assert_eq!(
        days(&batch.intervention, "start_date"),
        ["2025-03-01", "2025-02-28"]
    );
    let csv = format!("personnummer,kod,datum\n{A},GC001,2025-03-01\n{B},DV077,2025-02-28\n");
    let mut seen = Seen::new();
    build(&[csv.as_bytes()], &mut seen);
    assert_eq!(build(&[&file], &mut seen).counts.rows.duplicate, 2);
}

#[test]
fn a_parquet_column_of_another_type_is_named() {
    let numbers: ArrayRef = Arc::new(Int64Array::from(vec![191_212_121_212]));
    let file = parquet_of(vec![
        ("personnummer", numbers),
        ("kod", Arc::new(StringArray::from(vec!["GC001"]))),
        ("datum", Arc::new(StringArray::from(vec!["2025-03-01"]))),
    ]);
    let read = reading(&file);
    assert_eq!(read.verdict(), Verdict::Rejected);
    assert_eq!(
        faults(&read),
        [("intervention/person_number", "column personnummer")]
    );
    // Cut short it is damaged, and nothing panics.
    let mut cut = file[..file.len() / 2].to_vec();
    cut.extend_from_slice(b"PAR1");
    assert!(records_of_parquet(&cut).is_none_or(|file| file.records.is_none()));
}

fn procedure(id: &str, status: &str, rest: &str) -> String {
    format!(
        r#"{{"resourceType":"Procedure","id":"{id}","status":"{status}",
        "code":{{"coding":[{{"system":"http://snomed.info/sct","code":"410155007"}},
            {{"system":"urn:oid:1.2.752.116.1.3.2.1.4","code":"GC001"}}]}},
        "subject":{{"identifier":{{"system":"urn:oid:1.2.752.129.2.1.3.1","value":"191212121212"}}}},
        "performer":[{{"function":{{"text":"Fysioterapeut"}},"actor":{{"display":"x"}}}}],
        "location":{{"identifier":{{"system":"urn:oid:1.2.752.129.2.1.4.1","value":"SE5560000000-E1"}}}}{rest}}}"#
    )
}

#[test]
fn a_fhir_procedure_is_an_intervention() {
    let one = procedure(
        "p1",
        "completed",
        r#","performedDateTime":"2025-02-03T10:00:00+01:00""#,
    );
    let read = reading(one.as_bytes());
    assert_eq!(
        (read.format.name(), read.verdict()),
        ("fhir-r4", Verdict::Accepted)
    );
    let batch = build(&[one.as_bytes()], &mut Seen::new());
    let rows = &batch.intervention;
    // The KVÅ coding counts, wherever it stands.
    assert_eq!(texts(rows, "code"), ["GC001"]);
    assert_eq!(texts(rows, "given_by"), ["Fysioterapeut"]);
    assert_eq!(texts(rows, "unit_id"), ["SE5560000000-E1"]);
    assert_eq!(texts(rows, "record_id"), ["p1"]);
    assert_eq!(days(rows, "start_date"), ["2025-02-03"]);
    // Entered in error takes it back; the time of change decides, not the order.
    let mut seen = Seen::new();
    let gone = procedure(
        "p1",
        "entered-in-error",
        r#","performedDateTime":"2025-02-03""#,
    );
    build(&[one.as_bytes()], &mut seen);
    let batch = build(&[gone.as_bytes()], &mut seen);
    assert_eq!(
        (batch.counts.rows.removed, batch.intervention.num_rows()),
        (1, 0)
    );
}

#[test]
fn bundles_and_lines_hold_many_procedures() {
    let period = r#","performedPeriod":{"start":"2025-01-01","end":"2025-01-31"}"#;
    let first = procedure("p1", "in-progress", period);
    let late = procedure("p2", "preparation", period);
    // The patient stands in the bundle and is referred to by her full URL.
    let referred = r#"{"resourceType":"Procedure","id":"p3","status":"completed",
        "code":{"coding":[{"system":"urn:oid:1.2.752.116.1.3.2.1.4","code":"DV077"}]},
        "subject":{"reference":"urn:uuid:1"},"performedDateTime":"2025-01-05"}"#;
    let patient = r#"{"resourceType":"Patient","id":"x","identifier":[
        {"system":"http://electronichealth.se/identifier/samordningsnummer","value":"197010632391"}]}"#;
    let bundle = format!(
        r#"{{"resourceType":"Bundle","type":"collection","entry":[{{"fullUrl":"urn:uuid:1","resource":{patient}}},
        {{"resource":{first}}},{{"resource":{late}}},{{"resource":{referred}}}]}}"#
    );
    let read = reading(bundle.as_bytes());
    assert_eq!(
        faults(&read),
        [("intervention/status", "/entry/2/resource/status")]
    );
    let batch = build(&[bundle.as_bytes()], &mut Seen::new());
    assert_eq!(texts(&batch.intervention, "code"), ["GC001", "DV077"]);
    assert_eq!(
        texts(&batch.intervention, "status"),
        ["in-progress", "completed"]
    );
    assert_eq!(days(&batch.intervention, "end_date"), ["2025-01-31", "∅"]);
    let line = |text: &str| text.replace('\n', " ");
    let lines = format!("{}\n{}\n", line(&first), line(&late));
    let read = reading(lines.as_bytes());
    assert_eq!(
        faults(&read),
        [("intervention/status", "resource 2: /status")]
    );
    // A patient alone is no intervention.
    assert_eq!(reading(patient.as_bytes()).verdict(), Verdict::Unsupported);
}

#[test]
fn no_personal_number_leaves_in_rows_faults_or_debug() {
    let file = format!(
        "record_id,personnummer,kod,datum,enhet,utförd av\n\
         {A}-1,{A},GC001,2025-03-01,{A},Anna {A}\nr2,19121212-121X,GC001,2025-03-01,,\nr3,{A},19121212-1212,x,,\n"
    );
    let batch = build(&[file.as_bytes()], &mut Seen::new());
    let read = reading(file.as_bytes());
    let mut shown = format!("{read:?}");
    for rows in [&batch.intervention, &batch.record, &batch.reject] {
        shown += &arrow::util::pretty::pretty_format_batches(std::slice::from_ref(rows))
            .unwrap()
            .to_string();
    }
    assert_eq!(batch.intervention.num_rows(), 1);
    for number in ["191212121212", "1212121212", "19121212-1212", "121212-1212"] {
        assert!(!shown.contains(number), "{number} in {shown}");
    }
}
