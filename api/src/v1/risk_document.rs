use frisk_codes::{Language, Text};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{Estimate, RiskModel, locale};

/// What every estimate comes with. Source: `PAGES.md` §6.3.
pub(crate) const CAVEAT: Text = Text::new(
    "Uppskattningen beskriver en grupp liknande sjukfall, inte den här personen. Den är ingen diagnos, inget mått på vilja eller arbetsförmåga och inget beslut om sjukpenning. Den känner bara intyg till och med den dag den gäller. Din bedömning går före.",
    "The estimate describes a group of similar sick cases, not this person. It is not a diagnosis, not a measure of will or of work ability, and not a decision on sick pay. It knows only certificates up to its day. Your own judgement goes first.",
);

/// An estimate of how long a sick case lasts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RiskDocument {
    /// The case; null if the features came with the question.
    case: Option<String>,
    /// Content hash of the model.
    model: String,
    /// Day of the case that the estimate starts from (1 = first day).
    #[schema(example = 15)]
    as_of_day: u32,
    /// P(still on leave beyond a day).
    curve: Vec<PointDocument>,
    /// The group of the reference curve: a diagnosis category, a chapter, or `all`.
    #[schema(example = "F43")]
    reference_group: String,
    /// The same for the reference group.
    reference: Vec<PointDocument>,
    /// What moves the estimate away from the reference group, strongest first.
    reasons: Vec<ReasonDocument>,
    /// In what the case is unlike those that the model has seen, a sentence each; empty if in nothing.
    unlike: Vec<String>,
    /// Fields that were not given, and were taken as unknown.
    not_given: Vec<String>,
    /// What the estimate is not.
    caveat: &'static str,
}

/// One point of a curve.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PointDocument {
    /// Day of the case.
    #[schema(example = 90)]
    day: u32,
    /// Probability that the case lasts beyond that day.
    #[schema(example = 0.42)]
    beyond: f64,
}

/// One reason.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ReasonDocument {
    /// The feature.
    #[schema(example = "degree_now")]
    feature: String,
    /// The feature in words.
    label: String,
    /// Its value in this case.
    value: String,
    /// Change of the probability at the main horizon that goes with it; it describes groups, not causes.
    change: f64,
}

impl RiskDocument {
    pub(crate) fn new(
        model: &dyn RiskModel,
        estimate: &Estimate,
        case: Option<String>,
        as_of_day: u32,
        not_given: Vec<String>,
        language: Language,
    ) -> Self {
        let reason = |reason: &crate::Reason| ReasonDocument {
            feature: reason.feature.clone(),
            label: locale::feature(&reason.feature, language),
            value: reason.value.clone(),
            change: reason.step,
        };
        Self {
            case,
            model: model.hash().to_owned(),
            as_of_day,
            curve: points(&estimate.curve),
            reference_group: estimate.reference_group.clone(),
            reference: points(&estimate.reference_curve),
            reasons: estimate.reasons.iter().map(reason).collect(),
            unlike: estimate
                .unlike
                .iter()
                .map(|unlike| locale::unlike(unlike, language))
                .collect(),
            not_given,
            caveat: CAVEAT.get(language),
        }
    }
}

fn points(curve: &[(u32, f64)]) -> Vec<PointDocument> {
    let point = |&(day, beyond): &(u32, f64)| PointDocument { day, beyond };
    curve.iter().map(point).collect()
}
