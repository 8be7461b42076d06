use std::fmt::Write;

use super::Certificate;

/// Root of HSA ids (RIV-TA).
const HSA: &str = "1.2.752.129.2.1.4.1";
/// Roots of personal and coordination numbers (RIV-TA).
const PERSONAL: &str = "1.2.752.129.2.1.3.1";
const COORDINATION: &str = "1.2.752.129.2.1.3.3";

/// Text with the five characters of XML escaped.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            c => out.push(c),
        }
    }
    out
}

/// An id element: root and extension, in the types' namespace.
pub(super) fn id(element: &str, root: &str, extension: &str) -> String {
    let extension = escape(extension);
    format!("<{element}><t:root>{root}</t:root><t:extension>{extension}</t:extension></{element}>")
}

/// The id of the certificate. The root is the unit's, as in RIV-TA.
pub(super) fn certificate_id(element: &str, certificate: &Certificate) -> String {
    let root = match certificate.unit.as_str() {
        "" => HSA,
        unit => unit,
    };
    id(element, &escape(root), &certificate.id)
}

/// A patient's number as documents write it: 12 digits. A number that is not `yyyymmdd-nnnn` stays as it is.
pub(super) fn person_id(element: &str, person: &str) -> String {
    let trimmed = person.trim_matches(|c: char| c.is_whitespace() || c == '\u{a0}');
    let digits = match trimmed.split_once('-') {
        Some((date, rest)) if date.len() == 8 => format!("{date}{rest}"),
        _ => trimmed.to_owned(),
    };
    let tens = digits.get(6..7).and_then(|digit| digit.parse::<u8>().ok());
    let root = if tens.is_some_and(|tens| tens >= 6) {
        COORDINATION
    } else {
        PERSONAL
    };
    id(element, root, &digits)
}

/// Who signed where: doctor, unit and care provider; the children of `skapadAv` and `skickatAv`.
pub(super) fn staff(certificate: &Certificate) -> String {
    let mut out = id("c:personal-id", HSA, &certificate.doctor);
    let _ = write!(
        out,
        "<c:fullstandigtNamn>Läkare</c:fullstandigtNamn><c:enhet>{}{}<c:enhetsnamn>Enhet</c:enhetsnamn>\
         <c:postadress>Gatan 1</c:postadress><c:postnummer>12345</c:postnummer><c:postort>Orten</c:postort>\
         <c:telefonnummer>0</c:telefonnummer><c:vardgivare>{}<c:vardgivarnamn>Vårdgivare</c:vardgivarnamn>\
         </c:vardgivare></c:enhet>",
        id("c:enhets-id", HSA, &certificate.unit),
        id("c:arbetsplatskod", "1.2.752.29.4.71", "0"),
        id("c:vardgivare-id", HSA, &certificate.care_provider),
    );
    out
}
