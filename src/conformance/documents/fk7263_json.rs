//! FK 7263 in its JSON form. Source of the names: `PEERS.md` §4.1.

use frisk_codes::Degree;
use serde_json::{Value, json};

use super::Certificate;

/// The document. There is one slot a degree, so of two periods with one degree the last stays.
pub(super) fn write(certificate: &Certificate) -> String {
    let mut document = json!({
        "id": certificate.id,
        "typ": certificate.kind,
        "grundData": {
            "signeringsdatum": certificate.signed,
            "patient": {"personId": certificate.person},
            "skapadAv": {
                "personId": certificate.doctor,
                "vardenhet": {
                    "enhetsid": certificate.unit,
                    "enhetsnamn": "Enhet",
                    "vardgivare": {"vardgivarid": certificate.care_provider},
                },
            },
        },
        "nuvarandeArbete": true,
    });
    if let Some(code) = &certificate.diagnosis {
        document["diagnosKod"] = json!(code);
        document["diagnosKodsystem1"] = json!("ICD_10_SE");
    }
    for period in &certificate.periods {
        if let Some(degree) = period.degree {
            document[slot(degree)] = days(&period.start, &period.end);
        }
    }
    document.to_string()
}

fn slot(degree: Degree) -> &'static str {
    match degree {
        Degree::Full => "nedsattMed100",
        Degree::ThreeQuarters => "nedsattMed75",
        Degree::Half => "nedsattMed50",
        Degree::Quarter => "nedsattMed25",
    }
}

fn days(start: &str, end: &str) -> Value {
    json!({"from": start, "tom": end})
}
