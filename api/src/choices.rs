use frisk_warehouse::{
    Diagnosis, Filter, Level, Policy, Question, UnitDepth,
    reports::{ReportInfo, usual_diagnoses},
};

use crate::{ask::Ask, auth::Granted, gate::Gate, problem::Problem};

/// What a question is narrowed to and about, beside report, place and time.
#[derive(Debug, Clone, Default)]
pub(crate) struct Choices {
    filter: Filter,
    diagnoses: Vec<Diagnosis>,
    depth: UnitDepth,
    /// Whether the reader has asked to see doctors one by one.
    sees_doctors: bool,
}

impl Choices {
    /// What was chosen.
    ///
    /// **Errors**: a choice that is not possible; a filter on an open table, where it could tell persons apart.
    pub(crate) fn of(
        ask: &Ask,
        gate: &Gate,
        info: &ReportInfo,
        level: Level,
    ) -> Result<Self, Problem> {
        let icd10 = gate.icd10();
        let mut filter = Filter::default();
        let parts = [
            ("diagnosis", &ask.filter_diagnosis),
            ("age", &ask.age),
            ("length", &ask.length),
            ("type", &ask.certificate_type),
        ];
        for (part, chosen) in parts {
            for choice in listed(chosen) {
                filter.narrow(part, choice, icd10)?;
            }
        }
        if filter.is_active() && level != Level::Unit {
            return Err(Problem::question(
                "filter",
                "inget filter på öppna tabeller",
                "no filter on open tables",
            ));
        }
        let parse = |id| Diagnosis::parse(id, icd10);
        let mut diagnoses = listed(&ask.diagnosis)
            .map(parse)
            .collect::<Result<Vec<_>, _>>()?;
        if diagnoses.is_empty() {
            diagnoses = Self::usual(gate, info)?.diagnoses;
        }
        Ok(Self {
            filter,
            diagnoses,
            depth: depth(ask)?,
            sees_doctors: ask.doctors.as_deref() == Some("shown"),
        })
    }

    /// All, of the diagnoses that the report is about unasked.
    pub(crate) fn usual(gate: &Gate, info: &ReportInfo) -> Result<Self, Problem> {
        let parse = |id: &&str| Diagnosis::parse(id, gate.icd10());
        let diagnoses = usual_diagnoses(info.slug).iter().map(parse);
        Ok(Self {
            diagnoses: diagnoses.collect::<Result<_, _>>()?,
            ..Self::default()
        })
    }

    /// The question with these choices.
    pub(crate) fn apply(&self, question: Question) -> Question {
        Question {
            filter: self.filter.clone(),
            diagnoses: self.diagnoses.clone(),
            depth: self.depth,
            ..question
        }
    }

    /// How small counts are protected for this audience, and doctors for readers who have not asked to see them.
    pub(crate) fn policy(&self, report: &str, granted: &Granted, threshold: u32) -> Policy {
        granted
            .policy(threshold)
            .for_doctors(report, self.sees_doctors)
    }
}

fn depth(ask: &Ask) -> Result<UnitDepth, Problem> {
    match ask.depth.as_deref() {
        None | Some("" | "care_units") => Ok(UnitDepth::CareUnits),
        Some("sub_units") => Ok(UnitDepth::SubUnits),
        Some(_) => Err(Problem::question(
            "depth",
            "care_units eller sub_units",
            "care_units or sub_units",
        )),
    }
}

/// Choices of a parameter that may be repeated, or hold several with commas.
fn listed(all: &[String]) -> impl Iterator<Item = &str> {
    let choices = all.iter().flat_map(|list| list.split(','));
    choices.map(str::trim).filter(|choice| !choice.is_empty())
}
