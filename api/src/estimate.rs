use std::fmt::Debug;

use arrow::array::RecordBatch;

/// A risk model that can be asked.
pub trait RiskModel: Send + Sync + Debug {
    /// Content hash of the model.
    fn hash(&self) -> &str;

    /// The day of a case that its estimates start from.
    fn as_of_day(&self) -> u32;

    /// The columns that a batch must have.
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
    /// The same for the reference group: the average of its diagnosis.
    pub reference_curve: Vec<(u32, f64)>,
    /// What moves the estimate away from the reference group, strongest first.
    pub reasons: Vec<Reason>,
    /// Why the estimate should not be trusted; empty if nothing speaks against it.
    pub unlike: Vec<String>,
}

/// One reason: a feature, its value, and how far it moves the estimate.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// The feature (column or group of columns).
    pub feature: String,
    /// Its value in this case.
    pub value: String,
    /// Change of P at the main horizon, in probability (0.1 = one in ten more).
    pub step: f64,
}
