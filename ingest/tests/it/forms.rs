//! Certificates of every form and type: what they say, and that only two types make sick cases.

use frisk_codes::{CertificateType, Degree};
use frisk_ingest::{Certificate, Format, Outcome, Reduction, SickPeriod, Verdict};

use crate::documents::{
    CERTIFICATE_V1, FK7263_JSON, LISJP, LISJP_JSON, MU7263, TS_BAS, certificate, edit, read_text,
    without,
};

/// A LISJP document with another type and other answers.
fn typed(code: &str, answers: &str) -> String {
    let (head, _) = LISJP.split_once("    <c:svar").unwrap();
    let head = edit(head, ">LISJP<", &format!(">{code}<"));
    format!("{head}{answers}</r:intyg></r:RegisterCertificate>")
}

fn code(part: &str, code: &str, system: &str) -> String {
    format!(
        "<c:delsvar id=\"{part}\"><t:cv><t:code>{code}</t:code><t:codeSystem>{system}</t:codeSystem></t:cv></c:delsvar>"
    )
}

const ICD: &str = "1.2.752.116.1.1.1.1.3";

fn ag114() -> String {
    let answers = [
        "<c:svar id=\"10\"><c:instans>1</c:instans>",
        &code("10.1", "UNDERSOKNING", "KV_FKMU_0001"),
        "<c:delsvar id=\"10.2\">2025-03-10</c:delsvar></c:svar>",
        "<c:svar id=\"1\"><c:instans>1</c:instans>",
        &code("1.1", "NUVARANDE_ARBETE", "KV_FKMU_0002"),
        "</c:svar><c:svar id=\"2\"><c:delsvar id=\"2.1\">Snickare</c:delsvar></c:svar>",
        "<c:svar id=\"3\"><c:delsvar id=\"3.1\">true</c:delsvar></c:svar>",
        "<c:svar id=\"4\"><c:instans>1</c:instans><c:delsvar id=\"4.1\">Arm</c:delsvar>",
        &code("4.2", "S47", ICD),
        "</c:svar><c:svar id=\"4\"><c:instans>2</c:instans><c:delsvar id=\"4.1\">Hand</c:delsvar>",
        &code("4.2", "S60", ICD),
        "</c:svar><c:svar id=\"5\"><c:delsvar id=\"5.1\">Halva dagar</c:delsvar></c:svar>",
        "<c:svar id=\"6\"><c:delsvar id=\"6.1\">false</c:delsvar></c:svar>",
        "<c:svar id=\"7\"><c:delsvar id=\"7.1\"><t:pq><t:value>70.0</t:value><t:unit>%</t:unit></t:pq></c:delsvar>",
        "<c:delsvar id=\"7.2\"><t:datePeriod><t:start>2025-03-10</t:start><t:end>2025-03-14</t:end></t:datePeriod></c:delsvar></c:svar>",
    ];
    typed("AG1-14", &answers.concat())
}

fn head_is_told(c: &Certificate) {
    assert_eq!(c.patient.number, "198112289874");
    let s = &c.signer;
    assert_eq!(
        (
            s.doctor_id.as_str(),
            s.unit_id.as_str(),
            s.care_provider_id.as_str()
        ),
        ("SE5560000000-L1", "SE5560000000-E1", "SE5560000000-V1")
    );
    assert_eq!(
        (s.unit_name.as_str(), s.care_provider_name.as_str()),
        ("Påhittad vårdcentral", "Påhittad vårdgivare")
    );
}

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

#[test]
fn ag114_has_any_percentage_and_no_degree() {
    let c = certificate(&ag114());
    head_is_told(&c);
    assert_eq!(c.kind, CertificateType::Ag114);
    let codes: Vec<&str> = c.diagnoses.iter().map(|d| d.code.as_str()).collect();
    assert_eq!(codes, ["S47", "S60"]);
    assert_eq!(
        (c.occupations, c.based_on),
        (
            vec!["NUVARANDE_ARBETE".to_owned()],
            vec!["UNDERSOKNING".to_owned()]
        )
    );
    let reduction = Reduction {
        start: day("2025-03-10"),
        end: day("2025-03-14"),
        percent: 70,
    };
    assert_eq!((c.reductions, c.periods), (vec![reduction], Vec::new()));
}

#[test]
fn types_without_a_form_of_ours_have_their_head() {
    for kind in CertificateType::ALL {
        let answer = "<c:svar id=\"1\"><c:delsvar id=\"1.1\">x</c:delsvar></c:svar>";
        let reading = read_text(&typed(kind.code(), answer));
        assert_eq!(reading.certificate_type.as_deref(), Some(kind.code()));
        // Types whose rules are known reject such a document; none is left unread.
        match reading.outcome {
            Outcome::Certificate(c) => head_is_told(&c),
            other => assert_eq!(other, Outcome::Rejected, "{}", kind.code()),
        }
    }
    let pass_through = certificate(&typed(
        "lunsp",
        "<c:svar id=\"1\"><c:delsvar id=\"1.1\">x</c:delsvar></c:svar>",
    ));
    assert_eq!(pass_through.kind, CertificateType::Fk3226);
    assert_eq!(pass_through.relations.len(), 1);
}

