use std::{convert::Infallible, sync::Arc};

use axum::{extract::FromRequestParts, http::request::Parts};
use frisk_codes::Language;

use super::Place;
use crate::{
    auth::Authorized,
    gate::Gate,
    locale::{self, Words},
    request,
};

/// Who looks at a page, in which language.
#[derive(Debug, Clone)]
pub(crate) struct Visitor {
    pub(crate) language: Language,
    pub(crate) authorized: Option<Authorized>,
}

impl Visitor {
    pub(crate) fn new(language: Language, authorized: Option<Authorized>) -> Self {
        Self {
            language,
            authorized,
        }
    }
}

impl FromRequestParts<Arc<Gate>> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, gate: &Arc<Gate>) -> Result<Self, Infallible> {
        let language = request::language(parts.uri.path(), &parts.headers);
        Ok(Self::new(language, Authorized::of(&parts.headers, gate)))
    }
}

/// A link of the menu.
#[derive(Debug)]
pub(crate) struct Link {
    pub(crate) label: &'static str,
    pub(crate) href: String,
    pub(crate) current: bool,
}

/// What every page has around its own content.
#[derive(Debug)]
pub(crate) struct Frame {
    pub(crate) w: &'static Words,
    pub(crate) language: Language,
    pub(crate) title: String,
    pub(crate) menu: Vec<Link>,
    pub(crate) home: String,
    /// This page in Swedish and in English.
    pub(crate) swedish: String,
    pub(crate) english: String,
    /// Whether all persons are invented.
    pub(crate) synthetic: bool,
    /// Address of the demo identities, if there are any.
    pub(crate) demo: Option<String>,
    pub(crate) sign_out: &'static str,
    /// Who is signed in, in one line.
    pub(crate) user: Option<String>,
    pub(crate) snapshot: String,
    pub(crate) data_through: String,
    pub(crate) source: &'static str,
}

impl Frame {
    pub(crate) fn new(gate: &Gate, visitor: &Visitor, place: &Place, title: String) -> Self {
        let language = visitor.language;
        let words = locale::words(language);
        let has_demo = !gate.demo().all().is_empty();
        let snapshot = gate.snapshot();
        Self {
            w: words,
            language,
            title,
            menu: menu(words, visitor, place),
            home: Place::Overview.href(language),
            swedish: place.href(Language::Sv),
            english: place.href(Language::En),
            synthetic: gate.settings().synthetic,
            demo: has_demo.then(|| Place::Demo.href(language)),
            sign_out: match language {
                Language::Sv => "/demo/logga-ut",
                Language::En => "/en/demo/sign-out",
            },
            user: visitor
                .authorized
                .as_ref()
                .map(|a| user_line(gate, a, language)),
            snapshot: snapshot.name.clone(),
            data_through: locale::day(snapshot.data_through, language),
            source: locale::SOURCE.get(language),
        }
    }

    pub(crate) fn is_personal(&self) -> bool {
        self.user.is_some()
    }

    /// This page in the other language.
    pub(crate) fn other(&self) -> &str {
        match self.language {
            Language::Sv => &self.english,
            Language::En => &self.swedish,
        }
    }

    /// ”data t.o.m. 3 juli 2025 · version …”, the end of every source line.
    pub(crate) fn data_line(&self) -> String {
        let w = self.w;
        format!(
            "{} {} · {} {}",
            w.data_through, self.data_through, w.version, self.snapshot
        )
    }
}

fn menu(words: &'static Words, visitor: &Visitor, here: &Place) -> Vec<Link> {
    let language = visitor.language;
    let link = |label, place: Place| Link {
        label,
        href: place.href(language),
        current: here.is_under(&place),
    };
    let mut links = vec![
        link(words.overview, Place::Overview),
        link(words.reports, Place::Reports),
        link(words.risk, Place::Risk),
        link(words.method, Place::Method),
    ];
    // A link that the role may not follow is not drawn.
    if visitor
        .authorized
        .as_ref()
        .is_some_and(|a| a.claims().role.sees_unit())
    {
        let own = Place::Report("sjukfall-totalt".to_owned(), "?level=unit".to_owned());
        links.insert(
            0,
            Link {
                label: words.level_unit,
                href: own.href(language),
                current: false,
            },
        );
    }
    links
}

fn user_line(gate: &Gate, authorized: &Authorized, language: Language) -> String {
    let claims = authorized.claims();
    let mut line = format!("{} · {}", claims.name, claims.role.name(language));
    for unit in &claims.units {
        let name = gate.unit_name(authorized, unit);
        line.push_str(" · ");
        line.push_str(name.as_deref().unwrap_or(unit));
    }
    line
}
