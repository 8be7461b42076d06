use std::{collections::BTreeSet, sync::Arc};

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use frisk_codes::{Language, Text};
use frisk_warehouse::Scope;

use crate::{gate::Gate, problem::Problem};

mod demo;
mod grant;

pub(crate) use demo::{DemoIdentities, DemoIdentity};
pub(crate) use grant::{Granted, OpenScope};

/// Name of the cookie that carries a demo token.
pub(crate) const COOKIE: &str = "frisk_demo";

/// In which role (uppdrag) somebody is signed in. Source: `PEERS.md` §1.6.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Role {
    /// Rehabkoordinator: her unit's statistics and the risk of its cases.
    Coordinator,
    /// Verksamhetschef: his unit's statistics, no persons.
    Manager,
    /// Nationell statistiker: the nation and the regions only.
    Statistician,
}

impl Role {
    /// The name on pages.
    #[must_use]
    pub fn name(self, language: Language) -> &'static str {
        let text = match self {
            Self::Coordinator => Text::new("Rehabkoordinator", "Coordinator"),
            Self::Manager => Text::new("Verksamhetschef", "Unit manager"),
            Self::Statistician => Text::new("Nationell statistiker", "National statistician"),
        };
        text.get(language)
    }

    /// The name in the audit log.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Coordinator => "coordinator",
            Self::Manager => "manager",
            Self::Statistician => "statistician",
        }
    }

    pub(crate) fn sees_unit(self) -> bool {
        matches!(self, Self::Coordinator | Self::Manager)
    }

    pub(crate) fn sees_persons(self) -> bool {
        matches!(self, Self::Coordinator)
    }
}

/// Who is signed in, and for what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    /// Id of the person or client, as it stands in the audit log.
    pub actor: String,
    /// Name on pages.
    pub name: String,
    /// Role.
    pub role: Role,
    /// HSA id of the care provider (vårdgivare); empty for national roles.
    pub care_provider: String,
    /// HSA ids of the units.
    pub units: BTreeSet<String>,
    /// Why the role reads persons, as it stands in the audit log.
    pub purpose: String,
}

/// Proof that a request is signed in. Only the extractor below makes it, and nothing of a unit or a person is reached
/// without it.
#[derive(Debug, Clone)]
pub(crate) struct Authorized {
    claims: Arc<Claims>,
}

impl Authorized {
    pub(crate) fn claims(&self) -> &Claims {
        &self.claims
    }

    /// The right to statistics of units: those asked for, or all of the assignment if none is named.
    ///
    /// **Errors**: [`Problem::Role`] if the role sees no units; [`Problem::NotFound`] if a unit or care provider is
    /// not the assignment's own, as if it did not exist.
    pub(crate) fn units(
        &self,
        care_provider: Option<&str>,
        units: BTreeSet<String>,
    ) -> Result<Granted, Problem> {
        let claims = self.claims();
        if !claims.role.sees_unit() {
            return Err(Problem::Role {
                needs: Role::Manager,
            });
        }
        let own_provider = care_provider.is_none_or(|asked| same(asked, &claims.care_provider));
        let units = if units.is_empty() {
            claims.units.clone()
        } else {
            units
        };
        // An empty set would mean all units of the care provider to the warehouse.
        if !own_provider || units.is_empty() || !units.is_subset(&claims.units) {
            return Err(Problem::NotFound);
        }
        Ok(Granted::own_units(Scope::Units {
            care_provider: claims.care_provider.clone(),
            units,
        }))
    }

    /// Whether a case of a unit may be read.
    ///
    /// **Errors**: [`Problem::Role`], [`Problem::NotFound`] as for [`Self::units`].
    pub(crate) fn may_read_case(&self, care_provider: &str, unit: &str) -> Result<(), Problem> {
        let claims = self.claims();
        if !claims.role.sees_persons() {
            return Err(Problem::Role {
                needs: Role::Coordinator,
            });
        }
        let own = same(care_provider, &claims.care_provider)
            && claims.units.iter().any(|own| same(own, unit));
        if own { Ok(()) } else { Err(Problem::NotFound) }
    }
}

/// HSA ids compare without case.
fn same(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}

impl FromRequestParts<Arc<Gate>> for Authorized {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, gate: &Arc<Gate>) -> Result<Self, Problem> {
        Self::of(&parts.headers, gate).ok_or(Problem::SignIn)
    }
}

impl Authorized {
    /// Who a request's headers sign in, if anyone: a bearer token, else the demo cookie.
    pub(crate) fn of(headers: &HeaderMap, gate: &Gate) -> Option<Self> {
        let token = bearer(headers).or_else(|| cookie(headers))?;
        let claims = gate.demo().claims_of(token)?;
        Some(Self { claims })
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn cookie(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == COOKIE)
        .map(|(_, token)| token)
}
