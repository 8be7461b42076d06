use std::{collections::BTreeSet, str::FromStr};

use frisk_warehouse::{
    Level, Month, Question, View,
    reports::{ReportInfo, catalogue},
};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    auth::{Authorized, Granted, OpenScope},
    choices::Choices,
    gate::{Asked, Gate},
    problem::Problem,
};

/// Longest period of one question, in months.
const LONGEST: usize = 240;

/// The same keys in the address of a page and of the API.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Ask {
    /// `national`, `region` or `unit`; without it, by the other parameters.
    #[param(example = "region")]
    pub(crate) level: Option<String>,
    /// Two-digit region code, with `level=region`.
    #[param(example = "12")]
    pub(crate) region: Option<String>,
    /// HSA id of a unit, with `level=unit`; may be repeated. Without it, all units of the assignment.
    pub(crate) unit: Vec<String>,
    /// HSA id of the care provider, with `level=unit`. Without it, that of the assignment.
    pub(crate) care_provider: Option<String>,
    /// First month, `YYYY-MM`.
    #[param(example = "2024-01")]
    pub(crate) from: Option<String>,
    /// Last month, `YYYY-MM`.
    #[param(example = "2025-06")]
    pub(crate) to: Option<String>,
    /// `series` (one figure a month) or `cross` (one for the whole period).
    #[param(example = "series")]
    pub(crate) view: Option<String>,
    /// Diagnosis to look into, or to compare, such as F00-F99, F40-F48, F43 or F438A; may be repeated.
    #[param(example = "F00-F99")]
    pub(crate) diagnosis: Vec<String>,
    /// Only certificates with this diagnosis; may be repeated. Filters are for `level=unit` only.
    pub(crate) filter_diagnosis: Vec<String>,
    /// Only patients of this age group, such as 16-20; may be repeated.
    pub(crate) age: Vec<String>,
    /// Only cases of this length group, such as 15-30; may be repeated.
    pub(crate) length: Vec<String>,
    /// Only messages on certificates of this type, such as LISJP; may be repeated.
    pub(crate) certificate_type: Vec<String>,
    /// `care_units` or `sub_units`, in reports by unit.
    #[param(example = "care_units")]
    pub(crate) depth: Option<String>,
    /// `shown` = show doctors one by one in the report that hides them otherwise.
    pub(crate) doctors: Option<String>,
    /// `json`, `json-stat`, `px`, `csv`, `csv-semicolon`, `xlsx`, `parquet`, `arrow`, `sdmx-csv`, `html` or `table`; without
    /// it, by `Accept`.
    #[param(example = "json")]
    pub(crate) format: Option<String>,
}

/// A report of the catalogue, by its name in addresses (`sjukfall-totalt`, or with underscores).
pub(crate) fn report(slug: &str) -> Result<&'static ReportInfo, Problem> {
    let name = slug.replace('-', "_");
    let found = catalogue().iter().find(|info| info.slug == name);
    found.ok_or(Problem::NotFound)
}

/// The name of a report in addresses.
pub(crate) fn slug(info: &ReportInfo) -> String {
    info.slug.replace('_', "-")
}

/// An empty field of a form is no choice.
fn given(text: Option<&String>) -> Option<&str> {
    text.map(|text| text.trim()).filter(|text| !text.is_empty())
}

impl Ask {
    /// The level that is asked for.
    pub(crate) fn level(&self) -> Result<Level, Problem> {
        match given(self.level.as_ref()) {
            Some("national") => Ok(Level::National),
            Some("region") => Ok(Level::Region),
            Some("unit") => Ok(Level::Unit),
            Some(_) => Err(Problem::question(
                "level",
                "national, region eller unit",
                "national, region or unit",
            )),
            None if !self.units().is_empty() || given(self.care_provider.as_ref()).is_some() => {
                Ok(Level::Unit)
            }
            None if given(self.region.as_ref()).is_some() => Ok(Level::Region),
            None => Ok(Level::National),
        }
    }

