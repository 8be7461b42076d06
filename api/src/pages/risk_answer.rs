use frisk_codes::{Language, Text};

use crate::{
    Estimate,
    chart::{self, CurveChart},
    estimate::main_horizon,
    locale,
};

/// An estimate in words and as a curve. Source of words and cut points: `PAGES.md` §6.3.
#[derive(Debug)]
pub(crate) struct RiskAnswer {
    pub(crate) sentence: String,
    pub(crate) reference_sentence: String,
    /// Ten figures: how many of them still go on.
    pub(crate) of_ten: usize,
    pub(crate) level: &'static str,
    /// ▮▮▯▯
    pub(crate) marks: &'static str,
    pub(crate) class: usize,
    pub(crate) advice: String,
    pub(crate) chart: String,
    pub(crate) rows: Vec<HorizonRow>,
    pub(crate) raises: Vec<ReasonRow>,
    pub(crate) lowers: Vec<ReasonRow>,
    pub(crate) unlike: Vec<String>,
}

/// One horizon of the table under the curve.
#[derive(Debug)]
pub(crate) struct HorizonRow {
    pub(crate) day: u32,
    pub(crate) own: String,
    pub(crate) reference: String,
}

/// One reason in words.
#[derive(Debug)]
pub(crate) struct ReasonRow {
    pub(crate) text: String,
    pub(crate) step: String,
}

/// Most reasons that are told.
const MOST_REASONS: usize = 5;
/// A step smaller than this is not told.
const LEAST_STEP: f64 = 0.005;

impl RiskAnswer {
    pub(crate) fn new(estimate: &Estimate, day: u32, language: Language) -> Self {
        let horizon = main_horizon(day);
        let p = at(&estimate.curve, horizon).unwrap_or_default();
        let reference = at(&estimate.reference_curve, horizon).unwrap_or_default();
        let level = Level::of(p);
        let mut reasons = estimate
            .reasons
            .iter()
            .filter(|r| r.step.abs() >= LEAST_STEP);
        let told: Vec<_> = reasons.by_ref().take(MOST_REASONS).collect();
        let row = |up: bool| {
            let wanted = told.iter().filter(move |r| (r.step > 0.0) == up);
            wanted.map(|r| reason_row(r, language)).collect()
        };
        Self {
            sentence: sentence(p, day, horizon, language),
            reference_sentence: reference_sentence(&estimate.reference_group, reference, language),
            of_ten: tenths(p),
            level: level.name.get(language),
            marks: level.marks,
            class: level.class,
            advice: level
                .advice
                .get(language)
                .replace("{h}", &horizon.to_string()),
            chart: curve(estimate, day, horizon, language),
            rows: rows(estimate, day, language),
            raises: row(true),
            lowers: row(false),
            unlike: estimate
                .unlike
                .iter()
                .map(|unlike| locale::unlike(unlike, language))
                .collect(),
        }
    }
}

/// A level of risk at the horizon.
struct Level {
    below: f64,
    class: usize,
    marks: &'static str,
    name: Text,
    advice: Text,
}

const LEVELS: [Level; 4] = [
    Level {
        below: 0.20,
        class: 1,
        marks: "▮▯▯▯",
        name: Text::new("Lägre", "Lower"),
        advice: Text::new(
            "De flesta liknande sjukfall är avslutade före dag {h}. Följ som vanligt.",
            "Most similar cases have ended before day {h}. Follow as usual.",
        ),
    },
    Level {
        below: 0.39,
        class: 2,
        marks: "▮▮▯▯",
        name: Text::new("Måttlig", "Moderate"),
        advice: Text::new(
            "Fler än vanligt kan behöva en tidig avstämning. Finns en plan för återgång?",
            "More than usual may need an early talk. Is there a plan for return?",
        ),
    },
    Level {
        below: 0.62,
        class: 3,
        marks: "▮▮▮▯",
        name: Text::new("Hög", "High"),
        advice: Text::new(
            "Ungefär hälften av liknande sjukfall varar längre än {h} dagar. Överväg samtal om hinder, arbetsplats och plan.",
            "About half of similar cases last longer than {h} days. Consider a talk about obstacles, workplace and plan.",
        ),
    },
    Level {
        below: f64::INFINITY,
        class: 4,
        marks: "▮▮▮▮",
        name: Text::new("Mycket hög", "Very high"),
        advice: Text::new(
            "De flesta liknande sjukfall varar längre än {h} dagar. Ofta behövs flera insatser samtidigt; planera uppföljning.",
            "Most similar cases last longer than {h} days. Often several measures are needed at once; plan a follow-up.",
        ),
    },
];

