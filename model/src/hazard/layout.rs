//! Where each effect of the hazard lives in the coefficient vector.
//!
//! Time is seen at four nested resolutions (tiers): one span, coarse bands, fine bands, intervals.
//! A block is the table of effects of one feature at one tier: `offset + band · codes + code`.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::intervals::Intervals;
use crate::spec::{FeatureSpec, Timing};

/// Number of tiers.
pub(super) const TIERS: usize = 4;
/// The tier with one span.
pub(super) const SPAN: usize = 0;
/// The tier of the intervals themselves.
pub(super) const FINEST: usize = 3;

/// Effects of one feature (or of time alone) at one tier.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Block {
    /// Position of the feature in the spec; `None` = the intercepts.
    pub feature: Option<usize>,
    /// Tier 0 = one span, 1 = coarse bands, 2 = fine bands, 3 = intervals.
    pub tier: usize,
    /// First coefficient.
    pub offset: usize,
    /// Codes of the feature (1 for the intercepts).
    pub codes: usize,
    /// L2 penalty.
    pub penalty: f64,
    /// Codes without an effect of their own.
    pub silent: Vec<u16>,
}

/// The whole coefficient vector.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Layout {
    /// For each tier, the band of each interval.
    pub tiers: Vec<Vec<usize>>,
    /// Blocks in order of offset and of tier; the intercepts come last.
    pub blocks: Vec<Block>,
    /// Number of coefficients.
    pub size: usize,
}

impl Layout {
    /// Lays out each feature's effect, then deviations by coarse and fine band, then intercepts:
    /// coarser tiers first, so that pairs of effects always fall in the upper triangle.
    ///
    /// # Errors
    /// [`Error::Parameter`] when a band edge within reach is not an edge of the intervals.
    pub fn new(
        spec: &FeatureSpec,
        intervals: &Intervals,
        coarse: &[i32],
        fine: &[i32],
    ) -> Result<Self> {
        let count = intervals.count();
        let tiers = vec![
            vec![0; count],
            bands(intervals, coarse)?,
            bands(intervals, fine)?,
            (0..count).collect(),
        ];
        let mut layout = Self {
            tiers,
            blocks: Vec::new(),
            size: 0,
        };
        for tier in [SPAN, 1, 2] {
            layout.push_features(spec, tier);
        }
        layout.push(None, FINEST, 1, 0.0, Vec::new());
        Ok(layout)
    }

    fn push_features(&mut self, spec: &FeatureSpec, tier: usize) {
        for (index, feature) in spec.features.iter().enumerate() {
            let penalty = match (tier, feature.timing) {
                (SPAN, _) => feature.penalty,
                (1, Timing::Coarse) | (2, Timing::Fine) => feature.deviation_penalty,
                _ => continue,
            };
            let codes = feature.encoding.codes();
            let silent = (0..=1)
                .filter(|&code| feature.encoding.defers(code))
                .collect();
            self.push(Some(index), tier, codes, penalty, silent);
        }
    }

    fn push(
        &mut self,
        feature: Option<usize>,
        tier: usize,
        codes: usize,
        penalty: f64,
        silent: Vec<u16>,
    ) {
        let offset = self.size;
        self.size += self.bands(tier) * codes;
        self.blocks.push(Block {
            feature,
            tier,
            offset,
            codes,
            penalty,
            silent,
        });
    }

    /// Number of bands of a tier.
    #[must_use]
    pub fn bands(&self, tier: usize) -> usize {
        self.tiers[tier].last().map_or(0, |band| band + 1)
    }

    /// The band at a coarser tier which holds each band of a finer one.
    pub(super) fn parents(&self, finer: usize, coarser: usize) -> Vec<usize> {
        let mut parents = vec![0; self.bands(finer)];
        for (&band, &parent) in self.tiers[finer].iter().zip(&self.tiers[coarser]) {
            parents[band] = parent;
        }
        parents
    }

    /// The penalty on each coefficient.
    pub(super) fn penalties(&self) -> Vec<f64> {
        let of_block = |block: &Block| vec![block.penalty; self.bands(block.tier) * block.codes];
        self.blocks.iter().flat_map(of_block).collect()
    }

    /// Gives codes that no training case had the reference mean of their feature, so that an
    /// unseen value neither raises nor lowers a risk. A rare level with a parent stays silent.
    pub(super) fn fill_unseen(&self, mut coefficients: Vec<f64>, spec: &FeatureSpec) -> Vec<f64> {
        for block in &self.blocks {
            let Some(feature) = block.feature.map(|index| &spec.features[index]) else {
                continue;
            };
            for band in 0..self.bands(block.tier) {
                let first = block.offset + band * block.codes;
                let table = &mut coefficients[first..first + block.codes];
                let mean = mean(table, &feature.reference);
                for (code, share) in (0_u16..).zip(&feature.reference) {
                    if *share == 0.0 && !block.silent.contains(&code) {
                        table[usize::from(code)] = mean;
                    }
                }
            }
        }
        coefficients
    }

    /// Feature, band and level of a coefficient, for people.
    #[must_use]
    pub fn name_of(&self, spec: &FeatureSpec, coefficient: usize) -> String {
        let holds = |block: &&Block| {
            let end = block.offset + self.bands(block.tier) * block.codes;
            (block.offset..end).contains(&coefficient)
        };
        let Some(block) = self.blocks.iter().find(holds) else {
            return String::new();
        };
        let at = coefficient - block.offset;
        let (band, code) = (at / block.codes, at % block.codes);
        match block.feature.map(|index| &spec.features[index]) {
            None => format!("interval {band}"),
            Some(feature) if block.tier == SPAN => {
                format!(
                    "{}: {}",
                    feature.column,
                    feature.encoding.label(code as u16)
                )
            }
            Some(feature) => {
                format!(
                    "{}: {}, band {band}",
                    feature.column,
                    feature.encoding.label(code as u16)
                )
            }
        }
    }
}

/// Mean of a table of effects weighted by the reference shares.
pub(crate) fn mean(table: &[f64], reference: &[f64]) -> f64 {
    table
        .iter()
        .zip(reference)
        .map(|(effect, share)| effect * share)
        .sum()
}

fn bands(intervals: &Intervals, edges: &[i32]) -> Result<Vec<usize>> {
    let count = intervals.count();
    let within = |day: i32| day > intervals.first_day() && day < intervals.last_day();
    let inner: Vec<i32> = edges.iter().copied().filter(|&day| within(day)).collect();
    if let Some(stray) = inner.iter().find(|day| !intervals.edges().contains(day)) {
        let expected = "edges of the intervals";
        return Err(Error::Parameter {
            name: "bands",
            found: stray.to_string(),
            expected,
        });
    }
    let band = |k: usize| {
        inner
            .iter()
            .filter(|&&day| day <= intervals.after(k))
            .count()
    };
    Ok((0..count).map(band).collect())
}
