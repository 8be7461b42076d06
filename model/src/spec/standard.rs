//! The features that `warehouse` delivers, and how they are treated unless told otherwise.

use super::{FeaturePlan, Kind, Timing};
use crate::matrix::derived::{AGREED, STAGE};

/// Days left at which the hazard by the known certificate changes.
const DAYS_LEFT: [f64; 15] = [
    0.0, 1.0, 3.0, 5.0, 7.0, 10.0, 15.0, 22.0, 30.0, 37.0, 45.0, 60.0, 75.0, 105.0, 165.0,
];

impl FeaturePlan {
    /// A text column with an effect that is the same at all times.
    #[must_use]
    pub fn category(column: &str) -> Self {
        Self {
            column: column.to_owned(),
            group: column.to_owned(),
            kind: Kind::Category {
                min_count: 50,
                parent: None,
            },
            timing: Timing::Constant,
            penalty: 1.0,
            deviation_penalty: 10.0,
            optional: false,
        }
    }

    /// A numeric column cut into ten bins, with an effect that is the same at all times.
    #[must_use]
    pub fn number(column: &str) -> Self {
        Self {
            kind: Kind::Quantiles { bins: 10 },
            penalty: 2.0,
            ..Self::category(column)
        }
    }

    /// A numeric column cut at fixed edges.
    #[must_use]
    pub fn cut_at(column: &str, edges: &[f64]) -> Self {
        Self {
            kind: Kind::Edges {
                edges: edges.to_vec(),
            },
            ..Self::number(column)
        }
    }

    /// The same feature with other penalties on its effects and on their change with time.
    #[must_use]
    pub fn held(mut self, penalty: f64, deviation_penalty: f64) -> Self {
        self.penalty = penalty;
        self.deviation_penalty = deviation_penalty;
        self
    }

    /// The same feature with another time dependence.
    #[must_use]
    pub fn timed(mut self, timing: Timing) -> Self {
        self.timing = timing;
        self
    }

    /// The same feature with a parent column that stands in for rare and unseen levels.
    #[must_use]
    pub fn below(mut self, parent: &str, min_count: usize) -> Self {
        self.kind = Kind::Category {
            min_count,
            parent: Some(parent.to_owned()),
        };
        self
    }

    /// The same feature told under another name, with another penalty.
    #[must_use]
    pub fn grouped(mut self, group: &str, penalty: f64) -> Self {
        group.clone_into(&mut self.group);
        self.penalty = penalty;
        self
    }

    /// The feature batch of `warehouse`: diagnosis as three nested levels that shrink towards
    /// their parent (partial pooling), the rest one column a feature.
    #[must_use]
    pub fn standard() -> Vec<Self> {
        // From day 15 the cuts meet the ends of the intervals: whether the known certificate
        // ends before, in or after an interval decides most of its hazard, so hardly held back.
        let days_left = |column| {
            let plan = Self::cut_at(column, &DAYS_LEFT).timed(Timing::Fine);
            plan.held(0.05, 0.05).grouped("days_left", 0.05)
        };
        let counts = |column| Self::cut_at(column, &[0.0, 1.0, 2.0, 4.0]);
        vec![
            Self::category("diagnosis")
                .below("category", 100)
                .grouped("diagnosis", 5.0),
            Self::category("category")
                .below("chapter", 50)
                .grouped("diagnosis", 2.0)
                .timed(Timing::Coarse),
            Self::category("chapter").grouped("diagnosis", 1.0),
            Self::category("degree_start"),
            Self::category("degree_now").timed(Timing::Coarse),
            Self::category("sex"),
            Self::category("age_group"),
            Self::category("region"),
            Self::category("occupation"),
            Self::category("prognosis").timed(Timing::Coarse),
            Self::category("certificate_type"),
            Self::category("season"),
            Self {
                optional: true,
                ..Self::category("last_certificate_days").timed(Timing::Fine)
            },
            Self::number("age"),
            Self::number("prescribed_days").timed(Timing::Coarse),
            days_left(STAGE),
            days_left(AGREED),
            counts("certificates"),
            Self::cut_at("prior_days_365", &[0.0, 14.0, 30.0, 60.0, 90.0, 180.0]),
            counts("prior_cases_365"),
            counts("prior_same_category"),
            counts("side_diagnoses"),
            counts("measures"),
            Self {
                optional: true,
                ..Self::number("unit_size")
            },
        ]
    }
}
