use axum::http::StatusCode;

use crate::{client::Client, world};

const PAGES: [&str; 16] = [
    "/",
    "/en/",
    "/rapporter",
    "/en/reports",
    "/rapporter/sjukfall-totalt",
    "/rapporter/sjukfall-totalt?view=cross&from=2025-01&to=2025-03",
    "/rapporter/diagnosgrupp?view=series&level=region&region=01",
    "/rapporter/lan",
    "/en/reports/aldersgrupp?view=cross",
    "/en/reports/sjukskrivningsgrad",
    "/riskstod",
    "/en/risk",
    "/metod",
    "/en/method",
    "/demo",
    "/en/demo",
];

/// Elements that have no end tag (HTML Living Standard, void elements).
const VOID: [&str; 5] = ["meta", "link", "input", "br", "hr"];

/// Walks the tags of a page: each end tag must close the element that is open, and ids must be unique.
fn check_form(path: &str, html: &str) {
    assert!(html.starts_with("<!doctype html>\n<html lang=\""), "{path}");
    let (mut open, mut ids) = (Vec::new(), std::collections::BTreeSet::new());
    for part in html.split('<').skip(1) {
        let (tag, _) = part.split_once('>').expect("every tag ends");
        if tag.starts_with('!') {
            continue;
        }
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{path}: </{name}>");
            continue;
        }
        let name = tag.split([' ', '/', '\n']).next().expect("a name");
        if let Some(id) = tag
            .split(" id=\"")
            .nth(1)
            .and_then(|rest| rest.split('"').next())
        {
            assert!(ids.insert(id.to_owned()), "{path}: id {id} twice");
        }
        if !tag.ends_with('/') && !VOID.contains(&name) {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{path}: {open:?}");
}

#[tokio::test]
async fn every_page_is_whole_and_without_inline_style_or_script() {
    let client = Client::new(world::small().0);
    for path in PAGES {
        let answer = client.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        let html = answer.text();
        check_form(path, html);
        for forbidden in [
            "style=", "<script", "<style", "http://", "https://", " onclick",
        ] {
            assert!(!html.contains(forbidden), "{path}: {forbidden}");
        }
        assert_eq!(html.matches("<h1>").count(), 1, "{path}");
        let language = if path.starts_with("/en") { "en" } else { "sv" };
        assert!(
            html.contains(&format!("<html lang=\"{language}\">")),
            "{path}"
        );
        assert!(html.contains("href=\"#content\""), "{path}");
    }
}

#[tokio::test]
async fn chart_and_table_are_the_same_answer() {
    let client = Client::new(world::small().0);
    let page = client
        .get("/rapporter/sjukfall-totalt?from=2025-01&to=2025-01")
        .await;
    let html = page.text();
    // Nine women and five men at SE1; the four at SE2 are protected.
    assert!(html.contains("<th scope=\"row\">jan 2025</th><td>14</td><td>9</td><td>5</td>"));
    assert!(html.contains("/v1/statistics/sjukfall-totalt?view=series"));
    assert!(html.contains("version 000001-small"));
}

#[tokio::test]
async fn a_wrong_month_is_told_beside_the_form_and_kept_in_it() {
    let client = Client::new(world::small().0);
    let page = client.get("/rapporter/sjukfall-totalt?from=juni").await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    check_form("wrong month", page.text());
    assert!(page.text().contains("role=\"alert\""));
    assert!(page.text().contains("value=\"juni\""));
    assert!(
        page.text()
            .contains("Från månad: väntade en månad skriven som 2025-06.")
    );
}

#[tokio::test]
async fn what_is_typed_comes_back_as_text() {
    let client = Client::new(world::small().0);
    let page = client
        .get("/rapporter/sjukfall-totalt?from=%3Cscript%3E%22")
        .await;
    assert!(!page.text().contains("<script"));
    let form = "diagnosis=%3Cb%3E&age=40&sex=woman";
    let page = client
        .post("/riskstod", "application/x-www-form-urlencoded", form)
        .await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!page.text().contains("<b>"));
    assert!(page.text().contains("Diagnos: skriv en kod ur ICD-10-SE"));
}

#[tokio::test]
async fn the_risk_page_answers_in_a_frequency() {
    let client = Client::new(world::small().0);
    let form = "diagnosis=F43.8A&age=50&sex=woman&degree=100&occupation=&region=&days_left=14&prior_days_365=0";
    let page = client
        .post("/riskstod", "application/x-www-form-urlencoded", form)
        .await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.header("cache-control"), "private, no-store");
    check_form("risk", page.text());
    // The stub at 50 years: 0.5612 at day 90.
    assert!(page.text().contains(
        "Av 10 sjukfall som liknar det här och pågår dag 15 pågår ungefär 6 fortfarande efter dag 90."
    ));
    assert!(page.text().contains("Hög"));
    assert!(page.text().contains("ålder: 50 år"));
}

