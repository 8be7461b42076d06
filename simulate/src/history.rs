use frisk_codes::{Degree, Sex};

use crate::ahead::Ahead;
use crate::care::Care;
use crate::covariates::{Covariates, Prognosis};
use crate::curve::Curve;
use crate::diagnosis::{Category, SHORT};
use crate::hazards::{Hazards, OFFER_DAYS, Offers, Own};
use crate::lots::Lots;
use crate::person::{Person, WORKING_SHARE};
use crate::plan::{FOLLOW_UP_DAYS, Plan, date, day_number};
use crate::region::REGIONS;
use crate::rng::{Purpose, Stream};

/// Longest case, in covered days. Assumption: the tail beyond four years is cut.
pub(crate) const LONGEST: i32 = 1_460;

/// Only cases of more covered days have gaps. Assumption, as the next three.
pub(crate) const WITH_GAPS: i32 = 30;

/// P(a gap), P(another | a gap).
pub(crate) const GAP_CHANCES: [f64; 2] = [0.07, 0.25];

/// Covered days before the first gap and after the last, at least.
pub(crate) const GAP_EDGE: i32 = 8;

/// Most days of a gap.
pub(crate) const GAP_WIDEST: i32 = 5;

/// Days of P(> days) in the truth.
pub(crate) const BEYOND: [u32; 5] = [30, 60, 90, 180, 365];

/// A spell of sick leave at one care provider, as it truly is.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    /// Place among the categories; `None` for a case of at most 14 days.
    pub category: Option<usize>,
    pub code: &'static str,
    pub text: &'static str,
    pub provider: usize,
    pub unit: usize,
    /// First day.
    pub start: i32,
    /// Covered days.
    pub length: i32,
    /// Gaps of at most five days: after how many covered days, how long.
    pub gaps: [(i32, i32); 2],
    /// First certificate signed this many days after the start.
    pub delay: i32,
    pub covariates: Covariates,
    /// All certificates are FK 7263, whatever the day.
    pub old_form: bool,
    /// Covered days after which the intervention was offered, if it was.
    pub offered: Option<i32>,
    /// Length had it not been offered, and had it been offered (on its day, or on day 45 for those who were not).
    pub lengths: (i32, i32),
    /// How long a long case may last by its covariates; only for the truth.
    pub ahead: Option<Box<Ahead>>,
}

impl Case {
    /// Whole days between the first and the last, both counted.
    pub(crate) fn span(&self) -> i32 {
        self.length + self.gaps[0].1 + self.gaps[1].1
    }

    pub(crate) fn last(&self) -> i32 {
        self.start + self.span() - 1
    }

    /// The calendar day of the `nth` covered day, from 0.
    pub(crate) fn day(&self, nth: i32) -> i32 {
        let free: i32 = self
            .gaps
            .iter()
            .filter(|(after, _)| nth >= *after)
            .map(|(_, days)| days)
            .sum();
        self.start + nth + free
    }

    /// Whether the intervention happened: it was offered while the case still ran.
    pub(crate) fn treated(&self) -> Option<i32> {
        self.offered.filter(|day| *day < self.length)
    }

    /// Covered stretches, first and last day.
    fn stretches(&self) -> impl Iterator<Item = (i32, i32)> + '_ {
        let [first, second] = self.gaps;
        let cuts = [
            0,
            first.0.min(self.length),
            second.0.min(self.length),
            self.length,
        ];
        (0..3)
            .filter(move |cut| cuts[*cut] < cuts[*cut + 1])
            .map(move |cut| (self.day(cuts[cut]), self.day(cuts[cut + 1] - 1)))
    }
}

/// First day of LISJP: certificates signed before are FK 7263.
pub(crate) fn lisjp_from() -> i32 {
    day_number(date(2018, 7, 1))
}

/// Draws the cases of people.
#[derive(Debug)]
pub(crate) struct Maker<'a> {
    pub plan: &'a Plan,
    pub care: &'a Care,
    pub categories: &'a [Category],
    /// P(category | man), P(category | woman).
    pub chance: &'a [Vec<f64>; 2],
    pub own: &'a Own,
    /// Share of women among long cases.
    pub women: f64,
    /// First and last day of the world.
    pub first: i32,
    pub last: i32,
    /// Whether to work out the truth's probabilities.
    pub truth: bool,
}

