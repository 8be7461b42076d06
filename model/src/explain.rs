//! Reasons: additive contributions, exact, on the logit scale of the hazard.

use serde::{Deserialize, Serialize};

use crate::calibrate::Calibration;
use crate::hazard::HazardWeights;
use crate::spec::FeatureSpec;

/// Which way a feature moves the risk of a long case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Towards a longer case than the average.
    Longer,
    /// Towards a shorter case.
    Shorter,
    /// No difference.
    Neutral,
}

/// One reason.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// Feature or group of features (the three diagnosis columns are one reason).
    pub feature: String,
    /// The case's level, or the range of its number.
    pub value: String,
    /// Contribution to the log-odds of **staying** on leave against the average training case,
    /// mean over the intervals up to the explanation horizon. Describes the model, not a cause.
    pub contribution: f64,
    /// Sign of the contribution in words.
    pub direction: Direction,
}

/// Contributions by feature and code, made once for a model.
#[derive(Debug, Clone)]
pub struct Explainer {
    base: f64,
    groups: Vec<Group>,
}

#[derive(Debug, Clone)]
struct Group {
    name: String,
    members: Vec<Member>,
}

#[derive(Debug, Clone)]
struct Member {
    feature: usize,
    contributions: Vec<f64>,
    labels: Vec<String>,
}

impl Explainer {
    /// Averages each feature's effects over the intervals that end by `horizon` and centres them
    /// at the training mean, after calibration.
    #[must_use]
    pub fn new(
        spec: &FeatureSpec,
        weights: &HazardWeights,
        calibration: Option<&Calibration>,
        horizon: i32,
    ) -> Self {
        let intervals = weights.intervals();
        let within = (0..intervals.count()).filter(|&k| intervals.until(k) <= horizon);
        let mut span: Vec<usize> = within.collect();
        if span.is_empty() {
            span.push(0);
        }
        let slope = calibration.map_or(1.0, |calibration| calibration.slope);
        let shift = |k: &usize| calibration.map_or(0.0, |calibration| calibration.shifts[*k]);
        let shifts = span.iter().map(shift).sum::<f64>() / span.len() as f64;
        let mut base = shifts + slope * weights.mean_effects(None, 1, &span)[0];
        let mut explainer = Self {
            base: 0.0,
            groups: Vec::new(),
        };
        for (index, feature) in spec.features.iter().enumerate() {
            let effects = weights.mean_effects(Some(index), feature.encoding.codes(), &span);
            let mean = crate::hazard::mean(&effects, &feature.reference);
            base += slope * mean;
            let contributions = effects
                .iter()
                .map(|effect| -slope * (effect - mean))
                .collect();
            let codes = 0..feature.encoding.codes();
            let labels = codes
                .map(|code| feature.encoding.label(code as u16))
                .collect();
            explainer.add(
                &feature.group,
                Member {
                    feature: index,
                    contributions,
                    labels,
                },
            );
        }
        explainer.base = -base;
        explainer
    }

    fn add(&mut self, name: &str, member: Member) {
        match self.groups.iter_mut().find(|group| group.name == name) {
            Some(group) => group.members.push(member),
            None => self.groups.push(Group {
                name: name.to_owned(),
                members: vec![member],
            }),
        }
    }

    /// Log-odds of staying on leave of the average training case: what the contributions add to.
    #[must_use]
    pub fn base(&self) -> f64 {
        self.base
    }

    /// Contributions of one coded case, one number a group, into `out`.
    pub fn contributions_into(&self, codes: &[u16], out: &mut Vec<f64>) {
        out.clear();
        out.extend(self.groups.iter().map(|group| group.contribution(codes)));
    }

    /// All reasons of one coded case, largest first.
    #[must_use]
    pub fn reasons(&self, codes: &[u16]) -> Vec<Reason> {
        let mut reasons: Vec<Reason> = self
            .groups
            .iter()
            .map(|group| group.reason(codes))
            .collect();
        reasons.sort_by(|a, b| b.contribution.abs().total_cmp(&a.contribution.abs()));
        reasons
    }
}

impl Group {
    fn contribution(&self, codes: &[u16]) -> f64 {
        self.members
            .iter()
            .map(|member| member.contributions[member.code(codes)])
            .sum()
    }

    fn reason(&self, codes: &[u16]) -> Reason {
        let contribution = self.contribution(codes);
        let told = self.members.iter().find(|member| member.code(codes) > 1);
        let told = told.or(self.members.first());
        let value = told.map(|member| member.labels[member.code(codes)].clone());
        Reason {
            feature: self.name.clone(),
            value: value.unwrap_or_default(),
            contribution,
            direction: Direction::of(contribution),
        }
    }
}

impl Member {
    fn code(&self, codes: &[u16]) -> usize {
        usize::from(codes[self.feature])
    }
}

impl Direction {
    fn of(contribution: f64) -> Self {
        match contribution {
            up if up > 0.0 => Self::Longer,
            down if down < 0.0 => Self::Shorter,
            _ => Self::Neutral,
        }
    }
}
