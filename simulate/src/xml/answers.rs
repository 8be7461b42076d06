use frisk_codes::CertificateType;
use frisk_ingest::SickPeriod;

use super::sheet::Sheet;
use crate::documents::{Draft, ICD10_SE, SIDE};

/// The answers (svar) of a certificate. Source: `PEERS.md` §4.2; rules of `lisjp.v1` and `fk7263sit`.
pub(crate) fn write(sheet: &mut Sheet, draft: &Draft) {
    let new = draft.certificate.kind == CertificateType::Lisjp;
    basis(sheet, draft);
    occupation(sheet, draft, new);
    diagnosis(sheet, draft, new);
    sheet.simple(
        "35",
        "35.1",
        "Nedsatt funktion enligt undersökning, simulerad text.",
    );
    sheet.simple(
        "17",
        "17.1",
        "Klarar inte sina vanliga arbetsuppgifter, simulerad text.",
    );
    if new {
        sheet.simple("19", "19.1", "Behandling pågår.");
    }
    for (nth, period) in draft.certificate.periods.iter().enumerate() {
        need(sheet, nth as u32 + 1, period);
    }
    if new {
        work(sheet, draft);
    } else {
        sheet.simple("34", "34.1", "false");
        sheet.simple("27", "27.1", "false");
        sheet.simple("26", "26.1", "false");
    }
}

fn basis(sheet: &mut Sheet, draft: &Draft) {
    for (nth, code) in draft.certificate.based_on.iter().enumerate() {
        sheet.answer("1", nth as u32 + 1);
        sheet.part("1.1", |sheet| sheet.coded(code, "KV_FKMU_0001"));
        sheet.part("1.2", |sheet| {
            sheet.date(draft.certificate.signed_at.date())
        });
        sheet.answered();
    }
}

fn occupation(sheet: &mut Sheet, draft: &Draft, new: bool) {
    let mut working = false;
    for (nth, code) in draft.certificate.occupations.iter().enumerate() {
        sheet.answer("28", if new { nth as u32 + 1 } else { 0 });
        sheet.part("28.1", |sheet| sheet.coded(code, "KV_FKMU_0002"));
        sheet.answered();
        working |= code == "NUVARANDE_ARBETE";
    }
    if working {
        sheet.simple("29", "29.1", "Simulerat yrke");
    }
}

fn diagnosis(sheet: &mut Sheet, draft: &Draft, new: bool) {
    let diagnoses = &draft.certificate.diagnoses;
    sheet.answer("6", 0);
    if new {
        sheet.part("6.1", |sheet| sheet.text(draft.text));
    }
    for (nth, diagnosis) in diagnoses.iter().take(3).enumerate() {
        let (text_part, code_part) = [("6.1", "6.2"), ("6.3", "6.4"), ("6.5", "6.6")][nth];
        if nth > 0 && new {
            let name = SIDE
                .iter()
                .find(|(code, _)| *code == diagnosis.code)
                .map_or("Bidiagnos", |(_, name)| name);
            sheet.part(text_part, |sheet| sheet.text(name));
        }
        sheet.part(code_part, |sheet| sheet.coded(&diagnosis.code, ICD10_SE));
    }
    sheet.answered();
}

fn need(sheet: &mut Sheet, instance: u32, period: &SickPeriod) {
    sheet.answer("32", instance);
    sheet.part("32.1", |sheet| {
        sheet.coded(period.degree.fkmu_code(), "KV_FKMU_0003")
    });
    sheet.part("32.2", |sheet| {
        sheet.raw("<t:datePeriod><t:start>");
        sheet.date(period.start);
        sheet.raw("</t:start><t:end>");
        sheet.date(period.end);
        sheet.raw("</t:end></t:datePeriod>");
    });
    sheet.answered();
}

/// Questions that only LISJP has: working hours, travel, prognosis, measures, contact.
fn work(sheet: &mut Sheet, draft: &Draft) {
    let certificate = &draft.certificate;
    if certificate
        .periods
        .iter()
        .any(|period| period.degree.percent() < 100)
    {
        sheet.simple("33", "33.1", "false");
    }
    sheet.simple("34", "34.1", "false");
    if let Some(prognosis) = &certificate.prognosis {
        sheet.answer("39", 0);
        sheet.part("39.1", |sheet| sheet.coded(&prognosis.code, "KV_FKMU_0006"));
        if let Some(days) = prognosis.days {
            sheet.part("39.3", |sheet| sheet.coded(days_code(days), "KV_FKMU_0007"));
        }
        sheet.answered();
    }
    for (nth, code) in certificate.measures.iter().enumerate() {
        sheet.answer("40", nth as u32 + 1);
        sheet.part("40.1", |sheet| sheet.coded(code, "KV_FKMU_0004"));
        sheet.answered();
    }
    if certificate
        .measures
        .iter()
        .any(|code| code != "EJ_AKTUELLT")
    {
        sheet.simple(
            "44",
            "44.1",
            "Planeras tillsammans med arbetsgivaren, simulerad text.",
        );
    }
    sheet.simple("26", "26.1", "false");
}

/// KV_FKMU_0007.
fn days_code(days: i32) -> &'static str {
    match days {
        ..=30 => "TRETTIO_DGR",
        31..=60 => "SEXTIO_DGR",
        61..=90 => "NITTIO_DGR",
        91..=180 => "HUNDRAATTIO_DAGAR",
        _ => "TREHUNDRASEXTIOFEM_DAGAR",
    }
}
