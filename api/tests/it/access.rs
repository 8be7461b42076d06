use std::net::SocketAddr;

use axum::http::StatusCode;
use frisk_api::{DemoSecret, Error, Settings, router};
use frisk_state::StateStore;

use crate::{client::Client, world};

const UNIT: &str = "/v1/statistics/sjukfall-totalt?level=unit&unit=SE1-A";
const CASE: &str = "/v1/cases/case-a/risk";

#[tokio::test]
async fn without_a_token_there_are_no_units_and_no_persons() {
    let (app, store) = world::small();
    let client = Client::new(app);
    for path in [
        UNIT,
        CASE,
        "/v1/statistics/sjukfall-totalt?care_provider=SE1",
    ] {
        let answer = client.get(path).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{path}");
        assert_eq!(answer.header("www-authenticate"), "Bearer realm=\"frisk\"");
        let wrong = client
            .get_with(path, &[("authorization", "Bearer nonsense")])
            .await;
        assert_eq!(wrong.status, StatusCode::UNAUTHORIZED, "{path}");
        let empty = client.get_with(path, &[("authorization", "Bearer ")]).await;
        assert_eq!(empty.status, StatusCode::UNAUTHORIZED, "{path}");
    }
    assert_eq!(store.verify_audit().unwrap(), 0);
}

#[tokio::test]
async fn a_token_in_the_address_is_no_token() {
    let client = Client::new(world::small().0);
    let token = client.token("koordinator-a").await;
    let answer = client.get(&format!("{CASE}?token={token}")).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_case_of_the_own_unit_is_read_and_audited() {
    let (app, store) = world::small();
    let client = Client::new(app);
    let answer = client.get_as("koordinator-a", CASE).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("cache-control"), "private, no-store");
    let risk = answer.json();
    assert_eq!(risk["case"], "case-a");
    assert_eq!(risk["as_of_day"], 15);
    let rows = store.audit_after(0, 10).unwrap();
    assert_eq!(rows.len(), 1);
    let entry = &rows[0].entry;
    assert_eq!(entry.actor, "demo-koordinator-a");
    assert_eq!(entry.role, "coordinator");
    assert_eq!(entry.subject, "case-a");
    assert_eq!(entry.unit, "SE1-A");
    assert!(entry.allowed);
    assert_eq!(store.verify_audit().unwrap(), 1);
}

#[tokio::test]
async fn a_case_of_another_unit_does_not_exist_and_the_attempt_is_audited() {
    let (app, store) = world::small();
    let client = Client::new(app);
    let other = client.get_as("koordinator-b", CASE).await;
    let absent = client
        .get_as("koordinator-b", "/v1/cases/no-such-case/risk")
        .await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
    assert_eq!(absent.status, StatusCode::NOT_FOUND);
    // Nothing tells the two apart but the number of the request.
    let same = |answer: &crate::client::Answer| {
        let mut document = answer.json();
        document["instance"] = serde_json::Value::Null;
        document
    };
    assert_eq!(same(&other), same(&absent));
    let rows = store.audit_after(0, 10).unwrap();
    let seen: Vec<(&str, &str, bool)> = rows
        .iter()
        .map(|r| {
            (
                r.entry.subject.as_str(),
                r.entry.unit.as_str(),
                r.entry.allowed,
            )
        })
        .collect();
    assert_eq!(seen, [("case-a", "SE1-A", false), ("-", "", false)]);
}

#[tokio::test]
async fn roles_that_see_no_persons_are_told_which_would() {
    let (app, store) = world::small();
    let client = Client::new(app);
    for person in ["chef", "statistiker"] {
        let answer = client.get_as(person, CASE).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{person}");
        assert_eq!(
            answer.json()["detail"],
            "Sidan kräver uppdraget Rehabkoordinator."
        );
    }
    let rows = store.audit_after(0, 10).unwrap();
    assert!(rows.len() == 2 && rows.iter().all(|row| !row.entry.allowed));
}

#[tokio::test]
async fn units_outside_the_assignment_do_not_exist() {
    let (app, store) = world::small();
    let client = Client::new(app);
    for query in [
        "unit=SE1-B",
        "unit=SE1-A,SE1-B",
        "unit=SE2-C",
        "care_provider=SE2",
    ] {
        let path = format!("/v1/statistics/sjukfall-totalt?level=unit&{query}");
        let answer = client.get_as("koordinator-a", &path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{query}");
    }
    let statistician = client.get_as("statistiker", UNIT).await;
    assert_eq!(statistician.status, StatusCode::FORBIDDEN);
    let rows = store.audit_after(0, 10).unwrap();
    assert_eq!(rows.len(), 5);
    assert!(rows.iter().all(|row| !row.entry.allowed));
}

#[tokio::test]
async fn demo_identities_are_refused_where_they_do_not_belong() {
    let refused = |change: fn(&mut Settings)| {
        let (mut app, _) = world::small();
        change(&mut app.settings);
        router(app).err()
    };
    let real = refused(|s| s.synthetic = false);
    assert!(matches!(real, Some(Error::DemoOnRealData)));
    let open = refused(|s| s.bind = SocketAddr::from(([0, 0, 0, 0], 8080)));
    assert!(matches!(open, Some(Error::DemoBeyondLoopback { .. })));
    let short = refused(|s| s.demo = Some(DemoSecret::new(*b"short")));
    assert!(matches!(short, Some(Error::DemoSecretShort { found: 5 })));
}

#[tokio::test]
async fn without_demo_identities_there_is_no_demo() {
    let (mut app, _) = world::small();
    app.settings.demo = None;
    let client = Client::new(app);
    assert_eq!(client.get("/demo").await.status, StatusCode::NOT_FOUND);
    assert_eq!(client.get("/").await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_cookie_is_kept_from_scripts_and_other_sites() {
    let client = Client::new(world::small().0);
    let form = "application/x-www-form-urlencoded";
    let answer = client.post("/demo", form, "person=chef").await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"));
    let foreign = client
        .send(
            axum::http::Method::POST,
            "/demo",
            &[("content-type", form), ("sec-fetch-site", "cross-site")],
            b"person=chef".to_vec(),
        )
        .await;
    assert_eq!(foreign.status, StatusCode::BAD_REQUEST);
    assert_eq!(foreign.header("set-cookie"), "");
}
