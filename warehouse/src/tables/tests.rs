use std::sync::Arc;

use arrow::{
    array::{Array, AsArray},
    datatypes::{Int64Type, Schema},
};
use frisk_ingest::Counts;

use super::*;
use crate::Intake;

/// A warehouse as an earlier program left it: no table `reject`, no column `software` in `certificate`.
fn earlier(location: &str) -> Tables {
    let (lake, runtime) = (Lake::open(location).unwrap(), Runtime::start().unwrap());
    let layout = Layout::default();
    for table in Table::ALL.iter().filter(|t| t.name != "reject") {
        let partition: &[&str] = if table.bucketed { &["bucket"] } else { &[] };
        let schema = match table.name {
            "certificate" => without_software(&table.delta_schema()),
            _ => table.delta_schema(),
        };
        runtime
            .wait(lake.create(table.name, schema, partition))
            .unwrap();
    }
    runtime
        .wait(lake.put(LAYOUT, serde_json::to_vec(&layout).unwrap()))
        .unwrap();
    Tables::new(lake, runtime, layout)
}

fn without_software(schema: &SchemaRef) -> SchemaRef {
    let fields = schema.fields().iter().filter(|f| f.name() != "software");
    Arc::new(Schema::new(fields.cloned().collect::<Vec<_>>()))
}

/// One row in which every number is 7, every text "x", every list empty.
fn row(schema: &SchemaRef) -> RecordBatch {
    let columns = schema.fields().iter().map(|field| {
        let json = match field.data_type() {
            DataType::Utf8 => r#"{"c":"x"}"#,
            DataType::List(_) => r#"{"c":[]}"#,
            DataType::Boolean => r#"{"c":true}"#,
            _ => r#"{"c":7}"#,
        };
        let schema = Arc::new(Schema::new(vec![Field::new(
            "c",
            field.data_type().clone(),
            true,
        )]));
        let mut decoder = arrow::json::ReaderBuilder::new(schema)
            .build_decoder()
            .unwrap();
        decoder.decode(json.as_bytes()).unwrap();
        Arc::clone(decoder.flush().unwrap().unwrap().column(0))
    });
    RecordBatch::try_new(Arc::clone(schema), columns.collect()).unwrap()
}

#[test]
fn a_warehouse_of_an_earlier_program_gets_new_tables_and_columns() {
    let folder = tempfile::tempdir().unwrap();
    let location = folder.path().to_str().unwrap();
    let old = earlier(location);
    let narrow = row(&without_software(&Table::CERTIFICATE.schema()));
    let file = old
        .write(Table::CERTIFICATE, Some(7), "b00000001", &narrow)
        .unwrap();
    let change = frisk_engine::Change {
        add: vec![file],
        ..Default::default()
    };
    old.runtime
        .wait(old.lake.commit("certificate", change, 0))
        .unwrap();
    let versions = [("certificate".to_owned(), 1)];
    let before = Snapshot {
        name: "000001-test".to_owned(),
        tables: versions.into_iter().collect(),
        data_through: Default::default(),
    };

    let tables = Tables::open_or_create(location, Layout::default()).unwrap();
    let state = tables.state(Table::CERTIFICATE, None).unwrap();
    assert!(state.schema.column_with_name("software").is_some());
    assert_eq!(tables.state(Table::REJECT, None).unwrap().version, 0);
    // The snapshot of before has no table `reject`: it reads as empty, and so do the columns that it lacks.
    assert_eq!(tables.state_in(Table::REJECT, &before).unwrap().files, []);
    let counted = tables
        .query(
            &before,
            "SELECT count(*) AS n, count(software) AS r FROM certificate",
        )
        .unwrap();
    let number = |name: &str| {
        let column = counted[0].column_by_name(name).unwrap();
        column.as_primitive::<Int64Type>().value(0)
    };
    assert_eq!((number("n"), number("r")), (1, 0));

    // Sealing brings rows of before and after into one file.
    let intake = Intake::new(&tables);
    let rows = vec![(Table::CERTIFICATE, row(&Table::CERTIFICATE.schema()))];
    let prepared = intake.prepare(1, &rows, Counts::default()).unwrap();
    intake.promise(&prepared).unwrap();
    intake.commit(&prepared, 0, &mut |_| {}).unwrap();
    intake.settle().unwrap();
    assert_eq!(crate::seal(&tables, 0).unwrap(), 1);
    let state = tables.state(Table::CERTIFICATE, None).unwrap();
    let sealed = tables.rows(Table::CERTIFICATE, &state.files[0]).unwrap();
    let software = sealed[0].column_by_name("software").unwrap();
    assert_eq!((software.len(), software.null_count()), (2, 1));
}
