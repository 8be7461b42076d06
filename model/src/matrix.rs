//! Feature batch → 16-bit codes, column by column, checked against the feature spec.

use arrow::array::RecordBatch;

use crate::error::Result;
use crate::spec::{Encoding, FeaturePlan, FeatureSpec};

pub(crate) mod derived;
mod learn;
mod numbers;
mod texts;

/// Codes of n cases × p features, stored by column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CodedMatrix {
    rows: usize,
    columns: Vec<Vec<u16>>,
}

/// Turns batches into codes; built once from a spec, then reused.
#[derive(Debug, Clone)]
pub struct Encoder {
    columns: Vec<ColumnCoder>,
}

#[derive(Debug, Clone)]
struct ColumnCoder {
    name: String,
    rule: Rule,
}

#[derive(Debug, Clone)]
enum Rule {
    Texts(texts::LevelIndex),
    Numbers(Vec<f64>),
}

impl CodedMatrix {
    /// A matrix from columns of equal length.
    #[must_use]
    pub fn from_columns(columns: Vec<Vec<u16>>) -> Self {
        let rows = columns.first().map_or(0, Vec::len);
        debug_assert!(
            columns.iter().all(|column| column.len() == rows),
            "columns of one length"
        );
        Self { rows, columns }
    }

    /// Number of cases.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The codes of each feature.
    #[must_use]
    pub fn columns(&self) -> &[Vec<u16>] {
        &self.columns
    }

    /// Copies the codes of one case into `codes`.
    pub fn row_into(&self, row: usize, codes: &mut Vec<u16>) {
        codes.clear();
        codes.extend(self.columns.iter().map(|column| column[row]));
    }

    /// The given rows, in the given order.
    #[must_use]
    pub fn take(&self, rows: &[usize]) -> Self {
        let pick = |column: &Vec<u16>| rows.iter().map(|&row| column[row]).collect();
        Self {
            rows: rows.len(),
            columns: self.columns.iter().map(pick).collect(),
        }
    }
}

/// linfa's view of the matrix: samples × features, elements are codes.
impl linfa::dataset::Records for CodedMatrix {
    type Elem = u16;

    fn nsamples(&self) -> usize {
        self.rows
    }

    fn nfeatures(&self) -> usize {
        self.columns.len()
    }
}

impl FeatureSpec {
    /// Learns levels, cut-points and reference shares from the given training rows of a batch.
    ///
    /// **Input**: n cases of the batch at `rows`. **Output**: one feature a plan, in plan order,
    /// without optional ones that the batch lacks.
    ///
    /// # Errors
    /// A column that is missing, of another type than planned, or with too many levels.
    pub fn learn(batch: &RecordBatch, plans: &[FeaturePlan], rows: &[usize]) -> Result<Self> {
        let there =
            |plan: &&FeaturePlan| !plan.optional || batch.column_by_name(&plan.column).is_some();
        let present = plans.iter().filter(there);
        let features = present.map(|plan| learn::feature(batch, plan, rows));
        Ok(Self {
            features: features.collect::<Result<_>>()?,
        })
    }
}

impl Encoder {
    /// An encoder for the features of a spec.
    #[must_use]
    pub fn new(spec: &FeatureSpec) -> Self {
        let columns = spec.features.iter().map(|feature| {
            let rule = match &feature.encoding {
                Encoding::Category { levels, .. } => Rule::Texts(texts::LevelIndex::new(levels)),
                Encoding::Numeric { cuts, .. } => Rule::Numbers(cuts.clone()),
            };
            ColumnCoder {
                name: feature.column.clone(),
                rule,
            }
        });
        Self {
            columns: columns.collect(),
        }
    }

    /// Codes a batch. Extra columns are ignored.
    ///
    /// # Errors
    /// A column that is missing or of another type than the spec says, by name.
    pub fn encode(&self, batch: &RecordBatch) -> Result<CodedMatrix> {
        let columns = self.columns.iter().map(|coder| coder.encode(batch));
        let columns = columns.collect::<Result<Vec<_>>>()?;
        Ok(CodedMatrix {
            rows: batch.num_rows(),
            columns,
        })
    }
}

impl Encoder {
    /// For each feature, the rows whose number lies outside the training range.
    ///
    /// # Errors
    /// A column that is missing or not numeric.
    pub fn outside(&self, batch: &RecordBatch, spec: &FeatureSpec) -> Result<Vec<Vec<usize>>> {
        let rows = spec.features.iter().map(|feature| match feature.encoding {
            Encoding::Category { .. } => Ok(Vec::new()),
            Encoding::Numeric {
                lowest, highest, ..
            } => {
                let array = derived::column(batch, &feature.column)?;
                numbers::outside(&feature.column, &array, lowest..=highest)
            }
        });
        rows.collect()
    }
}

impl ColumnCoder {
    fn encode(&self, batch: &RecordBatch) -> Result<Vec<u16>> {
        let array = derived::column(batch, &self.name)?;
        match &self.rule {
            Rule::Texts(index) => texts::encode(&self.name, &array, index),
            Rule::Numbers(cuts) => numbers::encode(&self.name, &array, cuts),
        }
    }
}

#[cfg(test)]
mod tests;