impl Maker<'_> {
    pub(crate) fn offers(plan: &Plan) -> Offers {
        let offer = &plan.intervention;
        Offers {
            plain: offer.share,
            after_leave: (offer.share * offer.after_earlier_leave).min(0.9),
            effect: offer.effect,
        }
    }

    /// Strata of the lots: category × followed for a year or not.
    pub(crate) fn strata(&self) -> usize {
        2 * self.categories.len()
    }

    /// All cases of a person, in order of their start.
    pub(crate) fn history(&self, person: &Person, lots: &mut Lots) -> Vec<Case> {
        let mut cases: Vec<Case> = Vec::new();
        let birthday = |years: f64| person.birth + (years * 365.25) as i32;
        let mut day = self.first.max(birthday(18.0));
        let until = (self.last - self.plan.quiet_days as i32).min(birthday(67.0) - 1);
        if day > until {
            return cases;
        }
        let mut rng = Stream::new(self.plan.seed, Purpose::History, person.index);
        let sex = if person.sex == Sex::Woman {
            2.0 * self.women
        } else {
            2.0 * (1.0 - self.women)
        };
        // A seventh more cases than people with one; mean of the age factor over 18–66 is 1.05.
        let yearly = self.plan.long_rate * 1.14 / (WORKING_SHARE * 1.05) * sex * person.frailty;
        let rate = yearly * (1.0 + self.plan.short_per_long) * 1.4 / 365.25;
        loop {
            day += rng.wait(rate).min(1e6).ceil() as i32;
            if day > until {
                return cases;
            }
            // Sick leave grows with age: .7 at 18, 1.4 at 66. Assumption.
            let age_factor =
                0.7 + 0.7 * f64::from(day - person.birth) / 365.25 / 48.0 - 0.7 * 18.0 / 48.0;
            if !rng.chance(age_factor / 1.4) {
                continue;
            }
            day = self.spell(person, day, until, &mut cases, &mut rng, lots);
        }
    }

    /// Adds a case, sometimes a relapse as a case of its own; the first day on which another may follow, less one.
    fn spell(
        &self,
        person: &Person,
        day: i32,
        until: i32,
        cases: &mut Vec<Case>,
        rng: &mut Stream,
        lots: &mut Lots,
    ) -> i32 {
        let mut start = day;
        loop {
            let case = self.case(person, start, cases, rng, lots);
            let last = case.last();
            if case.length > 40 && rng.chance(0.004) {
                let other = self.elsewhere(person, &case, rng);
                cases.push(case);
                cases.extend(other);
            } else {
                cases.push(case);
            }
            // Six whole free days or more part two cases of one provider (`PEERS.md` §1.3, item 3).
            let next = last + 7;
            if !rng.chance(0.08) {
                return next - 1;
            }
            start = next + (rng.unit() * rng.unit() * 40.0) as i32;
            if start > until {
                return start;
            }
        }
    }

    fn case(
        &self,
        person: &Person,
        start: i32,
        earlier: &[Case],
        rng: &mut Stream,
        lots: &mut Lots,
    ) -> Case {
        let here = &self.care.by_region[person.region];
        let at = if here.len() > 1 && rng.chance(0.07) {
            1 + rng.between(0, here.len() as i32 - 2) as usize
        } else {
            self.home(person)
        };
        let provider = here[at];
        let unit = *rng.pick(&self.care.providers[provider].units);
        let delay = [0, 1, 2, 3, 5, 8][rng.weighted(&[0.62, 0.16, 0.1, 0.07, 0.03, 0.02])];
        let old_form = rng.chance(self.plan.fk7263_share);
        let old = old_form || start + delay < lisjp_from();
        let covariates = covariates(person, start, earlier, old, rng);
        let mut case = Case {
            category: None,
            code: "",
            text: "",
            provider,
            unit,
            start,
            length: 1,
            gaps: [(i32::MAX, 0); 2],
            delay,
            covariates,
            old_form,
            offered: None,
            lengths: (0, 0),
            ahead: None,
        };
        if rng.chance(1.0 / (1.0 + self.plan.short_per_long)) {
            self.lengthen(&mut case, rng, lots);
        } else {
            shorten(&mut case, rng);
        }
        case
    }

    /// The person's usual provider in the region: the region's own for seven of ten.
    fn home(&self, person: &Person) -> usize {
        let providers = self.care.by_region[person.region].len();
        let tenth = (crate::rng::mix(person.index ^ self.plan.seed) % 10) as usize;
        if tenth < 7 {
            0
        } else {
            1 + tenth % (providers - 1)
        }
    }

    /// Draws diagnosis and length of a long case.
    fn lengthen(&self, case: &mut Case, rng: &mut Stream, lots: &mut Lots) {
        let woman = usize::from(case.covariates.sex == Sex::Woman);
        let place = rng.weighted(&self.chance[woman]);
        let category = &self.categories[place];
        let weights: [f64; 5] =
            std::array::from_fn(|nth| category.subcodes.get(nth).map_or(0.0, |sub| sub.weight));
        let sub = &category.subcodes[rng.weighted(&weights)];
        let plain = self.curve(place, sub.code, sub.effect, &case.covariates);
        let offers = Self::offers(self.plan);
        let likely = if category.offered() {
            offers.probability(case.covariates.earlier_days > 0)
        } else {
            0.0
        };
        case.offered = rng.chance(likely).then(|| *rng.pick(&OFFER_DAYS));
        let helped = plain.changed_from(f64::from(case.offered.unwrap_or(45)), offers.effect);
        let curve = if case.offered.is_some() {
            helped
        } else {
            plain
        };
        let late = case.start > self.last - FOLLOW_UP_DAYS;
        let v = lots.draw(2 * place + usize::from(late), &curve, rng);
        let length = |curve: &Curve| {
            curve
                .day_of(-v.ln())
                .floor()
                .clamp(15.0, f64::from(LONGEST)) as i32
        };
        (case.category, case.code, case.text) = (Some(place), sub.code, category.text);
        case.length = length(&curve);
        case.lengths = (length(&plain), length(&helped));
        if self.truth {
            let effect = offers.effect;
            case.ahead = Some(Box::new(Ahead {
                plain,
                likely,
                effect,
            }));
        }
        case.gaps = gaps(case.length, rng);
    }

    fn curve(&self, category: usize, code: &str, effect: f64, covariates: &Covariates) -> Curve {
        let outside = match &self.plan.hazards {
            Hazards::Files(files) => files.models.curve(code, covariates),
            Hazards::Own => None,
        };
        outside.unwrap_or_else(|| self.own.curve(category, covariates.log_ratio() + effect))
    }

    /// A short case at another provider of the region in the middle of a long one: never joined with it.
    fn elsewhere(&self, person: &Person, long: &Case, rng: &mut Stream) -> Option<Case> {
        let others = &self.care.by_region[person.region];
        let provider = *others.iter().find(|provider| **provider != long.provider)?;
        let mut case = Case {
            provider,
            unit: *rng.pick(&self.care.providers[provider].units),
            start: long.start + rng.between(3, 20),
            category: None,
            offered: None,
            lengths: (0, 0),
            ahead: None,
            gaps: [(i32::MAX, 0); 2],
            ..long.clone()
        };
        shorten(&mut case, rng);
        Some(case)
    }
}

