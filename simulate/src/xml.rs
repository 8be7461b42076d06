//! Documents as RegisterCertificate 3.1 and RevokeCertificate 2, written by hand for speed.

mod answers;
mod sheet;

use frisk_codes::CertificateType;

use crate::documents::Draft;
use sheet::Sheet;

/// Everybody lives and works there.
const TOWN: &str = "Exempelstad";

const PARTS: &str = "urn:riv:clinicalprocess:healthcond:certificate:3";
const TYPES: &str = "urn:riv:clinicalprocess:healthcond:certificate:types:3";

/// The document of a draft, with its fault if it has one.
pub(crate) fn register(draft: &Draft) -> String {
    let mut sheet = Sheet::new();
    sheet.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<r:RegisterCertificate xmlns:r=\"urn:riv:clinicalprocess:healthcond:certificate:RegisterCertificateResponder:3\" xmlns:p=\"");
    sheet.raw(PARTS);
    sheet.raw("\" xmlns:t=\"");
    sheet.raw(TYPES);
    sheet.raw("\">\n<r:intyg>\n");
    head(&mut sheet, draft);
    answers::write(&mut sheet, draft);
    sheet.raw("</r:intyg>\n</r:RegisterCertificate>\n");
    let document = sheet.into_text();
    match draft.fault {
        Some(fault) => fault.spoil(&document),
        None => document,
    }
}

/// The document that revokes a draft; `None` if it is not revoked.
pub(crate) fn revoke(draft: &Draft) -> Option<String> {
    let revoked_at = draft.revoked_at?;
    let certificate = &draft.certificate;
    let mut sheet = Sheet::new();
    sheet.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<r:RevokeCertificate xmlns:r=\"urn:riv:clinicalprocess:healthcond:certificate:RevokeCertificateResponder:2\" xmlns:p=\"");
    sheet.raw(PARTS);
    sheet.raw("\" xmlns:t=\"");
    sheet.raw(TYPES);
    sheet.raw("\">\n<r:meddelande>Utfärdat av misstag</r:meddelande>\n<r:skickatTidpunkt>");
    sheet.time(revoked_at);
    sheet.raw("</r:skickatTidpunkt>\n<r:intygs-id>");
    sheet.root_and_extension(&certificate.signer.unit_id, &certificate.id);
    sheet.raw("</r:intygs-id>\n<r:patientPerson-id>");
    sheet.root_and_extension("1.2.752.129.2.1.3.1", &certificate.patient.number);
    sheet.raw("</r:patientPerson-id>\n<r:skickatAv>");
    staff(&mut sheet, draft);
    sheet.raw("</r:skickatAv>\n</r:RevokeCertificate>\n");
    Some(sheet.into_text())
}

fn head(sheet: &mut Sheet, draft: &Draft) {
    let certificate = &draft.certificate;
    sheet.raw("<p:intygs-id>");
    sheet.root_and_extension(&certificate.signer.unit_id, &certificate.id);
    sheet.raw("</p:intygs-id>\n<p:typ>");
    if certificate.kind == CertificateType::Lisjp {
        sheet.raw("<t:code>LISJP</t:code><t:codeSystem>b64ea353-e8f6-4832-b563-fc7d46f29548</t:codeSystem><t:displayName>Läkarintyg för sjukpenning</t:displayName>");
    } else {
        sheet.raw("<t:code>FK7263</t:code><t:codeSystem>f6fb361a-e31d-48b8-8657-99b63912dd9b</t:codeSystem><t:displayName>Läkarintyg FK 7263</t:displayName>");
    }
    sheet.raw("</p:typ>\n<p:version>");
    sheet.raw(&certificate.version);
    sheet.raw("</p:version>\n<p:signeringstidpunkt>");
    sheet.time(certificate.signed_at);
    sheet.raw("</p:signeringstidpunkt>\n<p:skickatTidpunkt>");
    sheet.time(certificate.sent_at.unwrap_or(certificate.signed_at));
    sheet.raw("</p:skickatTidpunkt>\n<p:patient>\n<p:person-id>");
    sheet.root_and_extension("1.2.752.129.2.1.3.1", &certificate.patient.number);
    sheet.raw("</p:person-id>\n<p:fornamn>Syntetisk</p:fornamn><p:efternamn>Person</p:efternamn><p:postadress>Påhittad väg 1</p:postadress><p:postnummer>00000</p:postnummer><p:postort>");
    sheet.raw(TOWN);
    sheet.raw("</p:postort>\n</p:patient>\n<p:skapadAv>\n");
    staff(sheet, draft);
    sheet.raw("</p:skapadAv>\n");
    for relation in &certificate.relations {
        sheet.raw("<p:relation><p:typ><t:code>");
        sheet.raw(&relation.kind);
        sheet.raw("</t:code><t:codeSystem>c2362fcd-eda0-4f9a-bd13-b3bbaf7f2146</t:codeSystem></p:typ><p:intygs-id>");
        sheet.root_and_extension(&certificate.signer.unit_id, &relation.certificate_id);
        sheet.raw("</p:intygs-id></p:relation>\n");
    }
}

