use axum::http::StatusCode;

use crate::{client::Client, world};

fn client() -> Client {
    Client::new(world::small().0)
}

async fn ask(body: &str) -> crate::client::Answer {
    client().post("/v1/risk", "application/json", body).await
}

#[tokio::test]
async fn features_give_a_curve_a_reference_and_reasons() {
    let answer = ask(r#"{"diagnosis":"F43.8A","age":0,"sex":"woman"}"#).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let answer = ask(r#"{"diagnosis":"F43.8A","age":50,"sex":"woman"}"#).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("cache-control"), "no-store");
    let risk = answer.json();
    assert_eq!(risk["model"], "halving-model");
    assert_eq!(risk["reference_group"], "F43");
    // The stub halves every 60 days of the reference: day 75 would be 0.5; day 90 is 2^(-75/60) = 0.4204.
    let at = |curve: &str| {
        let points = risk[curve].as_array().unwrap();
        let point = points.iter().find(|p| p["day"] == 90).unwrap();
        point["beyond"].as_f64().unwrap()
    };
    assert!((at("reference") - 0.420_448).abs() < 1e-6);
    // At 50 years, every 90 days: 2^(-75/90) = 0.5612.
    assert!((at("curve") - 0.561_231).abs() < 1e-6);
    assert_eq!(risk["reasons"][0]["label"], "ålder");
    assert_eq!(risk["not_given"], serde_json::json!(["degree_now"]));
    assert!(
        risk["caveat"]
            .as_str()
            .unwrap()
            .contains("inte den här personen")
    );
}

#[tokio::test]
async fn features_that_cannot_be_used_are_named_without_their_values() {
    let answer = ask(r#"{"diagnosis":"198112189876","age":12,"sex":"x","degree":40}"#).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let faults = answer.json()["faults"].as_array().unwrap().clone();
    let fields: Vec<&str> = faults
        .iter()
        .map(|f| f.as_str().unwrap().split(':').next().unwrap())
        .collect();
    assert_eq!(fields, ["diagnosis", "age", "sex", "degree"]);
    assert!(!answer.text().contains("198112189876"));
}

#[tokio::test]
async fn json_that_does_not_fit_is_placed_and_not_repeated() {
    for body in [
        r#"{"diagnosis":"F43","age":"811218-9876","sex":"woman"}"#,
        r#"{"diagnosis":"F43","age":40,"sex":"woman","personnummer":"811218-9876"}"#,
        r#"{"811218-9876":1}"#,
        "811218-9876",
    ] {
        let answer = ask(body).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        assert!(!answer.text().contains("9876"), "{}", answer.text());
        assert!(answer.text().contains("line 1, column"));
    }
}

#[tokio::test]
async fn a_document_that_is_no_certificate_is_told_why() {
    let client = client();
    let answer = client
        .post("/v1/risk", "application/xml", "<a>811218-9876</a>")
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!answer.json()["faults"].as_array().unwrap().is_empty());
    assert!(!answer.text().contains("9876"));
    let text = client.post("/v1/risk", "text/plain", "F43").await;
    assert_eq!(text.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[tokio::test]
async fn without_a_model_nothing_is_estimated() {
    let (mut app, _) = world::small();
    app.artefact = None;
    let client = Client::new(app);
    let body = r#"{"diagnosis":"F43","age":50,"sex":"woman"}"#;
    let answer = client.post("/v1/risk", "application/json", body).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.json()["type"], "urn:frisk:problem:no-model");
    let page = client.get("/riskstod").await;
    assert!(page.text().contains("Ingen riskmodell är godkänd"));
}

/// An invented certificate of ingest's own tests: M54P, born 1981-12-28, certified 2025-03-10 to 2025-04-06.
const LISJP: &str = include_str!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../ingest/tests/fixtures/lisjp.xml"
));

#[tokio::test]
async fn a_certificate_gives_the_estimate_of_its_features() {
    let client = client();
    let answer = client.post("/v1/risk", "application/xml", LISJP).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    // 43 years on the last certified day.
    let row = r#"{"diagnosis":"M54P","age":43,"sex":"man","degree":100,"degree_now":50}"#;
    let by_hand = client.post("/v1/risk", "application/json", row).await;
    assert_eq!(answer.json()["curve"], by_hand.json()["curve"]);
    assert_eq!(answer.json()["not_given"], serde_json::json!([]));
    assert!(!answer.text().contains("811228"), "{}", answer.text());
}