#[test]
fn the_second_version_is_read_as_the_third() {
    let old = LISJP.replace(":certificate:3\"", ":certificate:2\"");
    let old = old.replace(":types:3\"", ":types:2\"");
    let old = edit(&old, "Responder:3\"", "Responder:2\"");
    let reading = read_text(&old);
    assert_eq!(reading.format, Format::RegisterCertificateV2);
    assert_eq!(certificate(&old), certificate(LISJP));
    // And judged by the same rules: HELT_NEDSATT twice.
    let twice = edit(&old, ">HALFTEN<", ">HELT_NEDSATT<");
    assert_eq!(read_text(&twice).verdict(), Verdict::Rejected);
    // Half rewritten is no document of either version.
    let mixed = edit(LISJP, "Responder:3\"", "Responder:2\"");
    assert_eq!(certificate(&mixed), certificate(LISJP));
}

#[test]
fn fk7263_as_register_medical_certificate() {
    let reading = read_text(MU7263);
    assert_eq!(
        (reading.format, reading.verdict()),
        (Format::RegisterMedicalCertificateV3, Verdict::Accepted)
    );
    let c = certificate(MU7263);
    head_is_told(&c);
    assert_eq!(
        (c.id.as_str(), c.kind),
        ("påhittat-0010", CertificateType::Fk7263)
    );
    assert_eq!(c.signed_at.to_string(), "2013-05-06 10:00:00");
    assert_eq!(c.sent_at.unwrap().to_string(), "2013-05-07 11:00:00");
    let period = |start, end, degree| SickPeriod {
        start: day(start),
        end: day(end),
        degree,
    };
    assert_eq!(
        c.periods,
        [
            period("2013-05-06", "2013-05-19", Degree::Full),
            period("2013-05-20", "2013-06-02", Degree::Quarter)
        ]
    );
    assert_eq!(
        (c.diagnoses[0].code.as_str(), c.diagnoses[0].system.as_str()),
        ("M545", ICD)
    );
    assert_eq!(c.occupations, ["NUVARANDE_ARBETE", "FORALDRALEDIG"]);
    assert_eq!(c.based_on, ["UNDERSOKNING", "JOURNALUPPGIFTER"]);
    // The statement alone is the same certificate.
    let (_, inner) = MU7263.split_once("<k:lakarutlatande>").unwrap();
    let (inner, _) = inner.split_once("</k:lakarutlatande>").unwrap();
    let alone = format!(
        "<m:lakarutlatande xmlns:m=\"urn:riv:insuranceprocess:healthreporting:mu7263:3\" xmlns:h=\"urn:riv:insuranceprocess:healthreporting:2\">{inner}</m:lakarutlatande>"
    );
    assert_eq!(read_text(&alone).format, Format::Mu7263);
    assert_eq!(certificate(&alone), c);
}

#[test]
fn the_transport_agencys_old_forms_have_their_head() {
    let c = certificate(TS_BAS);
    head_is_told(&c);
    assert_eq!(
        (c.kind, c.signer.positions.as_slice()),
        (CertificateType::Tstrk1007, ["201011".to_owned()].as_slice())
    );
    let c = certificate(CERTIFICATE_V1);
    head_is_told(&c);
    assert_eq!(c.kind, CertificateType::Tstrk1031);
    assert_eq!(c.signed_at.to_string(), "2014-08-12 15:57:00");
    let wrong = edit(TS_BAS, ">ts-bas<", ">ts-diabetes<");
    assert_eq!(read_text(&wrong).faults[0].rule, "certificate.type");
}

#[test]
fn an_older_form_without_a_part_it_needs_is_rejected() {
    let rule = |text: &str| {
        let reading = read_text(text);
        assert_eq!(reading.verdict(), Verdict::Rejected);
        reading.faults[0].rule.clone().into_owned()
    };
    for (form, marks) in [
        (MU7263, ["lakarutlatande-id", "<h:enhets-id"]),
        (TS_BAS, ["<s:intygsId>", "<s:enhetsId>"]),
        (CERTIFICATE_V1, ["<c:utlatande-id", "<c:enhets-id"]),
        (LISJP_JSON, ["\"id\":", "\"enhetsid\":"]),
    ] {
        for mark in marks {
            assert_eq!(rule(&without(form, mark)), "certificate.required", "{mark}");
        }
        let nobody = edit(form, "19811228-9874", "8112289874");
        assert_eq!(rule(&nobody), "person.number");
    }
    assert_eq!(
        rule(&without(LISJP_JSON, "signeringsdatum")),
        "certificate.required"
    );
    assert_eq!(
        rule(&without(TS_BAS, "signeringsTidstampel")),
        "certificate.required"
    );
}

