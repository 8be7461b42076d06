//! One question → one published table.

#[cfg(test)]
mod tests;

mod check;
mod count;
mod notes;
mod visible;

use frisk_codes::{Region, Sex};

use crate::{
    Category, Cube, Dimension, Error, Label, Month, Policy, PublishedTable, Question, Role, View,
    Warehouse,
    cases::Days,
    reports::{Context, Denominator, Report},
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
        let context = Context::new(&self.icd10, &self.names);
        let grouping = (report.grouping)(&context);
        let visible = visible::of(self, &question.scope);
        let notes = notes::of(self, question, &visible);
        let counting = count::Counting {
            report,
            context: &context,
            view: question.view,
            periods: periods(question),
            groups: grouping.dimension.categories.len(),
            visible,
        };
        Ok(Cube {
            question: question.clone(),
            title: report.info.title.into(),
            definition: report.info.definition.into(),
            notes,
            snapshot: self.snapshot.name.clone(),
            months: (question.view == View::Series).then(|| months(question)),
            grouping,
            denominator: report.denominator,
            inhabitants: self.inhabitants(report, question.to.year()),
            parts: counting.count(&self.buckets),
        })
    }

    /// Inhabitants of each region of a report that needs them.
    fn inhabitants(&self, report: &Report, year: i32) -> Vec<[Option<u64>; 3]> {
        if report.denominator != Denominator::Inhabitants {
            return Vec::new();
        }
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
    const SV: [&str; 12] = [
        "jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec",
    ];
    const EN: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let index = month.month() as usize - 1;
    Label {
        sv: format!("{} {}", SV[index], month.year()),
        en: format!("{} {}", EN[index], month.year()),
    }
}
