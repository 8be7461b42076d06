use axum::http::StatusCode;

use crate::{client::Client, world};

#[test]
fn the_checked_in_description_is_up_to_date() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/openapi.json");
    if std::env::var_os("FRISK_UPDATE").is_some() {
        std::fs::write(path, frisk_api::openapi()).unwrap();
    }
    let checked_in = std::fs::read_to_string(path).unwrap();
    assert!(
        checked_in == frisk_api::openapi(),
        "docs/openapi.json differs from the code: run FRISK_UPDATE=1 cargo test --release --workspace --test it description"
    );
}

#[tokio::test]
async fn the_service_tells_its_own_description() {
    let answer = Client::new(world::small().0).get("/openapi.json").await;
    let document = answer.json();
    assert_eq!(document["openapi"], "3.1.0");
    let paths: Vec<&String> = document["paths"].as_object().unwrap().keys().collect();
    assert_eq!(
        paths,
        [
            "/health",
            "/metrics",
            "/ready",
            "/v1/cases/{case}/risk",
            "/v1/risk",
            "/v1/statistics",
            "/v1/statistics/{report}"
        ]
    );
}

#[tokio::test]
async fn health_and_readiness() {
    let client = Client::new(world::small().0);
    assert_eq!(client.get("/health").await.json()["status"], "ok");
    let ready = client.get("/ready").await.json();
    assert_eq!(ready["snapshot"], "000001-small");
    assert_eq!(ready["model"], "halving-model");
}

#[tokio::test]
async fn metrics_name_routes_and_nothing_that_a_caller_wrote() {
    let client = Client::new(world::small().0);
    client
        .get("/v1/statistics/sjukfall-totalt?level=unit&unit=SE1-SECRET")
        .await;
    client.get("/v1/cases/case-a-811218-9876/risk").await;
    client.get("/nowhere/811218-9876").await;
    client
        .get_as("koordinator-b", "/v1/cases/case-a/risk")
        .await;
    let metrics = client.get("/metrics").await;
    assert_eq!(metrics.status, StatusCode::OK);
    let text = metrics.text();
    assert!(
        text.contains(r#"route="/v1/statistics/{report}""#),
        "{text}"
    );
    assert!(text.contains(r#"route="/v1/cases/{case}/risk""#));
    assert!(text.contains(r#"frisk_audited_reads_total{allowed="false"} 1"#));
    for secret in ["SECRET", "case-a", "9876", "nowhere"] {
        assert!(!text.contains(secret), "{secret}");
    }
}