#[tokio::test]
async fn units_are_open_to_their_own_only() {
    let client = Client::new(world::small().0);
    let closed = client.get("/rapporter/sjukfall-totalt?level=unit").await;
    assert_eq!(closed.status, StatusCode::UNAUTHORIZED);
    assert!(closed.text().contains("<h1>Logga in först</h1>"));
    let cookie = format!("frisk_demo={}", client.token("koordinator-b").await);
    let path = "/rapporter/sjukfall-totalt?level=unit&from=2025-01&to=2025-01";
    let own = client.get_with(path, &[("cookie", &cookie)]).await;
    assert_eq!(own.status, StatusCode::OK);
    assert_eq!(own.header("cache-control"), "private, no-store");
    assert!(own.text().contains("Lillåns vårdcentral"));
    assert!(own.text().contains("<td>2</td><td>2</td><td>0</td>"));
    let other = format!("{path}&unit=SE1-A");
    let other = client.get_with(&other, &[("cookie", &cookie)]).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_menu_draws_only_links_that_the_role_may_follow() {
    let client = Client::new(world::small().0);
    let own = "href=\"/rapporter/sjukfall-totalt?level=unit\"";
    assert!(!client.get("/").await.text().contains(own));
    for (person, sees) in [
        ("chef", true),
        ("koordinator-a", true),
        ("statistiker", false),
    ] {
        let cookie = format!("frisk_demo={}", client.token(person).await);
        let page = client.get_with("/", &[("cookie", &cookie)]).await;
        assert_eq!(page.text().contains(own), sees, "{person}");
    }
}

#[tokio::test]
async fn the_demo_page_shows_two_coordinators_on_different_units() {
    let client = Client::new(world::small().0);
    let page = client.get("/demo").await;
    assert_eq!(page.header("cache-control"), "private, no-store");
    for text in [
        "Storängens vårdcentral",
        "Lillåns vårdcentral",
        "Verksamhetschef",
        "Nationell statistiker",
    ] {
        assert!(page.text().contains(text), "{text}");
    }
    assert!(page.text().contains("Demonstration med påhittade personer"));
}

/// WCAG 2.1 relative luminance of `#RRGGBB`.
fn luminance(colour: &str) -> f64 {
    let channel = |at: usize| {
        let value = u8::from_str_radix(&colour[at..at + 2], 16).expect("two hex digits");
        let share = f64::from(value) / 255.0;
        if share <= 0.04045 {
            share / 12.92
        } else {
            ((share + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

fn contrast(a: &str, b: &str) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The colour of a token in a block of the style sheet.
fn token<'a>(block: &'a str, name: &str) -> &'a str {
    let start = block.find(&format!("{name}: #")).expect(name) + name.len() + 2;
    &block[start..start + 7]
}

#[tokio::test]
async fn every_pair_of_text_and_ground_has_contrast() {
    let answer = Client::new(world::small().0).get("/static/frisk.css").await;
    assert!(answer.body.len() < 20_000);
    let css = answer.text();
    let dark_at = css
        .find("prefers-color-scheme: dark")
        .expect("a dark theme");
    let (light, dark) = css.split_at(dark_at);
    // Published figures of PAGES.md §5: ink on surface 16.52 light, 14.67 dark.
    assert!((contrast(token(light, "--ink"), token(light, "--surface")) - 16.52).abs() < 0.01);
    assert!((contrast(token(dark, "--ink"), token(dark, "--surface")) - 14.67).abs() < 0.01);
    let pairs = [
        ("--ink", "--surface"),
        ("--ink", "--page"),
        ("--ink-2", "--surface"),
        ("--ink-2", "--page"),
        ("--ink", "--sunken"),
        ("--link", "--surface"),
        ("--link", "--page"),
        ("--visited", "--surface"),
        ("--on-primary", "--primary"),
        ("--on-primary", "--hover"),
        ("--error", "--error-bg"),
        ("--warn", "--warn-bg"),
        ("--info", "--info-bg"),
        ("--women", "--surface"),
        ("--men", "--surface"),
        ("--total", "--surface"),
        ("--on-light", "--m1"),
        ("--on-light", "--m2"),
        ("--on-light", "--m3"),
        ("--on-dark", "--m4"),
        ("--on-dark", "--m5"),
        ("--on-l12", "--l1"),
        ("--on-l12", "--l2"),
        ("--on-l34", "--l3"),
        ("--on-l34", "--l4"),
    ];
    for (theme, block) in [("light", light), ("dark", dark)] {
        for (text, ground) in pairs {
            let ratio = contrast(token(block, text), token(block, ground));
            assert!(ratio >= 4.5, "{theme}: {text} on {ground} is {ratio:.2}");
        }
        // Marks and edges need 3:1.
        for (mark, ground) in [
            ("--edge", "--surface"),
            ("--reference", "--surface"),
            ("--focus", "--page"),
        ] {
            let ratio = contrast(token(block, mark), token(block, ground));
            assert!(ratio >= 3.0, "{theme}: {mark} on {ground} is {ratio:.2}");
        }
    }
}
