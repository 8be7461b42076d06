//! RegisterCertificate v3, written from the contract: FK 7263 and LISJP with their questions, other types without.

use std::fmt::Write;

use super::{
    Certificate, Period,
    forms::{self, Answer},
    xml::{certificate_id, escape, person_id, staff},
};

/// OID of ICD-10-SE.
const ICD_10_SE: &str = "1.2.752.116.1.1.1.1.3";

/// The document.
pub(super) fn write(certificate: &Certificate) -> String {
    let (version, answers) = match certificate.kind.to_ascii_uppercase().as_str() {
        "LISJP" => ("1.0", lisjp(certificate)),
        "AG7804" => {
            let mut answers = lisjp(certificate);
            answer(&mut answers, "100", None, &part("100.1", "true"));
            ("1.0", answers)
        }
        "FK7263" => ("1.0", fk7263(certificate)),
        kind => {
            let (version, questions) = forms::of(kind);
            (version, form(certificate, questions))
        }
    };
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<r:RegisterCertificate xmlns:r="urn:riv:clinicalprocess:healthcond:certificate:RegisterCertificateResponder:3" xmlns:c="urn:riv:clinicalprocess:healthcond:certificate:3" xmlns:t="urn:riv:clinicalprocess:healthcond:certificate:types:3"><r:intyg>{id}<c:typ><t:code>{kind}</t:code><t:codeSystem>b64ea353-e8f6-4832-b563-fc7d46f29548</t:codeSystem></c:typ><c:version>{version}</c:version><c:signeringstidpunkt>{signed}</c:signeringstidpunkt><c:skickatTidpunkt>{signed}</c:skickatTidpunkt><c:patient>{person}<c:fornamn>Test</c:fornamn><c:efternamn>Testsson</c:efternamn><c:postadress>Gatan 1</c:postadress><c:postnummer>12345</c:postnummer><c:postort>Orten</c:postort></c:patient><c:skapadAv>{staff}</c:skapadAv>{answers}</r:intyg></r:RegisterCertificate>
"#,
        id = certificate_id("c:intygs-id", certificate),
        kind = escape(&certificate.kind),
        signed = escape(&certificate.signed),
        person = person_id("c:person-id", &certificate.person),
        staff = staff(certificate),
    )
}

/// FK 7263: diagnosis and periods; the form asks more, its rules do not.
fn fk7263(certificate: &Certificate) -> String {
    let mut out = diagnosis(certificate);
    periods(certificate, &mut out);
    out
}

/// LISJP: every block that the form requires.
fn lisjp(certificate: &Certificate) -> String {
    let mut out = String::new();
    let signed_day = certificate.signed.get(..10).unwrap_or_default();
    let basis = cv("1.1", "KV_FKMU_0001", "UNDERSOKNING") + &part("1.2", &escape(signed_day));
    answer(&mut out, "1", Some(1), &basis);
    answer(
        &mut out,
        "28",
        Some(1),
        &cv("28.1", "KV_FKMU_0002", "NUVARANDE_ARBETE"),
    );
    answer(&mut out, "29", None, &part("29.1", "Arbete"));
    out.push_str(&diagnosis(certificate));
    answer(
        &mut out,
        "35",
        None,
        &part("35.1", &escape(&certificate.impairment)),
    );
    answer(
        &mut out,
        "17",
        None,
        &part("17.1", &escape(&certificate.limitation)),
    );
    periods(certificate, &mut out);
    let full = |period: &Period| period.degree == Some(frisk_codes::Degree::Full);
    if !certificate.periods.iter().all(full) {
        answer(&mut out, "33", None, &part("33.1", "false"));
    }
    answer(
        &mut out,
        "39",
        None,
        &cv("39.1", "KV_FKMU_0006", "STOR_SANNOLIKHET"),
    );
    answer(
        &mut out,
        "40",
        Some(1),
        &cv("40.1", "KV_FKMU_0004", "EJ_AKTUELLT"),
    );
    out
}

/// The answers to another form.
fn form(certificate: &Certificate, questions: &[forms::Question]) -> String {
    let day = escape(certificate.signed.get(..10).unwrap_or_default());
    let mut out = String::new();
    for (question, numbered, parts) in questions {
        let parts: String = (parts.iter())
            .map(|(id, value)| match value {
                Answer::Text(text) => part(id, text),
                Answer::Day => part(id, &day),
                Answer::Code(system, code) => cv(id, system, code),
                Answer::Diagnosis => match &certificate.diagnosis {
                    Some(code) => cv(id, ICD_10_SE, &escape(code)),
                    None => String::new(),
                },
                Answer::Percent => part(id, "<t:pq><t:value>50.0</t:value><t:unit>%</t:unit></t:pq>"),
                Answer::Period => part(id, &days(&day, &day)),
                Answer::Year => part(
                    id,
                    "<t:partialDate><t:format>YYYY</t:format><t:value>1990</t:value></t:partialDate>",
                ),
            })
            .collect();
        answer(&mut out, question, numbered.then_some(1), &parts);
    }
    out
}

fn diagnosis(certificate: &Certificate) -> String {
    let mut out = String::new();
    if let Some(code) = &certificate.diagnosis {
        let parts = part("6.1", "Diagnos") + &cv("6.2", ICD_10_SE, &escape(code));
        answer(&mut out, "6", None, &parts);
    }
    out
}

fn periods(certificate: &Certificate, out: &mut String) {
    for (index, period) in certificate.periods.iter().enumerate() {
        let degree = period.degree.map_or("OKÄND", |degree| degree.fkmu_code());
        let days = days(&escape(&period.start), &escape(&period.end));
        let parts = cv("32.1", "KV_FKMU_0003", degree) + &part("32.2", &days);
        answer(out, "32", Some(index + 1), &parts);
    }
}

fn days(start: &str, end: &str) -> String {
    format!("<t:datePeriod><t:start>{start}</t:start><t:end>{end}</t:end></t:datePeriod>")
}

fn answer(out: &mut String, question: &str, instance: Option<usize>, parts: &str) {
    let _ = write!(out, r#"<c:svar id="{question}">"#);
    if let Some(instance) = instance {
        let _ = write!(out, "<c:instans>{instance}</c:instans>");
    }
    let _ = write!(out, "{parts}</c:svar>");
}

fn part(id: &str, content: &str) -> String {
    format!(r#"<c:delsvar id="{id}">{content}</c:delsvar>"#)
}

fn cv(id: &str, system: &str, code: &str) -> String {
    part(
        id,
        &format!("<t:cv><t:code>{code}</t:code><t:codeSystem>{system}</t:codeSystem></t:cv>"),
    )
}
