use frisk_codes::CertificateType;
use frisk_ingest::Certificate;

use crate::rng::Stream;

/// A fault that a document is sent with; it must be rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// The document ends in the middle.
    CutOff,
    /// A personal number of eleven digits (XSD).
    ShortPersonNumber,
    /// A signing time without its time (XSD).
    BadTimestamp,
    /// No unit (XSD).
    NoUnit,
    /// No diagnosis.
    NoDiagnosis,
    /// A diagnosis code of more than five characters.
    LongDiagnosisCode,
    /// A diagnosis code without its digits.
    NoCodeDigits,
    /// A degree that the value set does not have.
    UnknownDegree,
    /// A period that ends before it starts.
    BackwardPeriod,
    /// Two periods that overlap.
    OverlappingPeriods,
    /// No need of sick leave at all.
    NoPeriods,
    /// No prognosis.
    NoPrognosis,
    /// A prognosis in days without the days.
    PrognosisWithoutDays,
    /// "Not applicable" together with a measure.
    MeasuresContradict,
    /// A present occupation that is not described.
    NoOccupationText,
    /// An answer to a question that does not exist.
    UnknownQuestion,
    /// What it is based on, without a date.
    BasisWithoutDate,
    /// An empty description.
    EmptyText,
}

const LISJP: [Fault; 18] = [
    Fault::CutOff,
    Fault::ShortPersonNumber,
    Fault::BadTimestamp,
    Fault::NoUnit,
    Fault::NoDiagnosis,
    Fault::LongDiagnosisCode,
    Fault::NoCodeDigits,
    Fault::UnknownDegree,
    Fault::BackwardPeriod,
    Fault::OverlappingPeriods,
    Fault::NoPeriods,
    Fault::NoPrognosis,
    Fault::PrognosisWithoutDays,
    Fault::MeasuresContradict,
    Fault::NoOccupationText,
    Fault::UnknownQuestion,
    Fault::BasisWithoutDate,
    Fault::EmptyText,
];

/// FK 7263 has few rules (`fk7263sit`).
const FK7263: [Fault; 6] = [
    Fault::CutOff,
    Fault::ShortPersonNumber,
    Fault::BadTimestamp,
    Fault::NoUnit,
    Fault::UnknownDegree,
    Fault::NoPeriods,
];

impl Fault {
    /// A fault that this certificate can have.
    pub(crate) fn pick(certificate: &Certificate, rng: &mut Stream) -> Option<Self> {
        let faults: &[Self] = if certificate.kind == CertificateType::Lisjp {
            &LISJP
        } else {
            &FK7263
        };
        let working = certificate
            .occupations
            .iter()
            .any(|code| code == "NUVARANDE_ARBETE");
        // The rule compares with `lt`, so that a period of one day never overlaps itself.
        let one_day = certificate
            .periods
            .first()
            .is_none_or(|period| period.start == period.end);
        let drawn = *rng.pick(faults);
        let possible = match drawn {
            Self::NoOccupationText => working,
            Self::OverlappingPeriods => !one_day,
            _ => true,
        };
        Some(if possible { drawn } else { Self::EmptyText })
    }

    /// Which rules it breaks: `xml`, `xsd`, or the schematron pattern of `lisjp.v1` or `fk7263sit`.
    #[must_use]
    pub fn rule_family(self) -> &'static str {
        match self {
            Self::CutOff => "xml",
            Self::ShortPersonNumber | Self::BadTimestamp | Self::NoUnit => "xsd",
            Self::NoDiagnosis | Self::NoPeriods | Self::NoPrognosis | Self::UnknownQuestion => {
                "intyg"
            }
            Self::LongDiagnosisCode | Self::NoCodeDigits => "q6.2",
            Self::UnknownDegree => "q32.1",
            Self::BackwardPeriod => "q32.2",
            Self::OverlappingPeriods => "q32",
            Self::PrognosisWithoutDays => "q39.1-39.3",
            Self::MeasuresContradict => "q40",
            Self::NoOccupationText => "q28.1-q29",
            Self::BasisWithoutDate => "q1",
            Self::EmptyText => "q35.1",
        }
    }

    /// The document with this fault, made from the same document without.
    pub(crate) fn spoil(self, document: &str) -> String {
        match self {
            Self::CutOff => document
                .chars()
                .take(document.chars().count() * 2 / 3)
                .collect(),
            Self::ShortPersonNumber => {
                inside(document, "<p:person-id>", "<t:extension>", |number| {
                    number[1..].to_owned()
                })
            }
            Self::BadTimestamp => inside(document, "", "<p:signeringstidpunkt>", |time| {
                time[..10].to_owned()
            }),
            Self::NoUnit => without(document, "<p:enhet>", "</p:enhet>"),
            Self::NoDiagnosis => without_answer(document, "6"),
            Self::LongDiagnosisCode => {
                inside(document, "<p:delsvar id=\"6.2\">", "<t:code>", |code| {
                    format!("{code:X<6}")
                })
            }
            Self::NoCodeDigits => inside(document, "<p:delsvar id=\"6.2\">", "<t:code>", |code| {
                code[..1].to_owned()
            }),
            Self::UnknownDegree => inside(document, "<p:delsvar id=\"32.1\">", "<t:code>", |_| {
                "NASTAN_HELT".to_owned()
            }),
            Self::BackwardPeriod => inside(document, "<t:datePeriod>", "<t:end>", |_| {
                "2011-01-01".to_owned()
            }),
            Self::OverlappingPeriods => {
                document.replacen("<p:svar id=\"32\">", &overlapping(document), 1)
            }
            Self::NoPeriods => {
                let mut rest = document.to_owned();
                while rest.contains("<p:svar id=\"32\">") {
                    rest = without_answer(&rest, "32");
                }
                rest
            }
            Self::NoPrognosis => without_answer(document, "39"),
            Self::PrognosisWithoutDays => {
                let stated = inside(document, "<p:delsvar id=\"39.1\">", "<t:code>", |_| {
                    "ATER_X_ANTAL_DGR".to_owned()
                });
                without(&stated, "<p:delsvar id=\"39.3\">", "</p:delsvar>")
            }
            Self::MeasuresContradict => document.replacen("<p:svar id=\"40\">", CONTRADICTION, 1),
            Self::NoOccupationText => without_answer(document, "29"),
            Self::UnknownQuestion => document.replacen(
                "<p:svar id=\"17\">",
                "<p:svar id=\"2\"><p:delsvar id=\"2.1\">x</p:delsvar></p:svar><p:svar id=\"17\">",
                1,
            ),
            Self::BasisWithoutDate => without(document, "<p:delsvar id=\"1.2\">", "</p:delsvar>"),
            Self::EmptyText => inside(document, "", "<p:delsvar id=\"35.1\">", |_| " ".to_owned()),
        }
    }
}

