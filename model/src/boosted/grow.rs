//! One tree, leaf by leaf.

use super::binning::BinnedMatrix;
use super::histogram::{Histogram, Pair};
use super::loss::Gradients;
use super::params::BoostedValidParams;
use super::split::{Search, Split, Whole};
use super::tree::{Node, Tree};

/// Memory that is used again for each tree.
#[derive(Debug)]
pub(super) struct Grower<'g> {
    matrix: &'g BinnedMatrix,
    params: &'g BoostedValidParams,
    rows: Vec<u32>,
    aside: Vec<u32>,
    spare: Vec<Histogram>,
}

/// A leaf that may still be divided.
#[derive(Debug)]
struct Leaf {
    node: usize,
    from: usize,
    until: usize,
    sum: Pair,
    bounds: [f64; 2],
    histogram: Histogram,
    split: Option<Split>,
}

impl<'g> Grower<'g> {
    pub(super) fn new(matrix: &'g BinnedMatrix, params: &'g BoostedValidParams) -> Self {
        Self {
            matrix,
            params,
            rows: vec![0; matrix.rows()],
            aside: vec![0; matrix.rows()],
            spare: Vec::new(),
        }
    }

    /// Grows a tree and adds its values to the scores.
    pub(super) fn grow(&mut self, gradients: &Gradients, scores: &mut [f64]) -> Tree {
        (0_u32..)
            .zip(&mut self.rows)
            .for_each(|(row, slot)| *slot = row);
        let search = Search {
            matrix: self.matrix,
            params: self.params,
            rounding: gradients.rounding,
        };
        let mut nodes = vec![Node::leaf(0.0, self.matrix.rows() as f64)];
        let mut leaves = vec![self.root(gradients, &search)];
        while leaves.len() < self.params.leaves {
            let gain = |leaf: &Leaf| leaf.split.as_ref().map_or(0.0, |split| split.gain);
            let best = (0..leaves.len()).max_by(|&a, &b| {
                // The earlier leaf wins a tie.
                gain(&leaves[a])
                    .total_cmp(&gain(&leaves[b]))
                    .then(b.cmp(&a))
            });
            let Some((at, split)) = best.and_then(|at| Some((at, leaves[at].split.take()?))) else {
                break;
            };
            let leaf = leaves.remove(at);
            let (left, right) = self.divide(leaf, &split, gradients, &search, &mut nodes);
            leaves.push(left);
            leaves.push(right);
        }
        for leaf in leaves {
            self.settle(leaf, gradients, scores, &mut nodes);
        }
        Tree { nodes }
    }

    fn root(&mut self, gradients: &Gradients, search: &Search<'_>) -> Leaf {
        let mut histogram = self.histogram();
        histogram.fill_all(self.matrix, &gradients.rounded);
        let sum = gradients
            .rounded
            .iter()
            .fold(0, |sum: Pair, &pair| sum.wrapping_add(pair));
        let mut leaf = Leaf {
            node: 0,
            from: 0,
            until: self.rows.len(),
            sum,
            bounds: [f64::NEG_INFINITY, f64::INFINITY],
            histogram,
            split: None,
        };
        leaf.split = search.best(&leaf.histogram, &leaf.whole());
        leaf
    }

    /// Divides a leaf: rows, histograms (the smaller by its rows, the larger by subtraction), bounds.
    fn divide(
        &mut self,
        mut leaf: Leaf,
        split: &Split,
        gradients: &Gradients,
        search: &Search<'_>,
        nodes: &mut Vec<Node>,
    ) -> (Leaf, Leaf) {
        let middle = leaf.from + self.part(&leaf, split);
        let mut small = self.histogram();
        let left_small = middle - leaf.from <= leaf.until - middle;
        let rows = if left_small {
            &self.rows[leaf.from..middle]
        } else {
            &self.rows[middle..leaf.until]
        };
        small.fill(self.matrix, &gradients.rounded, rows);
        leaf.histogram.subtract(&small);
        let large = leaf.histogram;
        let (of_left, of_right) = if left_small {
            (small, large)
        } else {
            (large, small)
        };
        let direction = self.params.direction(split.column);
        let (below, above) = bounds(leaf.bounds, direction, split.values);
        let mut left = Leaf {
            node: nodes.len(),
            from: leaf.from,
            until: middle,
            sum: split.left,
            bounds: below,
            histogram: of_left,
            split: None,
        };
        let mut right = Leaf {
            node: nodes.len() + 1,
            from: middle,
            until: leaf.until,
            sum: leaf.sum.wrapping_sub(split.left),
            bounds: above,
            histogram: of_right,
            split: None,
        };
        for child in [&mut left, &mut right] {
            child.split = search.best(&child.histogram, &child.whole());
            nodes.push(Node::leaf(0.0, (child.until - child.from) as f64));
        }
        let node = &mut nodes[leaf.node];
        node.column = split.column as u16;
        node.left_bins = split.left_bins;
        (node.left, node.right) = (left.node as u32, right.node as u32);
        (left, right)
    }

    /// Moves the rows that go left to the front, both sides in their order; returns how many.
    fn part(&mut self, leaf: &Leaf, split: &Split) -> usize {
        let mut goes_left = [false; 256];
        for (bin, left) in goes_left.iter_mut().enumerate() {
            *left = (split.left_bins[bin >> 6] >> (bin & 63)) & 1 == 1;
        }
        let (bins, width) = (self.matrix.bins(), self.matrix.columns());
        let rows = &mut self.rows[leaf.from..leaf.until];
        let (mut left, mut right) = (0, 0);
        for at in 0..rows.len() {
            let row = rows[at];
            let bin = bins[row as usize * width + split.column];
            let goes_left = goes_left[usize::from(bin)];
            rows[left] = row;
            self.aside[right] = row;
            left += usize::from(goes_left);
            right += usize::from(!goes_left);
        }
        rows[left..].copy_from_slice(&self.aside[..right]);
        left
    }

    /// The value of a finished leaf, from exact gradients, within its bounds.
    fn settle(
        &mut self,
        leaf: Leaf,
        gradients: &Gradients,
        scores: &mut [f64],
        nodes: &mut [Node],
    ) {
        let rows = &self.rows[leaf.from..leaf.until];
        let (mut gradient, mut hessian) = (0.0, 0.0);
        for &row in rows {
            let [g, h] = gradients.exact[row as usize];
            gradient += f64::from(g);
            hessian += f64::from(h);
        }
        let best = -gradient / (hessian + self.params.penalty).max(1e-12);
        let value = self.params.rate * best.clamp(leaf.bounds[0], leaf.bounds[1]);
        nodes[leaf.node].value = value;
        rows.iter().for_each(|&row| scores[row as usize] += value);
        self.spare.push(leaf.histogram);
    }

    fn histogram(&mut self) -> Histogram {
        self.spare
            .pop()
            .unwrap_or_else(|| Histogram::new(self.matrix.columns()))
    }
}

impl Leaf {
    fn whole(&self) -> Whole {
        Whole {
            rows: (self.until - self.from) as f64,
            sum: self.sum,
            bounds: self.bounds,
        }
    }
}

/// Bounds of the children: a column that must rise (or fall) keeps the sides apart for good.
fn bounds(whole: [f64; 2], direction: i8, values: [f64; 2]) -> ([f64; 2], [f64; 2]) {
    let middle = 0.5 * (values[0] + values[1]);
    match direction {
        0 => (whole, whole),
        1 => ([whole[0], middle], [middle, whole[1]]),
        _ => ([middle, whole[1]], [whole[0], middle]),
    }
}
