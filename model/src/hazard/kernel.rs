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
    /// For each tier, the first band passed through.
    first: [usize; TIERS],
    /// For each tier, how many effects are active.
    count: [usize; TIERS],
    /// For each tier, the coefficients of the active effects, band by band.
    places: [Vec<usize>; TIERS],
    strides: Vec<usize>,
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
        for block in &layout.blocks {
            let Some(feature) = block.feature else {
                continue;
            };
            let column = &matrix.columns()[feature];
            let beyond = column
                .iter()
                .find(|&&code| usize::from(code) >= block.codes);
            if let Some(&code) = beyond {
                let (found, expected) = (usize::from(code), block.codes);
                return Err(Error::Shape {
                    what: "codes of a feature",
                    found,
                    expected,
                });
            }
            let base = |code: u16| {
                (!block.silent.contains(&code)).then(|| block.offset + usize::from(code))
            };
            let bases = (0..block.codes).map(|code| base(code as u16)).collect();
            columns[block.tier].push(column.as_slice());
            blocks[block.tier].push(Slots {
                bases,
                stride: block.codes,
            });
        }
        let parents = |finer: usize| {
            (0..finer)
                .map(|coarser| layout.parents(finer, coarser))
                .collect()
        };
        let parents = (0..TIERS).map(parents).collect();
        Ok(Self {
            layout,
            columns,
            blocks,
            parents,
            episodes,
            weights,
        })
    }

    /// Number of cases, equal ones counted apart.
    pub(super) fn cases(&self) -> f64 {
        if self.weights.is_empty() {
            self.episodes.len() as f64
        } else {
            self.weights.iter().sum()
        }
    }

    fn weight(&self, row: usize) -> f64 {
        self.weights.get(row).copied().unwrap_or(1.0)
    }

    /// Persons at risk and ends in each interval.
    pub(super) fn life_table(&self) -> (Vec<f64>, Vec<f64>) {
        let weighted = self
            .episodes
            .iter()
            .enumerate()
            .map(|(row, &episode)| (episode, self.weight(row)));
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
                tally.log_likelihood +=
                    self.likelihood(episode, weight, coefficients, &mut scratch);
                self.accumulate(episode, &scratch, &mut tally);
            }
        }
        tally
    }

    fn activate(&self, row: usize, scratch: &mut Scratch) {
        let episode = self.episodes[row];
        for tier in 0..TIERS {
            let bands = self.bands(tier, episode);
            let places = &mut scratch.places[tier];
            places.clear();
            for (column, slots) in self.columns[tier].iter().zip(&self.blocks[tier]) {
                if let Some(base) = slots.bases[usize::from(column[row])] {
                    places.push(base + bands.start() * slots.stride);
                    scratch.strides.push(slots.stride);
                }
            }
            if tier + 1 == TIERS {
                places.push(self.intercepts() + bands.start());
                scratch.strides.push(1);
            }
            let count = places.len();
            for _ in bands.clone().skip(1) {
                let before = places.len() - count;
                for (at, stride) in scratch.strides.iter().enumerate() {
                    places.push(places[before + at] + stride);
                }
            }
            scratch.strides.clear();
            scratch.first[tier] = *bands.start();
            scratch.count[tier] = count;
        }
    }

    /// Bands of a tier through which an episode passes.
    fn bands(&self, tier: usize, episode: Episode) -> std::ops::RangeInclusive<usize> {
        let (first, count) = (usize::from(episode.first), usize::from(episode.count));
        let bands = &self.layout.tiers[tier];
        bands[first]..=bands[first + count - 1]
    }

    /// Sums residuals and weights by band and returns the log-likelihood of the episode.
    fn likelihood(
        &self,
        episode: Episode,
        times: f64,
        coefficients: &[f64],
        scratch: &mut Scratch,
    ) -> f64 {
        for tier in 0..TIERS {
            for band in self.bands(tier, episode) {
                let sum = scratch
                    .places(tier, band)
                    .iter()
                    .map(|&place| coefficients[place])
                    .sum();
                scratch.effect[tier][band] = sum;
                scratch.residual[tier][band] = 0.0;
                scratch.weight[tier][band] = 0.0;
            }
        }
        let mut log_likelihood = 0.0;
        let (first, count) = (usize::from(episode.first), usize::from(episode.count));
        for k in first..first + count {
            let band = |tier: usize| self.layout.tiers[tier][k];
            let logit: f64 = (0..TIERS)
                .map(|tier| scratch.effect[tier][band(tier)])
                .sum();
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
        for finer in 0..TIERS {
            for band in self.bands(finer, episode) {
                let weight = scratch.weight[finer][band];
                let residual = scratch.residual[finer][band];
                let fine = scratch.places(finer, band);
                for (at, &place) in fine.iter().enumerate() {
                    tally.gradient[place] += residual;
                    add_at(tally.line(place), &fine[at..], weight);
                }
                for coarser in SPAN..finer {
                    let parent = self.parents[finer][coarser][band];
                    for &place in scratch.places(coarser, parent) {
                        add_at(tally.line(place), fine, weight);
                    }
                }
            }
        }
    }
}

fn add_at(line: &mut [f64], places: &[usize], weight: f64) {
    for &place in places {
        line[place] += weight;
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
        at_risk[first..=last]
            .iter_mut()
            .for_each(|persons| *persons += weight);
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
        Self {
            log_likelihood: 0.0,
            gradient: vec![0.0; size],
            information: vec![0.0; size * size],
        }
    }

    fn line(&mut self, place: usize) -> &mut [f64] {
        let size = self.gradient.len();
        &mut self.information[place * size..(place + 1) * size]
    }

    fn add(&mut self, other: &Self) {
        self.log_likelihood += other.log_likelihood;
        add_all(&mut self.gradient, &other.gradient);
        add_all(&mut self.information, &other.information);
    }
}

fn add_all(sums: &mut [f64], terms: &[f64]) {
    sums.iter_mut()
        .zip(terms)
        .for_each(|(sum, term)| *sum += term);
}

impl Scratch {
    fn new() -> Self {
        let zero = [[0.0; MOST]; TIERS];
        Self {
            first: [0; TIERS],
            count: [0; TIERS],
            places: Default::default(),
            strides: Vec::new(),
            effect: zero,
            residual: zero,
            weight: zero,
        }
    }

    /// Coefficients active in one band of a tier.
    fn places(&self, tier: usize, band: usize) -> &[usize] {
        let count = self.count[tier];
        let from = (band - self.first[tier]) * count;
        &self.places[tier][from..from + count]
    }
}