impl Level {
    fn of(p: f64) -> &'static Self {
        let [first, ..] = &LEVELS;
        LEVELS.iter().find(|level| p < level.below).unwrap_or(first)
    }
}

/// The curve at a day: its point, or between its neighbours.
pub(crate) fn at(curve: &[(u32, f64)], day: u32) -> Option<f64> {
    let after = curve.iter().find(|(d, _)| *d >= day)?;
    if after.0 == day {
        return Some(after.1);
    }
    let before = curve.iter().rev().find(|(d, _)| *d < day)?;
    let share = f64::from(day - before.0) / f64::from(after.0 - before.0);
    Some(before.1 + (after.1 - before.1) * share)
}

/// Figures of ten: never none and never all.
fn tenths(p: f64) -> usize {
    (1..=9)
        .rev()
        .find(|n| p * 10.0 >= f64::from(*n) - 0.5)
        .map_or(1, |n| n as usize)
}

fn sentence(p: f64, day: u32, horizon: u32, language: Language) -> String {
    let n = locale::of_ten(p, language);
    let nearly_certain = !(0.05..=0.95).contains(&p);
    match language {
        Language::Sv if nearly_certain => format!(
            "Av sjukfall som liknar det här och pågår dag {day} pågår {n} fortfarande efter dag {horizon}."
        ),
        Language::Sv => format!(
            "Av 10 sjukfall som liknar det här och pågår dag {day} pågår {} fortfarande efter dag {horizon}.",
            n.trim_end_matches(" av 10")
        ),
        Language::En if nearly_certain => format!(
            "Of sick cases like this one that are ongoing on day {day}, {n} still are after day {horizon}."
        ),
        Language::En => format!(
            "Of 10 sick cases like this one that are ongoing on day {day}, {} still are after day {horizon}.",
            n.trim_end_matches(" in 10")
        ),
    }
}

fn reference_sentence(group: &str, p: f64, language: Language) -> String {
    let n = locale::of_ten(p, language);
    match (language, group) {
        (Language::Sv, "all") => format!("I jämförelsegruppen, alla sjukfall: {n}."),
        (Language::Sv, group) => format!("I jämförelsegruppen, alla sjukfall i {group}: {n}."),
        (Language::En, "all") => format!("In the reference group, all cases: {n}."),
        (Language::En, group) => format!("In the reference group, all cases in {group}: {n}."),
    }
}

fn reason_row(reason: &crate::Reason, language: Language) -> ReasonRow {
    let tenths = reason.step.abs() * 10.0;
    let sign = if reason.step > 0.0 { "+" } else { "\u{2212}" };
    let amount = if tenths < 0.5 {
        match language {
            Language::Sv => format!("{sign} mindre än 1 av 10"),
            Language::En => format!("{sign} less than 1 in 10"),
        }
    } else {
        let n = tenths.round();
        match language {
            Language::Sv => format!("ungefär {sign}{n:.0} av 10"),
            Language::En => format!("about {sign}{n:.0} in 10"),
        }
    };
    let name = locale::feature(&reason.feature, language);
    ReasonRow {
        text: format!(
            "{name}: {}",
            value_words(&reason.feature, &reason.value, language)
        ),
        step: amount,
    }
}

