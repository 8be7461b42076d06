use axum::http::{Method, StatusCode};

use crate::{client::Client, world};

#[tokio::test]
async fn a_problem_has_the_five_members_of_rfc_9457() {
    let client = Client::new(world::small().0);
    let answer = client
        .get_with("/v1/nowhere", &[("accept-language", "en")])
        .await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(answer.header("content-type"), "application/problem+json");
    let problem = answer.json();
    assert_eq!(problem["type"], "urn:frisk:problem:not-found");
    assert_eq!(problem["title"], "There is no such page");
    assert_eq!(problem["status"], 404);
    let id = answer.header("x-request-id");
    assert!(!id.is_empty());
    assert_eq!(problem["instance"], format!("urn:frisk:request:{id}"));
    let swedish = client.get("/v1/nowhere").await.json();
    assert_eq!(swedish["title"], "Sidan finns inte");
}

#[tokio::test]
async fn what_fails_inside_is_not_told() {
    let client = Client::new(world::small().0);
    let answer = client
        .get_as("koordinator-a", "/v1/cases/case-broken/risk")
        .await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(!answer.text().contains("secret"), "{}", answer.text());
}

#[tokio::test]
async fn layers_answer_with_problems_too() {
    let (mut app, _) = world::small();
    app.settings.body_limit = 100;
    let client = Client::new(app);
    let large = client
        .post("/v1/risk", "application/json", vec![b' '; 101])
        .await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(large.json()["type"], "urn:frisk:problem:too-large");
    let method = client
        .send(Method::DELETE, "/v1/statistics", &[], Vec::new())
        .await;
    assert_eq!(method.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(method.json()["type"], "urn:frisk:problem:method");
}

#[tokio::test]
async fn pages_show_problems_as_pages() {
    let client = Client::new(world::small().0);
    let answer = client.get("/finns-inte").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(answer.text().contains("<h1>Sidan finns inte</h1>"));
    assert!(answer.text().contains(answer.header("x-request-id")));
    let english = client.get("/en/nothing").await;
    assert!(english.text().contains("<h1>There is no such page</h1>"));
}

#[tokio::test]
async fn every_answer_has_the_security_headers() {
    let client = Client::new(world::small().0);
    for path in ["/", "/v1/statistics", "/finns-inte", "/static/frisk.css"] {
        let answer = client.get(path).await;
        assert!(
            answer
                .header("content-security-policy")
                .starts_with("default-src 'self'")
        );
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
    }
}

#[tokio::test]
async fn a_large_answer_is_compressed_when_asked() {
    let client = Client::new(world::small().0);
    let answer = client.get_with("/", &[("accept-encoding", "gzip")]).await;
    assert_eq!(answer.header("content-encoding"), "gzip");
    // The budget of the overview: 15 KB (PAGES.md §7).
    assert!(answer.body.len() < 15_000, "{} bytes", answer.body.len());
}

#[tokio::test]
async fn no_answer_repeats_a_personal_number_from_the_address() {
    let client = Client::new(world::small().0);
    for path in [
        "/811218-9876",
        "/rapporter/811218-9876",
        "/v1/statistics/811218-9876",
        "/v1/cases/811218-9876/risk",
        "/v1/statistics/sjukfall-totalt?region=811218-9876",
        "/v1/statistics/sjukfall-totalt?from=811218-9876",
        "/v1/statistics/sjukfall-totalt?811218-9876=1",
        "/rapporter/sjukfall-totalt?811218-9876=1",
    ] {
        let answer = client.get_as("koordinator-a", path).await;
        assert!(answer.status.is_client_error(), "{path}");
        assert!(!answer.text().contains("9876"), "{path}: {}", answer.text());
    }
}