fn shorten(case: &mut Case, rng: &mut Stream) {
    const DAYS: [f64; 14] = [
        2.0, 3.0, 6.0, 6.0, 8.0, 4.0, 14.0, 3.0, 3.0, 8.0, 3.0, 3.0, 3.0, 14.0,
    ];
    let women = case.covariates.sex == Sex::Woman;
    let weights: [f64; 12] = std::array::from_fn(|nth| {
        let (_, _, weight, share) = SHORT[nth];
        weight * if women { share } else { 1.0 - share }
    });
    let (code, text, _, _) = SHORT[rng.weighted(&weights)];
    (case.code, case.text) = (code, text);
    case.length = 1 + rng.weighted(&DAYS) as i32;
}

fn covariates(
    person: &Person,
    start: i32,
    earlier: &[Case],
    old: bool,
    rng: &mut Stream,
) -> Covariates {
    let degree = [
        Degree::Full,
        Degree::ThreeQuarters,
        Degree::Half,
        Degree::Quarter,
    ][rng.weighted(&[0.72, 0.05, 0.18, 0.05])];
    let side_diagnosis = rng.chance(0.2);
    let prognosis = match rng.weighted(&[0.4, 0.12, 0.12, 0.05, 0.04, 0.22, 0.05]) {
        0 => Prognosis::GreatChance,
        nth @ 1..=4 => Prognosis::WithinDays([30, 60, 90, 180][nth - 1]),
        5 => Prognosis::Unclear,
        _ => Prognosis::Unlikely,
    };
    Covariates {
        sex: person.sex,
        age: person.age_on(start),
        area: REGIONS[person.region].area,
        occupation: person.occupation,
        degree,
        earlier_days: earlier_days(earlier, start),
        side_diagnosis,
        prognosis: (!old).then_some(prognosis),
    }
}

/// Distinct days on leave in the 365 days before `start`, at any provider.
fn earlier_days(earlier: &[Case], start: i32) -> i32 {
    let mut covered: Vec<(i32, i32)> = earlier
        .iter()
        .flat_map(Case::stretches)
        .map(|(first, last)| (first.max(start - 365), last.min(start - 1)))
        .filter(|(first, last)| first <= last)
        .collect();
    covered.sort_unstable();
    let (mut days, mut counted) = (0, i32::MIN);
    for (first, last) in covered {
        days += (last - first.max(counted + 1) + 1).max(0);
        counted = counted.max(last);
    }
    days
}

/// Up to two gaps of 1–5 days, which do not part the case.
fn gaps(length: i32, rng: &mut Stream) -> [(i32, i32); 2] {
    let mut gaps = [(i32::MAX, 0); 2];
    let chances = if length > WITH_GAPS {
        GAP_CHANCES
    } else {
        [0.0, 0.0]
    };
    for (gap, chance) in gaps.iter_mut().zip(chances) {
        if !rng.chance(chance) {
            break;
        }
        *gap = (
            rng.between(GAP_EDGE, length - GAP_EDGE),
            rng.between(1, GAP_WIDEST),
        );
    }
    if gaps[0].0 == gaps[1].0 {
        gaps[1] = (i32::MAX, 0);
    }
    gaps.sort_unstable();
    gaps
}
