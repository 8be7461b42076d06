use std::collections::BTreeSet;

use anyhow::{Context, Result};
use frisk_codes::{AgeGroup, CertificateType, Icd10, LengthGroup, Level as DiagnosisLevel};
use frisk_ingest::normalize_hsa_id;
use frisk_warehouse::{
    DateChoice, Diagnosis, Filter, Level, Month, Notice, Question, TypeChoice, UnitDepth, View,
    choose_dates,
};

use super::{
    access::Reader,
    case::Then,
    values::{Row, filled, list, text},
};

/// What a row's input columns choose, in the product's own terms. Source: the kit's §9.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) filter: Filter,
    pub(super) diagnoses: Vec<Diagnosis>,
    pub(super) depth: UnitDepth,
    /// First and last month, where they are not the default ones.
    pub(super) months: Option<(Month, Month)>,
    /// What became of the dates.
    pub(super) notice: Option<Notice>,
    /// Whether the row has dates at all.
    pub(super) dates: bool,
}

/// Columns of diagnoses in a filter, and their level.
const FILTERED: [(&str, DiagnosisLevel); 4] = [
    ("filter kapitel", DiagnosisLevel::Chapter),
    ("filter avsnitt", DiagnosisLevel::Block),
    ("filter kategorier", DiagnosisLevel::Category),
    ("filter kod", DiagnosisLevel::Code),
];
/// Columns of diagnoses to compare, and their level.
const COMPARED: [(&str, DiagnosisLevel); 4] = [
    ("valda diagnoskapitel", DiagnosisLevel::Chapter),
    ("valda diagnosavsnitt", DiagnosisLevel::Block),
    ("valda diagnoskategorier", DiagnosisLevel::Category),
    ("valda diagnoskoder", DiagnosisLevel::Code),
];

/// What a row chooses; `today` is the clock's day.
pub(super) fn of(input: &Row, icd10: &Icd10, today: chrono::NaiveDate) -> Result<Asked> {
    let mut asked = Asked {
        filter: filter(input, icd10),
        diagnoses: diagnoses(input, icd10)?,
        depth: match input
            .get("vårdenhetdjup")
            .and_then(serde_json::Value::as_bool)
        {
            Some(false) => UnitDepth::SubUnits,
            _ => UnitDepth::CareUnits,
        },
        months: None,
        notice: None,
        dates: false,
    };
    let Some((from, to)) = text(input, "filter startdatum").zip(text(input, "filter slutdatum"))
    else {
        return Ok(asked);
    };
    asked.dates = true;
    match choose_dates(&from, &to, today) {
        DateChoice::Period { from, to, notice } => {
            asked.months = Some((from, to));
            asked.notice = notice;
            if asked.filter.types == TypeChoice::Usual {
                asked.filter.types = TypeChoice::Any;
            }
        }
        DateChoice::Refused(notice) => {
            asked.filter = Filter::default();
            asked.notice = Some(notice);
        }
    }
    Ok(asked)
}

impl Asked {
    /// A region's report whose days were outside falls back to the reader's own units.
    pub(super) fn fall_back(&mut self, level: Level, reader: &Reader) {
        let outside = matches!(
            self.notice,
            Some(Notice::DatesBefore { .. } | Notice::DatesAfter { .. })
        );
        if level == Level::Region && outside {
            self.filter.units = Some(reader.own.clone());
        }
    }

    /// First and last month that a step asks about. Source: the kit's §8.
    pub(super) fn months(
        &self,
        then: &Then,
        level: Level,
        view: View,
        today: chrono::NaiveDate,
    ) -> (Month, Month) {
        if let Some(months) = self.months {
            return months;
        }
        let (from, to) = Question::default_range(level, view, today);
        match (then.report.as_str(), level) {
            ("kompletteringar_per_fraga", Level::Region) => (to.plus(-17), to),
            _ => (from, to),
        }
    }
}

fn filter(input: &Row, icd10: &Icd10) -> Filter {
    let chosen = |column: &str| Some(list(input, column)).filter(|chosen| !chosen.is_empty());
    let diagnoses = FILTERED.iter().any(|(column, _)| chosen(column).is_some());
    let parse = |columns: &[(&str, DiagnosisLevel)]| {
        let ids = columns
            .iter()
            .flat_map(|(column, level)| list(input, column).into_iter().map(|id| (*level, id)));
        ids.filter_map(|(level, id)| Diagnosis::as_peer(level, &id, icd10))
            .collect()
    };
    let mut filter = Filter {
        units: chosen("filter enheter")
            .map(|ids| ids.iter().map(|id| normalize_hsa_id(id)).collect()),
        diagnoses: diagnoses.then(|| parse(&FILTERED)),
        ages: chosen("filter åldersgrupp").map(|labels| {
            labels
                .iter()
                .filter_map(|label| AgeGroup::parse(label))
                .collect()
        }),
        lengths: chosen("filter sjukskrivningslängd").map(|labels| {
            labels
                .iter()
                .filter_map(|label| LengthGroup::parse(label))
                .collect()
        }),
        types: TypeChoice::Usual,
    };
    filter.types = match chosen("filter intygstyp") {
        Some(types) => TypeChoice::Only(types.iter().flat_map(|kind| types_of(kind)).collect()),
        None if filter.is_active() => TypeChoice::Any,
        None => TypeChoice::Usual,
    };
    filter
}

/// The certificate types of a choice; sick-leave certificates are one choice.
fn types_of(choice: &str) -> BTreeSet<CertificateType> {
    match choice {
        "SJUKPENNING" => CertificateType::ALL
            .into_iter()
            .filter(|kind| kind.makes_sick_cases())
            .collect(),
        other => CertificateType::from_code(other).into_iter().collect(),
    }
}

fn diagnoses(input: &Row, icd10: &Icd10) -> Result<Vec<Diagnosis>> {
    if let Some(id) = filled(input, "valt diagnoskapitel") {
        let diagnosis =
            Diagnosis::parse(&id, icd10).with_context(|| format!("valt diagnoskapitel {id:?}"))?;
        return Ok(vec![diagnosis]);
    }
    let ids = COMPARED
        .iter()
        .flat_map(|(column, level)| list(input, column).into_iter().map(|id| (*level, id)));
    Ok(ids
        .filter_map(|(level, id)| Diagnosis::as_peer(level, &id, icd10))
        .collect())
}
