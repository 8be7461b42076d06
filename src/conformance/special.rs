use anyhow::{Result, bail};
use frisk_warehouse::{
    Policy,
    extracts::{
        FollowUp, FollowUpCase, FollowUpChoice, InsurerFigures, LengthBin, MeCfsAge, MeCfsCount,
        MeCfsLengths, MeCfsRemarks, SkaneRow, insurer_figures, median, quantile,
        standard_deviation,
    },
};
use serde_json::{Value, json};

use super::{
    case::Then,
    expect::{not_found, number},
    values::{Row, filled, list, number as whole},
    world::World,
};

/// A special report.
#[derive(Debug)]
pub(super) enum Extract {
    Insurer(InsurerFigures),
    FollowUp(Vec<FollowUpCase>),
    Median(Vec<FollowUpCase>),
    Deviation(Vec<FollowUpCase>),
    Counts(Vec<FollowUpCase>),
    /// `None` = there is no care provider.
    Patients(Option<Vec<MeCfsCount>>),
    Lengths(Vec<MeCfsLengths>, MeCfsRemarks),
    Bins(Vec<LengthBin>),
    Skane(Vec<SkaneRow>),
}

/// The special reports. Source: the kit's §14.
const REPORTS: [&str; 9] = [
    "forsakringskassan",
    "socialstyrelsen",
    "socialstyrelsen_median",
    "socialstyrelsen_standardavvikelse",
    "socialstyrelsen_antal",
    "socialstyrelsen_mecfs1",
    "socialstyrelsen_mecfs2",
    "special_sjukskrivningslangd",
    "special_skane",
];

/// Whether there is such a special report.
pub(super) fn has(report: &str) -> bool {
    REPORTS.contains(&report)
}

/// Asks a special report.
pub(super) fn ask(world: &World<'_>, then: &Then, input: &Row) -> Result<Extract> {
    let warehouse = world.warehouse(&Default::default())?;
    let policy = Policy::Compat {
        threshold: world.threshold,
    };
    let followed = || warehouse.follow_up(&follow_up(world, input), world.today);
    Ok(match then.report.as_str() {
        "forsakringskassan" => {
            let cases = warehouse.insurer_cases(world.today);
            let diagnosis = filled(input, "diagnos").unwrap_or_default();
            let region = filled(input, "län").and_then(|code| code.parse().ok());
            let sex = filled(input, "kön").and_then(|name| sex(&name));
            Extract::Insurer(insurer_figures(
                &cases,
                &diagnosis,
                sex,
                region.unwrap_or_default(),
            ))
        }
        "socialstyrelsen" => Extract::FollowUp(followed()),
        "socialstyrelsen_median" => Extract::Median(followed()),
        "socialstyrelsen_standardavvikelse" => Extract::Deviation(followed()),
        "socialstyrelsen_antal" => Extract::Counts(followed()),
        "socialstyrelsen_mecfs1" => {
            let patients = warehouse.me_cfs_patients(policy);
            Extract::Patients(world.has_certificates().then_some(patients))
        }
        "socialstyrelsen_mecfs2" => {
            let (lengths, remarks) = warehouse.me_cfs_lengths(policy);
            Extract::Lengths(lengths, remarks)
        }
        "special_sjukskrivningslangd" => Extract::Bins(warehouse.length_bins(world.today, policy)),
        "special_skane" => {
            Extract::Skane(warehouse.skane(&["ENHET1", "ENHET2", "ENHET3", "ENHET4"]))
        }
        other => bail!("the special report {other:?} is not known"),
    })
}

/// What a row asks to be followed up.
fn follow_up(world: &World<'_>, input: &Row) -> FollowUp {
    let each = |diagnoses: &[&str]| {
        FollowUpChoice::Each(diagnoses.iter().map(|code| (*code).to_owned()).collect())
    };
    let choice = match input
        .get("bröstcancervariant")
        .map(|variant| variant == true)
    {
        Some(true) => FollowUpChoice::BegunWith("C50".to_owned()),
        Some(false) => each(&["C50"]),
        None => match list(input, "diagnoser") {
            chosen if chosen.is_empty() => each(&FollowUpChoice::USUAL),
            chosen => FollowUpChoice::Each(chosen),
        },
    };
    let usual = FollowUp::last_year(choice, world.today);
    let year = |column: &str| whole(input, column).and_then(|year| i32::try_from(year).ok());
    FollowUp {
        from_year: year("startår").unwrap_or(usual.from_year),
        to_year: year("slutår").unwrap_or(usual.to_year),
        ..usual
    }
}

fn sex(name: &str) -> Option<u8> {
    match name {
        "MALE" => Some(1),
        "FEMALE" => Some(2),
        _ => None,
    }
}

/// What a special report has in an expected column.
pub(super) fn got(extract: &Extract, input: &Row, column: &str) -> Value {
    let found = match extract {
        Extract::Insurer(figures) => insurer(figures, column),
        Extract::FollowUp(cases) => of_diagnosis(cases, input)
            .first()
            .and_then(|case| followed(case, column)),
        Extract::Median(cases) => over_lengths(cases, input, column, median),
        Extract::Deviation(cases) => over_lengths(cases, input, column, standard_deviation),
        Extract::Counts(cases) => counted(&of_diagnosis(cases, input), column),
        Extract::Patients(counts) => counts.as_ref().and_then(|counts| patients(counts, input)),
        Extract::Lengths(lengths, remarks) => me_cfs(lengths, remarks, input, column),
        Extract::Bins(bins) => {
            let wanted = filled(input, "sjukskrivningslängd").unwrap_or_default();
            let bin = bins.iter().find(|bin| bin.label.starts_with(&wanted));
            bin.map(|bin| json!(bin.cases))
        }
        Extract::Skane(rows) => skane(rows, input),
    };
    found.unwrap_or_else(|| not_found(column))
}

