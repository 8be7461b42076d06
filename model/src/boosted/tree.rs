//! One grown tree.

use serde::{Deserialize, Serialize};

/// A node: an inner one sends a row left or right by the bin of one column, a leaf has a value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Node {
    /// Column asked.
    pub column: u16,
    /// One bit a bin: set = left.
    pub left_bins: [u64; 4],
    /// Position of the left child; 0 = this is a leaf.
    pub left: u32,
    /// Position of the right child.
    pub right: u32,
    /// Training rows that came here.
    pub cover: f64,
    /// Log-odds that a leaf adds; of inner nodes, what it would add as a leaf.
    pub value: f64,
}

/// Nodes, the root first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tree {
    /// The nodes.
    pub nodes: Vec<Node>,
}

impl Node {
    pub(super) fn leaf(value: f64, cover: f64) -> Self {
        Self {
            column: 0,
            left_bins: [0; 4],
            left: 0,
            right: 0,
            cover,
            value,
        }
    }

    /// True for a leaf.
    #[must_use]
    pub fn is_leaf(&self) -> bool {
        self.left == 0
    }

    /// Whether a row goes left.
    #[must_use]
    pub fn goes_left(&self, bins: &[u8]) -> bool {
        let bin = bins[usize::from(self.column)];
        (self.left_bins[usize::from(bin >> 6)] >> (bin & 63)) & 1 == 1
    }

    pub(super) fn child(&self, bins: &[u8]) -> usize {
        if self.goes_left(bins) {
            self.left as usize
        } else {
            self.right as usize
        }
    }
}

impl Tree {
    /// Log-odds that the tree adds for a row.
    #[must_use]
    pub fn value(&self, bins: &[u8]) -> f64 {
        let mut node = &self.nodes[0];
        while !node.is_leaf() {
            node = &self.nodes[node.child(bins)];
        }
        node.value
    }

    /// Mean over the training rows.
    #[must_use]
    pub fn mean(&self) -> f64 {
        let leaves = self.nodes.iter().filter(|node| node.is_leaf());
        leaves.map(|leaf| leaf.cover * leaf.value).sum::<f64>() / self.nodes[0].cover
    }
}
