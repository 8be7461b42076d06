use crate::check::{Margins2017, margins_2017};

/// A code that certificates carry, below its three-character category.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Subcode {
    /// ICD-10-SE, 3–5 characters.
    pub code: &'static str,
    /// Share within the category. Assumption.
    pub weight: f64,
    /// Log ratio of the return hazard within the category. Assumption, ordered as `PREDICTION.md` §E2 tells (F430 short, F438A long).
    pub effect: f64,
}

const fn sub(code: &'static str, weight: f64, effect: f64) -> Subcode {
    Subcode {
        code,
        weight,
        effect,
    }
}

/// A diagnosis category of long cases.
#[derive(Debug, Clone)]
pub(crate) struct Category {
    /// Name of the category in ICD-10-SE, shortened.
    pub text: &'static str,
    /// Three characters.
    pub code: &'static str,
    /// Relative number of cases > 14 days.
    pub weight: f64,
    /// Share of women.
    pub women: f64,
    /// P(≥ 90), P(≥ 180), P(≥ 365 days) given > 14.
    pub reaching: [f64; 3],
    pub subcodes: &'static [Subcode],
}

impl Category {
    /// Whether people with it are offered the simulated interventions (F and M diagnoses).
    pub(crate) fn offered(&self) -> bool {
        self.code.starts_with(['F', 'M'])
    }
}

/// Name and subcodes of the published categories, in the order of [`margins_2017`].
const PUBLISHED: [(&str, &str, &[Subcode]); 23] = [
    (
        "F31",
        "Bipolär sjukdom",
        &[
            sub("F319", 0.5, 0.0),
            sub("F313", 0.3, 0.1),
            sub("F318", 0.2, -0.1),
        ],
    ),
    (
        "F32",
        "Depressiv episod",
        &[
            sub("F329", 0.35, 0.05),
            sub("F321", 0.35, 0.0),
            sub("F320", 0.2, 0.25),
            sub("F322", 0.1, -0.35),
        ],
    ),
    (
        "F33",
        "Recidiverande depressioner",
        &[
            sub("F339", 0.35, 0.05),
            sub("F331", 0.35, 0.0),
            sub("F330", 0.15, 0.2),
            sub("F332", 0.15, -0.3),
        ],
    ),
    (
        "F41",
        "Andra ångestsyndrom",
        &[
            sub("F419", 0.45, 0.05),
            sub("F412", 0.3, -0.1),
            sub("F411", 0.15, -0.1),
            sub("F410", 0.1, 0.25),
        ],
    ),
    (
        "F43",
        "Anpassningsstörningar och reaktion på svår stress",
        &[
            sub("F430", 0.33, 0.35),
            sub("F438A", 0.27, -0.35),
            sub("F439", 0.22, 0.05),
            sub("F432", 0.14, 0.1),
            sub("F431", 0.04, -0.4),
        ],
    ),
    (
        "G56",
        "Mononeuropati i övre extremitet",
        &[sub("G560", 0.85, 0.05), sub("G562", 0.15, -0.3)],
    ),
    (
        "I63",
        "Cerebral infarkt",
        &[sub("I639", 0.7, 0.0), sub("I634", 0.3, -0.1)],
    ),
    (
        "M16",
        "Höftledsartros",
        &[sub("M161", 0.6, 0.0), sub("M169", 0.4, 0.0)],
    ),
    (
        "M17",
        "Knäartros",
        &[sub("M171", 0.6, 0.0), sub("M179", 0.4, 0.0)],
    ),
    (
        "M19",
        "Andra artroser",
        &[sub("M190", 0.6, 0.05), sub("M199", 0.4, -0.1)],
    ),
    (
        "M23",
        "Andra sjukliga förändringar i knäled",
        &[
            sub("M232", 0.6, 0.1),
            sub("M239", 0.25, 0.0),
            sub("M235", 0.15, -0.4),
        ],
    ),
    (
        "M51",
        "Andra sjukdomar i mellankotskivorna",
        &[
            sub("M511", 0.5, -0.05),
            sub("M512", 0.3, 0.1),
            sub("M519", 0.2, 0.0),
        ],
    ),
    (
        "M53",
        "Andra ryggsjukdomar",
        &[
            sub("M531", 0.5, 0.0),
            sub("M530", 0.3, 0.1),
            sub("M539", 0.2, -0.1),
        ],
    ),
    (
        "M54",
        "Ryggvärk",
        &[
            sub("M545", 0.45, 0.2),
            sub("M544", 0.3, -0.25),
            sub("M542", 0.15, 0.05),
            sub("M549", 0.1, -0.1),
        ],
    ),
    (
        "M75",
        "Sjukdomstillstånd i skulderled",
        &[
            sub("M754", 0.45, 0.1),
            sub("M751", 0.35, -0.1),
            sub("M750", 0.2, -0.2),
        ],
    ),
    (
        "M77",
        "Andra entesopatier",
        &[sub("M771", 0.6, 0.0), sub("M779", 0.4, 0.1)],
    ),
    (
        "M79",
        "Andra sjukdomstillstånd i mjukvävnader",
        &[
            sub("M791", 0.5, 0.15),
            sub("M796", 0.3, 0.1),
            sub("M797", 0.2, -0.5),
        ],
    ),
    (
        "R52",
        "Smärta och värk",
        &[sub("R529", 0.6, 0.15), sub("R522", 0.4, -0.25)],
    ),
    (
        "R53",
        "Sjukdomskänsla och trötthet",
        &[sub("R539", 1.0, 0.0)],
    ),
    (
        "S52",
        "Fraktur på underarm",
        &[
            sub("S525", 0.65, 0.05),
            sub("S526", 0.2, -0.1),
            sub("S529", 0.15, 0.0),
        ],
    ),
    (
        "S62",
        "Fraktur på handled och hand",
        &[
            sub("S626", 0.4, 0.15),
            sub("S623", 0.35, 0.0),
            sub("S620", 0.25, -0.3),
        ],
    ),
    (
        "S82",
        "Fraktur på underben inklusive fotled",
        &[
            sub("S826", 0.4, 0.2),
            sub("S828", 0.3, -0.05),
            sub("S822", 0.3, -0.3),
        ],
    ),
    (
        "S83",
        "Luxation och distorsion i knäled",
        &[
            sub("S835", 0.5, -0.2),
            sub("S832", 0.3, 0.2),
            sub("S836", 0.2, 0.3),
        ],
    ),
];

