//! The weights rearranged for scoring, recalibration folded in.

use super::layout::TIERS;
use super::weights::HazardWeights;
use crate::calibrate::Calibration;
use crate::intervals::Intervals;

/// Effects by case code instead of by band, so that scoring reads one short row a block.
#[derive(Debug, Clone)]
pub(crate) struct CompiledHazard {
    intervals: Intervals,
    /// For each tier but the finest, the band of each interval.
    bands: Vec<Vec<usize>>,
    blocks: Vec<Block>,
    /// Calibrated intercept of each interval.
    intercepts: Vec<f64>,
}

#[derive(Debug, Clone)]
struct Block {
    feature: usize,
    tier: usize,
    bands: usize,
    /// `code · bands + band`, times the calibration slope; 0 for silent codes.
    effects: Vec<f64>,
}

impl CompiledHazard {
    pub(crate) fn new(weights: &HazardWeights, calibration: Option<&Calibration>) -> Self {
        let layout = weights.layout();
        let slope = calibration.map_or(1.0, |calibration| calibration.slope);
        let mut compiled = Self {
            intervals: weights.intervals().clone(),
            bands: layout.tiers.clone(),
            blocks: Vec::new(),
            intercepts: calibration.map_or(vec![0.0; layout.tiers[0].len()], |calibration| {
                calibration.shifts.clone()
            }),
        };
        for block in &layout.blocks {
            let bands = layout.bands(block.tier);
            let table = &weights.coefficients()[block.offset..block.offset + bands * block.codes];
            let Some(feature) = block.feature else {
                let scaled = compiled.intercepts.iter_mut().zip(table);
                scaled.for_each(|(sum, intercept)| *sum += slope * intercept);
                continue;
            };
            let mut effects = vec![0.0; table.len()];
            for (at, effect) in table.iter().enumerate() {
                let (band, code) = (at / block.codes, at % block.codes);
                if !block.silent.contains(&(code as u16)) {
                    effects[code * bands + band] = slope * effect;
                }
            }
            compiled.blocks.push(Block {
                feature,
                tier: block.tier,
                bands,
                effects,
            });
        }
        compiled
    }

    pub(crate) fn intervals(&self) -> &Intervals {
        &self.intervals
    }

    /// Calibrated logits of one coded case, one number an interval.
    pub(crate) fn logits_into(&self, codes: &[u16], logits: &mut [f64]) {
        let mut constant = 0.0;
        let mut sums = [[0.0_f64; Intervals::MOST]; TIERS - 2];
        for block in &self.blocks {
            let from = usize::from(codes[block.feature]) * block.bands;
            let effects = &block.effects[from..from + block.bands];
            if block.tier == 0 {
                constant += effects[0];
            } else {
                let sums = &mut sums[block.tier - 1];
                sums.iter_mut()
                    .zip(effects)
                    .for_each(|(sum, effect)| *sum += effect);
            }
        }
        for (k, (logit, intercept)) in logits.iter_mut().zip(&self.intercepts).enumerate() {
            let timed = sums[0][self.bands[1][k]] + sums[1][self.bands[2][k]];
            *logit = intercept + constant + timed;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hazard::Layout;
    use crate::spec::{FeaturePlan, FeatureSpec};

    #[test]
    fn compiled_and_stored_weights_agree() {
        let plan = FeaturePlan::standard().into_iter();
        let features = plan.map(|plan| crate::spec::Feature {
            column: plan.column,
            group: plan.group,
            encoding: match plan.kind {
                crate::spec::Kind::Category { parent, .. } => crate::spec::Encoding::Category {
                    levels: vec!["a".into(), "b".into()],
                    parent,
                },
                _ => crate::spec::Encoding::Numeric {
                    cuts: vec![1.0, 2.0],
                    lowest: 0.0,
                    highest: 3.0,
                },
            },
            timing: plan.timing,
            penalty: 1.0,
            deviation_penalty: 1.0,
            reference: vec![0.25; 4],
        });
        let spec = FeatureSpec {
            features: features.collect(),
        };
        let intervals = Intervals::default();
        let layout = Layout::new(
            &spec,
            &intervals,
            &[30, 90, 180],
            &[22, 30, 45, 60, 90, 180],
        )
        .unwrap();
        // Any numbers do: 0.1, 0.2, …
        let coefficients = (1..=layout.size).map(|at| at as f64 / 10.0).collect();
        let weights = HazardWeights::new(intervals, layout, coefficients).unwrap();
        let calibration = Calibration {
            shifts: vec![0.5; 14],
            slope: 2.0,
            cases: 0,
            events: 0,
        };
        let compiled = CompiledHazard::new(&weights, Some(&calibration));
        for code in 0..4_u16 {
            let codes = vec![code; spec.features.len()];
            let mut stored = weights.logits(&codes);
            calibration.apply(&mut stored);
            let mut found = vec![0.0; 14];
            compiled.logits_into(&codes, &mut found);
            for (found, stored) in found.iter().zip(&stored) {
                assert!((found - stored).abs() < 1e-9, "{found} against {stored}");
            }
        }
    }
}
