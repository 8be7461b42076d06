//! One pass over the cases: log-likelihood, gradient and information of the hazard.

use rayon::prelude::*;

use super::layout::{Layout, SPAN, TIERS};
use crate::cohort::Episode;
use crate::error::{Error, Result};
use crate::intervals::Intervals;
use crate::matrix::CodedMatrix;

const MOST: usize = Intervals::MOST;
/// Cases in a part at least; parts depend on the data alone, never on the number of threads.
const PART: usize = 8192;
/// Parts at most: each holds an information matrix of its own until the ordered sum.
const PARTS: usize = 8;

/// Cases, episodes and layout, ready for passes.
#[derive(Debug)]
pub(super) struct Problem<'a> {
    pub(super) layout: &'a Layout,
    columns: Vec<Vec<&'a [u16]>>,
    blocks: Vec<Vec<Slots>>,
    parents: Vec<Vec<Vec<usize>>>,
    episodes: &'a [Episode],
    weights: &'a [f64],
}

/// Where a block's effects begin for each code; `None` = no effect.
#[derive(Debug)]
struct Slots {
    bases: Vec<Option<usize>>,
    stride: usize,
}

/// What a pass over some cases sums up.
#[derive(Debug, Clone)]
pub(super) struct Tally {
    /// Log-likelihood.
    pub(super) log_likelihood: f64,
    /// Its gradient.
    pub(super) gradient: Vec<f64>,
    /// Upper triangle of the information, by rows.
    pub(super) information: Vec<f64>,
}

/// One case's active effects and sums by band, reused from case to case.
struct Scratch {
    active: [Vec<(usize, usize)>; TIERS],
    effect: [[f64; MOST]; TIERS],
    residual: [[f64; MOST]; TIERS],
    weight: [[f64; MOST]; TIERS],
}

impl<'a> Problem<'a> {
    /// Cases in matrix order; `weights` is how often each counts, empty = once.
    pub(super) fn new(
        layout: &'a Layout,
        matrix: &'a CodedMatrix,
        episodes: &'a [Episode],
        weights: &'a [f64],
    ) -> Result<Self> {
        let mut columns = vec![Vec::new(); TIERS];
        let mut blocks: Vec<Vec<Slots>> = (0..TIERS).map(|_| Vec::new()).collect();
        for block in layout.blocks.iter() {
            let Some(feature) = block.feature else { continue };
            let column = &matrix.columns()[feature];
            let beyond = column.iter().find(|&&code| usize::from(code) >= block.codes);
            if let Some(&code) = beyond {
                let (found, expected) = (usize::from(code), block.codes);
                return Err(Error::Shape { what: "codes of a feature", found, expected });
            }
            let base = |code: u16| (!block.silent.contains(&code)).then(|| block.offset + usize::from(code));
            let bases = (0..block.codes).map(|code| base(code as u16)).collect();
            columns[block.tier].push(column.as_slice());
            blocks[block.tier].push(Slots { bases, stride: block.codes });
        }
        let parents = |finer: usize| (0..finer).map(|coarser| layout.parents(finer, coarser)).collect();
        let parents = (0..TIERS).map(parents).collect();
        Ok(Self { layout, columns, blocks, parents, episodes, weights })
    }

    /// Number of cases, equal ones counted apart.
    pub(super) fn cases(&self) -> f64 {
        if self.weights.is_empty() { self.episodes.len() as f64 } else { self.weights.iter().sum() }
    }

    fn weight(&self, row: usize) -> f64 {
        self.weights.get(row).copied().unwrap_or(1.0)
    }

    /// Persons at risk and ends in each interval.
    pub(super) fn life_table(&self) -> (Vec<f64>, Vec<f64>) {
        let weighted = self.episodes.iter().enumerate().map(|(row, &episode)| (episode, self.weight(row)));
        weighted_life_table(weighted, self.layout.tiers[0].len())
    }

    /// First coefficient of the intercepts.
    pub(super) fn intercepts(&self) -> usize {
        self.layout.blocks.last().map_or(0, |block| block.offset)
    }

    /// Log-likelihood, gradient and information at the coefficients, summed in a fixed order.
    pub(super) fn pass(&self, coefficients: &[f64]) -> Tally {
        let rows = self.episodes.len();
        let parts = (rows / PART).clamp(1, PARTS);
        let bound = |part: usize| rows * part / parts;
        let tally = |part: usize| self.part(bound(part)..bound(part + 1), coefficients);
        let tallies: Vec<Tally> = (0..parts).into_par_iter().map(tally).collect();
        let mut sum: Option<Tally> = None;
        for tally in tallies {
            match &mut sum {
                None => sum = Some(tally),
                Some(sum) => sum.add(&tally),
            }
        }
        sum.unwrap_or_else(|| Tally::zero(self.layout.size))
    }

    fn part(&self, rows: std::ops::Range<usize>, coefficients: &[f64]) -> Tally {
        let mut tally = Tally::zero(self.layout.size);
        let mut scratch = Scratch::new();
        for row in rows {
            let episode = self.episodes[row];
            if episode.count > 0 {
                self.activate(row, &mut scratch);
                let weight = self.weight(row);
                tally.log_likelihood += self.likelihood(episode, weight, coefficients, &mut scratch);
                self.accumulate(episode, &scratch, &mut tally);
            }
        }
        tally
    }

