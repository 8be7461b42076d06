//! Cases drawn from known hazards, in the form of the feature batch.

use std::sync::Arc;

use arrow::array::{
    ArrayRef, BooleanArray, Date32Array, DictionaryArray, Float64Array, Int32Array, RecordBatch,
    StringArray,
};
use arrow::datatypes::Int32Type;
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

/// Edges of the true hazard's intervals, the first day at risk first.
pub(crate) const EDGES: [i32; 15] = [
    15, 22, 30, 45, 60, 75, 90, 120, 150, 180, 240, 300, 365, 545, 730,
];
/// True hazards of the average case: P(> 90) about .4, P(> 365) about .09.
const BASE: [f64; 14] = [
    0.11, 0.12, 0.18, 0.17, 0.15, 0.15, 0.22, 0.19, 0.15, 0.28, 0.24, 0.25, 0.45, 0.40,
];
/// Effect of each diagnosis category on the log-odds of return, up to day 90 and after.
const CATEGORIES: [(&str, f64, f64); 10] = [
    ("F32", -0.45, -0.25),
    ("F41", -0.25, -0.1),
    ("F43", -0.3, 0.1),
    ("G56", 0.9, 0.5),
    ("I63", -0.8, -0.5),
    ("M16", -0.5, 0.5),
    ("M54", 0.4, -0.1),
    ("M75", 0.1, 0.1),
    ("S52", 0.6, 0.7),
    ("S82", 0.1, 0.4),
];

/// One drawn case.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) start: i32,
    pub(crate) length: i32,
    pub(crate) category: usize,
    pub(crate) detail: usize,
    pub(crate) sex: usize,
    pub(crate) age: f64,
    pub(crate) region: usize,
    pub(crate) occupation: usize,
    pub(crate) degree: usize,
    pub(crate) prior_days: f64,
    pub(crate) days_left: f64,
}

/// What to draw.
#[derive(Debug, Clone, Copy)]
pub(crate) struct World {
    pub(crate) cases: usize,
    /// Starts are even over this many days from 2020-01-01.
    pub(crate) days: i32,
    pub(crate) seed: u64,
    /// Added to the log-odds of return of cases begun on this day of the world or later.
    pub(crate) drift: (i32, f64),
}

/// 2020-01-01 in days since 1970-01-01.
pub(crate) const FIRST: i32 = 18_262;

impl World {
    pub(crate) fn draw(&self) -> Vec<Case> {
        let mut rng = Xoshiro256PlusPlus::seed_from_u64(self.seed);
        (0..self.cases).map(|_| self.case(&mut rng)).collect()
    }

    fn case(&self, rng: &mut Xoshiro256PlusPlus) -> Case {
        let mut case = Case {
            start: FIRST + rng.gen_range(0..self.days),
            length: 0,
            category: rng.gen_range(0..CATEGORIES.len()),
            detail: rng.gen_range(0..3),
            sex: rng.gen_range(0..2),
            age: f64::from(rng.gen_range(18..66)),
            region: rng.gen_range(0..21),
            occupation: rng.gen_range(0..3),
            degree: rng.gen_range(0..4),
            prior_days: (rng.gen_range(0.0_f64..1.0).powi(3) * 200.0).floor(),
            days_left: f64::from(rng.gen_range(0..60)),
        };
        let hazards = self.hazards(&case);
        case.length = length(&hazards, rng);
        case
    }

    /// True hazards of a case.
    pub(crate) fn hazards(&self, case: &Case) -> Vec<f64> {
        let drift = if case.start - FIRST >= self.drift.0 {
            self.drift.1
        } else {
            0.0
        };
        let (_, early, late) = CATEGORIES[case.category];
        let fixed = 0.15 * (case.detail as f64 - 1.0) - 0.012 * (case.age - 42.0)
            + [0.1, -0.1][case.sex]
            + 0.01 * (case.region as f64 - 10.0)
            + [0.2, -0.45, -0.1][case.occupation]
            + 0.12 * (1.5 - case.degree as f64)
            - 0.005 * (case.prior_days - 50.0);
        let logit = |k: usize| {
            let by_time = if EDGES[k + 1] <= 90 { early } else { late };
            let plan = if k < 2 {
                0.02 * (30.0 - case.days_left)
            } else {
                0.0
            };
            (BASE[k] / (1.0 - BASE[k])).ln() + fixed + by_time + plan + drift
        };
        (0..BASE.len())
            .map(|k| 1.0 / (1.0 + (-logit(k)).exp()))
            .collect()
    }

