use std::fmt::Debug;

use arrow::array::RecordBatch;

mod served;

pub use served::ServedModel;

/// A risk model that can be asked.
pub trait RiskModel: Send + Sync + Debug {
    /// Content hash of the model.
    fn hash(&self) -> &str;

    /// The day of a case that its estimates start from.
    fn as_of_day(&self) -> u32;

    /// The columns that a batch must have, besides `case_id` (text) and `as_of_day` (Int32).
    fn inputs(&self) -> Vec<Input>;

    /// Scores each row of a batch.
    ///
    /// **Errors**: a sentence on what the batch lacks.
    fn estimate(&self, batch: &RecordBatch) -> Result<Vec<Estimate>, String>;
}

/// A column that a model reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// Column name.
    pub name: String,
    /// What it holds.
    pub kind: InputKind,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputKind {
    /// A code.
    Text,
    /// A number.
    Number,
}

/// What a model says of one case.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimate {
    /// The case.
    pub case_id: String,
    /// P(still on leave beyond day t), as (t, P), by rising t.
    pub curve: Vec<(u32, f64)>,
    /// The group of the reference curve: a diagnosis category, a chapter, or `all`.
    pub reference_group: String,
    /// The same for the cases of that group.
    pub reference_curve: Vec<(u32, f64)>,
    /// What moves the estimate away from the average case, strongest first.
    pub reasons: Vec<Reason>,
    /// In what the case is unlike those that the model has seen; empty if in nothing.
    pub unlike: Vec<Unlike>,
}

/// One reason: a feature, its value, and how far it moves the estimate.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// The feature (column or group of columns).
    pub feature: String,
    /// Its value in this case.
    pub value: String,
    /// Change of P at the main horizon that goes with it, in probability (0.1 = one in ten more).
    pub step: f64,
}

/// A feature in which a case is unlike those that the model has seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unlike {
    /// The feature.
    pub feature: String,
    /// In what way.
    pub why: UnlikeWhy,
}

/// In what way a value is unlike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UnlikeWhy {
    /// Too rare for an effect of its own, or never seen.
    Rare,
    /// Missing, as in no case that the model has seen.
    Missing,
    /// Below the smallest or above the largest seen.
    OutOfRange,
}

/// The horizon that a level and the reasons speak of: the first of 90, 180 and 365 that lies at least 30 days ahead.
///
/// Source: `PAGES.md` §6.3.
pub(crate) fn main_horizon(day: u32) -> u32 {
    [90, 180, 365]
        .into_iter()
        .find(|h| day + 30 <= *h)
        .unwrap_or(365)
}
