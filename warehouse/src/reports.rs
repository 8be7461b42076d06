//! The reports: one file each, and the catalogue of them.
//!
//! To add a report, write its file and add its line to `REPORTS`.

mod aldersgrupp;
mod andel_sjukfall_per_kon;
mod context;
mod diagnoses;
mod diagnosgrupp;
mod enskilt_diagnoskapitel;
mod intyg_per_sjukfall;
mod intyg_totalt;
mod jamfor_diagnoser;
mod komplettering_andel_intyg;
mod kompletteringar_per_fraga;
mod lakarbefattning;
mod lakarkonalder;
mod lan;
mod langa_sjukfall;
mod meddelanden_per_lakare;
mod meddelanden_totalt;
mod meddelanden_vardenhet;
mod oversikt_aldersgrupp;
mod report;
mod sjukfall_per_enhet;
mod sjukfall_per_lakare;
mod sjukfall_per_listningar_per_enhet;
mod sjukfall_totalt;
mod sjukskrivningsgrad;
mod sjukskrivningslangd;
mod subjects;
mod units;

pub use diagnosgrupp::grouped as diagnosis_groups;
pub use report::ReportInfo;

pub(crate) use context::Context;
pub(crate) use report::{Count, Denominator, Grouping, Groups, Placing, Report, UnitColumn};

use crate::{Error, PublishedTable};

/// All reports, in the order of the catalogue.
const REPORTS: &[Report] = &[
    sjukfall_totalt::REPORT,
    diagnosgrupp::REPORT,
    enskilt_diagnoskapitel::REPORT,
    jamfor_diagnoser::REPORT,
    aldersgrupp::REPORT,
    sjukskrivningsgrad::REPORT,
    sjukskrivningslangd::REPORT,
    langa_sjukfall::REPORT,
    intyg_per_sjukfall::REPORT,
    sjukfall_per_enhet::REPORT,
    sjukfall_per_listningar_per_enhet::REPORT,
    sjukfall_per_lakare::REPORT,
    lakarkonalder::REPORT,
    lakarbefattning::REPORT,
    intyg_totalt::REPORT,
    meddelanden_totalt::REPORT,
    meddelanden_vardenhet::REPORT,
    meddelanden_per_lakare::REPORT,
    komplettering_andel_intyg::REPORT,
    kompletteringar_per_fraga::REPORT,
    lan::REPORT,
    andel_sjukfall_per_kon::REPORT,
    oversikt_aldersgrupp::REPORT,
];

static CATALOGUE: [ReportInfo; REPORTS.len()] = {
    let mut infos = [REPORTS[0].info; REPORTS.len()];
    let mut i = 0;
    while i < infos.len() {
        infos[i] = REPORTS[i].info;
        i += 1;
    }
    infos
};

/// What reports there are, and at which levels and in which views.
#[must_use]
pub fn catalogue() -> &'static [ReportInfo] {
    &CATALOGUE
}

/// The report of a name.
pub(crate) fn find(slug: &str) -> Result<&'static Report, Error> {
    REPORTS
        .iter()
        .find(|report| report.info.slug == slug)
        .ok_or_else(|| Error::Question {
            what: "report",
            found: slug.to_owned(),
            expected: one_of(REPORTS.iter().map(|report| report.info.slug)),
        })
}

/// The diagnoses that a report is about when its reader has chosen none; empty where it needs none.
#[must_use]
pub fn usual_diagnoses(slug: &str) -> &'static [&'static str] {
    match slug {
        enskilt_diagnoskapitel::SLUG => &["F00-F99"],
        jamfor_diagnoser::SLUG => &["F00-F99", "M00-M99"],
        _ => &[],
    }
}

/// Whether a report shows doctors one by one to those only who have asked for it.
pub(crate) fn is_opt_in(slug: &str) -> bool {
    slug == meddelanden_per_lakare::REPORT.info.slug
}

/// The table as it is drawn: chapters summed into groups, the largest of many diagnoses, no sum beside what it sums.
pub(crate) fn chart(table: &PublishedTable) -> PublishedTable {
    match table.report() {
        enskilt_diagnoskapitel::SLUG => enskilt_diagnoskapitel::largest(table),
        komplettering_andel_intyg::SLUG => table.without("certificate_type", "all"),
        _ => diagnosis_groups(table),
    }
}

/// "one of a, b, c", for errors.
pub(crate) fn one_of<T: ToString>(names: impl Iterator<Item = T>) -> String {
    let names: Vec<String> = names.map(|name| name.to_string()).collect();
    format!("one of {}", names.join(", "))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_report_has_its_own_name_and_a_level_and_a_view() {
        let slugs: HashSet<_> = catalogue().iter().map(|info| info.slug).collect();
        assert_eq!(slugs.len(), catalogue().len());
        for info in catalogue() {
            assert!(
                !info.levels.is_empty() && !info.views.is_empty(),
                "{}",
                info.slug
            );
        }
    }

    #[test]
    fn an_unknown_report_is_told_what_there_is() {
        let error = find("sjukfall").err().map(|e| e.to_string()).unwrap();
        assert!(error.contains("sjukfall_totalt") && error.contains("langa_sjukfall"));
    }
}
