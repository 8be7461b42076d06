use anyhow::{Context, Result, bail};
use frisk_warehouse::{
    Error, Level, Notice, Overview, OverviewPart, Policy, PublishedTable, Question, Scope,
    Selection,
};

use super::{
    access::{self, Access, Reader},
    asked::{self, Asked},
    case::Then,
    needs,
    special::{self, Extract},
    values::Row,
    world::World,
};

/// What came back for one row's question.
#[derive(Debug)]
pub(super) enum Answer {
    /// A report, and what stands beside it.
    Table(Box<Reported>),
    /// A part of the overview.
    Overview(Box<Overview>, Vec<Notice>),
    /// A special report.
    Extract(Extract),
    /// Nothing: no access, or the service is busy. The kit writes -1.
    Nothing,
}

/// A report as its reader sees it.
#[derive(Debug)]
pub(super) struct Reported {
    /// The table, or what is drawn of it.
    pub(super) table: PublishedTable,
    pub(super) notices: Vec<Notice>,
    pub(super) selection: Selection,
    pub(super) reader: Option<Reader>,
}

/// Asks the warehouse what a row asks.
pub(super) fn ask(world: &World<'_>, then: &Then, input: &Row) -> Result<Answer> {
    if then.level == "special" {
        return special::ask(world, then, input).map(Answer::Extract);
    }
    let reader = match access::of(input, &world.catalogue) {
        Access::UnknownUser(name) => bail!("the user {name:?} is not known"),
        Access::Denied => return Ok(Answer::Nothing),
        Access::Open => None,
        Access::Reader(reader) => Some(reader),
    };
    let mut asked = asked::of(input, world.icd10(), world.today)?;
    let answer = if then.level == "overview" {
        overview(world, then, reader.as_ref(), &asked)
    } else {
        let level = needs::level(&then.level).context("a level that is not known")?;
        if let Some(reader) = &reader {
            asked.fall_back(level, reader);
        }
        report(world, then, level, reader, asked)
    };
    match answer {
        Err(error) if matches!(error.downcast_ref(), Some(Error::Busy { .. })) => {
            Ok(Answer::Nothing)
        }
        other => other,
    }
}

fn report(
    world: &World<'_>,
    then: &Then,
    level: Level,
    reader: Option<Reader>,
    asked: Asked,
) -> Result<Answer> {
    let Some((scope, view)) = scope(world, level, reader.as_ref()).zip(needs::view(&then.view))
    else {
        return Ok(Answer::Nothing);
    };
    let (from, to) = asked.months(then, level, view, world.today);
    let question = Question {
        filter: asked.filter,
        diagnoses: asked.diagnoses,
        depth: asked.depth,
        ..Question::new(&then.report, scope, view, from, to)
    };
    let sees_doctors = reader
        .as_ref()
        .is_some_and(|reader| world.sees_doctors(&reader.user));
    let policy = Policy::for_question(&question, world.threshold, sees_doctors);
    let names = reader
        .as_ref()
        .filter(|_| level == Level::Unit)
        .map(Reader::own_names);
    let warehouse = world.warehouse(&names.unwrap_or_default())?;
    let table = warehouse.answer(&question, policy)?;
    let mut notices: Vec<Notice> = asked.notice.into_iter().collect();
    notices.extend(table.notices(world.icd10()));
    Ok(Answer::Table(Box::new(Reported {
        table: if then.output == "chart" {
            table.chart()
        } else {
            table
        },
        notices,
        // Units are named by the unit table here, whoever reads.
        selection: world.warehouse(&Default::default())?.selection(&question),
        reader,
    })))
}

/// Whose cases a reader sees at a level; `None` = no access.
fn scope(world: &World<'_>, level: Level, reader: Option<&Reader>) -> Option<Scope> {
    match level {
        Level::National => Some(Scope::National),
        Level::Unit => reader.map(Reader::scope),
        Level::Region => {
            let region = reader?.care_provider.clone();
            world.is_region(&region).then_some(Scope::Region { region })
        }
    }
}

fn overview(
    world: &World<'_>,
    then: &Then,
    reader: Option<&Reader>,
    asked: &Asked,
) -> Result<Answer> {
    let scope = reader.map_or(Scope::National, Reader::scope);
    let Some(part) = part(&then.report) else {
        return Ok(Answer::Nothing);
    };
    let policy = Policy::for_scope(&scope, world.threshold);
    let warehouse = world.warehouse(&Default::default())?;
    let overview = warehouse.overview(part, &scope, &asked.filter, world.today, policy)?;
    let notices = overview.notices(asked.dates);
    Ok(Answer::Overview(Box::new(overview), notices))
}

/// The overview part of a report of the kit.
pub(super) fn part(report: &str) -> Option<OverviewPart> {
    Some(match report {
        "oversikt_per_kon" => OverviewPart::Sex,
        "oversikt_diagnos" => OverviewPart::Diagnosis,
        "oversikt_aldersgrupp" => OverviewPart::Age,
        "oversikt_sjukskrivningsgrad" => OverviewPart::Degree,
        "oversikt_sjukskrivningslangd" => OverviewPart::Length,
        "oversikt_sjukskrivningslangd_varden" => OverviewPart::Long,
        "oversikt_per_lan" => OverviewPart::Region,
        "oversikt_andel_kompletteringar" => OverviewPart::Completions,
        _ => return None,
    })
}
