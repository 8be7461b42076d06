use frisk_codes::{CertificateType, Text};

use super::report::{
    ALL_LEVELS, BOTH_VIEWS, Count, Denominator, Grouping, Report, ReportInfo, category, name,
};
use crate::{Parity, reports::Context};

/// Types in report order; FK 7263 counts with LISJP, its successor. Source: conformance kit §16.
const ORDER: [CertificateType; 18] = [
    CertificateType::Af00213,
    CertificateType::Af00251,
    CertificateType::Ag114,
    CertificateType::Ag7804,
    CertificateType::Db,
    CertificateType::Doi,
    CertificateType::Lisjp,
    CertificateType::Luse,
    CertificateType::LuaeNa,
    CertificateType::LuaeFs,
    CertificateType::Tstrk1009,
    CertificateType::Tstrk1007,
    CertificateType::Tstrk1031,
    CertificateType::Tstrk1062,
    CertificateType::Fk7210,
    CertificateType::Fk7472,
    CertificateType::Fk3226,
    CertificateType::Fk7809,
];

/// Certificates by type and month of signing. Source: `PEERS.md` §1.1, conformance kit §12.
pub(super) const REPORT: Report = Report {
    info: ReportInfo {
        slug: "intyg_totalt",
        title: Text::new("Intyg per typ", "Certificates by type"),
        definition: Text::new(
            "Antal signerade och inte makulerade läkarintyg per typ, efter den månad då de signerades. FK 7263 räknas med sin efterföljare FK 7804.",
            "Number of certificates signed and not revoked by type, by the month of signing. FK 7263 counts with its successor FK 7804.",
        ),
        levels: ALL_LEVELS,
        views: BOTH_VIEWS,
    },
    grouping: |context| {
        let types = shown(context);
        let categories = types
            .iter()
            .map(|kind| category(kind.code(), name(label(*kind))));
        let place =
            |kind: CertificateType| types.iter().position(|shown| *shown == counted_as(kind));
        Grouping {
            places: CertificateType::ALL
                .map(|kind| place(kind).into_iter().collect())
                .into(),
            ..Grouping::new(
                "certificate_type",
                Text::new("Intygstyp", "Certificate type"),
                categories.collect(),
            )
        }
    },
    count: Count::Certificates(|certificate, at, groups| {
        if !certificate.revoked {
            at.of_kind(certificate.kind)
                .iter()
                .for_each(|group| groups.add(*group));
        }
    }),
    denominator: Denominator::None,
};

fn counted_as(kind: CertificateType) -> CertificateType {
    match kind {
        CertificateType::Fk7263 => CertificateType::Lisjp,
        other => other,
    }
}

/// The types that have come, in report order, others last; LISJP always.
///
/// The peer shows the group of LISJP only when a LISJP has come, so that FK 7263 alone is not seen there.
fn shown(context: &Context<'_>) -> Vec<CertificateType> {
    let come: Vec<CertificateType> = match context.parity {
        Parity::Meant => (context.types().map(counted_as))
            .chain([CertificateType::Lisjp])
            .collect(),
        Parity::Peer => context
            .types()
            .filter(|kind| *kind != CertificateType::Fk7263)
            .collect(),
    };
    let others = CertificateType::ALL
        .into_iter()
        .filter(|kind| !ORDER.contains(kind));
    ORDER
        .into_iter()
        .chain(others)
        .filter(|kind| come.contains(kind))
        .collect()
}

fn label(kind: CertificateType) -> &'static str {
    match kind {
        CertificateType::Lisjp => "FK 7263/7804 Läkarintyg för sjukpenning",
        other => other.name(),
    }
}
