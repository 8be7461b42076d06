use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;

/// What to do with certificates of a unit that the register does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum UnknownUnit {
    /// Reject them, as Intygsstatistik does.
    Reject,
    /// Keep them with unknown region, and say so.
    #[default]
    Flag,
}

/// A row of a unit register (HSA extract), before it is resolved.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UnitRow {
    /// HSA id of the unit.
    pub unit_id: String,
    /// Display name.
    pub name: String,
    /// HSA id of the care unit it is part of; empty or its own id = it is a care unit itself.
    pub parent_id: String,
    /// HSA id of the care provider; a sub-unit's is that of its parent.
    pub care_provider_id: String,
    /// County code (länskod); empty = take the parent's county and municipality.
    pub county: String,
    /// Municipality code (kommunkod), two digits after the county or four alone.
    pub municipality: String,
    /// First day on which the row holds; `None` = from the beginning.
    pub valid_from: Option<NaiveDate>,
    /// Last day on which the row holds; `None` = until further notice.
    pub valid_to: Option<NaiveDate>,
}

impl UnitRow {
    fn span(&self) -> Span {
        Span {
            from: self.valid_from.unwrap_or(NaiveDate::MIN),
            to: self.valid_to.unwrap_or(NaiveDate::MAX),
        }
    }
}

/// Days, both inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    from: NaiveDate,
    to: NaiveDate,
}

impl Span {
    fn holds(self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.to
    }
}

/// A unit (enhet), resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// HSA id, normalised.
    pub unit_id: String,
    /// Display name.
    pub name: String,
    /// HSA id of its care unit (vårdenhet): its parent, or itself.
    pub care_unit_id: String,
    /// HSA id of its care provider (vårdgivare).
    pub care_provider_id: String,
    /// Region, two digits; `00` unknown.
    pub region: String,
    /// Municipality, four digits; `0000` unknown.
    pub municipality: String,
}

/// An HSA id as compared: upper-case, all white space gone. Source: conformance kit §6.2.
#[must_use]
pub fn normalize_hsa_id(id: &str) -> String {
    id.split_whitespace().collect::<String>().to_uppercase()
}

/// The units that are known, by normalised HSA id, each as it was in the course of time.
#[derive(Debug, Clone, Default)]
pub struct UnitRegister {
    /// Times of each unit, without overlap, earliest first.
    units: HashMap<String, Vec<(Span, Unit)>>,
}

impl UnitRegister {
    /// A register of rows in any order; of rows with the same id that hold on the same day the last counts. A row without an
    /// id stands for certificates that name no unit; without such a row those are rejected.
    #[must_use]
    pub fn from_rows(rows: impl IntoIterator<Item = UnitRow>) -> Self {
        let mut by_id: HashMap<String, Vec<UnitRow>> = HashMap::new();
        for row in rows {
            let id = normalize_hsa_id(&row.unit_id);
            by_id.entry(id).or_default().push(row);
        }
        let units = by_id.keys().map(|id| (id.clone(), times(id, &by_id)));
        Self {
            units: units.collect(),
        }
    }

    /// The unit of an HSA id in any spelling, as it was last.
    #[must_use]
    pub fn get(&self, unit_id: &str) -> Option<&Unit> {
        let times = self.units.get(&normalize_hsa_id(unit_id))?;
        times.last().map(|(_, unit)| unit)
    }

    /// The unit of an HSA id in any spelling, as it was on a day.
    #[must_use]
    pub fn on(&self, unit_id: &str, day: NaiveDate) -> Option<&Unit> {
        let times = self.units.get(&normalize_hsa_id(unit_id))?;
        let found = times.iter().find(|(span, _)| span.holds(day));
        found.map(|(_, unit)| unit)
    }

    /// How many units there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.units.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// The units as they were last, in no order.
    pub fn units(&self) -> impl Iterator<Item = &Unit> {
        self.units
            .values()
            .filter_map(|times| Some(&times.last()?.1))
    }
}

/// The times of a unit: cut wherever a row of it, or of a parent that it has at some time, begins or ends.
fn times(id: &str, by_id: &HashMap<String, Vec<UnitRow>>) -> Vec<(Span, Unit)> {
    let own = by_id.get(id).map_or(&[][..], Vec::as_slice);
    let parents = own
        .iter()
        .filter_map(|row| by_id.get(&normalize_hsa_id(&row.parent_id)));
    let mut starts = BTreeSet::from([NaiveDate::MIN]);
    for row in own.iter().chain(parents.flatten()) {
        starts.insert(row.span().from);
        starts.extend(row.span().to.succ_opt());
    }
    let starts: Vec<NaiveDate> = starts.into_iter().collect();
    let mut times: Vec<(Span, Unit)> = Vec::new();
    for (at, &from) in starts.iter().enumerate() {
        let next = starts.get(at + 1).and_then(|next| next.pred_opt());
        let to = next.unwrap_or(NaiveDate::MAX);
        let Some(row) = holding(own, from) else {
            continue;
        };
        let parent_id = normalize_hsa_id(&row.parent_id);
        let named = !parent_id.is_empty() && parent_id != id;
        let parent = by_id.get(&parent_id).filter(|_| named);
        let parent = parent.and_then(|rows| holding(rows, from));
        times.push((Span { from, to }, resolve(id, row, parent)));
    }
    times
}

/// The last of the rows that holds on a day.
fn holding(rows: &[UnitRow], day: NaiveDate) -> Option<&UnitRow> {
    rows.iter().rev().find(|row| row.span().holds(day))
}