/// Values of codes in words; other values as they are.
fn value_words(feature: &str, value: &str, language: Language) -> String {
    if feature.starts_with("degree") && !value.is_empty() {
        return format!("{value}\u{a0}%");
    }
    let text = match value {
        "woman" => Text::new("kvinna", "woman"),
        "man" => Text::new("man", "man"),
        "NUVARANDE_ARBETE" => Text::new("arbetar", "working"),
        "ARBETSSOKANDE" => Text::new("arbetssökande", "looking for work"),
        "FORALDRALEDIG" => Text::new("föräldraledig", "on parental leave"),
        "STUDIER" => Text::new("studerar", "studying"),
        "" => Text::new("okänt", "unknown"),
        range if range.starts_with("> ") && language == Language::Sv => {
            return range.replace(" and ", " och ");
        }
        other => return other.to_owned(),
    };
    text.get(language).to_owned()
}

fn rows(estimate: &Estimate, day: u32, language: Language) -> Vec<HorizonRow> {
    let share = |curve: &[(u32, f64)], h| {
        at(curve, h).map_or_else(|| "–".to_owned(), |p| locale::percent(p, language))
    };
    let horizons = [30, 60, 90, 180, 365].into_iter().filter(|h| *h > day);
    horizons
        .filter(|h| at(&estimate.curve, *h).is_some())
        .map(|h| HorizonRow {
            day: h,
            own: share(&estimate.curve, h),
            reference: share(&estimate.reference_curve, h),
        })
        .collect()
}

fn curve(estimate: &Estimate, day: u32, horizon: u32, language: Language) -> String {
    let words = locale::words(language);
    let title = match language {
        Language::Sv => format!("Andel liknande sjukfall som pågår, från dag {day}"),
        Language::En => format!("Share of similar cases that go on, from day {day}"),
    };
    let p = |curve| at(curve, horizon).map_or_else(String::new, |p| locale::of_ten(p, language));
    let summary = match language {
        Language::Sv => format!(
            "Efter dag {horizon}: liknande sjukfall {}, jämförelsegruppen {}.",
            p(&estimate.curve),
            p(&estimate.reference_curve)
        ),
        Language::En => format!(
            "After day {horizon}: similar cases {}, reference group {}.",
            p(&estimate.curve),
            p(&estimate.reference_curve)
        ),
    };
    let chart = CurveChart {
        id: "curve",
        title: &title,
        summary: &summary,
        from_day: day,
        curve: &estimate.curve,
        reference: &estimate.reference_curve,
        names: (words.this_group, words.reference_group),
        language,
    };
    chart::both(|width| chart.draw(width))
}

#[cfg(test)]
mod tests {
    use super::*;

    // PAGES.md §6.3: day ≤ 60 → 90, 61–150 → 180, 151–335 → 365.
    #[test]
    fn the_horizon_lies_thirty_days_ahead() {
        let of: Vec<u32> = [1, 15, 60, 61, 150, 151, 335]
            .into_iter()
            .map(main_horizon)
            .collect();
        assert_eq!(of, [90, 90, 90, 180, 180, 365, 365]);
    }

    #[test]
    fn cut_points_are_those_of_the_table() {
        let of: Vec<usize> = [0.19, 0.20, 0.38, 0.39, 0.61, 0.62, 1.0]
            .into_iter()
            .map(|p| Level::of(p).class)
            .collect();
        assert_eq!(of, [1, 2, 2, 3, 3, 4, 4]);
    }

    #[test]
    fn the_sentence_names_both_days() {
        assert_eq!(
            sentence(0.58, 15, 90, Language::Sv),
            "Av 10 sjukfall som liknar det här och pågår dag 15 pågår ungefär 6 fortfarande efter dag 90."
        );
        assert_eq!(
            sentence(0.02, 15, 90, Language::En),
            "Of sick cases like this one that are ongoing on day 15, fewer than 1 in 20 still are after day 90."
        );
    }

    #[test]
    fn between_two_points_the_curve_is_straight() {
        let curve = [(30, 0.8), (90, 0.4)];
        assert_eq!(at(&curve, 30), Some(0.8));
        // Half way between day 30 and day 90: 0.6.
        assert!((at(&curve, 60).unwrap() - 0.6).abs() < 1e-12);
        assert_eq!(at(&curve, 100), None);
    }
}
