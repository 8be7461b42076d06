//! What reading gives: format, verdict and certificate.

use frisk_codes::{CertificateType, Degree, Sex};
use frisk_ingest::{Diagnosis, Document, Format, Outcome, Prognosis, SickPeriod, Verdict, read};

use crate::documents::{FK7263, FK7263_JSON, LISJP, REVOKE, certificate, edit, read_text, without};

fn period(start: &str, end: &str, degree: Degree) -> SickPeriod {
    SickPeriod {
        start: start.parse().unwrap(),
        end: end.parse().unwrap(),
        degree,
    }
}

#[test]
fn a_lisjp_certificate() {
    let c = certificate(LISJP);
    assert_eq!(
        (c.id.as_str(), c.kind, c.version.as_str()),
        ("påhittat-0001", CertificateType::Lisjp, "1.3")
    );
    assert_eq!(c.signed_at.to_string(), "2025-03-10 08:15:00");
    assert_eq!(c.sent_at.unwrap().to_string(), "2025-03-11 09:00:00");
    assert_eq!(c.patient.number, "198112289874");
    assert_eq!(c.patient.birth_date.to_string(), "1981-12-28");
    assert_eq!(c.patient.sex, Sex::Man);
    assert_eq!(c.signer.unit_id, "SE5560000000-E1");
    assert_eq!(c.signer.care_provider_id, "SE5560000000-V1");
    assert_eq!(c.signer.doctor_id, "SE5560000000-L1");
    assert_eq!(c.signer.positions, ["201011"]);
    let ksh = |code: &str| Diagnosis {
        code: code.to_owned(),
        system: "1.2.752.116.1.3.1.4.1".to_owned(),
    };
    assert_eq!(c.diagnoses, [ksh("M54P"), ksh("G47")]);
    assert_eq!(
        c.periods,
        [
            period("2025-03-10", "2025-03-23", Degree::Full),
            period("2025-03-24", "2025-04-06", Degree::Half)
        ]
    );
    assert_eq!(c.occupations, ["NUVARANDE_ARBETE", "STUDIER"]);
    assert_eq!(c.based_on, ["UNDERSOKNING"]);
    assert_eq!(
        c.prognosis,
        Some(Prognosis {
            code: "ATER_X_ANTAL_DGR".to_owned(),
            days: Some(60)
        })
    );
    assert_eq!(c.measures, ["ARBETSTRANING", "HJALPMEDEL"]);
    assert_eq!(c.relations[0].kind, "FRLANG");
    assert_eq!(c.relations[0].certificate_id, "påhittat-0000");
    assert!(!c.infection_control && !c.signed_document);
}

#[test]
fn an_fk7263_certificate_in_both_forms() {
    let c = certificate(FK7263);
    assert_eq!(c.kind, CertificateType::Fk7263);
    assert_eq!(
        c.periods,
        [period("2016-02-01", "2016-02-29", Degree::ThreeQuarters)]
    );
    assert_eq!(c.diagnoses[0].code, "S82");

    let reading = read_text(FK7263_JSON);
    assert_eq!(
        (reading.format, reading.verdict()),
        (Format::Fk7263Json, Verdict::Accepted)
    );
    let c = certificate(FK7263_JSON);
    assert_eq!(c.id, "påhittat-0003");
    assert_eq!(c.patient.number, "198112289874");
    assert_eq!(c.diagnoses[0].code, "F432");
    assert_eq!(
        c.periods,
        [
            period("2015-05-04", "2015-05-17", Degree::Full),
            period("2015-05-18", "2015-05-31", Degree::Half)
        ]
    );
    assert_eq!(
        (c.occupations, c.based_on),
        (
            vec!["NUVARANDE_ARBETE".to_owned()],
            vec!["UNDERSOKNING".to_owned()]
        )
    );
}

#[test]
fn a_bad_period_of_json_is_dropped_alone() {
    let reading = read_text(&edit(FK7263_JSON, "2015-05-18", "2015-05-32"));
    assert_eq!(reading.verdict(), Verdict::Accepted);
    assert_eq!(reading.faults[0].rule, "fk7263.json/period");
    assert_eq!(reading.faults[0].location, "/nedsattMed50");
    let Outcome::Certificate(c) = reading.outcome else {
        panic!("no certificate")
    };
    assert_eq!(c.periods.len(), 1);
    assert_eq!(
        read_text(&edit(FK7263_JSON, "19811228-9874", "8112289874")).verdict(),
        Verdict::Rejected
    );
}

