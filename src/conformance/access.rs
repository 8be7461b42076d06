use std::collections::BTreeSet;

use frisk_ingest::normalize_hsa_id;
use frisk_warehouse::Scope;

use super::{
    catalogue::Catalogue,
    values::{Row, filled, flag},
};

/// A user of the fixed world: units, and the care provider asked for. Source: the kit's §5.
struct User {
    name: &'static str,
    units: &'static [&'static str],
    care_provider: &'static str,
}

const fn user(
    name: &'static str,
    units: &'static [&'static str],
    care_provider: &'static str,
) -> User {
    User {
        name,
        units,
        care_provider,
    }
}

const BOTH: &[&str] = &["enhet1", "enhet2", "enhet3", "enhet4"];
const USERS: [User; 8] = [
    user("user1", &["enhet1"], "fvg1"),
    user("user2", &["enhet1", "enhet2"], "fvg1"),
    user("user3", &["enhet3"], "fvg3"),
    user("user4", &["enhet2"], "fvg1"),
    user("user5_vg1", BOTH, "fvg1"),
    user("user5_vg3", BOTH, "fvg3"),
    user("user6", &["enhet4"], "fvg3"),
    user("user8", &["enhet5"], "fvg1"),
];

/// What a row's reader may ask about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Access {
    /// Not logged in: the country.
    Open,
    /// Logged in.
    Reader(Reader),
    /// No access to the care provider.
    Denied,
    /// A user that the fixed world does not know.
    UnknownUser(String),
}

/// A user who is logged in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reader {
    pub(super) user: String,
    pub(super) care_provider: String,
    /// Whether the user leads the care provider's process, and sees all of it.
    pub(super) leader: bool,
    /// The user's own care units.
    pub(super) own: BTreeSet<String>,
    /// Units that the user sees; of a leader empty: all of the care provider.
    pub(super) units: BTreeSet<String>,
}

impl Reader {
    /// Whose cases the reader sees at unit level.
    pub(super) fn scope(&self) -> Scope {
        Scope::Units {
            care_provider: self.care_provider.clone(),
            units: self.units.clone(),
        }
    }

    /// The care units that the reader knows by the catalogue's names.
    pub(super) fn own_names(&self) -> BTreeSet<String> {
        if self.leader {
            BTreeSet::new()
        } else {
            self.own.clone()
        }
    }
}

/// Who asks, and what he may see. Source: the kit's §3, §5 and §10.1.
pub(super) fn of(input: &Row, catalogue: &Catalogue) -> Access {
    let Some(name) = filled(input, "inloggad som") else {
        return Access::Open;
    };
    let Some(user) = USERS.iter().find(|user| user.name == name) else {
        return Access::UnknownUser(name);
    };
    let asked = filled(input, "vald vg").unwrap_or_else(|| user.care_provider.to_owned());
    let care_provider = normalize_hsa_id(&asked);
    let leader = flag(input, "vårdgivarnivå");
    let member = |unit: &&'static str| catalogue.provider(unit).as_ref() == Some(&care_provider);
    if !leader && !user.units.iter().any(member) {
        return Access::Denied;
    }
    let of_provider = user.units.iter().filter(|unit| member(unit));
    let own: BTreeSet<String> = of_provider.map(|unit| normalize_hsa_id(unit)).collect();
    Access::Reader(Reader {
        units: match leader {
            true => BTreeSet::new(),
            false => visible(&own, catalogue),
        },
        own,
        user: name,
        care_provider,
        leader,
    })
}

/// The care provider that a user asks for.
pub(super) fn provider_of_user(name: &str) -> Option<String> {
    let user = USERS.iter().find(|user| user.name == name)?;
    Some(normalize_hsa_id(user.care_provider))
}

/// A unit user's units: the own care units at the care provider, unless they are sub-units by now, and the sub-units of
/// the own.
fn visible(own: &BTreeSet<String>, catalogue: &Catalogue) -> BTreeSet<String> {
    let is_sub_unit = |unit: &&String| {
        catalogue
            .table_unit(unit)
            .is_some_and(|u| u.parent.is_some())
    };
    let mut units: BTreeSet<String> = own
        .iter()
        .filter(|unit| !is_sub_unit(unit))
        .cloned()
        .collect();
    for unit in own {
        units.extend(catalogue.sub_units(unit).cloned());
    }
    if units.is_empty() {
        // An empty list would mean the whole care provider; the user sees nothing.
        units.insert(String::new());
    }
    units
}
