use std::sync::Arc;

use frisk_codes::{Language, Region, Text};
use frisk_warehouse::{
    Category, Dimension, Level, Month, PublishedTable, Question, Role, View,
    reports::{ReportInfo, catalogue},
};

use crate::{
    ask,
    auth::{Granted, OpenScope},
    choices::Choices,
    gate::{Asked, Gate},
    problem::Problem,
};

/// Ids of the variables that every table has, as PxWeb's clients look for them.
pub(super) const CONTENTS: &str = "ContentsCode";
pub(super) const TIME: &str = "Tid";
pub(super) const REGION: &str = "Region";
/// Code of the whole country among regions.
pub(super) const COUNTRY: &str = "00";
/// Value of `sex` that stands for both.
const BOTH_SEXES: &str = "total";

/// One table: a report and all that can be asked of it.
#[derive(Debug, Clone)]
pub(super) struct Table {
    pub(super) info: &'static ReportInfo,
    /// Its variables with all their values, in the order of its cells.
    pub(super) variables: Vec<Dimension>,
    /// The country over all months: where titles, notes and groups come from.
    country: Arc<PublishedTable>,
}

/// All reports that are tables: those with a series for the whole country.
pub(super) fn reports() -> impl Iterator<Item = &'static ReportInfo> {
    catalogue()
        .iter()
        .filter(|info| info.levels.contains(&Level::National) && info.views.contains(&View::Series))
}

/// The months that can be asked for: from the data's first to the last whole one.
pub(super) fn months(gate: &Gate) -> (Month, Month) {
    let today = gate.snapshot().data_through;
    let (_, last) = Question::default_range(Level::National, View::Series, today);
    (gate.first_month().min(last), last)
}

impl Table {
    /// The table of an id.
    ///
    /// **Errors**: [`Problem::NotFound`] if there is none, or the report cannot be counted.
    pub(super) async fn open(gate: &Arc<Gate>, id: &str) -> Result<Self, Problem> {
        let info = reports()
            .find(|info| ask::slug(info) == id.to_lowercase())
            .ok_or(Problem::NotFound)?;
        let (from, to) = months(gate);
        let country = ask_region(gate, info, COUNTRY, (from, to)).await?;
        let mut variables = measured(country.as_ref().clone(), info)
            .dimensions()
            .to_vec();
        if info.levels.contains(&Level::Region) {
            variables.insert(1, regions());
        }
        let time = variables.iter().position(|v| v.id == TIME);
        if let Some(time) = time {
            let time = variables.remove(time);
            variables.push(time);
        }
        Ok(Self {
            info,
            variables,
            country,
        })
    }

    pub(super) fn title(&self, language: Language) -> &str {
        self.info.title.get(language)
    }

    pub(super) fn country(&self) -> &PublishedTable {
        &self.country
    }

    pub(super) fn variable(&self, id: &str) -> Option<&Dimension> {
        self.variables
            .iter()
            .find(|variable| variable.id.eq_ignore_ascii_case(id))
    }

    /// The value that stands for a variable that was left out; `None` if it cannot be left out.
    pub(super) fn elimination(variable: &Dimension) -> Option<&'static str> {
        match variable.id.as_str() {
            REGION => Some(COUNTRY),
            "sex" => Some(BOTH_SEXES),
            _ => None,
        }
    }

    /// The cells of a choice of values: one list of codes a variable, in the order of [`Self::variables`].
    ///
    /// **Errors**: [`Problem::TooManyCells`], or what answering gives.
    pub(super) async fn cells(
        &self,
        gate: &Arc<Gate>,
        chosen: &[Vec<String>],
    ) -> Result<PublishedTable, Problem> {
        let size: usize = chosen.iter().map(Vec::len).product();
        if size > super::MOST_CELLS {
            return Err(Problem::TooManyCells);
        }
        let table = match self.variables.iter().position(|v| v.id == REGION) {
            Some(at) => self.stacked(gate, &chosen[at]).await?,
            None => measured(self.country.as_ref().clone(), self.info),
        };
        let order: Option<Vec<usize>> = self
            .variables
            .iter()
            .map(|variable| table.dimension(&variable.id))
            .collect();
        let order = order.ok_or_else(|| Problem::internal(&"a table without its variables"))?;
        let mut table = table.reorder(&order)?;
        for (at, codes) in chosen.iter().enumerate() {
            table = table.keep(at, codes)?;
        }
        Ok(table)
    }

    /// The tables of the chosen regions as one.
    async fn stacked(&self, gate: &Arc<Gate>, codes: &[String]) -> Result<PublishedTable, Problem> {
        let mut answers = Vec::with_capacity(codes.len());
        for code in codes {
            let answer = ask_region(gate, self.info, code, months(gate)).await?;
            answers.push(measured(answer.as_ref().clone(), self.info));
        }
        // A group that only the country has must not be missing from a region's table: it is zero there.
        answers.push(measured(self.country.as_ref().clone(), self.info));
        let mut variable = regions();
        variable
            .categories
            .retain(|category| codes.contains(&category.code));
        variable.categories.sort_by_key(|category| {
            codes
                .iter()
                .position(|code| *code == category.code)
                .unwrap_or(usize::MAX)
        });
        variable.categories.push(Category {
            code: String::new(),
            label: Text::new("", "").into(),
        });
        let tables: Vec<&PublishedTable> = answers.iter().collect();
        Ok(PublishedTable::stack(variable, &tables)?.keep(0, codes)?)
    }
}

/// The answer for one region, or for the country.
async fn ask_region(
    gate: &Arc<Gate>,
    info: &ReportInfo,
    code: &str,
    (from, to): (Month, Month),
) -> Result<Arc<PublishedTable>, Problem> {
    let open = if code == COUNTRY {
        OpenScope::National
    } else {
        OpenScope::region(code)?
    };
    let asked = Asked {
        report: info.slug.to_owned(),
        view: View::Series,
        from,
        to,
        choices: Choices::usual(gate, info)?,
    };
    gate.answer(&Granted::open(&open), asked).await
}

/// The table with its measures as `ContentsCode` and its months as `Tid`.
fn measured(table: PublishedTable, info: &ReportInfo) -> PublishedTable {
    let table = table.renamed("measure", CONTENTS).renamed("month", TIME);
    if table.dimension(CONTENTS).is_some() {
        return table;
    }
    table.with_only(Dimension {
        id: CONTENTS.to_owned(),
        label: Text::new("Tabellinnehåll", "Contents").into(),
        role: Role::Metric,
        categories: vec![Category {
            code: "value".to_owned(),
            label: info.title.into(),
        }],
    })
}

fn regions() -> Dimension {
    let country = Category {
        code: COUNTRY.to_owned(),
        label: Text::new("Riket", "Sweden").into(),
    };
    let region = |region: &Region| Category {
        code: region.code.to_owned(),
        label: Text::new(region.name, region.name).into(),
    };
    Dimension {
        id: REGION.to_owned(),
        label: Text::new("Region", "Region").into(),
        role: Role::Geo,
        categories: std::iter::once(country)
            .chain(
                Region::ALL
                    .iter()
                    .filter(|region| region.code != COUNTRY)
                    .map(region),
            )
            .collect(),
    }
}
