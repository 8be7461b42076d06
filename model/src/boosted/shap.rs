//! Shapley values of one tree, in polynomial time.
//!
//! A feature outside a coalition sends a row down both branches by their training covers. Walking
//! to each leaf, the path keeps for each feature on it the share of coalitions of every size:
//! [`Path::extend`] adds a feature, [`Path::unwind`] takes one out again (Lundberg et al. 2020,
//! algorithm 2).

use super::tree::Tree;

/// One feature on the path.
#[derive(Debug, Clone, Copy)]
struct Step {
    column: usize,
    /// Share of the rows that come this way when the feature is unknown.
    zero: f64,
    /// 1 when the row comes this way, else 0.
    one: f64,
    /// Weight of the coalitions of as many features as stand before this step.
    weight: f64,
}

/// No feature: the step that stands at the start of every path.
const START: usize = usize::MAX;

#[derive(Debug, Clone, Default)]
struct Path(Vec<Step>);

/// Adds the tree's contributions for a row.
pub(super) fn add(tree: &Tree, bins: &[u8], contributions: &mut [f64]) {
    let mut path = Path::default();
    path.extend(START, 1.0, 1.0);
    descend(tree, 0, bins, &path, contributions);
}

fn descend(tree: &Tree, at: usize, bins: &[u8], path: &Path, contributions: &mut [f64]) {
    let node = &tree.nodes[at];
    if node.is_leaf() {
        for step in 1..path.0.len() {
            let Step {
                column, zero, one, ..
            } = path.0[step];
            contributions[column] += path.weight_without(step) * (one - zero) * node.value;
        }
        return;
    }
    let hot = node.child(bins);
    let column = usize::from(node.column);
    let mut rest = path.clone();
    let (mut zero, mut one) = (1.0, 1.0);
    if let Some(before) = path.0.iter().position(|step| step.column == column) {
        (zero, one) = (path.0[before].zero, path.0[before].one);
        rest.unwind(before);
    }
    for child in [node.left as usize, node.right as usize] {
        let share = tree.nodes[child].cover / node.cover;
        let mut longer = rest.clone();
        longer.extend(column, zero * share, if child == hot { one } else { 0.0 });
        descend(tree, child, bins, &longer, contributions);
    }
}

impl Path {
    fn extend(&mut self, column: usize, zero: f64, one: f64) {
        let length = self.0.len();
        self.0.push(Step {
            column,
            zero,
            one,
            weight: if length == 0 { 1.0 } else { 0.0 },
        });
        let size = (length + 1) as f64;
        for i in (0..length).rev() {
            let weight = self.0[i].weight;
            self.0[i + 1].weight += one * weight * (i + 1) as f64 / size;
            self.0[i].weight = zero * weight * (length - i) as f64 / size;
        }
    }

    fn unwind(&mut self, at: usize) {
        let last = self.0.len() - 1;
        let Step { zero, one, .. } = self.0[at];
        let size = (last + 1) as f64;
        let mut next = self.0[last].weight;
        for i in (0..last).rev() {
            let weight = self.0[i].weight;
            if one == 0.0 {
                self.0[i].weight = weight * size / (zero * (last - i) as f64);
            } else {
                self.0[i].weight = next * size / ((i + 1) as f64 * one);
                next = weight - self.0[i].weight * zero * (last - i) as f64 / size;
            }
        }
        for i in at..last {
            let Step {
                column, zero, one, ..
            } = self.0[i + 1];
            self.0[i] = Step {
                column,
                zero,
                one,
                ..self.0[i]
            };
        }
        self.0.pop();
    }

    /// Sum of the weights of the path without one step.
    fn weight_without(&self, at: usize) -> f64 {
        let last = self.0.len() - 1;
        let Step { zero, one, .. } = self.0[at];
        let size = (last + 1) as f64;
        let mut next = self.0[last].weight;
        let mut total = 0.0;
        for i in (0..last).rev() {
            if one == 0.0 {
                total += self.0[i].weight * size / (zero * (last - i) as f64);
            } else {
                let weight = next * size / ((i + 1) as f64 * one);
                total += weight;
                next = self.0[i].weight - weight * zero * (last - i) as f64 / size;
            }
        }
        total
    }
}
