use rayon::prelude::*;

use crate::Error;
use crate::care::{Care, Provider, Unit};
use crate::diagnosis::{Category, categories};
use crate::documents::{Clerk, Papers};
use crate::hazards::{Own, Pilot};
use crate::history::{Case, Maker, lisjp_from};
use crate::lots::{Lots, Systematic};
use crate::person::{Demography, Person};
use crate::plan::{FOLLOW_UP_DAYS, Plan, day_number};
use crate::truth::TruthRow;

/// People handled at a time; the world does not depend on it.
pub(crate) const CHUNK: u64 = 8_192;

/// Long cases that a pilot world aims at: their sampling error in a fitted share is below half a per cent of it.
const PILOT_CASES: f64 = 25_000.0;

/// A synthetic Sweden, ready to be written: people and cases are drawn when they are asked for.
#[derive(Debug)]
pub struct World {
    pub(crate) plan: Plan,
    pub(crate) demography: Demography,
    pub(crate) care: Care,
    categories: Vec<Category>,
    chance: [Vec<f64>; 2],
    women: f64,
    own: Own,
}

/// A person with all that happened to her.
pub(crate) struct Life {
    pub person: Person,
    pub cases: Vec<Case>,
}

impl World {
    /// Prepares the world of a plan: care units, and hazards fitted to the published margins in pilot worlds.
    ///
    /// # Errors
    /// [`Error::Plan`] when the plan does not pass [`Plan::check`].
    pub fn new(plan: &Plan) -> Result<Self, Error> {
        plan.check()?;
        let categories = categories(plan.other_share);
        let women: f64 = categories
            .iter()
            .map(|category| category.weight * category.women)
            .sum();
        let chance = [
            categories
                .iter()
                .map(|category| category.weight * (1.0 - category.women))
                .collect(),
            categories
                .iter()
                .map(|category| category.weight * category.women)
                .collect(),
        ];
        let own = Own::plain(&categories);
        let mut world = Self {
            plan: plan.clone(),
            demography: Demography::new(plan),
            care: Care::new(plan),
            categories,
            chance,
            women,
            own,
        };
        for _ in 0..2 {
            world.own = world.fitted();
        }
        Ok(world)
    }

    /// The plan.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The unit register.
    #[must_use]
    pub fn units(&self) -> &[Unit] {
        &self.care.units
    }

    /// The care providers.
    #[must_use]
    pub fn providers(&self) -> &[Provider] {
        &self.care.providers
    }

    /// Hazards fitted to a pilot world that lives by the present ones: earlier leave depends on earlier lengths.
    fn fitted(&self) -> Own {
        let years = f64::from(self.plan.years) - f64::from(self.plan.quiet_days) / 365.25;
        let people =
            (PILOT_CASES / (self.plan.long_rate * years)).clamp(20_000.0, 2_000_000.0) as u64;
        let plan = Plan {
            people,
            seed: self.plan.seed ^ 0x0070_1107,
            ..self.plan.clone()
        };
        let demography = Demography::new(&plan);
        let maker = Maker {
            plan: &plan,
            ..self.maker(false)
        };
        let last = day_number(self.plan.end) - FOLLOW_UP_DAYS;
        let first = day_number(self.plan.start());
        let pilot: Vec<Pilot> = (0..people)
            .into_par_iter()
            .flat_map_iter(|index| maker.history(&demography.person(index), &mut Lots::Free))
            .filter(|case| case.category.is_some() && (case.start <= last || last <= first + 60))
            .map(|case| Pilot {
                sex: case.covariates.sex,
                log_ratio: case.covariates.log_ratio(),
                earlier_leave: case.covariates.earlier_days > 0,
            })
            .collect();
        let chance: Vec<[f64; 2]> = self.chance[0]
            .iter()
            .zip(&self.chance[1])
            .map(|(man, woman)| {
                let [men, women] =
                    [&self.chance[0], &self.chance[1]].map(|all| all.iter().sum::<f64>());
                [man / men, woman / women]
            })
            .collect();
        Own::fitted(&self.categories, &pilot, &chance, Maker::offers(&plan))
    }

    pub(crate) fn maker(&self, truth: bool) -> Maker<'_> {
        Maker {
            plan: &self.plan,
            care: &self.care,
            categories: &self.categories,
            chance: &self.chance,
            own: &self.own,
            women: self.women,
            first: day_number(self.plan.start()),
            last: day_number(self.plan.end),
            truth,
        }
    }

    pub(crate) fn clerk(&self, lean: bool) -> Clerk<'_> {
        Clerk {
            plan: &self.plan,
            care: &self.care,
            last: day_number(self.plan.end),
            lisjp_from: lisjp_from(),
            lean,
        }
    }

    /// The lots of a run over all people in order; they carry state from one chunk to the next.
    pub(crate) fn lots(&self) -> Lots {
        if self.plan.systematic {
            Lots::Systematic(Systematic::new(self.maker(false).strata()))
        } else {
            Lots::Free
        }
    }

    /// The lives of a range of people. Systematic lots go from person to person; free ones need no order.
    pub(crate) fn lives(
        &self,
        people: std::ops::Range<u64>,
        truth: bool,
        lots: &mut Lots,
    ) -> Vec<Life> {
        let maker = self.maker(truth);
        let life = |index: u64, lots: &mut Lots| {
            let person = self.demography.person(index);
            let cases = maker.history(&person, lots);
            Life { person, cases }
        };
        match lots {
            Lots::Free => people
                .into_par_iter()
                .map(|index| life(index, &mut Lots::Free))
                .collect(),
            Lots::Systematic(_) => people.map(|index| life(index, lots)).collect(),
        }
    }

    /// The truth of every case, without writing a document.
    #[must_use]
    pub fn truth(&self) -> Vec<TruthRow> {
        let mut lots = self.lots();
        let mut rows = Vec::new();
        for from in (0..self.plan.people).step_by(CHUNK as usize) {
            let lives = self.lives(from..(from + CHUNK).min(self.plan.people), true, &mut lots);
            let found: Vec<Vec<TruthRow>> =
                lives.par_iter().map(|life| self.told(life).1).collect();
            rows.extend(found.into_iter().flatten());
        }
        rows
    }

    /// Papers and truth of a life; a case whose first certificate would be signed after the end has neither.
    pub(crate) fn told(&self, life: &Life) -> (Vec<Papers>, Vec<TruthRow>) {
        let clerk = self.clerk(false);
        let (mut papers, mut truth) = (Vec::new(), Vec::new());
        for (nth, case) in life.cases.iter().enumerate() {
            let paper = clerk.papers(&life.person, nth, case);
            if paper.documented_days > 0 {
                let provider = &self.care.providers[case.provider].id;
                truth.push(TruthRow::new(case, &paper, provider));
                papers.push(paper);
            }
        }
        (papers, truth)
    }
}
