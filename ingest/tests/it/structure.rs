//! The schema's structure, broken place by place. Expected from RegisterCertificateResponder 3.1 and its types.

use frisk_ingest::Verdict;

use crate::documents::{LISJP, edit, read_text, without};

fn breaks(text: &str, rule: &str) {
    let reading = read_text(text);
    let rules: Vec<&str> = reading.faults.iter().map(|f| &*f.rule).collect();
    assert_eq!(reading.verdict(), Verdict::Rejected, "expected {rule}");
    assert!(rules.contains(&rule), "expected {rule}, found {rules:?}");
}

fn holds(text: &str) {
    let reading = read_text(text);
    assert_eq!(reading.verdict(), Verdict::Accepted, "{:?}", reading.faults);
}

#[test]
fn elements_are_required_in_order() {
    for line in [
        "<c:version>",
        "<c:postadress>Gatan 1<",
        "<c:arbetsplatskod>",
        "<c:vardgivarnamn>",
        "<c:fullstandigtNamn>",
    ] {
        breaks(&without(LISJP, line), "xsd/content");
    }
    breaks(
        &edit(LISJP, "<t:root>SE5560000000-X1</t:root>", ""),
        "xsd/content",
    );
    breaks(
        &edit(
            LISJP,
            "<c:fornamn>Påhittad</c:fornamn><c:efternamn>Patient</c:efternamn>",
            "<c:efternamn>Patient</c:efternamn><c:fornamn>Påhittad</c:fornamn>",
        ),
        "xsd/content",
    );
    breaks(
        &edit(LISJP, "</r:intyg>", "</r:intyg><r:intyg/>"),
        "xsd/content",
    );
    // Optional ones.
    holds(&without(LISJP, "<c:skickatTidpunkt>"));
    holds(&without(LISJP, "<c:befattning>"));
    holds(&without(LISJP, "<c:relation>"));
}

#[test]
fn values_have_their_types() {
    breaks(
        &edit(LISJP, "198112289874", "19811228-9874"),
        "xsd/PersonIdExtension",
    );
    breaks(
        &edit(LISJP, "1.2.752.129.2.1.3.1", "1.2.752.129.2.1.3.2"),
        "xsd/enumeration",
    );
    holds(&edit(LISJP, "1.2.752.129.2.1.3.1", "1.2.752.129.2.1.3.3"));
    breaks(
        &edit(LISJP, "1.2.752.129.2.1.4.1", "1.2.752.129.2.1.4.2"),
        "xsd/fixed",
    );
    breaks(&edit(LISJP, "1.2.752.29.4.71", "1.2.3"), "xsd/fixed");
    breaks(
        &edit(LISJP, ">SE5560000000-E1<", "><"),
        "xsd/nonEmptyString",
    );
    breaks(
        &edit(LISJP, "2025-03-10T08:15:00", "2025-03-10T08:15"),
        "xsd/TimeStampType",
    );
    breaks(
        &edit(LISJP, "2025-03-10T08:15:00", "2025-03-10T08:15:00Z"),
        "xsd/TimeStampType",
    );
    breaks(
        &edit(LISJP, "<t:start>2025-03-10", "<t:start>2025-03-1"),
        "xsd/DateType",
    );
    breaks(&edit(LISJP, "<c:instans>1<", "<c:instans>ett<"), "xsd/int");
    breaks(
        &edit(LISJP, "svar id=\"26\"", "svar id=\"q26\""),
        "xsd/FrageIdType",
    );
    breaks(
        &edit(LISJP, "delsvar id=\"26.2\"", "delsvar id=\"26\""),
        "xsd/DelfrageIdType",
    );
    breaks(
        &edit(LISJP, "<c:svar id=\"26\">", "<c:svar>"),
        "xsd/attribute",
    );
    breaks(
        &edit(LISJP, "<c:version>", "<c:version x=\"1\">"),
        "xsd/attribute",
    );
    breaks(
        &edit(LISJP, "<r:intyg>", "<r:intyg>text"),
        "xsd/element-only",
    );
    breaks(
        &edit(LISJP, "1.3</c:version>", "<c:x/></c:version>"),
        "xsd/simple-type",
    );
    // An empty element takes the fixed value.
    holds(&edit(
        LISJP,
        "<t:codeSystem>1.2.752.129.2.2.1.4</t:codeSystem>",
        "<t:codeSystem/>",
    ));
}

#[test]
fn foreign_elements_stand_where_the_schema_has_room() {
    let foreign = "<x:y xmlns:x=\"urn:x\" a=\"1\"><x:z>1</x:z></x:y>";
    holds(&edit(LISJP, "</r:intyg>", &format!("</r:intyg>{foreign}")));
    holds(&edit(
        LISJP,
        "</c:vardgivare>",
        &format!("</c:vardgivare>{foreign}"),
    ));
    breaks(
        &edit(LISJP, "</c:skapadAv>", &format!("{foreign}</c:skapadAv>")),
        "xsd/content",
    );
    breaks(
        &edit(LISJP, "</r:intyg>", "</r:intyg><y xmlns=\"\"/>"),
        "xsd/content",
    );
    // A known element is checked there, also deep inside.
    let known = "<x:y xmlns:x=\"urn:x\"><t:date>2025-13-01</t:date></x:y>";
    breaks(
        &edit(LISJP, "</r:intyg>", &format!("</r:intyg>{known}")),
        "xsd/DateType",
    );
    // In a part, elements of the certificate's own namespace have no room.
    breaks(&edit(LISJP, "Snickare", "<c:x/>"), "xsd/content");
}

#[test]
fn a_signature_is_checked() {
    let sign = |value: &str, algorithm: &str| {
        let signature = format!(
            "<e:underskrift xmlns:e=\"urn:riv:clinicalprocess:healthcond:certificate:3.2\"><d:Signature xmlns:d=\"http://www.w3.org/2000/09/xmldsig#\"><d:SignedInfo><d:CanonicalizationMethod {algorithm}/><d:SignatureMethod Algorithm=\"a\"/><d:Reference URI=\"\"><d:Transforms><d:Transform Algorithm=\"a\"><d:XPath>x</d:XPath></d:Transform></d:Transforms><d:DigestMethod Algorithm=\"a\"/><d:DigestValue>YWJj</d:DigestValue></d:Reference></d:SignedInfo><d:SignatureValue>{value}</d:SignatureValue><d:KeyInfo><d:X509Data><d:X509Certificate>YQ==</d:X509Certificate></d:X509Data></d:KeyInfo></d:Signature></e:underskrift></r:intyg>"
        );
        edit(LISJP, "</r:intyg>", &signature)
    };
    let good = sign("YWJj", "Algorithm=\"a\"");
    holds(&good);
    assert!(crate::documents::certificate(&good).signed_document);
    breaks(&sign("?", "Algorithm=\"a\""), "xsd/base64Binary");
    breaks(&sign("YWJj", ""), "xsd/attribute");
    breaks(
        &edit(&good, "<d:KeyInfo>", "<d:KeyInfo/><d:KeyInfo>"),
        "xsd/content",
    );
}