    /// The view that is asked for, or the report's first.
    pub(crate) fn view(&self, info: &ReportInfo) -> Result<View, Problem> {
        let view = match given(self.view.as_ref()) {
            Some("series") => View::Series,
            Some("cross") => View::Cross,
            Some(_) => {
                return Err(Problem::question(
                    "view",
                    "series eller cross",
                    "series or cross",
                ));
            }
            None => info.views.first().copied().unwrap_or(View::Series),
        };
        if info.views.contains(&view) {
            Ok(view)
        } else {
            Err(Problem::question(
                "view",
                one_of(info.views),
                one_of(info.views),
            ))
        }
    }

    fn units(&self) -> BTreeSet<String> {
        let units = self.unit.iter().flat_map(|list| list.split(','));
        let units = units.map(|unit| unit.trim().to_ascii_uppercase());
        units.filter(|unit| !unit.is_empty()).collect()
    }

    /// The right to ask this, and the question.
    ///
    /// **Errors**: a parameter that is not possible; [`Problem::SignIn`], [`Problem::Role`] or [`Problem::NotFound`]
    /// for units that the reader has no right to. The last two are in the audit log then.
    pub(crate) fn resolve(
        &self,
        gate: &Gate,
        info: &ReportInfo,
        authorized: Option<&Authorized>,
    ) -> Result<(Granted, Asked), Problem> {
        let level = self.level()?;
        if !info.levels.contains(&level) {
            return Err(Problem::question(
                "level",
                one_of(info.levels),
                one_of(info.levels),
            ));
        }
        let granted = self.grant(gate, level, authorized)?;
        let view = self.view(info)?;
        let (from, to) = self.period(gate, level, view)?;
        let asked = Asked {
            report: info.slug.to_owned(),
            view,
            from,
            to,
            choices: Choices::of(self, gate, info, level)?,
        };
        Ok((granted, asked))
    }

    fn grant(
        &self,
        gate: &Gate,
        level: Level,
        authorized: Option<&Authorized>,
    ) -> Result<Granted, Problem> {
        match level {
            Level::National => Ok(Granted::open(&OpenScope::National)),
            Level::Region => {
                let code = given(self.region.as_ref()).unwrap_or_default();
                OpenScope::region(code).map(|open| Granted::open(&open))
            }
            Level::Unit => {
                let authorized = authorized.ok_or(Problem::SignIn)?;
                let provider = given(self.care_provider.as_ref());
                let granted = authorized.units(provider, self.units());
                if granted.is_err() {
                    gate.audit_refused_units(authorized)?;
                }
                granted
            }
        }
    }

    fn period(&self, gate: &Gate, level: Level, view: View) -> Result<(Month, Month), Problem> {
        let today = gate.snapshot().data_through;
        let (first, last) = Question::default_range(level, view, today);
        let to = month("to", self.to.as_ref())?.unwrap_or(last);
        let length = i32::try_from(first.months_to(last)).unwrap_or(12);
        let from = month("from", self.from.as_ref())?.unwrap_or_else(|| to.plus(1 - length));
        match from.months_to(to) {
            0 => Err(Problem::question(
                "from",
                "en månad som inte ligger efter till månad",
                "a month not after the last",
            )),
            n if n > LONGEST => Err(Problem::question(
                "from",
                "högst 240 månader",
                "at most 240 months",
            )),
            _ => Ok((from, to)),
        }
    }
}

fn month(what: &'static str, text: Option<&String>) -> Result<Option<Month>, Problem> {
    given(text)
        .map(|text| {
            Month::from_str(text).map_err(|_| {
                Problem::question(
                    what,
                    "en månad skriven som 2025-06",
                    "a month written as 2025-06",
                )
            })
        })
        .transpose()
}

fn one_of<T: ToString>(all: &[T]) -> String {
    let all: Vec<String> = all.iter().map(ToString::to_string).collect();
    all.join(" | ")
}
