use frisk_codes::{CertificateType, Text};

use super::report::{
    ALL_LEVELS, BOTH_VIEWS, Count, Denominator, Grouping, Report, ReportInfo, category, name,
};

/// Types that Försäkringskassan asks completions of, in report order. Source: conformance kit §16.
const ORDER: [CertificateType; 7] = [
    CertificateType::Lisjp,
    CertificateType::Luse,
    CertificateType::LuaeNa,
    CertificateType::LuaeFs,
    CertificateType::Fk7472,
    CertificateType::Fk3226,
    CertificateType::Fk7809,
];

/// Share of sent certificates that a completion was asked of. Source: `PEERS.md` §1.1, conformance kit §12.
pub(super) const REPORT: Report = Report {
    info: ReportInfo {
        slug: SLUG,
        title: Text::new(
            "Andel kompletteringar",
            "Share of certificates with a completion request",
        ),
        definition: Text::new(
            "Andel av de läkarintyg som har skickats till Försäkringskassan som minst en begäran om komplettering gäller, i hela procent nedåt, efter den månad då intyget signerades. Makulerade intyg räknas med, FK 7263 räknas inte.",
            "Share of the certificates sent to Försäkringskassan that at least one completion request is about, in whole percent rounded down, by the month in which the certificate was signed. Revoked certificates count, FK 7263 does not.",
        ),
        levels: ALL_LEVELS,
        views: BOTH_VIEWS,
    },
    grouping: |_| {
        let types = ORDER.map(|kind| category(kind.code(), name(kind.name())));
        let place = |kind| ORDER.iter().position(|known| *known == kind);
        Grouping {
            places: CertificateType::ALL
                .map(|kind| place(kind).into_iter().collect())
                .into(),
            ..Grouping::new(
                "certificate_type",
                Text::new("Intygstyp", "Certificate type"),
                types.into(),
            )
        }
    },
    count: Count::Certificates(|certificate, at, groups| {
        if !certificate.sent || !at.context.counts_messages_on(certificate.kind) {
            return;
        }
        for group in at.of_kind(certificate.kind) {
            groups.add(group * 2);
            if certificate.completion {
                groups.add(group * 2 + 1);
            }
        }
    }),
    denominator: Denominator::Whole,
};

/// Name of the report.
pub(super) const SLUG: &str = "komplettering_andel_intyg";
