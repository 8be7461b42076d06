//! Time intervals of the discrete-time hazard, in days since the first day of the case.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// Cut of follow-up time into intervals of days.
///
/// `edges[0]` is the first day at risk (the as-of day of training, 15 by default); interval 0
/// holds the lengths `edges[0]..=edges[1]`, interval k > 0 holds `edges[k]+1..=edges[k+1]`.
/// So P(length > edge) is a product of whole intervals for every edge.
///
/// **Units**: days, day 1 = the first day of the case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<i32>", into = "Vec<i32>")]
pub struct Intervals {
    edges: Vec<i32>,
}

impl Intervals {
    /// Most intervals that fit the packed episodes.
    pub const MOST: usize = 64;

    /// Intervals between ascending edges, the first of them the first day at risk.
    ///
    /// # Errors
    /// [`Error::Parameter`] with fewer than two edges, more than 65, a first edge below 1 or edges not ascending.
    pub fn new(edges: Vec<i32>) -> Result<Self> {
        let ascending = edges.windows(2).all(|pair| pair[0] < pair[1]);
        let sized = (2..=Self::MOST + 1).contains(&edges.len());
        if !ascending || !sized || edges.first().is_some_and(|&first| first < 1) {
            return Err(Error::Parameter {
                name: "intervals",
                found: format!("{edges:?}"),
                expected: "2 to 65 strictly ascending days, the first at least 1",
            });
        }
        Ok(Self { edges })
    }

    /// Number of intervals.
    #[must_use]
    pub fn count(&self) -> usize {
        self.edges.len() - 1
    }

    /// The edges, first day at risk first.
    #[must_use]
    pub fn edges(&self) -> &[i32] {
        &self.edges
    }

    /// Last day before interval `k` begins.
    #[must_use]
    pub fn after(&self, k: usize) -> i32 {
        if k == 0 {
            self.edges[0] - 1
        } else {
            self.edges[k]
        }
    }

    /// Last day of interval `k`.
    #[must_use]
    pub fn until(&self, k: usize) -> i32 {
        self.edges[k + 1]
    }

    /// Days in interval `k`.
    #[must_use]
    pub fn width(&self, k: usize) -> i32 {
        self.until(k) - self.after(k)
    }

    /// First day at risk.
    #[must_use]
    pub fn first_day(&self) -> i32 {
        self.edges[0]
    }

    /// Last day covered.
    #[must_use]
    pub fn last_day(&self) -> i32 {
        self.edges[self.edges.len() - 1]
    }

    /// The interval that holds `day`, if any.
    #[must_use]
    pub fn holding(&self, day: i32) -> Option<usize> {
        (0..self.count()).find(|&k| self.after(k) < day && day <= self.until(k))
    }

    /// The first `count` intervals.
    #[must_use]
    pub fn truncate(&self, count: usize) -> Self {
        let edges = self.edges[..=count.clamp(1, self.count())].to_vec();
        Self { edges }
    }
}

impl Default for Intervals {
    /// Day 15 to two years: weekly at first, then widening; 30, 60, 90, 180 and 365 are edges.
    fn default() -> Self {
        let edges = vec![
            15, 22, 30, 45, 60, 75, 90, 120, 150, 180, 240, 300, 365, 545, 730,
        ];
        Self { edges }
    }
}

impl TryFrom<Vec<i32>> for Intervals {
    type Error = Error;

    fn try_from(edges: Vec<i32>) -> Result<Self> {
        Self::new(edges)
    }
}

impl From<Intervals> for Vec<i32> {
    fn from(intervals: Intervals) -> Self {
        intervals.edges
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_day_at_risk_belongs_to_the_first_interval() {
        let intervals = Intervals::new(vec![15, 22, 30]).unwrap();
        // 15..=22 is eight days, 23..=30 is eight days.
        assert_eq!(
            (intervals.after(0), intervals.until(0), intervals.width(0)),
            (14, 22, 8)
        );
        assert_eq!(
            (intervals.after(1), intervals.until(1), intervals.width(1)),
            (22, 30, 8)
        );
        assert_eq!(intervals.holding(14), None);
        assert_eq!(intervals.holding(15), Some(0));
        assert_eq!(intervals.holding(22), Some(0));
        assert_eq!(intervals.holding(23), Some(1));
        assert_eq!(intervals.holding(31), None);
    }

    #[test]
    fn edges_out_of_order_are_refused() {
        assert!(Intervals::new(vec![15, 15]).is_err());
        assert!(Intervals::new(vec![15]).is_err());
        assert!(Intervals::new(vec![0, 15]).is_err());
        assert!(serde_json::from_str::<Intervals>("[30,15]").is_err());
    }
}
