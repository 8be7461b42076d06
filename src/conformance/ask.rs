use anyhow::{Context, Result, bail};
use frisk_warehouse::{
    Error, Level, Overview, OverviewPart, Policy, PublishedTable, Question, Scope, Warehouse,
};

use super::{
    access::{self, Access},
    case::Then,
    needs,
    values::Row,
    world::World,
};

/// What came back for one row's question.
#[derive(Debug)]
pub(super) enum Answer {
    /// A report.
    Table(Box<PublishedTable>),
    /// A part of the overview.
    Overview(Box<Overview>),
    /// Nothing: no access, or the service is busy. The kit writes -1.
    Nothing,
}

/// Asks the warehouse what a row asks.
pub(super) fn ask(
    world: &World<'_>,
    warehouse: &Warehouse,
    then: &Then,
    input: &Row,
) -> Result<Answer> {
    let access = access::of(input, &world.catalogue);
    if let Access::UnknownUser(name) = access {
        bail!("the user {name:?} is not known");
    }
    if then.level == "overview" {
        return overview(world, warehouse, then, access);
    }
    let level = needs::level(&then.level).context("a level that is not known")?;
    let view = needs::view(&then.view).context("a view that is not known")?;
    let Some(scope) = scope(world, level, access) else {
        return Ok(Answer::Nothing);
    };
    let (from, to) = Question::default_range(level, view, world.today);
    let policy = Policy::for_scope(&scope, world.threshold);
    let question = Question {
        report: then.report.clone(),
        scope,
        view,
        from,
        to,
    };
    let table = match warehouse.answer(&question, policy) {
        Err(Error::Busy { .. }) => return Ok(Answer::Nothing),
        other => other?,
    };
    let shown = match then.output.as_str() {
        "chart" => table.chart(),
        _ => table,
    };
    Ok(Answer::Table(Box::new(shown)))
}

/// Whose cases a reader sees at a level; `None` = no access.
fn scope(world: &World<'_>, level: Level, access: Access) -> Option<Scope> {
    match (level, access) {
        (Level::National, _) => Some(Scope::National),
        (Level::Unit, Access::Units(scope)) => Some(scope),
        (Level::Region, Access::Units(Scope::Units { care_provider, .. })) => {
            world.is_region(&care_provider).then_some(Scope::Region {
                region: care_provider,
            })
        }
        _ => None,
    }
}

fn overview(
    world: &World<'_>,
    warehouse: &Warehouse,
    then: &Then,
    access: Access,
) -> Result<Answer> {
    let scope = match access {
        Access::Open => Scope::National,
        Access::Units(scope) => scope,
        _ => return Ok(Answer::Nothing),
    };
    let part = part(&then.report).context("an overview that is not known")?;
    let policy = Policy::for_scope(&scope, world.threshold);
    match warehouse.overview(part, &scope, world.today, policy) {
        Err(Error::Busy { .. }) => Ok(Answer::Nothing),
        other => Ok(Answer::Overview(Box::new(other?))),
    }
}

fn part(report: &str) -> Option<OverviewPart> {
    Some(match report {
        "oversikt_per_kon" => OverviewPart::Sex,
        "oversikt_diagnos" => OverviewPart::Diagnosis,
        "oversikt_aldersgrupp" => OverviewPart::Age,
        "oversikt_sjukskrivningsgrad" => OverviewPart::Degree,
        "oversikt_sjukskrivningslangd" => OverviewPart::Length,
        "oversikt_sjukskrivningslangd_varden" => OverviewPart::Long,
        _ => return None,
    })
}
