use frisk_codes::Text;

use super::report::{
    ALL_LEVELS, BOTH_VIEWS, Count, Denominator, Grouping, Report, ReportInfo, category,
};
use crate::Label;

/// Most certificates that have a group of their own.
const MOST: usize = 10;

/// Cases by number of certificates. Source: conformance kit §7 and §12.
pub(super) const REPORT: Report = Report {
    info: ReportInfo {
        slug: "intyg_per_sjukfall",
        title: Text::new("Intyg per sjukfall", "Certificates per sick case"),
        definition: Text::new(
            "Antal sjukfall per antal läkarintyg i sjukfallet under perioden.",
            "Number of sick cases by the number of certificates in the case during the period.",
        ),
        levels: ALL_LEVELS,
        views: BOTH_VIEWS,
    },
    grouping: |_| {
        let mut groups: Vec<_> = (1..=MOST)
            .map(|n| {
                let label = Label {
                    sv: format!("{n} intyg"),
                    en: format!("{n} certificate{}", if n == 1 { "" } else { "s" }),
                };
                category(&n.to_string(), label)
            })
            .collect();
        let over = Text::new("Över 10 intyg", "Over 10 certificates");
        groups.push(category("11-", over));
        Grouping::new(
            "certificates",
            Text::new("Antal intyg", "Certificates"),
            groups,
        )
    },
    count: Count::CasesByCertificates(|case, _, groups| {
        groups.add(case.certificates().clamp(1, MOST + 1) - 1);
    }),
    denominator: Denominator::None,
};
