use std::fmt::Write;

use frisk_codes::{Language, Region};
use frisk_warehouse::{
    Level, View,
    reports::{ReportInfo, usual_diagnoses},
};

use super::reports::{level_name, view_name};
use crate::{
    ask::Ask,
    auth::Authorized,
    gate::{Asked, Gate},
};

/// A choice in a list.
#[derive(Debug)]
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) label: String,
    pub(crate) chosen: bool,
}

/// The pickers of a report page, with what is chosen.
#[derive(Debug)]
pub(crate) struct ReportForm {
    pub(crate) levels: Vec<Choice>,
    pub(crate) regions: Vec<Choice>,
    pub(crate) units: Vec<Choice>,
    pub(crate) views: Vec<Choice>,
    pub(crate) from: String,
    pub(crate) to: String,
    /// Diagnoses that the report is about, with commas; `None` if it needs none.
    pub(crate) diagnosis: Option<String>,
    /// Whether the report has a unit level that the reader may not ask.
    pub(crate) unit_closed: bool,
    /// What the question says besides its view, for links: `&level=…`.
    pub(crate) rest: String,
}

impl ReportForm {
    pub(crate) fn new(
        gate: &Gate,
        info: &ReportInfo,
        ask: &Ask,
        asked: Option<&Asked>,
        authorized: Option<&Authorized>,
        language: Language,
    ) -> Self {
        let sees_unit = authorized.is_some_and(|a| a.claims().role.sees_unit());
        let level = ask.level().unwrap_or(Level::National);
        let view = ask.view(info).unwrap_or(View::Series);
        let open = |l: &&Level| **l != Level::Unit || sees_unit;
        let month = |asked: Option<frisk_warehouse::Month>, typed: Option<&String>| {
            asked.map_or_else(|| typed.cloned().unwrap_or_default(), |m| m.to_string())
        };
        Self {
            levels: info
                .levels
                .iter()
                .filter(open)
                .map(|l| choice(&l.to_string(), level_name(*l, language), *l == level))
                .collect(),
            regions: regions(info, ask, language),
            units: authorized.map_or_else(Vec::new, |a| units(gate, a, ask)),
            views: info
                .views
                .iter()
                .map(|v| choice(&v.to_string(), view_name(*v, language), *v == view))
                .collect(),
            from: month(asked.map(|a| a.from), ask.from.as_ref()),
            to: month(asked.map(|a| a.to), ask.to.as_ref()),
            diagnosis: diagnosis(info, ask),
            unit_closed: info.levels.contains(&Level::Unit) && !sees_unit,
            rest: rest(ask),
        }
    }

    /// Whether the page needs a list of regions.
    pub(crate) fn has_regions(&self) -> bool {
        !self.regions.is_empty()
    }

    /// Whether the page needs a list of units.
    pub(crate) fn has_units(&self) -> bool {
        self.levels.iter().any(|l| l.value == "unit") && self.units.len() > 1
    }
}

fn choice(value: &str, label: &str, chosen: bool) -> Choice {
    Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        chosen,
    }
}

/// The diagnoses asked for, or those that the report shows unasked.
fn diagnosis(info: &ReportInfo, ask: &Ask) -> Option<String> {
    let usual = usual_diagnoses(info.slug);
    let asked = ask.diagnosis.iter().filter(|id| !id.trim().is_empty());
    let asked: Vec<&str> = asked.map(String::as_str).collect();
    let shown = if asked.is_empty() {
        usual.join(", ")
    } else {
        asked.join(", ")
    };
    (!usual.is_empty()).then_some(shown)
}

fn regions(info: &ReportInfo, ask: &Ask, language: Language) -> Vec<Choice> {
    if !info.levels.contains(&Level::Region) {
        return Vec::new();
    }
    let chosen = |code: &str| ask.region.as_deref() == Some(code);
    let region = |r: &Region| choice(r.code, r.label(language), chosen(r.code));
    Region::ALL.iter().map(region).collect()
}

fn units(gate: &Gate, authorized: &Authorized, ask: &Ask) -> Vec<Choice> {
    let unit = |id: &String| {
        let name = gate.unit_name(authorized, id);
        let chosen = ask.unit.iter().any(|asked| asked == id);
        choice(id, name.as_deref().unwrap_or(id), chosen)
    };
    authorized.claims().units.iter().map(unit).collect()
}

/// The question in an address, without its view.
fn rest(ask: &Ask) -> String {
    let mut text = String::new();
    let fields = [
        ("level", &ask.level),
        ("region", &ask.region),
        ("care_provider", &ask.care_provider),
        ("from", &ask.from),
        ("to", &ask.to),
        ("depth", &ask.depth),
        ("doctors", &ask.doctors),
    ];
    for (name, value) in fields {
        if let Some(value) = value.as_ref().filter(|v| !v.is_empty()) {
            let _ = write!(text, "&{name}={}", encoded(value));
        }
    }
    let repeated = [
        ("unit", &ask.unit),
        ("diagnosis", &ask.diagnosis),
        ("filter_diagnosis", &ask.filter_diagnosis),
        ("age", &ask.age),
        ("length", &ask.length),
        ("certificate_type", &ask.certificate_type),
    ];
    for (name, values) in repeated {
        for value in values.iter().filter(|value| !value.is_empty()) {
            let _ = write!(text, "&{name}={}", encoded(value));
        }
    }
    text
}

/// Percent-encoding of everything that is not unreserved (RFC 3986 §2.3).
fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut all, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            all.push(char::from(byte));
        } else {
            let _ = write!(all, "%{byte:02X}");
        }
        all
    })
}
