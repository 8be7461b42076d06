use axum::http::StatusCode;

use crate::{client::Client, world};

fn client() -> Client {
    Client::new(world::small().0)
}

const JANUARY: &str = "from=2025-01&to=2025-01";

#[tokio::test]
async fn the_catalogue_names_reports_that_answer() {
    let client = client();
    let catalogue = client.get("/v1/statistics").await.json();
    assert_eq!(catalogue["snapshot"], "000001-small");
    assert_eq!(catalogue["data_through"], "2025-06-30");
    let reports = catalogue["reports"].as_array().unwrap();
    assert!(reports.len() >= 7);
    // Those of regions and units alone need to be told which.
    let open = |report: &&serde_json::Value| {
        let levels = report["levels"].as_array().unwrap();
        levels.contains(&"national".into())
    };
    for report in reports.iter().filter(open) {
        let href = report["href"].as_str().unwrap();
        assert_eq!(client.get(href).await.status, StatusCode::OK, "{href}");
    }
}

// At SE1 nine women (7 + 2) and five men; at SE2 four women, fewer than 5, so zero before summing.
#[tokio::test]
async fn national_counts_are_protected_before_they_are_summed() {
    let table = client()
        .get(&format!("/v1/statistics/sjukfall-totalt?{JANUARY}"))
        .await
        .json();
    assert_eq!(table["level"], "national");
    assert_eq!(table["policy"], "compat");
    assert_eq!(
        table["dimensions"][0]["codes"],
        serde_json::json!(["2025-01"])
    );
    assert_eq!(
        table["dimensions"][1]["codes"],
        serde_json::json!(["total", "women", "men"])
    );
    assert_eq!(table["values"], serde_json::json!([14.0, 9.0, 5.0]));
}

#[tokio::test]
async fn a_region_counts_its_own_units_only() {
    let path = format!("/v1/statistics/sjukfall-totalt?level=region&region=12&{JANUARY}");
    let table = client().get(&path).await.json();
    // Four women at one care provider, fewer than 5.
    assert_eq!(table["values"], serde_json::json!([0.0, 0.0, 0.0]));
}

#[tokio::test]
async fn a_unit_sees_its_own_figures_unprotected() {
    let client = client();
    let path = format!("/v1/statistics/sjukfall-totalt?level=unit&{JANUARY}");
    let b = client.get_as("koordinator-b", &path).await;
    // Two women at SE1-B.
    assert_eq!(b.json()["values"], serde_json::json!([2.0, 2.0, 0.0]));
    assert_eq!(b.json()["policy"], "none");
    assert_eq!(b.header("cache-control"), "private, no-cache");
    let a = client.get_as("chef", &path).await;
    assert_eq!(a.json()["values"], serde_json::json!([12.0, 7.0, 5.0]));
}

#[tokio::test]
async fn an_answer_is_asked_for_again_only_if_it_changed() {
    let client = client();
    let path = format!("/v1/statistics/sjukfall-totalt?{JANUARY}");
    let first = client.get(&path).await;
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with('"'));
    let again = client.get_with(&path, &[("if-none-match", &tag)]).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    assert!(again.body.is_empty());
    assert_eq!(again.header("etag"), tag);
    let other = client
        .get_with(&format!("{path}&format=csv"), &[("if-none-match", &tag)])
        .await;
    assert_eq!(other.status, StatusCode::OK);
    assert_ne!(other.header("etag"), tag);
    let english = client
        .get_with(&path, &[("if-none-match", &tag), ("accept-language", "en")])
        .await;
    assert_eq!(english.status, StatusCode::OK);
}

#[tokio::test]
async fn the_format_is_negotiated() {
    let client = client();
    let path = format!("/v1/statistics/aldersgrupp?view=cross&{JANUARY}");
    let csv = client.get_with(&path, &[("accept", "text/csv")]).await;
    assert!(csv.header("content-type").starts_with("text/csv"));
    assert!(csv.text().contains("41"), "{}", csv.text());
    let stat = client.get(&format!("{path}&format=json-stat")).await;
    assert_eq!(stat.json()["version"], "2.0");
    let parquet = client.get(&format!("{path}&format=parquet")).await;
    assert!(parquet.body.starts_with(b"PAR1"));
    let none = client.get_with(&path, &[("accept", "image/png")]).await;
    assert_eq!(none.status, StatusCode::NOT_ACCEPTABLE);
    assert_eq!(none.header("content-type"), "application/problem+json");
}

#[tokio::test]
async fn a_language_is_asked_for() {
    let client = client();
    let path = format!("/v1/statistics/sjukfall-totalt?{JANUARY}");
    let sv = client.get(&path).await.json();
    let en = client
        .get_with(&path, &[("accept-language", "en")])
        .await
        .json();
    assert_ne!(sv["title"], en["title"]);
    assert_eq!(en["dimensions"][1]["labels"][1], "Women");
}

#[tokio::test]
async fn a_question_that_cannot_be_asked_says_what_would() {
    let client = client();
    for (query, what) in [
        ("from=2025-13", "from"),
        ("level=region", "region"),
        ("level=region&region=99", "region"),
        ("level=town", "level"),
        ("view=pie", "view"),
        ("from=2025-06&to=2025-01", "from"),
        ("from=1990-01&to=2025-01", "from"),
        ("colour=red", "query"),
    ] {
        let answer = client
            .get(&format!("/v1/statistics/sjukfall-totalt?{query}"))
            .await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}");
        let detail = answer.json()["detail"].as_str().unwrap().to_owned();
        assert!(detail.starts_with(what), "{query}: {detail}");
    }
    let lan = client
        .get("/v1/statistics/lan?level=region&region=01")
        .await;
    assert_eq!(lan.status, StatusCode::BAD_REQUEST);
    assert_eq!(
        client.get("/v1/statistics/nothing").await.status,
        StatusCode::NOT_FOUND
    );
}
