use ::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use arrow::array::AsArray;
use bytes::Bytes;
use frisk_codes::Text;
use serde_json::Value;

use super::*;
use crate::{Category, Dimension, Month, Question, Role, Scope, View};

fn dimension(id: &str, role: Role, categories: &[(&str, &'static str)]) -> Dimension {
    let category = |(code, label): &(&str, &'static str)| Category {
        code: (*code).to_owned(),
        label: Text::new(label, label).into(),
    };
    Dimension {
        id: id.to_owned(),
        label: Text::new("Rubrik", "Heading").into(),
        role,
        categories: categories.iter().map(category).collect(),
    }
}

/// Two months × two sexes, with a comma and a quote in the title, one cell withheld and one missing.
fn table() -> PublishedTable {
    let month = |text: &str| text.parse::<Month>().unwrap();
    PublishedTable {
        report: "sjukfall_totalt".to_owned(),
        question: Question::new(
            "sjukfall_totalt",
            Scope::National,
            View::Series,
            month("2013-01"),
            month("2013-02"),
        ),
        title: Text::new("Sjukfall, \"alla\"", "Cases").into(),
        definition: Text::new("Antal.", "Number.").into(),
        notes: vec![Text::new("Anmärkning.", "Remark.").into()],
        snapshot: "000001-ab".to_owned(),
        policy: Policy::Compat { threshold: 5 },
        dimensions: vec![
            dimension(
                "month",
                Role::Time,
                &[("2013-01", "jan, 2013"), ("2013-02", "feb 2013")],
            ),
            dimension(
                "sex",
                Role::Classification,
                &[("women", "Kvinnor"), ("men", "Män")],
            ),
        ],
        cells: vec![
            Cell::Value(12.0),
            Cell::Suppressed,
            Cell::Value(2.5),
            Cell::Missing,
        ],
    }
}

fn written(format: Format) -> String {
    String::from_utf8(format.write(&table(), Language::Sv).unwrap()).unwrap()
}

#[test]
fn a_terminal_table_has_the_last_dimension_across() {
    let text = written(Format::Text);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "Sjukfall, \"alla\"");
    assert_eq!(lines[1], "2013-01 – 2013-02");
    assert!(lines[4].contains("000001-ab") && lines[4].contains("compat 5"));
    assert_eq!(
        lines[6..],
        [
            "Rubrik     Kvinnor  Män",
            "jan, 2013       12   ..",
            "feb 2013       2.5    ."
        ]
    );
}

#[test]
fn csv_has_remarks_a_header_and_a_line_a_cell() {
    let text = written(Format::Csv);
    let lines: Vec<&str> = text
        .split_terminator("\r\n")
        .filter(|l| !l.starts_with('#'))
        .collect();
    assert_eq!(
        lines,
        [
            "month,month_label,sex,sex_label,value,status",
            "2013-01,\"jan, 2013\",women,Kvinnor,12,",
            "2013-01,\"jan, 2013\",men,Män,,suppressed",
            "2013-02,feb 2013,women,Kvinnor,2.5,",
            "2013-02,feb 2013,men,Män,,missing",
        ]
    );
    assert!(text.starts_with("# Sjukfall, \"alla\"\r\n"));
}

#[test]
fn json_stat_has_the_keys_that_the_format_requires() {
    // https://json-stat.org/full/: version, class, id, size, dimension, value; sizes are those of the categories, and
    // there are as many values as the product of the sizes.
    let json: Value = serde_json::from_str(&written(Format::JsonStat)).unwrap();
    assert_eq!(json["version"], "2.0");
    assert_eq!(json["class"], "dataset");
    assert_eq!(json["id"], serde_json::json!(["month", "sex"]));
    assert_eq!(json["size"], serde_json::json!([2, 2]));
    assert_eq!(json["role"], serde_json::json!({"time": ["month"]}));
    let month = &json["dimension"]["month"]["category"];
    assert_eq!(
        month["index"],
        serde_json::json!({"2013-01": 0, "2013-02": 1})
    );
    assert_eq!(month["label"]["2013-02"], "feb 2013");
    assert_eq!(json["value"], serde_json::json!([12, null, 2.5, null]));
    assert_eq!(
        json["status"],
        serde_json::json!({"1": "suppressed", "3": "missing"})
    );
    assert_eq!(json["extension"]["frisk"]["policy"], "compat 5");
    assert_eq!(json["extension"]["frisk"]["snapshot"], "000001-ab");
    assert!(
        json["note"]
            .as_array()
            .unwrap()
            .iter()
            .any(|n| n == "Anmärkning.")
    );
}

#[test]
fn parquet_reads_back() {
    let bytes = Format::Parquet.write(&table(), Language::En).unwrap();
    let reader = ParquetRecordBatchReaderBuilder::try_new(Bytes::from(bytes)).unwrap();
    assert_eq!(reader.schema().metadata()["frisk.title"], "Cases");
    let batch = reader.build().unwrap().next().unwrap().unwrap();
    assert_eq!(batch.num_rows(), 4);
    let values = batch.column_by_name("value").unwrap();
    let values = values.as_primitive::<arrow::datatypes::Float64Type>();
    assert_eq!(
        values.iter().collect::<Vec<_>>(),
        [Some(12.0), None, Some(2.5), None]
    );
    let sex = batch.column_by_name("sex").unwrap().as_string::<i32>();
    assert_eq!(
        sex.iter().flatten().collect::<Vec<_>>(),
        ["women", "men", "women", "men"]
    );
    let status = batch.column_by_name("status").unwrap().as_string::<i32>();
    assert_eq!(status.iter().nth(1), Some(Some("suppressed")));
}

#[test]
fn a_swedish_csv_has_semicolons_decimal_commas_and_a_mark() {
    let text = written(Format::CsvSemicolon);
    assert!(text.starts_with('\u{feff}'));
    let lines: Vec<&str> = text
        .split_terminator("\r\n")
        .filter(|l| !l.trim_start_matches('\u{feff}').starts_with('#'))
        .collect();
    assert_eq!(lines[0], "month;month_label;sex;sex_label;value;status");
    assert_eq!(lines[3], "2013-02;feb 2013;women;Kvinnor;2,5;");
}

#[test]
fn px_names_its_variables_times_and_dots() {
    // Keywords and punctuation: PX-file format specification 2013.
    let text = written(Format::Px);
    for line in [
        "CODEPAGE=\"utf-8\";",
        "LANGUAGES=\"sv\",\n\"en\";",
        "DECIMALS=1;",
        "STUB=\"Rubrik\";",
        "TIMEVAL(\"Rubrik\")=TLIST(M1),\"201301\",\n\"201302\";",
        "CODES[en](\"Heading\")=\"women\",\n\"men\";",
        "DATA=\n12 \"..\"\n2.5 \".\"\n;",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
    // A quote inside a text would end it.
    assert!(text.contains("CONTENTS=\"Sjukfall, 'alla'\";"), "{text}");
}

#[test]
fn a_long_text_goes_on_in_the_next_quotes() {
    let mut table = table();
    table.title.sv = "x".repeat(450);
    let text = String::from_utf8(Format::Px.write(&table, Language::Sv).unwrap()).unwrap();
    let piece = "x".repeat(200);
    let rest = "x".repeat(50);
    assert!(text.contains(&format!("CONTENTS=\"{piece}\"\n\"{piece}\"\n\"{rest}\";")));
}

#[test]
fn sdmx_csv_says_why_a_value_is_not_there() {
    let text = written(Format::SdmxCsv);
    let lines: Vec<&str> = text.split_terminator("\r\n").collect();
    assert_eq!(
        lines[0],
        "STRUCTURE,STRUCTURE_ID,ACTION,MONTH,SEX,OBS_VALUE,OBS_STATUS,SNAPSHOT"
    );
    assert_eq!(
        lines[2],
        "dataflow,FRISK:SJUKFALL_TOTALT(1.0),I,2013-01,men,,Q,000001-ab"
    );
    assert_eq!(
        lines[3],
        "dataflow,FRISK:SJUKFALL_TOTALT(1.0),I,2013-02,women,2.5,A,000001-ab"
    );
}

#[test]
fn arrow_reads_back() {
    let bytes = Format::Arrow.write(&table(), Language::En).unwrap();
    let mut reader =
        arrow::ipc::reader::FileReader::try_new(std::io::Cursor::new(bytes), None).unwrap();
    let batch = reader.next().unwrap().unwrap();
    assert_eq!(batch.num_rows(), 4);
    assert_eq!(batch.schema().metadata()["frisk.snapshot"], "000001-ab");
}

#[test]
fn a_page_escapes_what_it_shows() {
    let text = written(Format::Html);
    assert!(text.contains("<caption>Sjukfall, &quot;alla&quot;</caption>"));
    assert!(text.contains("<th scope=\"row\">jan, 2013</th><td>12</td><td>..</td>"));
}

#[test]
fn a_spreadsheet_has_the_same_bytes_each_time() {
    let write = || Format::Xlsx.write(&table(), Language::Sv).unwrap();
    let bytes = write();
    assert!(bytes.starts_with(b"PK"));
    assert_eq!(bytes, write());
}

#[test]
fn an_unknown_format_is_told_what_there_is() {
    let error = "pdf".parse::<Format>().unwrap_err().to_string();
    assert!(error.contains("xlsx") && error.contains("px"), "{error}");
    for format in Format::ALL {
        assert_eq!(format.name().parse::<Format>().unwrap(), format);
    }
}
