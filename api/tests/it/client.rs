//! Asks the router without a network.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode},
};
use frisk_api::{App, router};
use tower::ServiceExt;

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("the body is UTF-8")
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).expect("the body is JSON")
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |v| v.to_str().unwrap_or_default())
    }
}

/// A service to ask.
#[derive(Debug, Clone)]
pub(crate) struct Client(Router);

impl Client {
    pub(crate) fn new(app: App) -> Self {
        Self(router(app).expect("the settings may be served"))
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], Vec::new()).await
    }

    pub(crate) async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send(Method::GET, path, headers, Vec::new()).await
    }

    pub(crate) async fn post(&self, path: &str, kind: &str, body: impl Into<Vec<u8>>) -> Answer {
        self.send(Method::POST, path, &[("content-type", kind)], body.into())
            .await
    }

    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body)).expect("a request");
        let response = self
            .0
            .clone()
            .oneshot(request)
            .await
            .expect("the router never fails");
        let (parts, body) = response.into_parts();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: to_bytes(body, 1 << 24).await.expect("a body").to_vec(),
        }
    }

    /// The token of a demo identity, as its sign-in sets it.
    pub(crate) async fn token(&self, person: &str) -> String {
        let form = format!("person={person}");
        let answer = self
            .post("/demo", "application/x-www-form-urlencoded", form)
            .await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{person}");
        let cookie = answer.header("set-cookie");
        let value = cookie
            .strip_prefix("frisk_demo=")
            .and_then(|rest| rest.split(';').next());
        value.expect("the demo cookie").to_owned()
    }

    /// Asks as a demo identity, with a bearer token.
    pub(crate) async fn get_as(&self, person: &str, path: &str) -> Answer {
        let bearer = format!("Bearer {}", self.token(person).await);
        self.get_with(path, &[("authorization", &bearer)]).await
    }
}
