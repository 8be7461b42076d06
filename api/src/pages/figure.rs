use frisk_codes::Language;

use super::{Place, compare::TwoYears};
use crate::{chart, locale};

/// One of the figures at the top of a page: a value, how it changed in words, and its course.
#[derive(Debug)]
pub(crate) struct Figure {
    pub(crate) name: &'static str,
    pub(crate) value: String,
    pub(crate) change: String,
    pub(crate) spark: String,
    pub(crate) href: String,
}

/// What a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Cases a month.
    Count,
    /// A share of the cases.
    Share,
}

impl Figure {
    pub(crate) fn new(
        name: &'static str,
        kind: Kind,
        years: &TwoYears,
        report: &str,
        language: Language,
    ) -> Self {
        Self {
            name,
            value: years
                .now()
                .map_or_else(|| "–".to_owned(), |now| value(now, kind, language)),
            change: change(years, kind, language),
            spark: chart::spark(&years.months),
            href: Place::Report(report.to_owned(), "?view=series".to_owned()).href(language),
        }
    }
}

fn value(now: f64, kind: Kind, language: Language) -> String {
    match kind {
        Kind::Count => locale::count(now, language),
        // The frequency is one word: it breaks before, not within.
        Kind::Share => unbroken(&locale::of_ten(now, language)),
    }
}

/// A frequency whose number stays on one line with its ”av 10”.
fn unbroken(text: &str) -> String {
    match text.split_once(' ') {
        Some((about, rest)) => format!("{about} {}", rest.replace(' ', "\u{a0}")),
        None => text.to_owned(),
    }
}

/// The change, always against the same months the year before.
fn change(years: &TwoYears, kind: Kind, language: Language) -> String {
    let sv = language == Language::Sv;
    let (Some(now), Some(before)) = (years.now(), years.before()) else {
        return if sv {
            "jämförelse saknas: mindre än två år med data"
        } else {
            "no comparison: less than two years of data"
        }
        .to_owned();
    };
    let than = if sv {
        "samma månader i fjol"
    } else {
        "the same months last year"
    };
    match kind {
        Kind::Count => {
            let change = locale::change(now, before, language);
            let word = if sv { "än" } else { "than" };
            let word = if change.contains('%') {
                word
            } else if sv {
                "som"
            } else {
                "as"
            };
            format!("{change} {word} {than}")
        }
        Kind::Share => {
            let (now, before) = (
                locale::percent(now, language),
                locale::percent(before, language),
            );
            format!("{now}, {than} {before}")
        }
    }
}