    fn activate(&self, row: usize, scratch: &mut Scratch) {
        for tier in 0..TIERS {
            let active = &mut scratch.active[tier];
            active.clear();
            for (column, slots) in self.columns[tier].iter().zip(&self.blocks[tier]) {
                if let Some(base) = slots.bases[usize::from(column[row])] {
                    active.push((base, slots.stride));
                }
            }
        }
        scratch.active[TIERS - 1].push((self.intercepts(), 1));
    }

    /// Bands of a tier through which an episode passes.
    fn bands(&self, tier: usize, episode: Episode) -> std::ops::RangeInclusive<usize> {
        let (first, count) = (usize::from(episode.first), usize::from(episode.count));
        let bands = &self.layout.tiers[tier];
        bands[first]..=bands[first + count - 1]
    }

    /// Sums residuals and weights by band and returns the log-likelihood of the episode.
    fn likelihood(&self, episode: Episode, times: f64, coefficients: &[f64], scratch: &mut Scratch) -> f64 {
        for tier in 0..TIERS {
            for band in self.bands(tier, episode) {
                let effects = scratch.active[tier].iter();
                let sum = effects.map(|(base, stride)| coefficients[base + band * stride]).sum();
                scratch.effect[tier][band] = sum;
                scratch.residual[tier][band] = 0.0;
                scratch.weight[tier][band] = 0.0;
            }
        }
        let mut log_likelihood = 0.0;
        let (first, count) = (usize::from(episode.first), usize::from(episode.count));
        for k in first..first + count {
            let band = |tier: usize| self.layout.tiers[tier][k];
            let logit: f64 = (0..TIERS).map(|tier| scratch.effect[tier][band(tier)]).sum();
            let ends = episode.event && k + 1 == first + count;
            let (hazard, log_one_minus) = hazard_and_survival(logit);
            log_likelihood += log_one_minus + if ends { logit } else { 0.0 };
            let residual = times * (f64::from(u8::from(ends)) - hazard);
            let weight = times * hazard * (1.0 - hazard);
            for tier in 0..TIERS {
                scratch.residual[tier][band(tier)] += residual;
                scratch.weight[tier][band(tier)] += weight;
            }
        }
        times * log_likelihood
    }

    fn accumulate(&self, episode: Episode, scratch: &Scratch, tally: &mut Tally) {
        let size = self.layout.size;
        for finer in 0..TIERS {
            for band in self.bands(finer, episode) {
                let weight = scratch.weight[finer][band];
                let residual = scratch.residual[finer][band];
                let fine = &scratch.active[finer];
                for (at, &(base, stride)) in fine.iter().enumerate() {
                    let index = base + band * stride;
                    tally.gradient[index] += residual;
                    let line = &mut tally.information[index * size..(index + 1) * size];
                    for &(base, stride) in &fine[at..] {
                        line[base + band * stride] += weight;
                    }
                }
                for coarser in SPAN..finer {
                    let parent = self.parents[finer][coarser][band];
                    for &(base, stride) in &scratch.active[coarser] {
                        let index = base + parent * stride;
                        let line = &mut tally.information[index * size..(index + 1) * size];
                        for &(base, stride) in fine {
                            line[base + band * stride] += weight;
                        }
                    }
                }
            }
        }
    }
}

/// Persons at risk and ends in each of `count` intervals.
pub(crate) fn life_table(episodes: &[Episode], count: usize) -> (Vec<f64>, Vec<f64>) {
    weighted_life_table(episodes.iter().map(|&episode| (episode, 1.0)), count)
}

fn weighted_life_table(
    episodes: impl Iterator<Item = (Episode, f64)>,
    count: usize,
) -> (Vec<f64>, Vec<f64>) {
    let (mut at_risk, mut ends) = (vec![0.0; count], vec![0.0; count]);
    for (episode, weight) in episodes.filter(|(episode, _)| episode.count > 0) {
        let first = usize::from(episode.first);
        let last = first + usize::from(episode.count) - 1;
        at_risk[first..=last].iter_mut().for_each(|persons| *persons += weight);
        ends[last] += if episode.event { weight } else { 0.0 };
    }
    (at_risk, ends)
}

/// h = 1 / (1 + e⁻ˣ) and ln(1 − h), without overflow.
fn hazard_and_survival(logit: f64) -> (f64, f64) {
    let small = (-logit.abs()).exp();
    let log_sum = small.ln_1p();
    if logit >= 0.0 {
        (1.0 / (1.0 + small), -logit - log_sum)
    } else {
        (small / (1.0 + small), -log_sum)
    }
}

impl Tally {
    fn zero(size: usize) -> Self {
        Self { log_likelihood: 0.0, gradient: vec![0.0; size], information: vec![0.0; size * size] }
    }

    fn add(&mut self, other: &Self) {
        self.log_likelihood += other.log_likelihood;
        add_all(&mut self.gradient, &other.gradient);
        add_all(&mut self.information, &other.information);
    }
}

fn add_all(sums: &mut [f64], terms: &[f64]) {
    sums.iter_mut().zip(terms).for_each(|(sum, term)| *sum += term);
}

impl Scratch {
    fn new() -> Self {
        let zero = [[0.0; MOST]; TIERS];
        Self { active: Default::default(), effect: zero, residual: zero, weight: zero }
    }
}
