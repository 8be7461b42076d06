//! The fitted numbers, in the form that is stored and scored.

use serde::{Deserialize, Serialize};

use super::layout::{Layout, TIERS};
use crate::error::{Error, Result};
use crate::intervals::Intervals;

/// Intervals, layout and coefficients of a hazard.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HazardWeights {
    intervals: Intervals,
    layout: Layout,
    coefficients: Vec<f64>,
}

impl HazardWeights {
    /// Joins the three parts.
    ///
    /// # Errors
    /// [`Error::Shape`] when they do not belong together.
    pub fn new(intervals: Intervals, layout: Layout, coefficients: Vec<f64>) -> Result<Self> {
        let weights = Self {
            intervals,
            layout,
            coefficients,
        };
        weights.check()?;
        Ok(weights)
    }

    /// Checks sizes and offsets, as after reading from a file.
    ///
    /// # Errors
    /// [`Error::Shape`] naming what does not fit.
    pub fn check(&self) -> Result<()> {
        let equal = |what, found, expected| match found == expected {
            true => Ok(()),
            false => Err(Error::Shape {
                what,
                found,
                expected,
            }),
        };
        equal("tiers", self.layout.tiers.len(), TIERS)?;
        for tier in &self.layout.tiers {
            equal("intervals of a tier", tier.len(), self.intervals.count())?;
        }
        let mut offset = 0;
        for block in &self.layout.blocks {
            equal("tier of a block", block.tier.min(TIERS - 1), block.tier)?;
            equal("offset of a block", block.offset, offset)?;
            offset += self.layout.bands(block.tier) * block.codes;
        }
        equal("size of the layout", self.layout.size, offset)?;
        equal("coefficients", self.coefficients.len(), offset)
    }

    /// The intervals.
    #[must_use]
    pub fn intervals(&self) -> &Intervals {
        &self.intervals
    }

    /// Where each effect lives.
    #[must_use]
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The coefficients in layout order.
    #[must_use]
    pub fn coefficients(&self) -> &[f64] {
        &self.coefficients
    }

    /// Logit of the hazard in each interval for one coded case.
    #[must_use]
    pub fn logits(&self, codes: &[u16]) -> Vec<f64> {
        let mut logits = vec![0.0; self.intervals.count()];
        self.logits_into(codes, &mut logits);
        logits
    }

    /// As [`Self::logits`], into a slice of one number an interval.
    pub fn logits_into(&self, codes: &[u16], logits: &mut [f64]) {
        let mut bands = [[0.0_f64; Intervals::MOST]; TIERS];
        for block in &self.layout.blocks {
            let code = block.feature.map_or(0, |feature| codes[feature]);
            if block.silent.contains(&code) {
                continue;
            }
            let first = block.offset + usize::from(code);
            let count = self.layout.bands(block.tier);
            let effects = self.coefficients[first..]
                .iter()
                .step_by(block.codes)
                .take(count);
            bands[block.tier]
                .iter_mut()
                .zip(effects)
                .for_each(|(sum, effect)| *sum += effect);
        }
        for (k, logit) in logits.iter_mut().enumerate() {
            *logit = (0..TIERS)
                .map(|tier| bands[tier][self.layout.tiers[tier][k]])
                .sum();
        }
    }

    /// Effect of each code of a feature (`None` = the intercepts), mean over the given intervals.
    #[must_use]
    pub fn mean_effects(&self, feature: Option<usize>, codes: usize, span: &[usize]) -> Vec<f64> {
        let mut effects = vec![0.0; codes];
        for block in self
            .layout
            .blocks
            .iter()
            .filter(|block| block.feature == feature)
        {
            for &k in span {
                let first = block.offset + self.layout.tiers[block.tier][k] * block.codes;
                let table = &self.coefficients[first..first + block.codes];
                effects
                    .iter_mut()
                    .zip(table)
                    .for_each(|(sum, effect)| *sum += effect);
            }
        }
        effects
            .iter_mut()
            .for_each(|effect| *effect /= span.len().max(1) as f64);
        effects
    }
}