fn insurer(figures: &InsurerFigures, column: &str) -> Option<Value> {
    Some(match column {
        "antalsjukfall" => json!(figures.cases),
        "medellängd" => number(figures.mean_days),
        "medianlängd" => number(figures.median_days),
        _ => return None,
    })
}

fn of_diagnosis<'c>(cases: &'c [FollowUpCase], input: &Row) -> Vec<&'c FollowUpCase> {
    let wanted = filled(input, "diagnos").unwrap_or_default();
    cases
        .iter()
        .filter(|case| case.diagnosis == wanted)
        .collect()
}

fn followed(case: &FollowUpCase, column: &str) -> Option<Value> {
    Some(match (column, case.sex) {
        ("kön", 1) => json!("MALE"),
        ("kön", 2) => json!("FEMALE"),
        ("län", _) => json!(format!("{:02}", case.region)),
        ("sjukskrivningslängd", _) => json!(case.days),
        _ => return None,
    })
}

/// Cases of one sex or region, by the column's name.
fn subset<'c>(cases: &[&'c FollowUpCase], column: &str) -> Vec<&'c FollowUpCase> {
    let region: Option<u8> = column
        .strip_prefix("lan")
        .and_then(|code| code.parse().ok());
    let chosen = |case: &&&FollowUpCase| match column {
        "kvinnor" => case.sex == 2,
        "män" => case.sex == 1,
        _ => region.is_none_or(|region| case.region == region),
    };
    cases.iter().filter(chosen).copied().collect()
}

fn over_lengths(
    cases: &[FollowUpCase],
    input: &Row,
    column: &str,
    figure: fn(&[i32]) -> Option<f64>,
) -> Option<Value> {
    let cases = of_diagnosis(cases, input);
    if cases.is_empty() {
        return None;
    }
    let days: Vec<i32> = subset(&cases, column)
        .iter()
        .map(|case| case.days)
        .collect();
    Some(figure(&days).map_or(Value::Null, number))
}

/// Columns of counts by length: beginning of the name, first and last day.
const LENGTHS: [(&str, i32, i32); 7] = [
    ("under 15 Dagar ", 0, 14),
    ("från15Till30Dagar", 15, 30),
    ("från31Till60Dagar", 31, 60),
    ("från61Till90Dagar", 61, 90),
    ("från91Till180Dagar", 91, 180),
    ("från181Till365Dagar", 181, 365),
    ("över365Dagar", 366, i32::MAX),
];

fn counted(cases: &[&FollowUpCase], column: &str) -> Option<Value> {
    if cases.is_empty() {
        return None;
    }
    for (name, from, to) in LENGTHS {
        let sex = match column.strip_prefix(name) {
            Some("K") => 2,
            Some("M") => 1,
            _ => continue,
        };
        let inside = |case: &&&FollowUpCase| case.sex == sex && (from..=to).contains(&case.days);
        return Some(json!(cases.iter().filter(inside).count()));
    }
    Some(json!(subset(cases, column).len()))
}

/// Sex and age group of a row on ME/CFS.
fn sex_and_age(input: &Row) -> Option<(u8, MeCfsAge)> {
    let sex = sex(&filled(input, "kön")?)?;
    Some((sex, MeCfsAge::parse(&filled(input, "åldersgrupp")?)?))
}

fn patients(counts: &[MeCfsCount], input: &Row) -> Option<Value> {
    let (sex, age) = sex_and_age(input)?;
    let year = whole(input, "år")?;
    let same = |row: &&MeCfsCount| (i64::from(row.year), row.sex, row.age) == (year, sex, age);
    Some(json!(
        counts.iter().find(same).map_or(0, |row| row.patients)
    ))
}

fn me_cfs(
    lengths: &[MeCfsLengths],
    remarks: &MeCfsRemarks,
    input: &Row,
    column: &str,
) -> Option<Value> {
    let Some((sex, age)) = sex_and_age(input) else {
        let wanted = filled(input, "åldersgrupp")?;
        return remarks
            .0
            .iter()
            .any(|remark| remark.starts_with(&wanted))
            .then(|| json!(0));
    };
    let days = &lengths
        .iter()
        .find(|row| (row.sex, row.age) == (sex, age))?
        .days;
    let quarter = match column {
        "antal" => return Some(json!(days.len())),
        "q1" => 1,
        "median" => 2,
        "q3" => 3,
        _ => return None,
    };
    quantile(days, quarter, 4).map(number)
}

fn skane(rows: &[SkaneRow], input: &Row) -> Option<Value> {
    let group = filled(input, "grupp")?;
    let unit = filled(input, "enhet")?.to_uppercase();
    let row = rows
        .iter()
        .find(|row| row.unit == unit && row.group.starts_with(&group))?;
    Some(number(row.value))
}