#[test]
fn a_revocation() {
    let reading = read_text(REVOKE);
    assert_eq!(
        (reading.format, reading.verdict()),
        (Format::RevokeCertificateV2, Verdict::Accepted)
    );
    let Outcome::Revocation(r) = reading.outcome else {
        panic!("no revocation")
    };
    assert_eq!(
        (r.certificate_id.as_str(), r.number.as_str()),
        ("påhittat-0001", "198112289874")
    );
    assert_eq!(r.sent_at.to_string(), "2025-03-12 10:00:00");
    assert!(!format!("{r:?}").contains("19811228"));
    assert_eq!(
        read_text(&without(REVOKE, "<v:skickatTidpunkt>")).verdict(),
        Verdict::Rejected
    );
}

#[test]
fn what_is_not_read() {
    let rule = |text: &str| {
        let reading = read_text(text);
        (
            reading.verdict(),
            reading.faults[0].rule.clone().into_owned(),
        )
    };
    let unsupported = |text: &str| {
        assert_eq!(
            rule(text),
            (Verdict::Unsupported, "document.unsupported".to_owned())
        )
    };
    unsupported("<a/>");
    unsupported("{}");
    unsupported(&edit(LISJP, ">LISJP<", ">LISJP2<"));
    unsupported(&edit(FK7263_JSON, "\"fk7263\"", "\"fk9999\""));
    unsupported("<wrapper xmlns='http://x.se'><intyg/></wrapper>");
    let rejected =
        |text: &str, id: &str| assert_eq!(rule(text), (Verdict::Rejected, id.to_owned()));
    rejected("", "document.empty");
    rejected("hej", "document.format");
    rejected("{", "json.malformed");
    for bad in [
        "<a>",
        "<a></b>",
        "<a/><b/>",
        "<a/>x",
        "<p:a/>",
        "<a b='1' b='2'/>",
        "<a>]]></a>",
        "<a b='<'/>",
        "<a>&#0;</a>",
        "<a>\u{1}</a>",
        "<1a/>",
        " <?xml version='1.0'?><a/>",
    ] {
        rejected(bad, "xml.malformed");
    }
    rejected("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "xml.doctype");
    rejected("<a>&x;</a>", "xml.entity");
    rejected(&("<a>".repeat(200) + &"</a>".repeat(200)), "xml.limit");
    let latin = read(&Document::new("x", b"<a>\xE5</a>".to_vec()), None);
    assert_eq!(latin.faults[0].rule, "document.encoding");
}

#[test]
fn an_impossible_birth_date_is_valid_and_unusable() {
    let reading = read_text(&edit(LISJP, "198112289874", "198113289874"));
    assert_eq!(
        (reading.verdict(), &reading.outcome),
        (Verdict::Accepted, &Outcome::Unusable)
    );
    assert_eq!(reading.faults[0].rule, "person.birth_date");
    let reading = read_text(&edit(LISJP, "198112289874", "198112289873"));
    assert!(matches!(reading.outcome, Outcome::Certificate(_)));
    assert_eq!(reading.faults[0].rule, "person.check_digit");
    assert!(!format!("{reading:?}").contains("19811228"));
}

#[test]
fn the_type_is_told_from_its_code_in_any_case() {
    assert_eq!(
        read_text(&edit(LISJP, ">LISJP<", "> lisjp <"))
            .certificate_type
            .as_deref(),
        Some("LISJP")
    );
    assert_eq!(
        read_text(&edit(LISJP, ">LISJP<", ">FK7804<"))
            .certificate_type
            .as_deref(),
        Some("LISJP")
    );
    assert_eq!(
        read_text(&edit(LISJP, "<c:typ>", "<c:type>").replace(
            "f46f29548</t:codeSystem></c:typ>",
            "f46f29548</t:codeSystem></c:type>"
        ))
        .verdict(),
        Verdict::Rejected
    );
}

// The official schema and rules ask for an id of any characters: a blank one is valid, and its certificate is counted
// for its care unit.
#[test]
fn a_blank_unit_id_does_not_put_a_valid_certificate_out() {
    let blank = edit(LISJP, "<t:extension>SE5560000000-E1<", "<t:extension> <");
    let c = certificate(&blank);
    assert_eq!(c.signer.unit_id, "");
    assert_eq!(c.signer.care_provider_id, "SE5560000000-V1");
}