fn staff(sheet: &mut Sheet, draft: &Draft) {
    const HSA: &str = "1.2.752.129.2.1.4.1";
    let signer = &draft.certificate.signer;
    sheet.raw("<p:personal-id>");
    sheet.root_and_extension(HSA, &signer.doctor_id);
    sheet.raw("</p:personal-id>\n<p:fullstandigtNamn>Syntetisk Läkare</p:fullstandigtNamn>\n<p:forskrivarkod>0000000</p:forskrivarkod>\n");
    for position in &signer.positions {
        sheet.raw("<p:befattning><t:code>");
        sheet.raw(position);
        sheet.raw("</t:code><t:codeSystem>1.2.752.129.2.2.1.4</t:codeSystem></p:befattning>\n");
    }
    sheet.raw("<p:enhet>\n<p:enhets-id>");
    sheet.root_and_extension(HSA, &signer.unit_id);
    sheet.raw("</p:enhets-id>\n<p:arbetsplatskod>");
    sheet.root_and_extension("1.2.752.29.4.71", "0000000000");
    sheet.raw("</p:arbetsplatskod>\n<p:enhetsnamn>");
    sheet.text(&signer.unit_name);
    sheet.raw("</p:enhetsnamn><p:postadress>Påhittad gata 2</p:postadress><p:postnummer>00000</p:postnummer><p:postort>");
    sheet.raw(TOWN);
    sheet.raw("</p:postort><p:telefonnummer>000-000000</p:telefonnummer>\n<p:vardgivare><p:vardgivare-id>");
    sheet.root_and_extension(HSA, &signer.care_provider_id);
    sheet.raw("</p:vardgivare-id><p:vardgivarnamn>");
    sheet.text(&signer.care_provider_name);
    sheet.raw("</p:vardgivarnamn></p:vardgivare>\n</p:enhet>\n");
}

#[cfg(test)]
mod tests {
    use frisk_ingest::{Document, Outcome, Verdict, read};

    use super::{register, revoke};
    use crate::lots::Lots;
    use crate::plan::Plan;
    use crate::world::World;

    #[test]
    fn ingest_reads_back_what_was_written_and_rejects_every_fault() {
        let plan = Plan {
            people: 4_000,
            years: 9,
            fault_rate: 0.1,
            revoke_rate: 0.05,
            ..Plan::default()
        };
        let world = World::new(&plan).unwrap();
        let lives = world.lives(0..plan.people, false, &mut Lots::Free);
        let papers = lives.iter().flat_map(|life| world.told(life).0);
        let (mut sound, mut faulty, mut revoked) = (0, std::collections::BTreeMap::new(), 0);
        for draft in papers.flat_map(|paper| paper.drafts) {
            let reading = read(&Document::new("test", register(&draft).into_bytes()), None);
            if let Some(fault) = draft.fault {
                assert_eq!(reading.verdict(), Verdict::Rejected, "{fault:?}");
                let rules: Vec<&str> = reading
                    .faults
                    .iter()
                    .map(|fault| fault.rule.as_ref())
                    .collect();
                let family = fault.rule_family();
                assert!(
                    rules.iter().any(|rule| rule.contains(family)),
                    "{fault:?}: {family} not in {rules:?}"
                );
                *faulty.entry(format!("{fault:?}")).or_insert(0) += 1;
                continue;
            }
            let Outcome::Certificate(certificate) = reading.outcome else {
                panic!("{:?}", reading.faults)
            };
            assert_eq!(*certificate, draft.certificate);
            sound += 1;
            if let Some(text) = revoke(&draft) {
                let Outcome::Revocation(revocation) =
                    read(&Document::new("test", text.into_bytes()), None).outcome
                else {
                    panic!("no revocation")
                };
                assert_eq!(revocation.certificate_id, draft.certificate.id);
                assert_eq!(revocation.number, draft.certificate.patient.number);
                assert_eq!(Some(revocation.sent_at), draft.revoked_at);
                revoked += 1;
            }
        }
        assert!(sound > 5_000 && revoked > 200, "{sound} {revoked}");
        assert_eq!(faulty.len(), 18, "{faulty:?}");
    }
}