    /// True P(length > an edge).
    pub(crate) fn beyond(&self, case: &Case, edge: i32) -> f64 {
        let hazards = self.hazards(case);
        let passed = hazards
            .iter()
            .enumerate()
            .filter(|(k, _)| EDGES[k + 1] <= edge);
        passed.map(|(_, hazard)| 1.0 - hazard).product()
    }
}

fn length(hazards: &[f64], rng: &mut Xoshiro256PlusPlus) -> i32 {
    for (k, &hazard) in hazards.iter().enumerate() {
        let after = if k == 0 { EDGES[0] - 1 } else { EDGES[k] };
        if rng.gen_bool(hazard) {
            return rng.gen_range(after + 1..=EDGES[k + 1]);
        }
    }
    rng.gen_range(731..1500)
}

/// The batch as it stands on `data_end` (days since 1970): cases at day 15 by then, later ends unknown.
#[expect(clippy::expect_used, reason = "columns are made to one length above")]
pub(crate) fn batch(cases: &[Case], data_end: i32) -> (Vec<usize>, RecordBatch) {
    let rows: Vec<usize> = (0..cases.len())
        .filter(|&row| data_end - cases[row].start + 1 >= 15)
        .collect();
    let of = |row: &usize| &cases[*row];
    let text = |name: &dyn Fn(&Case) -> String| -> ArrayRef {
        let values: Vec<String> = rows.iter().map(|row| name(of(row))).collect();
        let array: DictionaryArray<Int32Type> = values.iter().map(String::as_str).collect();
        Arc::new(array)
    };
    let number = |value: &dyn Fn(&Case) -> f64| -> ArrayRef {
        Arc::new(
            rows.iter()
                .map(|row| Some(value(of(row))))
                .collect::<Float64Array>(),
        )
    };
    let days = |value: &dyn Fn(&Case) -> i32| -> ArrayRef {
        Arc::new(
            rows.iter()
                .map(|row| value(of(row)))
                .map(Some)
                .collect::<Int32Array>(),
        )
    };
    let known = |case: &Case| data_end - case.start + 1;
    let ids: StringArray = rows.iter().map(|row| Some(format!("case-{row}"))).collect();
    let starts: Date32Array = rows.iter().map(|row| Some(of(row).start)).collect();
    let ended: BooleanArray = rows
        .iter()
        .map(|row| Some(of(row).length < known(of(row))))
        .collect();
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("case_id", Arc::new(ids)),
        ("start_date", Arc::new(starts)),
        ("as_of_day", days(&|_| 15)),
        ("length_days", days(&|case| case.length.min(known(case)))),
        ("ended", Arc::new(ended)),
        (
            "diagnosis",
            text(&|case| format!("{}{}", CATEGORIES[case.category].0, case.detail)),
        ),
        (
            "category",
            text(&|case| CATEGORIES[case.category].0.to_owned()),
        ),
        (
            "chapter",
            text(&|case| CATEGORIES[case.category].0[..1].to_owned()),
        ),
        (
            "degree_start",
            text(&|case| (25 * (case.degree + 1)).to_string()),
        ),
        (
            "degree_now",
            text(&|case| (25 * (case.degree + 1)).to_string()),
        ),
        ("sex", text(&|case| ["man", "woman"][case.sex].to_owned())),
        (
            "age_group",
            text(&|case| format!("{}", case.age as i32 / 5)),
        ),
        ("region", text(&|case| format!("{:02}", case.region + 1))),
        (
            "occupation",
            text(&|case| {
                ["NUVARANDE_ARBETE", "ARBETSSOKANDE", "STUDIER"][case.occupation].to_owned()
            }),
        ),
        ("prognosis", text(&|_| String::new())),
        ("certificate_type", text(&|_| "LISJP".to_owned())),
        (
            "season",
            text(&|case| format!("{:02}", (case.start - FIRST) / 30 % 12 + 1)),
        ),
        ("age", number(&|case| case.age)),
        ("prescribed_days", number(&|case| case.days_left + 15.0)),
        ("days_left", number(&|case| case.days_left)),
        ("certificates", number(&|_| 1.0)),
        ("prior_days_365", number(&|case| case.prior_days)),
        (
            "prior_cases_365",
            number(&|case| f64::from(u8::from(case.prior_days > 0.0))),
        ),
        ("prior_same_category", number(&|_| 0.0)),
        ("side_diagnoses", number(&|_| 0.0)),
        ("measures", number(&|_| 0.0)),
        ("unit_size", number(&|case| 100.0 + case.region as f64)),
    ];
    let batch = RecordBatch::try_from_iter(columns).expect("columns of one length");
    (rows, batch)
}
