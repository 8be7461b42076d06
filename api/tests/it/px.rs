//! PxWebApi 2: what SCB's clients ask, and that its figures are those of `/v1/statistics`.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::{client::Client, world};

const ROOT: &str = "/pxwebapi/v2";

fn client() -> Client {
    Client::new(world::small().0)
}

async fn document(client: &Client, path: &str) -> Value {
    let answer = client.get(&format!("{ROOT}{path}")).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
    answer.json()
}

#[tokio::test]
async fn every_listed_table_describes_itself_and_answers() {
    let client = client();
    let config = document(&client, "/config").await;
    assert_eq!(config["apiVersion"], "2.0.0");
    let tables = document(&client, "/tables?pageSize=1000&lang=en").await;
    let listed = tables["tables"].as_array().unwrap();
    assert_eq!(tables["page"]["totalElements"], listed.len());
    assert!(!listed.is_empty());
    for table in listed {
        let id = table["id"].as_str().unwrap();
        let metadata = document(&client, &format!("/tables/{id}/metadata")).await;
        assert_eq!(metadata["role"]["metric"], json!(["ContentsCode"]), "{id}");
        assert_eq!(metadata["role"]["time"], json!(["Tid"]), "{id}");
        assert_eq!(metadata["value"], json!([]), "{id}");
        let data = document(&client, &format!("/tables/{id}/data")).await;
        let size: u64 = data["size"]
            .as_array()
            .unwrap()
            .iter()
            .map(|n| n.as_u64().unwrap())
            .product();
        assert_eq!(data["value"].as_array().unwrap().len() as u64, size, "{id}");
    }
}

// At SE1 nine women and five men in January; at SE2 four women, fewer than 5, so zero before summing. Region 12 is SE2's.
#[tokio::test]
async fn figures_are_those_of_the_statistics_whatever_the_path() {
    let client = client();
    let path = "/tables/sjukfall-totalt/data?valuecodes[Region]=00,12&valuecodes[Tid]=2025-01&valuecodes[sex]=*";
    let data = document(&client, path).await;
    assert_eq!(data["id"], json!(["ContentsCode", "Region", "sex", "Tid"]));
    assert_eq!(data["size"], json!([1, 2, 3, 1]));
    assert_eq!(data["value"], json!([14, 9, 5, 0, 0, 0]));
    let body = json!({"selection": [
        {"variableCode": "Region", "valueCodes": ["00", "12"]},
        {"variableCode": "Tid", "valueCodes": ["range(2025-01,2025-01)"]},
        {"variableCode": "sex", "valueCodes": ["*"]},
    ]});
    let posted = client
        .post(
            &format!("{ROOT}/tables/sjukfall-totalt/data"),
            "application/json",
            body.to_string(),
        )
        .await;
    assert_eq!(posted.json()["value"], data["value"]);
    // Sex and region left out: both sexes, the whole country.
    let less = document(
        &client,
        "/tables/sjukfall-totalt/data?valuecodes[Tid]=2025-01",
    )
    .await;
    assert_eq!(less["value"], json!([14]));
}

#[tokio::test]
async fn every_format_of_the_configuration_is_written() {
    let client = client();
    let config = document(&client, "/config").await;
    for format in config["dataFormats"].as_array().unwrap() {
        let format = format.as_str().unwrap();
        let path = format!("{ROOT}/tables/sjukfall-totalt/data?outputFormat={format}");
        let answer = client.get(&path).await;
        assert_eq!(answer.status, StatusCode::OK, "{format}");
        assert!(!answer.body.is_empty(), "{format}");
    }
    let path =
        format!("{ROOT}/tables/sjukfall-totalt/data?outputFormat=px&valuecodes[Tid]=2025-01");
    let px = client.get(&path).await;
    assert!(px.text().contains("DATA=\n14"), "{}", px.text());
}

#[tokio::test]
async fn a_wrong_question_is_told_what_is_right() {
    let client = client();
    for (path, status) in [
        ("/tables/no-such-table", StatusCode::NOT_FOUND),
        ("/tables/no-such-table/data", StatusCode::NOT_FOUND),
        ("/codelists/none", StatusCode::NOT_FOUND),
        ("/savedqueries/zz", StatusCode::NOT_FOUND),
        ("/tables?lang=fi", StatusCode::BAD_REQUEST),
        ("/tables?pageNumber=99", StatusCode::BAD_REQUEST),
        (
            "/tables/sjukfall-totalt/data?valuecodes[Tid]=1999-01",
            StatusCode::BAD_REQUEST,
        ),
        (
            "/tables/sjukfall-totalt/data?valuecodes[Colour]=red",
            StatusCode::BAD_REQUEST,
        ),
        (
            "/tables/sjukfall-totalt/data?valuecodes[sex]=men",
            StatusCode::BAD_REQUEST,
        ),
        (
            "/tables/sjukfall-totalt/data?outputFormat=doc",
            StatusCode::BAD_REQUEST,
        ),
    ] {
        let answer = client.get(&format!("{ROOT}{path}")).await;
        assert_eq!(answer.status, status, "{path}");
        assert_eq!(
            answer.header("content-type"),
            "application/problem+json",
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_saved_query_gives_the_same_figures_again() {
    let client = client();
    let query = json!({
        "tableId": "sjukfall-totalt",
        "language": "en",
        "outputFormat": "csv",
        "selection": {"selection": [{"variableCode": "Tid", "valueCodes": ["2025-01"]}]},
    });
    let saved = client
        .post(
            &format!("{ROOT}/savedqueries"),
            "application/json",
            query.to_string(),
        )
        .await;
    assert_eq!(saved.status, StatusCode::CREATED);
    let id = saved.json()["id"].as_str().unwrap().to_owned();
    let read = document(&client, &format!("/savedqueries/{id}")).await;
    assert_eq!(read["savedQuery"]["tableId"], "sjukfall-totalt");
    let csv = client.get(&format!("{ROOT}/savedqueries/{id}/data")).await;
    assert!(csv.text().contains(",2025-01,"), "{}", csv.text());
    let other = document(
        &client,
        &format!("/savedqueries/{id}/data?outputFormat=json-stat2"),
    )
    .await;
    assert_eq!(other["value"], json!([14]));
}

#[tokio::test]
async fn pages_of_another_origin_may_read() {
    let answer = client().get(&format!("{ROOT}/config")).await;
    assert_eq!(answer.header("access-control-allow-origin"), "*");
}
