//! The service as its clients meet it: over a socket, from a warehouse that the command filled.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Stdio},
};

use crate::frisk::{Frisk, sweden};

/// `frisk serve` on a free port; ends with the value.
struct Service {
    process: Child,
    address: String,
}

impl Service {
    fn start(frisk: &Frisk) -> Self {
        let mut process = frisk
            .command(&["serve", "--bind", "127.0.0.1:0"])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(process.stderr.take().unwrap()).lines();
        let line = said.find_map(|line| line.ok().filter(|l| l.starts_with("http://")));
        let address = line.unwrap()["http://".len()..]
            .trim_end_matches('/')
            .to_owned();
        Self { process, address }
    }

    /// Status and body of a GET.
    fn get(&self, path: &str, token: Option<&str>) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let token = token.map_or(String::new(), |t| format!("Authorization: Bearer {t}\r\n"));
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{token}\r\n",
            self.address
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, body.to_owned())
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

fn served(folder: &Path) -> Frisk {
    let sweden = sweden(folder, 6_000, 15);
    let frisk = Frisk::new(&folder.join("installation"), &sweden);
    assert!(frisk.ingest().output().unwrap().status.success());
    frisk.ok(&["train", "--split", "2025-06-01"]);
    frisk
}

/// The first value of a column of a query.
fn first(frisk: &Frisk, sql: &str, column: &str) -> String {
    let rows = frisk.ok(&["query", "--json", sql]);
    let row: serde_json::Value = serde_json::from_str(rows.lines().next().unwrap()).unwrap();
    row[column].as_str().unwrap().to_owned()
}

#[test]
fn a_coordinator_sees_the_risk_of_own_cases_and_of_no_others() {
    let folder = tempfile::tempdir().unwrap();
    let frisk = served(folder.path());
    let service = Service::start(&frisk);
    assert_eq!(service.get("/health", None).0, 200);
    assert_eq!(service.get("/ready", None).0, 200);

    // The first identity of the demo page is the coordinator of the unit with most cases.
    let (_, page) = service.get("/demo", None);
    let token = page
        .split(|c: char| !c.is_ascii_hexdigit())
        .find(|part| part.len() == 64)
        .unwrap();
    let unit = first(
        &frisk,
        "SELECT care_unit_id, count(*) AS n FROM sick_case GROUP BY 1 ORDER BY n DESC, 1 LIMIT 1",
        "care_unit_id",
    );
    // Long cases that go on when the data end, one here and one elsewhere.
    let long = |whose: &str| {
        let sql = format!(
            "SELECT case_id FROM sick_case WHERE ongoing AND length_days > 60 AND care_unit_id {whose} '{unit}' \
             ORDER BY case_id LIMIT 1"
        );
        first(&frisk, &sql, "case_id")
    };
    let (own, other) = (long("="), long("<>"));

    let (status, body) = service.get(&format!("/v1/cases/{own}/risk"), Some(token));
    assert_eq!(status, 200, "{body}");
    let risk: serde_json::Value = serde_json::from_str(&body).unwrap();
    let day = risk["as_of_day"].as_i64().unwrap();
    assert!(
        day > 60,
        "the case has lasted more than 60 days, told is day {day}"
    );
    let curve = risk["curve"].as_array().unwrap();
    let mut before = 1.0;
    for point in curve {
        let beyond = point["beyond"].as_f64().unwrap();
        assert!(point["day"].as_i64().unwrap() > day);
        assert!(
            (0.0..=before).contains(&beyond),
            "the curve rises or leaves 0–1"
        );
        before = beyond;
    }
    assert_eq!(
        service
            .get(&format!("/v1/cases/{other}/risk"), Some(token))
            .0,
        404
    );
    assert_eq!(service.get(&format!("/v1/cases/{own}/risk"), None).0, 401);
    assert_eq!(
        service.get(&format!("/v1/cases/{own}/risk"), Some("00")).0,
        401
    );

    // Both reads with an identity were written down: the allowed one and the refused one.
    drop(service);
    let told: serde_json::Value = serde_json::from_str(&frisk.ok(&["audit", "verify"])).unwrap();
    assert_eq!(told["audit_rows"], 2);
}

#[test]
fn open_statistics_name_their_snapshot_and_equal_the_command() {
    let folder = tempfile::tempdir().unwrap();
    let frisk = served(folder.path());
    let service = Service::start(&frisk);
    let (status, body) = service.get(
        "/v1/statistics/sjukskrivningslangd?level=national&view=cross&from=2025-01&to=2025-12&format=csv",
        None,
    );
    assert_eq!(status, 200);
    let command = frisk.ok(&[
        "report",
        "sjukskrivningslangd",
        "--level",
        "national",
        "--view",
        "cross",
        "--from",
        "2025-01",
        "--to",
        "2025-12",
        "--format",
        "csv",
    ]);
    assert!(command.contains("000001-"));
    for line in command.lines() {
        assert!(
            body.contains(line),
            "{line:?} is not in the service's answer"
        );
    }
    assert_eq!(
        service
            .get("/v1/statistics/sjukfall_totalt?level=unit", None)
            .0,
        401
    );
}
