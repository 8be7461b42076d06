//! One question → one published table.

#[cfg(test)]
mod tests;

mod check;
mod count;
mod narrowed;
mod notes;
mod visible;

use frisk_codes::{Region, Sex};
use narrowed::Narrowed;

use crate::{
    Category, Cube, Dimension, Error, Label, Month, Policy, PublishedTable, Question, Role, View,
    Warehouse,
    cases::Days,
    question::month_name,
    reports::{Context, Denominator, Grouping, Placing, Report},
};

impl Warehouse {
    /// The answer to a question, protected by `policy` (see [`Policy::for_scope`]).
    ///
    /// # Errors
    /// The question names a report, level, view, region or period that is not possible, or all places for
    /// calculations are taken ([`Error::Busy`]).
    pub fn answer(&self, question: &Question, policy: Policy) -> Result<PublishedTable, Error> {
        Ok(policy.protect(self.cube(question)?))
    }

    /// The counts behind an answer, each care provider apart; only [`Policy::protect`] makes them readable.
    ///
    /// # Errors
    /// As [`Self::answer`].
    pub fn cube(&self, question: &Question) -> Result<Cube, Error> {
        let report = check::question(self, question)?;
        let _permit = self.capacity.admit()?;
        let context = Context::new(self, question);
        let grouping = (report.grouping)(&context);
        let visible = visible::of(self, question);
        let notes = notes::of(self, question, &visible);
        let bases = self.bases(report, &context, &grouping);
        let counting = count::Counting {
            report,
            placing: Placing {
                view: question.view,
                context: &context,
                places: &grouping.places,
            },
            periods: periods(question),
            groups: grouping.len() * report.denominator.planes(),
            visible,
            narrowed: Narrowed::new(self, &question.filter),
        };
        let parts = counting.count(&self.buckets, &self.certificates);
        Ok(Cube {
            question: question.clone(),
            title: report.info.title.into(),
            definition: report.info.definition.into(),
            notes,
            snapshot: self.snapshot.name.clone(),
            months: (question.view == View::Series).then(|| months(question)),
            grouping,
            denominator: report.denominator,
            bases,
            parts,
        })
    }

    /// What the counts of each group are set against.
    fn bases(
        &self,
        report: &Report,
        context: &Context<'_>,
        grouping: &Grouping,
    ) -> Vec<[Option<u64>; 3]> {
        match report.denominator {
            Denominator::Inhabitants => self.inhabitants(context.question.to.year()),
            Denominator::ListedPatients => {
                let units = grouping.dimensions.iter().flat_map(|d| &d.categories);
                units
                    .map(|unit| [context.listed_patients(&unit.code), None, None])
                    .collect()
            }
            Denominator::None | Denominator::AllRegions | Denominator::Whole => Vec::new(),
        }
    }

    /// Inhabitants of each region that belong to a period ending in a year.
    fn inhabitants(&self, year: i32) -> Vec<[Option<u64>; 3]> {
        let year = self.population.year_for(year);
        let count = |region: &Region, sex| self.population.get(year?, region.code, sex);
        Region::ALL
            .iter()
            .map(|region| [Sex::Unknown, Sex::Man, Sex::Woman].map(|sex| count(region, sex)))
            .collect()
    }
}

/// The reporting periods: each month of a series, or all months as one block.
fn periods(question: &Question) -> Vec<Days> {
    let days = |from: Month, to: Month| Days {
        first: from.first_day(),
        last: to.last_day(),
    };
    match question.view {
        View::Series => question
            .from
            .to(question.to)
            .map(|month| days(month, month))
            .collect(),
        View::Cross => vec![days(question.from, question.to)],
    }
}

fn months(question: &Question) -> Dimension {
    Dimension {
        id: "month".to_owned(),
        label: frisk_codes::Text::new("Månad", "Month").into(),
        role: Role::Time,
        categories: question
            .from
            .to(question.to)
            .map(|month| Category {
                code: month.to_string(),
                label: month_label(month),
            })
            .collect(),
    }
}

/// `feb 2013`, as the reports print months.
fn month_label(month: Month) -> Label {
    let name = month_name(month);
    Label {
        sv: format!("{} {}", name.sv, month.year()),
        en: format!("{} {}", name.en, month.year()),
    }
}