/// A row of [`OTHER`].
type Other = (
    &'static str,
    &'static [Subcode],
    &'static str,
    f64,
    f64,
    [f64; 3],
);

/// Long cases outside §E2: code, subcode, name, weight, share of women, P(≥ 90, ≥ 180, ≥ 365). Assumptions throughout.
const OTHER: [Other; 14] = [
    (
        "O26",
        &[sub("O268", 1.0, 0.0)],
        "Vård av den blivande modern",
        14.0,
        1.0,
        [0.32, 0.05, 0.004],
    ),
    (
        "C50",
        &[sub("C509", 1.0, 0.0)],
        "Malign tumör i bröstkörtel",
        5.0,
        0.99,
        [0.55, 0.38, 0.18],
    ),
    (
        "I21",
        &[sub("I219", 1.0, 0.0)],
        "Akut hjärtinfarkt",
        3.0,
        0.25,
        [0.4, 0.2, 0.08],
    ),
    (
        "J18",
        &[sub("J189", 1.0, 0.0)],
        "Lunginflammation",
        6.0,
        0.5,
        [0.25, 0.11, 0.04],
    ),
    (
        "K40",
        &[sub("K409", 1.0, 0.0)],
        "Ljumskbråck",
        7.0,
        0.08,
        [0.22, 0.06, 0.012],
    ),
    (
        "K80",
        &[sub("K802", 1.0, 0.0)],
        "Gallstenssjukdom",
        6.0,
        0.7,
        [0.22, 0.07, 0.015],
    ),
    (
        "M25",
        &[sub("M255", 1.0, 0.0)],
        "Andra ledsjukdomar",
        10.0,
        0.56,
        [0.35, 0.18, 0.06],
    ),
    (
        "M20",
        &[sub("M201", 1.0, 0.0)],
        "Förvärvade deformiteter i fingrar och tår",
        6.0,
        0.8,
        [0.3, 0.08, 0.015],
    ),
    (
        "Z73",
        &[sub("Z730", 1.0, 0.0)],
        "Problem som har samband med svårigheter att kontrollera livssituationen",
        6.0,
        0.75,
        [0.45, 0.28, 0.12],
    ),
    (
        "G43",
        &[sub("G439", 1.0, 0.0)],
        "Migrän",
        4.0,
        0.82,
        [0.32, 0.18, 0.07],
    ),
    (
        "R10",
        &[sub("R104", 1.0, 0.0)],
        "Buksmärtor",
        6.0,
        0.68,
        [0.3, 0.17, 0.07],
    ),
    (
        "S42",
        &[sub("S422", 1.0, 0.0)],
        "Fraktur på skuldra och överarm",
        8.0,
        0.45,
        [0.33, 0.11, 0.02],
    ),
    (
        "S92",
        &[sub("S923", 1.0, 0.0)],
        "Fraktur på foten",
        8.0,
        0.52,
        [0.28, 0.08, 0.013],
    ),
    (
        "N81",
        &[sub("N811", 1.0, 0.0)],
        "Framfall av kvinnliga könsorgan",
        4.0,
        1.0,
        [0.22, 0.07, 0.015],
    ),
];

