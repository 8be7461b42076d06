//! Published figures beside the simulated ones, and what the truth could tell at best.

mod auc;
mod compare;

pub use auc::{auc, expected_auc, knowable_auc, oracle_auc};
pub use compare::{Observed, Row, compare};

/// One published figure: the share of cases > 14 days that reach a length.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Margin {
    /// Name of the measure: `cases_reaching_days_share`.
    pub measure: &'static str,
    /// Three characters of ICD-10-SE; `all` = the 23 together.
    pub diagnosis: &'static str,
    /// Days of the case: 90, 180 or 365.
    pub days: u32,
    /// Published share that lasts at least so many days.
    pub published: f64,
    /// Cases > 14 days that started in 2017.
    pub n_2017: u32,
}

/// A diagnosis's row of the published table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Margins2017 {
    pub diagnosis: &'static str,
    pub cases: u32,
    /// Share of women (2015).
    pub women: f64,
    /// Share ≥ 90, ≥ 180, ≥ 365 days.
    pub reaching: [f64; 3],
}

const fn row(diagnosis: &'static str, cases: u32, reaching: [f64; 3], women: f64) -> Margins2017 {
    Margins2017 {
        diagnosis,
        cases,
        women,
        reaching,
    }
}

const TABLE: [Margins2017; 23] = [
    row("F31", 3_567, [0.597, 0.407, 0.255], 0.667),
    row("F32", 25_616, [0.519, 0.307, 0.139], 0.677),
    row("F33", 9_070, [0.581, 0.379, 0.201], 0.693),
    row("F41", 21_170, [0.452, 0.264, 0.122], 0.681),
    row("F43", 71_240, [0.474, 0.291, 0.116], 0.758),
    row("G56", 7_288, [0.120, 0.047, 0.011], 0.695),
    row("I63", 1_597, [0.744, 0.563, 0.358], 0.351),
    row("M16", 4_207, [0.546, 0.177, 0.033], 0.488),
    row("M17", 5_829, [0.544, 0.190, 0.035], 0.541),
    row("M19", 2_542, [0.433, 0.194, 0.044], 0.512),
    row("M23", 4_076, [0.231, 0.062, 0.010], 0.415),
    row("M51", 4_643, [0.413, 0.217, 0.073], 0.497),
    row("M53", 2_418, [0.407, 0.246, 0.093], 0.643),
    row("M54", 29_328, [0.265, 0.136, 0.042], 0.555),
    row("M75", 8_781, [0.364, 0.168, 0.035], 0.527),
    row("M77", 3_809, [0.241, 0.107, 0.020], 0.594),
    row("M79", 10_672, [0.296, 0.164, 0.053], 0.677),
    row("R52", 2_717, [0.337, 0.219, 0.104], 0.663),
    row("R53", 2_725, [0.315, 0.182, 0.089], 0.750),
    row("S52", 6_406, [0.195, 0.054, 0.010], 0.673),
    row("S62", 5_376, [0.135, 0.032, 0.005], 0.323),
    row("S82", 6_086, [0.331, 0.098, 0.016], 0.517),
    row("S83", 4_988, [0.276, 0.098, 0.012], 0.434),
];

/// Days at which lengths are published.
pub const DAYS: [u32; 3] = [90, 180, 365];

pub(crate) fn margins_2017() -> &'static [Margins2017] {
    &TABLE
}

/// The published margins: cases > 14 days started in 2017, by diagnosis, and all 23 together.
///
/// **Source**: national statistics of SRS 2015–2017, as tabulated in `PREDICTION.md` §E2 (facts: counts and shares
/// with three decimals; the share of women is of 2015, the only year it is given for).
#[must_use]
pub fn margins() -> Vec<Margin> {
    let of = |diagnosis, n_2017, reaching: [f64; 3]| {
        DAYS.into_iter()
            .zip(reaching)
            .map(move |(days, published)| Margin {
                measure: "cases_reaching_days_share",
                diagnosis,
                days,
                published,
                n_2017,
            })
    };
    let each = TABLE
        .iter()
        .flat_map(|row| of(row.diagnosis, row.cases, row.reaching));
    each.chain(of("all", 244_151, [0.404, 0.225, 0.089]))
        .collect()
}

/// Share of all 23 together that lasts at least 30 days. Source: `PREDICTION.md` §0.2.
pub(crate) const REACHING_30: f64 = 0.789;
