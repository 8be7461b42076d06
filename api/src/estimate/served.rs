use arrow::array::RecordBatch;
use frisk_model::{Artefact, Curve, Risk, Scorer};

use super::{Estimate, Input, InputKind, Reason, RiskModel, Unlike, UnlikeWhy, main_horizon};

/// An artefact in service, compiled for scoring.
#[derive(Debug)]
pub struct ServedModel {
    scorer: Scorer,
    hash: String,
    inputs: Vec<Input>,
    as_of_day: u32,
}

impl ServedModel {
    /// Takes an artefact into service.
    ///
    /// **Errors**: an artefact whose numbers cannot be written, and so has no hash.
    pub fn new(artefact: &Artefact) -> Result<Self, frisk_model::Error> {
        let frisk_model::Model::Hazard(weights) = &artefact.model else {
            return Err(frisk_model::Error::Shape {
                what: "learners",
                found: 0,
                expected: 1,
            });
        };
        let input = |feature: &frisk_model::Feature| Input {
            name: feature.column.clone(),
            kind: match feature.encoding {
                frisk_model::Encoding::Category { .. } => InputKind::Text,
                _ => InputKind::Number,
            },
        };
        Ok(Self {
            scorer: artefact.scorer(),
            hash: artefact.hash()?,
            inputs: artefact.spec.features.iter().map(input).collect(),
            as_of_day: u32::try_from(weights.intervals().first_day()).unwrap_or(1),
        })
    }
}

impl RiskModel for ServedModel {
    fn hash(&self) -> &str {
        &self.hash
    }

    fn as_of_day(&self) -> u32 {
        self.as_of_day
    }

    fn inputs(&self) -> Vec<Input> {
        self.inputs.clone()
    }

    fn estimate(&self, batch: &RecordBatch) -> Result<Vec<Estimate>, String> {
        let risks = self
            .scorer
            .score(batch)
            .map_err(|error| error.to_string())?;
        Ok(risks.iter().map(estimate).collect())
    }
}

fn estimate(risk: &Risk) -> Estimate {
    let day = u32::try_from(risk.curve.as_of_day).unwrap_or(1);
    let horizon = i32::try_from(main_horizon(day)).unwrap_or(365);
    let reason = |reason: &frisk_model::Reason| Reason {
        feature: reason.feature.clone(),
        value: reason.value.clone(),
        step: step(&risk.curve, horizon, reason.contribution),
    };
    Estimate {
        case_id: risk.case_id.clone(),
        curve: points(&risk.curve),
        reference_group: risk.reference_group.clone(),
        reference_curve: points(&risk.reference_curve),
        reasons: risk.reasons.iter().map(reason).collect(),
        unlike: risk.unlike.iter().map(unlike).collect(),
    }
}

/// The curve without its first point, which is certain.
fn points(curve: &Curve) -> Vec<(u32, f64)> {
    let known = curve.days.iter().zip(&curve.survival).skip(1);
    known
        .filter_map(|(day, p)| Some((u32::try_from(*day).ok()?, *p)))
        .collect()
}

/// How much of P(beyond the horizon) goes with a contribution to the log-odds of staying: P minus what P would be if
/// the contribution were taken off the log-odds of every interval up to the horizon.
fn step(curve: &Curve, horizon: i32, contribution: f64) -> f64 {
    let (mut with, mut without, mut before) = (1.0, 1.0, 1.0);
    for (day, survival) in curve.days.iter().zip(&curve.survival).skip(1) {
        if *day > horizon {
            break;
        }
        let stay = if before > 0.0 { survival / before } else { 0.0 };
        with *= stay;
        without *= less(stay, contribution);
        before = *survival;
    }
    with - without
}

/// A probability whose log-odds are lower by a contribution.
fn less(p: f64, contribution: f64) -> f64 {
    if p <= 0.0 || p >= 1.0 {
        return p;
    }
    let odds = p / (1.0 - p) * (-contribution).exp();
    odds / (1.0 + odds)
}

fn unlike(unlike: &frisk_model::Unlike) -> Unlike {
    Unlike {
        feature: unlike.feature.clone(),
        why: match unlike.why {
            frisk_model::UnlikeWhy::RareOrUnseen => UnlikeWhy::Rare,
            frisk_model::UnlikeWhy::NeverMissing => UnlikeWhy::Missing,
            frisk_model::UnlikeWhy::OutOfRange => UnlikeWhy::OutOfRange,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contribution_taken_off_each_interval_gives_the_step() {
        let curve = Curve {
            as_of_day: 15,
            days: vec![14, 30, 90, 180],
            survival: vec![1.0, 0.5, 0.25, 0.1],
        };
        // Both intervals up to day 90 stay with 0.5, odds 1. With ln 3 taken off the odds are 1/3, p = 1/4:
        // 0.5 · 0.5 − 0.25 · 0.25 = 0.1875.
        assert!((step(&curve, 90, 3_f64.ln()) - 0.1875).abs() < 1e-12);
        assert!(step(&curve, 90, 0.0).abs() < 1e-12);
        assert_eq!(points(&curve), [(30, 0.5), (90, 0.25), (180, 0.1)]);
    }
}