/// Diagnoses of cases of at most 14 days: code, name, weight, share of women. Assumptions throughout.
pub(crate) const SHORT: [(&str, &str, f64, f64); 12] = [
    ("J069", "Akut övre luftvägsinfektion", 26.0, 0.58),
    ("J22", "Akut infektion i nedre luftvägarna", 8.0, 0.57),
    ("A099", "Gastroenterit", 8.0, 0.57),
    ("B349", "Virusinfektion", 8.0, 0.56),
    ("M545", "Lumbago", 13.0, 0.48),
    ("F430", "Akut stressreaktion", 11.0, 0.72),
    ("J019", "Akut bihåleinflammation", 4.0, 0.6),
    ("S934", "Distorsion i fotled", 6.0, 0.45),
    ("R104", "Buksmärtor", 5.0, 0.66),
    ("G439", "Migrän", 4.0, 0.8),
    ("R539", "Trötthet", 4.0, 0.7),
    ("L089", "Lokal infektion i hud", 3.0, 0.42),
];

/// All categories of long cases: the 23 of §E2 first, then the others, which share `other_share` of the cases.
pub(crate) fn categories(other_share: f64) -> Vec<Category> {
    let published = margins_2017();
    let total: f64 = published.iter().map(|margin| f64::from(margin.cases)).sum();
    let others: f64 = OTHER.iter().map(|other| other.3).sum();
    let first = published
        .iter()
        .zip(PUBLISHED)
        .map(|(margin, (code, text, subcodes))| {
            let Margins2017 {
                cases,
                women,
                reaching,
                ..
            } = *margin;
            let weight = f64::from(cases) / total * (1.0 - other_share);
            Category {
                code,
                text,
                weight,
                women,
                reaching,
                subcodes,
            }
        });
    let rest = OTHER
        .iter()
        .map(|(code, subcodes, text, weight, women, reaching)| Category {
            code,
            text,
            weight: weight / others * other_share,
            women: *women,
            reaching: *reaching,
            subcodes,
        });
    first.chain(rest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_categories_keep_the_order_of_the_margins() {
        for (margin, named) in margins_2017().iter().zip(PUBLISHED) {
            assert_eq!(margin.diagnosis, named.0);
            assert!(
                named
                    .2
                    .iter()
                    .all(|sub| sub.code.starts_with(named.0) && sub.code.len() <= 5)
            );
        }
    }

    #[test]
    fn weights_split_between_published_and_other() {
        let all = categories(0.4);
        let published: f64 = all[..23].iter().map(|c| c.weight).sum();
        assert!((published - 0.6).abs() < 1e-9);
        assert!((all.iter().map(|c| c.weight).sum::<f64>() - 1.0).abs() < 1e-9);
    }
}