fn resolve(id: &str, row: &UnitRow, parent: Option<&UnitRow>) -> Unit {
    let parent_id = normalize_hsa_id(&row.parent_id);
    let own_place = !row.county.trim().is_empty() || !row.municipality.trim().is_empty();
    let place = if own_place {
        row
    } else {
        parent.unwrap_or(row)
    };
    let (region, municipality) = place_of(&place.county, &place.municipality);
    Unit {
        unit_id: id.to_owned(),
        name: row.name.clone(),
        care_unit_id: if parent_id.is_empty() {
            id.to_owned()
        } else {
            parent_id
        },
        care_provider_id: normalize_hsa_id(&parent.unwrap_or(row).care_provider_id),
        region,
        municipality,
    }
}

/// County codes in use. Source: SCB, län och kommuner i kodnummerordning.
const COUNTIES: [&str; 21] = [
    "01", "03", "04", "05", "06", "07", "08", "09", "10", "12", "13", "14", "17", "18", "19", "20",
    "21", "22", "23", "24", "25",
];

/// Region and municipality of a county code and a municipality code. Source: conformance kit §6.6.
fn place_of(county: &str, municipality: &str) -> (String, String) {
    let number = |text: &str, most: usize| {
        let text = text.trim();
        (text.len() <= most && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.to_owned())
    };
    let county = number(county, 2)
        .filter(|c| !c.is_empty())
        .map_or_else(|| "00".to_owned(), |c| format!("{c:0>2}"));
    let municipality = number(municipality, 4).unwrap_or_else(|| "00".to_owned());
    let place = if municipality.len() == 4 {
        municipality
    } else {
        county + &municipality
    };
    let region = place
        .get(..2)
        .filter(|r| COUNTIES.contains(r))
        .unwrap_or("00");
    let whole = place.len() == 4 && !place.ends_with("00") && region != "00";
    (
        region.to_owned(),
        if whole {
            place.clone()
        } else {
            "0000".to_owned()
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_follow_the_codes() {
        let at = |county: &str, municipality: &str| place_of(county, municipality);
        let place = |region: &str, municipality: &str| (region.to_owned(), municipality.to_owned());
        // Östersund: county 23, municipality 80.
        assert_eq!(at("23", "80"), place("23", "2380"));
        // Four digits stand alone, whatever the county says.
        assert_eq!(at("01", "1480"), place("14", "1480"));
        assert_eq!(at("5", "80"), place("05", "0580"));
        assert_eq!(at("23", ""), place("23", "0000"));
        assert_eq!(at("2X", "80"), place("00", "0000"));
        assert_eq!(at("123", "80"), place("00", "0000"));
        assert_eq!(at("23", "12345"), place("23", "0000"));
        assert_eq!(at("02", "80"), place("00", "0000"));
        assert_eq!(at("", ""), place("00", "0000"));
    }

    #[test]
    fn a_sub_unit_takes_provider_and_place_from_its_parent() {
        let row = |unit: &str, parent: &str, provider: &str, county: &str| UnitRow {
            unit_id: unit.to_owned(),
            parent_id: parent.to_owned(),
            care_provider_id: provider.to_owned(),
            county: county.to_owned(),
            municipality: if county.is_empty() { "" } else { "80" }.to_owned(),
            ..UnitRow::default()
        };
        let register = UnitRegister::from_rows([
            row("se-sub", "SE-unit ", "other", ""),
            row("SE-Unit", "", "vg 1", "23"),
            row("se-self", "SE-SELF", "vg2", "01"),
        ]);
        assert_eq!(register.len(), 3);
        let sub = register.get(" se-S ub").unwrap();
        assert_eq!(
            (sub.care_unit_id.as_str(), sub.care_provider_id.as_str()),
            ("SE-UNIT", "VG1")
        );
        assert_eq!(
            (sub.region.as_str(), sub.municipality.as_str()),
            ("23", "2380")
        );
        assert_eq!(register.get("se-self").unwrap().care_unit_id, "SE-SELF");
        assert!(register.get("se-none").is_none());
    }

    #[test]
    fn a_unit_is_looked_up_as_it_was_on_a_day() {
        let day = |text: &str| -> NaiveDate { text.parse().unwrap() };
        let row = |unit: &str, parent: &str, provider: &str, from: &str, to: &str| UnitRow {
            unit_id: unit.to_owned(),
            parent_id: parent.to_owned(),
            care_provider_id: provider.to_owned(),
            valid_from: from.parse().ok(),
            valid_to: to.parse().ok(),
            ..UnitRow::default()
        };
        let register = UnitRegister::from_rows([
            row("P", "", "VG1", "", "2019-12-31"),
            row("P", "", "VG2", "2020-01-01", ""),
            // The sub-unit opens in 2018 and closes in June 2021; its provider is that of its parent on the day.
            row("S", "P", "", "2018-01-01", "2021-06-30"),
        ]);
        let provider = |unit: &str, on: &str| {
            let unit = register.on(unit, day(on))?;
            Some(unit.care_provider_id.as_str())
        };
        assert_eq!(provider("p", "2019-12-31"), Some("VG1"));
        assert_eq!(provider("p", "2020-01-01"), Some("VG2"));
        assert_eq!(provider("s", "2017-12-31"), None);
        assert_eq!(provider("s", "2018-01-01"), Some("VG1"));
        assert_eq!(provider("s", "2020-01-01"), Some("VG2"));
        assert_eq!(provider("s", "2021-06-30"), Some("VG2"));
        assert_eq!(provider("s", "2021-07-01"), None);
        assert_eq!(register.get("s").unwrap().care_provider_id, "VG2");
        assert_eq!(register.len(), 2);
    }
}