#[test]
fn the_json_form_says_what_the_xml_form_says() {
    let reading = read_text(LISJP_JSON);
    assert_eq!(
        (reading.format, reading.verdict(), reading.faults.len()),
        (Format::InternalJson, Verdict::Accepted, 0)
    );
    let (json, xml) = (certificate(LISJP_JSON), certificate(LISJP));
    head_is_told(&json);
    assert_eq!(json.diagnoses, xml.diagnoses);
    assert_eq!(
        (&json.periods, &json.prognosis),
        (&xml.periods, &xml.prognosis)
    );
    assert_eq!(
        (&json.measures, &json.based_on),
        (&xml.measures, &xml.based_on)
    );
    assert_eq!(json.relations, xml.relations);
    assert_eq!(json.signer.positions, ["201011"]);
    // A period that cannot be read goes alone.
    let reading = read_text(&edit(LISJP_JSON, "HALFTEN", "HALV"));
    assert_eq!(
        (reading.verdict(), reading.faults[0].location.as_str()),
        (Verdict::Accepted, "/sjukskrivningar/1")
    );
}

#[test]
fn json_forms_of_other_types() {
    let ag114 = edit(LISJP_JSON, "\"lisjp\"", "\"ag114\"");
    let ag114 = edit(
        &ag114,
        "\"prognos\"",
        "\"sjukskrivningsgrad\": \"70\", \"sjukskrivningsperiod\": {\"from\": \"2025-03-10\", \"tom\": \"2025-03-14\"}, \"prognos\"",
    );
    assert_eq!(certificate(&ag114).reductions[0].percent, 70);
    let absent = "\"sjukfranvaro\": [{\"checked\": true, \"niva\": 33, \"period\": {\"from\": \"2025-03-10\", \"tom\": \"2025-03-14\"}}, {\"checked\": false}], \"prognos\"";
    let af = edit(
        &edit(LISJP_JSON, "\"lisjp\"", "\"af00251\""),
        "\"prognos\"",
        absent,
    );
    assert_eq!(certificate(&af).reductions.len(), 1);
    let edition = edit(LISJP_JSON, "\"lisjp\"", "\"TS_BAS_U06_V06\"");
    assert_eq!(certificate(&edition).kind, CertificateType::Tstrk1007);
    for kind in CertificateType::ALL {
        let text = edit(LISJP_JSON, "\"lisjp\"", &format!("\"{}\"", kind.code()));
        assert_eq!(certificate(&text).kind, kind);
    }
}

#[test]
fn a_reserve_number_is_kept_as_a_person_of_its_authority() {
    let text = edit(
        MU7263,
        "\"1.2.752.129.2.1.3.1\" extension=\"19811228-9874\"",
        "\"1.2.752.113.11.0.2.1.1.1\" extension=\"19811228-R874\"",
    );
    let reading = read_text(&text);
    assert_eq!(reading.faults[0].rule, "person.reserve");
    assert!(!format!("{reading:?}").contains("R874"));
    let c = certificate(&text);
    assert_eq!(
        c.patient.number,
        "reserve:1.2.752.113.11.0.2.1.1.1:19811228R874"
    );
    assert_eq!(c.patient.birth_date, day("1981-12-28"));
    // The same letters of another authority are another person.
    let other = edit(&text, "1.2.752.113.11.0.2.1.1.1", "1.2.752.97.3.1.3");
    assert_ne!(certificate(&other).patient, c.patient);
}

#[test]
fn signatures_and_envelopes() {
    assert!(!certificate(LISJP).signed_document);
    let (declaration, body) = LISJP.split_once('\n').unwrap();
    let soap = |space: &str| {
        format!(
            "{declaration}<s:Envelope xmlns:s=\"{space}\"><s:Header><x/></s:Header><s:Body>{body}</s:Body></s:Envelope>"
        )
    };
    for space in [
        "http://schemas.xmlsoap.org/soap/envelope/",
        "http://www.w3.org/2003/05/soap-envelope",
    ] {
        assert_eq!(certificate(&soap(space)), certificate(LISJP));
    }
    let empty =
        "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body/></s:Envelope>";
    assert_eq!(read_text(empty).verdict(), Verdict::Unsupported);
    // Enveloping: the certificate is the signature's object.
    let signed = format!(
        "<d:Signature xmlns:d=\"http://www.w3.org/2000/09/xmldsig#\"><d:SignedInfo/><d:Object>{body}</d:Object></d:Signature>"
    );
    let c = certificate(&signed);
    assert!(c.signed_document);
    assert_eq!(c.id, certificate(LISJP).id);
}

#[test]
fn a_draft_is_no_certificate() {
    let draft = LISJP.replace(
        "RegisterCertificateResponder:3",
        "CreateDraftCertificateResponder:3",
    );
    let draft = draft
        .replace("RegisterCertificate ", "CreateDraftCertificate ")
        .replace("/r:RegisterCertificate>", "/r:CreateDraftCertificate>");
    assert_eq!(read_text(&draft).verdict(), Verdict::Unsupported);
    assert_eq!(read_text(FK7263_JSON).verdict(), Verdict::Accepted);
}