/// Both a measure and "not applicable", before whatever the document has.
const CONTRADICTION: &str = "<p:svar id=\"40\"><p:instans>8</p:instans><p:delsvar id=\"40.1\"><t:cv><t:code>EJ_AKTUELLT</t:code>\
<t:codeSystem>KV_FKMU_0004</t:codeSystem></t:cv></p:delsvar></p:svar><p:svar id=\"40\"><p:instans>9</p:instans>\
<p:delsvar id=\"40.1\"><t:cv><t:code>ARBETSTRANING</t:code><t:codeSystem>KV_FKMU_0004</t:codeSystem></t:cv></p:delsvar></p:svar>\
<p:svar id=\"40\">";

/// The document's first period again with another degree, before the first one.
fn overlapping(document: &str) -> String {
    let period = between(document, "<t:datePeriod>", "</t:datePeriod>");
    let degree = between(
        document,
        "<p:delsvar id=\"32.1\"><t:cv><t:code>",
        "</t:code>",
    );
    let other = if degree == "EN_FJARDEDEL" {
        "HELT_NEDSATT"
    } else {
        "EN_FJARDEDEL"
    };
    format!(
        "<p:svar id=\"32\"><p:instans>9</p:instans><p:delsvar id=\"32.1\"><t:cv><t:code>{other}</t:code>\
         <t:codeSystem>KV_FKMU_0003</t:codeSystem></t:cv></p:delsvar><p:delsvar id=\"32.2\"><t:datePeriod>{period}\
         </t:datePeriod></p:delsvar></p:svar><p:svar id=\"32\">"
    )
}

/// The text from just after the first `open` to the next `close`; empty if there is none.
fn between<'a>(document: &'a str, open: &str, close: &str) -> &'a str {
    let Some(from) = document.find(open).map(|at| at + open.len()) else {
        return "";
    };
    document[from..]
        .find(close)
        .map_or("", |length| &document[from..from + length])
}

/// The document with the text of the first element `open` after `anchor` changed.
fn inside(document: &str, anchor: &str, open: &str, change: impl Fn(&str) -> String) -> String {
    let Some(anchored) = document.find(anchor) else {
        return document.to_owned();
    };
    let Some(from) = document[anchored..]
        .find(open)
        .map(|at| anchored + at + open.len())
    else {
        return document.to_owned();
    };
    let length = document[from..].find('<').unwrap_or(0);
    format!(
        "{}{}{}",
        &document[..from],
        change(&document[from..from + length]),
        &document[from + length..]
    )
}

fn without_answer(document: &str, id: &str) -> String {
    without(document, &format!("<p:svar id=\"{id}\">"), "</p:svar>")
}

/// The document without the first stretch from `open` to the end of the next `close`.
fn without(document: &str, open: &str, close: &str) -> String {
    let Some(from) = document.find(open) else {
        return document.to_owned();
    };
    let until = document[from..]
        .find(close)
        .map_or(document.len(), |at| from + at + close.len());
    format!("{}{}", &document[..from], &document[until..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_where_they_should() {
        let document = "<a><p:person-id><t:extension>198112189876</t:extension></p:person-id></a>";
        assert!(
            Fault::ShortPersonNumber
                .spoil(document)
                .contains("<t:extension>98112189876</t:extension>")
        );
        assert_eq!(without("x<a>1</a>y<a>2</a>", "<a>", "</a>"), "xy<a>2</a>");
        assert_eq!(between("<a>1</a>", "<a>", "</a>"), "1");
    }
}
