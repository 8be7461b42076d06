use std::sync::Arc;

use frisk_codes::{Language, Text};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

use super::{Claims, Role};
use crate::{DemoSecret, Error, Settings, UnitInfo};

/// An invented person that anyone at the machine may try Frisk as.
#[derive(Debug, Clone)]
pub(crate) struct DemoIdentity {
    /// Name in the form.
    pub(crate) id: &'static str,
    pub(crate) claims: Arc<Claims>,
    /// Name of the unit; empty for national roles.
    pub(crate) unit_name: String,
    /// What to try.
    pub(crate) task: Text,
    token: Token,
}

/// A bearer token, and its hash for comparing. Never printed by `Debug`.
#[derive(Clone)]
struct Token {
    text: String,
    hash: [u8; 32],
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

impl DemoIdentity {
    /// The token: shown on the demo page and set as its cookie, nowhere else.
    pub(crate) fn token(&self) -> &str {
        &self.token.text
    }

    pub(crate) fn role(&self, language: Language) -> &'static str {
        self.claims.role.name(language)
    }
}

/// The demo identities; empty unless the installation has them.
#[derive(Debug, Clone, Default)]
pub(crate) struct DemoIdentities(Vec<DemoIdentity>);

impl DemoIdentities {
    /// Makes the identities from the largest units, or none if there is no demo secret.
    ///
    /// **Errors**: a demo secret with real persons, beyond loopback, or too short.
    pub(crate) fn make(settings: &Settings, units: &[UnitInfo]) -> Result<Self, Error> {
        let Some(secret) = &settings.demo else {
            return Ok(Self::default());
        };
        if !settings.synthetic {
            return Err(Error::DemoOnRealData);
        }
        if !settings.bind.ip().is_loopback() {
            return Err(Error::DemoBeyondLoopback {
                bind: settings.bind,
            });
        }
        if secret.bytes().len() < 16 {
            return Err(Error::DemoSecretShort {
                found: secret.bytes().len(),
            });
        }
        Ok(Self(people(secret, units)))
    }

    pub(crate) fn all(&self) -> &[DemoIdentity] {
        &self.0
    }

    pub(crate) fn find(&self, id: &str) -> Option<&DemoIdentity> {
        self.0.iter().find(|identity| identity.id == id)
    }

    /// Whom a token signs in. Every identity is compared, byte by byte of the hashes, whether or not one has matched.
    pub(crate) fn claims_of(&self, token: &str) -> Option<Arc<Claims>> {
        if token.is_empty() {
            return None;
        }
        let hash: [u8; 32] = Sha256::digest(token.as_bytes()).into();
        let mut found = None;
        for identity in &self.0 {
            let difference = identity
                .token
                .hash
                .iter()
                .zip(&hash)
                .fold(0, |all, (a, b)| all | (a ^ b));
            if difference == 0 {
                found = Some(Arc::clone(&identity.claims));
            }
        }
        found
    }
}

/// Two coordinators on different units, to show the wall between them, a manager and a statistician.
fn people(secret: &DemoSecret, units: &[UnitInfo]) -> Vec<DemoIdentity> {
    let first = units.first();
    let second = units
        .iter()
        .find(|unit| first.is_some_and(|first| unit.unit_id != first.unit_id));
    let at = |id, name, role, unit: Option<&UnitInfo>, task| {
        unit.map(|unit| person(secret, id, name, role, Some(unit), task))
    };
    let own_risk = Text::new(
        "Se enhetens sjukfall per månad, och läs uppskattningen för ett av dem med nyckeln nedan.",
        "See the unit's sick cases a month, and read the estimate for one of them with the token below.",
    );
    [
        at(
            "koordinator-a",
            "Karin Ek",
            Role::Coordinator,
            first,
            own_risk,
        ),
        at(
            "koordinator-b",
            "Yusuf Lind",
            Role::Coordinator,
            second,
            own_risk,
        ),
        at(
            "chef",
            "Maria Åberg",
            Role::Manager,
            first,
            Text::new(
                "Se enhetens sjukfall bredvid riket.",
                "See the unit's cases beside the nation.",
            ),
        ),
        Some(person(
            secret,
            "statistiker",
            "Olof Berg",
            Role::Statistician,
            None,
            Text::new(
                "Hämta ett års tabell som fil.",
                "Fetch a year's table as a file.",
            ),
        )),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn person(
    secret: &DemoSecret,
    id: &'static str,
    name: &str,
    role: Role,
    unit: Option<&UnitInfo>,
    task: Text,
) -> DemoIdentity {
    let claims = Claims {
        actor: format!("demo-{id}"),
        name: name.to_owned(),
        role,
        care_provider: unit.map_or_else(String::new, |unit| unit.care_provider_id.clone()),
        units: unit.map(|unit| unit.unit_id.clone()).into_iter().collect(),
        purpose: "demo".to_owned(),
    };
    DemoIdentity {
        id,
        claims: Arc::new(claims),
        unit_name: unit.map_or_else(String::new, |unit| unit.name.clone()),
        task,
        token: token(secret, id),
    }
}

/// The token of an identity: HMAC-SHA-256(secret, id), in hexadecimal.
fn token(secret: &DemoSecret, id: &str) -> Token {
    let tag: Vec<u8> = <Hmac<Sha256> as Mac>::new_from_slice(secret.bytes())
        .map(|mut mac| {
            mac.update(b"frisk demo token ");
            mac.update(id.as_bytes());
            mac.finalize().into_bytes().to_vec()
        })
        .unwrap_or_default();
    let text = crate::request::hex(&tag);
    let hash = Sha256::digest(text.as_bytes()).into();
    Token { text, hash }
}
